"""The hits of one page: by score or by day, ties in the order in which Tantivy keeps the documents.

That order is the one in which they were added, segment by segment, and the same for every page of a commit.
Another one, by id say, would have to be settled wherever there are several segments, at several times the
cost of the search, and each segment be sorted by it, which takes a rebuild a sixth longer.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

from tantivy import Order

from index.engines.tantivy.schema import DAY, DAY_RISING
from index.query import Sort

_BY_DAY = {Sort.NEWEST: (DAY, Order.Desc), Sort.OLDEST: (DAY_RISING, Order.Asc)}


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
    :param ids: addresses -> ids.
    """

    def __init__(self, searcher: Any, ids: Callable[[Sequence[Any]], list[str]]) -> None:
        self._search = searcher.search
        self._ids = ids
        self._count = searcher.num_docs

    def page(self, native: Any, sort: Sort, offset: int, limit: int, total: int | None = None) -> Ranked:
        """The hits from ``offset`` to ``offset + limit``.

        :param total: the number of matching documents if that is known.
        """
        limit = min(limit, self._count - offset)
        if limit <= 0:
            return Ranked([], [], [], self._search(native, 1).count if total is None else total)
        if sort is Sort.RELEVANCE:
            found = self._search(native, limit, total is None, None, offset)
            hits = found.hits  # made anew each time it is asked for
            scores = [score for score, _ in hits]
        else:
            field, order = _BY_DAY[sort]
            found = self._search(native, limit, total is None, field, offset, order)
            hits = found.hits
            scores = [0.0] * len(hits)
        addresses = [address for _, address in hits]
        return Ranked(self._ids(addresses), scores, addresses, found.count if total is None else total)
