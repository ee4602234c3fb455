"""Lines around a headline that tell only the day, and who published (``Senin, 12 Februari 2024 | 10:15``)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from index.sources.dateline import domain_of
from index.sources.days.forms import day_in_text
from index.sources.days.limits import today

LONGEST_LINE = 120
"""Characters of a line that may tell the day."""

_LEAD = (
    r"(?:(?:di)?(?:publikasikan|terbitkan|posting|unggah|perbarui|update|muat|tayangkan|rilis)"
    r"|(?:tanggal|tgl\.?|hari)(?:\s(?:terbit|tayang|publikasi|unggah))?|terbit|tayang|publikasi"
    r"|posted|published|updated?|last updated|created|on|at|pada)\b"
)
_WEEKDAY = (
    r"(?:senin|selasa|rabu|kamis|jum['’]?at|sabtu|minggu|ahad|sen|sel|rab|kam|jum|sab|min"
    r"|(?:mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:day)?)\b\.?"
)
_DAY = (
    r"(?:\d{1,2}(?:st|nd|rd|th)?[\s./-]{0,2}[^\W\d_]{3,10}\.?,?[\s./-]{0,2}['’]?(?:\d{4}|\d\d)(?!\d|[:.]\d)"
    r"|\d{1,2}\s?[./-]\s?\d{1,2}\s?[./-]\s?(?:\d{4}|\d\d)(?!\d)|\d{4}\s?[./-]\s?\d{1,2}\s?[./-]\s?\d{1,2}(?!\d)"
    r"|[^\W\d_]{3,10}\.?\s\d{1,2}(?:st|nd|rd|th)?,?\s\d{4}(?!\d))"
)
_CLOCK = (
    r"[\s,|•·@T/–—-]{0,5}(?:(?:pukul|jam|pkl\.?|at)\s)?(?:\d{1,2}[:.]\d{2}(?:[:.]\d{2})?(?:[+-]\d\d:?\d\d|Z)?)?"
    r"\s?(?:WIB|WITA|WIT|AM|PM|GMT|UTC)?(?:[+-]\d{1,4})?"
)
_BEHIND = r"(?:[\s,|•·()–—-]{1,5}(?:waktu baca\s)?\d{1,3}\s(?:menit|min|minutes?)(?:\s\w{4,6})?)?"
_WHOLE_DAY = rf"(?:{_LEAD}[\s:]{{0,3}}){{0,2}}\(?(?:{_WEEKDAY}\s?[,/|]?\s?)?\(?(?P<day>{_DAY})\)?{_CLOCK}\)?"
_ALONE = re.compile(
    rf"{_WHOLE_DAY}(?:[\s,|•·(–—-]{{1,5}}{_LEAD}[^\n]{{0,60}})?{_BEHIND}[\s.|)]{{0,3}}", re.IGNORECASE
)
_YEAR_LIKE = re.compile(r"\d{4}|\D\d\d(?!\d)")
_BEFORE = re.compile(r"[^\d\n]{1,60}?[\w)]{0,20}\s?[-–—|,•·:/]{1,3}\s?(?=\S)")
_SEPARATORS = " \t,|-–—•·:/"
_LONGEST_BEFORE = 60
_LONGEST_HEAD = 15
_SHORTEST_PARAGRAPH = 200


class DayLine(NamedTuple):
    """A line that tells the day.

    :param day: day of publication.
    :param before: what stands before it: a publisher, a reporter, or ``""``.
    """

    day: date
    before: str


def day_line(line: str, latest: date | None = None) -> DayLine | None:
    """What a line says that tells nothing but the day, its time, and who published it; else ``None``.

    :param latest: a later day is none; by default today.
    """
    if not 6 <= len(line) <= LONGEST_LINE or not _YEAR_LIKE.search(line):
        return None
    line = line.strip().lstrip("•·* ")
    first, blank, _rest = line.partition(" ")
    # ``Warta.com 2024-02-06 10:15``: nothing parts the site and the day.
    behind = len(first) + 1 if blank and domain_of(first) else 0
    start = behind if _ALONE.fullmatch(line, behind) else 0
    while not _ALONE.fullmatch(line, start):
        part = _BEFORE.match(line, start)
        if part is None or part.end() > _LONGEST_BEFORE:
            return None
        start = part.end()
    found = day_in_text(line[start:], latest=latest)
    before = line[:start].strip(_SEPARATORS)
    return DayLine(found, before) if found and found <= (latest or today()) else None


def day_of_head(lines: Sequence[str], latest: date | None = None) -> date | None:
    """The day that a line above the first paragraph tells, whatever else stands there."""
    filled = 0
    for line in lines:
        if not line:
            continue
        filled += 1
        if len(line) >= _SHORTEST_PARAGRAPH or filled > _LONGEST_HEAD:
            return None
        if found := day_line(line, latest):
            return found.day
    return None
