"""A search request as one question to the cluster, and what its answer says."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple

from index.engines.opensearch.compiler import NOTHING, Compiler, Native, all_of
from index.engines.opensearch.facets import Facets, names_of
from index.engines.opensearch.schema import DAY, ID, STORED
from index.engines.semantics import filters_by_facet
from index.query import Facet, FacetCount, Hit, Query, SearchPage, SearchRequest, Sort

MOST_FETCHED = 50
"""Hits of a page up to which their documents come along."""

_RELEVANCE = [{"_score": "desc"}, {ID: "asc"}]
_ORDERS = {
    Sort.RELEVANCE: _RELEVANCE,
    Sort.NEWEST: [{DAY: {"order": "desc", "missing": "_last"}}, {ID: "asc"}],
    Sort.OLDEST: [{DAY: {"order": "asc", "missing": "_last"}}, {ID: "asc"}],
}
_ALL, _WITHIN = "all", "within"

Send = Callable[[Native], Any]
"""Sends the body of a search, gives its answer."""


class Limits(NamedTuple):
    """What restricts a request.

    :param fixed: conditions for all that is found and counted.
    :param chosen: the condition of each facet that is filtered by and counted: its own count is not under it.
    """

    fixed: list[Native]
    chosen: dict[Facet, Native]

    def but(self, facet: Facet | None) -> Native:
        """The chosen conditions without that of one facet."""
        return all_of([native for other, native in self.chosen.items() if other is not facet])


def search(request: SearchRequest, compiler: Compiler, facets: Facets, count: int, send: Send) -> Searched:
    """Answer a request.

    :param count: documents of the index.
    """
    question = _Question(request, compiler, facets, count)
    if not question.can_match or not count:
        return Searched(question.nothing(), {})
    return question.read(send(question.body()), send)


class Searched(NamedTuple):
    """An answer.

    :param documents: id -> the document as it is stored, in base 64, of hits that brought theirs along.
    """

    page: SearchPage
    documents: Mapping[str, str]


class _Question:
    def __init__(self, request: SearchRequest, compiler: Compiler, facets: Facets, count: int) -> None:
        self._request = request
        self._facets = facets
        self._names = names_of(tuple(dict.fromkeys(request.facets)))
        self._limit = max(min(request.limit, count - request.offset), 0)
        self._is_scored = request.sort is Sort.RELEVANCE and self._limit > 0
        query = request.query
        self._query = compiler.compile(query) if self._is_scored else compiler.documents(query)
        self._within = None if request.within is None else compiler.documents(request.within, noted=True)
        fixed: list[Native | None] = []
        trees: tuple[Query | None, ...] = (request.published, request.restrict)
        fixed += [compiler.documents(tree) for tree in trees if tree is not None]
        chosen: dict[Facet, Native] = {}
        for facet, values in filters_by_facet(request.filters).items():
            condition = compiler.value(facet, values)
            if facet in self._names:
                chosen[facet] = NOTHING if condition is None else condition
            else:
                fixed.append(condition)
        self._capped = tuple(compiler.capped)
        self.can_match = self._query is not None and None not in fixed
        self._limits = Limits([native for native in fixed if native is not None], chosen)

    def nothing(self) -> SearchPage:
        """The answer where no document can match."""
        return SearchPage((), 0, dict.fromkeys(self._request.facets, ()), capped=self._capped)

    def body(self) -> Native:
        """The question."""
        body: Native = {"query": self._asked(), "size": self._limit, "track_total_hits": True}
        if self._limit:
            body |= {"from": self._request.offset, "sort": _ORDERS[self._request.sort]}
            body["stored_fields"] = [STORED] if self._limit <= MOST_FETCHED else "_none_"
        if self._limits.chosen:
            body["post_filter"] = self._limits.but(None)
        if aggregations := self._aggregations():
            body["aggs"] = aggregations
        return body

    def _asked(self) -> Native:
        assert self._query is not None
        if self._is_scored and not self._limits.fixed and self._within is None:
            return self._query
        node: dict[str, Any] = {}
        if self._is_scored:
            node = {"must": [self._query], "filter": self._limits.fixed}
        else:
            node = {"filter": [self._query, *self._limits.fixed]}
        if self._within is not None and self._limit:
            named = {"constant_score": {"filter": self._within, "boost": 0.0, "_name": _WITHIN}}
            node |= {"should": [named], "minimum_should_match": 0}
        return {"bool": node}

    def _aggregations(self) -> Native:
        under_all: Native = {}
        found: Native = {}
        for facet, name in self._names.items():
            asked = self._facets.question(facet, self._request.facet_size)
            if asked is None:
                continue
            if facet in self._limits.chosen:
                found[name] = {"filter": self._limits.but(facet), "aggs": {name: asked}}
            else:
                under_all[name] = asked
        if self._request.days and (asked := self._facets.days_question()) is not None:
            under_all[DAY] = asked
        if self._within is not None:
            under_all[_WITHIN] = {"filter": self._within}
        if self._limits.chosen and under_all:
            found[_ALL] = {"filter": self._limits.but(None), "aggs": under_all}
        else:
            found |= under_all
        return found

    def read(self, answer: Any, send: Send) -> Searched:
        """What an answer says; asks once more for what it leaves open."""
        counted = answer.get("aggregations", {})
        under_all = counted.get(_ALL, counted)
        hits = answer["hits"]["hits"] if self._limit else ()
        scores = [hit["sort"][0] for hit in hits] if self._is_scored else [0.0] * len(hits)
        ids = [hit["sort"][-1] for hit in hits]
        listed = [
            id_ for id_, hit in zip(ids, hits, strict=True) if _WITHIN in hit.get("matched_queries", ())
        ]
        page = SearchPage(
            tuple(map(Hit, ids, scores)),
            answer["hits"]["total"]["value"],
            self._counts(counted, under_all, send),
            under_all[_WITHIN]["doc_count"] if self._within is not None else 0,
            frozenset(listed),
            self._facets.read_days(under_all.get(DAY), self._asker(None, send)) if self._request.days else {},
            self._capped,
        )
        documents = {
            id_: hit["fields"][STORED][0] for id_, hit in zip(ids, hits, strict=True) if "fields" in hit
        }
        return Searched(page, documents)

    def _counts(self, counted: Any, under_all: Any, send: Send) -> dict[Facet, tuple[FacetCount, ...]]:
        found: dict[Facet, tuple[FacetCount, ...]] = {}
        size = self._request.facet_size
        for facet, name in self._names.items():
            is_chosen = facet in self._limits.chosen
            answered = (counted.get(name, {}) if is_chosen else under_all).get(name)
            asker = self._asker(facet if is_chosen else None, send)
            found[facet] = self._facets.read(facet, size, answered, asker)
        return found

    def _asker(self, facet: Facet | None, send: Send) -> Callable[[Native], Any]:
        def ask(aggregations: Native) -> Any:
            conditions: Sequence[Native] = [self._asked(), self._limits.but(facet)]
            body = {"query": all_of(conditions), "size": 0, "aggs": aggregations}
            return send(body)["aggregations"]

        return ask
