"""Posting lists on disk: bytes that decode into arrays at once, whether for one term or for a range of terms.

A segment keeps three files: ``.trm`` (terms and their numbers), ``.pst`` (documents and frequencies) and
``.pos`` (positions). Each term chooses the width of its own numbers. Documents are stored as differences;
frequencies are left out when they are all 1. Where a term's bytes start follows from the sizes of those
before it, so no offsets are stored.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt
from msgspec import Struct

from index.engines.whoosh.arrays import (
    Bytes,
    Ints,
    Numbers,
    compact,
    flat_index,
    narrow,
    starts_at,
    starts_of,
)
from index.engines.whoosh.container import SectionFile, SectionWriter
from index.engines.whoosh.fields import term_bytes

_ALIGN = 4
# Places of terms that are remembered: several parts of the program ask for the words of one query.
_FOUND_KEPT = 4096
# One of so many terms is kept as an object, so that the place of another is found in fewer steps.
_MARKED = 64
# Bytes of each number by its code; of frequencies, code 0 stores none.
_WIDTHS = np.array([1, 2, 4, 8], np.uint8)
_FREQ_WIDTHS = np.array([0, 1, 2, 4], np.uint8)


class Batch(Struct):
    """Postings of consecutive terms, in the order of terms, documents, positions.

    :param df: documents of each term (1 or more).
    :param docs: document numbers, ``sum(df)`` of them, ascending within a term.
    :param freqs: occurrences in each, 1 or more.
    :param positions: ``sum(freqs)`` token positions.
    """

    df: Ints
    docs: Numbers
    freqs: Numbers
    positions: Numbers


def _width_code(largest: Numbers) -> npt.NDArray[np.uint8]:
    """0, 1 or 2: one, two or four bytes."""
    return (largest > 0xFF).astype(np.uint8) + (largest > 0xFFFF)


def _padded(sizes: Ints) -> Ints:
    return (sizes + (_ALIGN - 1)) & ~np.int64(_ALIGN - 1)


def _runs(starts: Ints, sizes: Numbers) -> Ints | slice:
    """Where the numbers of some runs stand; of a single one, which may be long, without a number for each."""
    if len(starts) == 1:
        return slice(int(starts[0]), int(starts[0]) + int(sizes[0]))
    return flat_index(starts, sizes)


def _scatter(out: Bytes, offsets: Ints, widths: Numbers, sizes: Numbers, values: Numbers) -> None:
    """Write runs of ``values``, one run a term, at byte ``offsets`` with ``widths`` bytes a number."""
    for width in (1, 2, 4):
        chosen = widths == width
        if chosen.any():
            target = _runs(offsets[chosen] // width, sizes[chosen])
            source = values if chosen.all() else values[np.repeat(chosen, sizes)]
            out.view(f"<u{width}")[target] = source


def _gather(data: Bytes, offsets: Ints, widths: Numbers, sizes: Numbers, out: Numbers) -> None:
    """The inverse of :func:`_scatter`; runs of width 0 are left as they are."""
    for width in (1, 2, 4):
        chosen = widths == width
        if chosen.any():
            usable = data[: len(data) // width * width].view(f"<u{width}")
            values = usable[_runs(offsets[chosen] // width, sizes[chosen])]
            if chosen.all():
                out[:] = values
            else:
                out[np.repeat(chosen, sizes)] = values


def _undo_deltas(deltas: Ints, df: Ints) -> Ints:
    """Document numbers from their differences, term by term."""
    if not len(deltas):
        return deltas
    starts = starts_of(df)
    total = np.cumsum(deltas)
    return total - np.repeat(total[starts] - deltas[starts], df)


class PostingsWriter:
    """Writes the three files of a segment, field after field, terms in the order of their bytes."""

    def __init__(self, base: Path) -> None:
        self._files = [SectionWriter(base.with_suffix(suffix)) for suffix in (".trm", ".pst", ".pos")]
        self._terms_file, self._docs_file, self._positions_file = self._files
        self._field = ""

    def begin_field(self, field: str) -> None:
        """Start a field; its batches follow."""
        self._field = field
        self._sizes: list[Numbers] = []
        self._columns: list[tuple[Numbers, Numbers, Numbers]] = []
        self._terms_file.begin(f"{field}.text")
        self._docs_file.begin(field)
        self._positions_file.begin(field)

    def append(self, terms: Sequence[bytes], batch: Batch) -> None:
        """Write the next terms and their postings."""
        if len(batch.df) != len(terms):
            raise ValueError(f"{len(terms)} terms came with {len(batch.df)} posting lists")
        first = starts_of(batch.df)
        deltas = batch.docs.astype(np.int64)
        deltas[1:] -= batch.docs[:-1]
        deltas[first] = batch.docs[first]
        ttf = np.add.reduceat(batch.freqs, first, dtype=np.int64)
        doc_code = _width_code(np.maximum.reduceat(deltas, first))
        largest = np.maximum.reduceat(batch.freqs, first)
        freq_code = np.where(largest == 1, 0, _width_code(largest) + 1).astype(np.uint8)
        pos_code = _width_code(np.maximum.reduceat(batch.positions, starts_of(ttf)))
        codes = doc_code | (freq_code << 2) | (pos_code << 4)
        layout = Layout(batch.df, ttf, codes)

        area = np.zeros(layout.docs_end, np.uint8)
        _scatter(area, layout.docs, layout.doc_width, batch.df, deltas)
        _scatter(area, layout.freqs(batch.df, slice(None)), layout.freq_width, batch.df, batch.freqs)
        self._docs_file.append(area)
        area = np.zeros(layout.positions_end, np.uint8)
        _scatter(area, layout.positions, layout.pos_width, ttf, batch.positions)
        self._positions_file.append(area)
        self._columns.append((narrow(batch.df), narrow(ttf), codes.astype(np.uint8)))
        self._terms_file.append(b"".join(terms))
        self._sizes.append(narrow(np.fromiter(map(len, terms), np.uint32, len(terms))))

    def end_field(self) -> None:
        """Write the numbers of the terms."""
        name = self._field
        self._terms_file.add_numbers(f"{name}.length", np.concatenate([*self._sizes, np.empty(0, np.uint8)]))
        df, ttf, codes = (
            np.concatenate([column[i] for column in self._columns])
            if self._columns
            else np.empty(0, np.uint8)
            for i in range(3)
        )
        self._terms_file.add_numbers(f"{name}.df", df)
        self._terms_file.add_numbers(f"{name}.ttf", ttf)
        self._terms_file.add(f"{name}.codes", codes)

    def close(self) -> None:
        """Make the files whole and durable."""
        for file in self._files:
            file.close()

    def discard(self) -> None:
        """Give up and remove the files."""
        for file in self._files:
            file.discard()


class Layout:
    """Where the bytes of each term lie in a field's areas, from the numbers in the term table."""

    __slots__ = (
        "doc_width",
        "docs",
        "docs_end",
        "freq_width",
        "pos_width",
        "positions",
        "positions_end",
    )

    def __init__(self, df: Numbers, ttf: Numbers, codes: Numbers) -> None:
        df, ttf = df.astype(np.int64), ttf.astype(np.int64)
        self.doc_width = _WIDTHS[codes & 3]
        self.freq_width = _FREQ_WIDTHS[(codes >> 2) & 3]
        self.pos_width = _WIDTHS[codes >> 4]
        doc_sizes = _padded(df * self.doc_width)
        freq_sizes = _padded(df * self.freq_width)
        pos_sizes = _padded(ttf * self.pos_width)
        docs, positions = starts_of(doc_sizes + freq_sizes), starts_of(pos_sizes)
        self.docs_end = int(docs[-1] + doc_sizes[-1] + freq_sizes[-1]) if len(df) else 0
        self.positions_end = int(positions[-1] + pos_sizes[-1]) if len(df) else 0
        self.docs, self.positions = compact(docs), compact(positions)

    def freqs(self, df: Ints | int, terms: slice | int) -> Ints:
        """Where the frequencies of some terms start, behind their documents.

        :param df: documents of each of them.
        :param terms: which ones.
        """
        return self.docs[terms].astype(np.int64) + _padded(df * self.doc_width[terms].astype(np.int64))

    def decode(self, df: Ints, ttf: Ints, docs: Bytes, positions: Bytes | None, terms: slice) -> Batch:
        """The postings of some of the terms.

        :param df: documents of each of them; ``ttf`` likewise.
        :param docs: the area of documents and frequencies; ``positions`` likewise, ``None`` if not wanted.
        """
        count = int(df.sum())
        deltas = np.zeros(count, np.int64)
        freqs = np.ones(count, np.uint32)
        spots = np.zeros(0 if positions is None else int(ttf.sum()), np.uint32)
        if count:
            _gather(docs, self.docs[terms], self.doc_width[terms], df, deltas)
            _gather(docs, self.freqs(df, terms), self.freq_width[terms], df, freqs)
        if count and positions is not None:
            _gather(positions, self.positions[terms], self.pos_width[terms], ttf, spots)
        return Batch(df, _undo_deltas(deltas, df), freqs, spots)


class FieldPostings:
    """The terms of one field in one segment, in the order of their bytes, and their postings."""

    def __init__(
        self, field: str, terms_file: SectionFile, docs: SectionFile, positions: SectionFile
    ) -> None:
        self.terms = terms_file.texts(field)
        self.df = terms_file.numbers(f"{field}.df")
        self.ttf = terms_file.numbers(f"{field}.ttf")
        self._layout = Layout(self.df, self.ttf, terms_file.array(f"{field}.codes", "u1"))
        self._docs_file, self._docs_base = docs, docs.range(field)[0]
        self._positions_file, self._positions_base = positions, positions.range(field)[0]
        self._marks = [self.terms[ordinal] for ordinal in range(0, len(self.terms), _MARKED)]
        self._found: dict[str | bytes, int] = {}

    def __len__(self) -> int:
        return len(self.df)

    def let_go(self) -> None:
        """Give back the memory that postings read so far take; they can be read again."""
        self._docs_file.let_go()
        self._positions_file.let_go()

    def lower_bound(self, target: bytes) -> int:
        """Number of the first term that is not before ``target``."""
        mark = bisect_left(self._marks, target)
        first, last = max(mark - 1, 0) * _MARKED, min(mark * _MARKED, len(self))
        return bisect_left(range(len(self)), target, first, last, key=self.terms.__getitem__)

    def find(self, text: str | bytes) -> int:
        """Number of a term, or -1."""
        found = self._found.get(text)
        if found is None:
            target = text if isinstance(text, bytes) else term_bytes(text)
            mark = bisect_right(self._marks, target)
            first, last = max(mark - 1, 0) * _MARKED, min(mark * _MARKED, len(self))
            found = self.terms.find(target, first, last) if target else -1
            if len(self._found) >= _FOUND_KEPT:
                self._found.clear()
            self._found[text] = found
        return found

    def prefix_range(self, prefix: bytes) -> tuple[int, int]:
        """(first, last + 1) of the terms that start with ``prefix``."""
        first = self.lower_bound(prefix)
        if not prefix:
            return first, len(self)
        size = len(prefix)
        last = bisect_left(range(len(self)), True, lo=first, key=lambda i: self.terms[i][:size] > prefix)
        return first, last

    def postings(self, ordinal: int) -> tuple[Ints, Numbers]:
        """(document numbers, frequencies) of one term."""
        layout, df = self._layout, int(self.df[ordinal])
        start, width = self._docs_base + int(layout.docs[ordinal]), int(layout.doc_width[ordinal])
        deltas = self._docs_file.numbers_at(start, start + df * width, width)
        return deltas.astype(np.int64).cumsum(), self.frequencies(ordinal)

    def frequencies(self, ordinal: int) -> Numbers:
        """The frequencies of one term, posting after posting."""
        width, df = int(self._layout.freq_width[ordinal]), int(self.df[ordinal])
        if not width:
            return np.ones(df, np.uint8)
        start = self._docs_base + int(self._layout.freqs(df, ordinal))
        return self._docs_file.numbers_at(start, start + df * width, width)

    def positions(self, ordinal: int) -> Numbers:
        """The positions of one term, document after document, as many in each as its frequency."""
        layout = self._layout
        start = self._positions_base + int(layout.positions[ordinal])
        width = int(layout.pos_width[ordinal])
        return self._positions_file.numbers_at(start, start + int(self.ttf[ordinal]) * width, width)

    def positions_at(self, ordinal: int, freqs: Numbers, places: Ints, sizes: Numbers) -> Numbers:
        """The positions of some postings of one term, posting after posting.

        :param freqs: frequencies of all its postings.
        :param places: which ones, ascending.
        :param sizes: their frequencies.
        """
        positions = self.positions(ordinal)
        if len(positions) == len(freqs):
            return positions[places]
        return positions[flat_index(starts_at(freqs, places), sizes)]

    def docs_of(self, ordinals: Ints) -> Ints:
        """Document numbers of some terms, given by ascending number, one term after the other."""
        if not len(ordinals):
            return np.empty(0, np.int64)
        layout = self._layout
        self._check_docs(int(ordinals[0]), int(ordinals[-1]) + 1)
        df = self.df[ordinals].astype(np.int64)
        deltas = np.empty(int(df.sum()), np.int64)
        data = self._docs_file.bytes[self._docs_base :]
        _gather(data, layout.docs[ordinals], layout.doc_width[ordinals], df, deltas)
        return _undo_deltas(deltas, df)

    def _check_docs(self, first: int, last: int) -> None:
        layout, base = self._layout, self._docs_base
        end = int(layout.docs[last]) if last < len(self) else layout.docs_end
        self._docs_file.check(base + int(layout.docs[first]), base + end)

    def batch(self, first: int, last: int, *, positions: bool = True) -> Batch:
        """The postings of the terms from number ``first`` to before ``last``."""
        layout, terms = self._layout, slice(first, last)
        found: Bytes | None = None
        if first < last:
            self._check_docs(first, last)
        if first < last and positions:
            end = layout.positions_end if last == len(self) else int(layout.positions[last])
            base = self._positions_base
            self._positions_file.check(base + int(layout.positions[first]), base + end)
        if positions:
            found = self._positions_file.bytes[self._positions_base :]
        docs = self._docs_file.bytes[self._docs_base :]
        df, ttf = self.df[terms].astype(np.int64), self.ttf[terms].astype(np.int64)
        return layout.decode(df, ttf, docs, found, terms)
