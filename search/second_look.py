"""A second look at the first results of a question: holding what it asks for brings them forward."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

from index.query import Hit, SearchPage, SearchRequest

__all__ = ["FIRST_RESULTS", "answers_first", "with_first_results"]

FIRST_RESULTS = 10
"""Results looked at; looking at more was worth nothing, for the articles behind them lack other words."""


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
