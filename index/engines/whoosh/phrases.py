"""Phrases: positions are read only for documents that hold every term.

An occurrence is a shortest run of the text that holds the terms in order: with each position reduced by its
term's offset, the reduced positions must not descend, and the last may exceed the first by at most ``slop``
(the words in between, counted over the whole phrase). Runs that start at the same first term count once. This
is what Tantivy's phrase query counts for two terms.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import reduce
from itertools import pairwise

import numpy as np

from index.engines.semantics import idf, phrase_words
from index.engines.whoosh.arrays import Docs, Ints
from index.engines.whoosh.combining import places_among, places_in
from index.engines.whoosh.matches import NO_MATCHES, Matches
from index.engines.whoosh.terms import TermPostings, Terms
from index.query import Phrase

# A key is the number of a candidate above so many bits, and a position below.
_SHIFT = 33
_NEVER = -(1 << 62)
_MOST_SLOP = 1 << 31


def match_phrase(terms: Terms, phrase: Phrase) -> Matches:
    """The documents that hold a phrase, scored."""
    if not phrase.terms:
        return NO_MATCHES
    words = phrase_words(phrase)
    postings = {term: terms.postings(phrase.field, term) for _, term in words}
    docs, places = _meet(list(postings.values()), terms.count)
    if not len(docs):
        return NO_MATCHES
    bases = np.arange(len(docs)) << _SHIFT
    own = {
        term: _keys(found, place, bases)
        for (term, found), place in zip(postings.items(), places, strict=True)
    }
    keys = [own[term] + (words[-1][0] - offset) for offset, term in words]
    freqs = _count(keys, min(phrase.slop, _MOST_SLOP), len(docs))
    found = freqs.nonzero()[0]
    if not len(found):
        return NO_MATCHES
    weight = sum([idf(terms.count, len(postings[term].docs)) for _, term in words])
    return terms.similarity.scored(phrase.field, docs[found], freqs[found], weight)


def _meet(lists: Sequence[TermPostings], count: int) -> tuple[Docs, list[Docs]]:
    """(the documents in every list, their places in each)."""
    order = sorted(range(len(lists)), key=lambda number: len(lists[number].docs))
    docs = lists[order[0]].docs
    places = {order[0]: np.arange(len(docs))}
    for number in order[1:]:
        if not len(docs):
            break
        found, place = places_among(lists[number].docs, docs, count)
        kept = found.nonzero()[0]
        docs, places[number] = docs[kept], place
        places = {number: place[kept] for number, place in places.items()}
    return docs, [places.get(number, docs) for number in range(len(lists))]


def _keys(postings: TermPostings, places: Docs, bases: Ints) -> Ints:
    """A term's positions in the candidates, each below the number of its candidate, ascending."""
    positions, sizes = postings.positions(places)
    keys = bases.repeat(sizes) if len(positions) > len(bases) else bases
    return keys + positions


def _count(keys: list[Ints], slop: int, candidates: int) -> Ints:
    """Occurrences in each candidate."""
    if slop == 0:
        ends = reduce(lambda kept, other: kept[places_in(other, kept)[0]], sorted(keys, key=len))
        return np.bincount(ends >> _SHIFT, minlength=candidates)
    # For each position of a term: the latest position of the first term that leads to it in order. That it
    # lies in another candidate shows by its distance.
    begins = keys[0]
    for before, own in pairwise(keys):
        nearest = before.searchsorted(own, side="right") - 1
        begins = begins[nearest]
        begins[nearest < 0] = _NEVER
    begins = begins[keys[-1] - begins <= slop]
    runs = np.ones(len(begins), np.bool_)
    np.not_equal(begins[1:], begins[:-1], out=runs[1:])
    return np.bincount(begins[runs] >> _SHIFT, minlength=candidates)
