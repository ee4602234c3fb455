"""Where sentences begin and end in an Indonesian article."""

from __future__ import annotations

import re
import sys
from array import array
from typing import NamedTuple

_ABBREVIATIONS = """
a.l a.n alm apt bpk brigjen dr dra drg drh drs gg hj hlm ir irjen jend jl jln kab kec kel kh km kol kombes
kompol komjen kop letjen letkol mayjen mgr moh muh muhd ny no nos prof rm rp s.d sdr sdri tbk tel telp tgl th
tn u.b u.p ust vol yth
"""
_ABBREVIATED = frozenset(_ABBREVIATIONS.split())
"""Abbreviations that a name, a number or another word follows, as Indonesian newspapers write them."""

_LONGEST_ABBREVIATION = max(map(len, _ABBREVIATED))

_OPENING = "\"\u201c\u2018'(["
_CLOSING = "[.!?…\"\u201d\u2019')\\]]"
_SKIPPED = rf"[\s{re.escape(_OPENING)}]*"
_END = re.compile(
    rf"""
    [.!?…\n]
    (?: (?<!\n) ({_CLOSING}*) (?=\s|\Z) (?!{_SKIPPED}[a-z])
      | (?<=\n)
      | (?<=[a-z0-9]{{3}}\.) () (?=[A-Z][a-z]{{2}})
    )
    \s*
    """,
    re.VERBOSE,
)
"""What may end a sentence. It begins with a set of characters: the quickest to look for."""

_FOLLOWING = re.compile(_SKIPPED)
_LAST_WORD = re.compile(rf"[^\s{re.escape(_OPENING)}]+")
_LOOKED_BACK = 24
_LOOKED_AHEAD = 128
"""Characters behind a position that are looked through with it: a passage is soon asked for there."""


class Borders(NamedTuple):
    """Sentences from the first one on.

    :param starts: where each starts, and in ``ends`` where it ends, in order.
    :param reached: the last character that these sentences tell everything about: no other one starts or
        ends up to there.
    :param rest: where looking for more goes on.
    """

    starts: array[int]
    ends: array[int]
    reached: int
    rest: int


class Sentences:
    """The sentences of a text, looked for no further than anybody asked. Safe to share between threads.

    A stop behind an abbreviation (``Dr.``, ``No.``), an initial (``A. Yani``), a degree (``S.Sos.``) or
    before a lower-case letter ends nothing; a line break always does.
    """

    def __init__(self, text: str) -> None:
        self._text = text
        self._known = Borders(array("I"), array("I"), -1, len(text) - len(text.lstrip()))

    def up_to(self, position: int) -> Borders:
        """The sentences from the first one to the one at a position, at least."""
        known = self._known
        if position > known.reached:
            starts, ends, reached, rest = _borders(self._text, known.rest, position + _LOOKED_AHEAD)
            # Never changed once it is known: another thread may be reading it.
            known = Borders(known.starts + array("I", starts), known.ends + array("I", ends), reached, rest)
            self._known = known
        return known


def _borders(text: str, start: int, position: int) -> tuple[list[int], list[int], int, int]:
    """Where sentences start and end, from the start of one until one ends behind a position.

    :returns: starts, ends, and what they reach and leave, as :class:`Borders` has it.
    """
    starts: list[int] = []
    ends: list[int] = []
    plain = text.isascii()
    for found in _END.finditer(text, start):
        stop, behind = found.span()
        kind = found.lastindex
        if kind == 1:
            end = found.end(1)
            if (
                (end - stop == 1 and text[stop] == "." and not _ends_sentence(text, stop))
                or not (plain or text[behind : behind + 1].isupper() or _begins_anew(text, end))
            ) and text.find("\n", end, behind) < 0:
                continue
        elif kind:
            end = behind
        else:
            end = stop
            while end > start and text[end - 1].isspace():
                end -= 1
        if start < end:
            starts.append(start)
            ends.append(end)
        start = behind
        if end > position:
            return starts, ends, end - 1, start
    end = len(text.rstrip())
    if start < end:
        starts.append(start)
        ends.append(end)
    return starts, ends, sys.maxsize, len(text)


def _begins_anew(text: str, end: int) -> bool:
    """Whether what follows is no lower-case letter, of any alphabet."""
    following = _FOLLOWING.match(text, end)
    return following is None or not text[following.end() : following.end() + 1].islower()


def _ends_sentence(text: str, stop: int) -> bool:
    """Whether the word before a full stop is no abbreviation, initial or degree."""
    blank = text.rfind(" ", stop - _LOOKED_BACK if stop > _LOOKED_BACK else 0, stop)
    plain = text[blank + 1 : stop]
    if blank >= 0 and plain.isalpha() and len(plain) > 1:
        return len(plain) > _LONGEST_ABBREVIATION or plain.lower() not in _ABBREVIATED
    before = text[max(0, stop - _LOOKED_BACK) : stop].removesuffix("\n")
    word = _LAST_WORD.match(before[::-1])
    if word is None:
        return True
    last = word.group()[::-1]
    if len(last) == 1:
        return not last.isalpha()
    if last.lower() in _ABBREVIATED:
        return False
    if "." not in last:
        return True
    return not all(0 < len(part) <= 4 and part[0].isupper() for part in last.split("."))
