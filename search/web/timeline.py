"""The bars above the results: what each is called, where it leads, and how high it is."""

from __future__ import annotations

from msgspec import Struct

from index.messages import Translator
from search.answer import Bar, Histogram, Unit
from search.web.links import Links

HEIGHT = 56
"""Height of the highest bar in CSS pixels, as the style sheet has it."""

_LOWEST = 2
_PERIODS: dict[Unit, str] = {"day": "d MMMM y", "month": "MMMM y", "year": "y"}
_LABELS: dict[Unit, str] = {"day": "d MMM", "month": "MMM y", "year": "y"}
_ROOM: dict[Unit, int] = {"day": 2, "month": 3, "year": 2}
"""Bars over which a label reaches where there are many, which are narrow then."""

_EVERY: dict[Unit, int] = {"day": 5, "month": 3, "year": 2}
_WIDE = 6
"""So few bars are each as wide as their label on the narrowest screen."""


class TimelineBar(Struct, frozen=True):
    """One bar.

    :param name: its days and how many articles they have.
    :param url: the question with its days; empty if they have nothing.
    :param height: CSS pixels.
    :param label: what is written below it, if anything.
    :param is_latest: whether it is the newest that has articles, with which a narrow screen begins.
    """

    name: str
    url: str
    height: int
    label: str
    is_latest: bool


class Timeline(Struct, frozen=True):
    """All of them.

    :param most: the name of the highest one; ``""`` if others are as high.
    """

    bars: tuple[TimelineBar, ...]
    most: str
    undated: int


def timeline(histogram: Histogram | None, links: Links, translator: Translator) -> Timeline | None:
    """The bars of an answer; ``None`` where they would tell nothing, as fewer than two have an article."""
    if histogram is None or histogram.unit is None or sum(bar.count > 0 for bar in histogram.bars) < 2:
        return None
    unit, bars = histogram.unit, histogram.bars
    highest = max(bars, key=lambda bar: bar.count)
    # A bar of more days than its unit, at an end, is no place to count from.
    start = int(_is_longer(bars[0], bars[1]))
    latest = max(number for number, bar in enumerate(bars) if bar.count)
    drawn = tuple(
        TimelineBar(
            name=_name(bar, unit, translator) if bar.count else "",
            url=links.days(bar.first, bar.last) if bar.count else "",
            height=max(round(HEIGHT * bar.count / highest.count), _LOWEST),
            label=translator.day(bar.first, _LABELS[unit])
            if number >= start and _is_labelled(number - start, len(bars) - start, unit)
            else "",
            is_latest=number == latest,
        )
        for number, bar in enumerate(bars)
    )
    alone = sum(bar.count == highest.count for bar in bars) == 1
    return Timeline(drawn, _name(highest, unit, translator) if alone else "", histogram.undated)


def _is_longer(bar: Bar, other: Bar) -> bool:
    """Whether a bar has many more days than another: months and years differ among themselves."""
    return (bar.last - bar.first) > 2 * (other.last - other.first) and bar.first < bar.last


def _is_labelled(number: int, count: int, unit: Unit) -> bool:
    if count <= _WIDE:
        return True
    return number % _EVERY[unit] == 0 and count - number >= _ROOM[unit]


def _name(bar: Bar, unit: Unit, translator: Translator) -> str:
    """``Januari 2024, 12 artikel``."""
    first, last = (translator.day(day, _PERIODS[unit]) for day in (bar.first, bar.last))
    period = first if first == last else translator.gettext("{first} sampai {last}", first=first, last=last)
    return f"{period}, {translator.ngettext('{num} artikel', '{num} artikel', bar.count)}"
