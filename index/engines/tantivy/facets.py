"""Facets: which values there are, how they are shown, and how many documents have them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from index.engines.tantivy.schema import decoded, folded_field, written_field
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
    """

    shown: dict[str, str]
    counts: dict[str, int]


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
            shown: dict[str, str] = {}
            counts: dict[str, int] = {}
            # Most frequent first, ties by value.
            for value, count in self._searcher.terms_with_prefix(written_field(facet), "", self._alive):
                key = value.casefold()
                shown.setdefault(key, decoded(value))
                counts[key] = counts.get(key, 0) + count
            found = self._values[facet] = FacetValues(shown, counts)
        return found

    def count(
        self, native: Any, facets: Sequence[Facet], size: int
    ) -> tuple[dict[Facet, tuple[FacetCount, ...]], int | None]:
        """(the most frequent values of facets among the documents that match a query, how many match).

        The number is ``None`` if nothing had to be counted.
        """
        if size <= 0 or not facets:
            return dict.fromkeys(facets, ()), None
        total: int | None = None
        result = {}
        answers = self._ask(native, facets, size + _SPARE)
        for facet in facets:
            found, others = answers[facet]
            # Every document has one value, perhaps the empty one.
            total = sum(found.values()) + others
            found.pop("", None)
            counted = list(found.values())
            if others and counted[size - 1] == counted[-1]:
                # The order of casefolded values decided which of the last ones are there; ours may differ.
                found = self._ask(native, [facet], _MOST_VALUES)[facet][0]
                found.pop("", None)
            shown = self.values(facet).shown
            ranked = sorted([(-count, shown[key]) for key, count in found.items()])
            result[facet] = tuple([FacetCount(value, -negative) for negative, value in ranked[:size]])
        return result, total

    def _ask(
        self, native: Any, facets: Sequence[Facet], size: int
    ) -> dict[Facet, tuple[dict[str, int], int]]:
        """Facet -> (casefolded values and counts, most frequent first; documents with other values)."""
        question = {
            facet: {"terms": {"field": _FOLDED[facet], "size": size, "segment_size": _ALL}}
            for facet in facets
        }
        answer = self._searcher.aggregate(native, question)
        result = {}
        for facet in facets:
            found = answer[facet]
            counts = {bucket["key"]: bucket["doc_count"] for bucket in found["buckets"]}
            result[facet] = counts, found["sum_other_doc_count"]
        return result
