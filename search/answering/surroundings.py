"""What a question's words are worth by where they stand: in one sentence of an article, or in its neighbours.

An article that has the words of a question here and there says less than one that has them in one sentence.
And the one that answers may lack some: it goes on about what the article before it told, and says a surname
or *ia* where that one has the whole name. Such neighbours hold the same names.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Collection, Iterable, Sequence
from typing import NamedTuple

from search.similar.names import Names, likenesses
from search.snippets.sentences import Sentences
from search.snippets.targets import Highlight

_NEIGHBOURS = 0.2
"""Articles are neighbours from this likeness on, and less so below it."""


class Read(NamedTuple):
    """What one of the first results shows of a question.

    :param holds: the concepts (see :class:`~search.snippets.targets.Targets`) that it shows anywhere.
    :param passage: sum of the weights of those that one of its sentences shows, the one with most.
    :param names: those in it.
    """

    holds: frozenset[int]
    passage: float
    names: Names


def best_sentence(sentences: Sentences, highlights: Iterable[Highlight], weights: Sequence[float]) -> float:
    """The weights of all concepts in that sentence which has most.

    :param highlights: in text order.
    :param weights: of the concepts.
    """
    best = total = 0.0
    end = -1
    shown: set[int] = set()
    for start, _, concept in highlights:
        if start >= end:
            known = sentences.up_to(start)
            end = known.ends[bisect_right(known.starts, start) - 1]
            shown.clear()
            total = 0.0
        if concept not in shown:
            shown.add(concept)
            total += weights[concept]
            best = max(best, total)
    return best


def words_beside(
    found: Sequence[Read],
    weights: Sequence[float],
    typed: Collection[str],
    telling: Callable[[str], float],
) -> list[float]:
    """For each article, the weights of what it lacks and a neighbour shows, times how near the nearest is.

    :param weights: of the concepts.
    :param typed: the question's own words, folded: whoever shares their names is no neighbour for that.
    :param telling: the idf of a name.
    """
    alike = likenesses([each.names for each in found], typed, telling)
    return [
        sum(
            weight * min(1.0, nearest / _NEIGHBOURS)
            for concept, weight in enumerate(weights)
            if concept not in read.holds
            and (
                nearest := max(
                    (
                        near
                        for near, other in zip(alike[place], found, strict=True)
                        if near and concept in other.holds
                    ),
                    default=0.0,
                )
            )
        )
        for place, read in enumerate(found)
    ]
