"""Neighbours: which words stand with some others, and how close, in the articles that were read ahead.

The beginnings of these articles are kept as numbers of words, in their order, with the places of each word
(a positional index of a sample). Words that weigh nothing are left out: ``banjir di Jakarta`` has two
neighbours.
"""

from __future__ import annotations

import re
from array import array
from collections.abc import Sequence
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from index.documents import Document
from index.store.kept_arrays import Arrays
from search.spelling.prefixes import PrefixTable

LONGEST_BODY = 1500
"""Characters of a body that are kept with its title."""

MOST_KEPT = 1_500_000
"""Words that are kept, of nine bytes each: 14 MB at most, and twelve bytes for a word of the archive."""

_MOST_PLACES = 1000
"""Places of words whose neighbours are looked at, once for all that is typed behind them."""

_HEADS_KEPT = 32
"""Of which the neighbours are remembered, 0.1 MB each."""

_LEAST = 2
"""Articles in which a word has to stand with others."""

_BEHIND, _AROUND = 0, np.array((1, 2, 3, 4, 5, -1, -2, -3, -4, -5))
"""Where a word stands close by, right behind first."""

_CLOSE, _NEXT = 3, 8
"""How much more an article counts where a word stands close to the others, or right behind them."""

_NAMES = 2.0
"""How much more a word counts that is always capitalised inside sentences: names are what is asked for."""

_BREAK = 0
_TOKEN = re.compile(r"\w[\w-]*\w|[.:;!?\n]")

_Numbers = NDArray[np.integer[Any]]
_Scores = NDArray[np.float32]

_NONE: _Numbers = np.zeros(0, np.int64)


class Neighbours:
    """Immutable; safe to share between threads.

    :param words: the words of the archive.
    :param arrays: what :meth:`of` gave.
    """

    def __init__(self, words: PrefixTable, arrays: Arrays) -> None:
        self._words = words
        self._scores = lru_cache(_HEADS_KEPT)(_Sample(words, arrays).scored)

    @staticmethod
    def of(words: int, codes: Sequence[int], lengths: Sequence[int], capitals: Sequence[int]) -> Arrays:
        """The arrays of some articles.

        :param words: how many words the archive has.
        :param codes: the texts of articles one behind the other, each word by its place among the words plus
            one, and 0 between sentences.
        :param lengths: how many of these each article has.
        :param capitals: places of words that are capitalised inside of sentences.
        """
        code = np.array(codes, np.uint32)
        ends = np.cumsum(np.array(lengths, np.int64))
        places = np.argsort(code, kind="stable").astype(np.uint32)
        grouped, articles = code[places], np.searchsorted(ends, places, side="right")
        firsts = np.searchsorted(grouped, np.arange(words + 2)).astype(np.uint32)
        is_new = np.ones(len(grouped), np.bool_)
        again = (grouped[1:] == grouped[:-1]) & (articles[1:] == articles[:-1])
        is_new[places[1:][again]] = False
        capital = np.bincount(code[np.array(capitals, np.uint32)], minlength=words + 1)
        return {
            "code": code,
            "end": ends,
            "place": places,
            "first": firsts,
            "new": is_new,
            # How many articles hold each word.
            "held": np.bincount(code[is_new], minlength=words + 1).astype(np.uint32),
            "capital": (capital / np.maximum(np.diff(firsts), 1)).astype(np.float32),
        }

    def best(self, head: tuple[str, ...], start: str, most: int) -> dict[str, float]:
        """Words that begin so and stand with some others, with their scores, the best first: in many of the
        articles that hold all of these, close to the last one there, and more often than elsewhere.

        :param head: words that weigh something, the last of which counts most.
        :param start: letters, or none.
        :param most: how many words, at most.
        """
        numbers, scores = self._scores(head)
        low, high = np.searchsorted(numbers, self._words.span(start))
        order = np.argsort(-scores[low:high], kind="stable")[:most] + low
        return {self._words.texts[numbers[place]]: float(scores[place]) for place in order.tolist()}


class _Sample:
    """The articles that were read. Neighbours that are remembered know it, and it knows none of them: so all
    goes with its last user.

    :param words: the words of the archive.
    :param arrays: what :meth:`Neighbours.of` gave.
    """

    def __init__(self, words: PrefixTable, arrays: Arrays) -> None:
        self._words = words
        self._codes: _Numbers = arrays["code"]
        self._ends: _Numbers = arrays["end"]
        self._places, self._firsts = arrays["place"], arrays["first"]
        self._is_new, self._held = arrays["new"], arrays["held"]
        self._capital: _Scores = arrays["capital"]

    def _articles(self, places: _Numbers) -> _Numbers:
        """The articles in which these are places."""
        return np.searchsorted(self._ends, places, side="right")

    def _stands(self, word: str) -> _Numbers:
        """The places of a word."""
        code = self._words.place(word) + 1
        return self._places[self._firsts[code] : self._firsts[code + 1]].astype(np.int64) if code else _NONE

    def scored(self, head: tuple[str, ...]) -> tuple[_Numbers, _Scores]:
        """Words that stand with some others: their numbers in order, and their scores."""
        places = self._stands(head[-1]) if head else _NONE
        for word in head[:-1]:
            places = places[np.isin(self._articles(places), self._articles(self._stands(word)))]
        # Evenly, for articles of one publisher may stand together.
        places = places[:: len(places) // _MOST_PLACES + 1]
        if not len(places):
            return _NONE, _NONE.astype(np.float32)
        held = np.unique(self._articles(places))
        with_all = np.bincount(self._words_of(held), minlength=len(self._held))
        with_all[[_BREAK, *(self._words.place(word) + 1 for word in head)]] = 0
        codes = np.flatnonzero(with_all >= _LEAST)
        counts = with_all[codes]
        # Two more than that, lest two articles with a rare word tell much.
        by_chance = len(held) * self._held[codes] / len(self._ends) + 2
        close, behind = self._around(places)
        weights = counts + _CLOSE * close[codes] + _NEXT * behind[codes]
        weights = weights * (1 + _NAMES * self._capital[codes])
        scores = weights * np.log1p(counts / by_chance)
        return (codes - 1).astype(np.uint32), scores.astype(np.float32)

    def _words_of(self, articles: _Numbers) -> NDArray[np.uint32]:
        """The words of some articles, each once for an article."""
        lengths = np.diff(self._ends, prepend=0)[articles]
        shifts = self._ends[articles] - np.cumsum(lengths)
        places = np.arange(lengths.sum()) + np.repeat(shifts, lengths)
        codes: NDArray[np.uint32] = self._codes[places[self._is_new[places]]]
        return codes

    def _around(self, places: _Numbers) -> tuple[_Numbers, _Numbers]:
        """How many articles hold each word close to one of these places, and how many right behind one."""
        around = np.clip(places[:, None] + _AROUND, 0, len(self._codes) - 1)
        articles = self._articles(places)[:, None]
        codes = np.where(self._articles(around) == articles, self._codes[around], _BREAK)
        keys = (articles << 32) | codes
        close, behind = (
            np.bincount(np.unique(some) & 0xFFFFFFFF, minlength=len(self._held))
            for some in (keys, keys[:, _BEHIND])
        )
        return close, behind


class Gathering:
    """Articles that are being read, one after the other.

    :param words: the words of the archive.
    :param weightless: forms that are left out.
    """

    def __init__(self, words: PrefixTable, weightless: frozenset[str]) -> None:
        self._words = words
        self._numbers = {word: place + 1 for place, word in enumerate(words.texts) if word not in weightless}
        self._codes = array("I")
        self._lengths = array("I")
        self._capitals = array("I")

    def add(self, document: Document) -> None:
        """Keep the beginning of an article, as long as there is room."""
        if len(self._codes) >= MOST_KEPT:
            return
        before, body = len(self._codes), document.body[:LONGEST_BODY]
        # Titles may capitalise every word, which tells nothing.
        self._keep(f"{document.title}\n".lower())
        self._keep(f"{body}\n")
        self._lengths.append(len(self._codes) - before)

    def _keep(self, text: str) -> None:
        codes, number, is_inside = self._codes, self._numbers.get, False
        for token in _TOKEN.findall(text):
            form = token.lower()
            code = number(form)
            if code:
                if is_inside and form != token:
                    self._capitals.append(len(codes))
                codes.append(code)
                is_inside = True
            elif not token[0].isalnum():
                codes.append(_BREAK)
                is_inside = False
            elif "-" in token:
                codes.extend(filter(None, map(number, form.split("-"))))

    def arrays(self) -> Arrays:
        """What was learned from them, for :class:`Neighbours`."""
        return Neighbours.of(len(self._words), self._codes, self._lengths, self._capitals)
