"""What words weigh among the documents that are left, while segments still hold deleted ones.

Tantivy's idf counts deleted documents until it merges their segment: each time an article is changed, its
rare words would weigh less. What Tantivy makes of a term is therefore multiplied by the idf that it should
have, divided by the one that it has. Only the average length of a field still counts the deleted documents.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import tantivy

from index.engines.semantics import idf

# Where the deleted documents are fewer than this share of those with a term, they change nothing to speak of.
_FEW = 0.01
_TERMS_KEPT = 50_000


class Weighing:
    """How far Tantivy's idf is off, by term.

    :param searcher: Tantivy's searcher.
    :param schema: the index's schema.
    :param deleted: deleted documents in its segments.
    """

    def __init__(self, searcher: Any, schema: Any, deleted: int) -> None:
        self._searcher = searcher
        self._schema = schema
        self._deleted = deleted
        self._left = searcher.num_docs
        self._known: dict[tuple[str, str], tuple[float, float]] = {}

    def correction(self, field: str, terms: Sequence[str]) -> float:
        """What the score of a term, or of a phrase, is to be multiplied by.

        :param terms: encodable, as indexed.
        """
        if not self._deleted:
            return 1.0
        weights = [self._idf(field, term) for term in terms]
        counted = sum(old for old, _ in weights)
        return sum(new for _, new in weights) / counted if counted else 1.0

    def _idf(self, field: str, term: str) -> tuple[float, float]:
        """(idf as Tantivy reckons it, idf among the documents left)."""
        known = self._known.get((field, term))
        if known is None:
            counted = left = self._searcher.doc_freq(field, term)
            if counted * _FEW < self._deleted:
                query = tantivy.Query.term_query(self._schema, field, term, "basic")
                left = self._searcher.search(query, 1).count
            known = idf(self._left + self._deleted, counted), idf(self._left, min(left, self._left))
            if len(self._known) >= _TERMS_KEPT:
                self._known = {}
            self._known[field, term] = known
        return known
