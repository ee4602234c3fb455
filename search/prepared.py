"""Documents read from the index, kept while the same snapshot of it is served."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Sequence
from threading import Lock
from typing import NamedTuple

from index.documents import Document
from index.engines.base import Reader
from search.snippets import ReadyText, Sentences

__all__ = ["Prepared", "PreparedDocuments", "prepare"]

_KEPT_CHARACTERS = 32_000_000
"""Characters of body text kept ready, in all documents together: about 80 MB, for it is kept twice."""


class Prepared(NamedTuple):
    """A document, its texts ready to be searched, and the borders of its sentences."""

    document: Document
    title: ReadyText
    body: ReadyText
    sentences: Sentences


def prepare(document: Document) -> Prepared:
    """Read a document once for every query that finds it."""
    body = document.body
    return Prepared(document, ReadyText.of(document.title), ReadyText.of(body), Sentences(body))


class PreparedDocuments:
    """The documents used last. Safe to share between threads; bounded in characters."""

    def __init__(self, reader: Reader, characters: int = _KEPT_CHARACTERS) -> None:
        self._reader = reader
        self._room = characters
        self._kept: OrderedDict[str, Prepared] = OrderedDict()
        self._lock = Lock()

    def get(self, ids: Sequence[str]) -> list[Prepared | None]:
        """Documents in the order of ``ids``, ``None`` where there is none; only new ones are read."""
        with self._lock:
            found = {id_: self._kept[id_] for id_ in ids if id_ in self._kept}
            for id_ in found:
                self._kept.move_to_end(id_)
        missing = [id_ for id_ in ids if id_ not in found]
        if missing:
            for document in self._reader.documents(missing):
                if document is not None:
                    found[document.id] = self._keep(document)
        return [found.get(id_) for id_ in ids]

    def _keep(self, document: Document) -> Prepared:
        prepared = prepare(document)
        with self._lock:
            if document.id not in self._kept:
                self._kept[document.id] = prepared
                self._room -= _size(prepared)
            while self._room < 0 and len(self._kept) > 1:
                self._room += _size(self._kept.popitem(last=False)[1])
        return prepared


def _size(prepared: Prepared) -> int:
    return len(prepared.document.body) + 1000
