"""What words weigh among the documents that are left, while segments still hold deleted ones.

Tantivy's idf counts deleted documents until it merges their segment: each time an article is changed, its
rare words would weigh less. What Tantivy makes of a term is therefore multiplied by the idf that it should
have, divided by the one that it has. Only the average length of a field still counts the deleted documents.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
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
        documents = searcher.num_docs

        @lru_cache(_TERMS_KEPT)
        def idfs(field: str, term: str) -> tuple[float, float]:
            """(idf as Tantivy reckons it, idf among the documents left)."""
            counted = left = searcher.doc_freq(field, term)
            if counted * _FEW < deleted:
                left = searcher.search(tantivy.Query.term_query(schema, field, term, "basic"), 1).count
            return idf(documents + deleted, counted), idf(documents, min(left, documents))

        self._idfs = idfs

    def correction(self, field: str, terms: Sequence[str]) -> float:
        """What the score of a term, or of a phrase, is to be multiplied by.

        :param terms: encodable, as indexed.
        """
        weights = [self._idfs(field, term) for term in terms]
        counted = sum(old for old, _ in weights)
        return sum(new for _, new in weights) / counted if counted else 1.0
