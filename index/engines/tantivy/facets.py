"""Facets and days: which values there are, how they are shown, and how many documents have them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any, NamedTuple

import tantivy

from index.engines.ranking import SPARE, FacetValues, every_value, is_settled, ranked
from index.engines.tantivy.compiler import all_of, filtering
from index.engines.tantivy.schema import DAY, folded_field, written_field
from index.query import SEVERAL, Facet, FacetCount

# A segment hands over at most this many values: all of them, so that sums over segments are exact.
_ALL = 1 << 30
# Most values of one facet that Tantivy will put in an answer (its bucket limit is 65,000).
_MOST_VALUES = 60_000
# Days asked for at once, with facets beside them in the same answer: those of 110 years.
_MOST_DAYS = 40_000
_LAST_DAY = date.max.toordinal()
_ALL_DAYS = {
    DAY: {"terms": {"field": DAY, "size": _MOST_DAYS, "segment_size": _ALL, "order": {"_key": "asc"}}}
}
_FOLDED = {facet: folded_field(facet) for facet in Facet}


class Counted(NamedTuple):
    """What was counted among the documents that match a query.

    :param facets: facet -> its most frequent values.
    :param days: day of publication -> number of documents, see :class:`~index.query.SearchPage`.
    :param total: how many match; ``None`` if nothing had to be counted.
    """

    facets: dict[Facet, tuple[FacetCount, ...]]
    days: dict[int, int]
    total: int | None


class Facets:
    """The facets and days of one commit.

    :param searcher: Tantivy's searcher.
    :param schema: Tantivy's schema.
    :param alive: a query for the living documents, if segments still hold deleted ones.
    """

    def __init__(self, searcher: Any, schema: Any, alive: Any) -> None:
        self._searcher = searcher
        self._schema = schema
        self._alive = alive
        self._values: dict[Facet, FacetValues] = {}

    def values(self, facet: Facet) -> FacetValues:
        """Every value, read when first asked for."""
        found = self._values.get(facet)
        if found is None:
            written = self._searcher.terms_with_prefix(written_field(facet), "", self._alive)
            found = self._values[facet] = every_value(written)
        return found

    def count(self, native: Any, facets: Sequence[Facet], size: int, days: bool = False) -> Counted:
        """Count among the documents that match a query.

        :param size: most values of each facet.
        :param days: whether days are counted too; in one go with facets that costs next to nothing.
        """
        result: dict[Facet, tuple[FacetCount, ...]] = dict.fromkeys(facets, ())
        facets = [facet for facet in facets if size > 0 and self.values(facet).shown]
        if not (facets or days):
            return Counted(result, {}, None)
        question = _values_of(facets, min(size + SPARE, _MOST_VALUES)) | (_ALL_DAYS if days else {})
        answer = self._searcher.aggregate(native, question)
        total = _total(answer, facets, days)
        for facet in facets:
            buckets, others = answer[facet]["buckets"], answer[facet]["sum_other_doc_count"]
            values = self.values(facet)
            found = ranked(buckets, values.shown)
            if others and not is_settled(buckets, found, size, values):
                found = self._every(native, facet)
            result[facet] = tuple([FacetCount(value, -negative) for negative, value in found[:size]])
        return Counted(result, self._days(native, answer[DAY]) if days else {}, total)

    def _every(self, native: Any, facet: Facet) -> list[tuple[int, str]]:
        """All values of a facet among the documents that match a query, see ``ranked``."""
        shown = self.values(facet).shown
        if len(shown) < _MOST_VALUES:
            answered = self._searcher.aggregate(native, _values_of([facet], _MOST_VALUES))
            return ranked(answered[facet]["buckets"], shown)
        counts: dict[str, int] = {}
        for value, count in self._searcher.terms_with_prefix(written_field(facet), "", native):
            if count:
                counts[value.casefold()] = counts.get(value.casefold(), 0) + count
        return sorted([(-count, shown[key]) for key, count in counts.items()])

    def _days(self, native: Any, answer: Any) -> dict[int, int]:
        """Day -> number of documents, ascending, from the answer to :data:`_ALL_DAYS`."""
        if not answer["sum_other_doc_count"]:
            return {int(bucket["key"]): bucket["doc_count"] for bucket in answer["buckets"]}
        # There are more than are handed over at once: ask for stretches that cannot have more.
        days: dict[int, int] = {}
        for first in range(0, _LAST_DAY + 1, _MOST_DAYS):
            stretch = tantivy.Query.range_query(
                self._schema,
                DAY,
                tantivy.FieldType.Unsigned,
                first,
                first + _MOST_DAYS,
                include_upper=False,
            )
            found = self._searcher.aggregate(all_of([native, filtering(stretch)]), _ALL_DAYS)[DAY]
            days |= {int(bucket["key"]): bucket["doc_count"] for bucket in found["buckets"]}
        return days


def _total(answer: Any, facets: Sequence[Facet], days: bool) -> int | None:
    """How many documents were counted, ``None`` if the answer does not say.

    Every document has one value of a facet that is not of several, perhaps the empty one, and one day,
    perhaps none.
    """
    for name in (*[facet for facet in facets if facet not in SEVERAL], *([DAY] if days else ())):
        counted = answer[name]
        return int(
            counted["sum_other_doc_count"] + sum([bucket["doc_count"] for bucket in counted["buckets"]])
        )
    return None


def _values_of(facets: Sequence[Facet], size: int) -> dict[str, Any]:
    """Asks for the most frequent casefolded values, ties by value, and the number of other documents."""
    return {
        facet: {"terms": {"field": _FOLDED[facet], "size": size, "segment_size": _ALL}} for facet in facets
    }
