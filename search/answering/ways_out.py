"""Ways out of nothing: questions close to one that finds no article, each with how many it finds."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from msgspec.structs import replace

from search.answer import Question, WayOut
from search.spelling.speller import Unknown

MOST_WORDS = 3
"""Unknown words of one query for which nearest ones are named."""


def ways_out(
    question: Question, unknown: Sequence[Unknown], count: Callable[[Question], int]
) -> tuple[WayOut, ...]:
    """Those of the questions close to one that find something.

    :param question: it finds nothing.
    :param unknown: its words that no article holds.
    :param count: how many articles a question finds.
    """
    ways: list[WayOut] = []
    for kind, text, other in _others(question, unknown):
        number = count(replace(other, page=1, per_page=0, explain=False))
        if number:
            ways.append(WayOut(kind, text, replace(other, page=1), number))
    return tuple(ways)


def _others(question: Question, unknown: Sequence[Unknown]) -> Iterator[tuple[str, str, Question]]:
    """What is different, the word or value in question, and the other question."""
    for word in unknown[:MOST_WORDS]:
        for near in word.near:
            yield "word", word.text, replace(question, text=near.query)
    chosen = {facet: values for facet, values in question.filters.items() if values}
    for facet, values in chosen.items():
        kept = {other: values for other, values in chosen.items() if other is not facet}
        yield facet.value, ", ".join(values), replace(question, filters=kept)
    dated = bool(question.first or question.last)
    if dated:
        yield "date", "", replace(question, first=None, last=None)
    if len(chosen) + dated > 1:
        yield "filters", "", replace(question, filters={}, first=None, last=None)
    if '"' in question.text:
        yield "quotes", "", replace(question, text=" ".join(question.text.replace('"', " ").split()))
    if question.match == "all":
        yield "words", "", replace(question, match="auto")
