"""The best few of many documents, ties broken by id."""

from __future__ import annotations

import numpy as np

from index.engines.whoosh.matches import Docs, Matches


def best(matches: Matches, id_rank: Docs, limit: int) -> list[tuple[int, float]]:
    """The ``limit`` documents with the highest scores, best first; equal scores by rank of the id."""
    docs, scores = matches
    if limit <= 0 or not len(docs):
        return []
    if isinstance(scores, float):
        return [(doc, scores) for doc in smallest(docs, id_rank, limit)]
    if limit < len(docs):
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
    order = np.lexsort((id_rank[docs], -scores))
    return list(zip(docs[order].tolist(), scores[order].tolist(), strict=True))


def smallest(docs: Docs, rank: Docs, limit: int) -> list[int]:
    """The ``limit`` documents with the smallest ranks, smallest first."""
    if limit <= 0:
        return []
    ranks = rank[docs]
    if limit < len(docs):
        chosen = np.argpartition(ranks, limit - 1)[:limit]
        docs, ranks = docs[chosen], ranks[chosen]
    return [int(doc) for doc in docs[np.argsort(ranks)]]
