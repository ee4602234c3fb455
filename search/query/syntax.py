"""The tree of what a reader meant: the outcome of parsing, the input of planning."""

from __future__ import annotations

import re
from datetime import date
from enum import StrEnum
from typing import TypeAlias

from msgspec import Struct
from msgspec.structs import replace


class Scope(StrEnum):
    """What a field name in a query restricts."""

    TITLE = "title"
    BODY = "body"
    SOURCE = "source"
    PLACE = "place"
    AUTHOR = "author"
    YEAR = "year"
    DATE = "date"


class Ignored(StrEnum):
    """Why a part of a query was not read as written."""

    TOO_LONG = "too_long"
    QUOTE = "quote"
    PARENTHESIS = "parenthesis"
    TOO_DEEP = "too_deep"
    OPERATOR = "operator"
    FIELD = "field"
    DATE = "date"
    TOO_MANY_PATTERNS = "too_many_patterns"
    NO_WORDS = "no_words"
    NO_PHRASE = "no_phrase"
    LONG_PHRASE = "long_phrase"
    TOO_DEAR = "too_dear"
    OTHER_FORMS = "other_forms"


class Word(Struct, frozen=True):
    """A run of characters without spaces. ``text[start:end]`` of the query is the word."""

    text: str
    start: int
    end: int


class Quoted(Struct, frozen=True):
    """Words to be found as written and in this order; the offsets leave the quotes out."""

    text: str
    start: int
    end: int


class Pattern(Struct, frozen=True):
    """A word with ``*`` (any run of characters) or ``?`` (one character)."""

    text: str
    start: int
    end: int


class Approximate(Struct, frozen=True):
    """A word and its neighbours within an edit distance."""

    text: str
    distance: int
    start: int
    end: int


class Dates(Struct, frozen=True):
    """Days of publication, both ends included, ``None`` open."""

    first: date | None
    last: date | None


class Addressed(Struct, frozen=True):
    """The articles of an address or an id, by its key (:mod:`index.sources.addresses`)."""

    key: str


class Scoped(Struct, frozen=True):
    """A node to be looked for in one field only. An inner scope wins over an outer one."""

    scope: Scope
    node: Node


class Not(Struct, frozen=True):
    """Everything that the node does not match."""

    node: Node


class Both(Struct, frozen=True):
    """Operands of ``DAN``: all of them."""

    nodes: tuple[Node, ...]


class Either(Struct, frozen=True):
    """Operands of ``ATAU``: at least one of them."""

    nodes: tuple[Node, ...]


class Group(Struct, frozen=True):
    """Clauses side by side: what is wanted, what is required (``+``) and what is not allowed (``-``)."""

    wanted: tuple[Node, ...] = ()
    required: tuple[Node, ...] = ()
    forbidden: tuple[Node, ...] = ()


Leaf: TypeAlias = Word | Quoted | Pattern | Approximate
"""What is looked for in texts."""

Node: TypeAlias = Leaf | Dates | Addressed | Scoped | Not | Both | Either | Group


class ParsedQuery(Struct, frozen=True):
    """A query as understood.

    :param text: what was read, after cutting.
    :param root: the clauses; empty when there is nothing to search for.
    :param ignored: what could not be read as written: reason and the text in question.
    """

    text: str
    root: Group = Group()
    ignored: tuple[tuple[Ignored, str], ...] = ()


def is_plain(parsed: ParsedQuery) -> bool:
    """Whether a query is one plain word or several and nothing else."""
    root = parsed.root
    if parsed.ignored or root.required or root.forbidden or not root.wanted:
        return False
    return all(type(node) is Word for node in root.wanted)


def without_phrases(parsed: ParsedQuery) -> ParsedQuery | None:
    """The query with its quoted phrases read as plain words, for when no article has them as written.

    :returns: ``None`` if it has none, or only required (``+``) ones and ones inside groups and fields.
    """
    phrases = [node for node in parsed.root.wanted if isinstance(node, Quoted)]
    if not phrases:
        return None
    wanted: list[Node] = []
    for node in parsed.root.wanted:
        if isinstance(node, Quoted):
            wanted += [
                Word(word[0], node.start + word.start(), node.start + word.end())
                for word in _WORD.finditer(node.text)
            ]
        else:
            wanted.append(node)
    ignored = (*parsed.ignored, *((Ignored.NO_PHRASE, node.text) for node in phrases))
    return replace(parsed, root=replace(parsed.root, wanted=tuple(wanted)), ignored=ignored)


_WORD = re.compile(r"\S+")
