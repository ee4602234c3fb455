"""The directory of an index: its table of contents, its lock, and what makes a commit durable and atomic."""

from __future__ import annotations

import io
import os
import re
import time
import weakref
import zlib
from pathlib import Path
from typing import Any

from whoosh.filedb.filestore import FileStorage
from whoosh.filedb.structfile import StructFile
from whoosh.index import TOC, EmptyIndexError, clean_files

from index.engines.base import IndexBrokenError, IndexMissingError, broken
from index.engines.whoosh.codec import ArraySegment
from index.engines.whoosh.schema import make_schema
from index.engines.whoosh.segment import SegmentData
from index.messages import _

INDEX_NAME = "MAIN"
"""What the names of Whoosh's files begin with."""

_TOC_NAME = re.compile(rf"_{INDEX_NAME}_([0-9]+)\.toc")
_UNFINISHED_TOC = re.compile(rf"_{INDEX_NAME}_[0-9]+\.toc\..+")
# A commit may delete a segment between our reading of the table of contents and our opening of its files.
_OPEN_TRIES = 20
_OPEN_PAUSE = 0.05
_CHECKSUM_BYTES = 4


class _CheckedFile(io.BytesIO):
    """Written at once when it is closed, with a checksum behind it, and on the disk then."""

    def __init__(self, path: Path) -> None:
        super().__init__()
        self._path = path

    def close(self) -> None:
        if not self.closed:
            content = self.getvalue()
            with open(self._path, "wb") as file:
                file.write(content + zlib.crc32(content).to_bytes(_CHECKSUM_BYTES))
                file.flush()
                os.fsync(file.fileno())
        super().close()


class DurableStorage(FileStorage):  # type: ignore[misc]  # whoosh has no types
    """Whoosh's file storage, plus what it leaves out: checksums, files and renames forced to the disk.

    Only tables of contents pass through it. Whoosh reads them from the front, so that its own storage, which
    knows no checksum, can open them too.
    """

    def create_file(self, name: str, **_: Any) -> StructFile:
        """A new file, durable once closed."""
        return StructFile(_CheckedFile(Path(self._fpath(name))), name=name)

    def open_file(self, name: str, **_options: Any) -> StructFile:
        """A file that was written by :meth:`create_file`.

        :raises IndexBrokenError: if it is damaged.
        """
        path = Path(self._fpath(name))
        content = path.read_bytes()
        content, checksum = content[:-_CHECKSUM_BYTES], content[-_CHECKSUM_BYTES:]
        if zlib.crc32(content).to_bytes(_CHECKSUM_BYTES) != checksum:
            raise broken(path, _("terpotong atau tertimpa (jumlah periksanya salah)"))
        return StructFile(io.BytesIO(content), name=name)

    def rename_file(self, oldname: str, newname: str, safe: bool = False) -> None:
        """Rename, durably."""
        super().rename_file(oldname, newname, safe=safe)
        self.sync()

    def sync(self) -> None:
        """Make names in the directory durable."""
        if hasattr(os, "O_DIRECTORY"):
            directory = os.open(self.folder, os.O_RDONLY | os.O_DIRECTORY)
            try:
                os.fsync(directory)
            finally:
                os.close(directory)


class IndexDirectory:
    """One Whoosh index on disk."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.storage = DurableStorage(str(path))

    def generation(self) -> int:
        """Number of the last commit, -1 if there is no index."""
        found = (_TOC_NAME.fullmatch(name) for name in self.storage.list())
        return max((int(match[1]) for match in found if match), default=-1)

    def create(self) -> None:
        """Write an empty table of contents."""
        self.path.mkdir(parents=True, exist_ok=True)
        TOC(make_schema(), [], 0).write(self.storage, INDEX_NAME)

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

    def _toc(self, generation: int) -> Path:
        return self.path / f"_{INDEX_NAME}_{generation}.toc"

    def read_contents(self) -> tuple[int, list[ArraySegment]]:
        """(number of the last commit, its segments).

        :raises IndexMissingError: if there is no index.
        :raises IndexBrokenError: if the table of contents cannot be read.
        """
        for _attempt in range(_OPEN_TRIES):
            try:
                contents = TOC.read(self.storage, INDEX_NAME)
            except EmptyIndexError:
                raise IndexMissingError(
                    _("belum ada indeks di {path}; jalankan `reindex`", path=self.path)
                ) from None
            except FileNotFoundError:
                time.sleep(_OPEN_PAUSE)  # replaced by a newer one just now
                continue
            except IndexBrokenError:
                raise
            except Exception as error:  # a pickle of another version raises anything
                wrong = _("daftar segmennya tidak dapat dibaca ({error})", error=repr(error))
                raise broken(self.path, wrong) from error
            segments = contents.segments
            if not isinstance(segments, list) or not all(isinstance(item, ArraySegment) for item in segments):
                raise broken(self.path, _("daftar segmennya memuat segmen yang bukan tulisan Telusur"))
            return contents.generation, segments
        raise broken(self.path, _("daftar segmennya hilang saat dibaca"))

    def open_segments(self) -> tuple[int, list[tuple[ArraySegment, SegmentData]]]:
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

    def open_segment(self, segment: ArraySegment) -> SegmentData:
        """Open the files of a segment.

        :raises FileNotFoundError: if one is missing.
        :raises IndexBrokenError: if they are damaged or hold something else than the table of contents says.
        """
        try:
            data = SegmentData(segment.base(self.path))
        except (ValueError, IndexError, OverflowError) as error:
            wrong = _("segmen {id} tidak dapat dibaca ({error})", id=segment.segment_id(), error=repr(error))
            raise broken(self.path, wrong) from error
        if len(data) != segment.documents or not segment.deleted <= set(range(len(data))):
            raise broken(
                self.path, _("segmen {id} tidak cocok dengan daftar segmen", id=segment.segment_id())
            )
        return data

    def publish(self, generation: int, segments: list[ArraySegment]) -> None:
        """Replace the table of contents, durably and at once, then remove files that nobody needs."""
        self.storage.sync()
        TOC(make_schema(), segments, generation).write(self.storage, INDEX_NAME)
        clean_files(self.storage, INDEX_NAME, generation, segments)

    def clean(self, generation: int, segments: list[ArraySegment]) -> None:
        """Remove what an interrupted writer left. Only for the holder of the lock."""
        for name in self.storage.list():
            if _UNFINISHED_TOC.fullmatch(name):
                (self.path / name).unlink(missing_ok=True)
        clean_files(self.storage, INDEX_NAME, generation, segments)

    def lock(self) -> Any:
        """The writers' lock: an advisory lock of the operating system, gone when its holder dies."""
        lock = self.storage.lock(f"{INDEX_NAME}_WRITELOCK")
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
