"""What a lexicon says, line by line, and whether it is in force."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from msgspec import Struct

from index.analysis.lexicon import LexiconError, Words
from index.analysis.lexicon_files import (
    Entry,
    built_in_entries,
    load_lexicon,
    owner_text,
    read_entries,
    with_entries,
)
from index.analysis.tokens import tokenize
from index.settings import Settings
from index.store.generations import Generations
from search.teaching.clashes import clashing, is_in_force
from search.teaching.lines import AT_ONCE, EntryError


class Standing(Struct, frozen=True):
    """A line.

    :param in_force: whether the lexicon goes by all that it says.
    :param against: the line that takes its place, if it is not.
    """

    entry: Entry
    in_force: bool
    against: Entry | None

    @property
    def at_once(self) -> bool:
        """Whether servers that run go by it at once; if not, by the next index."""
        return self.entry.section in AT_ONCE


def standing_lines(settings: Settings, words: str = "", built_in: bool = False) -> list[Standing]:
    """The owner's lines in the order of his file, and ours behind them.

    :param words: those that lines have to be about; ``""`` for all.
    :param built_in: whether ours are wanted too.
    :raises EntryError: if the owner's file cannot be read.
    """
    name = settings.text("lexicon")
    try:
        content = owner_text(Path(name)) if name else ""
        own = read_entries(content, name)
        lexicon = with_entries(load_lexicon(), content, name)
    except LexiconError as error:
        raise EntryError(str(error)) from error
    ours = built_in_entries()
    wanted = tuple(token.form for token in tokenize(words))
    listed = [entry for entry in (*own, *(ours if built_in else ())) if _is_about(entry, wanted)]
    found = []
    for entry in listed:
        in_force = is_in_force(entry, lexicon)
        others = () if in_force else clashing(entry, (*reversed(own), *ours))
        found.append(Standing(entry, in_force, next((each for each in others if each is not entry), None)))
    return found


def waits_for_reindex(settings: Settings) -> bool:
    """Whether the index was made with other stems than the lexicon has.

    :raises EngineError: if nobody can say which index is live.
    """
    name = settings.text("lexicon")
    live = Generations.of(settings).current()
    if live is None:
        return False
    return live.fingerprint.get("lexicon") != load_lexicon(Path(name) if name else None).stems_fingerprint


def _is_about(entry: Entry, wanted: Words) -> bool:
    return not wanted or any(wanted in _runs(words, len(wanted)) for words in (entry.words, *entry.others))


def _runs(words: Words, count: int) -> Iterator[Words]:
    return (words[first : first + count] for first in range(len(words) - count + 1))
