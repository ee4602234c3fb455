"""One commit, opened: live documents under one numbering, their columns, terms' postings as arrays.

Documents are numbered 0, 1, 2, ... over the live documents of all segments, one segment after the other.
Every statistic (number of documents, document frequency, field length) counts live documents only.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from functools import cached_property
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

import numpy as np

from index.documents import Document
from index.engines.semantics import K1, B, idf
from index.engines.whoosh.cache import ByteCache
from index.engines.whoosh.columns import merge_facet
from index.engines.whoosh.facets import FacetColumn, value_column, year_column
from index.engines.whoosh.matches import NO_MATCHES, Docs, Listed, Mask, Matches, Scores, Spread, is_many
from index.engines.whoosh.postings import FieldPostings, Ints, Numbers, starts_of
from index.engines.whoosh.schema import term_bytes, term_text
from index.engines.whoosh.segment import SegmentData
from index.engines.whoosh.storage import IndexDirectory
from index.engines.whoosh.transaction import live_numbers
from index.query import Facet, TextField

# Postings of several terms that are decoded at a time: bounds memory to about 40 bytes each.
_PIECE_POSTINGS = 500_000
# Numbers of documents, remembered from hits: their text is usually asked for next.
_NUMBERS_KEPT = 4096
# Terms whose live document frequencies are counted at a time.
_COUNT_TERMS = 20_000


class _Part(NamedTuple):
    """The postings of a term in one segment.

    :param first: place of the first live one among the live postings of all segments.
    :param alive: which are live, ``None`` if all are.
    """

    fields: FieldPostings
    ordinal: int
    first: int
    alive: Mask | None


class TermPostings(NamedTuple):
    """One term's live postings.

    :param docs: document numbers, ascending.
    :param freqs: occurrences in each.
    :param parts: where they come from.
    """

    docs: Docs
    freqs: Numbers
    parts: tuple[_Part, ...]

    @property
    def nbytes(self) -> int:
        """Memory of the arrays."""
        flags = sum([part.alive.nbytes for part in self.parts if part.alive is not None])
        return self.docs.nbytes + self.freqs.nbytes + flags


_NO_POSTINGS = TermPostings(NO_MATCHES.docs, np.empty(0, np.uint8), ())


class Norms(NamedTuple):
    """What the length of each document makes of the frequencies in one field.

    :param each: for each document.
    :param largest: the largest of them.
    """

    each: Scores
    largest: float


class _Segment(NamedTuple):
    data: SegmentData
    live: Ints  # numbers in the segment of its live documents
    first: int  # number of its first live document in the snapshot
    numbers: Ints | None  # number in the snapshot, -1 for deleted ones; None if nothing is deleted


class Snapshot:
    """The last commit at the time of opening. Read-only and safe to share between threads.

    :param cache_bytes: most memory that is kept for postings and results of parts of queries.
    :raises IndexMissingError: if there is no index.
    :raises IndexBrokenError: if it cannot be read.
    """

    def __init__(self, path: Path, cache_bytes: int) -> None:
        self.directory = IndexDirectory(path)
        self.generation, opened = self.directory.open_segments()
        self.segments: list[_Segment] = []
        self.count = 0
        for segment, data in opened:
            live, numbers = live_numbers(segment), None
            if segment.deleted:
                numbers = np.full(len(data), -1, np.int64)
                numbers[live] = np.arange(self.count, self.count + len(live))
            self.segments.append(_Segment(data, live, self.count, numbers))
            self.count += len(live)
        self.cache = ByteCache(cache_bytes)
        self._firsts = [segment.first for segment in self.segments]
        self._numbers: dict[str, int] = {}
        self._facets: dict[Facet, FacetColumn] = {}
        self._norms: dict[TextField, Norms] = {}
        self._live_df: dict[tuple[int, TextField], Ints] = {}

    # Documents

    def find(self, id: str) -> int:
        """Number of a document, or -1."""
        known = self._numbers.get(id)
        if known is not None:
            return known
        for data, _, first, numbers in self.segments:
            place = data.documents.find(id)
            if place >= 0:
                number = first + place if numbers is None else int(numbers[place])
                if number >= 0:
                    return number
        return -1

    def _place(self, doc: int) -> tuple[SegmentData, int]:
        segment = self.segments[bisect_right(self._firsts, doc) - 1]
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
        for data, live, _, _ in self.segments:
            digests = data.documents.digests
            for number in live.tolist():
                yield data.documents.id(number), digests[number].tobytes().hex()

    @cached_property
    def id_rank(self) -> Docs:
        """Place of each document when sorted by id."""
        if len(self.segments) == 1:
            segment = self.segments[0]
            order = segment.data.documents.order.astype(np.int64)
            if segment.numbers is not None:
                order = segment.numbers[order]
                order = order[order >= 0]
        else:
            ids = [
                data.documents.ids[number] for data, live, _, _ in self.segments for number in live.tolist()
            ]
            order = np.array(sorted(range(len(ids)), key=ids.__getitem__), np.int64)
        rank = np.empty(self.count, np.int64)
        rank[order] = np.arange(self.count)
        return rank

    @cached_property
    def days(self) -> Docs:
        """Day of publication of each document as a proleptic Gregorian ordinal, 0 when unknown."""
        return self._column(data.documents.days[live] for data, live, _, _ in self.segments)

    @staticmethod
    def _column(parts: Iterator[Numbers]) -> Docs:
        return np.concatenate([np.empty(0, np.int64), *parts]).astype(np.int64)

    @cached_property
    def newest_rank(self) -> Docs:
        """Place of each document when sorted by day, newest first, undated last, then by id."""
        return self._rank_by(np.where(self.days == 0, 1, -self.days))

    @cached_property
    def oldest_rank(self) -> Docs:
        """Place of each document when sorted by day, oldest first, undated last, then by id."""
        return self._rank_by(np.where(self.days == 0, np.iinfo(np.int64).max, self.days))

    def _rank_by(self, keys: Docs) -> Docs:
        rank = np.empty(self.count, np.int64)
        rank[np.lexsort((self.id_rank, keys))] = np.arange(self.count)
        return rank

    def facet(self, facet: Facet) -> FacetColumn:
        """One facet's values."""
        found = self._facets.get(facet)
        if found is None:
            if facet is Facet.YEAR:
                found = year_column(self.days)
            else:
                parts = [(*data.documents.facet(facet), live) for data, live, _, _ in self.segments]
                found = value_column(*merge_facet(parts))
            self._facets[facet] = found
        return found

    # Terms

    def scored(self, field: TextField, text: str) -> Matches:
        """The documents that hold a term, scored, see :class:`index.query.Term`."""
        key = ("scored", field, text)
        found: Matches | None = self.cache.get(key)
        if found is None:
            docs, freqs, parts = self._read_postings(field, text)
            if not parts:
                return NO_MATCHES  # found as fast again
            found = self.bm25(field, docs, freqs, idf(self.count, len(docs))) if len(docs) else NO_MATCHES
            self.cache.put(key, found, found.nbytes)
        return found

    def postings(self, field: TextField, text: str) -> TermPostings:
        """A term's live postings."""
        if len(self.segments) == 1 and self.segments[0].numbers is None:
            scored = self.cache.get(("scored", field, text))
            if isinstance(scored, Listed):
                fields = self.segments[0].data.field(field)
                ordinal = fields.find(text)
                return TermPostings(
                    scored.docs, fields.frequencies(ordinal), (_Part(fields, ordinal, 0, None),)
                )
        key = ("postings", field, text)
        found: TermPostings | None = self.cache.get(key)
        if found is None:
            found = self._read_postings(field, text)
            if found.parts:
                self.cache.put(key, found, found.nbytes)
        return found

    def _read_postings(self, field: TextField, text: str) -> TermPostings:
        docs, freqs, parts, count = [], [], [], 0
        for data, _, first, numbers in self.segments:
            fields = data.field(field)
            ordinal = fields.find(text)
            if ordinal < 0:
                continue
            own_docs, own_freqs = fields.postings(ordinal)
            alive = None
            if numbers is not None:
                own_docs = numbers[own_docs]
                alive = own_docs >= 0
                own_docs, own_freqs = own_docs[alive], own_freqs[alive]
            elif first:
                own_docs += first
            docs.append(own_docs)
            freqs.append(own_freqs)
            parts.append(_Part(fields, ordinal, count, alive))
            count += len(own_docs)
        if not parts:
            return _NO_POSTINGS
        if len(parts) == 1:
            return TermPostings(docs[0], freqs[0], tuple(parts))
        return TermPostings(np.concatenate(docs), np.concatenate(freqs), tuple(parts))

    @staticmethod
    def positions(postings: TermPostings, places: Docs) -> tuple[Numbers, Numbers]:
        """(positions of some of a term's postings, one posting after the other; how many in each).

        :param places: places of the postings among the term's, ascending.
        """
        sizes = postings.freqs[places]
        if len(postings.parts) == 1 and postings.parts[0].alive is None:
            fields, ordinal, _, _ = postings.parts[0]
            return fields.positions_at(ordinal, postings.freqs, places, sizes), sizes
        found: list[Numbers] = [np.empty(0, np.uint8)]
        bounds = [*(part.first for part in postings.parts), len(postings.docs)]
        cuts = places.searchsorted(bounds).tolist()
        for (fields, ordinal, first, alive), (low, high) in zip(postings.parts, pairwise(cuts), strict=True):
            if low < high:
                own = places[low:high] - first
                if alive is not None:
                    own = alive.nonzero()[0][own]
                _, freqs = fields.postings(ordinal)
                found.append(fields.positions_at(ordinal, freqs, own, sizes[low:high]))
        return np.concatenate(found), sizes

    def frequency(self, field: TextField, text: str) -> int:
        """Number of live documents that hold a term."""
        total = 0
        for data, _, _, numbers in self.segments:
            fields = data.field(field)
            ordinal = fields.find(text)
            if ordinal >= 0:
                if numbers is None:
                    total += int(fields.df[ordinal])
                else:
                    total += int((numbers[fields.postings(ordinal)[0]] >= 0).sum())
        return total

    def terms(self, field: TextField, prefix: str = "") -> list[tuple[bytes, int]]:
        """(term, number of live documents) in order, of the terms that start with ``prefix``."""
        start = term_bytes(prefix)
        merged: dict[bytes, int] = {}
        for number, (data, _, _, _) in enumerate(self.segments):
            fields = data.field(field)
            first, last = fields.prefix_range(start)
            df = self.live_frequencies(number, field)
            pairs = zip(fields.terms(first, last), df[first:last].tolist(), strict=True)
            if not merged:
                merged = dict(pairs)
            else:
                for term, count in pairs:
                    merged[term] = merged.get(term, 0) + count
        pairs_left = ((term, count) for term, count in merged.items() if count)
        return list(pairs_left) if len(self.segments) < 2 else sorted(pairs_left)

    def vocabulary(self, number: int, field: TextField, first: int, last: int) -> list[str]:
        """Some consecutive terms of a segment."""
        fields = self.segments[number].data.field(field)
        if last - first < len(fields):
            return list(map(term_text, fields.terms(first, last)))
        key = ("vocabulary", number, field)
        found: list[str] | None = self.cache.get(key)
        if found is None:
            found = list(map(term_text, fields.terms()))
            self.cache.put(key, found, 64 * len(found) + int(fields.ends[-1]))
        return found

    def docs_of_terms(self, number: int, field: TextField, ordinals: Ints) -> Iterator[Docs]:
        """Live documents of some terms of a segment, in pieces, in no order, some of them repeatedly."""
        segment = self.segments[number]
        fields = segment.data.field(field)
        pieces = np.cumsum(fields.df[ordinals], dtype=np.int64) // _PIECE_POSTINGS
        for piece in np.split(ordinals, np.flatnonzero(np.diff(pieces)) + 1):
            docs = fields.docs_of(piece)
            if segment.numbers is None:
                yield docs + segment.first
            else:
                docs = segment.numbers[docs]
                yield docs[docs >= 0]

    def live_frequencies(self, number: int, field: TextField) -> Numbers:
        """Number of live documents of every term of a segment."""
        if self.segments[number].numbers is None:
            return self.segments[number].data.field(field).df
        found = self._live_df.get((number, field))
        if found is None:
            segment = self.segments[number]
            assert segment.numbers is not None
            fields = segment.data.field(field)
            parts = [np.empty(0, np.int64)]
            for first in range(0, len(fields), _COUNT_TERMS):
                batch = fields.batch(first, min(first + _COUNT_TERMS, len(fields)), positions=False)
                alive = (segment.numbers[batch.docs] >= 0).astype(np.int64)
                parts.append(np.add.reduceat(alive, starts_of(batch.df)))
            found = self._live_df[number, field] = np.concatenate(parts)
        return found

    # Scores

    def norms(self, field: TextField) -> Norms:
        """``k1 * (1 - b + b * length / average)`` of each document."""
        found = self._norms.get(field)
        if found is None:
            lengths = self._column(data.documents.lengths[field][live] for data, live, _, _ in self.segments)
            average = max(float(lengths.sum()), 1.0) / max(self.count, 1)
            norms = (K1 * (1 - B + B * lengths / average)).astype(np.float32)
            found = self._norms[field] = Norms(norms, float(norms.max(initial=0.0)))
        return found

    def bm25(self, field: TextField, docs: Docs, freqs: Numbers, weight: float) -> Matches:
        """Documents scored by the frequency of something in a field.

        :param docs: at least one, ascending.
        :param freqs: how often it is in each.
        :param weight: its idf.
        """
        norms, largest = self.norms(field)
        worth = np.float32(weight * (K1 + 1))
        # What it scores once in the longest text, but for the rounding of 32 bits.
        least = 0.99 * float(worth) / (1 + largest)
        if is_many(len(docs), self.count):
            scores = np.zeros(self.count, np.float32)
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
