"""How sets of scored documents combine: any of them, enough of them, all of them, all but some."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from index.engines.whoosh.arrays import Docs, Mask, Scores
from index.engines.whoosh.matches import NO_MATCHES, TINY, Listed, Matches, Spread, mask_of, spread

# Fewer than one document in so many: work with the documents instead of the whole numbering.
_SPARSE = 20
_VERY_SPARSE = 64
# So many times as many documents: look them up one by one instead of flagging all of them.
_MUCH_LONGER = 16


def union(children: Sequence[Matches], count: int, minimum: int = 1) -> Matches:
    """Documents in at least ``minimum`` of the children; scores add up.

    :param count: number of documents in the index.
    """
    children = [child for child in children if child.size]
    if len(children) < minimum:
        return NO_MATCHES
    if len(children) == 1:
        return children[0]
    if minimum > 1:
        return _several(children, count, minimum)
    least = min([child.least for child in children])
    if sum([child.size for child in children]) * _SPARSE <= count:
        docs = _all_docs(children, count)
        if _scoreless(children):
            return Listed(docs, 0.0)
        return Listed(docs, _total(children, count)[docs], least)
    if _scoreless(children):
        return spread(_flags(children, count), 0.0)
    total = _total(children, count)
    return spread(total > 0 if least > TINY else _flags(children, count), total, least)


def _several(children: Sequence[Matches], count: int, minimum: int) -> Matches:
    seen = np.zeros(count, np.uint16)
    for child in children:
        if isinstance(child, Spread):
            seen += child.mask
        else:
            seen[child.docs] += 1
    docs = (seen >= minimum).nonzero()[0]
    return Listed(docs, 0.0 if _scoreless(children) else _total(children, count)[docs])


def _scoreless(children: Sequence[Matches]) -> bool:
    return all(isinstance(child.scores, float) and not child.scores for child in children)


def _total(children: Sequence[Matches], count: int) -> Scores:
    """The sum of the scores of each document of the index."""
    first, *others = children
    if isinstance(first, Spread) and not isinstance(first.scores, float):
        total = first.scores.copy()
    else:
        total = np.zeros(count, np.float32)
        first.add_to(total)
    for child in others:
        child.add_to(total)
    return total


def _flags(children: Sequence[Matches], count: int) -> Mask:
    """Which documents of the index are in any child."""
    mask = np.zeros(count, np.bool_)
    for child in children:
        child.flag(mask)
    return mask


def _all_docs(children: Sequence[Matches], count: int) -> Docs:
    """Documents in any child, ascending; few."""
    docs = np.concatenate([child.docs for child in children])
    if len(docs) * _VERY_SPARSE > count:
        mask = np.zeros(count, np.bool_)
        mask[docs] = True
        return mask.nonzero()[0]
    # Looking through so sparse a mask takes longer than sorting what is in it.
    docs.sort()
    first = np.ones(len(docs), np.bool_)
    np.not_equal(docs[1:], docs[:-1], out=first[1:])
    return docs[first]


def best_of(children: Sequence[Matches], tie: float, count: int) -> Matches:
    """Documents in any child; the best score plus ``tie`` times the others."""
    lists = [child.listed() for child in children if child.size]
    if not lists:
        return NO_MATCHES
    if len(lists) == 1:
        return lists[0]
    docs = _flags(lists, count).nonzero()[0]
    best = np.full(count, -np.inf, np.float32)
    for child in lists:
        best[child.docs] = np.maximum(best[child.docs], child.scores, dtype=np.float32)
    scores = best[docs]
    if tie:
        scores += np.float32(tie) * (_total(lists, count)[docs] - scores)
    return Listed(docs, scores)


def intersection(children: Sequence[Matches], count: int) -> Matches:
    """Documents in every child; scores add up."""
    if all(isinstance(child, Spread) for child in children):
        mask: Mask = np.logical_and.reduce([mask_of(child, count) for child in children])
        return added(spread(mask, 0.0), children, count)
    return added(Listed(common(children, count), 0.0), children, count)


def common(children: Sequence[Matches], count: int) -> Docs:
    """Documents in every child."""
    fewest, *others = sorted(children, key=lambda child: child.size)
    docs = fewest.docs
    for other in others:
        docs = docs[contained(docs, other, count)]
    return docs


def contained(docs: Docs, others: Matches, count: int) -> Mask:
    """Which of ``docs`` are among ``others``."""
    if isinstance(others, Listed) and len(docs) * _MUCH_LONGER < others.size:
        return places_in(others.docs, docs)[0]
    return mask_of(others, count)[docs]


def places_in(docs: Docs, wanted: Docs) -> tuple[Mask, Docs]:
    """(which of ``wanted`` are in ``docs``, the place of each in ``docs``); both arguments ascending."""
    places = docs.searchsorted(wanted)
    if len(docs):
        places[places == len(docs)] = 0
        return docs[places] == wanted, places
    return np.zeros(len(wanted), np.bool_), places


def places_among(docs: Docs, wanted: Docs, count: int) -> tuple[Mask, Docs]:
    """What :func:`places_in` says, of documents, many of them at once."""
    if len(wanted) * _MUCH_LONGER < len(docs):
        return places_in(docs, wanted)
    numbers = np.zeros(count, np.int64)
    numbers[docs] = np.arange(1, len(docs) + 1)
    places = numbers[wanted]
    found = places > 0
    places -= 1
    return found, places


def added(matches: Matches, others: Sequence[Matches], count: int) -> Matches:
    """The same documents, the scores that ``others`` give to any of them added to theirs."""
    if not matches.size or _scoreless(others):
        return matches
    if isinstance(matches, Spread):
        total = _total((matches, *others), count)
        total *= matches.mask
        return Spread(matches.mask, total, matches.size)
    docs = matches.docs
    total = np.zeros(len(docs), np.float32)
    total += np.asarray(matches.scores, np.float32)
    dense: Scores | None = None
    for other in others:
        scores = other.scores
        if isinstance(other, Spread):
            total += other.mask[docs] * np.float32(scores) if isinstance(scores, float) else scores[docs]
        elif len(docs) * _MUCH_LONGER < other.size:
            found, places = places_in(other.docs, docs)
            total[found] += scores if isinstance(scores, float) else scores[places[found]]
        else:
            dense = np.zeros(count, np.float32) if dense is None else dense
            other.add_to(dense)
    if dense is not None:
        total += dense[docs]
    return Listed(docs, total)


def without(matches: Matches, excluded: Sequence[Matches], count: int) -> Matches:
    """The documents that are in none of ``excluded``."""
    for other in excluded:
        if other.size and matches.size:
            if isinstance(matches, Spread):
                matches = matches.where(~mask_of(other, count))
            else:
                matches = matches.where(~contained(matches.docs, other, count))
    return matches
