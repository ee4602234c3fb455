"""Query tree -> Tantivy query: one that scores, or one that only finds the same documents."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any

import tantivy
from tantivy import Occur

from index.engines.packing import encodable
from index.engines.semantics import Pattern, day_span, pattern_text, phrase_words
from index.engines.tantivy.phrases import phrase_query
from index.engines.tantivy.schema import DAY, folded_field
from index.engines.tantivy.terms import Terms
from index.engines.tantivy.weighing import Weighing
from index.engines.unscored import patterns_in, unscored
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

_Native = tantivy.Query
_term_query = _Native.term_query
_boolean_query = _Native.boolean_query
_boost_query = _Native.boost_query
_MUST, _SHOULD, _MUST_NOT = Occur.Must, Occur.Should, Occur.MustNot

_Clauses = list[tuple[Any, Any]]


class Compiler:
    """Compiles the tree of one request.

    Within, ``None`` stands for a query that no document matches: most words of a query are in few of the
    fields that are searched, and what is not asked costs nothing.

    :param schema: the index's schema.
    :param terms: which terms there are, and where patterns find theirs.
    :param weighing: how far Tantivy's idf is off, ``None`` if it is exact.
    :param breathe: see :class:`index.query.SearchRequest`. Tantivy's own searches keep nobody waiting.
    """

    def __init__(
        self,
        schema: Any,
        terms: Terms,
        weighing: Weighing | None = None,
        breathe: Callable[[], None] | None = None,
    ) -> None:
        self._schema = schema
        self._terms = terms
        self._weighing = weighing
        self._breathe = breathe
        self.capped: dict[str, None] = {}

    def compile(self, query: Query) -> Any:
        """Tantivy's form of a tree."""
        native = self.compile_or_none(query)
        return _Native.empty_query() if native is None else native

    def compile_or_none(self, query: Query) -> Any:
        """Tantivy's form of a tree, ``None`` if no document can match."""
        return self._scoring(query, 1.0)

    def documents(self, query: Query, *, noted: bool = False) -> Any:
        """A query that finds the same documents with the least work; what it scores means nothing.

        :param noted: whether :attr:`capped` has the patterns of this tree already.
        """
        native = self._documents(query, noted)
        return _Native.empty_query() if native is None else native

    def value(self, facet: Facet, values: Sequence[str]) -> Any:
        """Documents whose facet equals one of the values."""
        native = self._value(facet, values)
        return _Native.empty_query() if native is None else native

    # A query that scores

    def _scoring(self, query: Query, factor: float) -> Any:
        """A tree with all its scores multiplied."""
        # The most frequent nodes first, and without patterns: it is the time of a small search.
        if isinstance(query, Term):
            field, text = query.field, encodable(query.text)
            if not self._terms.has(field, text):
                return None
            native = _term_query(self._schema, field, text, "freq")
            return self._weighed(native, field, (text,), factor)
        if isinstance(query, Boost):
            return self._scoring(query.child, factor * query.factor)
        if isinstance(query, Constant):
            return _constant(self._documents(query.child), query.score * factor)
        if isinstance(query, Boolean):
            return self._sum(query, factor)
        if isinstance(query, Phrase):
            words = self._known(query)
            if len(words) < 2:
                return self._scoring(Term(query.field, words[0][1]), factor) if words else None
            native = phrase_query(self._schema, query.field, words, query.slop)
            return self._weighed(native, query.field, [text for _, text in words], factor)
        if isinstance(query, DisMax):
            children = [
                native for child in query.children if (native := self._scoring(child, factor)) is not None
            ]
            if len(children) < 2:
                return children[0] if children else None
            return _Native.disjunction_max_query(children, float(query.tie))
        return _constant(self._leaf(query), 0.0 if isinstance(query, Everything) else factor)

    def _sum(self, query: Boolean, factor: float) -> Any:
        if query.minimum > len(query.should):
            self._note((query,))
            return None
        clauses: _Clauses = []
        if query.minimum <= 1:
            self._add_any(query.should, factor, clauses)
        else:
            for child in query.should:
                if (native := self._scoring(child, factor)) is not None:
                    clauses.append((_SHOULD, native))
        must = [self._scoring(child, factor) for child in query.must] if query.must else []
        must_not = [self._documents(child) for child in query.must_not] if query.must_not else []
        return _combined(query, clauses, must, must_not)

    def _add_any(self, children: Iterable[Query], factor: float, clauses: _Clauses) -> None:
        """Add nodes whose scores add up wherever they match; sums within sums are one to Tantivy too."""
        for child in children:
            own = factor
            while isinstance(child, Boost):
                own *= child.factor
                child = child.child
            if isinstance(child, Boolean) and not child.must and not child.must_not and child.minimum <= 1:
                if child.minimum <= len(child.should):
                    self._add_any(child.should, own, clauses)
            elif (native := self._scoring(child, own)) is not None:
                clauses.append((_SHOULD, native))

    def _weighed(self, native: Any, field: str, terms: Sequence[str], factor: float) -> Any:
        if self._weighing is not None:
            factor *= self._weighing.correction(field, terms)
        return native if factor == 1.0 else _boost_query(native, factor)

    # A query that only finds

    def _documents(self, query: Query, noted: bool = False) -> Any:
        dropped: list[Query] = []
        native = self._finding(unscored(query, dropped))
        if not noted:
            self._note(dropped)
        return native

    def _finding(self, query: Query) -> Any:
        if isinstance(query, Term):
            field, text = query.field, encodable(query.text)
            return _term_query(self._schema, field, text, "basic") if self._terms.has(field, text) else None
        if isinstance(query, Phrase):
            words = self._known(query)
            if len(words) < 2:
                return self._finding(Term(query.field, words[0][1])) if words else None
            return phrase_query(self._schema, query.field, words, query.slop)
        if not isinstance(query, Boolean):
            return self._leaf(query)
        clauses: _Clauses = []
        for child in query.should:
            if (native := self._finding(child)) is not None:
                clauses.append((_SHOULD, native))
        must = [self._finding(child) for child in query.must] if query.must else []
        must_not = [self._finding(child) for child in query.must_not] if query.must_not else []
        return _combined(query, clauses, must, must_not)

    def _note(self, dropped: Iterable[Query]) -> None:
        """Learn which patterns among nodes that are not asked for stand for too many terms."""
        for pattern in patterns_in(dropped):
            self._leaf(pattern)

    # What both are made of

    def _known(self, phrase: Phrase) -> list[tuple[int, str]]:
        """The words of a phrase, none if one of them is nowhere."""
        has, field = self._terms.has, phrase.field
        words = [(offset, encodable(text)) for offset, text in phrase_words(phrase)]
        for _, text in words:
            if not has(field, text):
                return []
        return words

    def _leaf(self, query: Query) -> Any:
        """Documents that match a leaf other than a term or a phrase."""
        if isinstance(query, Value):
            return self._value(query.facet, query.values)
        if isinstance(query, Valued):
            without = _term_query(self._schema, folded_field(query.facet), "", "basic")
            return _boolean_query([(_MUST, _Native.all_query()), (_MUST_NOT, without)])
        if isinstance(query, Published):
            number = tantivy.FieldType.Unsigned
            return _Native.range_query(self._schema, DAY, number, *day_span(query))
        if isinstance(query, Everything):
            return _Native.all_query()
        if isinstance(query, Pattern):
            return self._pattern(query)
        assert isinstance(query, Nothing), query
        return None

    def _value(self, facet: Facet, values: Sequence[str]) -> Any:
        return self._one_of(folded_field(facet), [encodable(value).casefold() for value in values if value])

    def _pattern(self, pattern: Pattern) -> Any:
        if self._breathe is not None:
            self._breathe()
        terms, capped, every = self._terms.expand(pattern)
        if capped:
            self.capped[pattern_text(pattern)] = None
        if every:
            start = encodable(pattern_text(pattern))
            return _Native.fuzzy_term_query(self._schema, pattern.field, start, distance=0, prefix=True)
        return self._one_of(pattern.field, terms)

    def _one_of(self, field: str, terms: Sequence[str]) -> Any:
        """Documents with one of the terms; several times faster than Tantivy's query for a set of terms."""
        schema = self._schema
        if len(terms) == 1:
            return _term_query(schema, field, terms[0], "basic")
        if not terms:
            return None
        return _boolean_query([(_SHOULD, _term_query(schema, field, term, "basic")) for term in terms])


def _combined(query: Boolean, clauses: _Clauses, must: list[Any], must_not: list[Any]) -> Any:
    """A node made of its children.

    :param clauses: those of ``should`` that some document matches; takes the others.
    """
    minimum = query.minimum
    if not query.must:
        if query.should:
            minimum = max(minimum, 1)
        elif query.must_not:
            must = [filtering(_Native.all_query())]
    if minimum > len(clauses):
        return None
    for native in must:
        if native is None:
            return None
        clauses.append((_MUST, native))
    for native in must_not:
        if native is not None:
            clauses.append((_MUST_NOT, native))
    if len(clauses) < 2:
        return clauses[0][1] if clauses else None
    return _boolean_query(clauses, minimum)


def _constant(native: Any, score: float) -> Any:
    return None if native is None else _Native.const_score_query(native, score)


def all_of(natives: Sequence[Any]) -> Any:
    """Documents that match every query; scores add up."""
    if len(natives) == 1:
        return natives[0]
    return _boolean_query([(_MUST, native) for native in natives])


def any_of(natives: Sequence[Any]) -> Any:
    """Documents that match one query or several."""
    return natives[0] if len(natives) == 1 else _boolean_query([(_SHOULD, native) for native in natives])


def filtering(native: Any) -> Any:
    """The query as a condition that adds nothing to the score."""
    return _Native.const_score_query(native, 0.0)
