"""Keeping the files that Tantivy maps while it merges from counting as memory of this process.

Tantivy reads all segments that it merges through memory maps and lets go of none before the end, so that a
large archive would take as much memory as its segments. The system takes such pages back when it needs room,
but what limits or watches a process sees its size.
"""

from __future__ import annotations

import ctypes
import mmap
import sys
import threading
from contextlib import suppress
from pathlib import Path

_MOST_BYTES = 64 << 20
"""Pages of files that may be in memory, libraries too."""

_LOOK_SECONDS = 0.1

_PAGE = mmap.PAGESIZE
_MADV_PAGEOUT = 21
"""Of Linux since 5.4. Unlike MADV_DONTNEED it does no harm where another map lies meanwhile."""


class MappedFiles:
    """Gives back pages of the files of a folder whenever there are many; see :meth:`stop`.

    Does nothing where the system does not offer it.
    """

    def __init__(self, directory: Path) -> None:
        self._directory = directory
        self._stopped = threading.Event()
        if sys.platform == "linux":
            threading.Thread(target=self._run, name="mapped files", daemon=True).start()

    def stop(self) -> None:
        """End. Idempotent."""
        self._stopped.set()

    def _run(self) -> None:
        with suppress(OSError, ValueError):
            while not self._stopped.wait(_LOOK_SECONDS):
                if _file_bytes() > _MOST_BYTES:
                    give_back(self._directory)


def give_back(directory: Path) -> None:
    """Have what was read of the mapped files of a folder not count as memory; it is read again when needed.

    :raises OSError: if the system does not tell what is mapped.
    """
    system = ctypes.CDLL(None)
    within = f"{directory.resolve()}/"
    for line in Path("/proc/self/maps").read_text().splitlines():
        place, *_rest, path = line.split(maxsplit=5)
        if path.startswith(within):
            start, end = (int(address, 16) for address in place.split("-"))
            system.madvise(ctypes.c_void_p(start), ctypes.c_size_t(end - start), _MADV_PAGEOUT)


def _file_bytes() -> int:
    """Bytes of files that are in the memory of this process."""
    return int(Path("/proc/self/statm").read_text().split()[2]) * _PAGE
