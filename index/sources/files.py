"""Opens inputs without hanging on them and reads them within bounds of memory."""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import os
import stat
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, BinaryIO, cast

from index.messages import _
from index.settings import Settings
from index.sources.base import InputFile, UnreadableError
from index.sources.encoding import LineDecoder, encoding_of, refuse_binary, wide_encoding

KIB = 1024
MIB = 1024 * KIB

BOMB_RATIO = 200
"""Times that compressed data may swell: text does 3 to 10, repetitive logs 50; deflate ends at 1032."""

BOMB_MINIMUM = 16 * MIB
"""Bytes up to which nothing is said of how it swells."""

_XZ_MEMORY = 128 * MIB  # xz -9 asks for 65 MiB
_MOST_BLANK_LINES = 10_000
_CHUNK = 256 * KIB


_LINE_FEEDS = ("\n", ord("\n"))  # as text and as bytes give it


class LongLineError(Exception):
    """A line is longer than the limit. It has been read past; the next line can be read."""


class DamagedError(Exception):
    """The compressed data of a file cannot be read any further; the message says why."""


@contextmanager
def open_input(path: Path) -> Iterator[BinaryIO]:
    """Open a regular file, decompressed if its name ends in ``.gz``.

    :raises UnreadableError: if it is not (any more) a regular file.
    :raises OSError: if it cannot be opened.
    """
    # O_NONBLOCK: opening a named pipe that has no writer must not wait for one.
    flags = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
    descriptor = os.open(path, flags)
    with os.fdopen(descriptor, "rb") as file:
        if not stat.S_ISREG(os.fstat(descriptor).st_mode):
            raise UnreadableError(_("bukan berkas biasa"))
        if not path.name.lower().endswith(".gz"):
            yield file
            return
        yield unpacked(file, "gzip")


def unpacked(file: IO[bytes], method: str) -> BinaryIO:
    """Compressed data, decompressed as it is read. Reading raises :class:`DamagedError` where it ends early,
    is no such data, or swells beyond belief.

    :param method: ``gzip``, ``bzip2`` or ``xz``.
    """
    return cast(BinaryIO, io.BufferedReader(_Unpacked(file, method), _CHUNK))


class _Unpacked(io.RawIOBase):
    """Decompressed data that stops with an error where it is damaged or swells beyond belief."""

    def __init__(self, packed: IO[bytes], method: str) -> None:
        self._packed = packed
        self._method = method
        self._read = _METHODS[method](packed)
        self._count = 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]  # Buffer has no slices
        try:
            data = self._read(len(buffer))
        except (OSError, EOFError, zlib.error, lzma.LZMAError, MemoryError) as error:
            raise DamagedError(_("data {method} rusak: {error}", method=self._method, error=error)) from error
        self._count += len(data)
        if self._count > BOMB_MINIMUM and self._count > BOMB_RATIO * self._packed.tell():
            raise DamagedError(
                _(
                    "data {method} mengembang lebih dari {ratio} kali, tidak seperti teks mana pun",
                    method=self._method,
                    ratio=BOMB_RATIO,
                )
            )
        buffer[: len(data)] = data
        return len(data)


def _gzip(packed: IO[bytes]) -> Callable[[int], bytes]:
    return gzip.GzipFile(fileobj=packed, mode="rb").read1


def _in_blocks(start: Callable[[], bz2.BZ2Decompressor | lzma.LZMADecompressor]) -> _Method:
    """Not by the library's file objects: those of xz give as much memory as the data ask for."""

    def method(packed: IO[bytes]) -> Callable[[int], bytes]:
        decompressor = start()

        def read(size: int) -> bytes:
            nonlocal decompressor
            while True:
                rest = b""
                if decompressor.eof:
                    rest = decompressor.unused_data or packed.read(_CHUNK)
                    if not rest.strip(b"\0"):  # nothing, or the padding of xz, and no further stream
                        return b""
                    decompressor = start()
                elif decompressor.needs_input and not (rest := packed.read(_CHUNK)):
                    raise EOFError(_("berakhir di tengah"))
                if data := decompressor.decompress(rest, size):
                    return data

        return read

    return method


_Method = Callable[[IO[bytes]], Callable[[int], bytes]]
_METHODS: dict[str, _Method] = {
    "gzip": _gzip,
    "bzip2": _in_blocks(bz2.BZ2Decompressor),
    "xz": _in_blocks(lambda: lzma.LZMADecompressor(memlimit=_XZ_MEMORY)),
}


def read_whole(input: InputFile, settings: Settings) -> bytes:
    """The content of a file that is read whole.

    :raises UnreadableError: if it is empty, damaged, or larger than ``max_input_mb``.
    :raises OSError: if it cannot be read.
    """
    limit = int(settings.number("max_input_mb") * MIB)
    refusal = _(
        "lebih besar dari {limit} MiB; batas satu berkas teks adalah pengaturan max_input_mb",
        limit=f"{limit / MIB:g}",
    )
    with open_input(input.path) as file:
        if os.fstat(file.fileno()).st_size > limit if _has_size(file) else False:
            raise UnreadableError(refusal)
        try:
            data = file.read(limit + 1)
        except DamagedError as error:
            raise UnreadableError(str(error)) from error
    if len(data) > limit:
        raise UnreadableError(refusal)
    if not data.strip(b"\0 \t\r\n\xef\xbb\xbf\xff\xfe"):
        raise UnreadableError(_("kosong"))
    return data


def _has_size(file: BinaryIO) -> bool:
    return not isinstance(getattr(file, "raw", None), _Unpacked)


class Lines:
    """The lines of a file as text, each at most ``max_article_kb`` long, in bounded memory.

    Iterating yields each line with its ending. It raises :class:`LongLineError` for a line over the limit and
    goes on with the next one when asked again; :class:`DamagedError` is final.

    :param file: opened by :func:`open_input`.
    :raises UnreadableError: if the file is empty or holds something that is not text.
    """

    def __init__(self, file: BinaryIO, settings: Settings) -> None:
        self.limit = int(settings.number("max_article_kb") * KIB)
        self.number = 0
        """How many lines were read."""
        self._blank = 0
        self._buffered = file if hasattr(file, "peek") else io.BufferedReader(cast(io.RawIOBase, file))
        self._text: io.TextIOWrapper | None = None
        self._decoder = LineDecoder()
        try:
            start = self._buffered.peek(_CHUNK)[: 64 * KIB]
        except DamagedError as error:
            raise UnreadableError(str(error)) from error
        if not start:
            raise UnreadableError(_("kosong"))
        refuse_binary(start)
        if encoding := wide_encoding(start):
            self._text = io.TextIOWrapper(self._buffered, encoding, errors="replace", newline="\n")
        elif (
            b"\r" in start and b"\n" not in start and start.count(b"\r") > 1
        ):  # as spreadsheets of old Macs write
            self._text = io.TextIOWrapper(self._buffered, encoding_of(start), errors="replace", newline=None)

    def __iter__(self) -> Lines:
        return self

    def __next__(self) -> str:
        self.number += 1
        line = self._readline()
        if not line:
            raise StopIteration
        self._blank = self._blank + 1 if line in ("\n", b"\n") else 0
        if self._blank > _MOST_BLANK_LINES:
            raise DamagedError(_("lebih dari {limit} baris berturut-turut kosong", limit=_MOST_BLANK_LINES))
        if len(line) > self.limit:
            while line and line[-1] not in _LINE_FEEDS:
                line = self._readline()
            raise LongLineError(
                _(
                    "baris itu lebih panjang dari {limit} KiB; "
                    "batas satu artikel adalah pengaturan max_article_kb",
                    limit=f"{self.limit / KIB:g}",
                )
            )
        return line if isinstance(line, str) else self._decoder.decode(line)

    def _readline(self) -> str | bytes:
        if self._text is not None:
            return self._text.readline(self.limit + 1)
        return self._buffered.readline(self.limit + 1)
