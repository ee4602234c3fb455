"""Finds the day of a report in its running text, or none: history, laws and plans tell no day of it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from datetime import date
from itertools import islice
from typing import NamedTuple

from index.sources.days.forms import day_in_text
from index.sources.days.limits import day, today
from index.sources.days.names import MONTHS, WEEKDAYS, weekday_in

_MONTH = "|".join(sorted(MONTHS, key=len, reverse=True))
_LONG_WEEKDAYS = [name for name in WEEKDAYS if len(name) > 3]
_YEAR = r"(?:19|20)\d\d"

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
_MOST_WEEKDAYS, _MOST_YEARS = 200, 400

# What stands in front of a year that is not the report's own.
_OF_LAW = re.compile(
    r"\b(?:(?:UU(?:D|PA)?|Undang[-\s]?Undang|Per(?:aturan|pres|men\w*|da|gub|bup|wali?|ma|wako|kap|pol)|PP|PKPU|POJK|PMK"
    r"|Perppu|Inpres|Instruksi|Kep(?:utusan|pres|men\w*)|S[KE]|Surat Edaran|Qanun|KUHP|TAP)\b"
    r"|No(?:mor|\.)?\s?\d{1,4})[^.;\n]{0,60}$",
    re.IGNORECASE,
)
_OF_PLAN = re.compile(
    r"\b(?:target\w*|menargetkan|ditargetkan|hingga|sampai|s/d|menuju|menyongsong|RP[JK]\w+|visi|Emas|proyeksi\w*"
    r"|diproyeksikan|diperkirakan|mendatang|rencana\w*|paling lambat|selambat\w*|NZE|by|until|nol emisi|SDGs?"
    r"|agenda)[^.;\n\d]{0,60}$",
    re.IGNORECASE,
)
_OF_HISTORY = re.compile(
    r"\b(?:sejak|semenjak|(?:di)?lahir(?:kan)?|kelahiran|dirilis|rilisan|didirikan|berdiri|dibangun|wafat|era|zaman"
    r"|periode|tragedi|peristiwa|kemerdekaan|lulus(?:an)?|alumn[ia]|film|keluaran|buatan|terbitan|abad|dekade"
    r"|since|born|diteken|ditandatangani|meninggal|menikah|meletus|lengser|dalam kurun|dari|antara|gempa"
    r"|tsunami|letusan|krisis|kerusuhan|reformasi)[^.;\n\d]{0,60}$"
    r"|\b(?:(?:di)?lahir(?:kan)?|kelahiran|wafat|(?:di|ber)diri(?:kan)?|born)\b[^.;\n]{0,25}$",
    re.IGNORECASE,
)
_AFTER_MONTH = re.compile(rf"(?<![^\W\d_])(?:{_MONTH})\.?\s\(?$|\d[/.-]$", re.IGNORECASE)
_AFTER_DAY = re.compile(
    rf"(?<!\d)\d{{1,2}}(?:\s(?:{_MONTH})\.?\s|\s?[/.-]\s?\d{{1,2}}\s?[/.-])$", re.IGNORECASE
)
_OF_MATURITY = re.compile(r"\b(?:jatuh tempo|tenor|berlaku (?:hingga|sampai))[^.;\n]{0,40}$", re.IGNORECASE)
_OF_COPYRIGHT = re.compile(r"(?:\bcopyright\b|©|\bhak cipta\b)[^\n]{0,40}$", re.IGNORECASE)
# What is reported in its own year.
_NAMED = re.compile(
    r"\b(?:pil(?:kada|gub|bup|wal?kot|pres|eg|kades)|pemilu(?:kada)?|pemilihan|APB[DN](?:es|-P)?|anggaran|ajaran|angkatan"
    r"|triwulan|semester|kuartal|HUT|peringatan|MTQ|PON|O2SN|haji|ramadh?an|lebaran|natal|HPN|CPNS|PPDB|SPMB|UN|TA)\W+"
    r"(?:\w+\W+){0,3}tahun\s$",
    re.IGNORECASE,
)
_BEFORE = 80
_BEFORE_DAY = re.compile(r"(?:\s+pada)?\s+(?:hari\s+)?[^\W\d_]{3,9}[\s,]*$")
_MOST_NAMED = 4
_LONG_AGO = 3
_OFTEN = 3
_NEAR = 31
_LEADING = re.compile(rf"^[^\d]*?(?=\d|(?:{_MONTH})\b)", re.IGNORECASE)
_AFTER = re.compile(r"\s?-?an\b|\s?[-–—/]\s?\d|\s?M\b|['’]?s\b")
_FIRST_GUESSED = 1995


class _Mention(NamedTuple):
    """A weekday with a day beside it, as a text has it."""

    weekday: int
    month: int
    number: int
    year: str
    start: int = 0

    def in_year(self, year: int | str, latest: date) -> date | None:
        """The day in a year, if it was by then."""
        found = day(year, self.month, self.number, latest)
        return found if found and found <= latest else None


class _Years(NamedTuple):
    """The years that a text names.

    :param own: in which it may have been written, the likeliest first.
    :param supported: those of them that it names with a month or a copyright, or last of all and often or as
        that of an event (``pilkada tahun 2020``).
    :param last: the last that it names at all, but for plans.
    """

    own: tuple[int, ...]
    supported: frozenset[int]
    last: int


def date_in_text(text: str, latest: date | None = None) -> date | None:
    """The day that a report says it happened, which is the day of publication or the one before.

    The first weekday with a date beside it whose weekday is right. Where the year is left out
    (``Kamis (7/7)``) it is one in which the day falls on that weekday: one that the text names as its own
    time, not a law's, a decade's or a plan's, or the one before or after the last of these; and none that is
    long before another that it names. Without any such, a bracketed full date (``(12/11/2024)``), or
    ``None``: no date is better than a wrong one.

    :param latest: the article is not of a later day; by default today.
    """
    latest = latest or today()
    unsure: date | None = None
    past: date | None = None
    years: _Years | None = None
    for mention in _mentions(text):
        years = years or (None if mention.year else _years(text, latest))
        found = mention.in_year(mention.year, latest) if mention.year else None
        if years and not mention.year:
            found = _in_right_year(years, mention, latest)
        elif found and found.weekday() != mention.weekday:
            unsure = unsure or found
            continue
        if found is None:
            continue
        if past:
            return found if found.year > past.year + 1 else past
        if mention.year and (found.year < _FIRST_GUESSED or _is_of_the_past(text[: mention.start])):
            past = found
            continue
        return found
    if past and (years or _years(text, latest)).last <= past.year + 1:
        return past
    return unsure or _bracketed(text, latest)


def day_of_dateline(when: str, text: str, latest: date | None = None) -> date | None:
    """The day of a dateline; one without a year is of the year of the day nearest to it that the text tells.

    :param when: as it stands there: ``Selasa (6/2/2024)``, ``6/2``.
    :param text: the report.
    :param latest: see :func:`date_in_text`.
    """
    latest = latest or today()
    if found := day_in_text(when, latest=latest):
        return found if found <= latest else None
    weekday = weekday_in(when)
    match = _DATE_BESIDE.match(_LEADING.sub(" ", when))
    if match is None:
        return None
    mention = _mention(weekday if weekday is not None else -1, match)
    if weekday is not None and (found := _in_right_year(_years(text, latest), mention, latest)):
        return found
    if other := date_in_text(text, latest):
        near = (mention.in_year(year, latest) for year in (other.year, other.year + 1, other.year - 1))
        return next((it for it in near if it and abs((it - other).days) <= _NEAR), None)
    return None


def _mention(weekday: int, match: re.Match[str]) -> _Mention:
    name = match["name"] or match["ename"]
    return _Mention(
        weekday,
        MONTHS[name.lower()] if name else int(match["month"]),
        int(match["day"] or match["nday"] or match["eday"]),
        match["year"] or match["nyear"] or match["eyear"] or "",
        match.start(),
    )


def _mentions(text: str) -> Iterator[_Mention]:
    for word in islice(_WEEKDAY.finditer(text), _MOST_WEEKDAYS):
        match = _DATE_BESIDE.match(text, word.end())
        if not match or (text[max(word.start() - 1, 0)].isalpha() and word.start()):
            continue
        yield _mention(WEEKDAYS[word[0].lower()], match)


def _is_of_the_past(before: str) -> bool:
    """Whether what a day stands behind is history or a law."""
    before = _BEFORE_DAY.sub("", before[-_BEFORE:])
    return bool(_OF_HISTORY.search(before) or _OF_LAW.search(before))


def _bracketed(text: str, latest: date) -> date | None:
    for match in islice(_BRACKETED.finditer(text), _MOST_WEEKDAYS):
        before = text[max(0, match.start() - _BEFORE) : match.start()]
        if _OF_HISTORY.search(before):
            continue
        if (found := day(match[3], match[2], match[1])) and found <= latest:
            return found
    return None


def _years(text: str, latest: date) -> _Years:
    counts: Counter[int] = Counter()
    supported: set[int] = set()
    called: set[int] = set()
    last = 0
    for match in islice(_ANY_YEAR.finditer(text), _MOST_YEARS):
        year = int(match[1])
        before = text[max(0, match.start() - _BEFORE) : match.start()]
        with_month = _AFTER_MONTH.search(before)
        if year > latest.year or (_OF_MATURITY if with_month else _OF_PLAN).search(before):
            continue
        last = max(last, year)
        if year < _FIRST_GUESSED or _AFTER.match(text, match.end()):
            continue
        owned = _OF_COPYRIGHT.search(before)
        if owned or not (_OF_LAW.search(before) or _OF_HISTORY.search(before)):
            counts[year] += 1
            # A whole day of that year may be one of long ago.
            if owned or (with_month and not _AFTER_DAY.search(before)):
                supported.add(year)
            elif _NAMED.search(before):
                called.add(year)
    if not counts:
        return _Years((), frozenset(), last)
    latest_named = max(counts)
    if latest_named == last and (counts[last] >= _OFTEN or last in called):
        supported.add(last)
    named = [year for year, _count in counts.most_common(_MOST_NAMED)]
    near = [year for year in (latest_named - 1, latest_named + 1) if year not in counts]
    if latest_named in supported:
        supported.update(near)
    return _Years((*named, *near), frozenset(supported), last)


def _in_right_year(years: _Years, mention: _Mention, latest: date) -> date | None:
    for year in years.own:
        found = mention.in_year(year, latest)
        if not found or found.weekday() != mention.weekday or years.last >= year + _LONG_AGO:
            continue
        if year not in years.supported and _may_be_later(found, mention, latest):
            continue
        return found
    return None


def _may_be_later(found: date, mention: _Mention, latest: date) -> bool:
    """Whether the day falls on that weekday in a later year too: as often as not that one is meant."""
    later = (
        mention.in_year(year, latest) for year in range(found.year + 5, min(found.year + 12, latest.year + 1))
    )
    return any(other and other.weekday() == mention.weekday for other in later)
