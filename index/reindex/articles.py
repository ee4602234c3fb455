"""Article: one document on its way from the sources to the index, as far as its indexing is decided by it."""

from __future__ import annotations

import pickle
from enum import Enum
from typing import Any, NamedTuple

from index.documents import Document


class Change(Enum):
    """What becomes of an article, compared with the index that is live."""

    ADDED = "added"
    CHANGED = "changed"
    UNCHANGED = "unchanged"
    REMOVED = "removed"


class Article(NamedTuple):
    """One article. Pickles.

    :param content: the document, packed; then what the engine's writer takes; nothing if not needed.
    :param change: known once it was compared with the index.
    """

    id: str
    content_hash: str
    origin: str
    content: Any = None
    change: Change = Change.UNCHANGED


def pack(document: Document) -> Article:
    """A document ready to travel: processes that pass it on never look into it."""
    # The hash goes along inside: it is worked out once.
    hashed = document.content_hash
    return Article(document.id, hashed, document.origin, pickle.dumps(document, pickle.HIGHEST_PROTOCOL))


def unpack(article: Article) -> Document:
    """The document of an article. Only for what this run has packed: pickles can hold anything."""
    document = pickle.loads(article.content)  # noqa: S301
    assert isinstance(document, Document)
    return document
