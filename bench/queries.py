"""Queries for speed: drawn from the archive's own words, the same ones in every run."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from index.engines.base import AnalyzedDocument

_SEED = 20
_RESERVOIR = 2000
_SHORTEST = 3


class Kind(StrEnum):
    """What is asked; the ten best, titles and bodies, any of the words, unless it says otherwise."""

    KEYWORD = "keyword"
    PHRASE = "phrase"
    PREFIX = "prefix"
    FILTERED = "filtered"
    FACETED = "faceted"
    SORTED = "sorted"


KINDS = {
    Kind.KEYWORD: "1 to 3 words",
    Kind.PHRASE: "2 neighbouring words of a body",
    Kind.PREFIX: "the first 4 letters of a word",
    Kind.FILTERED: "1 to 3 words, one source",
    Kind.FACETED: "1 to 3 words, with counts by source and year",
    Kind.SORTED: "1 to 3 words, newest first",
}


@dataclass(frozen=True)
class Asked:
    """One query.

    :param words: stems; for a prefix its letters.
    :param text: the words as they stand in an article, as a visitor types them.
    :param source: the source to keep, when filtered.
    """

    kind: Kind
    words: tuple[str, ...]
    text: str
    source: str = ""


def draw(documents: Iterator[AnalyzedDocument], count: int) -> dict[Kind, list[Asked]]:
    """As many distinct queries of each kind, as far as the archive has them.

    :param documents: the archive, read once.
    """
    rng = random.Random(_SEED)
    sample: list[AnalyzedDocument] = []
    for number, document in enumerate(documents):
        if len(sample) < _RESERVOIR:
            sample.append(document)
        elif (place := rng.randrange(number + 1)) < _RESERVOIR:
            sample[place] = document
    return {kind: _draw_kind(kind, sample, count, random.Random(f"{_SEED}-{kind}")) for kind in Kind}


def _draw_kind(kind: Kind, sample: list[AnalyzedDocument], count: int, rng: random.Random) -> list[Asked]:
    found: dict[tuple[object, ...], Asked] = {}
    for _ in range(20 * count):
        asked = _draw_one(kind, rng.choice(sample), rng)
        if asked is not None:
            found.setdefault((asked.words, asked.source), asked)
        if len(found) == count:
            break
    return list(found.values())


def _draw_one(kind: Kind, document: AnalyzedDocument, rng: random.Random) -> Asked | None:
    stems, forms = document.body.stems, document.body.forms
    if len(stems) < 2:
        return None
    if kind is Kind.PHRASE:
        first = rng.randrange(len(stems) - 1)
        places = [first, first + 1]
        if not all(map(_is_word, (stems[place] for place in places))) or stems[first] == stems[first + 1]:
            return None
    else:
        places = [place for place in range(len(stems)) if _is_word(stems[place])]
        if not places:
            return None
        places = rng.sample(places, min(1 if kind is Kind.PREFIX else rng.randint(1, 3), len(places)))
    words = tuple(dict.fromkeys(stems[place] for place in places))
    text = " ".join(forms[place] for place in places)
    source = document.document.source
    if kind is Kind.PREFIX:
        return Asked(kind, (forms[places[0]][:4],), forms[places[0]][:4] + "*")
    if kind is Kind.PHRASE:
        return Asked(kind, words, f'"{text}"')
    if kind is Kind.FILTERED:
        return Asked(kind, words, text, source) if source else None
    return Asked(kind, words, text)


def _is_word(stem: str) -> bool:
    return len(stem) >= _SHORTEST and stem.isalpha()


def texts(documents: Iterator[AnalyzedDocument], count: int) -> list[str]:
    """Distinct queries of one to three words as visitors type them, for the load over HTTP."""
    return [asked.text for asked in draw(documents, count)[Kind.KEYWORD]]
