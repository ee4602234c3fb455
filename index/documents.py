"""Document: the one shape that every source yields and every engine stores."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable
from dataclasses import dataclass, field, fields, replace
from datetime import date
from functools import cached_property, lru_cache
from typing import Any, NamedTuple
from urllib.parse import urlsplit

import orjson

MOST_SPANS = 5000
"""Spans of one layout."""

LONGEST_ADDRESS = 2000
"""Characters of an address that is linked to."""

DAY_FROM = ("field", "address", "text", "none")
"""Where a day of publication is found: in a field, in the address, in the article's text, nowhere."""

_DEEPEST = 16
_LONGEST_TEXT = 500

# What stands directly in what; "" is the article itself.
INSIDE: dict[str, frozenset[str]] = {
    "": frozenset({"h", "ul", "ol", "blockquote", "table", "img", "a"}),
    "blockquote": frozenset({"ul", "ol", "blockquote", "a"}),
    "ul": frozenset({"li"}),
    "ol": frozenset({"li"}),
    "li": frozenset({"ul", "ol", "blockquote", "a"}),
    "table": frozenset({"tr"}),
    "tr": frozenset({"th", "td"}),
    "th": frozenset({"a"}),
    "td": frozenset({"a"}),
    "h": frozenset({"a"}),
    "a": frozenset(),
    "img": frozenset(),
}
"""Kind of an element -> kinds of elements that may stand directly in it."""

# What stands between the parts of an element and is not shown: bullets and numbers, lines between cells.
_ITEM_GAP = re.compile(r"\s*(?:(?:[-*+•·–]|\d{1,9}[.)])\s+)?")
_CELL_GAP = re.compile(r"[\s|:+=-]*")
_GAPS = {"ul": _ITEM_GAP, "ol": _ITEM_GAP, "table": _CELL_GAP, "tr": _CELL_GAP}
_BLOCKS = frozenset({"h", "ul", "ol", "blockquote", "table", "img"})
_ON_ONE_LINE = frozenset({"h", "th", "td", "a"})
_EMPTY = frozenset({"img", "th", "td"})
_NUMBERS = {"h": range(2, 5), "ol": range(1_000_000_000), "th": range(1, 51), "td": range(1, 51)}
_NO_ADDRESS = re.compile(r"[\s\x00-\x1f\x7f-\x9f\ud800-\udfff\\]")


class Span(NamedTuple):
    """Characters ``start`` to ``end`` of a body are one element of the article.

    :param kind: as HTML names it, see :data:`INSIDE`; ``h`` is a heading. ``img`` stands between paragraphs
        and has no characters; a cell may have none.
    :param number: level of a heading (2 to 4), first number of an ``ol``, columns that a cell covers; else 0.
    :param address: where an ``a`` leads, where an ``img`` is found.
    :param text: what an ``img`` shows, or ``""``.
    """

    kind: str
    start: int
    end: int
    number: int = 0
    address: str = ""
    text: str = ""


@dataclass(frozen=True)
class Document:
    """One article, cleaned and ready to be analysed.

    :param id: stable, URL-safe identifier, unique in the index (1 to 120 of ``A-Za-z0-9._-``).
    :param title: headline, plain text, never empty.
    :param body: article text, plain, paragraphs separated by a blank line.
    :param url: address of the original, or ``""``.
    :param source: publisher, usually a domain in lower case (``metro7.co.id``), or ``""``.
    :param place: place of the dateline as a reader writes it (``Hulu Sungai Utara``), or ``""``.
    :param author: reporter, or ``""``.
    :param editor: editor, or ``""``.
    :param published: day of publication, or ``None`` when unknown.
    :param lang: BCP 47 language tag of the text.
    :param topics: names of its sections, categories and tags, as its publisher gives them.
    :param metadata: (name, value) of what its source says beside, in its order: no name stands twice.
    :param layout: what of the body is a heading, a list, a link, ...: each element before those inside it.
        As it was stored: :func:`is_sound` tells whether it may be shown.
    :param origin: where it was read from, for messages to the owner (``berita/a.txt``, ``arsip.jsonl:12``).
        Not part of the content: moving an article does not change it.
    :param day_from: where ``published`` was found when it was read, see :data:`DAY_FROM`; ``""`` where
        nothing was read. For the report of a run; not kept.
    :param day_note: why what its source names for a day was not taken, or ``""``. Likewise.
    """

    id: str
    title: str
    body: str
    url: str = ""
    source: str = ""
    place: str = ""
    author: str = ""
    editor: str = ""
    published: date | None = None
    lang: str = "id"
    origin: str = ""
    layout: tuple[Span, ...] = ()
    topics: tuple[str, ...] = ()
    metadata: tuple[tuple[str, str], ...] = ()
    day_from: str = field(default="", compare=False)
    day_note: str = field(default="", compare=False)

    @cached_property
    def content_hash(self) -> str:
        """Digest of everything a reader could see or search: 32 hexadecimal digits.

        Two documents with the same id and the same digest are the same for ``reindex``, which may give one of
        them another id.
        """
        visible = self.to_dict()
        del visible["id"], visible["origin"]
        try:
            encoded = orjson.dumps(visible, option=orjson.OPT_SORT_KEYS)
        except TypeError:  # half a surrogate pair, which the standard library lets through
            plain = json.dumps(visible, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
            encoded = plain.encode("utf-8", "surrogatepass")
        return hashlib.blake2b(encoded, digest_size=16).hexdigest()

    def taken_for(self, content_hash: str) -> Document:
        """The same, taken for the document of this digest: it was shortened since that was read."""
        copy = replace(self)
        copy.__dict__["content_hash"] = content_hash  # where the property keeps it
        return copy

    @property
    def year(self) -> int | None:
        """Calendar year of publication, or ``None``."""
        return self.published.year if self.published else None

    @property
    def headline(self) -> str:
        """The title if somebody wrote it; ``""`` if it only repeats how the body begins.

        A title of the second kind stands in for a missing one. Its words are counted with the body already.
        """
        start, title = self.body[:1], self.title.rstrip("… ")
        if title and start and start != title[0] and not start.isspace():
            return self.title
        beginning = " ".join(self.body[: 2 * len(self.title) + 100].split())
        return "" if beginning.startswith(title) else self.title

    def to_dict(self) -> dict[str, Any]:
        """A JSON-ready mapping; ``published`` in ISO 8601.

        ``layout``, ``topics`` and ``metadata`` are left out where there are none.
        """
        record: dict[str, Any] = {
            "id": self.id,
            "title": self.title,
            "body": self.body,
            "url": self.url,
            "source": self.source,
            "place": self.place,
            "author": self.author,
            "editor": self.editor,
            "published": self.published.isoformat() if self.published else None,
            "lang": self.lang,
            "origin": self.origin,
        }
        if self.layout:
            record["layout"] = [list(span) for span in self.layout]
        if self.topics:
            record["topics"] = list(self.topics)
        if self.metadata:
            record["metadata"] = dict(self.metadata)
        return record

    @classmethod
    def from_dict(cls, record: dict[str, Any]) -> Document:
        """The inverse of :meth:`to_dict`; unknown keys are ignored.

        :raises KeyError: if ``id``, ``title`` or ``body`` is missing.
        :raises ValueError: if ``published`` is not an ISO 8601 date.
        :raises TypeError: if ``layout``, ``topics`` or ``metadata`` has another shape than :meth:`to_dict`
            gives it.
        """
        values = as_fields(
            {key: value for key, value in record.items() if key in _FIELDS and value is not None}
        )
        for required in ("id", "title", "body"):
            if required not in values:
                raise KeyError(required)
        return cls(**values)


_FIELDS = tuple(part.name for part in fields(Document) if part.compare)


def as_fields(record: dict[str, Any]) -> dict[str, Any]:
    """What JSON made of the fields of a document, made what a document holds: in place, and given back.

    :raises ValueError: if ``published`` is not an ISO 8601 date.
    :raises TypeError: if something has another shape than :meth:`Document.to_dict` gives it.
    """
    if published := record.get("published"):
        record["published"] = date.fromisoformat(published)
    if layout := record.get("layout"):
        record["layout"] = spans_from(layout)
    if "topics" in record:
        record["topics"] = _texts(record["topics"])
    if "metadata" in record:
        pairs = record["metadata"]
        if not isinstance(pairs, dict):
            raise TypeError(f"not names and values: {pairs!r:.60}")
        record["metadata"] = tuple(zip(_texts([*pairs]), _texts([*pairs.values()]), strict=True))
    return record


def _texts(values: Any) -> tuple[str, ...]:
    if not isinstance(values, list) or not all(isinstance(value, str) for value in values):
        raise TypeError(f"not a list of texts: {values!r:.60}")
    return tuple(values)


def spans_from(rows: Iterable[Iterable[Any]]) -> tuple[Span, ...]:
    """Spans as JSON has them, rows of values.

    :raises TypeError: if they have another shape.
    """
    return tuple([Span(*row) for row in rows])


@lru_cache(1024)
def may_be_linked(address: str) -> bool:
    """Whether a page may link to an address: an archive may hold ``javascript:``."""
    if not address or len(address) > LONGEST_ADDRESS or _NO_ADDRESS.search(address):
        return False
    try:
        parts = urlsplit(address)
    except ValueError:
        return False
    if parts.scheme.lower() == "mailto":
        return "@" in parts.path
    return parts.scheme.lower() in ("http", "https") and bool(parts.netloc)


def parents_of(layout: tuple[Span, ...]) -> list[int]:
    """For each span the number of the one that it stands directly in, -1 for the article itself."""
    parents: list[int] = []
    opened: list[int] = []
    for number, span in enumerate(layout):
        while opened:
            around = layout[opened[-1]]
            if span.kind in INSIDE[around.kind] and around.start <= span.start and span.end <= around.end:
                break
            opened.pop()
        parents.append(opened[-1] if opened else -1)
        opened.append(number)
    return parents


def is_sound(body: str, layout: tuple[Span, ...]) -> bool:
    """Whether a layout can be shown: in range, nested, and nothing of the body in a place that shows none.

    An index may be damaged, and what it holds was written by strangers.
    """
    if len(layout) > MOST_SPANS or not all(_is_possible(body, span) for span in layout):
        return False
    parents = parents_of(layout)
    article = Span("", 0, len(body))
    ends: dict[int, int] = {}
    depths = {-1: 0}
    for number, (span, parent) in enumerate(zip(layout, parents, strict=True)):
        around = layout[parent] if parent >= 0 else article
        depths[number] = depths[parent] + 1
        before = ends.get(parent, around.start)
        ends[parent] = span.end
        if span.kind not in INSIDE[around.kind] or depths[number] > _DEEPEST or span.start < before:
            return False
        if (gap := _GAPS.get(around.kind)) and not gap.fullmatch(body, before, span.start):
            return False
        if span.kind in _BLOCKS and not _is_apart(body, span, around):
            return False
    return all(
        number in ends and gap.fullmatch(body, ends[number], span.end)
        for number, span in enumerate(layout)
        if (gap := _GAPS.get(span.kind))
    )


def _is_possible(body: str, span: Span) -> bool:
    kind, start, end, number, address, text = span
    if not isinstance(kind, str) or not isinstance(address, str) or not isinstance(text, str):
        return False
    if not all(type(value) is int for value in (start, end, number)):
        return False
    if not kind or kind not in INSIDE or not 0 <= start <= end <= len(body):
        return False
    if kind not in _EMPTY if start == end else kind == "img":
        return False
    if kind in ("a", "img") and not may_be_linked(address):
        return False
    if number not in _NUMBERS.get(kind, (0,)) or len(text) > _LONGEST_TEXT:
        return False
    return kind not in _ON_ONE_LINE or body.find("\n\n", start, end) < 0


def _is_apart(body: str, span: Span, around: Span) -> bool:
    """Whether blank lines, or what it stands in, part a block from the text before and behind it."""
    begins = span.start == around.start or body.endswith("\n\n", around.start, span.start)
    ends = span.end == around.end or body.startswith("\n\n", span.end, around.end)
    return (begins or ends) if span.kind == "img" else (begins and ends)
