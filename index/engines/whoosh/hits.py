"""The best few of many documents, ties broken by id."""

from __future__ import annotations

import numpy as np

from index.engines.whoosh.arrays import Docs, Scores
from index.engines.whoosh.matches import Matches, Spread

# Scores whose highest are found by way of the highest of each of so many parts of them.
_PARTS = 512
_MANY = 4 * _PARTS
# So few are sorted at once.
_FEW = 100


def best(matches: Matches, id_rank: Docs, limit: int) -> list[tuple[int, float]]:
    """The ``limit`` documents with the highest scores, best first; equal scores by rank of the id."""
    if limit <= 0 or not matches.size:
        return []
    scores = matches.scores
    if isinstance(scores, float):
        return [(doc, scores) for doc in smallest(matches.docs, id_rank, limit)]
    docs, scores = _candidates(matches, scores, limit)
    if len(docs) > max(limit, _FEW):
        threshold = np.partition(scores, len(docs) - limit)[len(docs) - limit]
        above = scores > threshold
        certain = int(np.count_nonzero(above))
        level = docs[scores == threshold]
        if certain + len(level) > limit:
            kept = smallest(level, id_rank, limit - certain)
            above[np.searchsorted(docs, kept)] = True
        else:
            above |= scores == threshold
        docs, scores = docs[above], scores[above]
    order = np.lexsort((id_rank[docs], -scores))[:limit]
    return list(zip(docs[order].tolist(), scores[order].tolist(), strict=True))


def _candidates(matches: Matches, scores: Scores, limit: int) -> tuple[Docs, Scores]:
    """The documents with the ``limit`` highest scores, and few others unless many score alike."""
    floor = _floor(scores, limit)
    if isinstance(matches, Spread):
        if not floor > 0:
            docs = matches.docs
            return docs, scores[docs]
        docs = (scores >= floor).nonzero()[0]
        return docs, scores[docs]
    if floor > 0:
        places = (scores >= floor).nonzero()[0]
        return matches.docs[places], scores[places]
    return matches.docs, scores


def _floor(scores: Scores, limit: int) -> float:
    """A score that at least ``limit`` of many scores reach, or 0."""
    if len(scores) < _MANY or limit * 4 > _PARTS:
        return 0.0
    rows = len(scores) // _PARTS
    highest = scores[: rows * _PARTS].reshape(rows, _PARTS).max(axis=0)
    highest.partition(_PARTS - limit)
    return float(highest[_PARTS - limit])


def smallest(docs: Docs, rank: Docs, limit: int) -> list[int]:
    """The ``limit`` documents with the smallest ranks, smallest first."""
    if limit <= 0:
        return []
    ranks = rank[docs]
    if limit < len(docs):
        chosen = np.argpartition(ranks, limit - 1)[:limit]
        docs, ranks = docs[chosen], ranks[chosen]
    return [int(doc) for doc in docs[np.argsort(ranks)]]
