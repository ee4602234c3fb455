"""Why a document has its score: the query tree evaluated once more, leaf by leaf, for one document."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from msgspec.structs import replace

from index.query import Boolean, Boost, Constant, DisMax, Everything, Query
from search.answer import ScorePart


def score_parts(
    query: Query, leaves: Iterable[tuple[Query, float]], bonuses: Sequence[Constant] = ()
) -> tuple[ScorePart, ...]:
    """The addends of a document's score, largest first; they add up to it.

    A leaf's label says what it is. A labelled boost is a part of its own: what it takes from or adds to the
    parts below it.

    :param query: the tree that the document was ranked by; every leaf that scores has a label.
    :param leaves: what the engine's ``score_parts`` gave for the document; a ``Constant`` is a leaf there.
    :param bonuses: what was added to that.
    """
    parts = _parts(query, dict(leaves)) or []
    parts += [ScorePart(*bonus.label, bonus.score) for bonus in bonuses if bonus.label]
    return tuple(sorted(parts, key=lambda part: -part.score))


def _parts(query: Query, leaves: dict[Query, float]) -> list[ScorePart] | None:
    """The parts of a node, ``None`` if it does not match. Weights are applied on the way up."""
    if isinstance(query, Everything):
        return []
    if isinstance(query, Boolean):
        return _of_boolean(query, leaves)
    if isinstance(query, DisMax):
        matching = [parts for child in query.children if (parts := _parts(child, leaves)) is not None]
        if not matching:
            return None
        best = max(matching, key=_sum)
        rest = [part for parts in matching if parts is not best for part in _times(parts, query.tie)]
        return best + (rest if query.tie else [])
    if isinstance(query, Boost):
        below = _parts(query.child, leaves)
        if below is None or query.label is None:
            return None if below is None else _times(below, query.factor)
        return [*below, ScorePart(*query.label, (query.factor - 1) * _sum(below))]
    if query not in leaves:
        return None
    return [ScorePart(*query.label, leaves[query])] if query.label else []


def _of_boolean(query: Boolean, leaves: dict[Query, float]) -> list[ScorePart] | None:
    if any(_parts(child, leaves) is not None for child in query.must_not):
        return None
    collected: list[ScorePart] = []
    for child in query.must:
        parts = _parts(child, leaves)
        if parts is None:
            return None
        collected += parts
    matched = 0
    for child in query.should:
        parts = _parts(child, leaves)
        if parts is not None:
            matched += 1
            collected += parts
    needed = query.minimum or (1 if query.should and not query.must else 0)
    return collected if matched >= needed else None


def _times(parts: list[ScorePart], factor: float) -> list[ScorePart]:
    return [replace(part, score=part.score * factor) for part in parts]


def _sum(parts: list[ScorePart]) -> float:
    return sum(part.score for part in parts)
