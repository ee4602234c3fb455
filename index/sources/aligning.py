"""Finds the paragraphs of a cleaned body again in the outline of its source, and carries the structure over.

Only what is found again exactly is kept: an element that lost a part, or that now stands in the middle of a
paragraph, is left out. Paragraphs that occur once are found first; those between two of them are looked for
there alone, so that a word of a menu is never taken for a heading of the article.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterator
from typing import NamedTuple

from index.sources.letters import letters_of
from index.sources.outline import Outline

_LETTER = re.compile(r"[^\W_]")
_PREFIX = 12
_LONG = 24
_SURE = 40
_MOST_CANDIDATES = 50
_MOST_SEARCHES = 8


class Found(NamedTuple):
    """A paragraph of the body and where its letters stand in the outline.

    :param number: of the paragraph, those without letters not counted.
    :param begin: first character in the body; ``stop`` is behind the last.
    :param start: first letter in the outline; ``end`` is behind the last.
    """

    number: int
    begin: int
    stop: int
    start: int
    end: int


class Alignment:
    """Places of letters of an outline in a body."""

    def __init__(self, body: str, outline: Outline) -> None:
        self.body = body
        paragraphs = list(_paragraphs(body))
        self._count = len(paragraphs)
        self._found = tuple(_find(paragraphs, outline))
        self._numbers = {found.number for found in self._found}
        self._starts = [found.start for found in self._found]
        self._ends = [found.end for found in self._found]
        self._known: dict[int, tuple[list[int], list[int]]] = {}

    def __bool__(self) -> bool:
        return bool(self._found)

    def within(self, start: int, end: int) -> list[Found]:
        """The paragraphs that hold letters ``start`` to ``end``; none if others stand between them."""
        found = list(self._found[bisect_right(self._ends, start) : bisect_left(self._starts, end)])
        if found and found[-1].number - found[0].number != len(found) - 1:
            return []
        return found

    def is_whole(self, found: list[Found], start: int, end: int) -> bool:
        """Whether paragraphs hold all of the letters."""
        held = sum(min(each.end, end) - max(each.start, start) for each in found)
        return held == end - start

    def is_closed(self, found: list[Found]) -> bool:
        """Whether the paragraphs before and behind were found as well, so that none of theirs is missing."""
        around = {found[0].number - 1, found[-1].number + 1} - {-1, self._count} if found else {-2}
        return around <= self._numbers

    def place(self, found: Found, letter: int) -> int:
        """The character of the body that is a letter of a paragraph."""
        letters, places = self._known.setdefault(found.begin, ([found.start], [found.begin]))
        nearest = bisect_right(letters, letter) - 1
        at, left = places[nearest], letter - letters[nearest]
        while left:  # as many characters as letters are left hold no more than these
            passed = self.body[at : at + left]
            at += left
            left -= len(letters_of(passed))
        if letter > letters[-1]:
            letters.append(letter)
            places.append(at)
        match = _LETTER.search(self.body, at, found.stop)
        assert match is not None
        return match.start()


def _paragraphs(body: str) -> Iterator[tuple[int, int, str]]:
    begin = 0
    while begin <= len(body):
        stop = body.find("\n\n", begin)
        stop = len(body) if stop < 0 else stop
        if letters := letters_of(body[begin:stop]):
            yield begin, stop, letters
        begin = stop + 2


def _find(paragraphs: list[tuple[int, int, str]], outline: Outline) -> Iterator[Found]:
    places = _Places(outline)
    keys = [letters for _, _, letters in paragraphs]
    starts: list[int | None] = [None] * len(keys)
    once = [
        (number, found[0])
        for number, key in enumerate(keys)
        if len(key) >= _LONG and len(found := places.of(key)) == 1
    ]
    for number, start in _rising(once):
        starts[number] = start
    _fill(starts, keys, places)
    for number, ((begin, stop, key), at) in enumerate(zip(paragraphs, starts, strict=True)):
        if at is not None:
            yield Found(number, begin, stop, at, at + len(key))


class _Places:
    """Where texts may stand in an outline: at the beginning of lines."""

    def __init__(self, outline: Outline) -> None:
        self.letters, self.is_page = outline.letters, outline.is_page
        self._bounds = {*outline.lines, len(self.letters)}
        self._short: defaultdict[str, list[int]] = defaultdict(list)
        self._long: defaultdict[str, list[int]] = defaultdict(list)
        self._searches = _MOST_SEARCHES
        for start, end in zip(outline.lines, (*outline.lines[1:], len(self.letters)), strict=True):
            if end - start <= _PREFIX:
                self._short[self.letters[start:end]].append(start)
            prefix = self.letters[start : start + _PREFIX]
            if len(prefix) == _PREFIX:
                self._long[prefix].append(start)

    def of(self, key: str) -> list[int]:
        if len(key) <= _PREFIX:
            return self._short.get(key, [])[:_MOST_CANDIDATES]
        starts = self._long.get(key[:_PREFIX], [])
        if len(starts) > _MOST_CANDIDATES:
            return []
        return [start for start in starts if self.holds(key, start)]

    def holds(self, key: str, start: int) -> bool:
        """Whether a text stands there, to the end of a line unless it is long."""
        return self.letters.startswith(key, start) and (len(key) >= _SURE or start + len(key) in self._bounds)

    def inside_line(self, key: str, start: int, end: int) -> int | None:
        """Where a text stands that lost its beginning, as an opening loses its dateline."""
        if len(key) < (_SURE if self.is_page else _PREFIX) or not self._searches:
            return None
        self._searches -= 1
        at = self.letters.find(key, start, end)
        return at if at >= 0 and self.letters.find(key, at + 1, end) < 0 else None


def _rising(pairs: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """The most of some pairs, whose first values rise, so that the second ones rise too."""
    tails: list[int] = []
    last: list[int] = []
    before: list[int] = []
    for index, (_, value) in enumerate(pairs):
        place = bisect_left(tails, value)
        before.append(last[place - 1] if place else -1)
        tails[place : place + 1] = [value]
        last[place : place + 1] = [index]
    chosen: list[tuple[int, int]] = []
    index = last[-1] if last else -1
    while index >= 0:
        chosen.append(pairs[index])
        index = before[index]
    return chosen[::-1]


def _fill(starts: list[int | None], keys: list[str], places: _Places) -> None:
    """Find the paragraphs between those that are found."""
    number = 0
    while number < len(starts):
        if starts[number] is not None:
            number += 1
            continue
        stop = number
        while stop < len(starts) and starts[stop] is None:
            stop += 1
        low = _end(starts, keys, number - 1) if number else 0
        high = starts[stop] if stop < len(starts) else len(places.letters)
        assert high is not None
        closed = not places.is_page or (number > 0 and stop < len(starts))
        _fill_gap(starts, keys, places, range(number, stop), low, high, closed)
        number = stop


def _fill_gap(
    starts: list[int | None], keys: list[str], places: _Places, gap: range, low: int, high: int, closed: bool
) -> None:
    """:param closed: whether nothing but the article can stand in the gap."""
    first, behind = gap.start, gap.stop
    while first < behind and low + len(keys[first]) <= high and places.holds(keys[first], low):
        starts[first] = low
        low += len(keys[first])
        first += 1
    while first < behind and (at := high - len(keys[behind - 1])) >= low:
        if at not in places.of(keys[behind - 1]):
            break
        behind -= 1
        starts[behind] = high = at
    for number in range(first, behind):
        key = keys[number]
        inside = [at for at in places.of(key) if low <= at and at + len(key) <= high]
        at_last = inside[0] if len(inside) == 1 and (closed or len(key) >= _LONG) else None
        if not inside:
            at_last = places.inside_line(key, low, high)
        if at_last is not None:
            starts[number] = at_last
            low = at_last + len(key)


def _end(starts: list[int | None], keys: list[str], number: int) -> int:
    start = starts[number]
    assert start is not None
    return start + len(keys[number])
