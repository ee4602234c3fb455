"""A second look at the first results of a question: holding what it asks for brings them forward."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from index.query import Hit, SearchPage, SearchRequest
from search.opened.documents import Prepared
from search.plan.questions import Wanted
from search.snippets.matching import Match, Matcher

__all__ = ["FIRST_RESULTS", "Findings", "answers_first", "look_again", "with_first_results"]

FIRST_RESULTS = 10
"""Results looked at; looking at more was worth nothing, for the articles behind them lack other words."""


@dataclass(frozen=True, slots=True)
class Findings:
    """What a second look found.

    :param answering: ids of the results that hold what the question wants.
    :param matches: id -> where the body shows the words of the question, as far as it was looked for.
    """

    answering: frozenset[str] = frozenset()
    matches: Mapping[str, list[Match]] = field(default_factory=dict)


def look_again(wanted: Wanted, first: Iterable[Prepared | None], matcher: Matcher) -> Findings:
    """Look for what a question wants in the first results.

    :param matcher: finds the question's words in bodies.
    """
    matches: dict[str, list[Match]] = {}

    def places(prepared: Prepared) -> Iterator[tuple[int, int]]:
        found = matches[prepared.document.id] = matcher.find(prepared.body)
        for start, end, _ in found:
            yield start, end

    answering = frozenset(
        prepared.document.id
        for prepared in first
        if prepared and wanted.held_by(prepared.document.body, places(prepared))
    )
    return Findings(answering, matches)


def with_first_results(request: SearchRequest) -> SearchRequest:
    """A request that gives all of the first results if it asks for any of them."""
    if request.offset >= FIRST_RESULTS:
        return request
    return replace(request, offset=0, limit=max(FIRST_RESULTS, request.offset + request.limit))


def answers_first(
    page: SearchPage, request: SearchRequest, answering: Collection[str], worth: float
) -> SearchPage:
    """The page that was requested, with the first results in the order of their new scores.

    :param page: the answer to :func:`with_first_results` of ``request``.
    :param answering: ids of the first results that hold what was asked for.
    :param worth: what that adds to their scores.
    """
    if request.offset >= FIRST_RESULTS:
        return page
    first = [
        Hit(hit.id, hit.score + worth) if hit.id in answering else hit for hit in page.hits[:FIRST_RESULTS]
    ]
    first.sort(key=lambda hit: -hit.score)
    hits = (*first, *page.hits[FIRST_RESULTS:])
    return replace(page, hits=hits[request.offset : request.offset + request.limit])
