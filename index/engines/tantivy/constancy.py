"""What every match of a tree scores, where that is known before it is asked for."""

from __future__ import annotations

from index.query import Boolean, Boost, Constant, DisMax, Everything, Nothing, Phrase, Query, Term


def known_score(query: Query) -> float | None:
    """What every document that matches the tree scores; ``None`` if scores may differ."""
    if isinstance(query, (Term, Phrase)):
        return None
    if isinstance(query, Boolean):
        return _of_boolean(query)
    if isinstance(query, Constant):
        return query.score
    if isinstance(query, Boost):
        score = known_score(query.child)
        return None if score is None else score * query.factor
    if isinstance(query, DisMax):
        return known_score(query.children[0]) if len(query.children) == 1 else None
    return 0.0 if isinstance(query, (Everything, Nothing)) else 1.0


def _of_boolean(query: Boolean) -> float | None:
    if query.minimum == len(query.should):
        needed = (*query.must, *query.should)
    elif not query.must and len(query.should) == 1:
        needed = query.should
    else:
        # Only where every clause has to match is the sum the same for all.
        return None
    total = 0.0
    for child in needed:
        score = known_score(child)
        if score is None:
            return None
        total += score
    return total


def known_parts(query: Query, factor: float = 1.0) -> tuple[tuple[Query, float], ...]:
    """Trees with known scores, if a match scores the sum of those that it matches; else nothing.

    :param factor: by which every score is multiplied.
    """
    if isinstance(query, Boost):
        return known_parts(query.child, factor * query.factor)
    if not isinstance(query, Boolean) or query.must or query.must_not or query.minimum > 1:
        return ()
    parts = []
    for child in query.should:
        score = known_score(child)
        if score is None:
            return ()
        parts.append((child, score * factor))
    return tuple(parts)
