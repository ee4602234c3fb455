"""Files of named sections with a checksum a page: how a segment lies on disk.

A damaged or truncated file is noticed when it is opened or when the damaged page is first touched, never by
a wrong answer. Sections are little-endian arrays, read through one memory map without copying.
"""

from __future__ import annotations

import json
import mmap
import os
import struct
import weakref
import zlib
from array import array
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from contextlib import suppress
from itertools import pairwise
from pathlib import Path

import numpy as np
import orjson

from index.engines.base import broken
from index.engines.whoosh.arrays import Bytes, Numbers, bounds_of, compact
from index.messages import _

PAGE = 16384
"""Bytes that share a checksum."""

_FEW_BYTES = 1 << 16
"""Bytes that are read in less time than a search takes for its least part."""

_MAGIC = b"TELUSUR1"
# bytes of sections, bytes of directory, checksum of directory and page checksums, length of the whole file
_FOOTER = struct.Struct("<QQIQ8s")


class SectionWriter:
    """Writes one file section by section; nothing is durable before :meth:`close`."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._file = open(path, "wb")  # noqa: SIM115 - lives as long as the writer
        self._sections: dict[str, tuple[int, int]] = {}
        self._sums = array("I")
        self._page_sum = 0
        self._size = 0
        self._open_name = ""
        self._open_start = 0
        self._write(_MAGIC)

    def begin(self, name: str) -> None:
        """Start a section, aligned to 8 bytes; ends the one before."""
        self._end()
        self._write(b"\0" * (-self._size % 8))
        self._open_name, self._open_start = name, self._size

    def append(self, data: bytes | Numbers) -> None:
        """Add to the section that was begun last."""
        self._write(np.ascontiguousarray(data).view(np.uint8).data if isinstance(data, np.ndarray) else data)

    def add(self, name: str, data: bytes | Numbers) -> None:
        """Write a whole section."""
        self.begin(name)
        if len(data):
            self.append(data)

    def add_numbers(self, name: str, numbers: Numbers) -> None:
        """Write non-negative whole numbers with as few bytes each as the largest one needs."""
        largest = int(numbers.max()) if len(numbers) else 0
        width = next(width for width in (1, 2, 4, 8) if largest < 1 << (8 * width))
        self.add(f"{name}.u{width}", numbers.astype(f"<u{width}"))

    def add_texts(self, name: str, texts: Sequence[bytes]) -> None:
        """Write byte strings as two sections."""
        self.add_joined(name, [b"".join(texts)], np.fromiter(map(len, texts), np.int64, len(texts)))

    def add_joined(self, name: str, texts: Iterable[bytes], lengths: Numbers) -> None:
        """Write byte strings of these lengths, some of them joined to each of ``texts``."""
        self.begin(f"{name}.text")
        for text in texts:
            self.append(text)
        self.add_numbers(f"{name}.length", lengths)

    def _end(self) -> None:
        if self._open_name:
            self._sections[self._open_name] = (self._open_start, self._size - self._open_start)
            self._open_name = ""

    def _write(self, data: bytes | memoryview) -> None:
        view = memoryview(data)
        self._file.write(view)
        start = 0
        while start < len(view):
            room = PAGE - self._size % PAGE
            piece = view[start : start + room]
            self._page_sum = zlib.crc32(piece, self._page_sum)
            self._size += len(piece)
            start += len(piece)
            if self._size % PAGE == 0:
                self._sums.append(self._page_sum)
                self._page_sum = 0

    def close(self) -> None:
        """Finish the file and force it to the disk."""
        self._end()
        if self._size % PAGE:
            self._sums.append(self._page_sum)
        directory = json.dumps(self._sections).encode() + b"\n" + np.array(self._sums, "<u4").tobytes()
        length = self._size + len(directory) + _FOOTER.size
        self._file.write(directory)
        self._file.write(_FOOTER.pack(self._size, len(directory), zlib.crc32(directory), length, _MAGIC))
        self._file.flush()
        os.fsync(self._file.fileno())
        self._file.close()

    def discard(self) -> None:
        """Give up and remove the file."""
        with suppress(OSError):  # of what could not be written
            self._file.close()
        with suppress(OSError):
            self._path.unlink(missing_ok=True)


class Texts:
    """Byte strings, one behind the other.

    :param data: what they lie in, from the byte ``start`` on.
    """

    def __init__(self, data: mmap.mmap, start: int, lengths: Numbers) -> None:
        self._data = data
        self._bounds = compact(bounds_of(lengths) + start)
        self._cuts = self._bounds.data

    def __len__(self) -> int:
        return len(self._bounds) - 1

    def __getitem__(self, number: int) -> bytes:
        return self._data[self._cuts[number] : self._cuts[number + 1]]

    @property
    def nbytes(self) -> int:
        """Bytes of all of them."""
        return int(self._cuts[-1]) - int(self._cuts[0])

    @property
    def lengths(self) -> Numbers:
        """Bytes of each of them."""
        return np.diff(self._bounds)

    def joined(self) -> bytes:
        """All of them, one behind the other."""
        return self._data[self._cuts[0] : self._cuts[-1]]

    def find(self, text: bytes, first: int, last: int) -> int:
        """Number of a text, not an empty one, among those from ``first`` to before ``last``, or -1.

        Nothing is cut out to be compared: most that is looked for is not there.
        """
        cuts, stop = self._cuts, self._cuts[last]
        at = self._data.find(text, cuts[first], stop)
        while at >= 0:
            number = bisect_left(cuts, at, first, last)
            if cuts[number] == at and cuts[number + 1] - at == len(text):
                return number
            at = self._data.find(text, at + 1, stop)
        return -1

    def some(self, first: int = 0, last: int | None = None) -> list[bytes]:
        """Those from number ``first`` to before ``last``."""
        cuts = self._bounds[first : (len(self) if last is None else last) + 1].tolist()
        return [self._data[start:end] for start, end in pairwise(cuts)]


def _sections(directory: bytes, end: int) -> tuple[dict[str, tuple[int, int]], Numbers]:
    """(name -> first byte and bytes of every section, the checksum of every page) of a file.

    :param end: where its sections end.
    :raises ValueError: if there are others than can be.
    """
    names, _line, sums = directory.partition(b"\n")
    try:
        sections = {name: (start, length) for name, (start, length) in orjson.loads(names).items()}
    except (AttributeError, TypeError) as error:
        raise ValueError("not a list of sections") from error
    for start, length in sections.values():
        if not (type(start) is type(length) is int and 0 <= start <= start + length <= end):
            raise ValueError("a section lies outside of the file")
    if len(sums) != 4 * -(-end // PAGE):
        raise ValueError("not a checksum for each page")
    return sections, np.frombuffer(sums, "<u4")


class SectionFile:
    """Reads what :class:`SectionWriter` wrote. Safe to share between threads.

    The map is closed when the last array that looks into it is gone, so that a search in another thread
    outlives the reader that it started with.

    :raises FileNotFoundError: if there is no such file.
    :raises IndexBrokenError: if it is not whole.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._descriptor = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
        weakref.finalize(self, os.close, self._descriptor)
        size = os.fstat(self._descriptor).st_size
        if size < _FOOTER.size:
            raise broken(path, _("panjangnya {size} bita, kurang dari penutupnya", size=size))
        data = mmap.mmap(self._descriptor, 0, access=mmap.ACCESS_READ)
        end, directory_size, checksum, length, magic = _FOOTER.unpack_from(data, size - _FOOTER.size)
        if magic != _MAGIC or length != size or end + directory_size + _FOOTER.size != size:
            raise broken(path, _("terpotong atau tertimpa ({size} bita, tanpa penutup yang sah)", size=size))
        directory = data[end : end + directory_size]
        if zlib.crc32(directory) != checksum:
            raise broken(path, _("daftar isinya rusak"))
        try:
            self._sections, self._sums = _sections(directory, end)
        except ValueError as error:
            raise broken(path, _("daftar isinya rusak")) from error
        self._data = data
        self._end = end
        # One byte a page; set once it was verified. Two threads may verify the same page: harmless.
        self._verified = bytearray(len(self._sums))
        self.bytes: Bytes = np.frombuffer(data, np.uint8, count=end)

    def range(self, name: str) -> tuple[int, int]:
        """(first byte, byte behind the last) of a section, not yet verified.

        :raises IndexBrokenError: if there is no such section.
        """
        try:
            start, length = self._sections[name]
        except KeyError:
            raise broken(self.path, _("tidak memuat bagian {name!r}", name=name)) from None
        return start, start + length

    def check(self, start: int, stop: int) -> None:
        """Verify the pages that hold these bytes, unless that was done before.

        :raises IndexBrokenError: if a page is damaged.
        """
        if stop > self._end or start < 0:
            raise broken(self.path, _("berakhir sebelum bita {stop}", stop=stop))
        first, last = start // PAGE, -(-stop // PAGE)
        if self._verified.find(0, first, last) < 0:
            return
        for page in range(first, last):
            if not self._verified[page]:
                self._verify(page, self._data[page * PAGE : min((page + 1) * PAGE, self._end)])

    def _verify(self, page: int, content: bytes) -> None:
        if zlib.crc32(content) != int(self._sums[page]):
            begin, end = page * PAGE, (page + 1) * PAGE
            raise broken(self.path, _("rusak pada bita {begin} sampai {end}", begin=begin, end=end))
        self._verified[page] = 1

    def let_go(self) -> None:
        """Have the pages read so far not count as this process's memory; they are read again when needed."""
        if hasattr(mmap, "MADV_DONTNEED"):  # not everywhere
            self._data.madvise(mmap.MADV_DONTNEED)

    def read(self, start: int, stop: int) -> bytes:
        """Some bytes, verified, copied. They are read, not mapped: a map of what is scattered over a file
        soon counts as memory of this process, all of it.

        :raises IndexBrokenError: if a page is damaged.
        """
        first, last = start // PAGE, -(-stop // PAGE)
        if stop > self._end or start < 0:
            self.check(start, stop)
        if self._verified.find(0, first, last) < 0:
            return os.pread(self._descriptor, stop - start, start)
        before = first * PAGE
        content = os.pread(self._descriptor, min(last * PAGE, self._end) - before, before)
        for page in range(first, last):
            self._verify(page, content[page * PAGE - before : (page + 1) * PAGE - before])
        return content[start - before : stop - before]

    def numbers_at(self, start: int, stop: int, width: int) -> Numbers:
        """Whole numbers of so many bytes each, verified: copied if they are few, see :meth:`read`, else as a
        read-only array over the map.

        :raises IndexBrokenError: if a page is damaged.
        """
        if stop - start <= _FEW_BYTES:
            return np.frombuffer(self.read(start, stop), f"<u{width}")
        self.check(start, stop)
        return self.bytes[start:stop].view(f"<u{width}")

    def content(self, name: str) -> bytes:
        """A whole section, verified, copied."""
        return self.read(*self.range(name))

    def array(self, name: str, dtype: str) -> Numbers:
        """A whole section, verified, as a read-only array over the map."""
        start, stop = self.range(name)
        self.check(start, stop)
        return self.bytes[start:stop].view(dtype)

    def texts(self, name: str) -> Texts:
        """What :meth:`SectionWriter.add_texts` wrote, verified."""
        start, stop = self.range(f"{name}.text")
        self.check(start, stop)
        lengths = self.numbers(f"{name}.length")
        if int(lengths.sum()) != stop - start:
            raise broken(self.path, _("bagian {name!r} tidak cocok dengan panjangnya", name=name))
        return Texts(self._data, start, lengths)

    def numbers(self, name: str) -> Numbers:
        """What :meth:`SectionWriter.add_numbers` wrote, in its own width."""
        for width in (1, 2, 4, 8):
            if f"{name}.u{width}" in self._sections:
                return self.array(f"{name}.u{width}", f"<u{width}")
        raise broken(self.path, _("tidak memuat bagian {name!r}", name=name))
