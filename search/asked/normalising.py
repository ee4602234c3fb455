"""A query as it is counted: spelt in one way, and without what may say who somebody is."""

from __future__ import annotations

import re
import unicodedata

LONGEST = 100
"""Characters of a query that are kept."""

_READ = 400
"""Characters that are looked at: a number that begins within the first is seen whole."""

MASKED_NUMBER, MASKED_ADDRESS = "•••", "•@•"

_HIDDEN = ("Cc", "Cf", "Co", "Cs", "Cn")
_WEB_SECRETS = re.compile(r"(https?://[^\s?#]*)[?#]\S*")
_ADDRESS = re.compile(r"[^\s@<>()\[\]\"',;]+@[^\s@<>()\[\]\"',;]+")
_DIGITS = re.compile(r"\+?\d(?:(?:(?!\.\.)[ .()/+-]){0,3}\d){7,}")
_SOLID = 8
_SEPARATED = 10
"""Digits of a number that may be somebody's: an identity card's has 16, a telephone's 10 or more, written in
groups or not. A day of publication, ``2024-11-27``, has 8 in groups and stays."""


def normalised(text: str) -> str:
    """The query that a text is counted as; ``""`` if nothing is left of it.

    :param text: as typed.
    """
    text = unicodedata.normalize("NFKC", text[:_READ]).lower()
    text = "".join(
        " " if each.isspace() else each
        for each in text
        if each.isspace() or unicodedata.category(each) not in _HIDDEN
    )
    text = _WEB_SECRETS.sub(r"\1", " ".join(text.split()))
    text = _DIGITS.sub(_masked, _ADDRESS.sub(MASKED_ADDRESS, text))
    return text[:LONGEST].strip()


def _masked(number: re.Match[str]) -> str:
    found = number.group()
    digits = sum(map(str.isdigit, found))
    is_personal = digits >= _SEPARATED or re.search(rf"\d{{{_SOLID}}}", found)
    return MASKED_NUMBER if is_personal else found
