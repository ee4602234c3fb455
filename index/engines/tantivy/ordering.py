"""The first hits in exact order: Tantivy breaks ties by where documents happen to lie, we by id.

Some hits more than wanted are fetched. Where the last one wanted ties with the last one fetched, there may be
others with the same key and smaller ids, and they are asked for.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

from tantivy import Order

from index.engines.tantivy.compiler import Compiled, all_of, number_range
from index.engines.tantivy.schema import DAY, DAY_RISING, ID
from index.query import Hit, Sort

# Hits fetched beyond those wanted; more by date, for many articles share a day.
_SPARE = 8
_SPARE_DAYS = 64
# From this many hits on, a search for those that tie is quicker than fetching more.
_MANY = 500
_GROWTH = 8


class Ranked(NamedTuple):
    """Some hits, in order.

    :param addresses: where Tantivy keeps each document.
    :param total: exact number of matching documents.
    """

    hits: list[Hit]
    addresses: list[Any]
    total: int


class Ranking:
    """Orders the matches of queries over one commit.

    :param searcher: Tantivy's searcher.
    :param schema: the index's schema.
    :param ids: addresses -> ids.
    """

    def __init__(self, searcher: Any, schema: Any, ids: Callable[[Sequence[Any]], list[str]]) -> None:
        self._searcher = searcher
        self._schema = schema
        self._ids = ids
        self._count = searcher.num_docs

    def page(self, query: Compiled, sort: Sort, offset: int, limit: int) -> Ranked:
        """The hits from ``offset`` to ``offset + limit``."""
        end = min(offset + limit, self._count)
        if limit <= 0 or offset >= end:
            return Ranked([], [], self._searcher.search(query.native, 1).count)
        if sort is Sort.NEWEST:
            return self._by_day(query.native, DAY, Order.Desc, offset, end)
        if sort is Sort.OLDEST:
            return self._by_day(query.native, DAY_RISING, Order.Asc, offset, end)
        if query.score is not None:
            return self._by_id(query.native, query.score, offset, end)
        return self._by_score(query, offset, end)

    def _by_id(self, native: Any, score: float, offset: int, end: int) -> Ranked:
        found = self._searcher.search(native, end - offset, order_by_field=ID, order=Order.Asc, offset=offset)
        hits = found.hits
        return Ranked([Hit(key, score) for key, _ in hits], [address for _, address in hits], found.count)

    def _by_score(self, query: Compiled, offset: int, end: int) -> Ranked:
        fetch = end + _SPARE
        while True:
            found = self._searcher.search(query.native, fetch)
            hits, total = found.hits, found.count
            if not _is_open(hits, end, total):
                break
            score = hits[-1][0]
            same = query.scoring(score) if fetch > _MANY else None
            if same is not None:
                end, tail = self._tail(hits, offset, end, same)
                settled = [*self._settle(hits, offset, end), *((score, *hit) for hit in tail)]
                return Ranked([Hit(name, key) for key, name, _ in settled], [a for _, _, a in settled], total)
            fetch *= _GROWTH
        settled = self._settle(hits, offset, min(end, len(hits)))
        return Ranked([Hit(name, key) for key, name, _ in settled], [place for _, _, place in settled], total)

    def _by_day(self, native: Any, field: str, order: Any, offset: int, end: int) -> Ranked:
        found = self._searcher.search(native, end + _SPARE_DAYS, order_by_field=field, order=order)
        hits, total = found.hits, found.count
        tail: list[tuple[str, Any]] = []
        if _is_open(hits, end, total):
            day = hits[-1][0]
            same = all_of([native, number_range(self._schema, field, day, day)])
            end, tail = self._tail(hits, offset, end, same)
        else:
            end = min(end, len(hits))
        settled = [(name, place) for _, name, place in self._settle(hits, offset, end)] + tail
        return Ranked([Hit(name, 0.0) for name, _ in settled], [place for _, place in settled], total)

    def _tail(
        self, hits: Sequence[tuple[Any, Any]], offset: int, end: int, same: Any
    ) -> tuple[int, list[tuple[str, Any]]]:
        """(where the hits with the last key begin, or the page if that is later; those of them on the page).

        :param same: every match with the key of the last hit.
        """
        first = next(place for place, (key, _) in enumerate(hits) if key == hits[-1][0])
        skipped = max(offset - first, 0)
        wanted = end - first - skipped
        found = self._searcher.search(same, wanted, False, order_by_field=ID, order=Order.Asc, offset=skipped)
        return max(first, offset), found.hits

    def _settle(self, hits: Sequence[tuple[Any, Any]], start: int, end: int) -> list[tuple[Any, str, Any]]:
        """(key, id, address) of a slice of hits, those with equal keys by id."""
        if start >= end:
            return []
        low, high = start, end
        while low > 0 and hits[low - 1][0] == hits[low][0]:
            low -= 1
        while high < len(hits) and hits[high][0] == hits[high - 1][0]:
            high += 1
        chosen = hits[low:high]
        ids = self._ids([address for _, address in chosen])
        found = [(key, name, address) for (key, address), name in zip(chosen, ids, strict=True)]
        place = 0
        while place < len(found):
            after = place + 1
            while after < len(found) and found[after][0] == found[place][0]:
                after += 1
            if after - place > 1:
                found[place:after] = sorted(found[place:after], key=lambda hit: hit[1])
            place = after
        return found[start - low : end - low]


def _is_open(hits: Sequence[tuple[Any, Any]], end: int, total: int) -> bool:
    """Whether there may be hits that tie with the last one wanted and were not fetched."""
    return end < len(hits) < total and hits[end - 1][0] == hits[-1][0]
