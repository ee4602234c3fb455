"""Segments as a commit sees them: the live documents of all of them under one numbering.

Documents are numbered 0, 1, 2, ... over the live documents of all segments, one segment after the other.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

import numpy as np

from index.engines.whoosh.arrays import Docs, Ints, Mask, Numbers
from index.engines.whoosh.segment import SegmentData
from index.query import TextField


class LiveSegment(NamedTuple):
    """One segment.

    :param data: its files.
    :param live: numbers in the segment of its live documents, ascending.
    :param first: number in the commit of its first live document.
    :param numbers: number in the commit of each document, -1 for deleted ones; ``None`` if none is deleted.
    """

    data: SegmentData
    live: Ints
    first: int
    numbers: Ints | None

    def find(self, id: str) -> int:
        """Number in the commit of the document with this id, or -1."""
        place = self.data.documents.find(id)
        if place < 0 or self.numbers is None:
            return place if place < 0 else self.first + place
        return int(self.numbers[place])

    def renumbered(self, docs: Ints) -> tuple[Docs, Mask | None]:
        """(numbers in the commit of those documents that are live; which ones are, ``None`` if all).

        :param docs: numbers in the segment; may be changed.
        """
        if self.numbers is None:
            if self.first:
                docs += self.first
            return docs, None
        docs = self.numbers[docs]
        alive = docs >= 0
        return docs[alive], alive

    def frequency(self, field: TextField, text: str) -> int:
        """Number of live documents that hold a term."""
        fields = self.data.field(field)
        ordinal = fields.find(text)
        if ordinal < 0:
            return 0
        if self.numbers is None:
            return int(fields.df[ordinal])
        return int((self.numbers[fields.postings(ordinal)[0]] >= 0).sum())


def live_segments(opened: Iterable[tuple[SegmentData, Ints]]) -> list[LiveSegment]:
    """Number the live documents of segments.

    :param opened: segments and the numbers of their live documents, ascending.
    """
    segments, first = [], 0
    for data, live in opened:
        numbers = None
        if len(live) < len(data):
            numbers = np.full(len(data), -1, np.int64)
            numbers[live] = np.arange(first, first + len(live))
        segments.append(LiveSegment(data, live, first, numbers))
        first += len(live)
    return segments


def lengths(segments: Iterable[LiveSegment], field: TextField) -> Docs:
    """Number of tokens of each live document in a field."""
    return column(data.documents.lengths[field][live] for data, live, _, _ in segments)


def column(parts: Iterable[Numbers]) -> Docs:
    """A column of all live documents from those of the segments."""
    return np.concatenate([np.empty(0, np.int64), *parts]).astype(np.int64)
