"""Line ends: whether the hyphen at the end of a line belongs to the word, as in ``undang-`` / ``undang``.

Typesetters break words anywhere between syllables, so the words themselves have to tell: reduplication keeps
its hyphen, unless both parts together are a word (``ku-`` / ``ku``).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache

from index.analysis.folding import fold
from index.analysis.hyphens import PREFIXES, SUFFIXES, is_reduplication
from index.analysis.lexicon_files import load_lexicon
from index.analysis.stemmer import Rule, Stemmer

_LAST_PART = re.compile(r"[^\W_]+$")
_FIRST_PART = re.compile(r"[^\W_]+")
_SHORTEST_OF_PAIR = 4
_LEAST_LEFT = 2  # letters that typesetters leave on a line
_BOUND = frozenset({"non", "co", "pre", "ex", "eks"})  # mostly written with a hyphen
_UNREAD = (Rule.UNKNOWN, Rule.AS_WRITTEN)


def joined_at_line_end(before: str, after: str, elsewhere: Mapping[str, int]) -> str:
    """Two lines as one, where the first ended with a hyphen that was taken off.

    :param before: the first line, or its last word, without that hyphen.
    :param after: the second line, or its first word.
    :param elsewhere: how often folded words, whole or with hyphens, stand inside lines of the same text.
    """
    first, second = _LAST_PART.search(before), _FIRST_PART.match(after)
    if first is None or second is None:
        return f"{before}-{after}" if before and not before[-1].isspace() else f"{before}- {after}"
    keeps = _keeps_hyphen(first[0], second[0], elsewhere, is_loud=before.isupper())
    return f"{before}-{after}" if keeps else before + after


def _keeps_hyphen(first: str, second: str, elsewhere: Mapping[str, int], *, is_loud: bool) -> bool:
    """Whether two parts are parted by a hyphen of their own.

    :param is_loud: the line is in capitals from its start.
    """
    if first[-1].isdigit() or second[0].isdigit() or min(len(first), len(second)) < _LEAST_LEFT:
        return True
    if second[0].isupper() and not is_loud:
        return True  # Jakarta-Bandung, KPK-Polri
    if first.isupper() and second.islower():
        return True  # KTP-nya
    one, other = fold(first), fold(second)
    whole, hyphened = elsewhere.get(one + other, 0), elsewhere.get(f"{one}-{other}", 0)
    if whole != hyphened:
        return hyphened > whole
    if _is_word(one + other):
        return is_reduplication(one, other) and _is_doubled(_stemmer().stem(one + other).stem)
    if is_reduplication(one, other):
        return True
    if one in _BOUND and _is_word(other):
        return True
    if one in PREFIXES or other in SUFFIXES or (first[0].isupper() and not first.isupper()):
        return False
    return min(len(one), len(other)) >= _SHORTEST_OF_PAIR and _is_word(one) and _is_word(other)


@cache
def _stemmer() -> Stemmer:
    return Stemmer(load_lexicon())


def _is_doubled(stem: str) -> bool:
    """Whether a stem is a word twice, which lists write as one: ``undangundang``, but not ``kuku``."""
    half = len(stem) // 2
    return half >= _SHORTEST_OF_PAIR and stem[:half] == stem[half:]


def _is_word(form: str) -> bool:
    """Whether a folded form is a word that we know, whatever its affixes."""
    return _stemmer().stem(form).rule not in _UNREAD
