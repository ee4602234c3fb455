"""Phrases as OpenSearch asks for them: offsets by tokens that stand for a gap, slop by several phrases."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from index.engines.opensearch.schema import GAP
from index.engines.spreads import spreads
from index.query import TextField

_FURTHEST = 1_000_000
"""Positions between two terms of a phrase that is asked for: no article is longer."""


def phrase_query(
    field: TextField, words: Sequence[tuple[int, str]], slop: int, boost: float = 1.0
) -> dict[str, Any] | None:
    """Documents with the terms at these positions, or at most ``slop`` further apart.

    :param words: two or more terms, each with its position relative to any place, ascending.
    :param boost: what the score is multiplied by.
    :returns: ``None`` if there can be none.
    """
    first = words[0][0]
    terms = [term for _, term in words]
    places = [offset - first for offset, _ in words]
    shapes = [(places, 0)] if slop <= 0 else list(spreads(places, slop))
    phrases = [
        phrase for shape, left in shapes if (phrase := _exact(field, terms, shape, left, boost)) is not None
    ]
    if len(phrases) < 2:
        return phrases[0] if phrases else None
    return {"dis_max": {"queries": phrases}}


def _exact(
    field: TextField, terms: Sequence[str], places: Sequence[int], slop: int, boost: float
) -> dict[str, Any] | None:
    tokens: list[str] = []
    for place, term in zip(places, terms, strict=True):
        if place > _FURTHEST:
            return None
        if place < len(tokens):  # two terms at one position are one, or nowhere
            if tokens[place] != term:
                return None
            continue
        tokens += [GAP] * (place - len(tokens))
        tokens.append(term)
    asked: dict[str, Any] = {"query": " ".join(tokens), "boost": boost}
    if slop:
        asked["slop"] = slop
    return {"match_phrase": {field.value: asked}}
