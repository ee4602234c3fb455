"""Signature: what tells that two articles are one text told twice, whatever publishers changed in it.

A text is taken as its set of runs of four words, and two texts are versions of one if enough of all their
runs are in both (resemblance; Broder 1997, "On the resemblance and containment of documents"). Daily reports
that fill the same frame with other figures are none: their numbers differ, or their days do.
"""

from __future__ import annotations

from typing import TypeAlias
from zlib import crc32

import numpy as np
import numpy.typing as npt
from msgspec import Struct

from index.documents import Document
from index.engines.cache import ByteCache

Hashes: TypeAlias = npt.NDArray[np.uint32]

RESEMBLANCE = 0.4
"""Share of the runs of both texts that is in both, from which on one is a version of the other."""

DAYS = 3
"""Days that may lie between the publications of two versions."""

LEAST_RUNS = 25
"""A text with fewer different runs is too short to be told from another by them, and is nobody's version."""

LONGEST = 10_000
"""Characters of a text that are looked at, five times those of a usual article."""

SKETCH = 32
"""Of two versions, some of so many of the least hashes are the same."""

_RUN = 4
_MULTIPLIER = np.uint64(0x9E3779B97F4A7C15)  # 2**64 divided by the golden ratio
_OTHER_NUMBERS = 0.2

_INSIDE = bytes(c if c > 127 or chr(c).isalnum() else 32 for c in range(256))
_ORNAMENTS = tuple(sign.encode() for sign in "‘’“”–—…•\u00a0")
_NONE: Hashes = np.empty(0, np.uint32)


class Signature(Struct, frozen=True):
    """What is compared of an article, about 1.2 kB of a usual one and 20 kB at most.

    :param runs: hashes of its runs of words, ascending, each once; none if there are too few to tell.
    :param numbers: hashes of the numbers in it, likewise.
    :param day: of publication as an ordinal, ``None`` if unknown.
    """

    runs: Hashes
    numbers: Hashes
    day: int | None

    @classmethod
    def of(cls, document: Document) -> Signature:
        """The signature of an article: the same in every process."""
        words = _folded(document.body).split()
        runs = _runs(words)
        if len(runs) < LEAST_RUNS:
            return cls(_NONE, _NONE, None)
        numbers = _distinct(_hashes([word for word in words if word.isdigit()]))
        return cls(runs, numbers, document.published.toordinal() if document.published else None)

    @property
    def sketch(self) -> list[int]:
        """The least hashes: of two versions, most of these are the same."""
        least: list[int] = self.runs[:SKETCH].tolist()
        return least

    @property
    def nbytes(self) -> int:
        """Memory of the arrays."""
        return self.runs.nbytes + self.numbers.nbytes

    def resembles(self, other: Signature) -> bool:
        """Whether both are versions of one text."""
        fewer, more = sorted((len(self.runs), len(other.runs)))
        if not fewer or fewer < RESEMBLANCE * more or not self._is_near(other):
            return False
        common = _common(self.runs, other.runs)
        return common >= RESEMBLANCE * (fewer + more - common) and self._tells_the_same_numbers(other)

    def _is_near(self, other: Signature) -> bool:
        return self.day is None or other.day is None or abs(self.day - other.day) <= DAYS

    def _tells_the_same_numbers(self, other: Signature) -> bool:
        """Whether all numbers of the one that has fewer are in the other, but for one or a few."""
        fewer = min(len(self.numbers), len(other.numbers))
        return fewer - _common(self.numbers, other.numbers) <= max(1, _OTHER_NUMBERS * fewer)


class Signatures:
    """Signatures of the articles used last. Safe to share between threads.

    :param capacity: most memory that they take, in bytes.
    """

    def __init__(self, capacity: int) -> None:
        self._kept = ByteCache(capacity)

    def of(self, document: Document) -> Signature:
        """The signature of an article, worked out in a tenth of a millisecond when first asked for."""
        kept: Signature | None = self._kept.get(document.id)
        if kept is None:
            kept = Signature.of(document)
            self._kept.put(document.id, kept, kept.nbytes)
        return kept


def _folded(text: str) -> bytes:
    """The beginning of a text in lower case, with blanks for whatever is no letter and no digit."""
    data = text[:LONGEST].lower().encode("utf-8", "surrogatepass").translate(_INSIDE)
    if not data.isascii():
        for sign in _ORNAMENTS:
            data = data.replace(sign, b" ")
    return data


def _runs(words: list[bytes]) -> Hashes:
    count = len(words) - _RUN + 1
    if count < LEAST_RUNS:
        return _NONE
    hashes = _hashes(words).astype(np.uint64)
    runs = np.zeros(count, np.uint64)
    for place in range(_RUN):
        runs += hashes[place : place + count]
        runs *= _MULTIPLIER
    return _distinct((runs >> np.uint64(32)).astype(np.uint32))


def _hashes(words: list[bytes]) -> Hashes:
    return np.fromiter(map(crc32, words), np.uint32, len(words))


def _distinct(hashes: Hashes) -> Hashes:
    """Each value once, ascending: what np.unique gives, in a fifth of its time."""
    if not len(hashes):
        return hashes
    hashes.sort()
    first = np.empty(len(hashes), np.bool_)
    first[0] = True
    np.not_equal(hashes[1:], hashes[:-1], first[1:])
    return hashes[first]


def _common(one: Hashes, other: Hashes) -> int:
    """How many values are in both; each is once in its own."""
    both = np.concatenate((one, other))
    both.sort()
    return int(np.count_nonzero(both[1:] == both[:-1]))
