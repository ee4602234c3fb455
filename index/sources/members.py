"""Members: the files that lie inside a file (an archive, a mail), read as if they lay in a folder.

They are unpacked one at a time. Their names come from strangers and are only shown: on disk a member is a
temporary file of a name that we choose. How many there may be, how large, and how deep one in another is
decided once for the outermost file, so that nothing inside gets a fresh allowance.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import suppress
from io import BytesIO
from pathlib import Path
from typing import BinaryIO

from index.documents import Document
from index.messages import _
from index.settings import Settings
from index.sources.base import Allowance, InputFile, Piece, Skip, UnreadableError, printable
from index.sources.files import BOMB_MINIMUM, BOMB_RATIO, MIB, DamagedError
from index.sources.names import is_passed_over, why_of_no_kind
from index.sources.reading import cut_input, read_input
from index.sources.registry import ending_of
from index.sources.zips import MOST_MEMBERS

DEEPEST = 3
"""Files one in another: a report in a mail in an archive is two."""

_PIECE = 1 << 20  # smaller members travel to the process that reads them
_CHUNK = 1 << 18
_LONGEST_NAME = 500
_ONE_ARTICLE = frozenset(
    {".txt", ".text", ".md", ".markdown", ".html", ".htm", ".xhtml", ".docx", ".odt", ".pdf"}
)
_HOLDS_FILES = frozenset(
    {".zip", ".tar", ".tgz", ".tar.xz", ".txz", ".tar.bz2", ".tbz2", ".eml", ".mbox", ".mbx"}
)


class ExhaustedError(Exception):
    """The outermost file holds more than is read of one; the message says which limit ended it."""


class TooManyError(ExhaustedError):
    """It holds more files than are read of one."""

    def __init__(self) -> None:
        super().__init__(
            _("berisi lebih dari {limit} berkas; sisanya tidak dibaca, bagilah arsipnya", limit=MOST_MEMBERS)
        )


def allowance_of(input: InputFile, settings: Settings) -> Allowance:
    """What may be unpacked from a file: what is left of it for the file that it lies in, else a whole one."""
    return input.allowance or Allowance(
        size=int(settings.number("max_archive_mb") * MIB),
        members=MOST_MEMBERS,
        packed=os.stat(input.path).st_size,
    )


class Members:
    """Reads what lies inside one file.

    :param around: the file.
    """

    def __init__(self, around: InputFile, settings: Settings) -> None:
        self._around = around
        self._settings = settings
        self._allowance = allowance_of(around, settings)

    def label(self, name: str) -> str:
        """How a member is called in messages and ids: the file around it, and its own name made harmless."""
        parts = (part for part in name.replace("\\", "/").split("/") if part not in ("", ".", ".."))
        return f"{self._around.origin}/{printable('/'.join(parts))[:_LONGEST_NAME] or '?'}"

    def read(self, name: str, content: BinaryIO, changed: float = 0) -> Iterator[Document | Skip | Piece]:
        """What a member yields, nothing for one that would be passed over in a folder too.

        :param content: is read once and to its end.
        :param changed: when the member was last changed, in seconds since 1970; 0 where that is not known.
        :raises ExhaustedError: if nothing more is read of the outermost file.
        """
        if self.passes_over(name):
            return
        label = self.label(name)
        self._allowance.members -= 1
        if self._allowance.members < 0:
            raise TooManyError
        if why := self._why_not(name):
            yield Skip(label, why)
            return
        try:
            yield from self._unpack(name, label, content, changed)
        except (DamagedError, UnreadableError) as error:
            yield Skip(label, str(error))

    def passes_over(self, name: str) -> bool:
        """Whether a member is left out without a word: hidden, a backup, a part of a saved page."""
        *folders, own = name.replace("\\", "/").split("/")
        hidden = any((part.startswith(".") and part.strip(".")) or part == "__MACOSX" for part in folders)
        return hidden or not own or is_passed_over(own)

    def _why_not(self, name: str) -> str:
        ending = ending_of(name)
        if ending is None:
            return why_of_no_kind(name.replace("\\", "/").rsplit("/", 1)[-1])
        if ending in _HOLDS_FILES and self._around.depth + 1 >= DEEPEST:
            return _("berada lebih dari {limit} berkas di dalam berkas; tidak dibuka", limit=DEEPEST)
        return ""

    def _unpack(
        self, name: str, label: str, content: BinaryIO, changed: float
    ) -> Iterator[Document | Skip | Piece]:
        start = self._take(content, _PIECE)
        ending = ending_of(name) or ""
        kind = ending + (".gz" if name.lower().endswith(".gz") else "")
        if len(start) < _PIECE and ending in _ONE_ARTICLE:
            yield Piece(label, (kind, start, changed), _articles, max(len(start), 1))
            return
        with tempfile.TemporaryDirectory(prefix="telusur-") as folder:
            path = Path(folder, f"isi{kind}")
            with path.open("wb") as file:
                while start:
                    file.write(start)
                    start = self._take(content, _CHUNK)
            _date(path, changed)
            inner = InputFile(path, label, self._around.root, self._around.depth + 1, self._allowance)
            yield from cut_input(inner, self._settings)

    def _take(self, content: BinaryIO, size: int) -> bytes:
        """The next bytes of a member, fewer than asked for only at its end."""
        taken = BytesIO()
        while (left := size - taken.tell()) and (data := content.read(min(left, _CHUNK))):
            taken.write(data)
            self._draw(len(data))
        return taken.getvalue()

    def _draw(self, count: int) -> None:
        allowance = self._allowance
        allowance.unpacked += count
        if allowance.unpacked > allowance.size:
            raise ExhaustedError(
                _(
                    "isinya lebih dari {limit} MiB; sisanya tidak dibaca (pengaturan max_archive_mb)",
                    limit=f"{allowance.size / MIB:g}",
                )
            )
        if allowance.unpacked > max(BOMB_MINIMUM, BOMB_RATIO * allowance.packed):
            raise ExhaustedError(
                _(
                    "mengembang lebih dari {ratio} kali, tidak seperti teks mana pun; sisanya tidak dibaca",
                    ratio=BOMB_RATIO,
                )
            )


def _date(path: Path, changed: float) -> None:
    """Give a file the time of the member that it holds: an article is not written later."""
    if changed > 0:
        with suppress(OSError, OverflowError, ValueError):
            os.utime(path, (changed, changed))


def _articles(
    content: tuple[str, bytes, float], origin: str, settings: Settings
) -> Iterator[Document | Skip]:
    """What a small member yields, read where there is time for it."""
    kind, data, changed = content
    with tempfile.TemporaryDirectory(prefix="telusur-") as folder:
        path = Path(folder, f"isi{kind}")
        path.write_bytes(data)
        _date(path, changed)
        yield from read_input(InputFile(path, origin, Path(folder)), settings)
