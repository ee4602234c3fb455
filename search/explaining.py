"""Why a document has its score: the query tree evaluated once more, leaf by leaf, for one document."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import replace

from index.query import (
    Boolean,
    Boost,
    Constant,
    DisMax,
    Everything,
    Fuzzy,
    Nothing,
    Phrase,
    Prefix,
    Published,
    Query,
    Term,
    Value,
    Wildcard,
)
from search.answer import ScorePart

__all__ = ["score_parts"]


def score_parts(
    query: Query, leaves: Iterable[tuple[Query, float]], other_terms: Collection[str] = ()
) -> tuple[ScorePart, ...]:
    """The addends of a document's score, largest first; they add up to it.

    :param query: the tree that found the document.
    :param leaves: what the engine's ``score_parts`` gave for the document; a ``Constant`` is a leaf there.
    :param other_terms: texts of terms and phrases that stand for another form of what was typed.
    """
    parts = [
        replace(part, why="expansion") if part.term in other_terms else part
        for part in _parts(query, dict(leaves)) or ()
    ]
    return tuple(sorted(parts, key=lambda part: -part.score))


def _parts(query: Query, leaves: dict[Query, float]) -> list[ScorePart] | None:
    """The parts of a node, ``None`` if it does not match. Weights are applied on the way up."""
    if isinstance(query, Everything):
        return []
    if isinstance(query, Boolean):
        return _boolean_parts(query, leaves)
    if isinstance(query, DisMax):
        matching = [parts for child in query.children if (parts := _parts(child, leaves)) is not None]
        if not matching:
            return None
        best = max(matching, key=_sum)
        rest = [part for parts in matching if parts is not best for part in _times(parts, query.tie)]
        return best + (rest if query.tie else [])
    if isinstance(query, Boost):
        parts = _parts(query.child, leaves)
        return None if parts is None else _times(parts, query.factor)
    if isinstance(query, Constant):
        if query not in leaves:
            return None
        return [_constant_part(query)] if query.score else []
    if query not in leaves:
        return None
    return [_part(query, leaves[query])]


def _boolean_parts(query: Boolean, leaves: dict[Query, float]) -> list[ScorePart] | None:
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


def _constant_part(query: Constant) -> ScorePart:
    if isinstance(query.child, Term):
        return ScorePart(query.child.field.value, query.child.text, "presence", query.score)
    if isinstance(query.child, Published):
        return ScorePart("published", f"{query.child.first}", "fresh", query.score)
    return ScorePart("", "", "all_words", query.score)


def _part(leaf: Query, score: float) -> ScorePart:
    if isinstance(leaf, Term):
        return ScorePart(leaf.field.value, leaf.text, "term", score)
    if isinstance(leaf, Phrase):
        return ScorePart(leaf.field.value, " ".join(leaf.terms), "near" if leaf.slop else "phrase", score)
    if isinstance(leaf, Prefix):
        return ScorePart(leaf.field.value, leaf.text + "*", "pattern", score)
    if isinstance(leaf, Wildcard):
        return ScorePart(leaf.field.value, leaf.pattern, "pattern", score)
    if isinstance(leaf, Fuzzy):
        return ScorePart(leaf.field.value, leaf.text + "~", "fuzzy", score)
    if isinstance(leaf, Value):
        return ScorePart(leaf.facet.value, ", ".join(leaf.values), "filter", score)
    assert isinstance(leaf, (Published, Nothing))
    return ScorePart("published", "", "filter", score)


def _times(parts: list[ScorePart], factor: float) -> list[ScorePart]:
    return [ScorePart(part.field, part.term, part.why, part.score * factor) for part in parts]


def _sum(parts: list[ScorePart]) -> float:
    return sum(part.score for part in parts)
