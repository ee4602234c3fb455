"""Days told from another one (``kemarin``, ``3 jam lalu``): against the file's own day, never against now."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import Any

_COUNTS = {
    name: number
    for number, name in enumerate(
        ("satu", "dua", "tiga", "empat", "lima", "enam", "tujuh", "delapan", "sembilan", "sepuluh"), start=1
    )
} | {"a": 1, "an": 1, "one": 1, "two": 2, "three": 3}
# By their first letters; what is none of them are days.
_UNITS = (
    (("detik", "sec", "s"), timedelta(seconds=1)),
    (("menit", "mnt", "min", "m"), timedelta(minutes=1)),
    (("jam", "hour", "hr", "h", "j"), timedelta(hours=1)),
)
_DAY = timedelta(days=1)
_AGO = re.compile(
    rf"(?<![\w.,])(?:(?P<count>\d{{1,4}}|{'|'.join(_COUNTS)})\s?"
    r"(?P<unit>detik|sec(?:ond)?s?|menit|mnt|min(?:ute)?s?|jam|hours?|hrs?|hari|days?|[smhjd])"
    r"|se(?P<one>detik|menit|jam|hari))(?:\s(?:yang|yg))?\s(?:lalu|silam|ago|yll)\b",
    re.IGNORECASE,
)
_NAMED = re.compile(
    r"(?P<now>hari ini|baru saja|barusan|tadi (?:pagi|siang|sore|malam)|sekarang|today|just now)"
    r"|(?P<before>kemarin (?:lusa|dulu))|(?P<yesterday>kemarin|yesterday)",
    re.IGNORECASE,
)
_DAY_PART = re.compile(r"\d{1,4}([-/.])\d{1,2}\1\d{1,4}")
_CLOCK = re.compile(
    r"(?<![\d.:])([01]?\d|2[0-3])[:.]([0-5]\d)(?:[:.]([0-5]\d))?(?!\d)(?:\s?([ap])\.?m)?", re.IGNORECASE
)
_LATE = timedelta(hours=12)
# What the day is called on which a program fetched an article.
_OF_FETCHING = re.compile(
    r"crawl|scrap|fetch|download|retriev|harvest|snapshot|access|unduh|diakses|tglakses|tanggalakses|dikeruk|diambil"
    r"|tglambil|tanggalambil"
)


def day_of_relative(text: str, own: date) -> date | None:
    """The day that a text tells from another one, or ``None`` if it tells none or not surely.

    :param own: the file's own day, a ``datetime`` where its time is known.
    """
    text = text[:100]
    if match := _NAMED.search(text):
        back = 0 if match["now"] else 1 if match["yesterday"] else 2
        return _plain(own) - timedelta(days=back)
    if not (match := _AGO.search(text)):
        return None
    step = _unit((match["one"] or match["unit"]).lower())
    count = 1 if match["one"] else _COUNTS.get(match["count"].lower()) or int(match["count"])
    try:
        if isinstance(own, datetime):
            return (own - count * step).date()
        if step >= _DAY:
            return own - count * step
        # Of a day whose time is not known, half a day back is as likely the day before.
        return own if count * step < _LATE else None
    except OverflowError:
        return None


def _unit(name: str) -> timedelta:
    if name.startswith("hari"):
        return _DAY
    return next((step for names, step in _UNITS if name in names or name.startswith(names[:-1])), _DAY)


def _plain(own: date) -> date:
    return own.date() if isinstance(own, datetime) else own


def with_time(found: date, text: str) -> date:
    """A day with the time of day that stands in the same text, if there is one."""
    match = _CLOCK.search(_DAY_PART.sub(" ", text[:100]))
    if match is None:
        return found
    hour = int(match[1])
    if match[4]:
        hour = hour % 12 + 12 * (match[4].lower() == "p")
    return datetime(found.year, found.month, found.day, hour, int(match[2]), int(match[3] or 0))


def fetched_value(record: Mapping[Any, Any]) -> Any:
    """What a record holds for the day on which it was fetched, or ``None``."""
    for name, value in record.items():
        if value and isinstance(name, str) and is_of_fetching(name[:60]):
            return value
    return None


@lru_cache(4096)
def is_of_fetching(name: str) -> bool:
    """Whether a name says that it holds when its record was fetched (``crawled_at``, ``tanggal unduh``)."""
    plain = re.sub(r"[\s_-]+", "", name).lower()
    if not _OF_FETCHING.search(plain):
        return False
    return not re.search(r"url|link|path|by$|id$|user|status|count|jumlah|size", plain)
