"""Aliases: other names of publishers, places, authors and topics, which the owner says are the same.

An article is renamed when it is read, so that whatever stores, counts, filters or shows it knows one name.
Its other names stay among the words that find it, and a filter by one of them is a filter by the name.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import orjson

from index.documents import Document
from index.query import Facet
from index.settings import Settings

ALIASED = (Facet.SOURCE, Facet.PLACE, Facet.AUTHOR, Facet.TOPIC)
"""Facets whose values may have other names, each by the setting ``<facet>_aliases``."""

Names = Mapping[Facet, Mapping[str, str]]


class Aliases:
    """Other names, compared case-insensitively.

    :param names: facet -> other name -> the name that counts.
    """

    def __init__(self, names: Names) -> None:
        self._names = {facet: dict(sorted(pairs.items())) for facet, pairs in names.items() if pairs}
        self._by_other = {
            facet: {other.casefold(): name for other, name in pairs.items()}
            for facet, pairs in self._names.items()
        }
        self._others: dict[Facet, dict[str, list[str]]] = {}
        for facet, pairs in self._names.items():
            others = self._others.setdefault(facet, {})
            for other, name in pairs.items():
                others.setdefault(name.casefold(), []).append(other)

    @classmethod
    def of(cls, settings: Settings) -> Aliases:
        """The owner's aliases."""
        return cls({facet: settings.names(f"{facet}_aliases") for facet in ALIASED})

    @classmethod
    def from_text(cls, text: str) -> Aliases:
        """The inverse of :meth:`to_text`; of nothing, none.

        :raises ValueError: if it is something else.
        """
        return cls({Facet(name): pairs for name, pairs in orjson.loads(text or "{}").items()})

    def to_text(self) -> str:
        """All of them as JSON, the same for the same aliases."""
        named = {facet.value: pairs for facet, pairs in self._names.items()}
        return orjson.dumps(named, option=orjson.OPT_SORT_KEYS).decode()

    def __bool__(self) -> bool:
        return bool(self._names)

    def name(self, facet: Facet, value: str) -> str:
        """The name that counts for a value of a facet: mostly the value itself."""
        pairs = self._by_other.get(facet)
        return pairs.get(value.casefold(), value) if pairs else value

    def names(self, facet: Facet, name: str) -> tuple[str, ...]:
        """A name and all that are other names of it."""
        others = self._others.get(facet)
        return (name, *others.get(name.casefold(), ())) if others else (name,)

    def renamed(self, document: Document) -> Document:
        """The document by the names that count; itself if it has no other."""
        if not self:
            return document
        source = self.name(Facet.SOURCE, document.source)
        place = self.name(Facet.PLACE, document.place)
        author = self.name(Facet.AUTHOR, document.author)
        topics = self._topics(document.topics)
        named = source, place, author, topics
        if named == (document.source, document.place, document.author, document.topics):
            return document
        return replace(document, source=source, place=place, author=author, topics=topics)

    def _topics(self, topics: tuple[str, ...]) -> tuple[str, ...]:
        if Facet.TOPIC not in self._names:
            return topics
        named: dict[str, str] = {}
        for topic in topics:
            name = self.name(Facet.TOPIC, topic)
            named.setdefault(name.casefold(), name)
        return tuple(named.values())

    def filters(self, filters: Mapping[Facet, tuple[str, ...]]) -> dict[Facet, tuple[str, ...]]:
        """Filters by the names that count, each once."""
        if not self:
            return dict(filters)
        named = {facet: [self.name(facet, value) for value in values] for facet, values in filters.items()}
        return {
            facet: tuple({name.casefold(): name for name in each}.values()) for facet, each in named.items()
        }


NO_ALIASES = Aliases({})
