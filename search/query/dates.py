"""What readers type as a date or a range of dates -> days of the calendar, both ends included."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date

_ISO = re.compile(r"([0-9]{4})(?:-([0-9]{1,2})(?:-([0-9]{1,2}))?)?")
_DAY_FIRST = re.compile(r"([0-9]{1,2})[/-]([0-9]{1,2})[/-]([0-9]{4})")
_YEARS = re.compile(r"([0-9]{4})?(\.\.|-)?([0-9]{4})?")

Range = tuple[date | None, date | None]


def day_span(text: str) -> tuple[date, date] | None:
    """First and last day of ``2024``, ``2024-01``, ``2024-01-31`` or ``31/1/2024``.

    :returns: ``None`` if the text is none of these or no day of the calendar.
    """
    if match := _DAY_FIRST.fullmatch(text):
        day, month, year = match.groups()
    elif match := _ISO.fullmatch(text):
        year, month, day = match.groups()
    else:
        return None
    try:
        if day:
            only = date(int(year), int(month), int(day))
            return only, only
        if month:
            length = monthrange(int(year), int(month))[1]
            return date(int(year), int(month), 1), date(int(year), int(month), length)
        return date(int(year), 1, 1), date(int(year), 12, 31)
    except ValueError:
        return None


def date_range(text: str) -> Range | None:
    """Days of one date (:func:`day_span`) or of two joined by ``..``, either of which may be left out.

    :returns: ``None`` if it cannot be read; ends in the wrong order are exchanged.
    """
    if ".." not in text:
        return day_span(text)
    left, _, right = text.partition("..")
    begin, end = day_span(left), day_span(right)
    if (left and not begin) or (right and not end) or not (begin or end):
        return None
    if begin and end and end < begin:
        begin, end = end, begin
    return (begin[0] if begin else None), (end[1] if end else None)


def year_range(text: str) -> Range | None:
    """Days of ``2024``, ``2019..2021``, ``2019-2021``, ``2019..`` or ``..2021``; else ``None``."""
    match = _YEARS.fullmatch(text)
    if not match or not (match.group(1) or match.group(3)):
        return None
    first, joint, last = match.groups()
    if joint == "-" and not (first and last):
        return None
    return date_range(f"{first or ''}..{last or ''}" if joint else first or last)
