"""The most that a tree can score, whatever the articles: for what has to outweigh it."""

from __future__ import annotations

from index.query import Boolean, Boost, Constant, DisMax, Everything, Nothing, Phrase, Query, Term

_SATURATED = 2.2
"""BM25's part for the frequency of a term stays below k1 + 1, see :class:`index.query.Term`."""


def most(query: Query, rarest: float) -> float:
    """A score that no document exceeds.

    :param rarest: the idf of a term that only one document holds.
    """
    match query:
        case Term():
            return _SATURATED * rarest
        case Phrase(_, terms):
            return _SATURATED * rarest * len(terms)
        case Boost(child, factor):
            return factor * most(child, rarest)
        case Constant(_, score):
            return score
        case DisMax(children, tie):
            scores = [most(child, rarest) for child in children]
            return max(scores, default=0.0) * (1 - tie) + tie * sum(scores)
        case Boolean(must, should):
            return sum(most(child, rarest) for child in (*must, *should))
        case Everything() | Nothing():
            return 0.0
        case _:
            return 1.0
