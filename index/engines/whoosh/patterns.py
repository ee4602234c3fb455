"""Which indexed terms a prefix, a wildcard or a fuzzy word stands for, and which documents hold them."""

from __future__ import annotations

from typing import assert_never

import numpy as np

from index.engines.semantics import Pattern, close_terms, wildcard_regex, wildcard_start
from index.engines.whoosh.arrays import Ints
from index.engines.whoosh.fields import term_bytes
from index.engines.whoosh.matches import Matches, spread
from index.engines.whoosh.terms import Terms
from index.query import Fuzzy, Prefix, Wildcard


def match_pattern(terms: Terms, pattern: Pattern, cap: int) -> tuple[Matches, bool]:
    """(the documents, scored 1; whether the pattern stands for more than ``cap`` terms).

    Of too many terms the most frequent are used, of equally frequent ones the first in code point order.
    """
    field = pattern.field
    found = []
    for number in range(len(terms.segments)):
        ordinals = _matching(terms, number, pattern)
        found.append(ordinals[terms.live_frequencies(number, field)[ordinals] > 0])
    kept = _most_frequent(terms, pattern, found, cap)
    mask = np.zeros(terms.count, np.bool_)
    for number, ordinals in enumerate(kept or found):
        for docs in terms.docs_of(number, field, ordinals):
            mask[docs] = True
    return spread(mask, 1.0, 1.0).compact(), kept is not None


def _matching(terms: Terms, number: int, pattern: Pattern) -> Ints:
    """Numbers of the terms of one segment that fit the pattern, ascending."""
    fields = terms.segments[number].data.field(pattern.field)
    match pattern:
        case Prefix(_, text):
            return np.arange(*fields.prefix_range(term_bytes(text)))
        case Wildcard(field, wildcard):
            first, last = fields.prefix_range(term_bytes(wildcard_start(wildcard)))
            fits = wildcard_regex(wildcard).fullmatch
            texts = terms.texts(number, field, first, last)
            return np.array([first + i for i, text in enumerate(texts) if fits(text)], np.int64)
        case Fuzzy(field, text, distance):
            texts = terms.texts(number, field, 0, len(fields))
            return np.array(close_terms(text, texts, distance), np.int64)
        case _:
            assert_never(pattern)


def _most_frequent(terms: Terms, pattern: Pattern, found: list[Ints], cap: int) -> list[Ints] | None:
    """The same per segment with the ``cap`` most frequent terms only; ``None`` if there are no more."""
    if max(map(len, found), default=0) <= cap and sum(map(len, found)) <= cap:
        return None
    counts: dict[bytes, int] = {}
    names = []
    for number, ordinals in enumerate(found):
        fields = terms.segments[number].data.field(pattern.field)
        own = [fields.terms[ordinal] for ordinal in ordinals.tolist()]
        names.append(own)
        frequencies = terms.live_frequencies(number, pattern.field)[ordinals].tolist()
        for term, frequency in zip(own, frequencies, strict=True):
            counts[term] = counts.get(term, 0) + frequency
    if len(counts) <= cap:
        return None
    chosen = set(sorted(counts, key=lambda term: (-counts[term], term))[:cap])
    return [
        ordinals[np.fromiter((term in chosen for term in own), np.bool_, len(own))]
        for ordinals, own in zip(found, names, strict=True)
    ]
