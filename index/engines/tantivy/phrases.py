"""Phrases as Tantivy asks for them: its slop goes in both directions, ours only forwards."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import tantivy

_phrase_query = tantivy.Query.phrase_query
# Most ways of spreading the slop of a phrase of three or more terms that are asked for one by one.
_MOST_SPREADS = 500


def phrase_query(schema: Any, field: str, words: Sequence[tuple[int, str]], slop: int) -> Any:
    """Documents with the terms at these positions, or at most ``slop`` further apart.

    :param words: two or more terms, encodable, each with its position relative to any place, ascending.
    """
    first = words[0][0]
    if slop <= 0:
        return _phrase_query(schema, field, [(offset - first, term) for offset, term in words], 0)
    ordered = [term for _, term in words]
    forms = [
        _phrase_query(schema, field, list(zip(spread, ordered, strict=True)), left)
        for spread, left in _spreads([offset - first for offset, _ in words], slop)
    ]
    return forms[0] if len(forms) == 1 else tantivy.Query.disjunction_max_query(forms, 0.0)


def _spreads(places: list[int], slop: int) -> Iterator[tuple[list[int], int]]:
    """(offsets, slop) of Tantivy phrases that together match what the slop allows.

    Tantivy's slop goes in both directions. For two terms, moving the second one by half the slop turns that
    into words in between only. Longer phrases are asked for in every spread and score by the most frequent;
    beyond ``_MOST_SPREADS`` Tantivy's own slop has to do, which does not mind the order.
    """
    if len(places) == 2:
        half = slop // 2
        yield [0, places[1] + half], half
        if slop % 2:  # half covers one less
            yield [0, places[1] + slop], 0
    else:
        spreads = list(_gaps(len(places) - 1, slop, _MOST_SPREADS + 1))
        if len(spreads) > _MOST_SPREADS:
            yield places, slop
            return
        for gaps in spreads:
            shift, spread = 0, [places[0]]
            for place, gap in zip(places[1:], gaps, strict=True):
                shift += gap
                spread.append(place + shift)
            yield spread, 0


def _gaps(count: int, total: int, limit: int) -> list[tuple[int, ...]]:
    """Every way to put at most ``total`` words into ``count`` gaps, up to ``limit`` of them."""
    ways: list[tuple[int, ...]] = [()]
    for _ in range(count):
        ways = [(*way, gap) for way in ways for gap in range(total - sum(way) + 1)][:limit]
    return ways
