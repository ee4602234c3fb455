"""The bars of the searches of each day."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct

from index.messages import Translator
from search.asked.report import Day

HEIGHT = 96
"""Height of the highest bar in CSS pixels."""

_LABELS = 5
"""Days that are named below the bars, at most."""


class DayBar(Struct, frozen=True):
    """One day.

    :param name: the day, written out.
    :param found: height in CSS pixels of the searches that found something; likewise ``empty``.
    :param label: what is written below it, if anything.
    """

    day: Day
    name: str
    found: int
    empty: int
    label: str


def bars(days: Sequence[Day], translator: Translator) -> tuple[DayBar, ...]:
    """All of them."""
    highest = max((day.searches for day in days), default=0) or 1
    every = max(1, -(-len(days) // _LABELS))
    return tuple(
        DayBar(
            day,
            translator.day(day.day),
            _height(day.searches - day.empty, highest),
            _height(day.empty, highest),
            translator.day(day.day, "d MMM") if number % every == 0 else "",
        )
        for number, day in enumerate(days)
    )


def _height(count: int, highest: int) -> int:
    return max(round(HEIGHT * count / highest), 2) if count else 0
