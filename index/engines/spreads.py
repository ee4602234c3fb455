"""A phrase with slop as several without, or with the slop of a library: ours goes only forwards."""

from __future__ import annotations

from collections.abc import Iterator

# Most ways of spreading the slop of a phrase of three or more terms that are asked for one by one.
_MOST_SPREADS = 500


def spreads(places: list[int], slop: int) -> Iterator[tuple[list[int], int]]:
    """(offsets, slop) of exact or loose phrases that together match what the slop allows.

    The slop of Lucene, and of Tantivy, goes in both directions. For two terms, moving the second one by half
    the slop turns that into words in between only. Longer phrases are asked for in every spread and score by
    the most frequent; beyond ``_MOST_SPREADS`` the library's own slop has to do, which does not mind the
    order.
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
