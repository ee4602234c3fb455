"""ZIP files from strangers, opened within bounds: archives, and documents that are ZIP files of XML parts."""

from __future__ import annotations

import lzma
import os
import struct
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from typing import Any, BinaryIO

from index.messages import _
from index.settings import Settings
from index.sources.base import InputFile, UnreadableError
from index.sources.files import MIB, open_input, read_whole

MOST_MEMBERS = 200_000
"""Files in one archive: the list of one with more would fill memory."""

ENCRYPTED = 1
"""The flag of a member that is locked with a password."""

DAMAGE = (zipfile.BadZipFile, zlib.error, lzma.LZMAError, EOFError, OSError, ValueError)
"""What the library raises where a member's data are damaged."""

# PKWARE's APPNOTE 4.3.14 to 4.3.16: the records at the end, and the least that one entry of the list takes.
_END, _END_LENGTH = b"PK\x05\x06", 22
_END64, _LOCATOR = b"PK\x06\x06", b"PK\x06\x07"
_LONGEST_COMMENT = 0xFFFF
_SMALLEST_ENTRY = 46
_OLE = b"\xd0\xcf\x11\xe0"


@contextmanager
def opened_zip(input: InputFile, settings: Settings) -> Iterator[zipfile.ZipFile]:
    """A file opened as a ZIP archive; also documents are such (DOCX, ODT, EPUB).

    :raises UnreadableError: if it is none, is damaged, or lists more members than are read.
    """
    with _seekable(input, settings) as file:
        if _size_of_list(file) > MOST_MEMBERS * _SMALLEST_ENTRY:
            raise UnreadableError(
                _(
                    "berisi lebih dari {limit} berkas; sisanya tidak dibaca, bagilah arsipnya",
                    limit=MOST_MEMBERS,
                )
            )
        try:
            archive = zipfile.ZipFile(file)
        except (zipfile.BadZipFile, ValueError, NotImplementedError, struct.error) as error:
            file.seek(0)
            if file.read(len(_OLE)) == _OLE:
                locked = _("terkunci kata sandi, atau dokumen perkantoran lama yang diberi akhiran baru")
                raise UnreadableError(locked) from error
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


class Parts:
    """The parts of a document that is a ZIP file, read within a bound for all of them.

    :param archive: opened by :func:`opened_zip`.
    """

    def __init__(self, archive: zipfile.ZipFile, settings: Settings) -> None:
        self._archive = archive
        self._limit = self._left = int(settings.number("max_input_mb") * MIB)

    def names(self) -> list[str]:
        """Names of all parts."""
        return self._archive.namelist()

    def read(self, name: str) -> bytes | None:
        """A part, ``None`` if there is none of that name.

        :raises UnreadableError: if it is locked or damaged, or all parts read are too large.
        """
        try:
            entry = self._archive.getinfo(name)
            if entry.flag_bits & ENCRYPTED:
                raise UnreadableError(_("terkunci kata sandi"))
            with self._archive.open(entry) as content:
                data = content.read(self._left + 1)
        except KeyError:
            return None
        except (*DAMAGE, NotImplementedError) as error:
            raise UnreadableError(_("data ZIP rusak: {error}", error=error)) from error
        self._left -= len(data)
        if self._left < 0:
            raise UnreadableError(
                _(
                    "isinya lebih dari {limit} MiB; batasnya adalah pengaturan max_input_mb",
                    limit=f"{self._limit / MIB:g}",
                )
            )
        return data

    def xml(self, name: str) -> Any | None:
        """A part as an lxml element, ``None`` if there is none of that name.

        :raises UnreadableError: if it is no XML, or as :meth:`read`.
        """
        data = self.read(name)
        return None if data is None else parse_xml(data)


def parse_xml(data: bytes) -> Any:
    """XML as an lxml element.

    :raises UnreadableError: if it is none, nested beyond belief, or defines entities, which let a small file
        fill memory and read others.
    """
    from lxml import etree  # type: ignore[import-untyped]  # here, because few archives hold such

    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise UnreadableError(_("bukan XML yang sah: {error}", error=error)) from error
    definitions = root.getroottree().docinfo.internalDTD
    if definitions is not None and next(definitions.iterentities(), None) is not None:
        raise UnreadableError(_("XML-nya membuat entitas sendiri, yang tidak dibaca"))
    return root
