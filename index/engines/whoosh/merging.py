"""Merging segments into one, in memory that does not grow with their terms or with the postings of one."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np

from index.engines.whoosh.arrays import Ints, Numbers, flat_index, narrow, starts_of
from index.engines.whoosh.columns import DocumentsWriter, merge_columns
from index.engines.whoosh.fields import TEXT_FIELDS
from index.engines.whoosh.postings import Batch, PostingsWriter
from index.engines.whoosh.scans import TermScan
from index.engines.whoosh.segment import SegmentData

# Occurrences merged at a time, unless one term has more: bounds memory to about 80 bytes each.
_MERGE_TOKENS = 400_000


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
        columns = [(data.documents, live) for data, live in sources]
        documents.close(merge_columns(columns, maps))
    except BaseException:
        documents.discard()
        raise
    for data, _live in sources:
        data.let_go()

    postings = PostingsWriter(base)
    try:
        for field in TEXT_FIELDS:
            postings.begin_field(field)
            _merge_field([data.scan(field) for data, _ in sources], maps, postings)
            postings.end_field()
            for data, _live in sources:
                data.let_go()
        postings.close()
    except BaseException:
        postings.discard()
        raise
    return count


class _Step(NamedTuple):
    """Terms to be merged at once: in ascending order, and of each segment the numbers of its own in them."""

    terms: list[bytes]
    ranks: list[Ints]


def _merge_field(scans: Sequence[TermScan], maps: Sequence[Numbers], writer: PostingsWriter) -> None:
    """Merge one field's posting lists, some terms at a time."""
    total = max(1, sum(scan.cost for scan in scans))
    rooms = [_MERGE_TOKENS * scan.cost // total for scan in scans]
    while any(map(len, scans)):
        terms, ranks = _step(scans, rooms)
        parts = [
            _renumbered(scan.take(len(rank)), rank, new_number)
            for scan, rank, new_number in zip(scans, ranks, maps, strict=True)
            if len(rank)
        ]
        term, docs, freqs, positions = (np.concatenate([part[i] for part in parts]) for i in range(4))
        del parts
        if not len(term):
            continue
        if len(scans) > 1 and len(terms) > 1:  # else they are in order
            keys = (term.astype(np.int64) << 32) | np.arange(len(term))
            keys.sort()
            keys &= 0xFFFFFFFF
            positions = positions[flat_index(starts_of(freqs)[keys], freqs[keys])]
            docs, freqs = docs[keys], freqs[keys]
        df = np.bincount(term, minlength=len(terms))
        kept = [terms[i] for i in np.flatnonzero(df).tolist()]
        writer.append(kept, Batch(df[df > 0], docs, freqs, positions))


def _step(scans: Sequence[TermScan], rooms: Sequence[int]) -> _Step:
    """The next terms that together are not too much; one that is, is merged alone."""
    found = [
        scan.next_terms(room) if len(scan) else ([], np.empty(0, np.int64))
        for scan, room in zip(scans, rooms, strict=True)
    ]
    # Up to this one, every segment has shown what it has.
    bound = min(
        (own[-1] for scan, (own, _) in zip(scans, found, strict=True) if len(own) < len(scan)), default=None
    )
    lists = [own if bound is None else own[: bisect_right(own, bound)] for own, _ in found]
    terms = sorted(set().union(*lists))
    number = {term: i for i, term in enumerate(terms)}
    ranks = [np.fromiter(map(number.__getitem__, own), np.int64, len(own)) for own in lists]
    costs = np.zeros(len(terms), np.int64)
    for rank, (_, own_costs) in zip(ranks, found, strict=True):
        costs[rank] += own_costs[: len(rank)]
    end = max(1, int(costs.cumsum().searchsorted(_MERGE_TOKENS, "right")))
    return _Step(terms[:end], [rank[: int(rank.searchsorted(end))] for rank in ranks])


def _renumbered(batch: Batch, rank: Ints, new_number: Numbers) -> tuple[Numbers, Numbers, Numbers, Numbers]:
    """The postings of one segment that are left: terms, documents, frequencies and positions.

    :param rank: number of each of its terms among all.
    :param new_number: of each of its documents, -1 if it is gone.
    """
    docs, term = new_number[batch.docs], np.repeat(narrow(rank), batch.df)
    freqs, positions = narrow(batch.freqs), narrow(batch.positions)
    alive = docs >= 0
    if alive.all():
        return term, docs, freqs, positions
    return term[alive], docs[alive], freqs[alive], positions[np.repeat(alive, freqs)]
