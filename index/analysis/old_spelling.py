"""Old spelling: an article printed before 1972, read as it would be written today.

Three spellings of Indonesian followed each other, and differ in how they write sounds:

- Ejaan Van Ophuijsen (Ch. A. van Ophuijsen, Kitab Logat Melajoe, 1901): ``oe``, ``tj``, ``dj``, ``nj``,
  ``sj``, ``ch``, ``j`` for today's *y*, an apostrophe for a glottal stop (``ra'jat``, ``ma'loem``), a
  diaeresis between vowels (``moelaï``), ``2`` behind a word that is said twice (``orang2``).
- Ejaan Republik or Soewandi (decree of the minister of education 264/Bhg.A, 19 March 1947): ``u`` for ``oe``
  and ``k`` for the apostrophe (``rakjat``), no diacritics; the rest as before.
- Ejaan yang Disempurnakan (presidential decree 57/1972): today's ``u``, ``c``, ``j``, ``ny``, ``sy``, ``kh``
  and ``y``.

Single letters tell nothing (``j`` and ``nj`` are of today too), so an article is judged by all of its words:
which of them are Indonesian only if they are read as old spelling, and which only as they stand.
"""

from __future__ import annotations

import re
from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Container, Iterable
from functools import lru_cache, partial
from typing import NamedTuple

from index.analysis.folding import fold

_KEPT = 1 << 15
_LONGEST = 40
"""Characters of the longest word that is read otherwise."""

_SHORTEST = 3
"""Characters of the shortest word that tells a spelling."""

_READ = 1000
"""Different words of an article that are looked at to tell its spelling."""

_BEGINNING = 1000
"""Characters of a text that are looked at for signs."""

_SIGNS = ("oe", "dj", "tj", " jang ")
_SIGN_EVERY = 300
"""Characters in which an article in old spelling has a sign of it: of news one in 500 has so many."""

_LEAST_OLD = 2
_LEAST_SHARE = 0.05
"""Share of an article's different words that only old spelling explains: most have a tenth, or a third."""

_TIMES = 3
"""How many times the words that only today's spelling explains they are, at least."""

_TODAY = {"oe": "u", "tj": "c", "dj": "j", "nj": "ny", "sj": "sy", "j": "y"}
_OLD = re.compile("oe|[tdns]?j")
_GUTTURAL = re.compile("(?<!s)ch")
_ONLY_TODAY = re.compile("c(?!h)|y")
_APOSTROPHES = "['’‘`]"
_APOSTROPHE = re.compile(_APOSTROPHES)
_LETTER = r"[^\W\d_²]"
_WORD = re.compile(
    rf"(?P<word>{_LETTER}+(?:{_APOSTROPHES}{_LETTER}+)*)"
    rf"(?:(?P<stop>{_APOSTROPHES})(?!\w)|-?(?P<twice>[2²])(?P<ending>{_LETTER}*)(?!\w))?"
)
_PREFIX = re.compile("ber|ter|me(?:ny|ng|[mn])?|se|di|ke")
_LEAST_REPEATED = 4
"""Letters of the shortest word that is repeated without its prefix."""


class Today(NamedTuple):
    """A text in today's spelling, and where its words stand in the one that was printed.

    The four columns have an entry for each word that is written otherwise, in text order.
    """

    text: str
    starts: array[int]
    ends: array[int]
    printed_starts: array[int]
    printed_ends: array[int]

    def printed(self, start: int, end: int) -> tuple[int, int]:
        """Where the characters ``start`` to ``end`` of today's text stand in print, in whole words."""
        first = bisect_right(self.starts, start) - 1
        last = bisect_left(self.starts, end) - 1
        if first >= 0:
            inside = start < self.ends[first]
            start = self.printed_starts[first] if inside else self._behind(first, start)
        if last >= 0:
            end = self.printed_ends[last] if end <= self.ends[last] else self._behind(last, end)
        return start, end

    def _behind(self, word: int, place: int) -> int:
        return place - self.ends[word] + self.printed_ends[word]


class OldSpelling:
    """Tells old spelling, and reads it. Safe to share between threads.

    :param stem: folded form -> stem.
    :param roots: roots in use: a word of one of them is Indonesian as it is written today.
    """

    def __init__(self, stem: Callable[[str], str], roots: Container[str]) -> None:
        self._roots = roots
        self._is_word = lru_cache(_KEPT)(lambda form: form in roots or stem(form) in roots)
        # Nothing that is kept holds its keeper: it goes with its last user.
        self._read = lru_cache(_KEPT)(partial(_reading, self._is_word))

    def is_old(self, *texts: str) -> bool:
        """Whether an article was printed in one of the old spellings. Takes microseconds where it was not.

        :param texts: all that it says.
        """
        signs = length = 0
        for text in texts:
            beginning = text[:_BEGINNING]
            signs += sum(map(beginning.count, _SIGNS))
            length += len(beginning)
        if not signs or signs * _SIGN_EVERY < length:
            return False
        old = today = seen = 0
        for word in _different_words(texts):
            form = fold(word)
            if not _SHORTEST <= len(form) <= _LONGEST:
                continue
            seen += 1
            is_word = self._is_word(form)
            other = self.word(form)
            if other != form and not is_word and self._is_word(other):
                old += 1
            elif is_word and (_ONLY_TODAY.search(form) or ("j" in form and not self._is_word(other))):
                today += 1
        return old >= _LEAST_OLD and old >= _LEAST_SHARE * seen and old >= _TIMES * today

    def is_word(self, form: str) -> bool:
        """Whether a folded word is Indonesian as it stands."""
        return self._is_word(form)

    def word(self, form: str) -> str:
        """A folded word in today's spelling, itself if that is how it is written."""
        return self._read(form) if len(form) <= _LONGEST else form

    def today(self, text: str) -> Today:
        """A text of an article in old spelling as it would be written today."""
        parts: list[str] = []
        columns = array("I"), array("I"), array("I"), array("I")
        length = done = 0
        for found in _WORD.finditer(text):
            start, end = found.span()
            other, end = self._written(found)
            if not other:
                continue
            parts += (text[done:start], other)
            length += start - done + len(other)
            for column, place in zip(columns, (length - len(other), length, start, end), strict=True):
                column.append(place)
            done = end
        parts.append(text[done:])
        return Today("".join(parts), *columns)

    def _written(self, found: re.Match[str]) -> tuple[str, int]:
        """A word of a text as it is written today, and where it ends; ``""`` if it stays as it is."""
        word, end = found["word"], found.end("word")
        if len(word) > _LONGEST:
            return "", end
        form = fold(word)
        if found["stop"] and not self._is_word(form) and self._is_word(self.word(form + "'")):
            return _cased(self.word(form + "'"), word), found.end()  # tida'
        other = self.word(form)
        if found["twice"] and self._is_word(other):  # no Rp2
            ending = self.word(fold(found["ending"]))
            return _cased(f"{other}-{self._repeated(other)}{ending}", word), found.end()
        return (_cased(other, word) if other != form else ""), end

    def _repeated(self, word: str) -> str:
        """What ``2`` repeats of a word: of ``berjalan`` ``jalan``, of ``menulis`` ``nulis``, mostly all."""
        if word in self._roots or not (found := _PREFIX.match(word)):
            return word
        rest = word[found.end() :]
        if len(rest) >= _LEAST_REPEATED and self._is_word(rest):
            return rest
        return word[2:] if found[0].startswith("me") and self._is_word(word) else word


def _different_words(texts: Iterable[str]) -> dict[str, None]:
    """The different words of an article as they are printed, no more than are read."""
    words: dict[str, None] = {}
    for text in texts:
        for found in _WORD.finditer(text):
            words[found["word"]] = None
            if len(words) >= _READ:
                return words
    return words


def _reading(is_word: Callable[[str], bool], form: str) -> str:
    """A folded word, with its apostrophes, as it is written today."""
    bare = _APOSTROPHE.sub("", form)
    other = _letter_by_letter(bare)
    readings = [other]
    if _GUTTURAL.search(other):
        readings.append(_GUTTURAL.sub("kh", other))
    if bare != form:
        readings.insert(0, _letter_by_letter(_APOSTROPHE.sub("k", form)))
    for reading in () if readings == [form] else readings:
        if is_word(reading):
            return reading
    # Nobody knows a name: it is in old spelling like the words around it.
    return bare if is_word(bare) else other


def _letter_by_letter(word: str) -> str:
    return _OLD.sub(lambda found: _TODAY[found[0]], word)


def _cased(word: str, printed: str) -> str:
    """A word with the capitals of what was printed."""
    if printed[0].islower():
        return word
    return word.upper() if len(printed) > 1 and printed.isupper() else word[0].upper() + word[1:]
