"""Query tree -> the least tree that finds the same documents, for where scores do not count.

Facets, totals, filters, exclusions and what is below a :class:`~index.query.Constant` ask only what matches.
A tree made for ranking looks for each word many times over (title, body, lead, as typed); most of that cannot
find another document.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from index.query import (
    Boolean,
    Boost,
    Constant,
    DisMax,
    Fuzzy,
    Nothing,
    Phrase,
    Prefix,
    Query,
    Term,
    TextField,
    Wildcard,
)

# Fields that hold part of what the body holds: a document with a term there has it in the body too.
_WITHIN_BODY = (TextField.LEAD, TextField.OPENING)
_BODY = TextField.BODY + " "


def is_least(query: Query) -> bool:
    """Whether a tree is one word in some fields, or several: nothing in it only scores."""
    return (
        isinstance(query, Boolean)
        and not query.must
        and not query.must_not
        and query.minimum <= 1
        and all(isinstance(child, Term) and child.field not in _WITHIN_BODY for child in query.should)
    )


def unscored(query: Query, dropped: list[Query]) -> Query:
    """A tree of leaves and :class:`~index.query.Boolean` alone that finds the same documents.

    What it scores means nothing.

    :param dropped: takes nodes that were left out, among which may be patterns that stand nowhere else.
    """
    if isinstance(query, (Boost, Constant)):
        return unscored(query.child, dropped)
    if isinstance(query, Boolean):
        return _boolean(query, dropped)
    if isinstance(query, DisMax):
        return _any(query.children, dropped)
    return query


def patterns_in(nodes: Iterable[Query]) -> Iterator[Query]:
    """The patterns among some nodes and below them."""
    for node in nodes:
        if isinstance(node, (Boost, Constant)):
            yield from patterns_in((node.child,))
        elif isinstance(node, DisMax):
            yield from patterns_in(node.children)
        elif isinstance(node, Boolean):
            yield from patterns_in((*node.must, *node.should, *node.must_not))
        elif isinstance(node, (Prefix, Wildcard, Fuzzy)):
            yield node


def _boolean(query: Boolean, dropped: list[Query]) -> Query:
    must, should, must_not, minimum = query.must, query.should, query.must_not, query.minimum
    if minimum > len(should):
        dropped += (*must, *should, *must_not)
        return Nothing()
    if not must and not must_not and minimum <= 1:
        return _any(should, dropped)
    if must and not minimum:
        dropped += should
        should = ()
    elif minimum == len(should):
        must, should, minimum = (*must, *should), (), 0
    needed: list[Query] = []
    for child in must:
        found = unscored(child, dropped)
        if isinstance(found, Boolean) and not found.should and not found.must_not:
            needed += found.must
        else:
            needed.append(found)
    if len(needed) == 1 and not should and not must_not:
        return needed[0]
    return Boolean(
        tuple(needed),
        tuple([unscored(child, dropped) for child in should]),
        tuple([unscored(child, dropped) for child in must_not]),
        minimum,
    )


def _any(children: Iterable[Query], dropped: list[Query]) -> Query:
    """Documents that match one child or several."""
    terms: dict[str, Term] = {}
    others: list[Query] = []
    _gather(children, terms, others, dropped)
    found: list[Query] = [
        term for term in terms.values() if term.field not in _WITHIN_BODY or _BODY + term.text not in terms
    ]
    # A phrase is found only where each of its terms is.
    found += [
        other
        for other in others
        if not (isinstance(other, Phrase) and any(_key(other.field, text) in terms for text in other.terms))
    ]
    if len(found) == 1:
        return found[0]
    return Boolean(should=tuple(found), minimum=1) if found else Nothing()


def _gather(
    children: Iterable[Query], terms: dict[str, Term], others: list[Query], dropped: list[Query]
) -> None:
    """Sort what any of these finds into terms, each once, and other nodes."""
    for child in children:
        while isinstance(child, (Boost, Constant)):
            child = child.child
        found = child if isinstance(child, Term) else unscored(child, dropped)
        if isinstance(found, Term):
            terms.setdefault(_key(found.field, found.text), found)
        elif isinstance(found, Boolean) and not found.must and not found.must_not and found.minimum <= 1:
            _gather(found.should, terms, others, dropped)
        else:
            others.append(found)


def _key(field: TextField, text: str) -> str:
    # As a key, a text is many times faster than the node itself.
    return field + " " + text
