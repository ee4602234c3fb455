"""Acronyms as the Indonesian press explains them: ``Aparatur Sipil Negara (ASN)``, ``Bawaslu (Badan ...)``.

A pair counts only if the letters agree. Either the short form takes the first letter of every word, function
words aside (``PPPK``: Pegawai Pemerintah dengan Perjanjian Kerja), or it is made of pieces of the words in
order, as most Indonesian ones are (``Bawaslu``: BAdan pengaWAS pemiLU; ``Beltim``: BELitung TIMur).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from index.analysis.folding import fold
from index.analysis.wordlists import word_class

MOST_WORDS = 9
"""Longest long form, in words."""

_SHORT = re.compile(r"[A-Z][A-Za-z0-9]{1,13}(?:[-/&][A-Za-z0-9]{1,8})?")
_BRACKETS = re.compile(r"\(([^()\n]{2,110})\)")
_LOOKBACK = 140
_WORDS = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_BREAK = re.compile(r"[.,;:!?()\"“”\n]")
_FUNCTION = frozenset(word_class("function words"))


def pairs(text: str) -> Iterator[tuple[str, tuple[str, ...]]]:
    """The acronyms that a text explains.

    :returns: (short form, words of the long form), folded.
    """
    for match in _BRACKETS.finditer(text):
        inside = match[1]
        before = text[max(0, match.start() - _LOOKBACK) : match.start()].rstrip()
        if _SHORT.fullmatch(inside):
            short = fold(inside)
            words = [fold(word) for word in _WORDS.findall(_BREAK.split(before)[-1])[-MOST_WORDS:]]
            if long := _shortest_agreeing(short, words):
                yield short, long
        elif " " in inside:
            word = before.rpartition(" ")[2]
            if not _SHORT.fullmatch(word):
                continue
            words = [fold(word) for word in _WORDS.findall(inside)]
            if 2 <= len(words) <= MOST_WORDS and agrees(fold(word), tuple(words)):
                yield fold(word), tuple(words)


def _shortest_agreeing(short: str, words: list[str]) -> tuple[str, ...]:
    first = short[0]
    begins = first, f"ke{first}", f"pe{first}"  # as in _pieces; most words do not
    for count in range(2, len(words) + 1):
        if words[-count].startswith(begins) and agrees(short, long := tuple(words[-count:])):
            return long
    return ()


def agrees(short: str, long: tuple[str, ...]) -> bool:
    """Whether the letters of a short form are taken from the long form in order, something from every word.

    :param short: folded.
    :param long: folded words, two or more.
    """
    if long[0] in _FUNCTION or long[-1] in _FUNCTION or len(short) >= sum(map(len, long)) or short in long:
        return False
    letters = re.sub("[^a-z0-9]", "", short)
    content = content_words(long)
    if len(content) < 2 or len(letters) < 2:
        return False
    for words in {content, long}:
        if letters == "".join(word[0] for word in words):
            return True
    return len(letters) > len(content) and _pieces(letters, content)


def content_words(long: tuple[str, ...]) -> tuple[str, ...]:
    """A long form without its function words: what two spellings of one name share."""
    return tuple(word for word in long if word not in _FUNCTION)


@lru_cache(maxsize=4096)
def _pieces(letters: str, words: tuple[str, ...]) -> bool:
    """Whether each word in order gives one run of its letters, the first word its beginning.

    The first word may hide it behind a prefix: ``Polri`` of ``Kepolisian ...``; later words too: ``Bawaslu``.
    """

    def fits(at: int, index: int) -> bool:
        if index == len(words):
            return at == len(letters)
        word = words[index]
        for length in range(min(len(letters) - at, len(word)), 0, -1):
            piece = letters[at : at + length]
            found = word.startswith(piece) if length == 1 or index == 0 else piece in word
            if not found and index == 0 and length > 1:
                found = word.startswith((f"ke{piece}", f"pe{piece}"))
            if found and fits(at + length, index + 1):
                return True
        return False

    return fits(0, 0)
