"""Lexicon: what is known about single words, whether we, the owner or the archive said so."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from functools import cached_property
from typing import NamedTuple

from msgspec import Struct, field
from msgspec.structs import replace

Words = tuple[str, ...]
"""A word or several in order, as forms."""

_OF_QUESTIONS = frozenset(["stop words", "question words", "synonyms", "variants", "acronyms"])


class LexiconError(ValueError):
    """A lexicon file cannot be read; the message names file and line, what was found, what is expected."""


class Origin(NamedTuple):
    """Where an entry of the lexicon comes from.

    :param file: a file of ours by its name, the owner's by its path; empty if the archive taught the entry.
    :param line: its line there, 1 or more.
    :param built_in: whether the file is ours.
    :param explained: how often the archive explains the acronym.
    """

    file: str = ""
    line: int = 0
    built_in: bool = False
    explained: int = 0


class Lexicon(Struct, frozen=True, dict=True, weakref=True):
    """Everything known about single words. Immutable; picklable.

    :param protected: forms that are their own stem.
    :param stems: form -> stem.
    :param roots: roots beside PySastrawi's list.
    :param short_roots: the roots of three letters that take affixes.
    :param weak_roots: roots that give way to any other reading of a word.
    :param stop_words: forms that weigh nothing in a longer query.
    :param question_words: forms that weigh nothing in questions.
    :param synonyms: words -> the words that may stand for them.
    :param variants: words -> the same words written otherwise, each in both directions.
    :param acronyms: short form -> long forms, the dominant one first.
    :param names: words the archive showed to be names -> (times capitalised inside sentences, in lower case).
    :param removed: (section, word) that the owner took away, so that the archive does not bring it back.
    :param origins: (section, word) -> where the entry comes from.
    """

    protected: frozenset[str] = frozenset()
    stems: Mapping[str, str] = field(default_factory=dict)
    roots: frozenset[str] = frozenset()
    short_roots: frozenset[str] = frozenset()
    weak_roots: frozenset[str] = frozenset()
    stop_words: frozenset[str] = frozenset()
    question_words: frozenset[str] = frozenset()
    synonyms: Mapping[Words, tuple[Words, ...]] = field(default_factory=dict)
    variants: Mapping[Words, tuple[Words, ...]] = field(default_factory=dict)
    acronyms: Mapping[Words, tuple[Words, ...]] = field(default_factory=dict)
    names: Mapping[str, tuple[int, int]] = field(default_factory=dict)
    removed: frozenset[tuple[str, str]] = frozenset()
    origins: Mapping[tuple[str, str], Origin] = field(default_factory=dict)

    @cached_property
    def weightless(self) -> frozenset[str]:
        """Stop words and question words."""
        return self.stop_words | self.question_words

    def with_questions_of(self, other: Lexicon) -> Lexicon:
        """This one's stems, which an index was made with, and the other's entries that only questions use."""
        return replace(
            self,
            stop_words=other.stop_words,
            question_words=other.question_words,
            synonyms=other.synonyms,
            variants=other.variants,
            acronyms=other.acronyms,
            removed=_entries(self.removed, False) | _entries(other.removed, True),
            origins={key: each for key, each in self.origins.items() if key[0] not in _OF_QUESTIONS}
            | {key: each for key, each in other.origins.items() if key[0] in _OF_QUESTIONS},
        )

    @property
    def fingerprint(self) -> str:
        """Changes whenever an entry changes."""
        return f"{self.stems_fingerprint} {self.questions_fingerprint}"

    @cached_property
    def stems_fingerprint(self) -> str:
        """Changes whenever a stem may, and with it what an index holds: 16 hexadecimal digits."""
        return _digest(
            sorted(self.protected),
            sorted(self.stems.items()),
            sorted(self.roots),
            sorted(self.short_roots),
            sorted(self.weak_roots),
            sorted(self.names),
            sorted(_entries(self.removed, False)),
        )

    @cached_property
    def questions_fingerprint(self) -> str:
        """Changes with the entries that only questions use: 16 hexadecimal digits."""
        return _digest(
            sorted(self.stop_words),
            sorted(self.question_words),
            sorted(self.synonyms.items()),
            sorted(self.variants.items()),
            sorted(self.acronyms.items()),
            sorted(_entries(self.removed, True)),
        )


def _entries(removed: frozenset[tuple[str, str]], of_questions: bool) -> frozenset[tuple[str, str]]:
    return frozenset(entry for entry in removed if (entry[0] in _OF_QUESTIONS) is of_questions)


def _digest(*entries: object) -> str:
    return hashlib.blake2b(json.dumps(entries).encode(), digest_size=8).hexdigest()
