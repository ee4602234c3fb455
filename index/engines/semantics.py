"""What the tree of :mod:`index.query` means, where engines would otherwise each say it in their own words."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
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
    # Several stars in a row mean one, and many nested repeats would take the regular expression forever.
    single = re.sub(r"\*+", "*", wildcard)
    special = {"*": ".*", "?": "."}
    return re.compile("".join([special.get(c) or re.escape(c) for c in single]), re.DOTALL)


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


def score_parts(query: Query, score: Callable[[Query], float | None]) -> list[tuple[Query, float]]:
    """Each leaf that adds to a document's score, with its own score before any boost.

    A :class:`~index.query.Constant` is a leaf: what is below it does not add.

    :param score: the document's score for a tree, ``None`` if it does not match.
    """
    own = score(query)
    if own is None:
        return []
    match query:
        case Boost(child, _):
            return score_parts(child, score)
        case Boolean(must, should):
            return [part for child in (*must, *should) for part in score_parts(child, score)]
        case DisMax(children):
            return [part for child in children for part in score_parts(child, score)]
        case _:
            return [(query, own)]
