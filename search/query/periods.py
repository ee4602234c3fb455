"""Days that people type among their words (``januari 2025``, ``minggu lalu``) -> a period of the calendar.

Nothing is taken for a period that may as well be a name: a month needs its year, and ``minggu`` alone is a
Sunday. Two periods in one query are none, as nobody can tell which of them is meant.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, datetime, timedelta, timezone

from msgspec import Struct
from msgspec.structs import replace

from search.query.elections import NAMES, vote_days
from search.query.stretches import Reader, Stretch, Token, tokens_of
from search.query.syntax import Dates, ParsedQuery, Word

WESTERN_INDONESIA = timezone(timedelta(hours=7), "WIB")
"""Time in Jakarta, which knows no summer time."""


def today_in_jakarta() -> date:
    """The day that most readers have now."""
    return datetime.now(WESTERN_INDONESIA).date()


class Period(Struct, frozen=True):
    """Days of publication that a query names.

    :param start: first character of the query that says so; ``end`` is behind the last.
    :param first: first day, ``None`` if it has none; likewise ``last``.
    :param kept: what stays of those characters: ``pemilu`` of ``sebelum pemilu 2019``.
    :param relative: whether it is another one on another day.
    """

    start: int
    end: int
    first: date | None
    last: date | None
    kept: str = ""
    relative: bool = False

    def rest(self, text: str) -> str:
        """The query without the characters that name the period."""
        before, behind = text[: self.start].rstrip(_LOOSE), _BEHIND.sub("", text[self.end :], count=1)
        left = " ".join(f"{before} {self.kept} {behind}".split())
        return " ".join(_EMPTY.sub(" ", left).split())


def period_of(parsed: ParsedQuery, today: date) -> Period | None:
    """The one period that the plain words of a query name.

    :param today: what ``minggu lalu`` starts from.
    :returns: ``None`` if there is none or several, or if the query asks for days by an operator.
    """
    root = parsed.root
    if not _HINT.search(parsed.text):
        return None
    if any(isinstance(node, Dates) for node in (*root.wanted, *root.required, *root.forbidden)):
        return None
    found = [period for start, end in _runs(parsed) for period in _periods(parsed.text, start, end, today)]
    return found[0] if len(found) == 1 else None


_HINT = re.compile(r"\d{4}|\d/\d\d\b|\b(?:ini|kemarin|lalu|silam|terakhir|belakangan)\b", re.IGNORECASE)
"""Every period has one of these, and most queries none."""

_LEADS = frozenset({"pada", "di", "selama", "sepanjang", "dalam", "periode", "terbit", "in", "on"})
_FROM = frozenset({"sejak", "mulai", "dari", "since", "from"})
_AFTER = frozenset({"sesudah", "setelah", "pasca", "after"})
_BEFORE = frozenset({"sebelum", "before"})
_UNTIL = frozenset({"sampai", "hingga", "until"})
_JOINTS = frozenset({"-", "–", "—", "sampai", "hingga", "ke", "to", "sd", "s/d", "s.d", "s.d.", "s/d."})
_AROUND = _AFTER | _BEFORE | {"menjelang", "jelang"}
_NUMBERS = frozenset({"nomor", "no", "no.", "nomer"})
_VOTES = [tuple(name.split()) for name in NAMES]
_DAY = timedelta(days=1)
_EMPTY = re.compile(r"\( ?\)")
_DASHES = " \t\n-\N{EN DASH}\N{EM DASH}"
_LOOSE = _DASHES + ",;"
_BEHIND = re.compile(
    r"\A[\s,;]*(?:[-\N{EN DASH}\N{EM DASH}](?=\s)[\s,;]*)?"
)  # a dash before a word is an operator


def _runs(parsed: ParsedQuery) -> Iterator[tuple[int, int]]:
    """Where plain words stand side by side with nothing but blanks and dashes between them."""
    words = sorted((node.start, node.end) for node in parsed.root.wanted if isinstance(node, Word))
    begin = end = -1
    for start, stop in words:
        if begin >= 0 and not parsed.text[end:start].strip(_DASHES):
            end = stop
            continue
        if begin >= 0:
            yield begin, end
        begin, end = start, stop
    if begin >= 0:
        yield begin, end


def _periods(text: str, start: int, end: int, today: date) -> Iterator[Period]:
    tokens = tokens_of(text[start:end])
    reader = _Phrases(tokens, today)
    at = 0
    while at < len(tokens):
        found = reader.phrase(at)
        if found and _stands_alone(text, start + tokens[at].start, start + tokens[found.end - 1].end):
            yield Period(
                start + tokens[at].start,
                start + tokens[found.end - 1].end,
                found.first,
                found.last,
                found.kept,
                found.relative,
            )
            at = found.end
        else:
            at += 1


def _stands_alone(text: str, start: int, end: int) -> bool:
    return (not start or text[start - 1] in " \t\n,;(") and bool(_BORDER.match(text, end))


_BORDER = re.compile(r"[.,;:!?)]*(?:\s|$)")


class _Found(Struct, frozen=True):
    """A phrase of tokens that names a period; see :class:`Period` and :class:`Stretch`."""

    first: date | None
    last: date | None
    end: int
    kept: str = ""
    relative: bool = False


class _Phrases:
    """Reads whole phrases: what stands before a stretch, and ranges of two."""

    def __init__(self, tokens: list[Token], today: date) -> None:
        self._reader = Reader(tokens, today)
        self._today = today

    def phrase(self, at: int) -> _Found | None:
        """The period that begins at a token."""
        begin = at
        if self._text(at) in _LEADS:
            at += 1
        if found := self._range(at) or self._bound(at):
            return found
        stretch = self._reader.read(at)
        if not stretch or self._is_name(begin, at, stretch):
            return None
        return _Found(stretch.first, stretch.last, stretch.end, relative=stretch.relative)

    def _text(self, at: int) -> str:
        return self._reader.text(at) if at >= 0 else ""

    def _is_name(self, begin: int, at: int, stretch: Stretch) -> bool:
        """Whether it says something else than when: the number of a law, before and after what, until now."""
        before = self._text(begin - 1)
        if stretch.relative:
            return before in _UNTIL or before.isdigit()
        if self._reader.day(begin - 1) and self._reader.month(begin):
            return True  # no day of the calendar, such as 31 Februari 2025
        if not (stretch.bare or self._text(at) == "tahun"):
            return False
        if self._text(begin - 2) in _NUMBERS or self._text(begin - 3) in _NUMBERS:
            return True
        if stretch.bare and self._reader.month(begin - 1):
            return True
        earlier = {self._text(place) for place in range(max(0, begin - 4), begin)}
        too_far = stretch.first.year > self._today.year + 1
        return too_far or (stretch.bare and not earlier.isdisjoint(_AROUND))

    # Both ends

    def _range(self, at: int) -> _Found | None:
        joints = _JOINTS
        if self._text(at) in ("antara", "between"):
            joints = _JOINTS | {"dan", "and"}
            at += 1
        elif self._text(at) in _FROM:
            at += 1
        first, at = self._first_end(at, joints)
        if first is None:
            return None
        at += self._text(at) == "dengan"
        last = self._reader.read(at)
        if not last:
            return None
        begin = first.first if isinstance(first, Stretch) else self._begin(*first, last)
        if begin is None or begin > last.last:
            return None
        relative = last.relative or (isinstance(first, Stretch) and first.relative)
        return _Found(begin, last.last, last.end, relative=relative)

    @staticmethod
    def _begin(day: int, month: int, last: Stretch) -> date | None:
        """The first day of a range whose first end lacks what the last end says: ``1-5 Januari 2025``."""
        if last.first != last.last and (day or (last.first.month != last.last.month)):
            return None
        try:
            return last.first.replace(month=month or last.first.month, day=day or 1)
        except ValueError:
            return None

    def _first_end(self, at: int, joints: frozenset[str]) -> tuple[Stretch | tuple[int, int] | None, int]:
        """The first end of a range, whole or as its day and month, and the token behind the joint."""
        reader = self._reader
        whole = reader.read(at)
        if whole and self._text(whole.end) in joints:
            return whole, whole.end + 1
        day, month = reader.day(at), 0
        if day:
            month = reader.month(at + 1)
            at += 1 + bool(month)
        elif month := reader.month(at):
            at += 1
        if (day or month) and self._text(at) in joints:
            return (day, month), at + 1
        return None, at

    # One end

    def _bound(self, at: int) -> _Found | None:
        word = self._text(at)
        if word not in _FROM | _AFTER | _BEFORE | _UNTIL:
            return None
        at += 1
        at += word in _UNTIL and self._text(at) == "dengan"
        stretch = self._reader.read(at)
        kept = ""
        if not stretch and word in _AFTER | _BEFORE:
            kept, stretch = self._vote(at)
        if not stretch or (word in _UNTIL and stretch.relative):  # "hingga hari ini" means "still"
            return None
        found = _Found(None, None, stretch.end, kept, stretch.relative)
        if word in _FROM:
            return replace(found, first=stretch.first)
        if word in _AFTER:
            return replace(found, first=stretch.last + _DAY)
        if word in _BEFORE:
            return replace(found, last=stretch.first - _DAY)
        return replace(found, last=stretch.last)

    def _vote(self, at: int) -> tuple[str, Stretch | None]:
        for name in _VOTES:
            if tuple(self._text(at + place) for place in range(len(name))) != name:
                continue
            year = self._reader.read(at + len(name))
            if year and (year.first.month, year.last.month) == (1, 12):
                days = vote_days(" ".join(name), year.first.year)
                return " ".join(name), year._replace(first=days[0], last=days[1])
        return "", None
