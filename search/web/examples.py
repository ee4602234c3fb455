"""The examples of the help page: words, names and days of the archive, each of which finds something.

They are taken from its newest articles, once for each snapshot; an archive without any shows fixed ones.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from itertools import islice, pairwise
from typing import TypeVar

from msgspec import Struct

from index.engines.base import EngineError
from index.query import Everything, Facet, SearchRequest, Sort, TextField
from search.answer import Question
from search.answering.service import SearchService
from search.opened.snapshot import Snapshot

SAMPLE = 60
"""Articles that are looked at."""

FEW, SELDOM = 20, 1000
"""A word in more articles than one of so many says little about any; one in fewer is known to few."""

TRIES = 12
"""Queries that are tried, at most, until one finds something."""

_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_PLAIN_VALUE = re.compile(r"[\w .'-]+")
_T = TypeVar("_T")
_SHORTEST, _TELLING, _LONG = 4, 5, 7
"""Letters of a word worth showing, of one that mostly says something, and of one that can be cut or misspelt
and is still known."""


class Examples(Struct, frozen=True):
    """What the help page tries.

    :param queries: kind of example -> the queries; a kind that the archive has nothing for is missing.
    :param forms: a word and two that it finds too, if three forms of one were seen.
    :param since: day of the open range among them.
    """

    queries: Mapping[str, tuple[str, ...]]
    forms: tuple[str, ...]
    since: date


FIXED = Examples(
    {
        "words": ("netralitas asn",),
        "inflected": ("mengawasi",),
        "phrase": ('"bilik suara"',),
        "pattern": ("netral*", "p?la"),
        "similar": ("gubenur~",),
        "wanted": ("+sanksi pilkada",),
        "unwanted": ("netralitas -sanksi",),
        "operators": ("gempa ATAU banjir", "sanksi DAN asn", "pilkada TIDAK kampanye"),
        "grouped": ("(gempa ATAU banjir) DAN warga",),
        "title": ("judul:tanggul",),
        "body": ("isi:tanggul",),
        "place": ("tempat:lebak", "tempat:lebak ATAU tempat:kapuas"),
        "source": ("sumber:metro7.co.id",),
        "author": ("penulis:nurabidin",),
        "year": ("pilkada tahun:2024", "tahun:2019..2021"),
        "day": ("tanggal:2024-01..2024-06", "tanggal:2024-02-06", "tanggal:2024-11.."),
    },
    ("mengawasi", "pengawas", "pengawasan"),
    date(2024, 11, 1),
)
"""For an archive that has nothing to show yet."""


def examples_of(service: SearchService) -> Callable[[], Examples]:
    """Gives the examples for what is served, worked out when they are first asked for."""
    kept: dict[int, Examples] = {}

    def examples() -> Examples:
        try:
            with service.searcher.use() as snapshot:
                if snapshot.number not in kept:
                    found = _Chosen(service, snapshot).examples()
                    kept.clear()
                    kept[snapshot.number] = found
                return kept[snapshot.number]
        except EngineError:
            return FIXED  # the page tells how to search while there is nothing to search in

    return examples


class _Chosen:
    """Chooses from one snapshot."""

    def __init__(self, service: SearchService, snapshot: Snapshot) -> None:
        self._search = service.search
        self._snapshot = snapshot
        self._weightless = snapshot.analyzer.lexicon.weightless
        newest = snapshot.reader.search(SearchRequest(Everything(), sort=Sort.NEWEST, limit=SAMPLE))
        found = snapshot.reader.documents([hit.id for hit in newest.hits])
        self._articles = [article for article in found if article is not None]
        self._titles = [self._words(article.title) for article in self._articles]
        common = _most_common(word for title in self._titles for word in dict.fromkeys(title) if word)
        worse = {word: self._worse(word) for word in common}
        self._common = sorted(common, key=worse.__getitem__)
        pairs = _most_common(
            (one, other)
            for title in self._titles
            for one, other in dict.fromkeys(pairwise(title))
            if one and other
        )
        self._pairs = sorted(pairs, key=lambda pair: worse[pair[0]] + worse[pair[1]])

    def examples(self) -> Examples:
        """The examples; the fixed ones if there is nothing to take any from."""
        if not self._articles:
            return FIXED
        forms = self._forms()
        days = [article.published for article in self._articles if article.published]
        candidates = {**self._about_words(forms), **self._about_fields(), **self._about_days(days)}
        queries = {
            kind: chosen
            for kind, slots in candidates.items()
            if (chosen := tuple(dict.fromkeys(filter(None, map(self._first, slots)))))
        }
        since = days[0].replace(day=1) if days else FIXED.since
        return Examples(queries, forms, since)

    def _about_words(self, forms: Sequence[str]) -> dict[str, list[Iterable[str]]]:
        pairs, common = self._pairs, self._common
        others = list(zip(pairs, common[3:] + common, strict=False))
        long = [word for word in common if len(word) >= _LONG and word.isalpha()]
        short = [word for word in common if len(word) < _LONG and word.isalpha()]
        return {
            "words": [(f"{one} {other}" for one, other in pairs)],
            "inflected": [forms[:1]],
            "phrase": [(f'"{one} {other}"' for one, other in pairs)],
            "pattern": [
                (f"{word[:-2]}*" for word in long),
                (f"{word[0]}?{word[2:]}" for word in short or common),
            ],
            "similar": [(f"{word[:3]}{word[4:]}~" for word in long)],
            "wanted": [(f"+{other} {one}" for one, other in pairs)],
            "unwanted": [(f"{one} -{other}" for one, other in pairs)],
            "operators": [
                (f"{one} ATAU {third}" for (one, _), third in others if third != one),
                (f"{one} DAN {other}" for one, other in pairs),
                (f"{one} TIDAK {other}" for one, other in pairs),
            ],
            "grouped": [
                (f"({one} ATAU {third}) DAN {other}" for (one, other), third in others if third != one)
            ],
        }

    def _about_fields(self) -> dict[str, list[Iterable[str]]]:
        facets = self._search(Question("")).facets
        places, sources, authors = (
            [
                _as_value(count.value)
                for count in facets.get(facet, ())
                if _PLAIN_VALUE.fullmatch(count.value) and _WORD.search(count.value)
            ]
            for facet in (Facet.PLACE, Facet.SOURCE, Facet.AUTHOR)
        )
        years = sorted(count.value for count in facets.get(Facet.YEAR, ()))
        return {
            "title": [(f"judul:{word}" for word in self._common)],
            "body": [(f"isi:{word}" for word in self._common)],
            "place": [
                (f"tempat:{place}" for place in places),
                (f"tempat:{one} ATAU tempat:{other}" for one, other in pairwise(places)),
            ],
            "source": [(f"sumber:{source}" for source in sources)],
            "author": [(f"penulis:{author}" for author in authors)],
            "year": [
                (f"{word} tahun:{year}" for year in reversed(years) for word in self._common[:3]),
                [f"tahun:{years[-3:][0]}..{years[-1]}"] if len(years) > 1 else [],
            ],
        }

    def _about_days(self, days: Sequence[date]) -> dict[str, list[Iterable[str]]]:
        if not days:
            return {}
        last = days[0]
        year = f"tanggal:{last.year:04}"
        return {"day": [[f"{year}-01..{last:%Y-%m}"], [f"tanggal:{last}"], [f"{year}-{last:%m}.."]]}

    def _forms(self) -> tuple[str, ...]:
        """Three forms of one word, a verb with its prefix first."""
        texts = (f"{article.title}\n{article.body}" for article in self._articles)
        written = Counter(word for text in texts for word in _WORD.findall(text) if word.islower())
        families: dict[str, list[str]] = {}
        for word, _ in written.most_common():
            if len(word) > _SHORTEST and word.isascii() and word.isalpha() and word not in self._weightless:
                families.setdefault(self._snapshot.analyzer.stem(word), []).append(word)
        for root, forms in families.items():
            if root in self._weightless or self._is_everywhere(root, TextField.BODY):
                continue
            # Three verbs, or nouns, with the same beginning show less.
            different = list({form[:3]: form for form in reversed(forms)}.values())[::-1]
            different.sort(key=lambda form: not form.startswith("me"))
            if len(different) > 2 and different[0].startswith("me") and self._finds(different[0]):
                return tuple(different[:3])
        return ()

    def _worse(self, word: str) -> int:
        """How little a word says about what the archive tells: roots that some articles hold say most, words
        that many hold (days, "until") least. 0 for the best."""
        inflected = self._snapshot.analyzer.stem(word) != word
        seldom = self._frequency(word) < self._snapshot.reader.count() // SELDOM
        return 3 * self._is_everywhere(word) + 2 * (inflected or seldom) + (len(word) < _TELLING)

    def _frequency(self, word: str, field: TextField = TextField.BODY_EXACT) -> int:
        return self._snapshot.reader.document_frequency(field, word)

    def _is_everywhere(self, word: str, field: TextField = TextField.BODY_EXACT) -> bool:
        return self._frequency(word, field) > max(self._snapshot.reader.count() // FEW, SAMPLE)

    def _is_weightless(self, word: str) -> bool:
        return word in self._weightless or self._snapshot.analyzer.stem(word) in self._weightless

    def _words(self, title: str) -> list[str]:
        """The words of a title; ``""`` stands for those that are not worth an example."""
        return [
            word if len(word) >= _SHORTEST and word.isascii() and not self._is_weightless(word) else ""
            for word in map(str.lower, _WORD.findall(title))
        ]

    def _first(self, queries: Iterable[str]) -> str:
        return next(filter(self._finds, islice(queries, TRIES)), "")

    def _finds(self, query: str) -> bool:
        answer = self._search(Question(query, per_page=1))
        read_as_written = not answer.ignored and answer.corrected is None
        return bool(answer.total) and answer.matched == "all" and read_as_written


def _most_common(things: Iterable[_T]) -> list[_T]:
    """The same in every process: of those that are equally common, the first one first."""
    return [thing for thing, _ in Counter(things).most_common()]


def _as_value(name: str) -> str:
    """A name behind the colon of a field."""
    return f'"{name}"' if " " in name else name
