"""Ranks the first results anew by what no engine can tell: whether they hold what a question asks for."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from index.query import Hit, SearchPage, SearchRequest
from search.opened.documents import ReadyDocument
from search.plan.questions import Wanted
from search.snippets.targets import Highlight
from search.snippets.texts import ReadyText

_RERANKED = 10
"""Results ranked anew; more were worth nothing, for the articles behind them lack other words."""

_LONGEST = 100_000
"""Characters of a body that is looked through, fifty times a usual one: not the clock but this bounds what it
costs, for it changes the order of results."""


@dataclass(frozen=True, slots=True)
class Reranked:
    """A page, perhaps in a new order.

    :param answering: ids of the results that hold what the question wants.
    :param highlights: id -> where the body shows the words of the question, as far as it was looked for.
    """

    page: SearchPage
    answering: frozenset[str] = frozenset()
    highlights: Mapping[str, list[Highlight]] = field(default_factory=dict)


def to_rerank(request: SearchRequest) -> SearchRequest:
    """The request that gives what :func:`rerank` needs: all of the first results, if any of them."""
    if request.offset >= _RERANKED:
        return request
    return replace(request, offset=0, limit=max(_RERANKED, request.offset + request.limit))


def rerank(
    page: SearchPage,
    request: SearchRequest,
    wanted: Wanted,
    read: Callable[[Sequence[str]], Sequence[ReadyDocument | None]],
    find: Callable[[ReadyText], list[Highlight]],
) -> Reranked:
    """The page of a request, with the results forward that hold what a question wants.

    :param page: the answer to :func:`to_rerank` of ``request``.
    :param read: reads documents by their ids.
    :param find: finds the question's words in a body.
    """
    if request.offset >= _RERANKED:
        return Reranked(page)
    highlights: dict[str, list[Highlight]] = {}

    def places(ready: ReadyDocument) -> Iterator[tuple[int, int]]:
        found = highlights[ready.document.id] = find(ready.body)
        for start, end, _ in found:
            yield start, end

    first = page.hits[:_RERANKED]
    answering = frozenset(
        ready.document.id
        for ready in read([hit.id for hit in first])
        if ready
        and len(ready.document.body) <= _LONGEST
        and wanted.held_by(ready.document.body, places(ready))
    )
    worth = wanted.bonus.score
    scored = [Hit(hit.id, hit.score + worth) if hit.id in answering else hit for hit in first]
    scored.sort(key=lambda hit: -hit.score)
    hits = (*scored, *page.hits[_RERANKED:])[request.offset : request.offset + request.limit]
    return Reranked(replace(page, hits=hits), answering, highlights)
