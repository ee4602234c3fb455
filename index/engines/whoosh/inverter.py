"""Turning documents' token streams into posting lists, a chunk of documents at a time, in bulk."""

from __future__ import annotations

from array import array
from collections.abc import Sequence

import numpy as np

from index.engines.whoosh.postings import Batch, PostingsWriter
from index.engines.whoosh.prepare import STREAMS, Tokens
from index.engines.whoosh.schema import TEXT_FIELDS, term_bytes


class _Vocabulary(dict[str, int]):
    """Term -> number; numbers are given out in order of appearance."""

    def __missing__(self, term: str) -> int:
        number = self[term] = len(self)
        return number


class _FieldTokens:
    """The tokens of one field in all documents of the chunk, one after the other."""

    def __init__(self) -> None:
        self.vocabulary = _Vocabulary()
        self.terms = array("i")
        self.positions = array("I")
        self.lengths = array("I")

    def add(self, tokens: Sequence[str], positions: array[int]) -> None:
        self.terms.extend(array("i", list(map(self.vocabulary.__getitem__, tokens))))
        self.positions.extend(positions)
        self.lengths.append(len(tokens))

    def invert(self, writer: PostingsWriter) -> None:
        terms = sorted(self.vocabulary)
        if terms:
            rank = np.empty(len(terms), np.int64)
            rank[np.fromiter(map(self.vocabulary.__getitem__, terms), np.int64, len(terms))] = np.arange(
                len(terms)
            )
            count = len(self.terms)
            # One number that holds term and place sorts faster than a stable sort by term.
            keys = rank[np.frombuffer(self.terms, np.int32)]
            keys <<= 32
            keys |= np.arange(count)
            keys.sort()
            place = keys & 0xFFFFFFFF
            keys >>= 32
            lengths = np.frombuffer(self.lengths, np.uint32)
            doc = np.repeat(np.arange(len(lengths), dtype=np.int32), lengths)[place]
            new = np.empty(count, np.bool_)
            new[0] = True
            np.logical_or(keys[1:] != keys[:-1], doc[1:] != doc[:-1], out=new[1:])
            first = np.flatnonzero(new)
            writer.append(
                Batch(
                    df=np.bincount(keys[first], minlength=len(terms)),
                    docs=doc[first],
                    freqs=np.diff(first, append=count),
                    positions=np.frombuffer(self.positions, np.uint32)[place],
                )
            )
        writer.end_field([term_bytes(term) for term in terms])


_PLAIN = array("I", range(1 << 14))


def _plain_positions(count: int) -> array[int]:
    """0, 1, 2, ..."""
    return _PLAIN[:count] if count <= len(_PLAIN) else array("I", range(count))


def _listed(tokens: str | list[str]) -> list[str]:
    return tokens.split() if isinstance(tokens, str) else tokens


class Inverter:
    """Collects documents and writes their posting lists at once."""

    def __init__(self) -> None:
        self._fields = {field: _FieldTokens() for field in TEXT_FIELDS}
        self.tokens = 0

    def add(self, texts: Sequence[Tokens]) -> None:
        """Add the next document."""
        for (stem_field, form_field), tokens in zip(STREAMS, texts, strict=True):
            forms = _listed(tokens.forms)
            positions = _plain_positions(len(forms))
            if tokens.positions is not None:
                positions = array("I", tokens.positions)
            if stem_field is not None:
                self._fields[stem_field].add(_listed(tokens.stems or []), positions)
            self._fields[form_field].add(forms, positions)
            self.tokens += 2 * len(forms)

    def lengths(self, field: str) -> array[int]:
        """Number of tokens of each document in a field."""
        return self._fields[field].lengths  # type: ignore[index]  # a TextField is its own text

    def write(self, writer: PostingsWriter) -> None:
        """Write the posting lists of every field and forget them."""
        for field in TEXT_FIELDS:
            writer.begin_field(field)
            tokens = self._fields[field]
            self._fields[field] = _FieldTokens()
            tokens.invert(writer)
