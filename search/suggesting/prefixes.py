"""PrefixTable: texts in order, each with a weight; the heaviest that begin in a certain way are found."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping

import numpy as np

_LAST = "\U0010ffff"


class PrefixTable:
    """Immutable; safe to share between threads. Takes twelve bytes an entry beside the texts themselves.

    :param weights: text -> weight, 0 or more; ``texts`` are these in order.
    """

    def __init__(self, weights: Mapping[str, int]) -> None:
        self.texts = sorted(weights)
        self._weights = np.fromiter(map(weights.__getitem__, self.texts), np.uint32, len(self.texts))

    def __len__(self) -> int:
        return len(self.texts)

    def place(self, text: str) -> int:
        """Where a text stands in ``texts``, -1 if it is not there."""
        place = bisect_left(self.texts, text)
        return place if place < len(self.texts) and self.texts[place] == text else -1

    def span(self, start: str) -> tuple[int, int]:
        """Where the texts that begin with ``start`` stand in ``texts``: from one place up to another."""
        low = bisect_left(self.texts, start)
        return low, bisect_left(self.texts, start + _LAST, low)

    def weight(self, text: str) -> int:
        """The weight of one text, 0 if it is not there."""
        place = self.place(text)
        return int(self._weights[place]) if place >= 0 else 0

    def heaviest(self, start: str) -> int:
        """The most that a text weighs that begins with ``start``, 0 if none does."""
        low = bisect_left(self.texts, start)
        if low == len(self.texts) or not self.texts[low].startswith(start):
            return 0
        return int(self._weights[low : bisect_left(self.texts, start + _LAST, low)].max())

    def best(self, start: str, most: int) -> list[tuple[str, int]]:
        """(text, weight) of the heaviest texts that begin with ``start``, those first; ties by text.

        :param most: how many, at most.
        """
        low, high = self.span(start)
        weights = self._weights[low:high]
        places = np.arange(len(weights))
        if len(weights) > most:
            # Of those that weigh as much as the last one, any may be among them: all are sorted.
            least = np.partition(weights, len(weights) - most)[len(weights) - most]
            places = np.flatnonzero(weights >= least)
        order = places[np.argsort(-weights[places].astype(np.int64), kind="stable")][:most]
        return [(self.texts[low + place], int(weights[place])) for place in order.tolist()]
