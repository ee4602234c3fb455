"""Asks the index for what was planned: what is found, how much of it holds every word, and one page of it."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import chain

from msgspec.structs import replace

from index.engines.base import Reader
from index.query import Boolean, Facet, Published, Query, SearchPage, SearchRequest, Sort
from search.answer import Question
from search.answering.found import Found, Part
from search.answering.reranking import Reranking, to_rerank
from search.budget import Budget
from search.opened.snapshot import Snapshot
from search.plan.planning import Attempt, Plan
from search.plan.recipe import ENOUGH

FACETS = (Facet.SOURCE, Facet.PLACE, Facet.AUTHOR, Facet.TOPIC, Facet.YEAR)
"""Facets that every answer counts."""

_ROUNDED = 1 - 1e-6
"""Engines add scores up in single precision."""


def ask(snapshot: Snapshot, plans: Iterable[Plan], question: Question, budget: Budget) -> Found:
    """Ask for the page of a question, and for the documents on it, as :func:`find` does without these."""
    found = find(snapshot, plans, question, budget)
    return replace(found, documents=snapshot.documents.get([hit.id for hit in found.page.hits]))


def find(snapshot: Snapshot, plans: Iterable[Plan], question: Question, budget: Budget) -> Found:
    """Ask for the page of a question.

    What is found is decided by the words alone, over the whole archive: filters, dates, order and page only
    choose among it. So whatever a visitor clicks, the same articles are counted.

    :param plans: one or more; the first that holds is taken.
    :param budget: says whether others are to pass meanwhile; what is asked fits into it already.
    """
    for plan in plans:
        asking = _Asking(snapshot.reader, plan, _request(question, plan, budget))
        found = asking.ask()
        if (found.page.total and question.match != "any") or asking.holds:
            break
    found = _reranked(snapshot, found, asking.request)
    if found.is_mixed:
        found = replace(found, all_first=_stand_apart(snapshot, found, asking))
    return found


def _reranked(snapshot: Snapshot, found: Found, request: SearchRequest) -> Found:
    plan = found.plan
    if not plan.wanted:
        return found
    reranking = Reranking(
        plan.wanted,
        snapshot.planner.archive.recipe,
        plan.body.weights,
        snapshot.documents.get,
        snapshot.finder.highlighter(plan.body, snapshot.forms).find,
        snapshot.telling,
    )
    return found.reranked(reranking.rerank(found.page, request))


def _stand_apart(snapshot: Snapshot, found: Found, asking: _Asking) -> bool:
    """Whether the articles with every word are the first ones, though nothing in the plan makes them so."""
    total_all, request = found.total_all, asking.request
    if total_all > ENOUGH:
        return False
    if request.offset or request.limit < total_all:
        request = replace(request, offset=0, limit=total_all)
        found = _reranked(snapshot, asking.again(found, request), request)
    return {hit.id for hit in found.page.hits[:total_all]} <= found.page.listed_within


def _facets(question: Question) -> tuple[Facet, ...]:
    if question.facets is not None:
        return question.facets
    return FACETS if question.per_page else ()


def _request(question: Question, plan: Plan, budget: Budget) -> SearchRequest:
    """What is asked for whatever is found; its query is set later."""
    return SearchRequest(
        query=plan.whole,
        filters=tuple((facet, values) for facet, values in question.filters.items() if values),
        published=Published(question.first, question.last) if question.first or question.last else None,
        sort=question.sort if plan.scored or question.sort is not Sort.RELEVANCE else Sort.NEWEST,
        restrict=question.restrict,
        offset=question.first_result,
        limit=question.per_page,
        facets=_facets(question),
        facet_size=question.facet_size,
        days=question.days or (question.histogram and question.per_page > 0),
        breathe=budget.breathe,
    )


class _Asking:
    """One plan and what is asked of it.

    :param request: the page that is wanted, of whatever is found.
    """

    def __init__(self, reader: Reader, plan: Plan, request: SearchRequest) -> None:
        self.request = request
        self._reader = reader
        self._plan = plan
        self._narrowed = bool(request.filters or request.published or request.restrict)
        self._known_whole: SearchPage | None = None

    @property
    def holds(self) -> bool:
        """Whether the plan holds, even if nothing is found among what is chosen."""
        wanted = self._plan.holds_if
        return wanted is None or self._in_archive(wanted) > 0

    def ask(self) -> Found:
        """The page of the first attempt that finds enough in the whole archive, or else of the last."""
        *others, last = self._plan.attempts
        for attempt in others:
            if self._narrowed:
                if self._in_archive(attempt.query) >= ENOUGH:
                    return self._page(attempt)
            elif (found := self._page(attempt)).page.total >= ENOUGH:
                return found
        return self._page(last)

    def again(self, found: Found, request: SearchRequest) -> Found:
        """Another page of what was found by a single tree."""
        tree = found.parts[0].tree
        page = self._listed(replace(request, query=tree, within=self._plan.whole, facets=(), days=False))
        return replace(found, page=page, parts=(Part(tree, page.hits),))

    def _in_archive(self, query: Query) -> int:
        """How many articles a tree finds, whatever is chosen besides."""
        return self._reader.search(SearchRequest(query, limit=0, breathe=self.request.breathe)).total

    def _page(self, attempt: Attempt) -> Found:
        """The page if that is found which an attempt finds."""
        if attempt.query is self._plan.whole:
            return Found(self._plan, self._whole, self._whole.total, (Part(attempt.query, self._whole.hits),))
        if len(attempt.tiers) > 1:
            return self._in_tiers(attempt)
        if not self._plan.least_of_all:
            page = self._listed(replace(self.request, query=attempt.query, within=self._plan.whole))
            return Found(self._plan, page, page.total_within, (Part(attempt.query, page.hits),))
        page = self._listed(replace(self.request, query=attempt.query))
        total_all = self._told_by_scores(page)
        if total_all is None:
            whole = replace(self._uncounted, query=self._plan.whole, offset=0, limit=0)
            total_all = self._reader.search(whole).total
        return Found(self._plan, page, total_all, (Part(attempt.query, page.hits),))

    def _told_by_scores(self, page: SearchPage) -> int | None:
        """How many articles hold every word, if their scores put them first and their end is on this page."""
        least, offset = self._plan.least_of_all, self.request.offset
        first = sum(hit.score >= least * _ROUNDED for hit in page.hits)
        if first < len(page.hits):
            return offset + first if first or not offset else None
        return page.total if page.hits and offset + first == page.total else None

    def _in_tiers(self, attempt: Attempt) -> Found:
        """The page put together of what each tier adds to the one before it."""
        counted = self._reader.search(replace(self.request, query=attempt.query, offset=0, limit=0))
        offset, limit = self.request.offset, self.request.limit
        parts: list[Part] = []
        before: Query | None = None
        for tree in attempt.tiers:
            if before is None:
                page = self._whole
            else:
                added = Boolean(must=(tree,), must_not=(before,))
                page = self._reader.search(replace(self._uncounted, query=added, offset=offset, limit=limit))
            parts.append(Part(tree, page.hits))
            offset, limit = max(offset - page.total, 0), limit - len(page.hits)
            if limit <= 0:
                break
            before = tree
        hits = tuple(chain.from_iterable(part.hits for part in parts))
        most = sum(len(part.hits) for part in parts[1 : len(attempt.tiers) - 1])
        return Found(self._plan, replace(counted, hits=hits), self._whole.total, tuple(parts), most=most)

    @property
    def _whole(self) -> SearchPage:
        """The articles that hold every word, counted in every way if they may be all that is found."""
        # No functools.cached_property: before Python 3.12 all its objects share a lock while one of them is
        # worked out, and a dear question lets plain ones pass meanwhile, which would wait for that lock.
        if self._known_whole is None:
            plan = self._plan
            request = self.request if plan.attempts[0].query is plan.whole else self._uncounted
            self._known_whole = self._listed(replace(request, query=plan.whole))
        return self._known_whole

    @property
    def _uncounted(self) -> SearchRequest:
        """The request without facets and days."""
        return replace(self.request, facets=(), days=False)

    def _listed(self, request: SearchRequest) -> SearchPage:
        """The page of a request, or what it takes to rank its results anew."""
        return self._reader.search(to_rerank(request) if self._plan.wanted else request)
