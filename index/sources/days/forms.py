"""One value's text to its day: every order of parts, with names or numbers, that is in use."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from enum import Enum
from typing import NamedTuple

from index.sources.days.limits import day
from index.sources.days.names import month_of, weekday_in

LONGEST = 200
"""Characters of a value that are looked at."""


class Order(Enum):
    """What the parts of a day in numbers are."""

    DAY_FIRST = "dmy"
    MONTH_FIRST = "mdy"
    YEAR_FIRST = "ymd"


class Parts(NamedTuple):
    """A day in numbers that has more than one order.

    :param shape: which values of a column are surely written alike: what parts them, digits of the year and
        where it stands, and whether ``AM`` or ``PM`` follows.
    :param days: every order that the calendar has a day for, the usual one first.
    """

    shape: str
    days: dict[Order, date]


class ContradictedDay(str):
    """A day in numbers whose column has both orders, and whose row does not tell which one is its own."""

    __slots__ = ()


class Reading(NamedTuple):
    """How the values of one column are to be read. Pickles.

    :param orders: by :attr:`Parts.shape`, what its values have shown; ``None`` in it: that they contradict
        each other, so that only what has one reading is read. Else the day stands first.
    :param serials: whether its numbers are the serial days of a spreadsheet.
    """

    orders: Mapping[str, Order | None]
    serials: bool = False


ALONE = Reading({})
"""How a value is read of which no column is known."""

_YEAR = r"(?:1[5-9]|20)\d\d"
_SHORT_YEAR = r"(?:['’`]\s?)?\d\d(?!\d|\s?[:.]\s?\d)"
_WORD = r"[^\W\d_]{3,12}|0[a-z]{2,8}"
_TIME = r"\d{1,2}[:.]\d\d(?:[:.]\d\d(?:[.,]\d{1,9})?)?\s?(?:[AP]\.?M\.?)?"

_PLAIN = re.compile(r"((?:1[5-9]|20)\d\d)-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])(?!\d)")
_YEAR_FIRST = re.compile(rf"(?<!\d)(?<!\d[/.-])({_YEAR})\s?([-/., ])\s?(\d{{1,2}})\s?\2\s?(\d{{1,2}})(?!\d)")
_COMPACT = re.compile(r"(?<!\d)((?:19|20)\d\d)(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])(?=$|[T_\s-])")
_WEEK = re.compile(rf"({_YEAR})-?W(0[1-9]|[1-4]\d|5[0-3])-?([1-7])(?!\d)")
_DAY_OF_YEAR = re.compile(rf"({_YEAR})-(\d{{3}})(?=$|[T\s])")
_DAY_MONTH_YEAR = re.compile(
    rf"(?<![\d.])(\d{{1,2}})(?:st|nd|rd|th)?\)?[\s,./-]{{0,3}}(?:of\s|bulan\s)?({_WORD})"
    rf"[.,]?[\s./,-]{{0,3}}(?:tahun\s|thn?\.?\s)?({_YEAR}(?!\d)|(?<=[\s./,-]){_SHORT_YEAR})",
    re.IGNORECASE,
)
_MONTH_DAY_YEAR = re.compile(
    rf"(?<![^\W\d_])({_WORD})[.,]?[\s/-]{{0,3}}(\d{{1,2}})(?:st|nd|rd|th)?"
    rf"(?:,?[\s/-]{{1,3}}|,)(?:{_TIME}[\s,]{{1,2}})?(?:(?:[A-Z]{{2,5}})?(?:[+-]\d\d:?\d\d)?\s)?"
    rf"({_YEAR}(?!\d)|['’]\d\d(?!\d)|(?<=-)\d\d(?!\d)|(?<=,\s)\d\d(?![\d:.]))",
    re.IGNORECASE,
)
_YEAR_MONTH_DAY = re.compile(rf"(?<!\d)({_YEAR})[\s,/-]{{1,3}}({_WORD})[\s,./-]{{1,3}}(\d{{1,2}})(?!\d)")
_DAY_MONTH_TIME_YEAR = re.compile(
    rf"(?<!\d)(\d{{1,2}})\s({_WORD})\.?,?\s(?:{_TIME})\s(?:[A-Z]{{2,5}}\s)?(?:[+-]\d{{4}}\s)?({_YEAR})(?!\d)"
)
_NUMERIC = re.compile(
    rf"(?<![\d])(?<!\d[/.-])(\d{{1,2}})\s?([-/.])\s?(\d{{1,2}})\s?\2\s?({_YEAR})(?![\d])"
    rf"|(?<!\d)(\d{{1,2}}) (\d{{1,2}}) ({_YEAR})(?!\d)"
)
_NUMERIC_SHORT = re.compile(
    r"(?<![\d:])(?<!\d[/.-])(\d{1,2})\s?([-/])\s?(\d{1,2})\s?\2\s?['’]?(\d\d)(?![\d/]|-\d)"
)
# Dots part hours and minutes too.
_DOTTED_SHORT = re.compile(r"\W*(?:[^\W\d_]{3,9}\W{1,3})?(\d\d?)(\.)(\d\d?)\.(\d\d)(?![\d.])")
_ROMANS = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII")
_ROMAN = re.compile(rf"(?<!\d)(\d{{1,2}})\s?[-/. ]\s?({'|'.join(_ROMANS)})\s?[-/. ]\s?({_YEAR})(?!\d)")
_HALF_DAY = re.compile(r"\d\s?[ap]\.?m\b", re.IGNORECASE)
_DASHES = str.maketrans(
    dict.fromkeys("‐‑‒–—−年月", "-") | {"⁄": "/", "∕": "/", "．": ".", "日": " ", "\xa0": " "}
)
_LABELLED = re.compile(r"(?<=\d)\s(?:bln|bulan)\.?\s(\d{1,2})\s(?:thn?|tahun)\.?\s(?=\d{4})", re.IGNORECASE)
# What epoch 0 and a missing day become in the hands of programs; no article is of that minute.
_NO_DAY = re.compile(r"1970-01-01[T ]0?[078]:00(?::00)?|1900-01-0[01][T ]00:00|0{4}-00")


def day_in_text(
    text: str, orders: Mapping[str, Order | None] = ALONE.orders, latest: date | None = None
) -> date | None:
    """The first day that a value's text names, in the form that tells most.

    :param orders: see :class:`Reading`.
    :param latest: what two digits of a year are read up to, by default today.
    """
    if plain := _PLAIN.match(text):
        if plain[0] in ("1970-01-01", "1900-01-01") and _NO_DAY.match(text):
            return None
        if not orders:
            return day(plain[1], plain[2], plain[3])
    text = _plain(text)
    if not any(map(str.isdecimal, text)):
        return None
    if found := _with_name(text, latest):
        return found
    if parts := parts_in(text, latest):
        return choose(parts, orders)
    return _rare(text)


def _plain(text: str) -> str:
    """The beginning of a value's text, its dashes and labels as most write them."""
    text = text[:LONGEST].replace("_", "-")
    if not text.isascii():
        text = text.translate(_DASHES)
    return _LABELLED.sub(r"/\1/", text) if "bln" in text or "bulan" in text else text


def parts_in(text: str, latest: date | None = None) -> Parts | None:
    """The day in numbers that a text names, in all its orders; ``None`` if there is none such."""
    text = _plain(text)
    half = "m" if _HALF_DAY.search(text) else ""
    if match := _YEAR_FIRST.search(text):
        year, sign, one, two = match.groups()
        return _parts(f"Y{sign}{half}", {Order.YEAR_FIRST: day(year, one, two)}, text)
    if match := _NUMERIC.search(text):
        one, sign, two, year = match.groups()[:4] if match[1] else (match[5], " ", match[6], match[7])
        found = {Order.DAY_FIRST: day(year, two, one), Order.MONTH_FIRST: day(year, one, two)}
        return _parts(f"{sign}Y{half}", found, text)
    if match := _NUMERIC_SHORT.search(text) or _DOTTED_SHORT.match(text):
        one, sign, two, three = match.groups()
        found = {
            Order.DAY_FIRST: day(three, two, one, latest),
            Order.MONTH_FIRST: day(three, one, two, latest) if sign != "." else None,
            Order.YEAR_FIRST: day(one, two, three, latest) if len(one) == 2 and sign != "." else None,
        }
        return _parts(f"{sign}y{half}", found, text)
    return None


def _parts(shape: str, found: Mapping[Order, date | None], text: str) -> Parts:
    days = {order: it for order, it in found.items() if it}
    if len(set(days.values())) > 1 and (weekday := weekday_in(text)) is not None:
        right = {order: it for order, it in days.items() if it.weekday() == weekday}
        days = right or days
    return Parts(shape, days)


def choose(parts: Parts, orders: Mapping[str, Order | None] = ALONE.orders) -> date | None:
    """The one day of several, see :func:`day_in_text`."""
    days = list(parts.days.values())
    if not days:
        return None
    if len(set(days)) == 1:
        return days[0]
    if parts.shape in orders:
        order = orders[parts.shape]
        return parts.days.get(order) if order else None
    if "m" in parts.shape and parts.shape[0] == "/" and Order.MONTH_FIRST in parts.days:
        return parts.days[Order.MONTH_FIRST]  # nobody but Americans counts the hours of half a day so
    return days[0]


def _with_name(text: str, latest: date | None) -> date | None:
    best: tuple[int, date] | None = None
    for start, number, name, year in _named(text):
        month = month_of(name) if best is None or start < best[0] else None
        if month and (found := day(year.strip("'’` "), month, number, latest)):
            best = start, found
    return best[1] if best else None


def _named(text: str) -> Iterator[tuple[int, str, str, str]]:
    """Where days with a word in them stand: start, day, word, year."""
    for match in _DAY_MONTH_YEAR.finditer(text):
        yield match.start(), match[1], match[2], match[3]
    for match in _MONTH_DAY_YEAR.finditer(text):
        yield match.start(), match[2], match[1], match[3]
    for match in _YEAR_MONTH_DAY.finditer(text):
        yield match.start(), match[3], match[2], match[1]
    for match in _DAY_MONTH_TIME_YEAR.finditer(text):
        yield match.start(), match[1], match[2], match[3]


def _rare(text: str) -> date | None:
    if match := _COMPACT.search(text):
        return day(match[1], match[2], match[3])
    if match := _ROMAN.search(text):
        return day(match[3], _ROMANS.index(match[2]) + 1, match[1])
    if match := _WEEK.search(text):
        try:
            return date.fromisocalendar(int(match[1]), int(match[2]), int(match[3]))
        except ValueError:
            return None
    if (match := _DAY_OF_YEAR.search(text)) and 1 <= int(match[2]) <= 366:
        found = date(int(match[1]), 1, 1) + timedelta(days=int(match[2]) - 1)
        return found if found.year == int(match[1]) else None
    return None
