"""Glued words: where a page lost the blank between two words, ``KeuanganSri``, and names that are written so.

A capital inside a word says where it may have been put together. Scrapers lose blanks where a page has tags
(``BupatiSitubondo``, ``KPUKota``); brands never had one (``WhatsApp``), nor have names with a number behind
(``Galeri24``).
"""

from __future__ import annotations

import re

MOST_PARTS = 4
"""A word of more parts is no words but an address or a key, and stays whole."""

_LEAST_PART = 2
_SEAM = re.compile(r"(?<=[a-z]{2})(?=[A-Z])|(?<=[A-Z]{2})(?=[A-Z][a-z]{2})")
_NAME, _NUMBER = "(?:[A-Z][A-Za-z]{3,}|[a-z]{4,}(?!2(?![0-9])))", "[0-9]{1,4}"  # anak2 is anak-anak
_NUMBERED = re.compile(f"({_NAME})({_NUMBER})")
_MAY_HOLD_SEAM = re.compile(
    f"[a-z]{{2}}[A-Z]|[A-Z]{{3}}[a-z]{{2}}|(?<![A-Za-z0-9]){_NAME}{_NUMBER}(?![A-Za-z0-9])"
)


def has_seam(word: str) -> bool:
    """Whether :func:`parts_of` may find more than one part. Quick."""
    return _MAY_HOLD_SEAM.search(word) is not None


def parts_of(word: str) -> list[str]:
    """The words that a word as written was put together of, itself if it was not.

    A small letter with another before it and a capital behind it end a part, as does a capital among
    capitals before one that begins a word: ``McDonald``, ``eKTP``, ``iPhone`` and ``PPKn`` have one part.
    Four letters or more before a number are one: ``Galeri24``, but not ``F16`` or ``anak2``.

    :returns: parts that give the word when they are joined.
    """
    if found := _NUMBERED.fullmatch(word):
        return list(found.groups())
    parts: list[str] = []
    for part in _SEAM.split(word):
        if parts and (len(part) < _LEAST_PART or len(parts[-1]) < _LEAST_PART):
            parts[-1] += part
        else:
            parts.append(part)
    return parts if len(parts) <= MOST_PARTS else [word]
