"""Sets of scored documents as sorted arrays, and how they combine."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

Docs = npt.NDArray[np.int64]
Scores = npt.NDArray[np.float32]
Mask = npt.NDArray[np.bool_]

# Fewer than one document in so many: work with the documents instead of the whole numbering.
_SPARSE = 5
_NO_DOCS: Docs = np.empty(0, np.int64)
_NO_DOCS.flags.writeable = False


class Matches(NamedTuple):
    """Documents, ascending, and a score for each or one score for all."""

    docs: Docs
    scores: Scores | float

    @property
    def nbytes(self) -> int:
        """Memory of the arrays."""
        return self.docs.nbytes + (0 if isinstance(self.scores, float) else self.scores.nbytes)

    def score_array(self) -> Scores:
        """A score for each document."""
        if isinstance(self.scores, float):
            return np.full(len(self.docs), self.scores, np.float32)
        return self.scores

    def scaled(self, factor: float) -> Matches:
        """The same documents, their scores multiplied."""
        if isinstance(self.scores, float):
            return Matches(self.docs, self.scores * factor)
        return Matches(self.docs, self.scores * np.float32(factor))

    def constant(self, score: float) -> Matches:
        """The same documents with one score."""
        return Matches(self.docs, float(score))

    def where(self, mask: Mask) -> Matches:
        """The documents whose place is set in ``mask``."""
        if isinstance(self.scores, float):
            return Matches(self.docs[mask], self.scores)
        return Matches(self.docs[mask], self.scores[mask])

    def score_of(self, doc: int) -> float | None:
        """The score of a document, ``None`` if it is not among them."""
        place = int(np.searchsorted(self.docs, doc))
        if place == len(self.docs) or self.docs[place] != doc:
            return None
        return self.scores if isinstance(self.scores, float) else float(self.scores[place])


NO_MATCHES = Matches(_NO_DOCS, 0.0)


def _add_to(target: npt.NDArray[np.float32], matches: Matches) -> None:
    docs, scores = matches
    if not isinstance(scores, float):
        np.add.at(target, docs, scores)
    elif scores:
        # One number for all: numpy's `at` takes a hundred times as long for it as for an array.
        target[docs] = target[docs].astype(np.float64) + scores


def mask_of(docs: Docs, count: int) -> Mask:
    """One flag for each of ``count`` documents."""
    mask = np.zeros(count, np.bool_)
    mask[docs] = True
    return mask


def _all_docs(children: Sequence[Matches], count: int) -> Docs:
    """Documents in any child, ascending."""
    mask = np.zeros(count, np.bool_)
    if sum(len(child.docs) for child in children) * _SPARSE > count:
        for child in children:
            mask[child.docs] = True
        return np.flatnonzero(mask)
    # Looking through a sparse mask takes longer than sorting what is in it.
    parts = []
    for child in children:
        parts.append(child.docs[~mask[child.docs]])
        mask[child.docs] = True
    docs = np.concatenate(parts)
    docs.sort()
    return docs


def union(children: Sequence[Matches], count: int, minimum: int = 1) -> Matches:
    """Documents in at least ``minimum`` of the children; scores add up.

    :param count: number of documents in the index.
    """
    children = [child for child in children if len(child.docs)]
    if len(children) < minimum:
        return NO_MATCHES
    if len(children) == 1:
        return children[0]
    if minimum > 1:
        seen = np.zeros(count, np.uint16)
        for child in children:
            seen[child.docs] += 1
        docs = np.flatnonzero(seen >= minimum)
    else:
        docs = _all_docs(children, count)
    if all(isinstance(child.scores, float) and not child.scores for child in children):
        return Matches(docs, 0.0)
    total = np.zeros(count, np.float32)
    for child in children:
        _add_to(total, child)
    return Matches(docs, total[docs])


def best_of(children: Sequence[Matches], tie: float, count: int) -> Matches:
    """Documents in any child; the best score plus ``tie`` times the others."""
    children = [child for child in children if len(child.docs)]
    if not children:
        return NO_MATCHES
    if len(children) == 1:
        return children[0]
    docs = _all_docs(children, count)
    best = np.full(count, -np.inf, np.float32)
    for child in children:
        np.maximum.at(best, child.docs, child.score_array())
    scores = best[docs]
    if tie:
        total = np.zeros(count, np.float32)
        for child in children:
            _add_to(total, child)
        scores += np.float32(tie) * (total[docs] - scores)
    return Matches(docs, scores)


def places_in(docs: Docs, wanted: Docs) -> tuple[Mask, Docs]:
    """(which of ``wanted`` are in ``docs``, the place of each in ``docs``); both arguments ascending."""
    places = np.searchsorted(docs, wanted)
    if len(docs):
        places[places == len(docs)] = 0
        return docs[places] == wanted, places
    return np.zeros(len(wanted), np.bool_), places


def intersection(children: Sequence[Matches], count: int) -> Matches:
    """Documents in every child; scores add up."""
    docs = common([child.docs for child in children], count)
    if not len(docs):
        return NO_MATCHES
    return Matches(docs, sum_scores(children, docs, count))


def common(lists: Sequence[Docs], count: int) -> Docs:
    """Documents in every list."""
    docs, *others = sorted(lists, key=len)
    for other in others:
        docs = docs[contained(docs, other, count)]
    return docs


def contained(docs: Docs, others: Docs, count: int) -> Mask:
    """Which of ``docs`` are among ``others``."""
    if len(docs) * 16 < len(others):
        return places_in(others, docs)[0]
    return mask_of(others, count)[docs]


def sum_scores(children: Sequence[Matches], docs: Docs, count: int) -> Scores | float:
    """The sum of the children's scores for each of ``docs``; a child without a document adds nothing."""
    if all(isinstance(child.scores, float) and not child.scores for child in children):
        return 0.0
    total = np.zeros(len(docs), np.float32)
    dense: npt.NDArray[np.float32] | None = None
    for child in children:
        if len(docs) * 16 < len(child.docs):
            found, places = places_in(child.docs, docs)
            scores = child.scores if isinstance(child.scores, float) else child.scores[places[found]]
            total[found] += scores
        else:
            dense = np.zeros(count, np.float32) if dense is None else dense
            _add_to(dense, child)
    return total if dense is None else total + dense[docs]


def without(matches: Matches, excluded: Sequence[Matches], count: int) -> Matches:
    """The documents that are in none of ``excluded``."""
    for other in excluded:
        if len(other.docs) and len(matches.docs):
            matches = matches.where(~contained(matches.docs, other.docs, count))
    return matches
