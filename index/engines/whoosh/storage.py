"""The directory of an index: its commits, its lock, and what a commit replaces and removes."""

from __future__ import annotations

import os
import re
import time
import weakref
from contextlib import suppress
from pathlib import Path
from typing import Any

from index.engines.base import IndexMissingError, broken
from index.engines.whoosh.contents import read_contents, sync_folder, write_contents
from index.engines.whoosh.listed import INDEX_NAME, ListedSegment
from index.engines.whoosh.segment import SegmentData
from index.messages import _

_TOC_NAME = re.compile(rf"_{INDEX_NAME}_([0-9]+)\.toc")
_UNFINISHED_TOC = re.compile(rf"_{INDEX_NAME}_[0-9]+\.toc\..+")
_SEGMENT_FILE = re.compile(rf"({INDEX_NAME}_[0-9a-z]+)\..+")
# A commit may delete a segment between our reading of the table of contents and our opening of its files.
_OPEN_TRIES = 20
_OPEN_PAUSE = 0.05


class IndexDirectory:
    """One Whoosh index on disk."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def generation(self) -> int:
        """Number of the last commit, -1 if there is no index."""
        found = (_TOC_NAME.fullmatch(name) for name in self._names())
        return max((int(match[1]) for match in found if match), default=-1)

    def create(self) -> None:
        """Write an empty table of contents."""
        self.path.mkdir(parents=True, exist_ok=True)
        write_contents(self._toc(0), 0, [])

    def signature(self, generation: int) -> tuple[int, int, int] | None:
        """Tells the table of contents of a commit from another one of that number; ``None`` if it is gone."""
        try:
            found = self._toc(generation).stat()
        except (FileNotFoundError, NotADirectoryError):
            return None
        return found.st_ino, found.st_mtime_ns, found.st_size

    def is_newest(self, generation: int) -> bool:
        """Whether no later commit is there. Costs two looks at the directory in the usual case."""
        if self._toc(generation).exists():
            return not self._toc(generation + 1).exists()
        return self.generation() <= generation

    def _names(self) -> list[str]:
        try:
            return os.listdir(self.path)
        except OSError:
            return []

    def _toc(self, generation: int) -> Path:
        return self.path / f"_{INDEX_NAME}_{generation}.toc"

    def read_contents(self) -> tuple[int, list[ListedSegment]]:
        """(number of the last commit, its segments).

        :raises IndexMissingError: if there is no index.
        :raises IndexBrokenError: if the table of contents cannot be read.
        """
        for _attempt in range(_OPEN_TRIES):
            generation = self.generation()
            if generation < 0:
                raise IndexMissingError(_("belum ada indeks di {path}; jalankan `reindex`", path=self.path))
            try:
                return generation, read_contents(self._toc(generation), generation)
            except FileNotFoundError:
                time.sleep(_OPEN_PAUSE)  # replaced by a newer one just now
        raise broken(self.path, _("daftar segmennya hilang saat dibaca"))

    def open_segments(self) -> tuple[int, list[tuple[ListedSegment, SegmentData]]]:
        """(number of the last commit, its segments with their files open).

        :raises IndexMissingError: if there is no index.
        :raises IndexBrokenError: if it cannot be read.
        """
        for attempt in range(_OPEN_TRIES):
            generation, segments = self.read_contents()
            try:
                opened = [(segment, self.open_segment(segment)) for segment in segments]
            except FileNotFoundError as error:
                if self.is_newest(generation) and attempt:
                    raise broken(self.path, _("berkas {name} tidak ada", name=error.filename)) from error
                time.sleep(_OPEN_PAUSE)
                continue
            return generation, opened
        raise broken(self.path, _("segmennya berulang kali hilang saat dibuka"))

    def open_segment(self, segment: ListedSegment) -> SegmentData:
        """Open the files of a segment.

        :raises FileNotFoundError: if one is missing.
        :raises IndexBrokenError: if they are damaged or hold something else than the table of contents says.
        """
        try:
            data = SegmentData(segment.base(self.path))
        except (ValueError, IndexError, OverflowError) as error:
            wrong = _("segmen {id} tidak dapat dibaca ({error})", id=segment.segment_id(), error=repr(error))
            raise broken(self.path, wrong) from error
        if len(data) != segment.documents:
            raise broken(
                self.path, _("segmen {id} tidak cocok dengan daftar segmen", id=segment.segment_id())
            )
        return data

    def publish(
        self, generation: int, segments: list[ListedSegment], buffered: ListedSegment | None = None
    ) -> None:
        """Replace the table of contents, durably and at once, then remove files that nobody needs.

        :param buffered: is being written, and comes with a later commit.
        """
        sync_folder(self.path)
        write_contents(self._toc(generation), generation, segments)
        self.clean(generation, [*segments, buffered] if buffered else segments)

    def clean(self, generation: int, segments: list[ListedSegment]) -> None:
        """Remove all that this commit does not need: older commits, and what an interrupted writer left.

        Only for the holder of the lock. What cannot be removed stays for the next one.
        """
        needed = {segment.segment_id() for segment in segments}
        for name in self._names():
            toc, segment_file = _TOC_NAME.fullmatch(name), _SEGMENT_FILE.fullmatch(name)
            if (
                (toc and int(toc[1]) != generation)
                or (segment_file and segment_file[1] not in needed)
                or _UNFINISHED_TOC.fullmatch(name)
            ):
                with suppress(OSError):
                    (self.path / name).unlink()

    def lock(self) -> Any:
        """The writers' lock: an advisory lock of the operating system, gone when its holder dies."""
        from whoosh.util.filelock import FileLock  # here: readers need no more of Whoosh than its format

        lock = FileLock(str(self.path / f"{INDEX_NAME}_WRITELOCK"))
        _locks.add(lock)
        return lock


# A forked child shares its parent's lock and would keep it when the parent is killed.
_locks: weakref.WeakSet[Any] = weakref.WeakSet()


def _forget_locks() -> None:
    for lock in _locks:
        if lock.fd is not None:
            os.close(lock.fd)
            lock.fd = None


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_forget_locks)
