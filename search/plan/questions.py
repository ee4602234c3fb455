"""What kind of answer a question wants (a date, a number), and whether an article holds one."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from enum import StrEnum

from msgspec import Struct

from index.analysis.wordlists import word_class


class Kind(StrEnum):
    """Kinds of answers that can be told by their looks."""

    DATE = "date"
    NUMBER = "number"


_WHEN = frozenset(word_class("when"))
_HOW_MANY = frozenset(word_class("how many"))
_WHICH = _HOW_MANY.union(word_class("which"))
_TIMES = frozenset(word_class("times"))
_DATES = word_class("dates")
_WHOLE = {word: re.compile(rf"\b{word}\b") for word in _DATES}
_DIGITS = re.compile(r"\b(?:1\d{3}|20\d{2}|\d{1,2}/\d{1,2})\b")
_NUMBERS = frozenset(word_class("numerals") + word_class("large numerals"))
_WORD = re.compile(r"\w+")
_NEAR = 3
"""A number answers from so many words before or behind a word that was asked for."""

_NEAR_CHARACTERS = 48


def kind_of(forms: Sequence[str]) -> Kind | None:
    """The kind of answer that a question wants, if it is one that can be told.

    ``tahun berapa`` and ``hari apa`` want a date, ``berapa tahun`` a number.

    :param forms: the question's words in order, folded.
    """
    before = ""
    for form in forms:
        if form in _WHEN or (form in _WHICH and before in _TIMES):
            return Kind.DATE
        if form in _HOW_MANY:
            return Kind.NUMBER
        before = form
    return None


class Wanted(Struct, frozen=True):
    """What an article should hold to answer a question.

    :param kind: the kind of answer, ``None`` if that cannot be told.
    :param typed: the question's own words, folded; they answer nothing.
    """

    kind: Kind | None
    typed: frozenset[str]

    def is_told(self, words: int) -> bool:
        """Whether reading an article may tell more than that it has the words of the question.

        :param words: how many it has; one word alone stands in some sentence anyway.
        """
        return self.kind is not None or words > 1

    def held_by(self, text: str, matches: Iterable[tuple[int, int]]) -> bool:
        """Whether an article's text holds it.

        :param matches: characters at which the words of the question stand; read only where they matter.
        """
        if self.kind is None:
            return False
        if self.kind is Kind.DATE:
            return _holds_date(text, self.typed)
        return any(_number_near(text, start, end, self.typed) for start, end in matches)


def _holds_date(text: str, typed: Collection[str]) -> bool:
    lower = text.lower()
    for word in _DATES:  # most texts have one of the first, and looking for letters is quicker than a pattern
        if word in lower and word not in typed and _WHOLE[word].search(lower):
            return True
    return any(found[0] not in typed for found in _DIGITS.finditer(lower))


def _number_near(text: str, start: int, end: int, typed: Collection[str]) -> bool:
    behind = _WORD.findall(text, end, end + _NEAR_CHARACTERS)[:_NEAR]
    before = _WORD.findall(text, max(0, start - _NEAR_CHARACTERS), start)[-_NEAR:]
    return any(
        (word[0].isdigit() or word.lower() in _NUMBERS) and word.lower() not in typed
        for word in (*behind, *before)
    )
