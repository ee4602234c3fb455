"""Sets of scored documents: a few as a sorted list, many as one flag and one score for each in the index."""

from __future__ import annotations

from typing import NamedTuple, TypeAlias

import numpy as np

from index.engines.whoosh.arrays import Docs, Mask, Numbers, Scores

# A listed document takes 12 bytes (number and score), each document of the index 5 when spread (score, flag).
_LISTED_BYTES, _SPREAD_BYTES = 12, 5
TINY = 1e-30
"""A score above it is no zero, whatever it was multiplied with in float32."""

_NO_DOCS: Docs = np.empty(0, np.int64)
_NO_DOCS.flags.writeable = False


class Listed(NamedTuple):
    """Documents, ascending, and a score for each or one score for all.

    :param least: no score is below it; 0 if nothing is known.
    """

    docs: Docs
    scores: Scores | float
    least: float = 0.0

    @property
    def size(self) -> int:
        """Number of documents."""
        return len(self.docs)

    @property
    def nbytes(self) -> int:
        """Memory of the arrays."""
        return self.docs.nbytes + (0 if isinstance(self.scores, float) else self.scores.nbytes)

    def listed(self) -> Listed:
        """The same as a list."""
        return self

    def compact(self) -> Listed:
        """The same in as little memory as it can."""
        return self

    def score_array(self) -> Scores:
        """A score for each document."""
        if isinstance(self.scores, float):
            return np.full(len(self.docs), self.scores, np.float32)
        return self.scores

    def scaled(self, factor: float) -> Listed:
        """The same documents, their scores multiplied."""
        if isinstance(self.scores, float):
            return Listed(self.docs, self.scores * factor, self.least * factor)
        return Listed(self.docs, self.scores * np.float32(factor), self.least * factor)

    def constant(self, score: float) -> Listed:
        """The same documents with one score."""
        return Listed(self.docs, score, score)

    def scores_of(self, docs: Docs) -> dict[int, float]:
        """The scores of those of some documents that are among them, by their places in ``docs``.

        :param docs: numbers, in any order; none is below 0 but of documents that are nowhere.
        """
        if not len(self.docs):
            return {}
        places = np.minimum(self.docs.searchsorted(docs), len(self.docs) - 1)
        found = (self.docs[places] == docs).nonzero()[0]
        return _placed(found, self.scores, places[found])

    def aligned(self, column: Numbers) -> Numbers:
        """What :meth:`where` and :meth:`docs_where` go by: the values of a column, one for each document."""
        return column[self.docs]

    def where(self, mask: Mask) -> Matches:
        """The documents that a mask over :meth:`aligned` values keeps."""
        if isinstance(self.scores, float):
            return Listed(self.docs[mask], self.scores, self.least)
        return Listed(self.docs[mask], self.scores[mask], self.least)

    def docs_where(self, mask: Mask) -> Docs:
        """The same, without scores."""
        return self.docs[mask]

    def add_to(self, target: Scores) -> None:
        """Add the scores to those of all documents of the index."""
        # One number for all: numpy's `at` takes a hundred times as long for it as for an array.
        np.add.at(target, self.docs, self.score_array())

    def flag(self, mask: Mask) -> None:
        """Set the flags of these documents."""
        mask[self.docs] = True


class Spread(NamedTuple):
    """One flag for each document of the index; a score for each, 0 where the flag is not set, or one for all
    that are flagged.

    :param size: number of documents that are flagged.
    :param least: no score of a flagged document is below it; 0 if nothing is known.
    """

    mask: Mask
    scores: Scores | float
    size: int
    least: float = 0.0

    @property
    def docs(self) -> Docs:
        """The documents, ascending."""
        return self.mask.nonzero()[0]

    @property
    def nbytes(self) -> int:
        """Memory of the arrays."""
        return self.mask.nbytes + (0 if isinstance(self.scores, float) else self.scores.nbytes)

    def listed(self) -> Listed:
        """The same as a list."""
        docs = self.docs
        scores = self.scores if isinstance(self.scores, float) else self.scores.take(docs)
        return Listed(docs, scores, self.least)

    def compact(self) -> Matches:
        """The same in as little memory as it can."""
        return self if is_many(self.size, len(self.mask)) else self.listed()

    def scaled(self, factor: float) -> Spread:
        """The same documents, their scores multiplied."""
        if isinstance(self.scores, float):
            return Spread(self.mask, self.scores * factor, self.size, self.least * factor)
        return Spread(self.mask, self.scores * np.float32(factor), self.size, self.least * factor)

    def constant(self, score: float) -> Spread:
        """The same documents with one score."""
        return Spread(self.mask, score, self.size, score)

    def scores_of(self, docs: Docs) -> dict[int, float]:
        """See :meth:`Listed.scores_of`."""
        found = (self.mask[docs] & (docs >= 0)).nonzero()[0]
        return _placed(found, self.scores, docs[found])

    def aligned(self, column: Numbers) -> Numbers:
        """What :meth:`where` and :meth:`docs_where` go by: the values of a column, one for each document of
        the index."""
        return column

    def where(self, mask: Mask) -> Spread:
        """The documents that a mask over :meth:`aligned` values keeps."""
        scores = self.scores if isinstance(self.scores, float) else self.scores * mask
        return spread(self.mask & mask, scores, self.least)

    def docs_where(self, mask: Mask) -> Docs:
        """The same, without scores."""
        return (self.mask & mask).nonzero()[0]

    def add_to(self, target: Scores) -> None:
        """Add the scores to those of all documents of the index."""
        if not isinstance(self.scores, float):
            target += self.scores
        elif self.scores:
            target += self.mask * np.float32(self.scores)

    def flag(self, mask: Mask) -> None:
        """Set the flags of these documents."""
        mask |= self.mask


def _placed(found: Docs, scores: Scores | float, places: Docs) -> dict[int, float]:
    """What was found -> the score at its place."""
    if isinstance(scores, float):
        return dict.fromkeys(found.tolist(), scores)
    return dict(zip(found.tolist(), scores[places].tolist(), strict=True))


Matches: TypeAlias = Listed | Spread

NO_MATCHES = Listed(_NO_DOCS, 0.0)
"""No document."""


def spread(mask: Mask, scores: Scores | float, least: float = 0.0) -> Spread:
    """Flagged documents, counted."""
    return Spread(mask, scores, int(np.count_nonzero(mask)), least)


def is_many(size: int, count: int) -> bool:
    """Whether so many of ``count`` documents take less memory when spread than as a list."""
    return size * _LISTED_BYTES > count * _SPREAD_BYTES


def mask_of(matches: Matches, count: int) -> Mask:
    """One flag for each of ``count`` documents; not to be written to."""
    if isinstance(matches, Spread):
        return matches.mask
    mask = np.zeros(count, np.bool_)
    mask[matches.docs] = True
    return mask
