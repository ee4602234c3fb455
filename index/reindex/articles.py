"""Article: one document on its way from the sources to the index, as far as its indexing is decided by it."""

from __future__ import annotations

import pickle
from dataclasses import replace
from enum import Enum
from typing import Any, NamedTuple

from index.documents import Document
from index.sources.identity import identity_of


class Change(Enum):
    """What becomes of an article, compared with the index that is live."""

    ADDED = "added"
    CHANGED = "changed"
    UNCHANGED = "unchanged"
    REMOVED = "removed"


class Article(NamedTuple):
    """One article. Pickles.

    :param identity: what tells it from others of the same id, see
        :func:`index.sources.identity.identity_of`.
    :param content: the document, packed; then what the engine's writer takes; nothing if not needed.
    :param change: known once it was compared with the index.
    :param day_from: as in its document, if it was read in this run; ``day_note`` likewise.
    """

    id: str
    content_hash: str
    origin: str
    identity: str = ""
    content: Any = None
    change: Change = Change.UNCHANGED
    day_from: str = ""
    day_note: str = ""


class PreparedError(Exception):
    """An article cannot be renamed any more."""


def pack(document: Document) -> Article:
    """A document ready to travel: processes that pass it on never look into it."""
    # The hash goes along inside: it is worked out once.
    outline = outline_of(document)
    return outline._replace(content=pickle.dumps(document, pickle.HIGHEST_PROTOCOL))


def outline_of(document: Document) -> Article:
    """All of a document but its content."""
    return Article(
        document.id,
        document.content_hash,
        document.origin,
        identity_of(document),
        day_from=document.day_from,
        day_note=document.day_note,
    )


def rename(article: Article, id: str) -> Article:
    """An article, packed or without content, under another id.

    :raises PreparedError: if its content is what a writer takes.
    """
    renamed = article._replace(id=id)
    if not article.content:
        return renamed
    if not isinstance(article.content, bytes):
        raise PreparedError(article.origin)
    document = replace(unpack(article), id=id)
    return renamed._replace(content=pickle.dumps(document, pickle.HIGHEST_PROTOCOL))


def unpack(article: Article) -> Document:
    """The document of an article. Only for what this run has packed: pickles can hold anything."""
    document = pickle.loads(article.content)  # noqa: S301
    assert isinstance(document, Document)
    return document
