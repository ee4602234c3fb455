"""What the tree of :mod:`index.query` means, where engines would otherwise each say it in their own words."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from math import log

from rapidfuzz.distance import OSA
from rapidfuzz.process import cdist

from index.query import Boolean, Boost, DisMax, Facet, Fuzzy, Phrase, Prefix, Published, Query, Wildcard

K1 = 1.2
"""BM25: how soon more occurrences of a term stop to add to the score."""

B = 0.75
"""BM25: how far the length of a text counts, from 0 (not at all) to 1."""

PATTERN_CAP = 1000
"""Most terms that a pattern stands for, unless the location's option ``pattern_cap`` says otherwise."""

Pattern = Prefix | Wildcard | Fuzzy

_WILD = re.compile(r"[*?]")


def idf(documents: int, frequency: int) -> float:
    """Inverse document frequency, see :class:`index.query.Term`.

    :param documents: number of documents.
    :param frequency: number of those that hold the term.
    """
    return log(1 + (documents - frequency + 0.5) / (frequency + 0.5))


def pattern_text(pattern: Pattern) -> str:
    """How a pattern is named in :attr:`index.query.SearchPage.capped`."""
    return pattern.pattern if isinstance(pattern, Wildcard) else pattern.text


def wildcard_start(wildcard: str) -> str:
    """What every term that fits begins with."""
    return _WILD.split(wildcard, maxsplit=1)[0]


def wildcard_regex(wildcard: str) -> re.Pattern[str]:
    """Fully matches the terms that fit; only ``*`` and ``?`` are special."""
    first, *others = [
        "".join(["." if c == "?" else re.escape(c) for c in part]) for part in wildcard.split("*")
    ]
    if not others:
        return re.compile(first, re.DOTALL)
    # What is between two stars may as well be the next that there is: looking for another one after the other
    # would take a term that is the same letter many times forever.
    between = "".join([f"(?>.*?{part})" for part in others[:-1] if part])
    return re.compile(f"{first}{between}.*{others[-1]}", re.DOTALL)


def close_terms(text: str, terms: Sequence[str], distance: int) -> list[int]:
    """Places of the terms within an edit distance of a text, ascending, see :class:`index.query.Fuzzy`."""
    distances = cdist([text], terms, scorer=OSA.distance, score_cutoff=distance)[0]
    places: list[int] = (distances <= distance).nonzero()[0].tolist()
    return places


def phrase_words(phrase: Phrase) -> list[tuple[int, str]]:
    """(offset, term) in the order in which the terms have to occur: that of their offsets.

    :raises ValueError: if there are not as many offsets as terms.
    """
    offsets = phrase.offsets or range(len(phrase.terms))
    if len(offsets) != len(phrase.terms):
        raise ValueError(f"{phrase} has {len(phrase.terms)} terms and {len(offsets)} offsets")
    return sorted(zip(offsets, phrase.terms, strict=True), key=_offset)


def _offset(word: tuple[int, str]) -> int:
    return word[0]


def day_span(published: Published) -> tuple[int, int | None]:
    """(first, last) day as proleptic Gregorian ordinals, both included; ``None`` is open."""
    first, last = published.first, published.last
    return first.toordinal() if first else 1, last.toordinal() if last else None


def filters_by_facet(filters: Iterable[tuple[Facet, tuple[str, ...]]]) -> dict[Facet, tuple[str, ...]]:
    """The values that each facet may have: one that is named twice takes the values of both."""
    wanted: dict[Facet, tuple[str, ...]] = {}
    for facet, values in filters:
        wanted[facet] = wanted.get(facet, ()) + values
    return wanted


def shown_values(counted: Iterable[tuple[str, int]]) -> dict[str, str]:
    """Casefolded value -> the value as most documents write it, ties by value.

    :param counted: values as written and numbers of documents.
    """
    shown: dict[str, str] = {}
    for _, value in sorted([(-count, value) for value, count in counted]):
        shown.setdefault(value.casefold(), value)
    return shown


Scores = Mapping[int, float]
"""Scores of those of some documents that match, by their places among them."""

Parts = dict[int, list[tuple[Query, float]]]
"""Leaves and their own scores, by the place of each document that matches the node above them."""


class _EndedError(Exception):
    """The leaves are not asked for to the end."""


def score_parts(
    query: Query, count: int, score: Callable[[Query], Scores], goes_on: Callable[[], bool]
) -> list[list[tuple[Query, float]]]:
    """For each of some documents, each leaf that adds to its score, with its own score before any boost.

    A :class:`~index.query.Constant` is a leaf: what is below it does not add. Which nodes match follows from
    their leaves, so that nothing but leaves is asked for, each one once.

    :param count: number of documents.
    :param score: their scores for a leaf.
    :param goes_on: asked before each leaf; once it says no, the list is empty.
    """

    def asked(leaf: Query) -> Scores:
        if not goes_on():
            raise _EndedError
        return score(leaf)

    try:
        found = _parts(query, count, asked)
    except _EndedError:
        return []
    return [found.get(place, []) for place in range(count)]


def _parts(query: Query, count: int, score: Callable[[Query], Scores]) -> Parts:
    match query:
        case Boost(child, _):
            return _parts(child, count, score)
        case Boolean():
            return _boolean_parts(query, count, score)
        case DisMax(children):
            return _gathered([_parts(child, count, score) for child in children])
        case _:
            return {place: [(query, own)] for place, own in score(query).items()}


def _boolean_parts(query: Boolean, count: int, score: Callable[[Query], Scores]) -> Parts:
    must = [_parts(child, count, score) for child in query.must]
    should = [_parts(child, count, score) for child in query.should]
    excluded = {place for child in query.must_not for place in _parts(child, count, score)}
    if not (must or should):
        return {place: [] for place in range(count) if query.must_not and place not in excluded}
    needed = query.minimum if must or query.minimum > 1 else 0  # whoever is gathered is in one
    return {
        place: parts
        for place, parts in _gathered([*must, *should]).items()
        if place not in excluded
        and all(place in child for child in must)
        and (not needed or sum(place in child for child in should) >= needed)
    }


def _gathered(children: Iterable[Parts]) -> Parts:
    gathered: Parts = {}
    for child in children:
        for place, parts in child.items():
            gathered.setdefault(place, []).extend(parts)
    return gathered
