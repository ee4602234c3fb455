"""Reads a day of publication from a value, whatever program or writer made it, and from an address."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime
from decimal import Decimal
from functools import lru_cache
from typing import Any

from index.sources.days.forms import ALONE, LONGEST, ContradictedDay, Reading, day_in_text
from index.sources.days.limits import day, today
from index.sources.days.numbers import WIB, day_of_instant, day_of_number, day_of_serial, number_in

_ADDRESS = re.compile(
    r"[/=-]((?:19|20)\d\d)(?:([/-]?)(0[1-9]|1[0-2])\2(0[1-9]|[12]\d|3[01])(?=[/?&#-]|\d{4,6}\b|$)"
    r"|/([1-9]|1[0-2])/([1-9]|[12]\d|3[01])/)"
)
_PROGRAM = re.compile(r"\s*(?:/Date\((-?\d{1,16})(?:[+-]\d{4})?\)/|new Date\((-?\d{1,16})\))\s*")
_HELD_IN = (
    "date", "value", "@value", "datetime", "iso", "rendered", "#text", "_text", "text", "content", "tanggal",
)  # fmt: skip
_PARTS = (("year", "month", "day"), ("tahun", "bulan", "hari"), ("y", "m", "d"))
_MOST_ITEMS = 5
_QUOTES = "\"'‘’` "
_DEEPEST = 4
_LONGEST_KEPT, _MOST_KEPT = 40, 2048  # days that many records share are read once


def parse_date(value: Any, reading: Reading = ALONE, latest: date | None = None) -> date | None:
    """The day that a date field names, or ``None`` when it names none.

    Takes dates and datetimes (their own day, whatever the time zone), numbers (seconds since 1970 and parts
    of them: the day in Jakarta; digits in a row), texts in the forms of :mod:`index.sources.days.forms`, what
    databases write in JSON (``{"$date": ...}``, an instant: the day in Jakarta), and lists of these.

    :param reading: what the column it stands in has shown; alone, the day stands before the month.
    :param latest: a later day is none; by default today.
    """
    latest = latest or today()
    found = _day(value, reading, latest, _DEEPEST)
    return found if found and found <= latest else None


def _day(value: Any, reading: Reading, latest: date, deepest: int) -> date | None:
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    if isinstance(value, str):
        if isinstance(value, ContradictedDay):
            return None
        is_kept = reading is ALONE and len(value) <= _LONGEST_KEPT
        return _of_text_alone(value, latest) if is_kept else _of_text(value.strip(), reading, latest)
    if isinstance(value, (int, float, Decimal)):
        return day_of_number(value) or (day_of_serial(value) if reading.serials else None)
    if deepest and isinstance(value, Mapping):
        return _of_object(value, reading, latest, deepest - 1)
    if deepest and isinstance(value, (list, tuple)):
        return _of_list(value, reading, latest, deepest - 1)
    return None


@lru_cache(_MOST_KEPT)
def _of_text_alone(value: str, latest: date) -> date | None:
    return _of_text(value.strip(), ALONE, latest)


def _of_text(text: str, reading: Reading, latest: date) -> date | None:
    if found := day_in_text(text, reading.orders, latest):
        return found
    if program := _PROGRAM.fullmatch(text[:LONGEST]):
        return day_of_instant(int(program[1] or program[2]) / 1000)
    number = text[:40].strip(_QUOTES)
    return day_of_number(number) or (day_of_serial(number) if reading.serials else None)


def _of_object(value: Mapping[Any, Any], reading: Reading, latest: date, deepest: int) -> date | None:
    """The day of what databases and programs write for one."""
    if (instant := value.get("$date")) is not None:
        return _of_instant(instant) or _day(instant, reading, latest, deepest)
    stamp = value.get("$timestamp")
    seconds = stamp.get("t") if isinstance(stamp, Mapping) else value.get("_seconds", value.get("seconds"))
    if (number := number_in(seconds)) is not None:
        return day_of_instant(number)
    for wrapped in ("$numberLong", "$numberInt", "$numberDouble", "$numberDecimal"):
        if wrapped in value:
            return _day(value[wrapped], reading, latest, deepest)
    for names in _PARTS:
        parts = [number_in(value.get(name)) for name in names]
        if None not in parts:
            year, month, number = (int(part or 0) for part in parts)
            return day(year, month, number)
    held = (found for name in _HELD_IN if (found := _day(value.get(name), reading, latest, deepest)))
    return next(held, None)


def _of_instant(value: Any) -> date | None:
    """The day in Jakarta of MongoDB's instant: ISO 8601, or milliseconds since 1970."""
    if isinstance(value, Mapping):
        value = value.get("$numberLong")
    if (number := number_in(value)) is not None:
        return day_of_instant(number / 1000)
    if not isinstance(value, str):
        return None
    try:
        instant = datetime.fromisoformat(value.strip())
        return instant.replace(tzinfo=instant.tzinfo or UTC).astimezone(WIB).date()
    except (ValueError, OverflowError):
        return None


def _of_list(value: Sequence[Any], reading: Reading, latest: date, deepest: int) -> date | None:
    if len(value) >= 3 and all(type(part) is int for part in value[:3]):
        return day(*value[:3])
    found = (found for item in value[:_MOST_ITEMS] if (found := _day(item, reading, latest, deepest)))
    return next(found, None)


def date_in_url(url: str) -> date | None:
    """The day in an address such as ``/2024/02/06/``, ``/2024/2/6/`` or ``/20240206``, or ``None``."""
    match = _ADDRESS.search(url)
    return day(match[1], match[3] or match[5], match[4] or match[6]) if match else None
