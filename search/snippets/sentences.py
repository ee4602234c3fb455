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

_STOP = re.compile(r"[.!?…\n](?:(?<!\n)[.!?…\"\u201d\u2019')\]]+)?")
_SPACELESS = re.compile(r"[a-z0-9]{3}\.[A-Z][a-z]{2}")
_LAST_WORD = re.compile(r"[^\s\"\u201c\u2018'(\[]+$")
_OPENING = "\"\u201c\u2018'(["


def sentence_spans(text: str) -> list[tuple[int, int]]:
    """Character spans of the sentences, without the space around them, in order.

    A stop behind an abbreviation (``Dr.``, ``No.``), an initial (``A. Yani``), a degree (``S.Sos.``) or
    before a lower-case letter ends nothing; a line break always does.
    """
    spans: list[tuple[int, int]] = []
    start = 0
    length = len(text)
    for stop in _STOP.finditer(text):
        end = stop.end()
        if text[stop.start()] != "\n":
            if end < length and not text[end].isspace():
                if stop.end() - stop.start() > 1 or not _SPACELESS.match(text, stop.start() - 3):
                    continue
            elif not _ends_sentence(text, stop.start(), end):
                continue
        _append(spans, text, start, end)
        start = end
    _append(spans, text, start, length)
    return spans


def _append(spans: list[tuple[int, int]], text: str, start: int, end: int) -> None:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    if start < end:
        spans.append((start, end))


def _ends_sentence(text: str, stop: int, end: int) -> bool:
    following = end
    while following < len(text) and (text[following].isspace() or text[following] in _OPENING):
        following += 1
    if following < len(text) and text[following].islower():
        return False
    if end - stop > 1 or text[stop] != ".":
        return True
    word = _LAST_WORD.search(text, max(0, stop - 24), stop)
    if word is None:
        return True
    last = word.group()
    if len(last) == 1:
        return not last.isalpha()
    if last.lower() in _ABBREVIATED:
        return False
    dotted = last.split(".")
    return not (len(dotted) > 1 and all(0 < len(part) <= 4 and part[0].isupper() for part in dotted))
