"""How much a term or a phrase adds to the score of each document: BM25 over the live documents.

See :class:`index.query.Term`. Robertson and Zaragoza 2009, section 3.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

import numpy as np

from index.engines.semantics import K1, B
from index.engines.whoosh.arrays import Docs, Numbers, Scores
from index.engines.whoosh.matches import Listed, Matches, Spread, is_many
from index.query import TextField


class Norms(NamedTuple):
    """What the length of each document makes of the frequencies in one field.

    :param each: ``k1 * (1 - b + b * length / average)`` of each document.
    :param largest: the largest of them.
    """

    each: Scores
    largest: float


class Similarity:
    """The scores of one commit.

    :param lengths: number of tokens of each document in a field.
    :param count: number of documents.
    """

    def __init__(self, lengths: Callable[[TextField], Docs], count: int) -> None:
        self._lengths = lengths
        self._count = count
        self._norms: dict[TextField, Norms] = {}

    def norms(self, field: TextField) -> Norms:
        """The norms of a field, worked out when first asked for."""
        found = self._norms.get(field)
        if found is None:
            lengths = self._lengths(field)
            average = max(float(lengths.sum()), 1.0) / max(self._count, 1)
            norms = (K1 * (1 - B + B * lengths / average)).astype(np.float32)
            found = self._norms[field] = Norms(norms, float(norms.max(initial=0.0)))
        return found

    def scored(self, field: TextField, docs: Docs, freqs: Numbers, weight: float) -> Matches:
        """Documents scored by the frequency of something in a field.

        :param docs: at least one, ascending.
        :param freqs: how often it is in each.
        :param weight: its idf.
        """
        norms, largest = self.norms(field)
        worth = np.float32(weight * (K1 + 1))
        # What it scores once in the longest text, but for the rounding of 32 bits.
        least = 0.99 * float(worth) / (1 + largest)
        if is_many(len(docs), self._count):
            scores = np.zeros(self._count, np.float32)
            scores[docs] = freqs
            divisor = norms + scores
            mask = scores > 0
            scores *= worth
            scores /= divisor
            return Spread(mask, scores, len(docs), least)
        scores = freqs.astype(np.float32)
        divisor = norms[docs]
        divisor += scores
        scores *= worth
        scores /= divisor
        return Listed(docs, scores, least)
