"""Ways of writing: which other form a word may have, by rule alone, whatever an archive has.

A compound is written joined, apart or with a hyphen (``antikorupsi``, ``anti korupsi``, ``anti-korupsi``; the
last two are the same to an index). What EYD V (2022) has to say of each kind stands beside its words in
``classes.words``.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import NamedTuple

from index.analysis.wordlists import word_class

_PREFIXES = frozenset(word_class("written together"))
_PREFIX = re.compile("|".join(sorted(_PREFIXES, key=len, reverse=True)))
_LETTERS = frozenset(word_class("letters"))
_HYPHENED = frozenset(word_class("hyphened"))
_NEVER = frozenset(tuple(pair.split()) for pair in word_class("never joined"))

_LEAST = 4
"""Letters and digits of the shortest word that is taken apart at no sign of its own."""

_LEAST_HALF = 2
_LEAST_ROOT = 3
_LETTERS_DIGITS = re.compile(r"([a-z]+)(\d+)|(\d+)([a-z]+)")


class Split(NamedTuple):
    """A word taken apart.

    :param parts: its parts, in order.
    :param sure: whether the rule says so; if not, it depends on what the archive has.
    """

    parts: tuple[str, str]
    sure: bool


def splits(form: str, stem: str, is_root: Callable[[str], bool]) -> Iterator[Split]:
    """The ways to take a joined word apart.

    :param form: the word as written, folded.
    :param stem: its stem.
    :param is_root: whether a word is an Indonesian root.
    """
    if found := _LETTERS_DIGITS.fullmatch(form):
        left, right = filter(None, found.groups())
        yield Split((left, right), True)  # covid19, F16, 5G, 10kg
        return
    if len(form) < _LEAST or not form.isalpha():
        return
    if (found := _PREFIX.match(form)) and len(form) >= found.end() + _LEAST_ROOT:
        yield Split((found[0], form[found.end() :]), True)
    if form[0] in _LETTERS and stem == form:
        yield Split((form[0], form[1:]), False)  # ektp, email
    if stem != form or is_root(stem):
        for place in range(_LEAST_ROOT, len(stem) - _LEAST_ROOT + 1):
            left, right = stem[:place], stem[place:]
            are_words = (is_root(left) and is_root(right)) or min(len(left), len(right)) > _LEAST_ROOT
            if are_words and (left, right) not in _NEVER:
                yield Split((left, right), False)  # pertanggungjawaban: tanggung jawab; idulfitri
        return
    for place in range(_LEAST_HALF, len(form) - _LEAST_HALF + 1):
        yield Split((form[:place], form[place:]), False)


def may_be_joined(left: str, right: str) -> bool:
    """Whether two words in a row may be written as one."""
    if (left, right) in _NEVER:
        return False
    if left.isdigit():
        return right.isalpha()  # 10 kg
    return len(left) > 1 or (left in _LETTERS and len(right) > 1) or right.isdigit()


def is_prefix(form: str) -> bool:
    """Whether a word is one that is written together with what follows."""
    return form in _PREFIXES


def with_hyphen(form: str) -> Iterator[str]:
    """Foreign words and acronyms behind an affix: ``di-bully`` for ``dibully``."""
    for length in (2, 3, 4):
        if form[:length] in _HYPHENED and len(form) >= length + _LEAST_ROOT:
            yield f"{form[:length]}-{form[length:]}"


def without_hyphen(form: str) -> str:
    """``dibully`` for ``di-bully``; ``""`` for any other word."""
    affix, hyphen, rest = form.partition("-")
    return affix + rest if hyphen and affix in _HYPHENED and "-" not in rest else ""
