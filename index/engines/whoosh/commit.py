"""One commit, opened: its live documents, their columns and their terms."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from datetime import date
from functools import cached_property
from hashlib import blake2b

import numpy as np

from index.documents import Document
from index.engines.cache import ByteCache
from index.engines.whoosh.arrays import Docs, Ints
from index.engines.whoosh.columns import merge_facet, merge_lists
from index.engines.whoosh.facets import (
    DayColumn,
    FacetColumn,
    ListColumn,
    day_column,
    list_column,
    value_column,
    year_column,
)
from index.engines.whoosh.live import column, live_segments
from index.engines.whoosh.segment import SegmentData
from index.engines.whoosh.terms import Terms
from index.query import SEVERAL, Facet

# Numbers of documents, remembered from hits: their text is usually asked for next.
_NUMBERS_KEPT = 4096


class Commit:
    """Read-only and safe to share between threads. Documents are numbered as ``live`` says.

    :param opened: its segments and the numbers of their live documents, ascending.
    :param cache_bytes: most memory that is kept for postings and results of parts of queries.
    """

    def __init__(self, opened: Iterable[tuple[SegmentData, Ints]], cache_bytes: int) -> None:
        self.cache = ByteCache(cache_bytes)
        self._segments = live_segments(opened)
        self.count = sum(len(segment.live) for segment in self._segments)
        self.terms = Terms(self._segments, self.count, self.cache)
        self._firsts = [segment.first for segment in self._segments]
        self._numbers: dict[str, int] = {}
        self._facets: dict[Facet, FacetColumn | ListColumn] = {}

    @property
    def identity(self) -> str:
        """Tells the commit from others."""
        digest = blake2b(digest_size=16)
        for segment in self._segments:
            digest.update(f"{segment.data.base.name} {len(segment.live)} ".encode())
            digest.update(segment.live.astype("<i8").tobytes())
        return digest.hexdigest()

    def find(self, id: str) -> int:
        """Number of a document, or -1."""
        known = self._numbers.get(id)
        if known is not None:
            return known
        return next((found for segment in self._segments if (found := segment.find(id)) >= 0), -1)

    def _place(self, doc: int) -> tuple[SegmentData, int]:
        segment = self._segments[bisect_right(self._firsts, doc) - 1]
        return segment.data, int(segment.live[doc - segment.first])

    def id(self, doc: int) -> str:
        """Id of a document."""
        data, number = self._place(doc)
        found = data.documents.id(number)
        if len(self._numbers) >= _NUMBERS_KEPT:
            self._numbers = {}
        self._numbers[found] = doc
        return found

    def document(self, doc: int) -> Document:
        """The stored document."""
        data, number = self._place(doc)
        return data.documents.document(number)

    def hashes(self) -> Iterator[tuple[str, str]]:
        """(id, content hash) of every document."""
        for data, live, _, _ in self._segments:
            digests = data.documents.digests
            for number in live.tolist():
                yield data.documents.id(number), digests[number].tobytes().hex()

    def chronology(self, offset: int, limit: int) -> list[tuple[str, date | None]]:
        """(id, day of publication) of a slice of all documents, in the order of :attr:`oldest_rank`."""
        slice_ = self._rank(self.oldest_rank)[offset : offset + limit]  # the inverse of a permutation
        days = self.days[slice_].tolist()
        places = map(self._place, slice_.tolist())
        return [
            (data.documents.id(number), date.fromordinal(day) if day else None)
            for (data, number), day in zip(places, days, strict=True)
        ]

    @cached_property
    def id_rank(self) -> Docs:
        """Place of each document when sorted by id."""
        if len(self._segments) == 1:
            segment = self._segments[0]
            order, _ = segment.renumbered(segment.data.documents.order.astype(np.int64))
        else:
            ids = [
                data.documents.ids[number] for data, live, _, _ in self._segments for number in live.tolist()
            ]
            order = np.array(sorted(range(len(ids)), key=ids.__getitem__), np.int64)
        return self._rank(order)

    def _rank(self, order: Docs) -> Docs:
        """Place of each document in an order."""
        rank = np.empty(self.count, np.int64)
        rank[order] = np.arange(self.count)
        return rank

    @cached_property
    def days(self) -> Docs:
        """Day of publication of each document as a proleptic Gregorian ordinal, 0 when unknown."""
        return column(data.documents.days[live] for data, live, _, _ in self._segments)

    @cached_property
    def day_column(self) -> DayColumn:
        """The days of publication, for counting."""
        return day_column(self.days)

    @cached_property
    def newest_rank(self) -> Docs:
        """Place of each document when sorted by day, newest first, undated last, then by id."""
        return self._rank(np.lexsort((self.id_rank, np.where(self.days == 0, 1, -self.days))))

    @cached_property
    def oldest_rank(self) -> Docs:
        """Place of each document when sorted by day, oldest first, undated last, then by id."""
        never = np.iinfo(np.int64).max
        return self._rank(np.lexsort((self.id_rank, np.where(self.days == 0, never, self.days))))

    def facet(self, facet: Facet) -> FacetColumn | ListColumn:
        """One facet's values."""
        found = self._facets.get(facet)
        if found is None:
            if facet is Facet.YEAR:
                found = year_column(self.days)
            elif facet in SEVERAL:
                lists = [(data.documents.lists(facet), live) for data, live, _, _ in self._segments]
                found = list_column(merge_lists(lists), self.count)
            else:
                parts = [(*data.documents.facet(facet), live) for data, live, _, _ in self._segments]
                found = value_column(*merge_facet(parts))
            self._facets[facet] = found
        return found
