"""What parsers take and give: an input file in, documents and skips out."""

from __future__ import annotations

import os
import unicodedata
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

from msgspec import Struct

from index.documents import Document
from index.messages import _, system_reason
from index.settings import Settings


class SourceMissingError(Exception):
    """A source that the owner named does not exist."""


class UnreadableError(Exception):
    """One input cannot become documents; the message is the reason that the owner reads."""


class Skip(Struct, frozen=True):
    """An input, or a part of one, that did not become a document.

    :param source: what was skipped, as the owner knows it (``berita/a.txt``, ``arsip.jsonl:12``).
    :param reason: why, and what to do where that is not obvious.
    """

    source: str
    reason: str


class Unread(Skip, frozen=True):
    """An input that is there and could not be read this time: what was read from it before still holds."""


class Allowance(Struct):
    """What may still be unpacked from an outermost file; all that lies inside of it draws on the same one.

    :param size: bytes.
    :param members: files.
    :param packed: size of the outermost file, which tells what has swollen beyond belief.
    :param unpacked: bytes that were drawn so far.
    """

    size: int
    members: int
    packed: int
    unpacked: int = 0


class InputFile(Struct, frozen=True):
    """A file that some parser can read. Nothing of its content has been looked at.

    :param path: where it is now.
    :param origin: how messages and ids name it: the source folder's name and the path inside it, always with
        ``/``, so that it stays the same when the archive moves to another place.
    :param root: the source (folder or file) that it was found under.
    :param depth: how many files it lies inside of, one in another (a ZIP archive, a mail).
    :param allowance: of the outermost of these, ``None`` for a file that lies in a folder.
    :param part: of the file, where only a part of it is meant (a bucket of rows of a database).
    """

    path: Path
    origin: str
    root: Path
    depth: int = 0
    allowance: Allowance | None = None
    part: int | None = None


class Piece(NamedTuple):
    """A part of a file that holds many articles, cut out and not yet parsed: mostly one of them. Pickles.

    :param origin: where it stands.
    :param content: what ``parse`` takes.
    :param parse: makes the document, or all of them with what is none. May raise :class:`UnreadableError`.
    :param size: characters.
    """

    origin: str
    content: Any
    parse: Callable[[Any, str, Settings], Document | Iterator[Document | Skip]]
    size: int


Parser = Callable[[InputFile, Settings], Iterator[Document | Skip | Piece]]
"""Reads one file. May raise :class:`UnreadableError` or :class:`OSError` for the file as a whole."""


def printable(name: str | Path) -> str:
    """A file name as text that can be shown, logged and encoded, whatever bytes it is made of."""
    text = os.fsencode(name).decode("utf-8", "backslashreplace")
    return "".join(c if c.isprintable() else f"\\x{ord(c):02x}" for c in unicodedata.normalize("NFC", text))


def reason_of(error: OSError) -> str:
    """Why a file or folder could not be opened, in the owner's words."""
    if isinstance(error, FileNotFoundError):
        return _("hilang sebelum sempat dibaca")
    if isinstance(error, PermissionError):
        return _("tidak ada izin untuk membacanya")
    return _("tidak dapat dibaca: {error}", error=system_reason(error))
