"""Completion: one thing that is offered to somebody who types, and all of them as the API gives them."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import Any

from msgspec import Struct


class Kind(StrEnum):
    """What a completion is."""

    WORD = "word"
    NAME = "name"
    PHRASE = "phrase"
    CORRECTION = "correction"
    TITLE = "title"


class Completion(Struct, frozen=True):
    """One thing that is offered.

    :param text: a whole query to ask instead of what was typed, or an article's title.
    :param count: exact number of articles that hold all words of the query, ``None`` if there was no time to
        count them; 1 for a title.
    :param id: of the article whose title it is, published on the day ``published``, if that is known.
    """

    text: str
    kind: Kind
    count: int | None
    id: str = ""
    published: date | None = None

    def to_dict(self) -> dict[str, Any]:
        """The completion as the API gives it."""
        if self.kind is not Kind.TITLE:
            counted = {} if self.count is None else {"count": self.count}
            return {"text": self.text, "kind": self.kind.value, **counted}
        day = self.published.isoformat() if self.published else None
        return {"text": self.text, "kind": self.kind.value, "id": self.id, "published": day}


class Completions(Struct, frozen=True):
    """What is offered for a text, queries first.

    :param complete: whether everything was known and counted by then; if not, there is more to it later.
    """

    query: str
    suggestions: tuple[Completion, ...]
    complete: bool = True

    def to_dict(self) -> dict[str, Any]:
        """The object that ``/api/v1/suggest`` gives."""
        return {"query": self.query, "suggestions": [each.to_dict() for each in self.suggestions]}
