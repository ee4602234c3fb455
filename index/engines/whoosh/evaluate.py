"""Query tree -> documents and scores, each node by a few array operations."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from typing import assert_never

import numpy as np

from index.engines.semantics import Pattern, day_span, pattern_text
from index.engines.whoosh.arrays import Docs, Mask
from index.engines.whoosh.combining import added, best_of, common, intersection, union, without
from index.engines.whoosh.commit import Commit
from index.engines.whoosh.keeping import keep, kept, kept_bytes
from index.engines.whoosh.matches import NO_MATCHES, Listed, Matches, spread
from index.engines.whoosh.patterns import match_pattern
from index.engines.whoosh.phrases import match_phrase
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
    Valued,
    Wildcard,
)

# What a word adds up to in its fields is kept if so many of them fit: more is quicker added up again from its
# terms than found to have pushed them out.
_WORDS_KEPT = 1024


class Evaluator:
    """Answers one query tree over one commit.

    :param cap: most terms that a pattern may stand for.
    :param breathe: see :class:`index.query.SearchRequest`.
    """

    def __init__(self, commit: Commit, cap: int, breathe: Callable[[], None] | None = None) -> None:
        self._commit = commit
        self._count = commit.count
        self._cap = cap
        self._breathe = breathe
        self._seen: dict[int, tuple[Query, Matches]] = {}
        self.capped: dict[str, None] = {}

    def matches(self, query: Query) -> Matches:
        """The documents that match, with their scores."""
        if self._breathe is not None:
            self._breathe()
        match query:
            case Term(field, text):
                return self._commit.terms.scored(field, text)
            case Boost(child, factor):
                found = self.matches(child)
                return found.scaled(factor) if found.size else NO_MATCHES
            case DisMax():
                return self._cached(query)
            case Boolean():
                return self._once(query)
            case Phrase() | Value() | Valued() | Published():
                return self._cached(query)
            case Prefix() | Wildcard() | Fuzzy():
                return self._pattern(query)
            case Constant(child, score):
                return self._unscored(child).constant(float(score))
            case Everything():
                return spread(np.ones(self._count, np.bool_), 0.0)
            case Nothing():
                return NO_MATCHES
            case _:
                assert_never(query)

    def _unscored(self, query: Query) -> Matches:
        """The documents that match, when nobody asks for their scores."""
        match query:
            case Boolean(must, should, (), minimum) if (
                must and minimum <= 0 and not any(map(_has_pattern, should))
            ):
                return Listed(common([self._unscored(child) for child in must], self._count), 0.0)
            case Boost(child, _) | Constant(child, _):
                return self._unscored(child)
            case _:
                return self.matches(query)

    def _once(self, query: Boolean) -> Matches:
        """A tree may hold the same part in several places; it is evaluated at the first one."""
        seen = self._seen.get(id(query))
        if seen is None:
            key = _word_key(query)
            found = self._boolean(query) if key is None else self._word(query, key)
            seen = self._seen[id(query)] = query, found
        return seen[1]

    def _word(self, query: Boolean, key: Hashable) -> Matches:
        cache = self._commit.cache
        found = kept(cache, key)
        if found is None:
            found = self._boolean(query)
            if kept_bytes(found, self._count) * _WORDS_KEPT <= cache.capacity:
                found = found.compact()
                keep(cache, key, found)
        return found

    def _cached(self, query: DisMax | Phrase | Value | Valued | Published) -> Matches:
        cache = self._commit.cache
        found = kept(cache, query)
        if found is None:
            match query:
                case DisMax(children, tie):
                    before = len(self.capped)
                    found = best_of([self.matches(child) for child in children], tie, self._count)
                    if len(self.capped) > before or _has_pattern(query):
                        return found  # what was capped has to be told each time
                case Phrase():
                    found = match_phrase(self._commit.terms, query)
                case Value():
                    found = self._value(query)
                case Valued(facet):
                    found = spread(self._commit.facet(facet).valued, 1.0, 1.0).compact()
                case Published():
                    found = spread(span_mask(self._commit.days, query), 1.0, 1.0).compact()
                case _:
                    assert_never(query)
            keep(cache, query, found)
        return found

    def _boolean(self, query: Boolean) -> Matches:
        excluded = [self.matches(child) for child in query.must_not]
        must = [self.matches(child) for child in query.must]
        should = [self.matches(child) for child in query.should]
        if query.minimum > len(should):
            return NO_MATCHES
        if must:
            found = intersection(must, self._count)
            if query.minimum > 0:
                enough = union(should, self._count, query.minimum)
                found = intersection([found, enough], self._count)
            else:
                found = added(found, should, self._count)
        elif should:
            found = union(should, self._count, max(query.minimum, 1))
        elif query.must_not:
            found = spread(np.ones(self._count, np.bool_), 0.0)
        else:
            found = NO_MATCHES
        return without(found, excluded, self._count)

    def _pattern(self, pattern: Pattern) -> Matches:
        key = ("pattern", pattern, self._cap)
        found: tuple[Matches, bool] | None = self._commit.cache.get(key)
        if found is None:
            found = match_pattern(self._commit.terms, pattern, self._cap)
            self._commit.cache.put(key, found, found[0].nbytes)
        if found[1]:
            self.capped[pattern_text(pattern)] = None
        return found[0]

    def _value(self, query: Value) -> Matches:
        mask = self._commit.facet(query.facet).having(query.values, lambda column: column)
        return spread(mask, 1.0, 1.0).compact()


def _word_key(query: Boolean) -> Hashable | None:
    """Names a node that only says in which fields a word may be: other queries will have the same word."""
    if query.must or query.must_not or query.minimum > 1:
        return None
    key: list[Hashable] = [Boolean]
    for child in query.should:
        # Flat and made of plain texts and numbers, because that is hashed much faster than the nodes.
        match child:
            case Term(field, text):
                key += (Term, field, text)
            case Boost(Term(field, text), factor):
                key += (Boost, factor, field, text)
            case Constant(Term(field, text), score):
                key += (Constant, score, field, text)
            case _:
                return None
    return tuple(key)


def _has_pattern(query: Query) -> bool:
    match query:
        case Prefix() | Wildcard() | Fuzzy():
            return True
        case Boost(child) | Constant(child):
            return _has_pattern(child)
        case DisMax(children):
            return any(map(_has_pattern, children))
        case Boolean(must, should, must_not):
            return any(map(_has_pattern, (*must, *should, *must_not)))
        case _:
            return False


def span_mask(days: Docs, published: Published) -> Mask:
    """Which of some days of publication lie in a span."""
    first, last = day_span(published)
    mask = days >= first
    if last is not None:
        mask &= days <= last
    return mask
