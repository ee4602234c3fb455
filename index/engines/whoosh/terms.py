"""The terms of one commit: which there are, how frequent, and their postings over all segments as arrays.

Every statistic (document frequency, field length) counts live documents only.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

import numpy as np

from index.engines.cache import ByteCache
from index.engines.semantics import idf
from index.engines.whoosh.arrays import Docs, Ints, Mask, Numbers, starts_of
from index.engines.whoosh.fields import term_bytes, term_text
from index.engines.whoosh.keeping import keep, kept, packed_docs, unpacked_docs
from index.engines.whoosh.live import LiveSegment, lengths
from index.engines.whoosh.matches import NO_MATCHES, Listed, Matches
from index.engines.whoosh.postings import FieldPostings
from index.engines.whoosh.similarity import Similarity
from index.query import TextField

# Postings of several terms that are decoded at a time: bounds memory to about 40 bytes each.
_PIECE_POSTINGS = 500_000
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

    def positions(self, places: Docs) -> tuple[Numbers, Numbers]:
        """(positions of some of the postings, one posting after the other; how many in each).

        :param places: which postings, ascending.
        """
        sizes = self.freqs[places]
        if len(self.parts) == 1 and self.parts[0].alive is None:
            fields, ordinal, _, _ = self.parts[0]
            return fields.positions_at(ordinal, self.freqs, places, sizes), sizes
        found: list[Numbers] = [np.empty(0, np.uint8)]
        cuts = places.searchsorted([*(part.first for part in self.parts), len(self.docs)]).tolist()
        for (fields, ordinal, first, alive), (low, high) in zip(self.parts, pairwise(cuts), strict=True):
            if low < high:
                own = places[low:high] - first
                if alive is not None:
                    own = alive.nonzero()[0][own]
                _, freqs = fields.postings(ordinal)
                found.append(fields.positions_at(ordinal, freqs, own, sizes[low:high]))
        return np.concatenate(found), sizes


_NO_POSTINGS = TermPostings(NO_MATCHES.docs, np.empty(0, np.uint8), ())


class Terms:
    """The terms of one commit.

    :param segments: its segments.
    :param count: number of their live documents.
    :param cache: where what was read is kept.
    """

    def __init__(self, segments: Sequence[LiveSegment], count: int, cache: ByteCache) -> None:
        self.segments = segments
        self.count = count
        self.similarity = Similarity(lambda field: lengths(segments, field), count)
        self._cache = cache
        self._live_df: dict[tuple[int, TextField], Ints] = {}

    def scored(self, field: TextField, text: str) -> Matches:
        """The documents that hold a term, scored, see :class:`index.query.Term`."""
        key = ("scored", field, text)
        found = kept(self._cache, key)
        if found is None:
            docs, freqs, parts = self._read_postings(field, text)
            if not parts:
                return NO_MATCHES  # found as fast again
            found = NO_MATCHES
            if len(docs):
                found = self.similarity.scored(field, docs, freqs, idf(self.count, len(docs)))
            keep(self._cache, key, found)
        return found

    def postings(self, field: TextField, text: str) -> TermPostings:
        """A term's live postings."""
        if len(self.segments) == 1 and self.segments[0].numbers is None:
            scored = kept(self._cache, ("scored", field, text))
            if isinstance(scored, Listed):
                fields = self.segments[0].data.field(field)
                ordinal = fields.find(text)
                part = _Part(fields, ordinal, 0, None)
                return TermPostings(scored.docs, fields.frequencies(ordinal), (part,))
        key = ("postings", field, text)
        packed: TermPostings | None = self._cache.get(key)
        if packed is not None:
            return packed._replace(docs=unpacked_docs(packed.docs))
        found = self._read_postings(field, text)
        if found.parts:
            packed = found._replace(docs=packed_docs(found.docs))
            self._cache.put(key, packed, packed.nbytes)
        return found

    def _read_postings(self, field: TextField, text: str) -> TermPostings:
        docs, freqs, parts, count = [], [], [], 0
        for segment in self.segments:
            fields = segment.data.field(field)
            ordinal = fields.find(text)
            if ordinal < 0:
                continue
            all_docs, own_freqs = fields.postings(ordinal)
            own_docs, alive = segment.renumbered(all_docs)
            docs.append(own_docs)
            freqs.append(own_freqs if alive is None else own_freqs[alive])
            parts.append(_Part(fields, ordinal, count, alive))
            count += len(own_docs)
        if not parts:
            return _NO_POSTINGS
        if len(parts) == 1:
            return TermPostings(docs[0], freqs[0], tuple(parts))
        return TermPostings(np.concatenate(docs), np.concatenate(freqs), tuple(parts))

    def frequency(self, field: TextField, text: str) -> int:
        """Number of documents that hold a term."""
        return sum([segment.frequency(field, text) for segment in self.segments])

    def counted(self, field: TextField, prefix: str) -> list[tuple[bytes, int]]:
        """(term, number of documents) in order, of the terms that start with ``prefix``."""
        start = term_bytes(prefix)
        merged: dict[bytes, int] = {}
        for number, segment in enumerate(self.segments):
            fields = segment.data.field(field)
            first, last = fields.prefix_range(start)
            df = self.live_frequencies(number, field)
            pairs = zip(fields.terms.some(first, last), df[first:last].tolist(), strict=True)
            if not merged:
                merged = dict(pairs)
            else:
                for term, count in pairs:
                    merged[term] = merged.get(term, 0) + count
        pairs_left = ((term, count) for term, count in merged.items() if count)
        return list(pairs_left) if len(self.segments) < 2 else sorted(pairs_left)

    # The terms of one segment, given by its number

    def texts(self, number: int, field: TextField, first: int, last: int) -> list[str]:
        """Some consecutive terms."""
        fields = self.segments[number].data.field(field)
        if last - first < len(fields):
            return list(map(term_text, fields.terms.some(first, last)))
        key = ("texts", number, field)
        found: list[str] | None = self._cache.get(key)
        if found is None:
            found = list(map(term_text, fields.terms.some()))
            self._cache.put(key, found, 64 * len(found) + fields.terms.nbytes)
        return found

    def docs_of(self, number: int, field: TextField, ordinals: Ints) -> Iterator[Docs]:
        """Live documents of some terms, in pieces, in no order, some of them repeatedly."""
        segment = self.segments[number]
        fields = segment.data.field(field)
        pieces = np.cumsum(fields.df[ordinals], dtype=np.int64) // _PIECE_POSTINGS
        for piece in np.split(ordinals, np.flatnonzero(np.diff(pieces)) + 1):
            yield segment.renumbered(fields.docs_of(piece))[0]

    def live_frequencies(self, number: int, field: TextField) -> Numbers:
        """Number of live documents of every term."""
        segment = self.segments[number]
        fields = segment.data.field(field)
        if segment.numbers is None:
            return fields.df
        found = self._live_df.get((number, field))
        if found is None:
            parts = [np.empty(0, np.int64)]
            for first in range(0, len(fields), _COUNT_TERMS):
                batch = fields.batch(first, min(first + _COUNT_TERMS, len(fields)), positions=False)
                alive = (segment.numbers[batch.docs] >= 0).astype(np.int64)
                parts.append(np.add.reduceat(alive, starts_of(batch.df)))
            found = self._live_df[number, field] = np.concatenate(parts)
        return found
