"""What lines of a lexicon would change in an archive, as data: for people, and for programs."""

from __future__ import annotations

from enum import StrEnum
from typing import Any

from msgspec import Struct

from index.analysis.lexicon_files import Entry
from search.answer import Result
from search.teaching.lines import AT_ONCE

EXAMPLES = 3
"""Newly found articles that are shown of each question."""

MOST_FORMS = 500
"""Forms of words that articles are counted by, those in most articles first."""


class Side(Struct, frozen=True):
    """One question.

    :param text: its words.
    :param before: articles that it finds now; ``after`` then.
    :param gained: articles that it finds then and not now.
    :param examples: some of those, the best first.
    :param holding: articles whose body holds its words in a row now.
    """

    text: str
    before: int
    after: int
    gained: int
    examples: tuple[Result, ...]
    holding: int

    @property
    def lost(self) -> int:
        """Articles that it finds now and not then."""
        return self.before + self.gained - self.after

    @property
    def is_changed(self) -> bool:
        """Whether it finds other articles then."""
        return bool(self.gained or self.lost)


class Restemmed(Struct, frozen=True):
    """A word of the archive that would have another stem.

    :param articles: that hold it.
    """

    form: str
    before: str
    after: str
    articles: int


class StemEffect(Struct, frozen=True):
    """What becomes of the words of an archive.

    :param words: those that would have another stem, those in most articles first.
    :param articles: that hold any of them (of the first :data:`MOST_FORMS`).
    :param sides: what questions with the words of the lines find, by line.
    :param idle: lines that none of the words can have it from.
    """

    words: tuple[Restemmed, ...]
    articles: int
    sides: dict[Entry, list[Side]]
    idle: frozenset[Entry]


class Changed(Struct, frozen=True):
    """A question that would be answered otherwise.

    :param searches: how often it was asked.
    :param before: articles that it finds now; ``after`` then, ``None`` if only another index can tell.
    :param first_changed: whether its first ten results are others, or in another order; ``None`` likewise.
    """

    query: str
    searches: int
    before: int
    after: int | None
    first_changed: bool | None


class AskedEffect(Struct, frozen=True):
    """What becomes of the questions of the log.

    :param tried: how many of them were tried, of ``different`` ones.
    :param changed: the most asked first.
    """

    tried: int
    different: int
    changed: tuple[Changed, ...]


class Warned(StrEnum):
    """What a warning is about."""

    ALREADY = "already"
    NO_EFFECT = "no_effect"
    CLASH = "clash"
    COMMON = "common"
    UNKNOWN = "unknown_word"


class Caution(Struct, frozen=True):
    """Something to think about; the text is for the owner."""

    about: Warned
    text: str


class LineCheck(Struct, frozen=True):
    """One line.

    :param sides: what questions with its words find.
    """

    entry: Entry
    sides: tuple[Side, ...]
    warnings: tuple[Caution, ...]

    @property
    def at_once(self) -> bool:
        """Whether servers that run go by it within a second or so; if not, it waits for ``reindex``."""
        return self.entry.section in AT_ONCE


class LexiconCheck(Struct, frozen=True):
    """What lines would change.

    :param articles: of the archive; 0 if there is none to try them in, and ``problem`` says why.
    :param waits: whether its stems do not follow the lexicon in force yet.
    :param stems: what only another index would find by other stems, if any line is about stems.
    :param asked: what becomes of the questions of the log; ``asked_problem`` says why that is not known.
    """

    lines: tuple[LineCheck, ...]
    articles: int = 0
    problem: str = ""
    waits: bool = False
    stems: StemEffect | None = None
    asked: AskedEffect | None = None
    asked_problem: str = ""

    @property
    def is_needed(self) -> bool:
        """Whether any of the lines is not in force already."""
        return any(all(each.about is not Warned.ALREADY for each in line.warnings) for line in self.lines)

    def to_dict(self) -> dict[str, Any]:
        """The object that ``telusur lexicon test --json`` gives."""
        return {
            "accepted": True,
            "articles": self.articles,
            "problem": self.problem or None,
            "waits_for_reindex": self.waits,
            "lines": [_line_record(line) for line in self.lines],
            "stems": _stem_record(self.stems) if self.stems else None,
            "questions": _asked_record(self.asked, self.asked_problem),
        }


def place_of(entry: Entry) -> str:
    """Where a line stands, for people."""
    origin = entry.origin
    return f"{origin.file}:{origin.line}" if origin.line else origin.file


def _line_record(line: LineCheck) -> dict[str, Any]:
    return {
        **entry_record(line.entry),
        "takes_effect": "at_once" if line.at_once else "reindex",
        "sides": [
            {
                "text": side.text,
                "before": side.before,
                "after": side.after,
                "gained": side.gained,
                "lost": side.lost,
                "holding": side.holding,
                "examples": [
                    {
                        "id": each.id,
                        "title": each.title,
                        "title_html": each.title_html,
                        "snippet_html": each.snippet_html,
                    }
                    for each in side.examples
                ],
            }
            for side in line.sides
        ],
        "warnings": [{"about": each.about.value, "text": each.text} for each in line.warnings],
    }


def entry_record(entry: Entry) -> dict[str, Any]:
    """What a line says, for programs."""
    related = entry.section in ("synonyms", "variants", "acronyms") and not entry.removes
    return {
        "line": entry.text,
        "section": entry.section,
        "words": " ".join(entry.words),
        "others": [" ".join(other) for other in entry.others],
        "direction": ("one_way" if entry.one_way else "both_ways") if related else None,
        "removes": entry.removes,
    }


def _stem_record(stems: StemEffect) -> dict[str, Any]:
    return {
        "words": [
            {"form": each.form, "before": each.before, "after": each.after, "articles": each.articles}
            for each in stems.words
        ],
        "articles": stems.articles,
    }


def _asked_record(asked: AskedEffect | None, problem: str) -> dict[str, Any]:
    if asked is None:
        return {"tried": 0, "different": 0, "changed": [], "problem": problem or None}
    return {
        "tried": asked.tried,
        "different": asked.different,
        "problem": None,
        "changed": [
            {
                "query": each.query,
                "searches": each.searches,
                "before": each.before,
                "after": each.after,
                "first_changed": each.first_changed,
            }
            for each in asked.changed
        ],
    }
