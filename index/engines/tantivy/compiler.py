"""Query tree -> Tantivy query, and whether every match scores the same."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import product
from typing import Any, NamedTuple, assert_never

import tantivy
from tantivy import Occur

from index.engines.tantivy.patterns import Pattern, Vocabulary, pattern_text
from index.engines.tantivy.schema import DAY, encodable, folded_field
from index.engines.tantivy.weighing import Weighing
from index.query import (
    Boolean,
    Boost,
    Constant,
    DisMax,
    Everything,
    Facet,
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

_Native = tantivy.Query
_term_query = _Native.term_query
_MUST, _SHOULD, _MUST_NOT = Occur.Must, Occur.Should, Occur.MustNot

# Most parts whose sums are told apart, and how far Tantivy's 32-bit sums may be from ours.
_MOST_PARTS = 6
_SAME_SCORE = 1e-5
# Most ways of spreading the slop of a phrase of three or more terms that are asked for one by one.
_MOST_SPREADS = 500


class Compiled(NamedTuple):
    """A query ready to run.

    :param native: Tantivy's query.
    :param score: what every match scores, if that is known beforehand; ``None`` if scores differ.
    :param parts: queries with known scores, if a match scores the sum of those that it matches; else empty.
    """

    native: Any
    score: float | None = None
    parts: tuple[tuple[Any, float], ...] = ()

    def scoring(self, score: float) -> Any:
        """The matches with this score, which some have; ``None`` if it takes too long to say."""
        if not 0 < len(self.parts) <= _MOST_PARTS:
            return None
        clauses = []
        for chosen in product((_MUST, _MUST_NOT), repeat=len(self.parts)):
            total = sum(own for occur, (_, own) in zip(chosen, self.parts, strict=True) if occur is _MUST)
            if abs(total - score) <= _SAME_SCORE * max(abs(score), 1.0):
                level = [(occur, native) for occur, (native, _) in zip(chosen, self.parts, strict=True)]
                clauses.append((_SHOULD, _Native.boolean_query(level)))
        return all_of([filtering(self.native), _Native.boolean_query(clauses)]) if clauses else None


class Compiler:
    """Compiles the tree of one request.

    :param schema: the index's schema.
    :param vocabulary: where patterns find their terms.
    :param weighing: how far Tantivy's idf is off, ``None`` if it is exact.
    """

    def __init__(self, schema: Any, vocabulary: Vocabulary, weighing: Weighing | None = None) -> None:
        self._schema = schema
        self._vocabulary = vocabulary
        self._weighing = weighing
        self.capped: dict[str, None] = {}

    def compile(self, query: Query) -> Compiled:
        """Tantivy's form of a tree."""
        # The most frequent nodes first, and without patterns: it is the time of a small search.
        if isinstance(query, Term):
            text = encodable(query.text)
            native = _term_query(self._schema, query.field, text, "freq")
            return Compiled(native if self._weighing is None else self._weighed(native, query.field, (text,)))
        if isinstance(query, Boolean):
            return self._boolean(query)
        match query:
            case Boost(child, factor):
                native, score, parts = self.compile(child)
                native = _Native.boost_query(native, factor)
                if score is None and not parts:
                    return Compiled(native)
                return Compiled(
                    native,
                    None if score is None else score * factor,
                    tuple((part, own * factor) for part, own in parts),
                )
            case Constant(child, score):
                return constant(self.compile(child).native, score)
            case Phrase():
                return Compiled(self._phrase(query))
            case DisMax(children, tie):
                return self._best([self.compile(child) for child in children], tie)
            case Prefix() | Wildcard() | Fuzzy():
                return self._pattern(query)
            case Value(facet, values):
                return constant(self.value(facet, values), 1.0)
            case Published(first, last):
                days = (first.toordinal() if first else 1, last.toordinal() if last else None)
                return constant(number_range(self._schema, DAY, *days), 1.0)
            case Everything():
                return constant(_Native.all_query(), 0.0)
            case Nothing():
                return nothing()
            case _:
                assert_never(query)

    def value(self, facet: Facet, values: Sequence[str]) -> Any:
        """Documents whose facet equals one of the values."""
        field = folded_field(facet)
        return self._any(field, [encodable(value).casefold() for value in values if value])

    def _any(self, field: str, terms: Sequence[str]) -> Any:
        """Documents with one of the terms; several times faster than Tantivy's query for a set of terms."""
        schema = self._schema
        if len(terms) == 1:
            return _term_query(schema, field, terms[0], "basic")
        return _Native.boolean_query([(_SHOULD, _term_query(schema, field, term, "basic")) for term in terms])

    def _pattern(self, pattern: Pattern) -> Compiled:
        terms, capped, every = self._vocabulary.expand(pattern)
        if capped:
            self.capped[pattern_text(pattern)] = None
        if every:
            start = encodable(pattern_text(pattern))
            return constant(
                _Native.fuzzy_term_query(self._schema, pattern.field, start, distance=0, prefix=True), 1.0
            )
        return constant(self._any(pattern.field, terms), 1.0) if terms else nothing()

    def _boolean(self, query: Boolean) -> Compiled:
        minimum = query.minimum
        must = [self.compile(child) for child in query.must]
        should = [self.compile(child) for child in query.should]
        must_not = [self.compile(child) for child in query.must_not]
        if minimum > len(should):
            return nothing()
        if not must:
            if should:
                minimum = max(minimum, 1)
            elif must_not:
                must = [constant(_Native.all_query(), 0.0)]
            else:
                return nothing()
        # Only where every clause has to match is the score the same for all.
        needed = must + should if minimum == len(should) else []
        if len(needed) == 1 and not must_not:
            return needed[0]
        clauses = [(_SHOULD, child.native) for child in should]
        if must:
            clauses += [(_MUST, child.native) for child in must]
        if must_not:
            clauses += [(_MUST_NOT, child.native) for child in must_not]
        parts: tuple[tuple[Any, float], ...] = ()
        if minimum == 1 and not must and not must_not and should[0].score is not None:
            known = [(child.native, child.score) for child in should if child.score is not None]
            parts = tuple(known) if len(known) == len(should) else ()
        return Compiled(_Native.boolean_query(clauses, minimum), _sum(needed), parts)

    @staticmethod
    def _best(children: Sequence[Compiled], tie: float) -> Compiled:
        if not children:
            return nothing()
        if len(children) == 1:
            return children[0]
        return Compiled(_Native.disjunction_max_query([child.native for child in children], float(tie)))

    def _phrase(self, phrase: Phrase) -> Any:
        if not phrase.terms:
            return _Native.empty_query()
        offsets = phrase.offsets or tuple(range(len(phrase.terms)))
        if len(offsets) != len(phrase.terms):
            raise ValueError(f"{phrase} has {len(phrase.terms)} terms and {len(offsets)} offsets")
        field = phrase.field
        if len(phrase.terms) == 1:
            return self.compile(Term(field, phrase.terms[0])).native
        # Terms may come in any order of their offsets; they have to occur in the order of the offsets.
        words = sorted(zip(offsets, map(encodable, phrase.terms), strict=True), key=lambda word: word[0])
        terms = [term for _, term in words]
        places = [offset - words[0][0] for offset, _ in words]
        forms = [
            _Native.phrase_query(self._schema, field, list(zip(spread, terms, strict=True)), slop)
            for spread, slop in _spreads(places, phrase.slop)
        ]
        found = forms[0] if len(forms) == 1 else _Native.disjunction_max_query(forms, 0.0)
        return found if self._weighing is None else self._weighed(found, field, terms)

    def _weighed(self, native: Any, field: str, terms: Sequence[str]) -> Any:
        assert self._weighing is not None
        correction = self._weighing.correction(field, terms)
        return native if correction == 1.0 else _Native.boost_query(native, correction)


def _spreads(places: list[int], slop: int) -> Iterator[tuple[list[int], int]]:
    """(offsets, slop) of Tantivy phrases that together match what the slop allows.

    Tantivy's slop goes in both directions. For two terms, moving the second one by half the slop turns that
    into words in between only. Longer phrases are asked for in every spread and score by the most frequent;
    beyond ``_MOST_SPREADS`` Tantivy's own slop has to do, which does not mind the order.
    """
    if slop <= 0:
        yield places, 0
    elif len(places) == 2:
        half = slop // 2
        yield [0, places[1] + half], half
        if slop % 2:  # half covers one less
            yield [0, places[1] + slop], 0
    else:
        spreads = list(_gaps(len(places) - 1, slop, _MOST_SPREADS + 1))
        if len(spreads) > _MOST_SPREADS:
            yield places, slop
            return
        for gaps in spreads:
            shift, spread = 0, [places[0]]
            for place, gap in zip(places[1:], gaps, strict=True):
                shift += gap
                spread.append(place + shift)
            yield spread, 0


def _gaps(count: int, total: int, limit: int) -> list[tuple[int, ...]]:
    """Every way to put at most ``total`` words into ``count`` gaps, up to ``limit`` of them."""
    ways: list[tuple[int, ...]] = [()]
    for _ in range(count):
        ways = [(*way, gap) for way in ways for gap in range(total - sum(way) + 1)][:limit]
    return ways


def _sum(children: Sequence[Compiled]) -> float | None:
    """What every match scores that matches all of these, ``None`` if that differs or there are none."""
    total = 0.0
    for child in children:
        if child.score is None:
            return None
        total += child.score
    return total if children else None


def constant(native: Any, score: float) -> Compiled:
    """The same documents, all with one score."""
    return Compiled(_Native.const_score_query(native, score), score)


def nothing() -> Compiled:
    """No document."""
    return Compiled(_Native.empty_query(), 0.0)


def number_range(schema: Any, field: str, first: int, last: int | None) -> Any:
    """Documents whose number lies from ``first`` to ``last``, both included, ``None`` open."""
    return _Native.range_query(schema, field, tantivy.FieldType.Unsigned, first, last)


def all_of(natives: Sequence[Any]) -> Any:
    """Documents that match every query; scores add up."""
    if len(natives) == 1:
        return natives[0]
    return _Native.boolean_query([(_MUST, native) for native in natives])


def filtering(native: Any) -> Any:
    """The query as a condition that adds nothing to the score."""
    return _Native.const_score_query(native, 0.0)
