"""The words of a query as an index has them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple


@dataclass(frozen=True, slots=True)
class QueryToken:
    """One analysed word of a query; ``position`` counts the words of the query."""

    form: str
    stem: str
    position: int = 0


class Piece(NamedTuple):
    """What counts as one word of a query: ``covid19``, ``Rp1,5``; each part of ``TNI-Polri``.

    :param text: as typed; of a part, the whole that it is a part of.
    :param tokens: what it was analysed to, 1 or more.
    """

    text: str
    tokens: tuple[QueryToken, ...]
