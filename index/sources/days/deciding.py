"""Decides which day an article is given, of what its field and its address say, and why not another."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any, NamedTuple

from index.messages import _
from index.settings import Settings
from index.sources.dates import date_in_url, parse_date
from index.sources.days.forms import ContradictedDay
from index.sources.days.limits import latest_day
from index.sources.days.relative import day_of_relative, fetched_value, with_time

_LONGEST_SHOWN = 40
_EMPTY = re.compile(r"[\W_]*|nan|na|n/a|nat|null|none|nil|undefined|tidak ada|\\n|unknown", re.IGNORECASE)


class DayOfRecord(NamedTuple):
    """The day of an article as far as it is known beside its text.

    :param day: ``None`` if the text has to tell.
    :param day_from: see :data:`index.documents.DAY_FROM`; ``""`` without a day.
    :param latest: the text was not written later.
    :param note: why what stands for the day was not taken, for the owner, or ``""``.
    """

    day: date | None
    day_from: str
    latest: date
    note: str = ""


def day_of_record(
    published: Any,
    url: str,
    settings: Settings,
    *,
    record: Mapping[Any, Any] | None = None,
    changed: date | None = None,
) -> DayOfRecord:
    """The day that a record names: its field's, else its address's.

    :param published: what stands for its day, of any kind; ``None`` where nothing does.
    :param record: what may name the time when it was fetched.
    :param changed: the day its file was last changed.
    """
    latest = latest_day(settings)
    found = parse_date(published, latest=latest)
    if found:
        return DayOfRecord(found, "field", latest)
    own = _moment(fetched_value(record), latest) if record else None
    if own and isinstance(published, str) and (found := day_of_relative(published, own)):
        return DayOfRecord(found, "field", latest)
    note = _note(published, latest)
    if own:  # where a day has begun that has not where it was fetched
        fetched_by = (own.date() if isinstance(own, datetime) else own) + timedelta(days=1)
        latest = min(latest, fetched_by)
    bound = min(latest, changed or latest)
    if (found := date_in_url(url)) and found <= latest:
        return DayOfRecord(found, "address", bound, note)
    return DayOfRecord(None, "", bound, note)


def _moment(value: Any, latest: date) -> date | None:
    """A day, with its time where that is known."""
    if isinstance(value, datetime):
        return value
    found = parse_date(value, latest=latest)
    return with_time(found, value) if found and isinstance(value, str) else found


def _note(published: Any, latest: date) -> str:
    if published is None or published == "" or isinstance(published, bool):
        return ""
    shown = str(published)[:_LONGEST_SHOWN].strip() if isinstance(published, (str, int, float)) else ""
    if _EMPTY.fullmatch(shown):
        return ""
    if isinstance(published, ContradictedDay):
        return _("{value}: kolomnya memuat hari di depan dan bulan di depan sekaligus", value=shown)
    if (found := parse_date(published, latest=date.max)) and found > latest:
        return _("{value}: hari yang belum tiba (lihat pengaturan future_days)", value=shown)
    return _("{value}: bukan tanggal yang dikenal", value=shown)
