"""What a question is restricted to: values by the names that the archive knows, words to some fields."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from msgspec.structs import replace

from index.query import Boolean, Facet, Query, Value
from search.query.syntax import Both, Either, Group, Leaf, Node, Not, ParsedQuery, Scope, Scoped


def named(tree: Query, name: Callable[[Facet, str], str]) -> Query:
    """A restricting tree with its values by the names that count.

    :param name: gives the name that counts for a value of a facet.
    """
    if isinstance(tree, Value):
        return replace(tree, values=tuple(name(tree.facet, value) for value in tree.values))
    if isinstance(tree, Boolean):
        must, should, must_not = (
            tuple(named(child, name) for child in children)
            for children in (tree.must, tree.should, tree.must_not)
        )
        return replace(tree, must=must, should=should, must_not=must_not)
    return tree


def scoped(parsed: ParsedQuery, scopes: tuple[Scope, ...]) -> ParsedQuery:
    """A query whose words have to be in one of some fields, unless it says itself where they have to be.

    :param scopes: the fields, none for all.
    """
    if not scopes:
        return parsed
    root = parsed.root
    wanted, required, forbidden = (
        _scoped_all(nodes, scopes) for nodes in (root.wanted, root.required, root.forbidden)
    )
    return replace(parsed, root=Group(wanted, required, forbidden))


def _scoped_all(nodes: Iterable[Node], scopes: tuple[Scope, ...]) -> tuple[Node, ...]:
    return tuple(_scoped(node, scopes) for node in nodes)


def _scoped(node: Node, scopes: tuple[Scope, ...]) -> Node:
    if isinstance(node, Leaf):
        fields = tuple(Scoped(scope, node) for scope in scopes)
        return fields[0] if len(fields) == 1 else Either(fields)
    if isinstance(node, Not):
        return Not(_scoped(node.node, scopes))
    if isinstance(node, (Both, Either)):
        return replace(node, nodes=_scoped_all(node.nodes, scopes))
    if isinstance(node, Group):
        return Group(*(_scoped_all(each, scopes) for each in (node.wanted, node.required, node.forbidden)))
    return node
