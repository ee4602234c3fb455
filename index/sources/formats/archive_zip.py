"""Reads ZIP archives: each file in them as if it lay in a folder of the archive's name."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from datetime import datetime
from typing import BinaryIO, cast

from index.documents import Document
from index.messages import _
from index.settings import Settings
from index.sources.base import InputFile, Piece, Skip
from index.sources.files import DamagedError
from index.sources.members import ExhaustedError, Members
from index.sources.zips import DAMAGE, ENCRYPTED, opened_zip


def read_zip(input: InputFile, settings: Settings) -> Iterator[Document | Skip | Piece]:
    """What each member yields, in the order of the archive."""
    members = Members(input, settings)
    with opened_zip(input, settings) as archive:
        try:
            for entry in archive.infolist():
                yield from _read(archive, entry, members)
        except ExhaustedError as error:
            yield Skip(input.origin, str(error))


def _read(
    archive: zipfile.ZipFile, entry: zipfile.ZipInfo, members: Members
) -> Iterator[Document | Skip | Piece]:
    if entry.is_dir() or members.passes_over(entry.filename):
        return
    if entry.flag_bits & ENCRYPTED:
        yield Skip(
            members.label(entry.filename), _("terkunci kata sandi; bukalah dahulu, lalu arsipkan lagi")
        )
        return
    try:
        with archive.open(entry) as content:
            yield from members.read(entry.filename, cast(BinaryIO, _Sound(content)), _changed(entry))
    except NotImplementedError as error:
        reason = _("dikemas dengan cara yang tidak dikenal ({error})", error=error)
        yield Skip(members.label(entry.filename), reason)
    except DAMAGE as error:
        yield Skip(members.label(entry.filename), _("data ZIP rusak: {error}", error=error))


def _changed(entry: zipfile.ZipInfo) -> float:
    """When a member was last changed; ZIP keeps the clock of the place where it was packed."""
    try:
        return datetime(*entry.date_time).timestamp()
    except (ValueError, OverflowError, OSError):
        return 0


class _Sound:
    """A member's content; damage is told as the other formats tell it."""

    def __init__(self, content: object) -> None:
        self._content = cast(BinaryIO, content)

    def read(self, size: int = -1) -> bytes:
        try:
            return self._content.read(size)
        except DAMAGE as error:
            raise DamagedError(_("data ZIP rusak: {error}", error=error)) from error
