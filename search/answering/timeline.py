"""How what was found is spread over time: counts by day -> a few dozen bars of days, months or years."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Mapping
from datetime import date
from itertools import accumulate, pairwise
from typing import NamedTuple

from search.answer import Bar, Histogram, Unit

MOST_BARS = 31
"""As many as a month has days: still wide enough to be hit by a finger where they fill a page."""

FEW = 50
"""One article in so many may be far from the others, on either side, without stretching the bars."""


class _Scale(NamedTuple):
    """A way to cut the calendar, whose days are proleptic Gregorian ordinals; pieces are numbered.

    :param years: of a piece, where the unit is a year.
    """

    unit: Unit
    years: int = 1

    def number(self, day: int) -> int:
        """The piece that a day is in."""
        if self.unit == "day":
            return day
        at = date.fromordinal(day)
        return at.year // self.years if self.unit == "year" else at.year * 12 + at.month - 1

    def begin(self, number: int) -> int:
        """First day of a piece, or the day after the last of the calendar."""
        if self.unit == "day":
            return number
        year, month = (number * self.years, 0) if self.unit == "year" else divmod(number, 12)
        return date(max(year, 1), month + 1, 1).toordinal() if year <= date.max.year else _AFTER_ALL


_AFTER_ALL = date.max.toordinal() + 1
_SCALES = (_Scale("day"), _Scale("month"), *(_Scale("year", years) for years in (1, 5, 10, 50, 100, 500)))
"""From the finest on; the last cuts the whole calendar into fewer than :data:`MOST_BARS`."""


def histogram(days: Mapping[int, int], first: date | None, last: date | None) -> Histogram:
    """Bars of the finest unit that needs no more than :data:`MOST_BARS` of them.

    They lie side by side from the first day with an article to the last, and are drawn on to the ends of the
    dates asked for where these need no more of them than that. If they would have to be longer than a year
    although nearly all articles are close together, the few that are far from the others share one bar at
    that end.

    :param days: see :class:`index.query.SearchPage`.
    :param first: earliest day asked for; no bar begins before it. ``last`` likewise.
    """
    dated = list(days)
    if dated and not dated[0]:
        del dated[0]
    if not dated:
        return Histogram(None, (), days.get(0, 0))
    sums = [0, *accumulate(map(days.__getitem__, dated))]
    scale, begins = _cut(dated, sums, first, last)
    if first:
        begins[0] = max(begins[0], first.toordinal())
    if last:
        begins[-1] = min(begins[-1], last.toordinal() + 1)
    bars = [
        Bar(date.fromordinal(begin), date.fromordinal(end - 1), sums[after] - sums[before])
        for (begin, before), (end, after) in pairwise((day, bisect_left(dated, day)) for day in begins)
    ]
    return Histogram(scale.unit, tuple(bars), days.get(0, 0))


def _cut(
    dated: list[int], sums: list[int], first: date | None, last: date | None
) -> tuple[_Scale, list[int]]:
    """(the scale, the first day of each bar and the day after the last one).

    :param dated: the days with articles, ascending; ``sums`` how many articles there are before each of them,
        and at the end how many in all.
    """
    lo, hi = dated[0], dated[-1]
    scale = _finest(lo, hi, MOST_BARS)
    if scale.years > 1:
        few = sums[-1] // FEW
        from_, to = dated[bisect_right(sums, few) - 1], dated[bisect_left(sums, sums[-1] - few) - 1]
        closer = _finest(from_, to, MOST_BARS - 2)
        if _SCALES.index(closer) < _SCALES.index(scale):
            ends = {closer.begin(closer.number(lo)), closer.begin(closer.number(hi) + 1)}
            return closer, sorted(ends.union(_begins(closer, from_, to)))
    if first and _fits(scale, first.toordinal(), hi, MOST_BARS):
        lo = first.toordinal()
    if last and _fits(scale, lo, last.toordinal(), MOST_BARS):
        hi = last.toordinal()
    return scale, _begins(scale, lo, hi)


def _begins(scale: _Scale, lo: int, hi: int) -> list[int]:
    return [scale.begin(number) for number in range(scale.number(lo), scale.number(hi) + 2)]


def _finest(lo: int, hi: int, most: int) -> _Scale:
    return next(scale for scale in _SCALES if _fits(scale, lo, hi, most))


def _fits(scale: _Scale, lo: int, hi: int, most: int) -> bool:
    """Whether a scale cuts a span of days into at most so many pieces."""
    return scale.number(hi) - scale.number(lo) < most
