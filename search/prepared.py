"""Documents made ready for marking, kept while the same snapshot of the index is served."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass
from threading import Lock

from index.analysis import Analysis, Analyzer
from index.documents import Document
from search.snippets import sentence_spans

__all__ = ["Prepared", "PreparedDocuments", "prepare"]

_CACHED_TOKENS = 250_000
"""Tokens kept ready, in all documents together: about 50 MB."""


@dataclass(frozen=True, slots=True)
class Prepared:
    """A document with its tokens and the borders of its sentences."""

    document: Document
    title: Analysis
    body: Analysis
    sentences: list[tuple[int, int]]


def prepare(document: Document, analyzer: Analyzer) -> Prepared:
    """Analyse a document once for every query that finds it."""
    return Prepared(
        document,
        analyzer.analyze(document.title),
        analyzer.analyze(document.body),
        sentence_spans(document.body),
    )


class PreparedDocuments:
    """The documents used last, by id. Safe to share between threads; bounded in tokens."""

    def __init__(self, analyzer: Analyzer, tokens: int = _CACHED_TOKENS) -> None:
        self._analyzer = analyzer
        self._room = tokens
        self._kept: OrderedDict[str, Prepared] = OrderedDict()
        self._lock = Lock()

    def cached(self, id: str) -> Prepared | None:
        """What is kept of a document, or ``None``."""
        with self._lock:
            prepared = self._kept.get(id)
            if prepared is not None:
                self._kept.move_to_end(id)
            return prepared

    def add(self, document: Document) -> Prepared:
        """Prepare a document and keep it, at the expense of those not used for longest."""
        prepared = prepare(document, self._analyzer)
        with self._lock:
            if document.id not in self._kept:
                self._kept[document.id] = prepared
                self._room -= _size(prepared)
            while self._room < 0 and len(self._kept) > 1:
                self._room += _size(self._kept.popitem(last=False)[1])
        return prepared


def _size(prepared: Prepared) -> int:
    return len(prepared.body.forms) + len(prepared.title.forms) + 50
