"""What no day of publication may be later than: today, unless the owner allows days that are to come."""

from __future__ import annotations

import os
from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path

from index.settings import Settings

FIRST_YEAR, LAST_YEAR = 1500, 2100
# Where a day begins first; a server may stand anywhere.
_MOST_ALLOWED = 366 * 50
_EAST = timezone(timedelta(hours=14))
# Clocks that were never set, and tools that make the same file twice, give files days before this one.
_FIRST_BELIEVED = date(2001, 1, 1)


def today() -> date:
    """The latest day that has begun anywhere."""
    return datetime.now(_EAST).date()


def latest_day(settings: Settings) -> date:
    """The last day that an article may be dated, by the setting ``future_days``."""
    allowed = settings.whole("future_days")
    return today() + timedelta(days=min(allowed, _MOST_ALLOWED)) if allowed else today()


def last_change(path: Path) -> date | None:
    """The day a file was last changed: its text was not written later. ``None`` where it is not credible."""
    try:
        changed = datetime.fromtimestamp(os.stat(path).st_mtime, UTC).astimezone(_EAST).date()
    except (OSError, OverflowError, ValueError):
        return None
    return changed if _FIRST_BELIEVED <= changed <= today() else None


def day(year: str | int, month: str | int, number: str | int, latest: date | None = None) -> date | None:
    """A day from its parts, ``None`` if the calendar has none such.

    :param year: of four digits, or a text of two: then of the last century that does not make it later than
        the year after ``latest``.
    :param latest: by default today.
    """
    two_digits = len(year) <= 2 if isinstance(year, str) else False
    year = int(year)
    if two_digits:
        latest = today() if latest is None or latest.year > LAST_YEAR else latest
        year += 100 * (latest.year // 100)
        if year > latest.year + 1:  # that of the next month is a slip or a plan, not of a century ago
            year -= 100
    if not FIRST_YEAR <= year <= LAST_YEAR:
        return None
    try:
        return date(year, int(month), int(number))
    except ValueError:
        return None
