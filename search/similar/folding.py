"""Folding: which results of a list are versions of a better one in it."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable

from search.similar.signatures import SKETCH, Signature

_SHARED = SKETCH // 8
"""Least hashes that two texts share before they are compared; versions share three times as many, about."""


def fold(signed: Iterable[tuple[str, Signature]]) -> dict[str, tuple[str, ...]]:
    """Which articles stand for which others, in time that grows with their number alone.

    Versions of a version need not resemble the article that stands for it; they then stand for themselves.

    :param signed: ids and signatures, the best article first.
    :returns: id -> ids of its versions in their order; only articles that have some.
    """
    leaders: list[tuple[str, Signature]] = []
    holding: defaultdict[int, list[int]] = defaultdict(list)
    folded: defaultdict[str, list[str]] = defaultdict(list)
    for id_, signature in signed:
        sketch = signature.sketch
        shared = Counter(place for value in sketch for place in holding.get(value, ()))
        likely = sorted(place for place, count in shared.items() if count >= _SHARED)
        for place in likely:
            leader, other = leaders[place]
            if signature.resembles(other):
                folded[leader].append(id_)
                break
        else:
            for value in sketch:
                holding[value].append(len(leaders))
            leaders.append((id_, signature))
    return {leader: tuple(ids) for leader, ids in folded.items()}
