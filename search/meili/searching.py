"""Searches and searches for values of facets -> the objects that Meilisearch's clients read."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from time import perf_counter
from typing import Any

from flask import request
from msgspec import Struct

from index.messages import _
from index.query import Facet, Sort
from search.answer import Answer, Question, Result
from search.facets import FacetQuestion
from search.http.site import Site
from search.http.told import TOLD, tell_search
from search.meili.attributes import MOST_VALUES, VALUES, record_of, timestamp
from search.meili.errors import MeiliError
from search.meili.formatting import formatted, marks_of, positions
from search.meili.queries import KNOWN, Asked, read_query
from search.meili.reading import Fields

_FACETS = {**VALUES, "year": Facet.YEAR}
_COUNTING = ("q", "filter", "matchingStrategy", "attributesToSearchOn")
"""Parameters of a search that say which documents' values are meant."""

_MIDDLING_SCORE = 10.0
"""A score that is told as 0.5."""


class Searching(Struct, frozen=True):
    """Answers searches.

    :param site: whose index is asked.
    :param most: hits that are listed at once.
    """

    site: Site
    most: int

    def read(self, body: dict[str, Any]) -> Asked:
        """What a search asks for.

        :raises MeiliError: if it cannot be read.
        """
        return read_query(body, self.most)

    def search(self, asked: Asked) -> dict[str, Any]:
        """The answer to one search.

        :raises EngineError: if the index cannot be read.
        :raises BusyError: if it is dear and too many such searches are waiting already.
        """
        began = perf_counter()
        answer = self.site.service.search(_question(asked))
        _tell(asked, answer)
        address_of = self.site.article_addresses()
        record: dict[str, Any] = {
            "hits": [_hit(result, asked, answer, address_of) for result in answer.results],
            "query": asked.text,
            "processingTimeMs": round((perf_counter() - began) * 1000),
        }
        if asked.finite:
            pages = -(-answer.total // asked.size) if asked.size else 0
            record |= {"hitsPerPage": asked.size, "page": asked.page}
            record |= {"totalPages": pages, "totalHits": answer.total}
        else:
            record |= {"limit": asked.size, "offset": asked.offset, "estimatedTotalHits": answer.total}
        if asked.facets is not None:
            record["facetDistribution"] = {name: _counts(name, answer) for name in asked.facets}
            record["facetStats"] = _stats(asked.facets, answer)
        return record

    def facet_search(self, body: dict[str, Any]) -> dict[str, Any]:
        """The values of a facet that hold some text, among what a search finds; its other parameters make no
        difference.

        :raises MeiliError: if it cannot be read.
        """
        fields = Fields(
            body, "invalid_facet_search_", (*KNOWN, "facetName", "facetQuery", "exhaustiveFacetCount")
        )
        if fields.raw("facetName") is None:
            raise MeiliError("missing_facet_search_facet_name", _("Parameter `facetName` tidak ada."))
        name = fields.text("facetName")
        if name not in _FACETS:
            names = ", ".join(_FACETS)
            fields.refuse(
                "facetName",
                _("nilai `{name}` tidak dapat dicari; yang dapat: {names}", name=name, names=names),
            )
        asked = read_query({name: body.get(name) for name in _COUNTING}, self.most)
        text = fields.text("facetQuery")
        found = self.site.service.facet_values(
            FacetQuestion(_question(asked), _FACETS[name], find=text, per_page=MOST_VALUES)
        )
        hits = [{"value": each.value, "count": each.count} for each in found.values]
        return {"facetHits": hits, "facetQuery": text or None, "processingTimeMs": round(found.took_ms)}


def _tell(asked: Asked, answer: Answer) -> None:
    """The first of several queries at once is the visitor's; the others count values of its facets."""
    if TOLD in request.environ:
        return
    tell_search(
        asked.text,
        answer.total,
        is_first=bool(asked.size) and not asked.offset and asked.page <= 1,
        has_all=answer.matched == "all",
        narrowed=asked.restrict is not None or asked.sort is not Sort.RELEVANCE,
        typed=True,
    )


def _question(asked: Asked) -> Question:
    facets = asked.facets or ()
    return Question(
        asked.text,
        per_page=asked.size,
        offset=asked.offset,
        sort=asked.sort,
        restrict=asked.restrict,
        match=asked.match,
        scopes=asked.scopes,
        period=False,
        explain=asked.score and asked.sort is not Sort.RELEVANCE,
        histogram=False,
        facets=tuple(_FACETS[name] for name in facets if name in _FACETS),
        facet_size=MOST_VALUES,
        unfinished=True,
        days=any(name not in VALUES for name in facets),
        whole=True,
    )


def _hit(result: Result, asked: Asked, answer: Answer, address_of: Callable[[str], str]) -> dict[str, Any]:
    assert result.whole is not None, "the question asked for it"
    record = record_of(result.whole.document, address_of)
    hit = {name: record[name] for name in asked.retrieve}
    marks = marks_of(result.whole)
    if asked.format:
        named = {*asked.retrieve, *asked.format.highlight, *asked.format.crop}
        shown = {name: value for name, value in record.items() if name in named}
        hit["_formatted"] = formatted(shown, marks, asked.format)
    if asked.positions:
        hit["_matchesPosition"] = positions(marks, record)
    if asked.score:
        hit["_rankingScore"] = _score(result, answer)
    return hit


def _score(result: Result, answer: Answer) -> float:
    """The score between 0 and 1: 1 where nothing was searched for, and all documents are equally good."""
    if not answer.query.strip():
        return 1.0
    score = sum(part.score for part in result.parts) if result.parts else result.score
    return round(score / (score + _MIDDLING_SCORE), 6) if score > 0 else 0.0


def _counts(name: str, answer: Answer) -> dict[str, int]:
    if name in _FACETS:
        return {each.value: each.count for each in answer.facets[_FACETS[name]]}
    dated = [(-count, day) for day, count in answer.days.items() if day]
    return {_day(name, day): -negative for negative, day in sorted(dated)[:MOST_VALUES]}


def _day(name: str, ordinal: int) -> str:
    return str(timestamp(ordinal)) if name == "published_timestamp" else date.fromordinal(ordinal).isoformat()


def _stats(names: tuple[str, ...], answer: Answer) -> dict[str, Mapping[str, int]]:
    """The least and greatest value of each attribute of numbers; nothing where no article has one."""
    days = [day for day in answer.days if day]
    if not days:
        return {}
    first, last = min(days), max(days)
    stats = {
        "published_timestamp": {"min": timestamp(first), "max": timestamp(last)},
        "year": {"min": date.fromordinal(first).year, "max": date.fromordinal(last).year},
    }
    return {name: stats[name] for name in names if name in stats}
