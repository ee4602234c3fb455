"""The terms of one field and their numbers of documents, as arrays, which may lie in a memory map."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Mapping
from operator import itemgetter
from typing import Any

import numpy as np
import numpy.typing as npt

_STEP = 20_000  # terms that are decoded at a time
_BLANK = b" "
_FEW = 20  # so many times fewer changes than terms are looked up one by one

Frequencies = npt.NDArray[np.uint32]
Ends = npt.NDArray[np.uint64]


class Words:
    """Terms in code point order, which is that of their UTF-8.

    :param text: the terms, each with a blank behind it.
    :param ends: where each one ends, behind its blank.
    :param frequencies: numbers of documents.
    """

    def __init__(self, text: Any, ends: Ends, frequencies: Frequencies) -> None:
        self.text = text
        self.ends = ends
        self.frequencies = frequencies

    def __len__(self) -> int:
        return len(self.ends)

    def find(self, term: str) -> int:
        """Place of a term, -1 if it is not there."""
        wanted = term.encode()
        place = self._first(wanted)
        return place if place < len(self) and self._at(place) == wanted else -1

    def frequency(self, term: str) -> int:
        """Number of documents with a term."""
        place = self.find(term)
        return int(self.frequencies[place]) if place >= 0 else 0

    def span(self, prefix: str) -> range:
        """Places of the terms that begin so."""
        start = prefix.encode()
        if not start:
            return range(len(self))
        first = self._first(start)
        # No UTF-8 holds the byte 0xff: it is behind all that go on from here.
        return range(first, self._first(start + b"\xff"))

    def terms(self, places: range) -> Iterator[str]:
        """The terms of some places that follow each other."""
        for first in range(places.start, places.stop, _STEP):
            last = min(first + _STEP, places.stop)
            yield from self._joined(first, last).split(" ")

    def pairs(self, places: range) -> Iterator[tuple[str, int]]:
        """The same with numbers of documents."""
        counts = self.frequencies[places.start : places.stop]
        for start in range(0, len(places), _STEP):
            end = min(start + _STEP, len(places))
            terms = self._joined(places.start + start, places.start + end).split(" ")
            yield from zip(terms, counts[start:end].tolist(), strict=True)

    def of_lengths(self, least: int, most: int) -> list[int]:
        """Places of the terms with so many bytes."""
        lengths = np.diff(self.ends.astype(np.int64), prepend=0) - 1
        found: list[int] = ((lengths >= least) & (lengths <= most)).nonzero()[0].tolist()
        return found

    def term(self, place: int) -> str:
        """The term of a place."""
        return self._at(place).decode()

    def changed(self, changes: Mapping[str, int]) -> Words:
        """The words after some documents came and went.

        :param changes: term -> number of documents that it has more, or fewer.
        """
        if len(changes) * _FEW > len(self):
            return self._merged(changes)
        inserts: list[tuple[int, bytes, int]] = []
        frequencies = np.array(self.frequencies, np.int64)
        for term in sorted(changes):  # surrogates aside, which nothing here holds, as UTF-8 is
            difference = changes[term]
            wanted = term.encode()
            place = self._first(wanted)
            if place < len(self) and self._at(place) == wanted:
                frequencies[place] += difference
            elif difference > 0:
                inserts.append((place, wanted + _BLANK, difference))
        gone = (frequencies <= 0).nonzero()[0]
        if not inserts and not len(gone):
            return Words(self.text, self.ends, frequencies.astype(np.uint32))
        return self._rebuilt(frequencies, inserts, gone.tolist())

    def _merged(self, changes: Mapping[str, int]) -> Words:
        """The same, where most terms change: each at a tenth of the time."""
        counts = dict(self.pairs(range(len(self))))
        for term, difference in changes.items():
            counts[term] = counts.get(term, 0) + difference
        terms = sorted([term for term, count in counts.items() if count > 0])
        text = " ".join(terms).encode() + _BLANK if terms else b""
        ends = (np.frombuffer(text, np.uint8) == ord(_BLANK)).nonzero()[0] + 1
        frequencies = np.fromiter(map(counts.__getitem__, terms), np.uint32, len(terms))
        return Words(text, ends.astype(np.uint64), frequencies)

    def _rebuilt(
        self, frequencies: npt.NDArray[np.int64], inserts: list[tuple[int, bytes, int]], gone: list[int]
    ) -> Words:
        lengths = np.diff(self.ends.astype(np.int64), prepend=0)
        places = [place for place, _, _ in inserts]
        kept = np.ones(len(self), bool)
        kept[gone] = False
        pieces: list[bytes] = []
        view = memoryview(self.text)
        copied = 0
        edits = [(place, 0, term) for place, term, _ in inserts] + [(place, 1, b"") for place in gone]
        for place, is_gone, term in sorted(edits, key=itemgetter(0, 1)):  # terms are in order
            start = self._start(place)
            pieces += (bytes(view[copied:start]), term)
            copied = int(self.ends[place]) if is_gone else start
        pieces.append(bytes(view[copied:]))
        flags = np.insert(kept, places, True)
        lengths = np.insert(lengths, places, [len(term) for _, term, _ in inserts])[flags]
        counts = np.insert(frequencies, places, [count for _, _, count in inserts])[flags]
        return Words(b"".join(pieces), np.cumsum(lengths).astype(np.uint64), counts.astype(np.uint32))

    def _first(self, wanted: bytes) -> int:
        return bisect_left(_Keys(self), wanted)

    def _start(self, place: int) -> int:
        return int(self.ends[place - 1]) if place else 0

    def _at(self, place: int) -> bytes:
        return bytes(self.text[self._start(place) : int(self.ends[place]) - 1])

    def _joined(self, first: int, last: int) -> str:
        return bytes(self.text[self._start(first) : int(self.ends[last - 1]) - 1]).decode()


class _Keys:
    """The terms as what :func:`bisect_left` asks of a list."""

    __slots__ = ("_words",)

    def __init__(self, words: Words) -> None:
        self._words = words

    def __len__(self) -> int:
        return len(self._words)

    def __getitem__(self, place: int) -> bytes:
        return self._words._at(place)


def no_words() -> Words:
    """The words of an empty index."""
    return Words(b"", np.zeros(0, np.uint64), np.zeros(0, np.uint32))
