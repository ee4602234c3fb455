"""One segment: opening its files, writing it from buffered documents, merging several into one."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path

import numpy as np
import numpy.typing as npt

from index.engines.whoosh.arrays import Ints, flat_index, starts_of
from index.engines.whoosh.columns import ColumnsBuffer, DocumentsFile, DocumentsWriter, merge_columns
from index.engines.whoosh.container import SectionFile
from index.engines.whoosh.inverter import Inverter
from index.engines.whoosh.postings import Batch, FieldPostings, PostingsWriter
from index.engines.whoosh.prepare import PreparedDocument
from index.engines.whoosh.schema import TEXT_FIELDS
from index.query import TextField

# Occurrences merged at a time: bounds memory to about 100 bytes each.
_MERGE_TOKENS = 2_000_000


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
    documents = DocumentsWriter(base)
    try:
        for data, live in sources:
            data.documents.copy_stored(live, documents)
        documents.close(merge_columns((data.documents, live) for data, live in sources))
    except BaseException:
        documents.discard()
        raise

    maps, count = [], 0
    for data, live in sources:
        new_number = np.full(len(data), -1, np.int64)
        new_number[live] = np.arange(count, count + len(live))
        maps.append(new_number)
        count += len(live)
    postings = PostingsWriter(base)
    try:
        for field in TEXT_FIELDS:
            postings.begin_field(field)
            _merge_field([data.field(field) for data, _ in sources], maps, postings)
        postings.close()
    except BaseException:
        postings.discard()
        raise
    return count


def _merge_field(fields: Sequence[FieldPostings], maps: Sequence[Ints], writer: PostingsWriter) -> None:
    """Merge one field's posting lists, a range of terms at a time."""
    lists = [field.terms.some() for field in fields]
    terms = sorted(set().union(*lists)) if len(lists) > 1 else lists[0]
    number = {term: i for i, term in enumerate(terms)}
    ranks = [np.fromiter(map(number.__getitem__, own), np.int64, len(own)) for own in lists]
    del lists, number
    weight = np.zeros(len(terms), np.int64)
    for field, rank in zip(fields, ranks, strict=True):
        weight[rank] += field.ttf
    chunk = np.cumsum(weight) // _MERGE_TOKENS
    cuts = [0, *(np.flatnonzero(chunk[1:] != chunk[:-1]) + 1).tolist(), len(terms)]
    kept = np.zeros(len(terms), np.bool_)
    for low, high in pairwise(cuts):
        if low < high:
            kept[low:high] = _merge_range(fields, ranks, maps, low, high, writer)
    writer.end_field(
        terms if kept.all() else [term for term, keep in zip(terms, kept.tolist(), strict=True) if keep]
    )


def _merge_range(
    fields: Sequence[FieldPostings],
    ranks: Sequence[Ints],
    maps: Sequence[Ints],
    low: int,
    high: int,
    writer: PostingsWriter,
) -> npt.NDArray[np.bool_]:
    """Write the postings of the merged terms ``low`` to before ``high``; says which of them have any left."""
    batches, owners = [], []
    for field, rank, new_number in zip(fields, ranks, maps, strict=True):
        first, last = (int(place) for place in np.searchsorted(rank, (low, high)))
        batch = field.batch(first, last)
        docs, term = new_number[batch.docs], np.repeat(rank[first:last], batch.df)
        alive = docs >= 0
        if not alive.all():
            batch.positions = batch.positions[np.repeat(alive, batch.freqs)]
            batch.freqs, docs, term = batch.freqs[alive], docs[alive], term[alive]
        batches.append(Batch(batch.df, docs, batch.freqs, batch.positions))
        owners.append(term)
    term = np.concatenate(owners)
    df = np.bincount(term - low, minlength=high - low)
    if not len(term):
        return df > 0
    docs = np.concatenate([batch.docs for batch in batches])
    freqs = np.concatenate([batch.freqs for batch in batches])
    positions = np.concatenate([batch.positions for batch in batches])
    if len(batches) > 1:
        keys = (term << 32) | np.arange(len(term))
        keys.sort()
        place = keys & 0xFFFFFFFF
        positions = positions[flat_index(starts_of(freqs)[place], freqs[place])]
        docs, freqs = docs[place], freqs[place]
    writer.append(Batch(df[df > 0], docs, freqs, positions))
    return df > 0
