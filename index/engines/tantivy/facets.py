"""Facets: which values there are, how they are shown, and how many documents have them."""

from __future__ import annotations

from typing import Any, NamedTuple

from index.engines.tantivy.schema import decoded, folded_field, written_field
from index.query import Facet, FacetCount

# A segment hands over at most this many values: all of them, so that sums over segments are exact.
_ALL = 1 << 30
# Most values of one facet that Tantivy will put in an answer (its bucket limit is 65,000).
_MOST_VALUES = 60_000
# Values asked for beyond those wanted, so that ties at the end rarely need a second question.
_SPARE = 8


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

    def count(self, native: Any, facets: list[Facet], size: int) -> dict[Facet, tuple[FacetCount, ...]]:
        """The most frequent values of facets among the documents that match a query."""
        if size <= 0:
            return dict.fromkeys(facets, ())
        result = {}
        answers = self._ask(native, facets, size + _SPARE)
        for facet in facets:
            found, others = answers[facet]
            if others and found[size - 1][1] == found[-1][1]:
                # The order of casefolded values decided which of the last ones are there; ours may differ.
                found, _ = self._ask(native, [facet], _MOST_VALUES)[facet]
            shown = self.values(facet).shown
            ranked = sorted((-count, shown[key]) for key, count in found)
            result[facet] = tuple(FacetCount(value, -negative) for negative, value in ranked[:size])
        return result

    def _ask(
        self, native: Any, facets: list[Facet], size: int
    ) -> dict[Facet, tuple[list[tuple[str, int]], int]]:
        """Facet -> (casefolded values and counts, most frequent first; documents with other values)."""
        question = {
            facet.value: {"terms": {"field": folded_field(facet), "size": size, "segment_size": _ALL}}
            for facet in facets
        }
        answer = self._searcher.aggregate(native, question)
        result = {}
        for facet in facets:
            buckets, others = answer[facet]["buckets"], answer[facet]["sum_other_doc_count"]
            result[facet] = [(b["key"], b["doc_count"]) for b in buckets if b["key"]], others
        return result
