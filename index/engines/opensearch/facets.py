"""Facets and days: what is asked of the cluster to count them, and what its answer says."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from index.engines.opensearch.schema import DAY, folded_field
from index.engines.opensearch.statistics import Statistics
from index.engines.ranking import SPARE, FacetValues, every_value, is_settled, ranked
from index.query import Facet, FacetCount

# Buckets that a cluster puts into an answer (its limit for all that are asked for together is 65,535).
_MOST_BUCKETS = 60_000
# Most values of one facet asked for beside others.
_MOST_BESIDE = 5_000
# Most values that each shard hands over, so that sums over shards are exact.
_MOST_OF_A_SHARD = 20_000
_MOST_DAYS = 30_000

Ask = Any
"""Asks for aggregations over some documents: name -> aggregation, gives name -> answer."""


class Facets:
    """The facets and days of one commit.

    :param statistics: which values there are.
    :param shards: parts of the index.
    """

    def __init__(self, statistics: Statistics, shards: int) -> None:
        self._statistics = statistics
        self._shards = shards
        self._values: dict[Facet, FacetValues] = {}

    def values(self, facet: Facet) -> FacetValues:
        """Every value, worked out when first asked for."""
        found = self._values.get(facet)
        if found is None:
            found = self._values[facet] = every_value(self._statistics.values[facet].items())
        return found

    def question(self, facet: Facet, size: int) -> dict[str, Any] | None:
        """The aggregation for the most frequent values, ``None`` if there can be none, or too many."""
        there = len(self.values(facet).shown)
        wanted = min(size + SPARE, there)
        if size <= 0 or not there or wanted > _MOST_BESIDE:
            return None
        asked = {"field": folded_field(facet), "size": wanted}
        if self._shards > 1:
            asked["shard_size"] = min(there, _MOST_OF_A_SHARD)
        return {"terms": asked}

    def read(self, facet: Facet, size: int, answer: Any, ask: Ask) -> tuple[FacetCount, ...]:
        """The most frequent values.

        :param answer: to :meth:`question`; ``None`` if it was not asked.
        :param ask: asks over the same documents, for what that answer does not settle.
        """
        values = self.values(facet)
        if size <= 0 or not values.shown:
            return ()
        found = None
        if answer is not None and not answer["doc_count_error_upper_bound"]:
            buckets = answer["buckets"]
            found = ranked(buckets, values.shown)
            if answer["sum_other_doc_count"] and not is_settled(buckets, found, size, values):
                found = None
        if found is None:
            found = self._every(facet, ask)
        return tuple([FacetCount(value, -negative) for negative, value in found[:size]])

    def _every(self, facet: Facet, ask: Ask) -> list[tuple[int, str]]:
        """All values among some documents, see :func:`~index.engines.ranking.ranked`."""
        shown = self.values(facet).shown
        parts = 1 if len(shown) < _MOST_BUCKETS else 2 * (len(shown) // _MOST_BUCKETS + 1)
        buckets: list[Any] = []
        for part in range(parts):
            asked: dict[str, Any] = {"field": folded_field(facet), "size": _MOST_BUCKETS}
            if parts > 1:  # by a hash of the values: no part has exactly as many as the others
                asked["include"] = {"partition": part, "num_partitions": parts}
            buckets += ask({"every": {"terms": asked}})["every"]["buckets"]
        return ranked(buckets, shown)

    def days_question(self) -> dict[str, Any] | None:
        """The aggregation for days, ``None`` if there are too many to be counted beside others."""
        there = len(self._statistics.days)
        return _days_of(there) if there <= _MOST_DAYS else None

    def read_days(self, answer: Any, ask: Ask) -> Mapping[int, int]:
        """Day -> number of documents, ascending.

        :param answer: to :meth:`days_question`; ``None`` if it was not asked.
        :param ask: asks over the same documents.
        """
        if answer is not None:
            return _days(answer)
        days: dict[int, int] = {}
        there = sorted(self._statistics.days)
        for at in range(0, len(there), _MOST_DAYS):
            stretch = there[at : at + _MOST_DAYS]
            limits: dict[str, Any] = {"range": {DAY: {"gte": stretch[0], "lte": stretch[-1]}}}
            if not stretch[0]:  # those without a day are in none
                undated = {"bool": {"must_not": {"exists": {"field": DAY}}}}
                limits = {"bool": {"should": [limits, undated]}}
            asked = {"stretch": {"filter": limits, "aggs": {DAY: _days_of(len(stretch))}}}
            days |= _days(ask(asked)["stretch"][DAY])
        return days


def _days_of(count: int) -> dict[str, Any]:
    return {"terms": {"field": DAY, "size": max(count, 1), "missing": 0, "order": {"_key": "asc"}}}


def _days(answer: Any) -> dict[int, int]:
    return {bucket["key"]: bucket["doc_count"] for bucket in answer["buckets"]}


def names_of(facets: Sequence[Facet]) -> dict[Facet, str]:
    """What the aggregation of each facet is called."""
    return {facet: f"facet-{facet}" for facet in facets}
