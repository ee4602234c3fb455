"""Which indexed terms a prefix, a wildcard or a fuzzy word stands for."""

from __future__ import annotations

import re
from collections.abc import Callable

from rapidfuzz.distance import OSA

from index.engines.whoosh.schema import term_text
from index.engines.whoosh.snapshot import Snapshot
from index.query import Fuzzy, Prefix, Wildcard

Pattern = Prefix | Wildcard | Fuzzy

_SPECIAL = re.compile(r"[*?]")


def pattern_text(pattern: Pattern) -> str:
    """How a pattern is named in :attr:`index.query.SearchPage.capped`."""
    return pattern.pattern if isinstance(pattern, Wildcard) else pattern.text


def expand(snapshot: Snapshot, pattern: Pattern, cap: int) -> tuple[list[str], bool]:
    """(the terms, whether there were more than ``cap``); of too many the most frequent ones, ties by term."""
    if isinstance(pattern, Prefix):
        start, accepts = pattern.text, None
    elif isinstance(pattern, Wildcard):
        start = _SPECIAL.split(pattern.pattern, maxsplit=1)[0]
        accepts = _wildcard(pattern.pattern)
    else:
        start, accepts = "", _within(pattern.text, pattern.distance)
    candidates = ((term_text(term), count) for term, count in snapshot.terms(pattern.field, start))
    found = [(term, count) for term, count in candidates if accepts is None or accepts(term)]
    if len(found) <= cap:
        return [term for term, _ in found], False
    found.sort(key=lambda item: (-item[1], item[0]))
    return [term for term, _ in found[:cap]], True


def _wildcard(pattern: str) -> Callable[[str], object]:
    parts = ((".*" if c == "*" else ".") if c in "*?" else re.escape(c) for c in re.sub(r"\*+", "*", pattern))
    return re.compile("".join(parts), re.DOTALL).fullmatch


def _within(text: str, distance: int) -> Callable[[str], object]:
    """Optimal string alignment: insert, delete, replace or swap neighbours, each place edited once."""
    length = len(text)

    def close(term: str) -> bool:
        return (
            abs(len(term) - length) <= distance
            and OSA.distance(text, term, score_cutoff=distance) <= distance
        )

    return close
