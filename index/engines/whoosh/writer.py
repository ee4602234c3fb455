"""The writer: one transaction that adds and deletes documents and publishes them at once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress

from index.engines.base import EngineError, Location, Refused
from index.engines.seen import SeenIds
from index.engines.whoosh.listed import ListedSegment
from index.engines.whoosh.merging import merge_segments
from index.engines.whoosh.prepare import PreparedDocument
from index.engines.whoosh.segment import SegmentBuffer, SegmentData
from index.engines.whoosh.storage import IndexDirectory
from index.messages import _

# Memory for words that are buffered before a segment is written; as much again is needed while it is.
_BUFFER_BYTES = 32 << 20
# Segments that a transaction writes before it makes one of them: each keeps five files open.
_MOST_SEGMENTS = 40
# A commit merges segments until each is this many times larger than all smaller ones together, so that there
# are never more than a few, and no document is rewritten more often than the logarithm of their number.
_GROWTH = 3
# A segment with a larger share of deleted documents is rewritten.
_MOST_DELETED = 0.25


class WhooshWriter:
    """See :class:`index.engines.base.Writer`."""

    def __init__(self, location: Location) -> None:
        self._directory = IndexDirectory(location.directory)
        self._directory.read_contents()  # raises IndexMissingError before the lock file is made
        self._lock = self._directory.lock()
        self._open = False
        with self._disk():
            locked = self._lock.acquire()
        if not locked:
            raise EngineError(
                _(
                    "indeks di {path} sedang ditulis oleh proses lain; tunggu sampai selesai",
                    path=location.directory,
                )
            )
        try:
            self._generation, self._segments = self._directory.open_segments()
            self._directory.clean(self._generation, [segment for segment, _ in self._segments])
        except BaseException:
            self._lock.release()
            raise
        self._buffer: SegmentBuffer | None = None
        self._buffered: ListedSegment | None = None
        # Numbers of the buffered documents, by id. The others are found in their segments.
        self._numbers: dict[str, int] = {}
        self._published = self._joined = len(self._segments)
        self._flushed: SeenIds | None = None
        # The last segment that this transaction has committed already, if any.
        self._kept: list[tuple[ListedSegment, SegmentData]] = []
        self._open = True

    @property
    def refused(self) -> Sequence[Refused]:
        """None: whatever can be prepared can be added."""
        return ()

    def add(self, prepared: Iterable[PreparedDocument]) -> None:
        """Add documents, replacing those with the same ids."""
        self._check_open()
        for document in prepared:
            self._remove(document.id)
            if self._buffer is None or self._buffered is None:
                self._buffered = ListedSegment()
                with self._disk():
                    self._buffer = SegmentBuffer(self._buffered.base(self._directory.path))
            self._numbers[document.id] = len(self._buffer)
            with self._disk():
                self._buffer.add(document)
                if self._buffer.inverter.nbytes >= _BUFFER_BYTES:
                    self._flush()

    def delete(self, ids: Iterable[str]) -> None:
        """Remove documents."""
        self._check_open()
        for wanted in ids:
            self._remove(wanted)

    def _remove(self, id: str) -> None:
        number = self._numbers.pop(id, None)
        if number is not None and self._buffered is not None:
            self._buffered.deleted.add(number)
            return
        is_flushed = self._flushed is not None and id in self._flushed
        for segment, data in self._segments if is_flushed else self._segments[: self._published]:
            number = data.documents.find(id)
            if number >= 0 and number not in segment.deleted:
                segment.deleted.add(number)
                return

    def _flush(self) -> None:
        if self._buffer is not None and self._buffered is not None:
            self._buffered.documents = len(self._buffer)
            self._buffer.write()
            self._segments.append((self._buffered, SegmentData(self._buffer.base)))
            self._segments[-1][1].let_go()
            self._flushed = self._flushed or SeenIds()
            for added in self._numbers:
                self._flushed.add(added)
            self._numbers = {}
            self._buffer = self._buffered = None
            if len(self._segments) - self._joined >= _MOST_SEGMENTS:
                self._join_flushed()

    def _join_flushed(self) -> None:
        """Make one segment of those that were written since the last time, and remove their files."""
        flushed = [item for item in self._segments[self._joined :] if item[0].doc_count()]
        del self._segments[self._joined :]
        if flushed:
            joined = self._merge(flushed)
            self._segments.append((joined, SegmentData(joined.base(self._directory.path))))
            self._segments[-1][1].let_go()
        self._joined = len(self._segments)
        if self._kept:
            self._keep()  # what was kept is of files that are not needed any more
        else:
            self._directory.clean(self._generation, [segment for segment, _ in self._segments])

    def keep(self) -> bool:
        """Commit the segments that are written, and go on; what is buffered is left for later."""
        self._check_open()
        if self._kept == self._segments[-1:]:
            return False
        with self._disk():
            self._keep()
        return True

    def _keep(self) -> None:
        self._kept = self._segments[-1:]
        self._generation += 1
        segments = [segment for segment, _ in self._segments]
        self._directory.publish(self._generation, segments, self._buffered)

    def commit(self, *, merge: bool = False) -> None:
        """Publish."""
        self._check_open()
        try:
            with self._disk():
                self._publish(merge)
        except BaseException:
            self.rollback()
            raise
        self._end()

    def _publish(self, merge: bool) -> None:
        self._flush()
        segments = [item for item in self._segments if item[0].doc_count()]
        chosen = _to_merge([segment for segment, _ in segments], everything=merge)
        kept = [segment for segment, _ in segments if segment not in chosen]
        if chosen:
            kept.append(self._merge([item for item in segments if item[0] in chosen]))
        self._directory.publish(self._generation + 1, kept)

    def _merge(self, segments: list[tuple[ListedSegment, SegmentData]]) -> ListedSegment:
        merged = ListedSegment()
        sources = [(data, segment.live_numbers()) for segment, data in segments]
        merged.documents = merge_segments(sources, merged.base(self._directory.path))
        return merged

    def rollback(self) -> None:
        """Drop everything."""
        if self._open:
            if self._buffer is not None:
                self._buffer.discard()
            # What cannot be removed now is removed by the next writer.
            with suppress(OSError, EngineError):
                self._directory.clean(*self._directory.read_contents())
            self._end()

    @contextmanager
    def _disk(self) -> Iterator[None]:
        """Ends the transaction when the disk is full or read-only, and says which index that was."""
        try:
            yield
        except OSError as error:
            self.rollback()
            raise EngineError(
                _(
                    "{path} tidak dapat ditulis ({error}); yang terakhir disimpan tetap utuh",
                    path=self._directory.path,
                    error=error,
                )
            ) from error

    def _end(self) -> None:
        self._open = False
        self._segments, self._numbers = [], {}
        self._buffer = self._buffered = None
        self._lock.release()

    def _check_open(self) -> None:
        if not self._open:
            raise EngineError(_("transaksi ini sudah berakhir; buka penulis yang baru"))


def _to_merge(segments: list[ListedSegment], *, everything: bool) -> set[ListedSegment]:
    """Which segments a commit rewrites into one."""
    if everything:
        chosen = set(segments)
        return set() if len(chosen) == 1 and not segments[0].deleted else chosen
    chosen = {segment for segment in segments if len(segment.deleted) > _MOST_DELETED * segment.documents}
    others = sorted(set(segments) - chosen, key=lambda segment: segment.doc_count())
    smaller = sum(segment.doc_count() for segment in chosen)
    join = 0
    for count, segment in enumerate(others, 1):
        if segment.doc_count() < _GROWTH * smaller:
            join = count
        smaller += segment.doc_count()
    chosen.update(others[:join])
    return chosen if len(chosen) > 1 or any(segment.deleted for segment in chosen) else set()
