"""Everyday speech as it is typed: the root of a word that no grammar book reads.

Rules after Sneddon (2006), Colloquial Jakartan Indonesian, "Verbs": *-in* for *-kan* and *-i*, the nasal
alone for *meN-*, *nge-* before any consonant, and *e* for the *a* of a last syllable (``denger``). A letter
is typed several times for a long sound (``bangeeet``). Words that have no rule stand in ``spellings.txt``.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterator

_LONG = re.compile(r"([a-z])\1{2,}")
_SCHWA = re.compile("e(?=[^aiueo]{1,2}$)")
_VOWELS = frozenset("aiueo")

_PREFIXES = (
    ("di", ""),
    ("nge", ""),
    ("ng", ""),
    ("ng", "k"),
    ("ny", "s"),
    ("ny", "c"),
    ("n", "t"),
    ("m", "p"),
)
"""Each as written, and the first letter of the root that is lost in it."""

_LEAST_ROOT = 4
"""Letters of the shortest root before ``-in``: names end so."""

_LEAST_BEHIND = {"nge-": 4, "n-": 5, "m-": 5}
"""Likewise behind the prefixes that make a verb without a suffix."""

_NAMES_BEGIN = ("n-", "m-")
"""Prefixes that many a name seems to have."""


def spoken_root(
    word: str, common: Container[str], living: Container[str]
) -> tuple[str, tuple[str, ...]] | None:
    """The root of a word that no grammar reads, and its affixes; ``None`` if it is no everyday speech either.

    :param word: folded, ``a`` to ``z`` only.
    :param common: roots in common use: what may be a name is read with these alone.
    :param living: roots in use.
    """
    if _LONG.search(word):
        shortened = (_LONG.sub(times, word) for times in (r"\1", r"\1\1"))
        return next(((short, ()) for short in shortened if short in living), None)
    if word.endswith("in"):
        for prefixes, rest in _readings(word.removesuffix("in")):
            alone = not prefixes or prefixes[0] in _NAMES_BEGIN
            least = _LEAST_BEHIND[prefixes[0]] if prefixes and alone else _LEAST_ROOT
            for root in (rest, _SCHWA.sub("a", rest)):
                if len(root) >= least and root in (common if alone else living):
                    return root, (*prefixes, "-in")
    for prefixes, root in _readings(word):
        if prefixes and len(root) >= _LEAST_BEHIND.get(prefixes[0], len(word)) and root in common:
            return root, prefixes
    return None


def _readings(word: str) -> Iterator[tuple[tuple[str, ...], str]]:
    """The word itself, and what it may be behind a prefix."""
    yield (), word
    for written, lost in _PREFIXES:
        rest = word.removeprefix(written)
        if rest and rest != word and (not lost or rest[0] in _VOWELS):
            yield (f"{written}-",), lost + rest
