"""KeptArrays: what is worked out of one commit, kept as arrays that all processes of a machine map.

::

    <generation>/<name>.arrays      the key, the CRC-32 of the rest, a list of the arrays, the arrays

Nothing depends on these files but time and memory: one that is lost, damaged or of another commit is made
anew, by one process while others wait for it. Where nothing can be written, not even a temporary folder,
a process keeps what it made to itself.
"""

from __future__ import annotations

import logging
import mmap
import os
import zlib
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import numpy as np
import orjson
from numpy.typing import NDArray

from index.store.alone import alone
from index.store.temporary import temporary_folder

Arrays = Mapping[str, NDArray[Any]]
"""Named arrays of one dimension, never changed."""

_ALIGNED = 64

_log = logging.getLogger(__name__)


class KeptArrays:
    """The arrays of one commit. Safe to share between threads.

    :param folder: of its generation, which need not be writable.
    :param key: tells everything that arrays are made of from other things; one line of ASCII.
    """

    def __init__(self, folder: Path, key: str) -> None:
        self._folder = folder
        self._key = key.encode()

    def get(self, name: str, make: Callable[[], Arrays], wanted: Callable[[], bool] = lambda: True) -> Arrays:
        """Some arrays, mapped; made and kept now if they are not there.

        :param name: of the file, without its ending.
        :param make: makes them. What it raises is raised.
        :param wanted: asked once they are made; what nobody wants any more may be cut short, and is not kept.
        """
        found = self._read(self._folder / f"{name}.arrays")
        if found is not None:
            return found
        made: Arrays | None = None
        for is_temporary in (False, True):
            try:
                folder = self._temporary() if is_temporary else self._folder
                path = folder / f"{name}.arrays"
                with alone(path.with_name(f".{path.name}.lock")):
                    found = self._read(path)
                    if found is not None:
                        return found
                    made = make() if made is None else made
                    if not wanted():
                        return made
                    self._write(path, made)
                    return self._read(path) or made
            except OSError as error:
                _log.debug("%s cannot be kept in %s: %s", name, self._folder, error)
        return make() if made is None else made

    def _temporary(self) -> Path:
        folder = temporary_folder(self._folder)
        folder.mkdir(mode=0o700, exist_ok=True)
        return folder

    def _read(self, path: Path) -> Arrays | None:
        """The arrays of a file, ``None`` if they are not there whole."""
        try:
            with open(path, "rb") as file:
                data = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        except (OSError, ValueError):  # an empty file cannot be mapped
            return None
        head, listed, start = _lines(data)
        with memoryview(data) as whole, whole[len(head) + 1 :] as rest:
            if head != _head(self._key, zlib.crc32(rest)):
                return None
        if hasattr(mmap, "MADV_DONTNEED"):  # what is not used of it need not stay in memory
            data.madvise(mmap.MADV_DONTNEED)
        return {
            name: np.frombuffer(data, dtype, count, start + offset) if count else np.empty(0, dtype)
            for name, (dtype, count, offset) in orjson.loads(listed).items()
        }

    def _write(self, path: Path, arrays: Arrays) -> None:
        listed: dict[str, tuple[str, int, int]] = {}
        parts, size = [], 0
        for name, array in arrays.items():
            content = np.ascontiguousarray(array).tobytes()
            listed[name] = array.dtype.str, len(array), size
            parts.append(content + bytes(-len(content) % _ALIGNED))
            size += len(parts[-1])
        names = orjson.dumps(listed)
        before = len(_head(self._key, 0)) + len(names) + 2
        rest = b"".join((names, b" " * (-before % _ALIGNED), b"\n", *parts))
        beside = path.with_name(f".{path.name}.{os.getpid()}")
        try:
            beside.write_bytes(_head(self._key, zlib.crc32(rest)) + b"\n" + rest)
            beside.replace(path)
        except OSError:
            beside.unlink(missing_ok=True)
            raise


def _head(key: bytes, checksum: int) -> bytes:
    return b"%s %08x" % (key, checksum)


def _lines(data: mmap.mmap) -> tuple[bytes, bytes, int]:
    """The first two lines of a file, and where what follows starts."""
    head = data.readline()
    listed = data.readline()
    return head.rstrip(b"\n"), listed, len(head) + len(listed)
