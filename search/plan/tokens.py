"""The words of a query as an index has them, and other ways to write them."""

from __future__ import annotations

from typing import NamedTuple

from msgspec import Struct


class QueryToken(Struct, frozen=True):
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


class Variant(Struct, frozen=True):
    """Another way to write words.

    :param tokens: its words in order.
    :param documents: number of articles that have it.
    :param frequencies: number of those that have each of its words.
    :param exact: whether it is found as it stands, not inflected.
    :param older: whether it is the way of today, and articles that have the older one, which was typed, hold
        both.
    :param alike: whether it is a name that only sounds alike, and may be somebody else's.
    """

    tokens: tuple[QueryToken, ...]
    documents: int
    frequencies: tuple[int, ...]
    exact: bool = False
    older: bool = False
    alike: bool = False


class Run(Struct, frozen=True):
    """Pieces of a query in a row that are written otherwise too.

    :param first: the first piece; ``count`` belong together.
    :param variants: the other ways that the archive has, one or more.
    """

    first: int
    count: int
    variants: tuple[Variant, ...]
