"""Why a document has its score: the query tree evaluated once more, leaf by leaf, for one document."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
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

_NONE: Mapping[Query, str] = {}


def score_parts(
    query: Query,
    leaves: Iterable[tuple[Query, float]],
    other_terms: Collection[str] = (),
    lessened: Mapping[Query, str] = _NONE,
    more: Iterable[ScorePart] = (),
) -> tuple[ScorePart, ...]:
    """The addends of a document's score, largest first; they add up to it.

    :param query: the tree that found the document.
    :param leaves: what the engine's ``score_parts`` gave for the document; a ``Constant`` is a leaf there.
    :param other_terms: texts of terms and phrases that stand for another form of what was typed.
    :param lessened: boosts that stand for a word's overlap with its neighbours -> the word. What it loses is
        a part of its own, below 0.
    :param more: what was added to the engine's score.
    """
    parts = [
        replace(part, why="expansion") if part.term in other_terms else part
        for part in _Explainer(dict(leaves), lessened).parts(query) or ()
    ]
    return tuple(sorted((*parts, *more), key=lambda part: -part.score))


class _Explainer:
    """One walk over one tree for one document."""

    def __init__(self, leaves: dict[Query, float], lessened: Mapping[Query, str]) -> None:
        self._leaves = leaves
        self._lessened = lessened

    def parts(self, query: Query) -> list[ScorePart] | None:
        """The parts of a node, ``None`` if it does not match. Weights are applied on the way up."""
        if isinstance(query, Everything):
            return []
        if isinstance(query, Boolean):
            return self._boolean(query)
        if isinstance(query, DisMax):
            matching = [parts for child in query.children if (parts := self.parts(child)) is not None]
            if not matching:
                return None
            best = max(matching, key=_sum)
            rest = [part for parts in matching if parts is not best for part in _times(parts, query.tie)]
            return best + (rest if query.tie else [])
        if isinstance(query, Boost):
            parts = self.parts(query.child)
            if parts is None or query not in self._lessened:
                return None if parts is None else _times(parts, query.factor)
            return [*parts, ScorePart("", self._lessened[query], "overlap", (query.factor - 1) * _sum(parts))]
        if query not in self._leaves:
            return None
        if isinstance(query, Constant):
            return [_constant_part(query)] if query.score else []
        return [_part(query, self._leaves[query])]

    def _boolean(self, query: Boolean) -> list[ScorePart] | None:
        if any(self.parts(child) is not None for child in query.must_not):
            return None
        collected: list[ScorePart] = []
        for child in query.must:
            parts = self.parts(child)
            if parts is None:
                return None
            collected += parts
        matched = 0
        for child in query.should:
            parts = self.parts(child)
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
    if isinstance(query.child, Boolean) and query.child.should:
        first = query.child.should[0]
        if isinstance(first, Phrase):
            return ScorePart("", " ".join(first.terms), "phrase", query.score)
    return ScorePart("", "", "all_words", query.score)


def _part(leaf: Query, score: float) -> ScorePart:
    if isinstance(leaf, Term):
        return ScorePart(leaf.field.value, leaf.text, "term", score)
    if isinstance(leaf, Phrase):
        return ScorePart(leaf.field.value, " ".join(leaf.terms), "phrase", score)
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
