"""The terms of one commit: which there are, how frequent, and which of them a pattern stands for."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple

import numpy as np

from index.engines.cache import ByteCache
from index.engines.opensearch.statistics import Statistics
from index.engines.opensearch.words import Words
from index.engines.packing import encodable
from index.engines.semantics import Pattern, close_terms, idf, wildcard_regex, wildcard_start
from index.query import Fuzzy, Prefix, TextField

# Memory for what patterns stand for.
_EXPANSIONS_BYTES = 8 << 20
_TERM_BYTES = 70
# Terms whose frequency is remembered; those of a query recur in the next ones.
_TERMS_KEPT = 50_000
_MOST_BYTES_OF_A_LETTER = 4


class Expansion(NamedTuple):
    """What a pattern stands for.

    :param terms: the terms one by one.
    :param capped: whether there were more than the cap.
    """

    terms: tuple[str, ...]
    capped: bool


class Terms:
    """Answered by the statistics, without a question to the cluster.

    :param cap: most terms that a pattern may stand for.
    """

    def __init__(self, statistics: Statistics, cap: int) -> None:
        self._words = words = statistics.words
        self._documents = statistics.documents
        self._cap = cap
        self._expansions = ByteCache(_EXPANSIONS_BYTES)

        @lru_cache(_TERMS_KEPT)
        def frequency(field: TextField, term: str) -> int:
            return words[field].frequency(term)

        self._frequency = frequency

    def frequency(self, field: TextField, term: str) -> int:
        """Number of documents whose field holds a term.

        :param term: encodable.
        """
        return self._frequency(field, term)

    def idf(self, field: TextField, terms: Iterable[str]) -> float:
        """The sum of the idf of some terms."""
        return sum([idf(self._documents, self._frequency(field, term)) for term in terms])

    def expand(self, pattern: Pattern) -> Expansion:
        """The terms that a pattern stands for; of too many the most frequent ones."""
        found: Expansion | None = self._expansions.get(pattern)
        if found is None:
            words = self._words[pattern.field]
            places = self._places(pattern, words)
            capped = len(places) > self._cap
            if capped:
                # Of those that are equally frequent the first in their order.
                chosen = np.asarray(places)
                frequencies = words.frequencies[chosen].astype(np.int64)
                chosen = chosen[np.argsort(-frequencies, kind="stable")[: self._cap]]
                places = chosen.tolist()
            found = Expansion(tuple(map(words.term, places)), capped)
            self._expansions.put(pattern, found, _TERM_BYTES * len(found.terms))
        return found

    def _places(self, pattern: Pattern, words: Words) -> range | list[int]:
        if isinstance(pattern, Prefix):
            return words.span(encodable(pattern.text))
        if isinstance(pattern, Fuzzy):
            text, distance = encodable(pattern.text), pattern.distance
            likely = words.of_lengths(len(text) - distance, _MOST_BYTES_OF_A_LETTER * (len(text) + distance))
            near = close_terms(text, list(map(words.term, likely)), distance)
            return [likely[place] for place in near]
        span = words.span(encodable(wildcard_start(pattern.pattern)))
        fits = wildcard_regex(encodable(pattern.pattern)).fullmatch
        return [place for place, term in zip(span, words.terms(span), strict=True) if fits(term)]
