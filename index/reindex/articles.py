"""Article: one document on its way from the sources to the index, as far as its indexing is decided by it."""

from __future__ import annotations

from dataclasses import replace
from enum import Enum
from typing import Any, NamedTuple

from index.documents import Document
from index.engines.packing import dump_document, load_document
from index.sources.identity import identity_of


class Change(Enum):
    """What becomes of an article, compared with the index that is live."""

    ADDED = "added"
    CHANGED = "changed"
    UNCHANGED = "unchanged"
    REMOVED = "removed"


class Place(NamedTuple):
    """Where the packed content of an article lies in a :class:`index.reindex.parts.Parts`.

    :param start: first byte.
    :param size: in bytes.
    """

    start: int
    size: int


class Article(NamedTuple):
    """One article. Pickles.

    :param identity: what tells it from others of the same id, see
        :func:`index.sources.identity.identity_of`.
    :param content: the document, packed, or the :class:`Place` where it lies; then what the engine's writer
        takes; nothing if not needed.
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
    return outline_of(document)._replace(content=dump_document(document))


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
    if article.content and not isinstance(article.content, bytes | Place):
        raise PreparedError(article.origin)
    return article._replace(id=id)


def unpack(article: Article) -> Document:
    """The document of an article, under the id and the hash of that."""
    document = load_document(article.content)
    if document.id != article.id:
        document = replace(document, id=article.id)
    return document.taken_for(article.content_hash)
