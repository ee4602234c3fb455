"""Values of facets: all of one facet's, page by page, and those that are chosen among the first of each."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from time import perf_counter

from msgspec.structs import replace

from index.analysis.folding import fold
from index.query import ALL_VALUES, Facet, FacetCount, SearchPage
from search.answer import Question
from search.facets import FacetAnswer, FacetQuestion, FacetValue, ValueOrder


def counting(question: Question, *facets: Facet) -> Question:
    """The question that asks for every value of some facets, and for little else."""
    return replace(question, page=1, per_page=1, facets=facets, facet_size=ALL_VALUES, histogram=False)


def with_chosen(page: SearchPage, question: Question, ask: Callable[[Question], SearchPage]) -> SearchPage:
    """A page with every chosen value among its facets, however few articles have it.

    :param question: what the page answers.
    :param ask: answers others; it is asked only if a value is lacking.
    """
    facets = page.facets
    lacking = [facet for facet, chosen in question.filters.items() if _lacks(facets.get(facet), chosen)]
    if not lacking:
        return page
    every = ask(counting(question, *lacking)).facets
    completed = {}
    for facet in lacking:
        counts = {each.value.casefold(): each for each in every[facet]}
        chosen = [counts.get(value.casefold(), FacetCount(value, 0)) for value in question.filters[facet]]
        completed[facet] = (*facets[facet], *[each for each in chosen if each not in facets[facet]])
    return replace(page, facets=facets | completed)


def answer_values(page: SearchPage, asked: FacetQuestion, began: float) -> FacetAnswer:
    """The values of a facet that were asked for.

    :param page: the answer to :func:`counting`.
    :param began: when it was asked, as ``time.perf_counter`` tells it.
    """
    facet = asked.facet
    chosen = {value.casefold(): value for value in asked.question.filters.get(facet, ())}
    counts = list(page.facets[facet])
    there = {each.value.casefold() for each in counts}
    counts += [FacetCount(value, 0) for key, value in chosen.items() if key not in there]
    fitting = _in_order(_holding(counts, asked.find), facet, asked.order)
    first = (asked.page - 1) * asked.per_page
    return FacetAnswer(
        asked,
        articles=page.total,
        total=len(fitting),
        values=tuple(
            FacetValue(each.value, each.count, each.value.casefold() in chosen)
            for each in fitting[first : first + asked.per_page]
        ),
        took_ms=(perf_counter() - began) * 1000,
    )


def _lacks(counts: Sequence[FacetCount] | None, chosen: Iterable[str]) -> bool:
    """Whether a facet that was counted lacks a value that is chosen."""
    if counts is None:
        return False
    there = {each.value.casefold() for each in counts}
    return any(value.casefold() not in there for value in chosen)


def _holding(counts: list[FacetCount], text: str) -> list[FacetCount]:
    words = fold(text).split()
    if not words:
        return counts
    folded = [(each, fold(each.value)) for each in counts]
    return [each for each, value in folded if all(word in value for word in words)]


def _in_order(counts: list[FacetCount], facet: Facet, order: ValueOrder) -> list[FacetCount]:
    by_name = sorted(counts, key=lambda each: (fold(each.value), each.value), reverse=facet is Facet.YEAR)
    return by_name if order == "name" else sorted(by_name, key=lambda each: -each.count)
