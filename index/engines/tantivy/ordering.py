"""The first hits in exact order: Tantivy breaks ties by where documents happen to lie, we by id.

Each segment holds its documents in the order of their ids, so that an index of one segment answers in our
order by itself. With several segments, some hits more than wanted are fetched. Where the last one wanted ties
with the last one fetched, there may be others with the same key and smaller ids, and they are asked for.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

from tantivy import Order

from index.engines.tantivy.compiler import Compiled, all_of, number_range
from index.engines.tantivy.schema import DAY, DAY_RISING, ID
from index.query import Sort

# Hits fetched beyond those wanted; more by date, for many articles share a day.
_SPARE = 8
_SPARE_DAYS = 64
_GROWTH = 8


class Ranked(NamedTuple):
    """Some hits, in order.

    :param ids: of the documents, and ``scores`` likewise.
    :param addresses: where Tantivy keeps each document.
    :param total: exact number of matching documents.
    """

    ids: list[str]
    scores: list[float]
    addresses: list[Any]
    total: int


class Ranking:
    """Orders the matches of queries over one commit.

    :param searcher: Tantivy's searcher.
    :param schema: the index's schema.
    :param ids: addresses -> ids.
    """

    def __init__(self, searcher: Any, schema: Any, ids: Callable[[Sequence[Any]], list[str]]) -> None:
        self._search = searcher.search
        self._schema = schema
        self._ids = ids
        self._count = searcher.num_docs
        self._is_whole = searcher.num_segments <= 1

    def page(self, query: Compiled, sort: Sort, offset: int, limit: int, total: int | None = None) -> Ranked:
        """The hits from ``offset`` to ``offset + limit``.

        :param total: the number of matching documents if that is known.
        """
        end = min(offset + limit, self._count)
        if limit <= 0 or offset >= end:
            return Ranked([], [], [], self._search(query.native, 1).count if total is None else total)
        if self._is_whole:
            return self._of_one_segment(query, sort, offset, end, total)
        if sort is Sort.NEWEST:
            return self._by_day(query.native, DAY, Order.Desc, offset, end, total)
        if sort is Sort.OLDEST:
            return self._by_day(query.native, DAY_RISING, Order.Asc, offset, end, total)
        if query.score is not None:
            return self._by_id(query.native, query.score, offset, end, total)
        return self._by_score(query, offset, end, total)

    def _of_one_segment(
        self, query: Compiled, sort: Sort, offset: int, end: int, total: int | None
    ) -> Ranked:
        count = total is None
        if sort is Sort.RELEVANCE:
            found = self._search(query.native, end - offset, count, None, offset)
        elif sort is Sort.NEWEST:
            found = self._search(query.native, end - offset, count, DAY, offset, Order.Desc)
        else:
            found = self._search(query.native, end - offset, count, DAY_RISING, offset, Order.Asc)
        hits = found.hits
        addresses = [address for _, address in hits]
        if sort is not Sort.RELEVANCE:
            scores = [0.0] * len(hits)
        elif query.score is None:
            scores = [score for score, _ in hits]
        else:
            scores = [query.score] * len(hits)
        return Ranked(self._ids(addresses), scores, addresses, found.count if total is None else total)

    def _by_id(self, native: Any, score: float, offset: int, end: int, total: int | None) -> Ranked:
        found = self._search(native, end - offset, total is None, ID, offset, Order.Asc)
        hits = found.hits
        return Ranked(
            [name for name, _ in hits],
            [score] * len(hits),
            [address for _, address in hits],
            found.count if total is None else total,
        )

    def _by_score(self, query: Compiled, offset: int, end: int, total: int | None) -> Ranked:
        fetch = end + _SPARE
        while True:
            found = self._search(query.native, fetch, total is None)
            hits = found.hits
            total = found.count if total is None else total
            if not _is_open(hits, end, total):
                return self._ranked(self._settle(hits, offset, min(end, len(hits))), total)
            score = hits[-1][0]
            same = query.scoring(score)
            if same is not None:
                end, tail = self._tail(hits, offset, end, same)
                settled = self._settle(hits, offset, end)
                return self._ranked([*settled, *((score, *hit) for hit in tail)], total)
            fetch *= _GROWTH

    def _by_day(
        self, native: Any, field: str, order: Any, offset: int, end: int, total: int | None
    ) -> Ranked:
        found = self._search(native, end + _SPARE_DAYS, total is None, field, 0, order)
        hits = found.hits
        total = found.count if total is None else total
        tail: list[tuple[str, Any]] = []
        if _is_open(hits, end, total):
            day = hits[-1][0]
            same = all_of([native, number_range(self._schema, field, day, day)])
            end, tail = self._tail(hits, offset, end, same)
        settled = [(0.0, name, place) for _, name, place in self._settle(hits, offset, min(end, len(hits)))]
        return self._ranked([*settled, *((0.0, *hit) for hit in tail)], total)

    @staticmethod
    def _ranked(settled: Sequence[tuple[float, str, Any]], total: int) -> Ranked:
        return Ranked(
            [name for _, name, _ in settled],
            [score for score, _, _ in settled],
            [address for _, _, address in settled],
            total,
        )

    def _tail(
        self, hits: Sequence[tuple[Any, Any]], offset: int, end: int, same: Any
    ) -> tuple[int, list[tuple[str, Any]]]:
        """(where the hits with the last key begin, or the page if that is later; those of them on the page).

        :param same: every match with the key of the last hit.
        """
        first = next(place for place, (key, _) in enumerate(hits) if key == hits[-1][0])
        skipped = max(offset - first, 0)
        found = self._search(same, end - first - skipped, False, ID, skipped, Order.Asc)
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
