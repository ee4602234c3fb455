"""A stretch of days as people write it: ``17 Agustus 2024``, ``kuartal 1 2024``, ``akhir bulan lalu``."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, timedelta
from typing import NamedTuple

from index.sources.days.names import MONTHS, WEEKDAYS
from search.query.spans import (
    Span,
    Unit,
    day_of,
    last_units,
    month_of,
    months_of,
    part_of,
    unit_around,
    weekday_before,
)


class Token(NamedTuple):
    """A piece of a text in lower case, and where it stands there."""

    text: str
    start: int
    end: int


class Stretch(NamedTuple):
    """Days that some tokens name.

    :param end: number of the first token behind them.
    :param relative: whether they are others on another day.
    :param bare: whether they are a year without a word that says so.
    """

    first: date
    last: date
    end: int
    relative: bool = False
    bare: bool = False


_TOKEN = re.compile(
    r"\d{1,2}[/.-]\d{1,2}[/.-]\d{2,4}(?!\d)|\d{4}[/-]\d{1,2}(?:[/-]\d{1,2})?(?!\d)|\d{1,2}/\d{4}(?!\d)"
    r"|s[./]?d(?![^\W\d_])\.?|\d+|[^\W\d_]+(?:['’][^\W\d_]+)*\.?|\S"
)
_DAY_FIRST = re.compile(r"(\d{1,2})([/.-])(\d{1,2})\2(\d{4}|\d{2})")
_YEAR_FIRST = re.compile(r"(\d{4})([/-])(\d{1,2})(?:\2(\d{1,2}))?")
_MONTH_YEAR = re.compile(r"(\d{1,2})/(\d{4})")
_YEAR = re.compile(r"(?:1[89]|20)\d\d")
_DAY = re.compile(r"0?[1-9]|[12]\d|3[01]")
_FEW = re.compile(r"[1-9]\d{0,3}")

_PARTS = {"awal": 0, "pertengahan": 1, "tengah": 1, "akhir": 2}
_QUARTERS = frozenset({"kuartal", "triwulan"})
_HALVES = frozenset({"semester"})
_ORDINALS = {
    name: number
    for number, names in enumerate(
        ("1 i pertama satu", "2 ii kedua dua", "3 iii ketiga tiga", "4 iv keempat empat"), start=1
    )
    for name in names.split()
}
_NUMBERS = {
    name: number
    for number, name in enumerate(
        ("satu", "dua", "tiga", "empat", "lima", "enam", "tujuh", "delapan", "sembilan", "sepuluh"), start=1
    )
}
_UNITS = {
    "hari": Unit.DAY,
    "minggu": Unit.WEEK,
    "pekan": Unit.WEEK,
    "bulan": Unit.MONTH,
    "tahun": Unit.YEAR,
}
_ONE_UNIT = {f"se{name}": unit for name, unit in _UNITS.items()}
_AGO = frozenset({"lalu", "kemarin", "silam"})
_YEAR_WORDS = frozenset({"tahun", "thn", "th", "thn.", "th."})
_LONG_WEEKDAYS = {name: number for name, number in WEEKDAYS.items() if len(name) > 3}


def tokens_of(text: str) -> list[Token]:
    """The pieces of a text that dates are made of, and whatever else stands between blanks."""
    return [Token(found[0].lower(), found.start(), found.end()) for found in _TOKEN.finditer(text)]


class Reader:
    """Reads stretches among the tokens of one text.

    :param today: what relative ones start from.
    """

    def __init__(self, tokens: Sequence[Token], today: date) -> None:
        self._texts = [token.text for token in tokens]
        self._today = today

    def text(self, at: int) -> str:
        """A token, ``""`` beyond the last."""
        return self._texts[at] if at < len(self._texts) else ""

    def read(self, at: int) -> Stretch | None:
        """The stretch that begins at a token, as long as one can be."""
        return self._relative(at) or self._dated(at)

    def month(self, at: int) -> int:
        """The month that a token names, 0 if none."""
        return MONTHS.get(self.text(at).rstrip("."), 0)

    def day(self, at: int) -> int:
        """The number of a day that a token may be, 0 if none."""
        text = self.text(at)
        return int(text) if _DAY.fullmatch(text) else 0

    # With a year

    def _dated(self, at: int) -> Stretch | None:
        if found := _numeric(self.text(at)):
            return Stretch(*found, at + 1)
        if self.text(at) in _LONG_WEEKDAYS:
            at += 1
            at += self.text(at) == ","
            if found := _numeric(self.text(at)):
                return Stretch(*found, at + 1)
            return self._day_month(at)
        return self._day_month(at) or self._part(at) or self._month_year(at) or self._year(at)

    def _day_month(self, at: int) -> Stretch | None:
        at += self.text(at) in ("tanggal", "tgl", "tgl.")
        if found := _numeric(self.text(at)):
            return Stretch(*found, at + 1)
        day, month = self.day(at), self.month(at + 1)
        if not (day and month):
            day, month = self.day(at + 1), self.month(at)
        if not (day and month):
            return None
        at += 2
        at += self.text(at) == ","
        year = self._year(at)
        found = day_of(year.first.year, month, day) if year else None
        return Stretch(*found, year.end) if year and found else None

    def _month_year(self, at: int) -> Stretch | None:
        at += self.text(at) == "bulan"
        if not (month := self.month(at)):
            return None
        at += 1 + (self.text(at + 1) == ",")
        year = self._year(at)
        return Stretch(*month_of(year.first.year, month), year.end) if year else None

    def _part(self, at: int) -> Stretch | None:
        """``awal 2023``, ``akhir Januari 2025``, ``kuartal 1 2024``, ``Q3 2024``."""
        text = self.text(at)
        if text in _PARTS:
            whole = self._month_year(at + 1) or self._year(at + 1)
            return self._third(whole, _PARTS[text])
        if text in _QUARTERS or text in _HALVES:
            number, at = _ORDINALS.get(self.text(at + 1), 0), at + 2
        elif text == "q":
            number, at = _ORDINALS.get(self.text(at + 1), 0) if self.text(at + 1).isdigit() else 0, at + 2
        else:
            return None
        length = 6 if text in _HALVES else 3
        year = self._year(at)
        if not year or not 1 <= number <= 12 // length:
            return None
        months = months_of(year.first.year, length * (number - 1) + 1, length * number)
        return Stretch(*months, year.end)

    def _year(self, at: int) -> Stretch | None:
        said = self.text(at) in _YEAR_WORDS
        if _YEAR.fullmatch(self.text(at + said)):
            return Stretch(*months_of(int(self.text(at + said)), 1, 12), at + said + 1, bare=not said)
        return None

    @staticmethod
    def _third(whole: Stretch | None, third: int) -> Stretch | None:
        if not whole:
            return None
        return Stretch(*part_of((whole.first, whole.last), third), whole.end, whole.relative)

    # From today on

    def _relative(self, at: int) -> Stretch | None:
        found = self._days_ago(at) or self._unit(at) or self._counted(at) or self._month_past(at)
        if found:
            return found
        if self.text(at) == "akhir" and self.text(at + 1) == "pekan" and (week := self._unit(at + 1)):
            return week._replace(first=week.last - timedelta(days=1))
        if self.text(at) in _PARTS and self.text(at + 1) in ("bulan", "tahun"):
            return self._third(self._unit(at + 1), _PARTS[self.text(at)])
        return None

    def _days_ago(self, at: int) -> Stretch | None:
        """``hari ini``, ``kemarin``, ``Sabtu lalu``."""
        first, second = self.text(at), self.text(at + 1)
        if first == "hari" and second == "ini":
            return self._ago(Unit.DAY, 0, at + 2)
        if first == "kemarin":
            before = second in ("lusa", "dulu")
            return self._ago(Unit.DAY, 1 + before, at + 1 + before)
        named = at + (first == "hari")
        weekday = _LONG_WEEKDAYS.get(self.text(named))
        if weekday is None or self.text(named + 1) not in _AGO or (first == "minggu" and named == at):
            return None
        return Stretch(*weekday_before(self._today, weekday), named + 2, relative=True)

    def _unit(self, at: int) -> Stretch | None:
        """``minggu lalu``, ``bulan ini``."""
        unit = _UNITS.get(self.text(at))
        if unit is None or unit is Unit.DAY:
            return None
        if self.text(at + 1) in _AGO:
            return self._ago(unit, 1, at + 2)
        return self._ago(unit, 0, at + 2) if self.text(at + 1) == "ini" else None

    def _counted(self, at: int) -> Stretch | None:
        """``3 hari terakhir``, ``dua minggu yang lalu``, ``sebulan terakhir``."""
        text = self.text(at)
        count, unit = 1, _ONE_UNIT.get(text)
        if unit is None:
            count = int(text) if _FEW.fullmatch(text) else _NUMBERS.get(text, 0)
            at += 1
            unit = _UNITS.get(self.text(at))
        if not count or unit is None:
            return None
        at += 1
        if self.text(at) in ("terakhir", "belakangan"):
            at += 1 + (self.text(at) == "belakangan" and self.text(at + 1) == "ini")
            return self._stretch(last_units(self._today, unit, count), at)
        at += self.text(at) == "yang"
        return self._ago(unit, count, at + 1) if self.text(at) in _AGO else None

    def _month_past(self, at: int) -> Stretch | None:
        """``Januari lalu``, ``Januari tahun ini``."""
        at += self.text(at) == "bulan"
        month, today = self.month(at), self._today
        if not month:
            return None
        year = today.year
        if self.text(at + 1) == "tahun":
            whole = self._unit(at + 1)
            return self._stretch(month_of(whole.first.year, month), whole.end) if whole else None
        if self.text(at + 1) in _AGO:
            year -= month >= today.month
        elif self.text(at + 1) != "ini":
            return None
        return self._stretch(month_of(year, month), at + 2)

    def _ago(self, unit: Unit, back: int, end: int) -> Stretch | None:
        return self._stretch(unit_around(self._today, unit, back), end)

    @staticmethod
    def _stretch(span: Span | None, end: int) -> Stretch | None:
        return Stretch(*span, end, relative=True) if span else None


def _numeric(text: str) -> Span | None:
    """The day or month that a token of digits and signs names."""
    if found := _DAY_FIRST.fullmatch(text):
        day, sign, month, year = found.groups()
        if len(year) == 2 and sign != "/":
            return None  # as likely a version or a clause
        return day_of(int(year) + 2000 * (len(year) == 2), int(month), int(day))
    if found := _YEAR_FIRST.fullmatch(text):
        year, _, month, day = found.groups()
    elif found := _MONTH_YEAR.fullmatch(text):
        (month, year), day = found.groups(), None
    else:
        return None
    if not _YEAR.fullmatch(year) or not 1 <= int(month) <= 12:
        return None
    return day_of(int(year), int(month), int(day)) if day else month_of(int(year), int(month))
