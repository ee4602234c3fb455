"""How the days of each column of a file are written, decided by all of its values before any of them is read.

``10/9/2025`` alone is a day of September to Indonesians and one of October to Americans. A column tells: by a
part above 12, by a day of the week, by days in its articles' own addresses and texts, by days that would be
to come, by the order of its rows. Where it tells nothing, the day stands first.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from datetime import date, timedelta
from functools import partial
from typing import Any

from index.sources.dates import date_in_url, parse_date
from index.sources.days.evidence import Evidence
from index.sources.days.forms import ALONE, ContradictedDay, Reading, parts_in
from index.sources.days.limits import today
from index.sources.days.numbers import day_of_serial
from index.sources.days.running_text import date_in_text

FieldOf = Callable[[str], str | None]
"""The document's field that a column or key of a name stands for."""

# A value that is a day in numbers (behind a name or two) which begins with no year, or a number of five
# digits. Nothing stands before its quotation mark, so that the regex engine skips from one to the next.
_UNCLEAR = re.compile(
    r""""\s{0,3}:\s{0,3}(?:
        "(?:[A-Za-z'.]{2,12}[,:\s]{1,3}){0,2} \d{1,2} [ ]?[-/.\ ][ ]? \d{1,2} [ ]?[-/.\ ][ ]? \d
      | "?[1-7]\d{4} (?:[.,]\d{0,12})? ["\s,}]
    )""",
    re.VERBOSE,
)
_PLAIN = re.compile(r"\d{4}-\d\d-\d\d")
_LONGEST_DAY = 100
_LONGEST_HINT = 20_000
_MOST_NAMES = 1000
_NEAR = timedelta(days=1)


def is_unclear(value: Any) -> bool:
    """Whether it depends on the column what day a value is."""
    if isinstance(value, str):
        if not value or len(value) > _LONGEST_DAY or not any(map(str.isdecimal, value[:40])):
            return False
        if _PLAIN.match(value):
            return False
        if parts := parts_in(value):
            return len(set(parts.days.values())) > 1
    return day_of_serial(value) is not None


def may_be_unclear(json: str) -> bool:
    """Whether a JSON text may hold such a value, as far as can be told without reading it."""
    return _UNCLEAR.search(json) is not None


class DayColumns:
    """The columns of one file that hold days.

    :param records: begins to read the file's records anew. Called once, when a value first needs it.
    :param field_of: what each name stands for.
    :param latest: no article is later; by default today.
    """

    def __init__(
        self,
        records: Callable[[], Iterable[Mapping[Any, Any]]],
        field_of: FieldOf,
        latest: date | None = None,
    ) -> None:
        self._records = records
        self._field_of = field_of
        self._latest = latest or today()
        self._readings: dict[str, Reading] | None = None
        self._fields: dict[Any, str | None] = {}

    def settle(self, record: dict[Any, Any]) -> dict[Any, Any]:
        """The record with every day that depends on its column read."""
        for name, value in record.items():
            if self._field(name) == "published" and is_unclear(value):
                return {name: self._settled(name, value, record) for name, value in record.items()}
        return record

    @property
    def readings(self) -> dict[str, Reading]:
        """How the values of each column are to be read. Looks through the file the first time."""
        if self._readings is None:
            columns: dict[str, Evidence] = {}
            for record in self._records():
                hint = partial(_hints, record, self._field)
                for name, value in record.items():
                    if self._field(name) == "published":
                        if name not in columns and len(columns) < _MOST_NAMES:
                            columns[name] = Evidence(self._latest)
                        if name in columns:
                            columns[name].add(value, hint)
            self._readings = {name: evidence.reading() for name, evidence in columns.items()}
        return self._readings

    def _settled(self, name: Any, value: Any, record: Mapping[Any, Any]) -> Any:
        if self._field(name) != "published" or not is_unclear(value):
            return value
        reading = self.readings.get(name, ALONE)
        if found := parse_date(value, reading, latest=date.max):
            return found
        parts = parts_in(value) if isinstance(value, str) else None
        if not parts or len(parts.days) < 2:
            return value
        hints = _hints(record, self._field)
        near = {it for it in parts.days.values() if any(abs(it - hint) <= _NEAR for hint in hints)}
        return near.pop() if len(near) == 1 else ContradictedDay(value)

    def _field(self, name: Any) -> str | None:
        if name not in self._fields:
            found = self._field_of(name) if isinstance(name, str) else None
            if len(self._fields) >= _MOST_NAMES:
                return found
            self._fields[name] = found
        return self._fields[name]


def _hints(record: Mapping[Any, Any], field_of: Callable[[Any], str | None]) -> list[date]:
    """The days that a record's address and text name."""
    found: list[date | None] = []
    for name, value in record.items():
        if isinstance(value, str) and isinstance(name, str):
            field = field_of(name)
            if field == "url":
                found.append(date_in_url(value[:2000]))
            elif field == "body":
                found.append(date_in_text(value[:_LONGEST_HINT]))
    return list(filter(None, found))
