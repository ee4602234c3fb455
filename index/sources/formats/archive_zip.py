"""Reads ZIP archives: each file in them as if it lay in a folder of the archive's name."""

from __future__ import annotations

import lzma
import os
import struct
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from typing import BinaryIO, cast

from index.documents import Document
from index.messages import _
from index.settings import Settings
from index.sources.base import InputFile, Piece, Skip, UnreadableError
from index.sources.files import DamagedError, open_input, read_whole
from index.sources.members import MOST_MEMBERS, ExhaustedError, Members, TooManyError

_ENCRYPTED = 1
# PKWARE's APPNOTE 4.3.14 to 4.3.16: the records at the end, and the least that one entry of the list takes.
_END, _END_LENGTH = b"PK\x05\x06", 22
_END64, _LOCATOR = b"PK\x06\x06", b"PK\x06\x07"
_LONGEST_COMMENT = 0xFFFF
_SMALLEST_ENTRY = 46
_DAMAGE = (zipfile.BadZipFile, zlib.error, lzma.LZMAError, EOFError, OSError, ValueError)


def read_zip(input: InputFile, settings: Settings) -> Iterator[Document | Skip | Piece]:
    """What each member yields, in the order of the archive."""
    members = Members(input, settings)
    with opened_zip(input, settings) as archive:
        try:
            for entry in archive.infolist():
                yield from _read(archive, entry, members)
        except ExhaustedError as error:
            yield Skip(input.origin, str(error))


@contextmanager
def opened_zip(input: InputFile, settings: Settings) -> Iterator[zipfile.ZipFile]:
    """A file opened as a ZIP archive; also documents are such (DOCX, ODT, EPUB).

    :raises UnreadableError: if it is none, is damaged, or lists more members than are read.
    """
    with _seekable(input, settings) as file:
        if _size_of_list(file) > MOST_MEMBERS * _SMALLEST_ENTRY:
            raise UnreadableError(str(TooManyError()))
        try:
            archive = zipfile.ZipFile(file)
        except (zipfile.BadZipFile, ValueError, NotImplementedError, struct.error) as error:
            raise UnreadableError(_("bukan arsip ZIP yang utuh: {error}", error=error)) from error
        with archive:
            yield archive


@contextmanager
def _seekable(input: InputFile, settings: Settings) -> Iterator[BinaryIO]:
    if input.path.name.lower().endswith(".gz"):
        yield BytesIO(read_whole(input, settings))
        return
    with open_input(input.path) as file:
        yield file


def _read(
    archive: zipfile.ZipFile, entry: zipfile.ZipInfo, members: Members
) -> Iterator[Document | Skip | Piece]:
    if entry.is_dir() or members.passes_over(entry.filename):
        return
    if entry.flag_bits & _ENCRYPTED:
        yield Skip(
            members.label(entry.filename), _("terkunci kata sandi; bukalah dahulu, lalu arsipkan lagi")
        )
        return
    try:
        with archive.open(entry) as content:
            yield from members.read(entry.filename, cast(BinaryIO, _Sound(content)))
    except NotImplementedError as error:
        reason = _("dikemas dengan cara yang tidak dikenal ({error})", error=error)
        yield Skip(members.label(entry.filename), reason)
    except _DAMAGE as error:
        yield Skip(members.label(entry.filename), _("data ZIP rusak: {error}", error=error))


class _Sound:
    """A member's content; damage is told as the other formats tell it."""

    def __init__(self, content: object) -> None:
        self._content = cast(BinaryIO, content)

    def read(self, size: int = -1) -> bytes:
        try:
            return self._content.read(size)
        except _DAMAGE as error:
            raise DamagedError(_("data ZIP rusak: {error}", error=error)) from error


def _size_of_list(file: BinaryIO) -> int:
    """Bytes that the list of members takes, which the library would read at once; 0 if there is none."""
    length = file.seek(0, os.SEEK_END)
    file.seek(max(0, length - _END_LENGTH - _LONGEST_COMMENT - 76))
    tail = file.read()
    file.seek(0)
    at = tail.rfind(_END)
    if at < 0 or len(tail) - at < _END_LENGTH:
        return 0
    size = int.from_bytes(tail[at + 12 : at + 16], "little")
    large = tail.rfind(_END64, 0, at)
    if size == 0xFFFFFFFF and large >= 0 and tail.find(_LOCATOR, large, at) >= 0:
        return int.from_bytes(tail[large + 40 : large + 48], "little")
    return size
