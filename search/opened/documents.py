"""Documents read from the index, kept while the same snapshot of it is served."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Sequence
from sys import getsizeof
from threading import Lock
from typing import NamedTuple

from index.analysis.old_spelling import OldSpelling
from index.documents import Document
from index.engines.base import Reader
from index.query import Everything, SearchRequest, Sort
from search.snippets.sentences import Sentences
from search.snippets.texts import ReadyText

_BESIDES = 1700
"""Bytes that a kept document takes besides its body, which is kept twice: measured over news articles."""

_SPAN = 300
"""Bytes that a span of its layout takes, measured with an address in each."""

_AT_ONCE = 32
"""Documents that are read ahead in one go."""

_LEAST_BYTES = 4000
"""Bytes that a document is taken to have at least, to know how many to ask for."""


class ReadyDocument(NamedTuple):
    """A document, its texts ready to be searched, and the borders of its sentences."""

    document: Document
    title: ReadyText
    body: ReadyText
    sentences: Sentences

    @classmethod
    def of(cls, document: Document, spelling: OldSpelling | None = None) -> ReadyDocument:
        """Make a document ready once for every query that finds it.

        :param spelling: tells whether it is in an old one, as it did when it was indexed.
        """
        body = document.body
        old = spelling if spelling and spelling.is_old(document.headline, body) else None
        return cls(document, _ready(document.title, old), _ready(body, old), Sentences(body))


class DocumentCache:
    """The documents used last. Safe to share between threads.

    :param capacity: most memory that they take, in bytes; the last one is kept whatever it takes.
    :param spelling: tells the old ones.
    """

    def __init__(self, reader: Reader, capacity: int, spelling: OldSpelling | None = None) -> None:
        self._reader = reader
        self._spelling = spelling
        self._capacity = self._free = capacity
        self._kept: OrderedDict[str, ReadyDocument] = OrderedDict()
        self._lock = Lock()

    def __len__(self) -> int:
        """How many are kept."""
        return len(self._kept)

    @property
    def size(self) -> int:
        """Bytes that they take, about."""
        return self._capacity - self._free

    def get(self, ids: Sequence[str]) -> list[ReadyDocument | None]:
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

    def read_ahead(self, wanted: Callable[[], bool]) -> None:
        """Make the newest documents ready as long as there is room: none that was used is let go for them.

        It takes about 60 microseconds a document, which the first query to find it would wait for.

        :param wanted: asked in between; when it says no, this ends.
        :raises EngineError: if the index cannot be read.
        """
        newest = self._reader.search(
            SearchRequest(Everything(), sort=Sort.NEWEST, limit=max(self._free, 0) // _LEAST_BYTES)
        )
        ids = [hit.id for hit in newest.hits]
        for first in range(0, len(ids), _AT_ONCE):
            if not wanted():
                return
            for ready in self._read(ids[first : first + _AT_ONCE]):
                ready.sentences.up_to(len(ready.document.body))
                with self._lock:
                    if self._free < _size(ready):
                        return
                    if ready.document.id not in self._kept:
                        self._add(ready)
                        # The older it is, the sooner it is let go; what was used stays longest.
                        self._kept.move_to_end(ready.document.id, last=False)

    def _read(self, ids: Sequence[str]) -> list[ReadyDocument]:
        """Those of some documents that are not kept yet."""
        missing = [id_ for id_ in ids if id_ not in self._kept]
        return [
            ReadyDocument.of(document, self._spelling)
            for document in self._reader.documents(missing)
            if document is not None
        ]

    def _keep(self, document: Document) -> ReadyDocument:
        ready = ReadyDocument.of(document, self._spelling)
        with self._lock:
            if document.id not in self._kept:
                self._add(ready)
            while self._free < 0 and len(self._kept) > 1:
                self._free += _size(self._kept.popitem(last=False)[1])
        return ready

    def _add(self, ready: ReadyDocument) -> None:
        self._kept[ready.document.id] = ready
        self._free -= _size(ready)


def _ready(text: str, spelling: OldSpelling | None) -> ReadyText:
    """A text made ready.

    :param spelling: reads it as it is written today, if it is in an old one.
    """
    if spelling is None:
        return ReadyText.of(text)
    today = spelling.today(text)
    return ReadyText.of(text)._replace(today=(ReadyText.of(today.text), today.printed))


def _size(ready: ReadyDocument) -> int:
    # Where words stand in print takes about as much as a text.
    bodies = (ready.body, *(ready.body.today[:1] * 2 if ready.body.today else ()))
    texts = sum(getsizeof(each.text) + (getsizeof(each.plain) if each.plain else 0) for each in bodies)
    return texts + _SPAN * len(ready.document.layout) + _BESIDES
