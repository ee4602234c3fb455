"""Names: what two articles about the same people and places have in common, and others do not."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from itertools import combinations
from math import sqrt
from typing import TypeAlias

from index.documents import Document
from index.engines.cache import ByteCache
from search.plan.recipe import idf

Names: TypeAlias = Mapping[str, float]
"""Folded name -> how telling it is."""

_LONGEST = 10_000
"""Characters of a text that are looked at, five times those of a usual article."""

_RAREST = 24
"""Names that an article is known by; with all of them facqa and tydi change by less than 0.0005."""

_NAME = re.compile(r"\b[A-Z][^\W\d_]{2,}")
_BYTES = 120
"""Memory of a name that is kept, about."""


class KnownNames:
    """The names in the articles used last. Safe to share between threads.

    :param frequency: number of documents that hold a form; 0 if that is not known.
    :param documents: number of documents of the archive.
    :param capacity: most memory that they take, in bytes.
    """

    def __init__(self, frequency: Callable[[str], int], documents: int, capacity: int) -> None:
        self._frequency = frequency
        self._documents = documents
        self._kept = ByteCache(capacity)

    def of(self, document: Document) -> Names:
        """The rarest words with a capital in an article's text, worked out when first asked for."""
        kept: Names | None = self._kept.get(document.id)
        if kept is None:
            kept = dict(sorted(self._found(document.body), key=lambda each: (-each[1], each[0]))[:_RAREST])
            self._kept.put(document.id, kept, _BYTES * len(kept))
        return kept

    def _found(self, text: str) -> Iterator[tuple[str, float]]:
        for name in {name.lower() for name in _NAME.findall(text, 0, _LONGEST)}:
            if frequency := self._frequency(name):
                yield name, idf(self._documents, frequency)


def likenesses(named: Sequence[Names], left_out: Collection[str]) -> list[list[float]]:
    """How much of their names articles share, each with each: the cosine of their names weighed by idf.

    The vector space model (Salton, Wong and Yang 1975, "A vector space model for automatic indexing").

    :param left_out: names that count for nothing.
    :returns: for each article a number for each, from 0 to 1; 0 for itself.
    """
    squares = [
        {name: telling**2 for name, telling in names.items() if name not in left_out} for names in named
    ]
    lengths = [sqrt(sum(each.values())) for each in squares]
    alike = [[0.0] * len(named) for _ in named]
    for one, other in combinations(range(len(named)), 2):
        first = squares[one]
        common = first.keys() & squares[other].keys()
        if common:
            shared = sum(map(first.__getitem__, common)) / (lengths[one] * lengths[other])
            alike[one][other] = alike[other][one] = shared
    return alike
