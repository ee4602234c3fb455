"""Query tree -> OpenSearch's JSON: a query that scores, or one that only finds the same documents."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from index.engines.base import EngineError
from index.engines.opensearch.phrases import phrase_query
from index.engines.opensearch.schema import DAY, folded_field
from index.engines.opensearch.terms import Terms
from index.engines.packing import encodable
from index.engines.semantics import Pattern, day_span, pattern_text, phrase_words
from index.engines.unscored import patterns_in, unscored
from index.messages import _
from index.query import (
    Boolean,
    Boost,
    Constant,
    DisMax,
    Everything,
    Facet,
    Nothing,
    Phrase,
    Published,
    Query,
    Term,
    Value,
    Valued,
)

Native = dict[str, Any]
_Clauses = list[Native]

EVERYTHING: Native = {"match_all": {"boost": 0.0}}
NOTHING: Native = {"match_none": {}}

DEEPEST = 100
"""Nodes within nodes that are asked for: a few hundred overflow a node's stack, which ends it."""

_MOST_TERMS = 65_536  # of one query for a set of them


class Compiler:
    """Compiles the tree of one request.

    Within, ``None`` stands for a query that no document matches: most words of a query are in few of the
    fields that are searched, and what is not asked costs nothing.

    :param terms: which terms there are, how much they weigh, and where patterns find theirs.
    :param breathe: see :class:`index.query.SearchRequest`. Nobody is kept waiting by a question to a cluster.
    """

    def __init__(self, terms: Terms, breathe: Callable[[], None] | None = None) -> None:
        self._terms = terms
        self._breathe = breathe
        self._depth = 0
        self.capped: dict[str, None] = {}

    def compile(self, query: Query) -> Native | None:
        """A query that scores; ``None`` if no document can match."""
        return self._scoring(query, 1.0)

    def documents(self, query: Query, *, noted: bool = False) -> Native | None:
        """A query that finds the same documents; what it scores means nothing.

        :param noted: whether :attr:`capped` has the patterns of this tree already.
        """
        dropped: list[Query] = []
        native = self._finding(unscored(query, dropped))
        if not noted:
            self._note(dropped)
        return native

    def value(self, facet: Facet, values: Sequence[str]) -> Native | None:
        """Documents whose facet equals one of the values."""
        return _one_of(folded_field(facet), [encodable(value).casefold() for value in values if value])

    # A query that scores

    def _scoring(self, query: Query, factor: float) -> Native | None:
        """A tree with all its scores multiplied."""
        if isinstance(query, Term):
            text = encodable(query.text)
            if not self._terms.frequency(query.field, text):
                return None
            weight = factor * self._terms.idf(query.field, (text,))
            return {"term": {query.field.value: {"value": text, "boost": weight}}}
        if isinstance(query, Boost):
            return self._scoring(query.child, factor * query.factor)
        if isinstance(query, Constant):
            return constant(self.documents(query.child), query.score * factor)
        if isinstance(query, Boolean):
            return self._sum(query, factor)
        if isinstance(query, Phrase):
            words = self._known(query)
            if len(words) < 2:
                return self._scoring(Term(query.field, words[0][1]), factor) if words else None
            # A phrase scores once for each of its terms.
            weight = factor * self._terms.idf(query.field, [text for _, text in words]) / len(words)
            return phrase_query(query.field, words, query.slop, weight)
        if isinstance(query, DisMax):
            with_depth = self._within(query.children, factor)
            if len(with_depth) < 2:
                return with_depth[0] if with_depth else None
            return {"dis_max": {"queries": with_depth, "tie_breaker": float(query.tie)}}
        return constant(self._leaf(query), 0.0 if isinstance(query, Everything) else factor)

    def _sum(self, query: Boolean, factor: float) -> Native | None:
        if query.minimum > len(query.should):
            self._note((query,))
            return None
        if query.minimum <= 1:
            should: _Clauses = []
            self._enter()
            self._add_any(query.should, factor, should)
            self._depth -= 1
        else:
            should = self._within(query.should, factor)
        self._enter()
        must = [self._scoring(child, factor) for child in query.must]
        must_not = [self.documents(child) for child in query.must_not]
        self._depth -= 1
        return _combined(query, should, must, must_not, scores=True)

    def _add_any(self, children: Iterable[Query], factor: float, clauses: _Clauses) -> None:
        """Add nodes whose scores add up wherever they match; a sum within a sum is part of it."""
        for child in children:
            own = factor
            while isinstance(child, Boost):
                own *= child.factor
                child = child.child
            if isinstance(child, Boolean) and not child.must and not child.must_not and child.minimum <= 1:
                if child.minimum <= len(child.should):
                    self._add_any(child.should, own, clauses)
            elif (native := self._scoring(child, own)) is not None:
                clauses.append(native)

    def _within(self, children: Iterable[Query], factor: float) -> _Clauses:
        self._enter()
        natives = [native for child in children if (native := self._scoring(child, factor)) is not None]
        self._depth -= 1
        return natives

    def _enter(self) -> None:
        self._depth += 1
        if self._depth > DEEPEST:
            raise EngineError(_("pertanyaan bersarang lebih dari {depth} lapis; sederhanakan", depth=DEEPEST))

    # A query that only finds

    def _finding(self, query: Query) -> Native | None:
        if isinstance(query, Term):
            text = encodable(query.text)
            found = self._terms.frequency(query.field, text)
            return {"term": {query.field.value: text}} if found else None
        if isinstance(query, Phrase):
            words = self._known(query)
            if len(words) < 2:
                return self._finding(Term(query.field, words[0][1])) if words else None
            return phrase_query(query.field, words, query.slop)
        if not isinstance(query, Boolean):
            return self._leaf(query)
        self._enter()
        should = [native for child in query.should if (native := self._finding(child)) is not None]
        must = [self._finding(child) for child in query.must]
        must_not = [self._finding(child) for child in query.must_not]
        self._depth -= 1
        return _combined(query, should, must, must_not, scores=False)

    def _note(self, dropped: Iterable[Query]) -> None:
        """Learn which patterns among nodes that are not asked for stand for too many terms."""
        for pattern in patterns_in(dropped):
            self._leaf(pattern)

    # What both are made of

    def _known(self, phrase: Phrase) -> list[tuple[int, str]]:
        """The words of a phrase, none if one of them is nowhere."""
        words = [(offset, encodable(text)) for offset, text in phrase_words(phrase)]
        is_known = all(self._terms.frequency(phrase.field, text) for _, text in words)
        return words if is_known else []

    def _leaf(self, query: Query) -> Native | None:
        """Documents that match a leaf other than a term or a phrase."""
        if isinstance(query, Value):
            return self.value(query.facet, query.values)
        if isinstance(query, Valued):
            return {"exists": {"field": folded_field(query.facet)}}
        if isinstance(query, Published):
            first, last = day_span(query)
            return {"range": {DAY: {"gte": first} if last is None else {"gte": first, "lte": last}}}
        if isinstance(query, Everything):
            return EVERYTHING
        if isinstance(query, Pattern):
            if self._breathe is not None:
                self._breathe()
            terms, capped = self._terms.expand(query)
            if capped:
                self.capped[pattern_text(query)] = None
            return _one_of(query.field.value, terms)
        assert isinstance(query, Nothing), query
        return None


def _combined(
    query: Boolean,
    should: _Clauses,
    must: list[Native | None],
    must_not: list[Native | None],
    *,
    scores: bool,
) -> Native | None:
    """A node made of its children.

    :param should: those that some document matches.
    :param scores: whether it is asked how well a document matches.
    """
    minimum = query.minimum
    if not query.must and query.should:
        minimum = max(minimum, 1)
    if minimum > len(should) or not (query.must or query.should or query.must_not):
        return None
    needed = [native for native in must if native is not None]
    if len(needed) < len(must):
        return None
    excluded = [native for native in must_not if native is not None]
    if not excluded and len(should) + len(needed) == 1 and (needed or minimum <= 1):
        return (needed or should)[0]
    node: dict[str, Any] = {}
    if not query.must and not query.should:
        node["filter"] = [EVERYTHING]
    if needed:
        node["must" if scores else "filter"] = needed
    if should:
        node["should"] = should
        node["minimum_should_match"] = minimum
    if excluded:
        node["must_not"] = excluded
    return {"bool": node}


def _one_of(field: str, terms: Sequence[str]) -> Native | None:
    """Documents with one of the terms."""
    if len(terms) > _MOST_TERMS:
        parts = [list(terms[at : at + _MOST_TERMS]) for at in range(0, len(terms), _MOST_TERMS)]
        return {"bool": {"should": [{"terms": {field: part}} for part in parts]}}
    if not terms:
        return None
    return {"term": {field: terms[0]}} if len(terms) == 1 else {"terms": {field: list(terms)}}


def constant(native: Native | None, score: float) -> Native | None:
    """The same documents, all with this score."""
    return None if native is None else {"constant_score": {"filter": native, "boost": score}}


def all_of(natives: Sequence[Native]) -> Native:
    """A condition: documents that match every query."""
    if not natives:
        return EVERYTHING
    return natives[0] if len(natives) == 1 else {"bool": {"filter": list(natives)}}
