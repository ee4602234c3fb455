"""Sets of scored documents as they are kept between searches: in half the bytes that working with them takes.

Whoever asks gets arrays of its own; that takes a few microseconds, and twice as many sets fit.
"""

from __future__ import annotations

from collections.abc import Hashable
from typing import NamedTuple

import numpy as np

from index.engines.cache import ByteCache
from index.engines.whoosh.arrays import Docs, Numbers, Scores
from index.engines.whoosh.matches import TINY, Listed, Matches, Spread, is_many

_SHORT, _LONG = 1 << 16, 1 << 32


class _List(NamedTuple):
    """A list of documents."""

    docs: Numbers
    scores: Scores | float
    least: float

    @property
    def nbytes(self) -> int:
        return self.docs.nbytes + (0 if isinstance(self.scores, float) else self.scores.nbytes)

    def unpacked(self) -> Listed:
        return Listed(unpacked_docs(self.docs), self.scores, self.least)


class _Dense(NamedTuple):
    """Scores of all documents of the index, none of them so small that it is not told from 0."""

    scores: Scores
    size: int
    least: float

    @property
    def nbytes(self) -> int:
        return self.scores.nbytes

    def unpacked(self) -> Spread:
        return Spread(self.scores > 0, self.scores, self.size, self.least)


def packed_docs(docs: Docs) -> Numbers:
    """Ascending numbers of documents in as few bytes each as they fit in."""
    last = docs[-1] if len(docs) else 0
    if last < _SHORT:
        return docs.astype(np.uint16)
    return docs.astype(np.uint32) if last < _LONG else docs


def unpacked_docs(docs: Numbers) -> Docs:
    """The numbers again."""
    return docs.astype(np.int64, copy=False)


def kept_bytes(matches: Matches, count: int) -> int:
    """Most that a set takes where it is kept, made compact.

    :param count: number of documents in the index.
    """
    width, score = (2 if count <= _SHORT else 4), (0 if isinstance(matches.scores, float) else 4)
    if isinstance(matches, Listed) or not is_many(matches.size, count):
        return matches.size * (width + score)
    return count * ((score + (matches.least <= TINY)) if score else 1)


def keep(cache: ByteCache, key: Hashable, matches: Matches) -> None:
    """Keep a set, which is not changed any more."""
    kept: _List | _Dense | Spread
    if isinstance(matches, Listed):
        kept = _List(packed_docs(matches.docs), matches.scores, matches.least)
    elif isinstance(matches.scores, float) or matches.least <= TINY:
        kept = matches
    else:
        kept = _Dense(matches.scores, matches.size, matches.least)
    cache.put(key, kept, kept.nbytes)


def kept(cache: ByteCache, key: Hashable) -> Matches | None:
    """What :func:`keep` kept, ``None`` if it is not there any more."""
    found: _List | _Dense | Spread | None = cache.get(key)
    return found.unpacked() if isinstance(found, (_List, _Dense)) else found
