"""Adds a line to the owner's lexicon file, which stays as he wrote it otherwise."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from index.analysis.lexicon import Lexicon, LexiconError
from index.analysis.lexicon_files import with_entries
from index.messages import _, system_reason
from index.settings import Settings
from index.store.durable import replace_file

SECTIONS = {
    "synonyms": "sinonim",
    "acronyms": "akronim",
    "stop words": "kata henti",
    "question words": "kata tanya",
    "protect": "lindungi",
    "stems": "akar",
    "roots": "kata dasar",
}
"""Sections by their English names."""

_MARK = "\ufeff"
"""What some editors put before UTF-8."""

_AT_ONCE = ("synonyms", "acronyms", "stop words", "question words")
LONGEST = 300
"""Characters of a line."""


class EntryError(Exception):
    """The line cannot be added; the message is for the owner."""


@dataclass(frozen=True, slots=True)
class Added:
    """What became of a line.

    :param line: as it is in the file.
    :param is_new: whether it was not there before.
    :param at_once: whether servers that run go by it within a second or so; if not, it waits for ``reindex``.
    """

    path: Path
    line: str
    is_new: bool
    at_once: bool


def add_entry(settings: Settings, text: str, section: str = "synonyms") -> Added:
    """Add an entry to the file that the setting ``lexicon`` names.

    :param text: ``word = other, another``, or a word alone, as the section has it.
    :param section: a key of :data:`SECTIONS`.
    :raises EntryError: if there is no such setting, the entry is none, or the file cannot be read or written.
    """
    name = settings.text("lexicon")
    if not name:
        raise EntryError(
            _('pengaturan `lexicon` kosong; tulislah misalnya lexicon = "leksikon.txt" di telusur.toml')
        )
    path = Path(os.path.realpath(name))  # beside what a link leads to
    line = _line(text, section)
    try:
        with _alone(path.parent):
            content = path.read_bytes().decode() if path.exists() else ""
            with_entries(Lexicon(), content.removeprefix(_MARK), name)
            written = _with_line(content, line, section)
            if written != content:
                with_entries(Lexicon(), written.removeprefix(_MARK), name)
                replace_file(path, written, secret=path.exists())  # readers stay those who were
    except LexiconError as error:
        raise EntryError(str(error)) from error
    except UnicodeDecodeError as error:
        raise EntryError(_("{path} bukan UTF-8; simpan berkasnya sebagai UTF-8", path=name)) from error
    except OSError as error:
        raise EntryError(
            _("{path} tidak dapat ditulis: {error}", path=name, error=system_reason(error))
        ) from error
    return Added(path, line, written != content, section in _AT_ONCE)


def _line(text: str, section: str) -> str:
    """The entry as a line of the file.

    :raises EntryError: if it is none, or would be more than one.
    """
    line = " ".join(text.split())
    left, equals, right = (part.strip() for part in line.partition("="))
    if equals:
        line = f"{left} = {', '.join(filter(None, map(str.strip, right.split(','))))}"
    if (
        not line
        or not line.isprintable()
        or len(line) > LONGEST
        or "#" in line
        or line.startswith(("[", "-"))
    ):
        raise EntryError(
            _("{text!r} bukan isi leksikon: satu baris, tanpa # dan tanpa [ atau - di depan", text=text[:60])
        )
    if section == "synonyms" and equals and left.casefold() == right.casefold():
        raise EntryError(_("{text!r}: kata dan padanannya sama", text=line[:60]))
    try:
        with_entries(Lexicon(), f"[{section}]\n{line}", _("isi baru"))
    except LexiconError as error:
        raise EntryError(str(error)) from error
    return line


def _with_line(content: str, line: str, section: str) -> str:
    """The file with a line behind the last one of its section, which is begun at the end if there is none."""
    lines = content.splitlines(keepends=True)
    newline = "\r\n" if "\r\n" in content else "\n"
    current, place = "", None
    for number, raw in enumerate(lines):
        text = raw.removeprefix(_MARK).partition("#")[0].strip()
        if text.startswith("["):
            current = " ".join(text.strip("[]").lower().split())
            if current in (section, SECTIONS[section]):
                place = number + 1
        elif current in (section, SECTIONS[section]) and raw.strip():
            place = number + 1
            if text == line:
                return content
    if lines and place in (None, len(lines)) and not lines[-1].endswith(("\n", "\r")):
        lines[-1] += newline
    if place is None:
        lines += [newline] * bool(lines) + [f"[{SECTIONS[section]}]{newline}"]
        place = len(lines)
    lines.insert(place, line + newline)
    return "".join(lines)


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """One change at a time, whoever makes it."""
    descriptor = os.open(folder, os.O_RDONLY | os.O_CLOEXEC)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)
