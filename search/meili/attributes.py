"""The attributes that articles have in Meilisearch's eyes, and what can be asked of each."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from index.documents import Document, may_be_linked
from index.query import Facet
from search.query.syntax import Scope

ATTRIBUTES = (
    *("id", "title", "body", "url", "address", "source", "place", "author", "editor", "topics", "lang"),
    *("published", "published_timestamp", "year", "metadata"),
)
"""In the order in which a document has them."""

SEARCHABLE = {
    "title": Scope.TITLE,
    "body": Scope.BODY,
    "source": Scope.SOURCE,
    "place": Scope.PLACE,
    "author": Scope.AUTHOR,
}
"""Attributes whose words are found, the most important first."""

VALUES = {
    **{facet.value: facet for facet in (Facet.SOURCE, Facet.PLACE, Facet.AUTHOR)},
    "topics": Facet.TOPIC,
    "lang": Facet.LANG,
}
"""Attributes that are filtered by their text."""

DAYS = ("published", "published_timestamp", "year")
"""Attributes that say when an article was published, filtered by comparison: also what can be sorted by."""

COUNTED = (*VALUES, *DAYS)
"""Attributes whose values can be counted."""

FILTERABLE = ("id", *COUNTED)
"""Attributes that filters may name."""

MOST_VALUES = 100
"""Values of an attribute that are counted, the most frequent first."""

EPOCH = date(1970, 1, 1).toordinal()
DAY_SECONDS = 86_400


def timestamp(ordinal: int) -> int:
    """The beginning of a day (UTC) in seconds since 1970.

    :param ordinal: the day as a proleptic Gregorian ordinal.
    """
    return (ordinal - EPOCH) * DAY_SECONDS


def record_of(document: Document, address_of: Callable[[str], str]) -> dict[str, Any]:
    """A document as clients get it. Texts that are missing are empty, days ``None``.

    So is an address that no page may link to: pages of widgets are made of what is here without a thought.

    :param address_of: where this site shows an article, by its id.
    """
    day = document.published
    return {
        "id": document.id,
        "title": document.title,
        "body": document.body,
        "url": document.url if may_be_linked(document.url) else "",
        "address": address_of(document.id),
        "source": document.source,
        "place": document.place,
        "author": document.author,
        "editor": document.editor,
        "topics": list(document.topics),
        "lang": document.lang,
        "published": day.isoformat() if day else None,
        "published_timestamp": timestamp(day.toordinal()) if day else None,
        "year": document.year,
        "metadata": dict(document.metadata),
    }


def chosen(names: tuple[str, ...] | None) -> tuple[str, ...]:
    """Attributes that a list names, in their own order: all of them for ``*`` or without a list.

    Like Meilisearch, this passes over names that nothing has.
    """
    if names is None or "*" in names:
        return ATTRIBUTES
    return tuple(name for name in ATTRIBUTES if name in names)
