"""The words that tell what an article is about, and the query for others that hold them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from math import log

from index.analysis.analyzer import Analyzer
from index.documents import Document
from index.query import LEAD_TOKENS, Boolean, Boost, Query, Term, TextField

LONGEST = 5_000
"""Characters of a body that are read for telling words: news say first what they are about."""

WORDS = 20
"""Words that an article is looked for by."""

MOST_POSTINGS = 100_000
"""Occurrences in all articles that these words may have together: what the search costs goes by them."""

_LEAST = 3
"""Words that another article has to hold."""

_TITLE, _LEAD = 3.0, 1.5
"""How much more a word tells in the title, or where the report begins, than further on."""

_LOOKED_UP = 200
"""Words of an article of which it is asked how many others hold them: most articles have fewer."""

_COMMON = 0.1
"""Share of the articles above which a word that is in so many tells nothing,"""

_FEW = 20
"""unless it is in no more than so many."""


def like(
    document: Document, analyzer: Analyzer, frequency: Callable[[str], int], documents: int, known: int = 1
) -> Query | None:
    """The articles that hold some of the most telling words of one, itself included; ``None`` if it has none
    that others hold.

    A word tells the more the fewer articles hold it, the more often this one says it, and the sooner.

    :param frequency: number of articles whose body holds a stem.
    :param documents: number of articles.
    :param known: number of articles that are known to hold most of its words, with itself: what no others
        hold does not help to find others.
    """
    weights = _weights(document, analyzer)
    found = {stem: frequency(stem) for stem in sorted(weights, key=lambda stem: -weights[stem])[:_LOOKED_UP]}
    most = max(documents * _COMMON, _FEW)
    worth = {
        stem: weights[stem] * log(documents / count) for stem, count in found.items() if known < count <= most
    }
    chosen = sorted(worth, key=lambda stem: (-worth[stem], stem))[:WORDS]
    chosen.sort(key=lambda stem: (found[stem], stem))
    postings = 0
    parts: list[Query] = []
    for stem in chosen:
        postings += found[stem]
        if postings > MOST_POSTINGS:
            break
        parts.append(Boost(_holding(stem), weights[stem]))
    return Boolean(should=tuple(parts), minimum=min(_LEAST, len(parts))) if parts else None


def _holding(stem: str) -> Query:
    fields = ((TextField.BODY, 1.0), (TextField.LEAD, 0.5), (TextField.TITLE, 1.5))
    return Boolean(should=tuple([Boost(Term(field, stem), weight) for field, weight in fields]))


def _weights(document: Document, analyzer: Analyzer) -> dict[str, float]:
    """How much each word of an article says about it, whatever others hold."""
    weightless = analyzer.lexicon.weightless
    beginning = document.body[:LONGEST]
    if analyzer.old_spelling.is_old(document.headline, beginning):
        beginning = analyzer.old_spelling.today(beginning).text
    body = analyzer.stream(beginning)
    stems = [stem for form, stem in zip(body.forms, body.stems, strict=True) if form not in weightless]
    title = analyzer.stream(document.headline).stems
    weights = {stem: 1 + log(count) for stem, count in Counter(stems).items()}
    for stem in set(stems[:LEAD_TOKENS]):
        weights[stem] *= _LEAD
    for stem in dict.fromkeys(title):
        weights[stem] = weights.get(stem, 1.0) * _TITLE
    return weights
