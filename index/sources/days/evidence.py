"""Evidence: what the values of one column show about the order of day, month and year in them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from datetime import date, timedelta
from typing import Any

from index.sources.dates import parse_date
from index.sources.days.forms import Order, Parts, Reading, parts_in
from index.sources.days.numbers import day_of_serial

Hint = Callable[[], Sequence[date]]
"""The days that a row names elsewhere: in its address, in its text."""

_NEAR = timedelta(days=1)
_MOST_HINTS = 300
_MOST_SHAPES = 50
# Parts that every tool mistypes now and then do not make a column contradict itself.
_ENOUGH = 0.9
_SORTED, _UNSORTED, _FEWEST_STEPS = 0.95, 0.8, 4
_SURELY = 3
_OF_A_CENTURY_AGO = 1995


class Evidence:
    """What the values of one column that were seen so far show; takes the same room for any number of them.

    :param latest: no article is later.
    """

    def __init__(self, latest: date) -> None:
        self._latest = latest
        self._shapes: dict[str, _Votes] = {}
        self._filled = self._serials = self._days = 0
        self._hints = 0
        self._years: set[int] = set()  # of the days that are known

    def add(self, value: Any, hint: Hint) -> None:
        """One value, in the order of rows.

        :param hint: called for few of those that do not tell by themselves.
        """
        if value is None or value == "":
            return
        self._filled += 1
        if isinstance(value, str) and (parts := parts_in(value, self._latest)):
            self._days += bool(parts.days)
            self._add(parts, hint)
        elif found := parse_date(value, latest=date.max):
            self._days += 1
            self._years.add(found.year)
        elif day_of_serial(value):
            self._serials += 1

    def _add(self, parts: Parts, hint: Hint) -> None:
        votes = self._shapes.get(parts.shape)
        if votes is None:
            if len(self._shapes) >= _MOST_SHAPES:
                return
            votes = self._shapes[parts.shape] = _Votes()
        days = self._likely(parts)
        if len(set(days.values())) == 1:
            votes.decide(days)
            if "y" not in parts.shape:
                self._years.update(it.year for it in days.values())
        elif days and self._hints < _MOST_HINTS:
            self._hints += 1
            votes.compare(days, hint())
        votes.step(parts.days)

    def _likely(self, parts: Parts) -> dict[Order, date]:
        days = {order: it for order, it in parts.days.items() if it <= self._latest}
        if "y" in parts.shape:
            days = {o: it for o, it in days.items() if it.year >= _OF_A_CENTURY_AGO} or days
        return days

    def reading(self) -> Reading:
        """How the column is to be read."""
        told = {
            shape: votes.told("m" in shape) or ("y" in shape and votes.told_by_years(self._years)) or None
            for shape, votes in self._shapes.items()
        }
        orders: dict[str, Order | None] = {shape: order for shape, order in told.items() if order}
        # What does not tell by itself is written as the rest of the column.
        others = set(told.values()) - {None, Order.YEAR_FIRST}
        common = next(iter(others)) if len(others) == 1 else None
        for shape, votes in self._shapes.items():
            if votes.contradict():
                orders[shape] = None
            elif shape not in orders and common:
                orders[shape] = common
        return Reading(orders, serials=self._are_serials())

    def _are_serials(self) -> bool:
        looks_so = 5 * self._serials >= self._filled
        return self._serials > 0 and looks_so and self._serials + self._days >= _ENOUGH * self._filled


class _Votes:
    """Evidence of the values of one shape."""

    def __init__(self) -> None:
        self._decisive = 0
        self._read: Counter[Order] = Counter()
        self._agreed: Counter[Order] = Counter()
        self._up: Counter[Order] = Counter()
        self._down: Counter[Order] = Counter()
        self._last: dict[Order, date] = {}
        self._years: dict[Order, Counter[int]] = {}

    def decide(self, days: dict[Order, date]) -> None:
        """One that can be read in one way alone, unless all orders say the same."""
        if len(days) == 1:
            self._decisive += 1
            self._read[next(iter(days))] += 1

    def compare(self, days: dict[Order, date], hints: Sequence[date]) -> None:
        """One whose row names other days."""
        for order, found in days.items():
            self._agreed[order] += any(abs(found - hint) <= _NEAR for hint in hints)

    def step(self, days: dict[Order, date]) -> None:
        """One that comes after those before."""
        for order, found in days.items():
            self._years.setdefault(order, Counter())[found.year] += 1
            if last := self._last.get(order):
                self._up[order] += found > last
                self._down[order] += found < last
            self._last[order] = found

    def contradict(self) -> bool:
        """Whether of the values that can be read in one way alone too many are of another order."""
        return bool(self._decisive) and max(self._read.values()) < _ENOUGH * self._decisive

    def told(self, half_day: bool) -> Order | None:
        """The order that they tell, ``None`` if they do not.

        :param half_day: whether they count the hours of half a day, as Americans do.
        """
        if self._decisive:
            return None if self.contradict() else max(self._read, key=lambda order: self._read[order])
        ranked = self._agreed.most_common(2)
        if ranked and ranked[0][1] and (len(ranked) < 2 or ranked[0][1] >= _SURELY * ranked[1][1]):
            return ranked[0][0]
        american = Order.MONTH_FIRST if half_day and Order.MONTH_FIRST in self._last else None
        return self._told_by_rows() or american

    def told_by_years(self, known: set[int]) -> Order | None:
        """Whether the year stands first, of which two digits are written, by the years that this gives: they
        are far fewer than those by the last part, or alone among those of other values.

        :param known: years of values that are written otherwise.
        """
        first = self._years.get(Order.YEAR_FIRST, Counter())
        last = self._years.get(Order.DAY_FIRST, Counter())
        if first.total() < _ENOUGH * max(1, last.total()):
            return None
        if len(first) * _SURELY <= len(last):
            return Order.YEAR_FIRST
        near = {year + step for year in known for step in (-1, 0, 1)}
        fits = [sum(count for year, count in each.items() if year in near) for each in (first, last)]
        return Order.YEAR_FIRST if fits[0] >= _ENOUGH * first.total() and not fits[1] and near else None

    def _told_by_rows(self) -> Order | None:
        """The one order in which the rows are sorted."""
        steps = {order: self._up[order] + self._down[order] for order in self._last}
        if len(steps) < 2 or min(steps.values()) < _FEWEST_STEPS:
            return None
        shares = {order: max(self._up[order], self._down[order]) / count for order, count in steps.items()}
        best = max(shares, key=lambda order: shares[order])
        others = [share for order, share in shares.items() if order is not best]
        return best if shares[best] >= _SORTED and max(others) <= _UNSORTED else None
