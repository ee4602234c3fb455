"""Adds lines to the owner's lexicon file, which stays as he wrote it otherwise."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from msgspec import Struct

from index.analysis.lexicon import LexiconError
from index.messages import _, system_reason
from index.settings import Settings
from index.store.durable import replace_file
from search.teaching.clashes import is_in_force
from search.teaching.lines import AT_ONCE, EntryError, proposal, read_lines, same


class Added(Struct, frozen=True):
    """What became of a line.

    :param line: as it is in the file.
    :param is_new: whether it was not there, and not in force without it, before.
    :param at_once: whether servers that run go by it within a second or so; if not, it waits for ``reindex``.
    """

    path: Path
    line: str
    is_new: bool
    at_once: bool


def lexicon_path(settings: Settings) -> Path:
    """The owner's file, behind any link.

    :raises EntryError: if no setting names one.
    """
    name = settings.text("lexicon")
    if not name:
        raise EntryError(
            _('pengaturan `lexicon` kosong; tulislah misalnya lexicon = "leksikon.txt" di telusur.toml')
        )
    return Path(os.path.realpath(name))  # beside what a link leads to


def add_entry(settings: Settings, text: str, section: str = "synonyms") -> Added:
    """Add one line of a section, which its text cannot change. Otherwise like :func:`add_entries`."""
    return add_entries(settings, [text], section, prefixed=False)[0]


def add_entries(
    settings: Settings, texts: Sequence[str], section: str = "synonyms", prefixed: bool = True
) -> list[Added]:
    """Add lines to the file that the setting ``lexicon`` names: all of them, or none if one is refused.

    :param texts: ``word = other, another``, ``word => other``, or a word alone, as the section has it.
    :param section: of those that name none, by its English name.
    :param prefixed: whether a line may begin with its section.
    :raises EntryError: if there is no such setting, a line is none, or the file cannot be read or written.
    """
    path, name = lexicon_path(settings), settings.text("lexicon")
    entries = read_lines(texts, section, prefixed)
    try:
        with _alone(path.parent):
            content = path.read_bytes().decode() if path.exists() else ""
            known = proposal(content, name, ())
            is_new = [
                not (
                    is_in_force(entry, known.before)
                    or any(same(entry, each) for each in (*known.known, *entries[:place]))
                )
                for place, entry in enumerate(entries)
            ]
            wanted = [entry for entry, new in zip(entries, is_new, strict=True) if new]
            written = proposal(content, name, wanted).content
            if written != content:
                replace_file(path, written, secret=path.exists())  # readers stay those who were
    except LexiconError as error:
        raise EntryError(str(error)) from error
    except UnicodeDecodeError as error:
        raise EntryError(_("{path} bukan UTF-8; simpan berkasnya sebagai UTF-8", path=name)) from error
    except OSError as error:
        raise EntryError(
            _("{path} tidak dapat ditulis: {error}", path=name, error=system_reason(error))
        ) from error
    return [
        Added(path, entry.text, new, entry.section in AT_ONCE)
        for entry, new in zip(entries, is_new, strict=True)
    ]


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """One change at a time, whoever makes it."""
    descriptor = os.open(folder, os.O_RDONLY | os.O_CLOEXEC)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)
