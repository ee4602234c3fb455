"""Days as numbers: seconds since 1970 and parts of them, digits in a row, serial days of spreadsheets."""

from __future__ import annotations

import math
import re
from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal

from index.sources.days.limits import day

WIB = timezone(timedelta(hours=7))
"""Jakarta's time, by which an instant is given its day."""

_NUMBER = re.compile(r"[+-]?\d{1,20}(?:[.,](\d{1,12}))?(?:[eE]\+?(\d{1,2}))?")
_GROUPED = re.compile(r"\d{1,3}([.,])\d{3}(?:\1\d{3})+")
# Spreadsheets show few digits: 1.7077E+12 milliseconds are known to a day, 1.71E+09 seconds to some months.
_MOST_ROUNDED = 1e5  # seconds
_DIGITS_OF_DAY = 8
# yyyymmdd, and behind it hours, minutes, seconds and parts of a second.
# Seconds since 1970 and their parts do not look so before 2030.
_DIGITS = re.compile(
    r"(1[5-9]\d\d|20\d\d)(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])"
    r"(?:(?<=^[12][90]......)(?:[01]\d|2[0-4])[0-5]\d(?:[0-5]\d\d{0,6})?)?"
)
_DIGITS_DAY_FIRST = re.compile(r"(0[1-9]|[12]\d|3[01])(0[1-9]|1[0-2])((?:19|20)\d\d)")
_FIRST_SECOND, _LAST_SECOND = 1e8, 4.1e9  # 1973 to 2099: anything else is some other number
# Days since the one that spreadsheets call 0 (they believe in 29 February 1900).
_SERIAL_ZERO = date(1899, 12, 30)
_FIRST_SERIAL, _LAST_SERIAL = 18264, 73415  # 1950 to 2100


def number_in(value: object) -> float | None:
    """The number that a value is, or is the text of; ``None`` if it is none."""
    if isinstance(value, bool):
        return None
    if isinstance(value, str):
        text = value.strip()
        if _GROUPED.fullmatch(text):
            text = text.replace(".", "").replace(",", "")
        if not text.isascii() or not _NUMBER.fullmatch(text):
            return None
        value = float(text.replace(",", "."))
    if isinstance(value, (int, float, Decimal)):
        try:
            return float(value) if math.isfinite(value) else None
        except OverflowError:
            return None
    return None


def day_of_digits(text: str) -> date | None:
    """The day of ``20240212``, ``20240212101500`` or ``12022024``, or ``None``."""
    if match := _DIGITS.fullmatch(text):
        return day(match[1], match[2], match[3])
    if match := _DIGITS_DAY_FIRST.fullmatch(text):
        return day(match[3], match[2], match[1])
    return None


def day_of_number(value: object) -> date | None:
    """The day of a number, whatever it counts: seconds, milli-, micro- or nanoseconds, or digits in a row."""
    number = number_in(value)
    if number is None:
        return None
    step = _step(value) if isinstance(value, str) else 0.0
    whole = str(int(number)) if abs(number) < 1e15 else ""
    if isinstance(value, str) and value.strip().isdecimal():
        whole = value.strip()
    elif isinstance(value, int):
        whole = str(value) if abs(value) < 10**21 else ""
    if step < 10.0 ** (len(whole) - _DIGITS_OF_DAY + 1) and (found := day_of_digits(whole)):
        return found
    seconds = number
    while seconds > 1e11:
        seconds /= 1000
        step /= 1000
    return (
        day_of_instant(seconds) if step <= _MOST_ROUNDED and _FIRST_SECOND < seconds < _LAST_SECOND else None
    )


def _step(text: str) -> float:
    """What the last digit counts of a number that is written with an exponent; 0 of any other."""
    match = _NUMBER.fullmatch(text.strip())
    return 10.0 ** (int(match[2]) - len(match[1] or "")) if match and match[2] else 0.0


def day_of_instant(seconds: float) -> date | None:
    """The day in Jakarta that an instant falls on.

    :param seconds: since 1970.
    """
    try:
        return (datetime(1970, 1, 1, tzinfo=UTC) + timedelta(seconds=seconds)).astimezone(WIB).date()
    except (OverflowError, ValueError):
        return None


def day_of_serial(value: object) -> date | None:
    """The day that a spreadsheet counts with this number (``45234``, ``45234.5``), or ``None``.

    Other numbers look the same, so that this is asked only where a column as a whole looks so.
    """
    number = number_in(value)
    if number is None or not _FIRST_SERIAL <= number <= _LAST_SERIAL:
        return None
    if isinstance(value, str) and _step(value) > 1:
        return None
    return _SERIAL_ZERO + timedelta(days=int(number))
