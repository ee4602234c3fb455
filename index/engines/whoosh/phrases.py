"""Phrases: positions are read only for documents that hold every term.

An occurrence is a shortest run of the text that holds the terms in order: with each position reduced by its
term's offset, the reduced positions must not descend, and the last may exceed the first by at most ``slop``
(the words in between, counted over the whole phrase). Runs that start at the same first term count once. This
is what Tantivy's phrase query counts for two terms.
"""

from __future__ import annotations

from functools import reduce
from itertools import pairwise

import numpy as np

from index.engines.whoosh.matches import NO_MATCHES, Docs, Matches, contained, places_in
from index.engines.whoosh.postings import Ints, flat_index
from index.engines.whoosh.snapshot import Snapshot
from index.query import Phrase


def match_phrase(snapshot: Snapshot, phrase: Phrase) -> Matches:
    """The documents that hold a phrase, scored."""
    if not phrase.terms:
        return NO_MATCHES
    offsets = phrase.offsets or tuple(range(len(phrase.terms)))
    if len(offsets) != len(phrase.terms):
        raise ValueError(f"{phrase} has {len(phrase.terms)} terms and {len(offsets)} offsets")
    # Terms may come in any order of their offsets; they have to occur in the order of the offsets.
    words = sorted(zip(offsets, phrase.terms, strict=True), key=lambda word: word[0])
    lists = {term: snapshot.postings(phrase.field, term).docs for _, term in words}
    docs = reduce(
        lambda kept, other: kept[contained(kept, other, snapshot.count)], sorted(lists.values(), key=len)
    )
    if not len(docs):
        return NO_MATCHES
    keys = [_keys(snapshot, phrase, term, docs, words[-1][0] - offset) for offset, term in words]
    freqs = _count(keys, phrase.slop, len(docs))
    found = freqs > 0
    idf = sum(snapshot.idf(len(lists[term])) for _, term in words)
    return snapshot.bm25(phrase.field, docs[found], freqs[found], idf)


def _keys(snapshot: Snapshot, phrase: Phrase, term: str, docs: Docs, shift: int) -> Ints:
    """The term's positions in the candidates, shifted: ``candidate << 33 | position``, ascending."""
    postings = snapshot.postings(phrase.field, term)
    positions, starts = snapshot.positions(phrase.field, term)
    _, places = places_in(postings.docs, docs)
    sizes = postings.freqs[places].astype(np.int64)
    keys = np.repeat(np.arange(len(docs), dtype=np.int64) << 33, sizes)
    keys += positions[flat_index(starts[places], sizes)]
    keys += shift
    return keys


def _count(keys: list[Ints], slop: int, candidates: int) -> Ints:
    """Occurrences in each candidate."""
    if slop == 0:
        ends = reduce(lambda kept, other: kept[places_in(other, kept)[0]], sorted(keys, key=len))
        return np.bincount(ends >> 33, minlength=candidates)
    # For each position of a term: the latest position of the first term that leads to it in order.
    begins = keys[0]
    for before, own in pairwise(keys):
        nearest = np.searchsorted(before, own, side="right") - 1
        reached = nearest >= 0
        reached[reached] = (before[nearest[reached]] >> 33) == (own[reached] >> 33)
        begins = np.where(reached, begins[nearest], -1)
    close = (begins >= 0) & (keys[-1] - begins <= slop)
    return np.bincount(np.unique(begins[close]) >> 33, minlength=candidates)
