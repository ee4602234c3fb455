"""Reads days of publication: from a field that holds a date, and from the running text of an article."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta, timezone
from itertools import islice
from typing import Any

MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "januari january jan",
            "februari february pebruari feb peb",
            "maret march mar mrt",
            "april apr",
            "mei may",
            "juni june jun",
            "juli july jul",
            "agustus august agu agt ags aug agust",
            "september sept sep",
            "oktober october okt oct",
            "november nopember nov nop",
            "desember december des dec",
        ),
        start=1,
    )
    for name in names.split()
}
"""Names of months as people write them, in lower case -> 1 to 12."""

WEEKDAYS = {
    name: number
    for number, names in enumerate(
        (
            "senin monday sen mon",
            "selasa tuesday sel tue",
            "rabu wednesday rab wed",
            "kamis thursday kam thu",
            "jumat jum'at jum’at friday jum fri",
            "sabtu saturday sab sat",
            "minggu ahad sunday min sun",
        )
    )
    for name in names.split()
}
"""Names of days of the week, in lower case -> 0 (Monday) to 6."""

_MONTH = "|".join(sorted(MONTHS, key=len, reverse=True))
_LONG_WEEKDAYS = [name for name in WEEKDAYS if len(name) > 3]
_YEAR = r"(?:19|20)\d\d"

_ISO = re.compile(r"\s*((?:1[5-9]|20)\d\d)[-/.]?(0[1-9]|1[0-2])[-/.]?(0[1-9]|[12]\d|3[01])(?!\d)")
_NUMERIC = re.compile(rf"(?<!\d)(\d{{1,2}})\s?[-/.]\s?(\d{{1,2}})\s?[-/.]\s?({_YEAR}|\d\d)(?!\d)")
_DAY_MONTH_YEAR = re.compile(
    rf"(?<!\d)(\d{{1,2}})(?:st|nd|rd|th)?[\s-]{{1,3}}({_MONTH})\b[.,]?[\s-]{{0,3}}({_YEAR})(?!\d)",
    re.IGNORECASE,
)
_MONTH_DAY_YEAR = re.compile(
    rf"\b({_MONTH})\b\.?\s{{1,3}}(\d{{1,2}})(?:st|nd|rd|th)?,?\s{{1,3}}({_YEAR})(?!\d)", re.IGNORECASE
)

# A weekday with a date beside it: how a report says when something happened. The weekday alone is one pattern
# of plain spellings, without flags or \b in front: so the regex engine skips fast to the next candidate.
_WEEKDAY = re.compile(
    rf"(?:{'|'.join(form for name in _LONG_WEEKDAYS for form in (name.title(), name, name.upper()))})\b"
)
_DATE_BESIDE = re.compile(
    rf"""(?:\s(?:pagi|siang|sore|petang|malam|dini\shari))?
        [\s,]{{0,3}} (?:tanggal\s)? \(?\s?
        (?:
            (?P<day>\d{{1,2}}) \s?[/.-]\s? (?P<month>\d{{1,2}})
                (?: \s?[/.-]\s? (?P<year>{_YEAR}|\d\d) )? (?!\d)
          | (?P<nday>\d{{1,2}}) \s (?P<name>{_MONTH})\b (?: ,?\s (?P<nyear>{_YEAR}) (?!\d) )?
          | (?P<ename>{_MONTH})\b\.? \s (?P<eday>\d{{1,2}}) (?: ,?\s (?P<eyear>{_YEAR}) (?!\d) )?
        )
    """,
    re.IGNORECASE | re.VERBOSE,
)
_BRACKETED = re.compile(rf"\(\s?(\d{{1,2}})\s?[/.-]\s?(\d{{1,2}})\s?[/.-]\s?({_YEAR})\s?\)")
_ANY_YEAR = re.compile(rf"(?<![\d.,/-])({_YEAR})(?![\d]|[.,]\d)")

_FIRST_YEAR, _LAST_YEAR = 1500, 2100
_MOST_WEEKDAYS, _MOST_YEARS = 200, 12
_WIB = timezone(timedelta(hours=7))


def parse_date(value: Any) -> date | None:
    """The day that a date field names, or ``None`` when it names none.

    Takes dates, datetimes (their own day, whatever the time zone), seconds or milliseconds since 1970,
    ISO 8601, ``31/12/2024`` (day first, unless that is no date), ``12 November 2024`` and
    ``November 12, 2024`` with Indonesian or English names, anywhere in the field's text.
    """
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return _from_epoch(value) or (parse_date(str(value)) if 15000101 <= value <= 21001231 else None)
    if not isinstance(value, str):
        return None
    text = value.strip()[:200]
    if iso := _ISO.match(text):
        return _day(iso[1], iso[2], iso[3])
    if text.isdigit():
        return _from_epoch(int(text))
    if match := _DAY_MONTH_YEAR.search(text):
        return _day(match[3], MONTHS[match[2].lower()], match[1])
    if match := _MONTH_DAY_YEAR.search(text):
        return _day(match[3], MONTHS[match[1].lower()], match[2])
    if match := _NUMERIC.search(text):
        return _day(match[3], match[2], match[1]) or _day(match[3], match[1], match[2])
    return None


def date_in_url(url: str) -> date | None:
    """The day in an address such as ``/2024/02/06/`` or ``/20240206``, or ``None``."""
    match = re.search(
        r"[/=-]((?:19|20)\d\d)([/-]?)(0[1-9]|1[0-2])\2(0[1-9]|[12]\d|3[01])(?=[/?&#-]|\d{4,6}\b|$)", url
    )
    return _day(match[1], match[3], match[4]) if match else None


def date_in_text(text: str) -> date | None:
    """The day that a report says it happened, which is the day of publication or the one before.

    The first weekday with a date beside it whose weekday is right. Where the year is left out
    (``Kamis (7/7)``) it is the one named in the text, or else the year before or after the latest of these,
    in which the day falls on that weekday. Without any such, a bracketed full date (``(12/11/2024)``), or
    ``None``: no date is better than a wrong one.
    """
    unsure: date | None = None
    years: list[int] | None = None
    for word in islice(_WEEKDAY.finditer(text), _MOST_WEEKDAYS):
        match = _DATE_BESIDE.match(text, word.end())
        if not match or (text[max(word.start() - 1, 0)].isalpha() and word.start()):
            continue
        weekday = WEEKDAYS[word[0].lower()]
        day = match["day"] or match["nday"] or match["eday"]
        name = match["name"] or match["ename"]
        month = MONTHS[name.lower()] if name else int(match["month"])
        year = match["year"] or match["nyear"] or match["eyear"]
        if year:
            found = _day(year, month, day)
            if found and found.weekday() == weekday:
                return found
            unsure = unsure or found
            continue
        if years is None:
            years = _years(text)
        if found := _in_right_year(years, month, int(day), weekday):
            return found
    if unsure:
        return unsure
    if match := _BRACKETED.search(text):
        return _day(match[3], match[2], match[1])
    return None


def _years(text: str) -> list[int]:
    """Years named in the text, most often named first; then those before and after the latest of them."""
    counts: dict[int, int] = {}
    for match in _ANY_YEAR.finditer(text):
        year = int(match[1])
        counts[year] = counts.get(year, 0) + 1
    named = sorted(counts, key=lambda year: -counts[year])[:_MOST_YEARS]
    latest = max(named, default=0)
    neighbours = [latest - 1, latest + 1] if named else []
    return named + [year for year in neighbours if year not in counts]


def _in_right_year(years: list[int], month: int, day: int, weekday: int) -> date | None:
    for year in years:
        found = _day(year, month, day)
        if found and found.weekday() == weekday:
            return found
    return None


def _day(year: str | int, month: str | int, day: str | int) -> date | None:
    year = int(year)
    if year < 100:
        year += 2000 if year < 70 else 1900
    if not _FIRST_YEAR <= year <= _LAST_YEAR:
        return None
    try:
        return date(year, int(month), int(day))
    except ValueError:
        return None


def _from_epoch(seconds: float) -> date | None:
    if seconds > 1e11:
        seconds /= 1000
    if not 1e8 < seconds < 4.1e9:  # 1973 to 2099: anything else is some other number
        return None
    return datetime.fromtimestamp(seconds, UTC).astimezone(_WIB).date()
