"""Facets: which values there are, how they are shown, and how many documents have them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from index.engines.semantics import shown_values
from index.engines.tantivy.schema import folded_field, written_field
from index.query import Facet, FacetCount

# A segment hands over at most this many values: all of them, so that sums over segments are exact.
_ALL = 1 << 30
# Most values of one facet that Tantivy will put in an answer (its bucket limit is 65,000).
_MOST_VALUES = 60_000
# Values asked for beyond those wanted, so that ties at the end rarely need a second question.
_SPARE = 8
_FOLDED = {facet: folded_field(facet) for facet in Facet}


class FacetValues(NamedTuple):
    """Every value of one facet.

    :param shown: casefolded value -> the value as most documents write it, ties by value.
    :param counts: casefolded value -> number of documents.
    :param later: casefolded value -> the first shown value of all those whose casefolded value comes later.
    """

    shown: dict[str, str]
    counts: dict[str, int]
    later: dict[str, str]


class Facets:
    """The facets of one commit.

    :param searcher: Tantivy's searcher.
    :param alive: a query for the living documents, if segments still hold deleted ones.
    """

    def __init__(self, searcher: Any, alive: Any) -> None:
        self._searcher = searcher
        self._alive = alive
        self._values: dict[Facet, FacetValues] = {}

    def values(self, facet: Facet) -> FacetValues:
        """Every value, read when first asked for."""
        found = self._values.get(facet)
        if found is None:
            written = self._searcher.terms_with_prefix(written_field(facet), "", self._alive)
            shown = shown_values(written)
            counts = dict.fromkeys(shown, 0)
            for value, count in written:
                counts[value.casefold()] += count
            found = self._values[facet] = FacetValues(shown, counts, _later(shown))
        return found

    def count(
        self, native: Any, facets: Sequence[Facet], size: int
    ) -> tuple[dict[Facet, tuple[FacetCount, ...]], int | None]:
        """(the most frequent values of facets among the documents that match a query, how many match).

        The number is ``None`` if nothing had to be counted.
        """
        if size <= 0 or not facets:
            return dict.fromkeys(facets, ()), None
        result = {}
        answer = self._ask(native, facets, size + _SPARE)
        # Every document has one value of each facet, perhaps the empty one.
        counted = answer[facets[0]]
        total = counted["sum_other_doc_count"] + sum([bucket["doc_count"] for bucket in counted["buckets"]])
        for facet in facets:
            buckets, others = answer[facet]["buckets"], answer[facet]["sum_other_doc_count"]
            values = self.values(facet)
            found = _ranked(buckets, values.shown)
            if others and not _is_settled(buckets, found, size, values):
                buckets = self._ask(native, [facet], _MOST_VALUES)[facet]["buckets"]
                found = _ranked(buckets, values.shown)
            result[facet] = tuple([FacetCount(value, -negative) for negative, value in found[:size]])
        return result, total

    def _ask(self, native: Any, facets: Sequence[Facet], size: int) -> Any:
        """Facet -> its most frequent casefolded values, ties by value, and the number of other documents."""
        question = {
            facet: {"terms": {"field": _FOLDED[facet], "size": size, "segment_size": _ALL}}
            for facet in facets
        }
        return self._searcher.aggregate(native, question)


def _ranked(buckets: Sequence[Any], shown: dict[str, str]) -> list[tuple[int, str]]:
    """(count, negative; value as shown), the most frequent first, ties by value."""
    return sorted([(-bucket["doc_count"], shown[key]) for bucket in buckets if (key := bucket["key"])])


def _is_settled(
    buckets: Sequence[Any], found: Sequence[tuple[int, str]], size: int, values: FacetValues
) -> bool:
    """Whether none of the values that were not handed over belongs among the first.

    Those are at most as frequent as the last one handed over, and where they tie with it, their casefolded
    values come later.
    """
    if len(found) < size:
        return False
    count, value = found[size - 1]
    last = buckets[-1]
    if -count > last["doc_count"]:
        return True
    later = values.later.get(last["key"])
    return later is None or later > value


def _later(shown: dict[str, str]) -> dict[str, str]:
    later: dict[str, str] = {}
    first: str | None = None
    for key in sorted(shown, reverse=True):
        if first is not None:
            later[key] = first
        first = shown[key] if first is None else min(first, shown[key])
    return later
