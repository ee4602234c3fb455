"""Phrases as Tantivy asks for them: its slop goes in both directions, ours only forwards."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import tantivy

from index.engines.spreads import spreads

_phrase_query = tantivy.Query.phrase_query


def phrase_query(schema: Any, field: str, words: Sequence[tuple[int, str]], slop: int) -> Any:
    """Documents with the terms at these positions, or at most ``slop`` further apart.

    :param words: two or more terms, encodable, each with its position relative to any place, ascending.
    """
    first = words[0][0]
    if slop <= 0:
        return _phrase_query(schema, field, [(offset - first, term) for offset, term in words], 0)
    ordered = [term for _, term in words]
    forms = [
        _phrase_query(schema, field, list(zip(spread, ordered, strict=True)), left)
        for spread, left in spreads([offset - first for offset, _ in words], slop)
    ]
    return forms[0] if len(forms) == 1 else tantivy.Query.disjunction_max_query(forms, 0.0)
