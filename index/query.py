"""The query tree, SearchRequest, SearchPage and Hit: the language between search/ and the engines.

Search builds a tree of these nodes; an engine answers it. Texts in nodes are already analysed: an engine
compares them with indexed terms as they stand and never analyses, stems or folds.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from enum import StrEnum
from typing import NamedTuple, TypeAlias

from msgspec import Struct, field
from msgspec.structs import astuple

LEAD_TOKENS = 40
"""Tokens at the beginning of a body that count as its lead."""

OPENING_TOKENS = 10
"""Tokens at the beginning of a body that count as its opening."""


class TextField(StrEnum):
    """Fields with positions, searched by :class:`Term`, :class:`Phrase`, :class:`Prefix` and so on.

    ``TITLE`` and ``BODY`` hold stems; the ``*_EXACT`` fields hold folded surface forms at the same
    positions. ``LEAD`` holds the stems of the body's first :data:`LEAD_TOKENS` tokens: news say first what
    they are about; ``OPENING`` those of the first :data:`OPENING_TOKENS`. ``SOURCE``, ``PLACE`` and
    ``AUTHOR`` hold folded forms (names are not stemmed). ``ADDRESS`` holds the keys by which the one document
    is found: of its id, and of its address on the web if it has one (:mod:`index.sources.addresses`).
    """

    TITLE = "title"
    TITLE_EXACT = "title_exact"
    BODY = "body"
    BODY_EXACT = "body_exact"
    LEAD = "lead"
    OPENING = "opening"
    SOURCE = "source"
    PLACE = "place"
    AUTHOR = "author"
    ADDRESS = "address"


EXACT = {TextField.TITLE: TextField.TITLE_EXACT, TextField.BODY: TextField.BODY_EXACT}
"""The fields of stems, each with the one of their forms."""


class Facet(StrEnum):
    """Whole values by which results are filtered and counted, compared case-insensitively.

    A document has at most one value of each, but of those in :data:`SEVERAL`.
    """

    SOURCE = "source"
    PLACE = "place"
    AUTHOR = "author"
    TOPIC = "topic"
    YEAR = "year"
    LANG = "lang"


SEVERAL = frozenset({Facet.TOPIC})
"""Facets of which a document may have several values; it counts once for each of them."""


class Label(NamedTuple):
    """Why a node is in the tree, for those who explain scores.

    :param field: where it looks; empty if that is nowhere in particular.
    :param term: what it looks for, in a reader's words.
    :param why: the kind of evidence, as whoever made the tree calls it.
    """

    field: str
    term: str
    why: str


class _Node(Struct, frozen=True, eq=False, kw_only=True):
    """Any node of the tree.

    :param label: engines pass over it, and nodes that differ in nothing else are equal. It is the last field.
    """

    label: Label | None = None

    def __eq__(self, other: object) -> bool:
        return type(self) is type(other) and astuple(self)[:-1] == astuple(other)[:-1]

    def __hash__(self) -> int:
        return hash(astuple(self)[:-1])

    def __repr__(self) -> str:
        told = zip(self.__struct_fields__[:-1], astuple(self), strict=False)
        return f"{type(self).__name__}({', '.join(f'{name}={value!r}' for name, value in told)})"


class Everything(_Node, frozen=True, eq=False):
    """Every document, score 0."""


class Nothing(_Node, frozen=True, eq=False):
    """No document."""


class Term(_Node, frozen=True, eq=False):
    """Documents whose field holds the term. Score: BM25 (k1 1.2, b 0.75) in that field.

    idf is ``ln(1 + (N - n + 0.5) / (n + 0.5))`` and the term frequency part
    ``tf * (k1 + 1) / (tf + k1 * (1 - b + b * length / average))`` (Robertson and Zaragoza 2009, section 3,
    with Lucene's non-negative idf).
    """

    field: TextField
    text: str


class Phrase(_Node, frozen=True, eq=False):
    """Documents with the terms in this order.

    :param offsets: position of each term relative to the first; ``()`` means 0, 1, 2, ...
    :param slop: how many positions the terms may be apart in total beyond that (0: exactly adjacent): with
        each position reduced by its term's offset, positions do not descend, and the last is at most ``slop``
        behind the first.

    Without terms it matches nothing. Score: BM25 with the number of occurrences as frequency and the sum of
    the terms' idf.
    """

    field: TextField
    terms: tuple[str, ...]
    offsets: tuple[int, ...] = ()
    slop: int = 0


class Prefix(_Node, frozen=True, eq=False):
    """Documents with a term that starts with the text, scored 1 each. Expands to at most the engine's cap."""

    field: TextField
    text: str


class Wildcard(_Node, frozen=True, eq=False):
    """Like :class:`Prefix`; ``*`` stands for any run of characters, ``?`` for exactly one."""

    field: TextField
    pattern: str


class Fuzzy(_Node, frozen=True, eq=False):
    """Like :class:`Prefix`; terms within an edit distance (insert, delete, replace, swap neighbours; optimal
    string alignment)."""

    field: TextField
    text: str
    distance: int = 1


class Value(_Node, frozen=True, eq=False):
    """Documents whose facet equals one of the values, or one of its values does, scored 1.

    An empty value is no value and matches nothing. The facet ``AUTHOR`` is the reporter alone; the
    text field ``AUTHOR`` holds the editor too.
    """

    facet: Facet
    values: tuple[str, ...]


class Valued(_Node, frozen=True, eq=False):
    """Documents that have a value of the facet, whichever it is, scored 1; the empty value is none."""

    facet: Facet


class Published(_Node, frozen=True, eq=False):
    """Documents published from ``first`` to ``last``, both included, ``None`` open; scored 1.

    Documents without a date never match.
    """

    first: date | None = None
    last: date | None = None


class Boolean(_Node, frozen=True, eq=False):
    """All of ``must``, none of ``must_not``, and at least ``minimum`` of ``should``.

    Score: the sum over the matching ``must`` and ``should``. Without ``must`` and with ``minimum`` 0, at
    least one of ``should`` has to match; a node with only ``must_not`` matches every other document, and one
    without any children none.
    """

    must: tuple[Query, ...] = ()
    should: tuple[Query, ...] = ()
    must_not: tuple[Query, ...] = ()
    minimum: int = 0


class DisMax(_Node, frozen=True, eq=False):
    """Any of the children. Score: the best child's, plus ``tie`` times the other children's."""

    children: tuple[Query, ...]
    tie: float = 0.0


class Boost(_Node, frozen=True, eq=False):
    """The child with its score multiplied by a positive factor."""

    child: Query
    factor: float


class Constant(_Node, frozen=True, eq=False):
    """The child's documents, all with this score (0 for a pure filter)."""

    child: Query
    score: float = 0.0


Query: TypeAlias = (
    Everything
    | Nothing
    | Term
    | Phrase
    | Prefix
    | Wildcard
    | Fuzzy
    | Value
    | Valued
    | Published
    | Boolean
    | DisMax
    | Boost
    | Constant
)


class Sort(StrEnum):
    """Order of hits. Documents without a date are always last.

    Ties go in an order of the engine's own, the same on every page as long as the index is not written to.
    """

    RELEVANCE = "relevance"
    NEWEST = "newest"
    OLDEST = "oldest"


ALL_VALUES = 1 << 30
"""More values than a facet can have."""


class SearchRequest(Struct, frozen=True):
    """What an engine is asked.

    :param query: the tree that decides what matches and how it scores.
    :param filters: facet -> wanted values (any of them). Facets combine with AND.
    :param published: restricts the dates, or ``None``.
    :param restrict: a tree that restricts what is found, counted and listed, every facet too, without a share
        in the scores; ``None`` for none.
    :param sort: order of the hits.
    :param offset: hits to pass over, 0 or more.
    :param limit: hits to return, 0 or more.
    :param facets: facets to count. Each is counted over the documents that match the query, the dates and
        the filters on *other* facets, so that a reader sees what else could be chosen.
    :param facet_size: values returned per facet, most frequent first, ties by value; :data:`ALL_VALUES` for
        all that any of the documents has.
    :param within: a tree that finds some of the documents that ``query`` finds, to be counted too.
    :param days: also count the matching documents by day of publication.
    :param breathe: called every few milliseconds by an engine that keeps other threads of Python from theirs.
    """

    query: Query
    filters: tuple[tuple[Facet, tuple[str, ...]], ...] = ()
    published: Published | None = None
    sort: Sort = Sort.RELEVANCE
    offset: int = 0
    limit: int = 10
    facets: tuple[Facet, ...] = ()
    facet_size: int = 20
    within: Query | None = None
    days: bool = False
    breathe: Callable[[], None] | None = None
    restrict: Query | None = None


class Hit(NamedTuple):
    """One matching document: its id and its score (0.0 when sorted by date)."""

    id: str
    score: float


# Not frozen, which would take three times as long: an answer has dozens of these.
class FacetCount(Struct):
    """One value of a facet and the exact number of documents that have it."""

    value: str
    count: int


class SearchPage(Struct, frozen=True):
    """What an engine answers.

    :param hits: the requested slice.
    :param total: exact number of matching documents.
    :param total_within: exact number of those that match the tree to be counted too; 0 if there was none.
    :param listed_within: ids of the hits that match it.
    :param facets: the requested counts.
    :param days: day of publication as a proleptic Gregorian ordinal, 0 when unknown, ascending -> exact
        number of matching documents, 1 or more; empty unless asked for.
    :param capped: patterns (``Prefix``, ``Wildcard``, ``Fuzzy``) that stood for more terms than the engine's
        cap, as their text; only their most frequent terms were used.
    """

    hits: tuple[Hit, ...]
    total: int
    facets: dict[Facet, tuple[FacetCount, ...]] = field(default_factory=dict)
    total_within: int = 0
    listed_within: frozenset[str] = frozenset()
    days: Mapping[int, int] = field(default_factory=dict)
    capped: tuple[str, ...] = ()
