"""One segment: opening its files, writing it from buffered documents, merging several into one."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np

from index.engines.whoosh.arrays import Ints, Numbers, flat_index, starts_of
from index.engines.whoosh.columns import ColumnsBuffer, DocumentsFile, DocumentsWriter, merge_columns
from index.engines.whoosh.container import SectionFile
from index.engines.whoosh.inverter import Inverter
from index.engines.whoosh.postings import Batch, FieldPostings, PostingsWriter
from index.engines.whoosh.prepare import PreparedDocument
from index.engines.whoosh.schema import TEXT_FIELDS
from index.query import TextField

# Occurrences merged at a time, unless one term has more: bounds memory to about 100 bytes each.
_MERGE_TOKENS = 1_000_000
# A term needs as much memory as so many of its occurrences.
_TERM_TOKENS = 4


class SegmentData:
    """The open files of a segment. Read-only, shared between threads, independent of what is deleted in it.

    :param base: path of its files without their suffix.
    :raises FileNotFoundError: if a file is missing.
    :raises IndexBrokenError: if a file is damaged.
    """

    def __init__(self, base: Path) -> None:
        self.documents = DocumentsFile(base)
        self._terms, self._docs, self._positions = (
            SectionFile(base.with_suffix(suffix)) for suffix in (".trm", ".pst", ".pos")
        )
        self._fields: dict[str, FieldPostings] = {}
        self._lock = threading.Lock()

    def __len__(self) -> int:
        return len(self.documents)

    def field(self, field: TextField | str) -> FieldPostings:
        """The terms and postings of a field."""
        found = self._fields.get(field)
        if found is None:
            with self._lock:
                found = self._fields.get(field)
                if found is None:
                    found = FieldPostings(field, self._terms, self._docs, self._positions)
                    self._fields[field] = found
        return found

    def let_go(self) -> None:
        """Give back the memory that grows with what was read so far; it can be read again."""
        self._fields = {}
        for file in (self._terms, self._docs, self._positions):
            file.let_go()
        self.documents.let_go()


class SegmentBuffer:
    """Documents on their way into a new segment."""

    def __init__(self, base: Path) -> None:
        self.base = base
        self.columns = ColumnsBuffer()
        self.inverter = Inverter()
        self._documents = DocumentsWriter(base)

    def __len__(self) -> int:
        return len(self.columns)

    def add(self, document: PreparedDocument) -> None:
        """Add a document; its number is the count before."""
        self.columns.add(document, self._documents)
        self.inverter.add(document.texts)

    def write(self) -> None:
        """Write the segment, durably."""
        lengths = {field: np.array(self.inverter.lengths(field), np.int64) for field in TEXT_FIELDS}
        self.columns.finish(self._documents, lengths)
        postings = PostingsWriter(self.base)
        try:
            self.inverter.write(postings)
            postings.close()
        except BaseException:
            postings.discard()
            raise

    def discard(self) -> None:
        """Give up and remove the files."""
        self._documents.discard()


def merge_segments(sources: Sequence[tuple[SegmentData, Ints]], base: Path) -> int:
    """Write one segment from the documents with the given ascending numbers in several segments.

    :returns: number of documents written.
    """
    maps, count = [], 0
    for data, live in sources:
        new_number = np.full(len(data), -1, np.int32)
        new_number[live] = np.arange(count, count + len(live))
        maps.append(new_number)
        count += len(live)
    documents = DocumentsWriter(base)
    try:
        for data, live in sources:
            data.documents.copy_stored(live, documents)
            data.let_go()
        documents.close(merge_columns((data.documents, live) for data, live in sources))
    except BaseException:
        documents.discard()
        raise

    postings = PostingsWriter(base)
    try:
        for field in TEXT_FIELDS:
            postings.begin_field(field)
            _merge_field([data.field(field) for data, _ in sources], maps, postings)
            postings.end_field()
            for data, _live in sources:
                data.let_go()
        postings.close()
    except BaseException:
        postings.discard()
        raise
    return count


def _merge_field(fields: Sequence[FieldPostings], maps: Sequence[Numbers], writer: PostingsWriter) -> None:
    """Merge one field's posting lists, some terms at a time."""
    for ranges in _ranges(fields):
        lists = [field.terms.some(first, last) for field, (first, last) in zip(fields, ranges, strict=True)]
        terms = sorted(set().union(*lists))
        number = {term: i for i, term in enumerate(terms)}
        ranks = [np.fromiter(map(number.__getitem__, own), np.int64, len(own)) for own in lists]
        parts = [
            _renumbered(field.batch(first, last), rank, new_number)
            for field, (first, last), rank, new_number in zip(fields, ranges, ranks, maps, strict=True)
            if first < last
        ]
        term, docs, freqs, positions = (np.concatenate([part[i] for part in parts]) for i in range(4))
        del parts
        if not len(term):
            continue
        if len(fields) > 1 and len(terms) > 1:  # else they are in order
            keys = (term << 32) | np.arange(len(term))
            keys.sort()
            place = keys & 0xFFFFFFFF
            positions = positions[flat_index(starts_of(freqs)[place], freqs[place])]
            docs, freqs = docs[place], freqs[place]
        df = np.bincount(term, minlength=len(terms))
        kept = [terms[i] for i in np.flatnonzero(df).tolist()]
        writer.append(kept, Batch(df[df > 0], docs, freqs, positions))
        for field in fields:
            field.let_go()


def _ranges(fields: Sequence[FieldPostings]) -> Iterator[list[tuple[int, int]]]:
    """Ranges of terms in ascending order, as (first, last + 1) in each field, with not too much in each."""
    costs = [np.cumsum(field.ttf.astype(np.int64) + _TERM_TOKENS) for field in fields]
    ends = [len(field) for field in fields]
    total = sum(int(cost[-1]) for cost in costs if len(cost))
    room = [_MERGE_TOKENS * int(cost[-1]) // total if len(cost) else 0 for cost in costs]
    places = [0] * len(fields)
    while places != ends:
        bounds = []
        for field, cost, share, place in zip(fields, costs, room, places, strict=True):
            before = int(cost[place - 1]) if place else 0
            end = max(place + 1, int(np.searchsorted(cost, before + share)))
            if end < len(field):
                bounds.append(field.terms[end])
        bound = min(bounds, default=None)
        reached = ends if bound is None else [field.lower_bound(bound) for field in fields]
        yield list(zip(places, reached, strict=True))
        places = reached


def _renumbered(batch: Batch, rank: Ints, new_number: Numbers) -> tuple[Ints, Ints, Numbers, Numbers]:
    """The postings of one segment that are left: terms, documents, frequencies and positions.

    :param rank: number of each of its terms among all.
    :param new_number: of each of its documents, -1 if it is gone.
    """
    docs, term = new_number[batch.docs], np.repeat(rank, batch.df)
    alive = docs >= 0
    if alive.all():
        return term, docs, batch.freqs, batch.positions
    positions = batch.positions[np.repeat(alive, batch.freqs)]
    return term[alive], docs[alive], batch.freqs[alive], positions
