"""How one article is shown among others: by its name and the like, or whole with what is marked in it."""

from __future__ import annotations

from datetime import date
from typing import Any, NamedTuple

from index.documents import Document
from search.snippets.targets import Highlight


class Listing(NamedTuple):
    """One article as it is named where others are shown: a version of one, or one of its relatives."""

    id: str
    title: str
    url: str
    source: str
    place: str
    author: str
    published: date | None
    lang: str

    @classmethod
    def of(cls, document: Document) -> Listing:
        """How an article is named."""
        about = (document.source, document.place, document.author, document.published, document.lang)
        return cls(document.id, document.title, document.url, *about)

    def to_dict(self) -> dict[str, Any]:
        """The article as the API names it."""
        return self._asdict() | {"published": self.published.isoformat() if self.published else None}


class Whole(NamedTuple):
    """An article that was found, and what shows the words of the question in its title and body."""

    document: Document
    in_title: tuple[Highlight, ...]
    in_body: tuple[Highlight, ...]
