"""The protocol every engine implements, and the errors it may raise.

An engine module offers one object that satisfies :class:`Engine`; the registry names it. Engines see analysed
documents and query trees only: no HTTP, no files of ours, no language.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Protocol

from msgspec import Struct, field

from index.analysis.types import Stream
from index.documents import Document
from index.messages import _
from index.query import Facet, Query, SearchPage, SearchRequest, TextField


class EngineError(Exception):
    """An engine could not do what it was asked; the message says what to do."""


class IndexMissingError(EngineError):
    """There is no index at the location yet."""


class IndexBrokenError(EngineError):
    """An index is there and cannot be read."""


class IndexOutdatedError(IndexBrokenError):
    """An index is there that another version of Telusur made, in a form that this one does not read."""


def broken(path: Path, found: str) -> IndexBrokenError:
    """The error for a damaged file.

    :param found: what is wrong with it, as the rest of a sentence about it.
    """
    return IndexBrokenError(_("{path}: {found}; jalankan `reindex`", path=path, found=found))


class EngineUnavailableError(EngineError):
    """The engine is not installed or does not answer; another try may succeed."""


class HeldError(EngineError):
    """Another run, perhaps on another machine, is writing; the message says which and since when."""


class Location(Struct, frozen=True):
    """Where one generation of an index lives.

    :param directory: local folder that belongs to this generation alone. An embedded engine keeps its files
        here; a remote one may keep nothing.
    :param name: name of the generation, unique, ``[a-z0-9-]+``; what a remote engine would call its index.
    :param options: engine-specific settings by name (cache size, address, ...).
    """

    directory: Path
    name: str
    options: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class AnalyzedDocument:
    """A document with its token streams.

    :param document: the document itself, stored whole.
    :param title: tokens of the title.
    :param body: tokens of the body.
    :param source: tokens of the name; likewise ``place`` and ``author`` (reporter and editor).
    """

    document: Document
    title: Stream
    body: Stream
    source: Stream
    place: Stream
    author: Stream


def always() -> bool:
    """Whether to go on: yes."""
    return True


class Reader(Protocol):
    """An open commit: answers stay the same until it is closed. Safe to share between threads."""

    def search(self, request: SearchRequest) -> SearchPage:
        """Answer a request.

        :raises EngineUnavailableError: if a remote engine does not answer.
        :raises IndexBrokenError: if the index can no longer be read.
        """

    def documents(self, ids: Sequence[str]) -> list[Document | None]:
        """The stored documents in the order of ``ids``; ``None`` where there is none."""

    def hashes(self) -> Iterator[tuple[str, str]]:
        """(id, content hash) of every document, in any order."""

    def chronology(self, offset: int, limit: int) -> list[tuple[str, date | None]]:
        """(id, day of publication) of a slice of all documents in the order of ``Sort.OLDEST``.

        Much cheaper than to ask for the documents: any 50,000 of a million take up to 0.25 s of CPU time.
        """

    def count(self) -> int:
        """Number of documents."""

    def identity(self) -> str:
        """Tells the commit from every other one of its generation, in ASCII."""

    def cached_bytes(self) -> int:
        """What is kept in this process of what was read and worked out, in bytes, about; 0 once closed."""

    def terms(self, field: TextField, prefix: str = "") -> Iterator[tuple[str, int]]:
        """(term, number of documents) in code point order, of terms that start with ``prefix``."""

    def document_frequency(self, field: TextField, text: str) -> int:
        """Number of documents whose field holds the term; 0 if none."""

    def joint_frequencies(self, field: TextField, pairs: Sequence[tuple[str, str]]) -> list[int]:
        """For each pair of terms, the number of documents whose field holds both; 0 if none."""

    def facet_values(self, facet: Facet) -> dict[str, int]:
        """Every value of a facet and its number of documents."""

    def score_parts(
        self, query: Query, ids: Sequence[str], goes_on: Callable[[], bool] = always
    ) -> list[list[tuple[Query, float]]]:
        """For each document, each leaf of the tree that matches it, with its own score before any boost.

        Each leaf is asked for once, however many documents there are.

        :param goes_on: asked before each leaf; once it says no, the list is empty.
        """

    def is_current(self) -> bool:
        """False once another commit is at the same location, newer or not, and there to be opened."""

    def close(self) -> None:
        """Release files and memory. Idempotent."""


class Refused(Struct, frozen=True):
    """A document that an engine did not take.

    :param reason: the engine's own words.
    :param replaces: whether the index holds another one under the id, and goes on holding it.
    """

    id: str
    reason: str
    replaces: bool


class Writer(Protocol):
    """One transaction on one index. Nothing is visible to new readers before ``commit``."""

    @property
    def refused(self) -> Sequence[Refused]:
        """Documents that were added and not taken, known after ``commit``. Embedded engines take all."""

    def add(self, prepared: Iterable[Any]) -> None:
        """Add what :meth:`Engine.prepare` made; a document with an id that exists replaces it."""

    def delete(self, ids: Iterable[str]) -> None:
        """Remove documents; unknown ids are ignored."""

    def keep(self) -> bool:
        """Have what was added so far outlast this process, as far as that costs little: for an index that
        nobody reads yet, which another transaction may then complete. This one goes on.

        :returns: whether more is kept now than before. An engine that would have to pay for it in another way
            keeps nothing.
        """

    def commit(self, *, merge: bool = False) -> None:
        """Publish everything at once, durably. Ends the transaction.

        :param merge: rewrite the index into its most compact, fastest form (after a full rebuild).
        """

    def rollback(self) -> None:
        """Drop everything since the transaction began. Ends the transaction; idempotent."""


class Home(Protocol):
    """Where the generations of an index are kept with what belongs to them, and which one is live.

    Every method that changes something is for the holder of the lock only, and what it says has happened is
    durable. All may raise :class:`EngineUnavailableError`.
    """

    def live(self) -> str | None:
        """Name of the live generation, ``None`` if nothing was published yet. Cheap.

        :raises IndexBrokenError: if nobody can say which one it is.
        """

    def names(self) -> list[str]:
        """Every generation that is there, also one that is not finished."""

    def replaced(self) -> list[str]:
        """Those that were live and then replaced, as far as it was noted, the last one last."""

    def publish(self, name: str) -> None:
        """Make a generation the live one in one step, which happens or does not.

        :raises EngineError: if it did not.
        """

    def remove(self, name: str) -> None:
        """Remove a generation with all that belongs to it; an unknown one is ignored."""

    def remove_unfinished(self) -> None:
        """Remove what killed runs have left beside whole generations: half written and half removed."""

    def files(self, name: str) -> Mapping[str, str]:
        """The files that are kept with a generation and have to be fetched: name -> BLAKE2b of 16 bytes, in
        hexadecimal."""

    def read(self, name: str, file: str) -> bytes:
        """What is kept with a generation under the name of a file.

        :raises OSError: if there is no such file, or it cannot be read.
        :raises ValueError: if it is damaged.
        """

    def write(self, name: str, files: Mapping[str, bytes]) -> None:
        """Keep files with a generation, each in one step.

        :raises OSError: if one cannot be written; the old content stands.
        """

    def is_whole(self, name: str) -> bool:
        """Whether the making of a generation came to its end."""

    def is_used(self, name: str) -> bool:
        """Whether a reader is known to have a generation open."""

    def size(self, name: str) -> int:
        """Bytes that a generation takes, all its copies counted."""

    def state(self) -> Hashable:
        """Changes whenever the live generation does, or another one is live. Cheap."""

    def lock(self, holder: Mapping[str, Any], ended: str | None) -> AbstractContextManager[None]:
        """Only this run writes while the block runs, on whatever machine others are.

        :param holder: who that is: ``pid``, ``host``, ``started``, ``command`` and a ``token`` of its own.
        :param ended: the token of a run that is known to have ended without giving its lock back.
        :raises HeldError: on entering, if another run writes.
        """


class Engine(Protocol):
    """How to make and open indexes of one kind."""

    name: str

    def home(self, options: Mapping[str, Any]) -> Home | None:
        """Where a remote engine keeps generations; ``None`` if they lie in the index folder.

        :param options: as in :class:`Location`.
        """

    def fingerprint(self) -> str:
        """Changes whenever an index written before must be rebuilt: format, schema, library major version."""

    def create(self, location: Location) -> None:
        """Make an empty index.

        :raises EngineError: if one is there already or the location cannot be written.
        """

    def prepare(self, document: AnalyzedDocument) -> Any:
        """Turn an analysed document into what ``Writer.add`` takes. Pure, and the result pickles: with
        several jobs this runs in worker processes."""

    def open_writer(self, location: Location) -> Writer:
        """Begin a transaction.

        :raises IndexMissingError: if nothing was created there.
        :raises EngineError: if another writer is at work.
        """

    def open_reader(self, location: Location) -> Reader:
        """Open the last commit.

        :raises IndexMissingError: if nothing was created there.
        :raises IndexBrokenError: if it cannot be read.
        """
