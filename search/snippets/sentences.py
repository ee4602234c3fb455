"""Where sentences begin and end in an Indonesian article."""

from __future__ import annotations

import re

__all__ = ["sentence_spans"]

_ABBREVIATIONS = """
a.l a.n alm apt bpk brigjen dr dra drg drh drs gg hj hlm ir irjen jend jl jln kab kec kel kh km kol kombes
kompol komjen kop letjen letkol mayjen mgr moh muh muhd ny no nos prof rm rp s.d sdr sdri tbk tel telp tgl th
tn u.b u.p ust vol yth
"""
_ABBREVIATED = frozenset(_ABBREVIATIONS.split())
"""Abbreviations that a name, a number or another word follows, as Indonesian newspapers write them."""

_BORDER = re.compile(
    r"""
      (?P<stop>[.!?…]+) [""\u201d\u2019')\]]* (?=\s)      # a stop, what it closes, and a space
    | (?<=[a-z0-9]{3}) \. (?=[A-Z][a-z]{2})                # a stop whose space was forgotten
    | \s*\n\s*                                             # a line of its own
    """,
    re.VERBOSE,
)
_LAST_WORD = re.compile(r"[^\s\"\u201c\u2018'(\[]+$")
_NEXT = re.compile(r"\s+[\"\u201c\u2018'(\[]*(?P<first>\S)")


def sentence_spans(text: str) -> list[tuple[int, int]]:
    """Character spans of the sentences, without the space around them, in order.

    A stop behind an abbreviation (``Dr.``, ``No.``), an initial (``A. Yani``), a degree (``S.Sos.``) or
    before a lower-case letter ends nothing; a line break always does.
    """
    spans: list[tuple[int, int]] = []
    start = 0
    for border in _BORDER.finditer(text):
        if border["stop"] and not _ends_sentence(text, border):
            continue
        _append(spans, text, start, border.end())
        start = border.end()
    _append(spans, text, start, len(text))
    return spans


def _append(spans: list[tuple[int, int]], text: str, start: int, end: int) -> None:
    piece = text[start:end]
    stripped = piece.strip()
    if stripped:
        first = start + len(piece) - len(piece.lstrip())
        spans.append((first, first + len(stripped)))


def _ends_sentence(text: str, border: re.Match[str]) -> bool:
    following = _NEXT.match(text, border.end())
    if following and following["first"].islower():
        return False
    if border["stop"] != ".":
        return True
    word = _LAST_WORD.search(text, max(0, border.start() - 24), border.start())
    if word is None:
        return True
    last = word.group()
    if len(last) == 1:
        return not last.isalpha()
    if last.lower() in _ABBREVIATED:
        return False
    dotted = last.split(".")
    return not (len(dotted) > 1 and all(0 < len(part) <= 4 and part[0].isupper() for part in dotted))
