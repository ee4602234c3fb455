"""Vocabulary: the words an archive knows, and which of them a mistyped word may have been meant to be."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache, partial
from string import ascii_lowercase
from threading import Lock
from typing import TypeAlias

import numpy as np
import numpy.typing as npt
from msgspec import Struct
from rapidfuzz import process
from rapidfuzz.distance import OSA

from index.engines.base import Reader
from index.query import TextField
from index.store.kept_arrays import Arrays, KeptArrays
from search.spelling.prefixes import PrefixTable

SHORTEST = 4
"""Letters of the shortest word that is corrected: shorter ones have too many neighbours."""

LONG = 8
"""Letters from which on a word may hold two errors."""

ERROR_WEIGHT = 4.0
"""How many natural logarithms of frequency one ordinary slip outweighs."""

RARE = 5
"""Documents up to which a known word may be a slip that somebody printed."""

FAR_MORE = 20
"""How many times more frequent a neighbour must be to be proposed for a rare word."""

_MOST_WORDS = 500_000
_MOST_CANDIDATES = 40
_REMEMBERED = 500
_FIELDS = (
    TextField.BODY_EXACT,
    TextField.TITLE_EXACT,
    TextField.AUTHOR,
    TextField.PLACE,
    TextField.SOURCE,
)


class Candidate(Struct, frozen=True):
    """A known word close to one that was typed.

    :param form: the known word.
    :param frequency: number of documents that hold it, at least.
    :param cost: how unlikely it is to be typed as it was; 1 is one ordinary slip.
    """

    form: str
    frequency: int
    cost: float


class Vocabulary:
    """The forms of an index, read when first asked for. Safe to share between threads.

    :param reader: where they are read from. Of more than 500,000 the most frequent are kept.
    :param kept: where they are kept as they were read once.
    """

    def __init__(self, reader: Reader, kept: KeptArrays) -> None:
        self._reader = reader
        self._kept = kept
        self._words: _Words | None = None
        self._reading = Lock()

    @property
    def is_read(self) -> bool:
        """Whether the forms were read."""
        return self._words is not None

    def read(self) -> _Words:
        """The forms, read now if they were not yet.

        :raises EngineError: if the index cannot be read.
        """
        with self._reading:
            if self._words is None:
                self._words = _Words(self._kept.get("words", partial(_read, self._reader)))
            return self._words

    def frequency(self, form: str) -> int:
        """Number of documents that hold the form, at least; 0 if none does."""
        return self.read().table.weight(form) if form.isalpha() else 0

    def candidates(self, form: str, further: int = 0) -> tuple[Candidate, ...]:
        """Known words that the form may have been meant to be, the most likely slips first.

        :param further: how many more errors than a usual slip it may hold.
        :returns: at most 40, never the form itself; none for forms shorter than :data:`SHORTEST` letters or
            with anything but letters.
        """
        if len(form) < SHORTEST or not form.isalpha():
            return ()
        return self.read().candidates(form, (2 if len(form) >= LONG else 1) + further)


class _Words:
    """The forms of an index as they were read.

    ``table`` has all of them with the number of documents that hold each, at least; only those of letters
    alone are candidates.

    :param arrays: what :func:`_read` made.
    """

    def __init__(self, arrays: Arrays) -> None:
        self.table = PrefixTable(arrays, "word")
        # The function knows the forms, but not this object: it goes as soon as nobody holds it.
        self.candidates = lru_cache(_REMEMBERED)(partial(_candidates, self.table, arrays))


Letters: TypeAlias = npt.NDArray[np.uint32]
"""The set of letters of each form of one length, a bit for each letter (some share one)."""


def _read(reader: Reader) -> Arrays:
    """The words of an index as arrays: those of letters alone, those with a dash or digits inside, and of the
    former which ones have so many letters."""
    frequencies: dict[str, int] = {}
    mixed: dict[str, int] = {}
    for field in _FIELDS:
        for form, frequency in reader.terms(field):
            if len(form) >= SHORTEST - 1 and form[0].isalpha():
                known = frequencies if form.isalpha() else mixed
                if frequency > known.get(form, 0):
                    known[form] = frequency
    if len(frequencies) > _MOST_WORDS:
        kept = sorted(frequencies, key=frequencies.__getitem__, reverse=True)[:_MOST_WORDS]
        frequencies = {form: frequencies[form] for form in kept}
    by_length: dict[int, list[tuple[int, str]]] = {}
    for place, form in enumerate(sorted([*frequencies, *mixed])):
        if form in frequencies:
            by_length.setdefault(len(form), []).append((place, form))
    longest = max(by_length, default=0)
    groups = [by_length.get(length, []) for length in range(longest + 1)]
    letters = [_letters([form for _, form in group], length) for length, group in enumerate(groups) if group]
    return {
        **PrefixTable.of({**frequencies, **mixed}, "word"),
        "place": np.fromiter((place for group in groups for place, _ in group), np.uint32),
        "letters": np.concatenate([np.empty(0, np.uint32), *letters]),
        # Where those of each length end among these.
        "end": np.cumsum(np.fromiter(map(len, groups), np.uint32, len(groups)), dtype=np.uint32),
    }


def _candidates(table: PrefixTable, arrays: Arrays, form: str, furthest: int) -> tuple[Candidate, ...]:
    """See :meth:`Vocabulary.candidates`.

    :param furthest: errors that a form may hold.
    """
    near: list[tuple[int, int, str]] = []
    for length in range(len(form) - furthest, len(form) + furthest + 1):
        alike = _alike(table, arrays, length, form, furthest)
        # Not extract_iter: its generators are circles that hold what they were given.
        found = process.extract(form, alike, scorer=OSA.distance, score_cutoff=furthest, limit=None)
        for known, distance, _ in found:
            if distance:
                near.append((int(distance), -table.weight(known), known))
    near.sort()
    costed = [
        Candidate(known, -negative, typing_cost(form, known))
        for _, negative, known in near[:_MOST_CANDIDATES]
    ]
    return tuple(sorted(costed, key=lambda candidate: (candidate.cost, -candidate.frequency, candidate.form)))


def _alike(table: PrefixTable, arrays: Arrays, length: int, form: str, furthest: int) -> list[str]:
    """The forms of one length whose letters do not rule out that they are near.

    Adding or leaving out a letter changes the set of letters by one at most, replacing one by two.
    """
    ends = arrays["end"]
    if not 0 < length < len(ends):
        return []
    there = slice(ends[length - 1], ends[length])
    apart = abs(length - len(form))
    most = apart + 2 * (furthest - apart)
    few = np.bitwise_count(arrays["letters"][there] ^ _letters([form], len(form))[0]) <= most
    return table.texts.some(arrays["place"][there][few].tolist())


def _letters(forms: list[str], length: int) -> Letters:
    codes = np.frombuffer("".join(forms).encode("utf-32-le", "surrogatepass"), np.uint32)
    bits = np.left_shift(np.uint32(1), codes & np.uint32(31))
    sets: Letters = np.bitwise_or.reduce(bits.reshape(len(forms), length), axis=1)
    return sets


_ROWS = ("qwertyuiop", "asdfghjkl", "zxcvbnm")
_SOUNDS = ("fpv", "iey", "uow", "kqcg", "zjs", "td", "bp", "ao", "ae", "nm", "xs")
"""Letters that Indonesian spelling confuses: Arabic and Dutch loans, old spelling, dialects."""


def _neighbours() -> frozenset[tuple[str, str]]:
    pairs: set[tuple[str, str]] = set()
    for above, row in enumerate(_ROWS):
        for place, key in enumerate(row):
            beside = [(above, place + 1), (above + 1, place), (above + 1, place - 1)]
            for line, column in beside:
                if line < len(_ROWS) and 0 <= column < len(_ROWS[line]):
                    pairs |= {(key, _ROWS[line][column]), (_ROWS[line][column], key)}
    return frozenset(pairs)


_KEYS = _neighbours()
_CONFUSED = frozenset((one, other) for group in _SOUNDS for one in group for other in group if one != other)

_SWAP, _NEAR_KEY, _LIKE_SOUND, _OTHER_LETTER, _DOUBLED, _SILENT, _EXTRA, _FIRST = (
    0.75,
    0.85,
    0.8,
    1.15,
    0.7,
    0.8,
    1.0,
    0.25,
)


def typing_cost(typed: str, meant: str) -> float:
    """Weighted optimal string alignment distance (Damerau 1964 with weights).

    Swapped neighbours, keys beside each other, letters that sound alike, doubled letters and a silent ``h``
    cost less than other slips; a wrong first letter costs more.
    """
    rows = [[0.0] * (len(meant) + 1) for _ in range(len(typed) + 1)]
    for column in range(1, len(meant) + 1):
        rows[0][column] = rows[0][column - 1] + _gap(meant, column - 1)
    for row in range(1, len(typed) + 1):
        rows[row][0] = rows[row - 1][0] + _gap(typed, row - 1)
        for column in range(1, len(meant) + 1):
            one, other = typed[row - 1], meant[column - 1]
            best = min(
                rows[row - 1][column] + _gap(typed, row - 1),
                rows[row][column - 1] + _gap(meant, column - 1),
                rows[row - 1][column - 1] + _replacement(one, other, row == 1 and column == 1),
            )
            if row > 1 and column > 1 and one == meant[column - 2] and typed[row - 2] == other:
                best = min(best, rows[row - 2][column - 2] + _SWAP)
            rows[row][column] = best
    return rows[-1][-1]


def slips(typed: str) -> Iterator[tuple[str, float]]:
    """Every text that is one slip away from what was typed, what is missing at its end aside.

    :param typed: in small letters.
    :returns: (what may have been meant, what the slip costs, as in :func:`typing_cost`), some repeatedly.
    """
    for place, letter in enumerate(typed):
        before, after = typed[:place], typed[place + 1 :]
        yield before + after, _gap(typed, place)
        if after and after[0] != letter:
            yield before + after[0] + letter + after[1:], _SWAP
        for other in ascii_lowercase:
            if other != letter:
                yield before + other + after, _replacement(letter, other, not place)
            longer = before + other + typed[place:]
            yield longer, _gap(longer, place + (other == letter))


def _replacement(one: str, other: str, first: bool) -> float:
    if one == other:
        return 0.0
    pair = (one, other)
    cost = _LIKE_SOUND if pair in _CONFUSED else _NEAR_KEY if pair in _KEYS else _OTHER_LETTER
    return cost + (_FIRST if first else 0.0)


def _gap(word: str, place: int) -> float:
    letter = word[place]
    if place and word[place - 1] == letter:
        return _DOUBLED
    if letter == "h":
        return _SILENT
    return _EXTRA + (0.0 if place else _FIRST)
