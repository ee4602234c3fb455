"""How much of what a word of a query says its neighbours say already: a name is not so many words."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from math import log

Together = Callable[[Sequence[tuple[str, str]]], list[int]]
"""How many documents hold both stems, for each pair."""

_REACH = 2
"""Words compared with a word: so many before and behind it."""

_CHANCE = 0.1
"""Weaker associations are taken for chance."""


def overlaps(
    stems: Sequence[str], frequency: Callable[[str], int], together: Together, documents: int
) -> list[float]:
    """For each word, how much of it the words around it say already: the sum of its associations.

    Scores that add up take words for independent. The words of a name are not (``Susilo Bambang
    Yudhoyono``), and an article that repeats the name would outrank one that has the rest of the question.

    :param stems: the query's words in order.
    :param frequency: number of documents that hold a stem.
    :param documents: number of documents.
    :returns: 0 (says something of its own) to ``2 * _REACH``.
    """
    frequencies = [frequency(stem) for stem in stems]
    places = [
        (first, second)
        for first in range(len(stems))
        for second in range(first + 1, min(first + 1 + _REACH, len(stems)))
        if frequencies[first] and frequencies[second] and stems[first] != stems[second]
    ]
    sums = [0.0] * len(stems)
    counts = together([(stems[first], stems[second]) for first, second in places]) if places else []
    for (first, second), count in zip(places, counts, strict=True):
        strength = association(documents, frequencies[first], frequencies[second], count)
        if strength >= _CHANCE:
            sums[first] += strength
            sums[second] += strength
    return sums


def association(documents: int, first: int, second: int, both: int) -> float:
    """How faithfully two words keep company, from 0 (by chance, or never) to almost 1 (always).

    Normalised pointwise mutual information (Bouma 2009, "Normalized (pointwise) mutual information in
    collocation extraction"), times ``both / (both + 1)``, because a single meeting may be chance.

    :param documents: number of documents; ``first`` and ``second`` hold one of the words, ``both`` both.
    """
    if not both:
        return 0.0
    information = log(both * documents / (first * second)) / log((documents + 1) / both)
    return max(0.0, information) * both / (both + 1)
