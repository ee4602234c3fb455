"""Glued words: where a page lost the blank between two words, ``KeuanganSri``, and names that are written so.

A capital inside a word says where it may have been put together. Scrapers lose blanks where a page has tags
(``BupatiSitubondo``, ``KPUKota``); brands never had one (``WhatsApp``). Both are found by the whole and by
the parts; which of these stand in the word's place decides what phrases read.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence

from index.analysis.tokens import Token, form_of

MOST_PARTS = 4
"""A word of more parts is no words but an address or a key, and stays whole."""

_LEAST_PART = 2
_SEAM = re.compile(r"(?<=[a-z]{2})(?=[A-Z])|(?<=[A-Z]{2})(?=[A-Z][a-z]{2})")
_MAY_HOLD_SEAM = re.compile(r"[a-z]{2}[A-Z]|[A-Z]{3}[a-z]{2}")


def has_seam(word: str) -> bool:
    """Whether :func:`parts_of` may find more than one part. Quick."""
    return _MAY_HOLD_SEAM.search(word) is not None


def seams(text: str) -> Iterator[int]:
    """Where in a text words may be glued: an offset into each such word."""
    return (match.start() for match in _MAY_HOLD_SEAM.finditer(text))


def parts_of(word: str) -> list[str]:
    """The words that a word as written was put together of, itself if it was not.

    A small letter with another before it and a capital behind it end a part, as does a capital among
    capitals before one that begins a word: ``McDonald``, ``eKTP``, ``iPhone`` and ``PPKn`` have one part.

    :returns: parts that give the word when they are joined.
    """
    parts: list[str] = []
    for part in _SEAM.split(word):
        if parts and (len(part) < _LEAST_PART or len(parts[-1]) < _LEAST_PART):
            parts[-1] += part
        else:
            parts.append(part)
    return parts if len(parts) <= MOST_PARTS else [word]


def read_glued(
    text: str, tokens: Sequence[Token], is_put_together: Callable[[str, Sequence[str]], bool | None]
) -> tuple[list[Token], list[Token]]:
    """The tokens of a text with the parts of its glued words.

    :param is_put_together: told the form of a word and those of its parts, whether the parts are meant;
        ``None`` if it has no parts at all.
    :returns: tokens in their places, and beside them those that nobody reads in that place, both in text
        order: the parts where the whole is meant, the whole where the parts are.
    """
    placed: list[Token] = []
    aside: list[Token] = []
    for token in tokens:
        word = text[token.start : token.end]
        parts = parts_of(word) if word.isalnum() and has_seam(word) else [word]
        if len(parts) == 1:
            placed.append(token)
            continue
        pieces: list[Token] = []
        start = token.start
        for part in parts:
            pieces.append(Token(form_of(part), start, start + len(part)))
            start += len(part)
        together = is_put_together(token.form, [piece.form for piece in pieces])
        if together:
            placed += pieces
            aside.append(token)
        else:
            placed.append(token)
            aside += pieces if together is not None else ()
    return placed, aside
