"""Asks the index for what was planned, and says whether what it found holds every word."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from index.query import Boolean, Facet, Published, SearchRequest, Sort
from search.answer import Question
from search.answering.found import Found
from search.answering.reranking import Reranked, rerank, to_rerank
from search.budget import Budget
from search.opened.documents import ReadyDocument
from search.opened.snapshot import Snapshot
from search.plan.planning import Plan, Unit
from search.snippets.targets import Targets

FACETS = (Facet.SOURCE, Facet.PLACE, Facet.AUTHOR, Facet.YEAR)
"""Facets that every answer counts."""

_LONGEST = 100_000
"""Characters of a body that is looked through for words; with a longer one the engine is asked instead."""


def ask(snapshot: Snapshot, plans: Iterable[Plan], question: Question, budget: Budget) -> Found:
    """Ask for the page of a question.

    :param plans: one or more, asked in turn until one finds anything.
    :param budget: says whether others are to pass meanwhile; what is asked fits into it already.
    """
    for plan in plans:
        found = _find(snapshot, plan, question, budget)
        if found.page.total:
            break
    return found


def _find(snapshot: Snapshot, plan: Plan, question: Question, budget: Budget) -> Found:
    """Ask the plan's trees in turn until one finds enough."""
    for query in plan.attempts:
        request = SearchRequest(
            query=query,
            filters=tuple((facet, values) for facet, values in question.filters.items() if values),
            published=Published(question.first, question.last) if question.first or question.last else None,
            sort=question.sort if plan.scored or question.sort is not Sort.RELEVANCE else Sort.NEWEST,
            offset=(question.page - 1) * question.per_page,
            limit=question.per_page,
            facets=FACETS,
            breathe=budget.breathe,
        )
        page = snapshot.reader.search(to_rerank(request) if plan.wanted else request)
        if page.total >= plan.enough:
            break
    reranked = Reranked(page)
    if plan.wanted:
        find = snapshot.finder.highlighter(plan.body, snapshot.forms).find
        reranked = rerank(page, request, plan.wanted, snapshot.documents.get, find)
    documents = snapshot.documents.get([hit.id for hit in reranked.page.hits])
    whole = _is_found_whole(snapshot, plan, request, page.total, documents)
    return Found(
        plan,
        query,
        reranked.page,
        reranked.answering,
        reranked.highlights,
        documents,
        "all" if whole else "some",
    )


def _is_found_whole(
    snapshot: Snapshot, plan: Plan, request: SearchRequest, total: int, documents: list[ReadyDocument | None]
) -> bool:
    """Whether any article that was found holds every plain word of the query.

    :param request: what found them, ``total`` in all; ``documents`` are some of them.
    """
    if not total or len(plan.units) < 2 or (plan.strict and request.query is plan.attempts[0]):
        return True
    if documents and documents[0] and _holds_all(snapshot, documents[0], plan.units):
        return True
    every = Boolean(must=(request.query, *(unit.query for unit in plan.units)))
    return snapshot.reader.search(replace(request, query=every, offset=0, limit=0, facets=())).total > 0


def _holds_all(snapshot: Snapshot, ready: ReadyDocument, units: tuple[Unit, ...]) -> bool:
    """Whether every plain word is surely somewhere in the document."""
    if len(ready.document.body) > _LONGEST or not all(unit.certain for unit in units):
        return False
    wanted: dict[str, int] = {}
    for unit in units:
        for form in (unit.tokens, *unit.others):
            for token in form:
                wanted.setdefault(token.stem, len(wanted))
    find = snapshot.finder.highlighter(Targets(stems=wanted), snapshot.forms).find
    found = {concept for text in (ready.body, ready.title) for _, _, concept in find(text)}
    held = {stem for stem, concept in wanted.items() if concept in found}
    if len(held) < len(wanted):
        document = ready.document
        held |= snapshot.finder.stems(
            " ".join((document.source, document.place, document.author, document.editor))
        )
    return all(
        any(held.issuperset(token.stem for token in form) for form in (unit.tokens, *unit.others))
        for unit in units
    )
