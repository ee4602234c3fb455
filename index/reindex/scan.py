"""Scan: the sources in order -> the documents that have to be written, and what became of everything else."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from index.analysis.learning import Learner
from index.documents import Document
from index.engines.base import Reader
from index.messages import _
from index.reindex.input_cache import CacheLostError, InputCache, Recorder
from index.reindex.ledger import Fate, Ledger
from index.reindex.report import Progress, Report
from index.reindex.workers import Found, Part, Tools, Workers
from index.settings import Settings
from index.sources.base import InputFile, Piece, Skip
from index.sources.reading import FewSkips, cut_input
from index.sources.signatures import Signature, Signer, is_unchanged
from index.sources.walk import list_inputs

_CUT = 1 << 20
"""Files larger than this (bytes) are cut here and read by workers in parts; smaller ones are read whole."""
_BATCH_FILES = 32
_BATCH_BYTES = 1 << 19
_PART_PIECES = 320  # more than the workers read before there are several
_PART_CHARACTERS = 1 << 20
_LOOKUP = 256


@dataclass(frozen=True, slots=True)
class _Item:
    """One entry of the list of inputs.

    :param number: its place in the list.
    :param input: the file, ``None`` if it could not be looked at.
    :param signature: of its content, ``None`` if it is not read.
    :param skip: why it is not read.
    :param known: the cache says what it yields.
    :param cut: it is to be cut into parts.
    """

    number: int
    input: InputFile | None = None
    signature: Signature | None = None
    skip: Skip | None = None
    known: bool = False
    cut: bool = False

    @property
    def whole(self) -> bool:
        """Whether a worker reads it whole."""
        return self.signature is not None and not self.known and not self.cut


@dataclass(frozen=True, slots=True)
class _Step:
    """What is read of an item at a time.

    :param part: for a worker to read, ``None`` if there is nothing.
    :param last: nothing of the item follows.
    """

    item: _Item
    part: Part | None
    last: bool = True


class _Record:
    """What one input has yielded so far."""

    def __init__(self, origin: str, recorder: Recorder, *, cut: bool) -> None:
        self.few = FewSkips(origin) if cut else None
        self.recorder = recorder


class Scan:
    """One pass over the sources. Fills in the report's ``unchanged`` and ``skipped``.

    :param rebuild: every document is to be written, not only new and changed ones; nothing is answered from
        the cache.
    """

    def __init__(
        self,
        settings: Settings,
        sources: Sequence[str],
        *,
        ledger: Ledger,
        cache: InputCache,
        workers: Workers,
        report: Report,
        progress: Progress,
        rebuild: bool,
    ) -> None:
        self._settings = settings
        self._inputs = list_inputs(sources, settings)
        self._ledger = ledger
        self._cache = cache
        self.workers = workers
        self._report = report
        self._progress = progress
        self._rebuild = rebuild
        self._signer = Signer(settings)
        self._unread: list[str] = []
        self._records: dict[int, _Record] = {}
        self.learner = Learner()
        """What the documents taught, if the workers learn."""
        self.inputs = 0
        self.seen = 0

    def documents(self) -> Iterator[tuple[Found, Fate]]:
        """The documents to write, in the order of the sources."""
        for steps, harvest in self.workers.map(Tools.read, self._batches()):
            parts = iter(harvest.parts)
            for step in steps:
                yield from self._take(step, next(parts) if step.part is not None else None)
                self.inputs += step.last
            if harvest.learner is not None:
                self.learner.merge(harvest.learner)
            self._progress.step(self.inputs, self.seen, 0)

    def leftovers(self, reader: Reader | None) -> Iterator[tuple[str, Document | None]]:
        """Ids of the live index that no source had: to be removed, or to be kept as they are.

        Kept is what was read from inputs that are there but could not be read this time.

        :param reader: the live index, to ask where its documents came from.
        :returns: each id, with its document if it is kept.
        """
        unseen = self._ledger.unseen()
        while ids := list(islice(unseen, _LOOKUP)):
            if self._unread and reader is not None:
                for name, document in zip(ids, reader.documents(ids), strict=True):
                    yield name, document if document and self._is_unread(document.origin) else None
            else:
                yield from ((name, None) for name in ids)

    def _batches(self) -> Iterator[tuple[list[_Step], list[Part], int]]:
        steps: list[_Step] = []
        size = 0
        for number, listed in enumerate(self._inputs):
            item = self._item(number, listed)
            if item.cut:
                yield _batch(steps)
                steps, size = [], 0
                for step in self._cut(item):
                    yield _batch([step])
                continue
            steps.append(_Step(item, item.input if item.whole else None))
            if item.whole and item.signature:
                size += item.signature.size
            if len(steps) >= _BATCH_FILES or size >= _BATCH_BYTES:
                yield _batch(steps)
                steps, size = [], 0
        yield _batch(steps)

    def _cut(self, item: _Item) -> Iterator[_Step]:
        """Parts of a file, each as large as a worker should get it."""
        assert item.input is not None
        part: list[Document | Skip | Piece] = []
        size = 0
        for found in cut_input(item.input, self._settings):
            part.append(found)
            size += _size(found)
            if len(part) >= _PART_PIECES or size >= _PART_CHARACTERS:
                yield _Step(item, part, last=False)
                part, size = [], 0
        yield _Step(item, part)

    def _item(self, number: int, listed: InputFile | Skip) -> _Item:
        if isinstance(listed, Skip):
            # A folder or file that could not even be looked at.
            return _Item(number, skip=listed)
        try:
            signature = self._signer.sign(listed)
        except FileNotFoundError:
            return _Item(number, listed, skip=Skip(listed.origin, _("hilang sebelum sempat dibaca")))
        except OSError as error:
            reason = _("tidak dapat dibaca ({error}); isi terakhirnya tetap di indeks", error=error.strerror)
            return _Item(number, skip=Skip(listed.origin, reason))
        known = not self._rebuild and self._cache.knows(signature.key)
        return _Item(number, listed, signature, known=known, cut=not known and signature.size > _CUT)

    def _take(self, step: _Step, result: Iterable[Found | Skip] | None) -> Iterator[tuple[Found, Fate]]:
        item = step.item
        if item.skip is not None:
            self._report.skipped.append(item.skip)
            if item.input is None:
                self._unread.append(item.skip.source)
            return
        assert item.input is not None
        assert item.signature is not None
        if item.known and self._take_known(item.number, item.signature.key):
            return
        record = self._records.pop(item.number, None) or _Record(
            item.input.origin, self._cache.record(item.signature.key), cut=item.cut
        )
        for found in self.workers.tools.found(item.input) if result is None else result:
            yield from self._take_one(found, item.number, record)
        if not step.last:
            self._records[item.number] = record
            return
        for skip in record.few.rest() if record.few else ():
            self._report.skipped.append(skip)
            record.recorder.skip(skip)
        if is_unchanged(item.input, item.signature):
            record.recorder.finish()

    def _take_one(self, found: Found | Skip, number: int, record: _Record) -> Iterator[tuple[Found, Fate]]:
        recorder = record.recorder
        if isinstance(found, Skip):
            if record.few is None or record.few.admits(found):
                self._report.skipped.append(found)
                recorder.skip(found)
            return
        fate = self._see(found.id, found.content_hash, found.origin, number)
        if fate is Fate.DUPLICATE and self._ledger.entry(found.id).input == number:
            recorder.skip(self._report.skipped[-1])
        else:
            recorder.document(found.id, found.content_hash, found.origin)
        if fate in (Fate.ADDED, Fate.CHANGED) or (self._rebuild and fate is Fate.UNCHANGED):
            yield found, fate

    def _take_known(self, number: int, key: bytes) -> bool:
        """Answer a file from the cache, if the index holds all that it yields."""
        try:
            for found in self._cache.get(key):
                if not isinstance(found, Skip) and not self._ledger.holds(found[0], found[1]):
                    return False
        except CacheLostError:
            return False
        for found in self._cache.get(key):
            if isinstance(found, Skip):
                self._report.skipped.append(found)
            else:
                self._see(*found, number)
        return True

    def _see(self, id: str, content_hash: str, origin: str, number: int) -> Fate:
        fate = self._ledger.see(id, content_hash, origin, number)
        if fate is Fate.DUPLICATE:
            first = self._ledger.entry(id).origin
            self._report.skipped.append(
                Skip(origin, _("id {id} sudah dipakai oleh {first}", id=id, first=first))
            )
        else:
            self.seen += 1
        if fate is Fate.UNCHANGED and not self._rebuild:
            self._report.unchanged += 1
        return fate

    def _is_unread(self, origin: str) -> bool:
        return any(origin == label or origin.startswith((label + "/", label + ":")) for label in self._unread)


def _batch(steps: list[_Step]) -> tuple[list[_Step], list[Part], int]:
    parts = [step.part for step in steps if step.part is not None]
    # Documents are read already; only what is left to be read counts as work.
    size = sum(1 if isinstance(part, InputFile) else _pieces(part) for part in parts)
    return steps, parts, size


def _pieces(part: Sequence[Document | Skip | Piece]) -> int:
    return sum(isinstance(found, Piece) for found in part)


def _size(found: Document | Skip | Piece) -> int:
    if isinstance(found, Piece):
        return found.size
    return len(found.body) if isinstance(found, Document) else 0
