"""The words of a query as an index has them."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class QueryToken:
    """One analysed word of a query; ``position`` counts the words of the query."""

    form: str
    stem: str
    position: int = 0
