"""Scan: the sources in order -> the documents that have to be written, and what became of everything else."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from index.cache import CacheLostError, InputCache, Signature, Signer, is_unchanged
from index.documents import Document
from index.engines.base import Reader
from index.ledger import Fate, Ledger
from index.messages import _
from index.report import Progress, Report
from index.settings import Settings
from index.sources import InputFile, Skip, list_inputs, read_input
from index.workers import Tools, Workers

_STREAMED = 1 << 20
"""Files larger than this (bytes) are read here, document by document; smaller ones by workers, whole."""
_BATCH_FILES = 32
_BATCH_BYTES = 1 << 19
_LOOKUP = 256


@dataclass(frozen=True, slots=True)
class _Item:
    """One entry of the list of inputs.

    :param number: its place in the list.
    :param input: the file, ``None`` if it could not be looked at.
    :param signature: of its content, ``None`` if it is not read.
    :param skip: why it is not read.
    :param known: the cache says what it yields.
    :param streamed: it is to be read here.
    """

    number: int
    input: InputFile | None = None
    signature: Signature | None = None
    skip: Skip | None = None
    known: bool = False
    streamed: bool = False

    @property
    def delegated(self) -> bool:
        """Whether a worker reads it."""
        return self.signature is not None and not self.known and not self.streamed


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
        self._workers = workers
        self._report = report
        self._progress = progress
        self._rebuild = rebuild
        self._signer = Signer(settings)
        self._unread: list[str] = []
        self._written = 0
        self.seen = 0

    def documents(self) -> Iterator[tuple[Document, Fate]]:
        """The documents to write, in the order of the sources."""
        inputs = 0
        for items, results in self._workers.map(Tools.read, self._batches()):
            delegated = iter(results)
            for item in items:
                inputs += 1
                for document, fate in self._take(item, next(delegated) if item.delegated else None):
                    self._written += 1
                    yield document, fate
                    if self._written % 64 == 0:
                        self._progress.step(inputs, self.seen, self._written)
            self._progress.step(inputs, self.seen, self._written)

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

    def _batches(self) -> Iterator[tuple[list[_Item], list[InputFile], int]]:
        items: list[_Item] = []
        size = 0
        for number, listed in enumerate(self._inputs):
            item = self._item(number, listed)
            items.append(item)
            if item.delegated and item.signature:
                size += item.signature.size
            if item.streamed or len(items) >= _BATCH_FILES or size >= _BATCH_BYTES:
                yield _batch(items)
                items, size = [], 0
        yield _batch(items)

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
        return _Item(
            number, listed, signature, known=known, streamed=not known and signature.size > _STREAMED
        )

    def _take(self, item: _Item, result: Iterable[Document | Skip] | None) -> Iterator[tuple[Document, Fate]]:
        if item.skip is not None:
            self._report.skipped.append(item.skip)
            if item.input is None:
                self._unread.append(item.skip.source)
            return
        assert item.input is not None
        assert item.signature is not None
        if item.known and self._take_known(item.number, item.signature.key):
            return
        recorder = self._cache.record(item.signature.key)
        for found in read_input(item.input, self._settings) if result is None else result:
            if isinstance(found, Skip):
                self._report.skipped.append(found)
                recorder.skip(found)
                continue
            fate = self._see(found.id, found.content_hash, found.origin, item.number)
            if fate is Fate.DUPLICATE and self._ledger.entry(found.id).input == item.number:
                recorder.skip(self._report.skipped[-1])
            else:
                recorder.document(found.id, found.content_hash, found.origin)
            if fate in (Fate.ADDED, Fate.CHANGED) or (self._rebuild and fate is Fate.UNCHANGED):
                yield found, fate
        if is_unchanged(item.input, item.signature):
            recorder.finish()

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


def _batch(items: list[_Item]) -> tuple[list[_Item], list[InputFile], int]:
    delegated = [item.input for item in items if item.delegated and item.input]
    return items, delegated, len(delegated)
