"""What the index is asked for suggestions: few things, remembered, each a fraction of a search."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from functools import lru_cache, partial
from math import log

from msgspec import Struct

from index.analysis.folding import fold
from index.engines.base import Reader
from index.query import Boolean, Prefix, Query, SearchRequest, Sort, Term, TextField
from search.spelling.prefixes import PrefixTable
from search.suggesting.completion import Completion, Kind

_COUNTS_KEPT = 20_000
_TITLES_KEPT = 500
_HEADS_KEPT = 16
_QUERIES_KEPT = 1000
_COMPANIONS = 8
"""Articles with the words before that are looked through for the word being typed."""

_LEAST_COMPANIONS = 2
"""Of these, how many have to hold it."""

_LONGEST_BODY = 2000
_NEWEST = 8
"""Titles that are looked at, the newest, for those that begin with what was typed."""

_LEAST_LETTERS = 3

_WORD = re.compile(r"\w[\w-]*\w")

Titles = tuple[Completion, ...]


class _Companions(Struct, frozen=True):
    """The articles that some words find first.

    :param bodies: their texts in small letters.
    :param words: number of these articles that hold each word, if more than one does.
    """

    bodies: tuple[str, ...]
    words: Counter[str]


class Asked:
    """Asks one index, and remembers. Safe to share between threads.

    :param holding: the documents that hold every word of a text, ``None`` if that holds no words that count.
    """

    def __init__(self, reader: Reader, holding: Callable[[str], Query | None]) -> None:
        # None of these functions knows this object, which so goes with its last user.
        holding = lru_cache(_QUERIES_KEPT)(holding)
        self._counts: dict[tuple[str, str], int] = {}
        self._counting = partial(_count, reader, holding)
        self.titles: Callable[[tuple[str, ...], str], Titles] = lru_cache(_TITLES_KEPT)(
            partial(_titles, reader)
        )
        self._companions = lru_cache(_HEADS_KEPT)(partial(_companions, reader, holding))
        self._documents = reader.count()

    def count(self, head: str, end: str, only_known: bool) -> int | None:
        """Exact number of articles that hold every word, by the definition of a search itself.

        :param head: plain words, or none.
        :param end: the word or words behind them, no acronym or long form beginning before it.
        :param only_known: whether to give ``None`` rather than to count.
        """
        key = head.strip(), end
        found = self._counts.get(key)
        if found is None and not only_known:
            found = self._counting(*key)
            if len(self._counts) >= _COUNTS_KEPT:
                self._counts.clear()
            self._counts[key] = found
        return found

    def stand_together(self, head: str, end: str) -> bool:
        """Whether some of the articles that some words find first hold a name or an expression too."""
        return sum(end in body for body in self._companions(head.strip()).bodies) >= _LEAST_COMPANIONS

    def companions(self, head: str, start: str, words: PrefixTable) -> list[str]:
        """Words that begin so and stand in the articles that some other words find first, the most telling
        ones first: in many of these articles, and more often than elsewhere.

        :param head: plain words.
        :param start: letters, one or more.
        :param words: the words of the archive.
        """
        found = self._companions(head.strip())
        share = self._documents / max(len(found.bodies), 1)
        scores = {
            word: count * log(1 + share * count / known)
            for word, count in found.words.items()
            if word.startswith(start) and (known := words.weight(word))
        }
        return sorted(scores, key=lambda word: (-scores[word], word))


def _count(reader: Reader, holding: Callable[[str], Query | None], head: str, end: str) -> int:
    must = tuple(query for query in (holding(head) if head else None, holding(end)) if query is not None)
    return reader.search(SearchRequest(Boolean(must=must), sort=Sort.NEWEST, limit=0)).total


def _companions(reader: Reader, holding: Callable[[str], Query | None], head: str) -> _Companions:
    query, words = holding(head), Counter[str]()
    if query is None:
        return _Companions((), words)
    hits = reader.search(SearchRequest(query, limit=_COMPANIONS)).hits
    found = reader.documents([hit.id for hit in hits])
    bodies = tuple(f"{each.title}\n{each.body[:_LONGEST_BODY]}".lower() for each in found if each)
    for body in bodies:
        words.update(set(_WORD.findall(body)))
    often = Counter({word: count for word, count in words.items() if count >= _LEAST_COMPANIONS})
    return _Companions(bodies, often)


def _titles(reader: Reader, stems: tuple[str, ...], start: str) -> Titles:
    """Titles that hold some words and one that begins with ``start``, if anything: the newest articles."""
    must: list[Query] = [Term(TextField.TITLE, stem) for stem in stems]
    if len(start) >= _LEAST_LETTERS:
        must.append(Prefix(TextField.TITLE_EXACT, start))
    if not must:
        return ()
    page = reader.search(SearchRequest(Boolean(must=tuple(must)), sort=Sort.NEWEST, limit=_NEWEST))
    titles: dict[str, Completion] = {}
    for document in reader.documents([hit.id for hit in page.hits]):
        if document and document.title:
            folded = fold(document.title)
            if any(word.startswith(start) for word in _WORD.findall(folded)):
                found = Completion(document.title, Kind.TITLE, 1, document.id, document.published)
                titles.setdefault(folded, found)
    return tuple(titles.values())
