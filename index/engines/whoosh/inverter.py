"""Turning documents' texts into posting lists, a chunk of documents at a time, in bulk."""

from __future__ import annotations

from array import array
from collections import defaultdict
from collections.abc import Mapping, Sequence
from itertools import count, pairwise

import numpy as np

from index.engines.whoosh.arrays import Ints, starts_of
from index.engines.whoosh.fields import TEXT_FIELDS, term_bytes
from index.engines.whoosh.postings import Batch, PostingsWriter
from index.query import TextField

# Tokens of which posting lists are made at a time: bounds memory to about 60 bytes each.
_WRITTEN_AT_ONCE = 400_000

_TERM_BYTES = 200
_TOKEN_BYTES = 4


class _FieldBuffer:
    """The tokens of one field in all documents of the chunk, one after the other."""

    def __init__(self) -> None:
        self.tokens = array("i")
        self.lengths = array("I")

    def add(self, text: str, numbers: Mapping[str, int]) -> int:
        """Add the next document's text; returns its number of tokens.

        :param numbers: of terms; an unseen term is given the next one.
        """
        tokens = text.split()
        self.tokens.fromlist(list(map(numbers.__getitem__, tokens)))
        self.lengths.append(len(tokens))
        return len(tokens)

    def invert(self, terms: Sequence[bytes], rank: Ints, writer: PostingsWriter) -> None:
        """Write the posting lists.

        :param terms: those of all fields, ascending.
        :param rank: place among them of each term by its number.
        """
        if self.tokens:
            # One number that holds term and place sorts faster than a stable sort by term.
            keys = rank[np.frombuffer(self.tokens, np.int32)]
            self.tokens = array("i")  # its memory is needed
            there = np.bincount(keys, minlength=len(terms)) > 0
            keys = (np.cumsum(there) - 1)[keys]
            keys <<= 32
            keys |= np.arange(len(keys), dtype=np.uint32)
            keys.sort()
            self._write(keys, [terms[place] for place in np.flatnonzero(there).tolist()], writer)
        writer.end_field()

    def _write(self, keys: Ints, terms: list[bytes], writer: PostingsWriter) -> None:
        """Write the posting lists of sorted keys, some terms at a time."""
        lengths = np.frombuffer(self.lengths, np.uint32)
        starts = starts_of(lengths)
        doc_at = np.repeat(np.arange(len(lengths), dtype=np.int32), lengths)
        bounds = np.searchsorted(keys, np.arange(len(terms) + 1) << 32)
        cuts = np.searchsorted(bounds, np.arange(_WRITTEN_AT_ONCE, len(keys), _WRITTEN_AT_ONCE))
        for low, high in pairwise(sorted({0, *cuts.tolist(), len(terms)})):
            some = keys[bounds[low] : bounds[high]]
            place = some & 0xFFFFFFFF
            some >>= 32
            doc = doc_at[place]
            place -= starts[doc]
            new = np.empty(len(some), np.bool_)
            new[0] = True
            np.logical_or(some[1:] != some[:-1], doc[1:] != doc[:-1], out=new[1:])
            first = np.flatnonzero(new)
            writer.append(
                terms[low:high],
                Batch(
                    df=np.bincount(some[first] - low, minlength=high - low),
                    docs=doc[first],
                    freqs=np.diff(first, append=len(some)),
                    positions=place,
                ),
            )


class Inverter:
    """Collects documents and writes their posting lists at once."""

    def __init__(self) -> None:
        self.tokens = 0
        self._start()

    def _start(self) -> None:
        # Of the terms of all fields: a document has mostly the same terms in its fields, and time goes by
        # waiting for memory.
        self._numbers = defaultdict[str, int](count().__next__)
        self._fields = {field: _FieldBuffer() for field in TEXT_FIELDS}

    @property
    def nbytes(self) -> int:
        """Memory that the documents take, about; as much again is needed to write them."""
        return _TOKEN_BYTES * self.tokens + _TERM_BYTES * len(self._numbers)

    def add(self, texts: Sequence[str]) -> None:
        """Add the next document.

        :param texts: its terms in each of TEXT_FIELDS, parted by single blanks.
        """
        for buffer, text in zip(self._fields.values(), texts, strict=True):
            self.tokens += buffer.add(text, self._numbers)

    def lengths(self, field: TextField) -> array[int]:
        """Number of tokens of each document in a field."""
        return self._fields[field].lengths

    def write(self, writer: PostingsWriter) -> None:
        """Write the posting lists of every field and forget them."""
        numbers, fields = self._numbers, self._fields
        self._start()
        terms = sorted(numbers)
        rank = np.empty(len(terms), np.int64)
        rank[np.fromiter(map(numbers.__getitem__, terms), np.int64, len(terms))] = np.arange(len(terms))
        stored = list(map(term_bytes, terms))
        del numbers, terms
        for field in TEXT_FIELDS:
            writer.begin_field(field)
            fields.pop(field).invert(stored, rank, writer)
