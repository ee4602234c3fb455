"""Arithmetic of the calendar: years, months, weeks and their parts as first and last days."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta
from enum import StrEnum

Span = tuple[date, date]
"""First and last day, both included."""


class Unit(StrEnum):
    """What people count time in."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    YEAR = "year"


def day_of(year: int, month: int, day: int) -> Span | None:
    """One day; ``None`` if the calendar has none such."""
    try:
        return (only := date(year, month, day)), only
    except ValueError:
        return None


def month_of(year: int, month: int) -> Span:
    """A month, 1 to 12."""
    return date(year, month, 1), date(year, month, monthrange(year, month)[1])


def months_of(year: int, first: int, last: int) -> Span:
    """Some months of a year."""
    return month_of(year, first)[0], month_of(year, last)[1]


def part_of(span: Span, third: int) -> Span:
    """The beginning (0), middle (1) or end (2) of a year, by four months, or of a month, by ten days."""
    first, last = span
    if first.month != last.month:
        return months_of(first.year, 4 * third + 1, 4 * third + 4)
    begin = first + timedelta(days=10 * third)
    return begin, last if third == 2 else begin + timedelta(days=9)


def unit_around(today: date, unit: Unit, back: int) -> Span | None:
    """The day, week (from Monday), month or year that was so many of them ago; 0 is the present one."""
    try:
        if unit is Unit.DAY:
            day = today - timedelta(days=back)
            return day, day
        if unit is Unit.WEEK:
            monday = today - timedelta(days=today.weekday() + 7 * back)
            return monday, monday + timedelta(days=6)
        if unit is Unit.YEAR:
            return months_of(today.year - back, 1, 12)
        months = today.year * 12 + today.month - 1 - back
        return month_of(months // 12, months % 12 + 1)
    except (ValueError, OverflowError):
        return None


def last_units(today: date, unit: Unit, count: int) -> Span | None:
    """So many days, weeks, months or years up to today, which is one of the days."""
    try:
        if unit is Unit.DAY or unit is Unit.WEEK:
            return today - timedelta(days=count * (7 if unit is Unit.WEEK else 1) - 1), today
        months = today.year * 12 + today.month - 1 - count * (12 if unit is Unit.YEAR else 1)
        year, month = months // 12, months % 12 + 1
        begin = date(year, month, min(today.day, monthrange(year, month)[1]))
        return begin + timedelta(days=1), today
    except (ValueError, OverflowError):
        return None


def weekday_before(today: date, weekday: int) -> Span:
    """The last day of that name before today; 0 is Monday."""
    day = today - timedelta(days=(today.weekday() - weekday - 1) % 7 + 1)
    return day, day
