"""Names: what articles about the same people and places have in common, and others do not."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Collection, Sequence
from itertools import combinations
from math import sqrt
from typing import TypeAlias

Names: TypeAlias = Collection[str]

_LONGEST = 10_000
"""Characters of a text that are looked at, five times those of a usual article."""

_NAME = re.compile(r"[A-Z]\w\w+")


def names_in(text: str) -> Names:
    """The words with a capital in a text, folded. The first words of sentences are among them: these are in
    so many articles that they tell next to nothing."""
    return {name.lower() for name in set(_NAME.findall(text, 0, _LONGEST))}


def likenesses(
    named: Sequence[Names], left_out: Collection[str], telling: Callable[[str], float]
) -> list[list[float]]:
    """How much of their names some articles share, each with each: the cosine of the names they have.

    The vector space model (Salton, Wong and Yang 1975, "A vector space model for automatic indexing"). Names
    of one of the articles alone are taken to be as telling as the most telling of the others: they are rare,
    and most of all names.

    :param left_out: names that count for nothing.
    :param telling: the idf of a name.
    :returns: for each article a number for each, from 0 to 1; 0 for itself.
    """
    alike = [[0.0] * len(named) for _ in named]
    holders = Counter(name for names in named for name in names)
    squares = {
        name: square
        for name, count in holders.items()
        if count > 1 and name not in left_out and (square := telling(name) ** 2)
    }
    most = max(squares.values(), default=0.0)
    if not most:
        return alike
    shared = [squares.keys() & names for names in named]
    lengths = [
        sqrt(sum(map(squares.__getitem__, common)) + most * sum(holders[name] == 1 for name in names))
        for common, names in zip(shared, named, strict=True)
    ]
    for one, other in combinations(range(len(named)), 2):
        if common := shared[one] & shared[other]:
            both = sum(map(squares.__getitem__, common))
            alike[one][other] = alike[other][one] = both / (lengths[one] * lengths[other])
    return alike
