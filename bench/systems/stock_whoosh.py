"""Whoosh as it comes: its writer, its searcher, BM25F; the ten best without exact totals."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import whoosh.index
from whoosh.analysis import SpaceSeparatedTokenizer
from whoosh.fields import ID, NUMERIC, TEXT, Schema
from whoosh.query import Or, Phrase, Prefix, Term

from bench.queries import Asked, Kind
from bench.systems import folder_bytes
from index.engines.base import AnalyzedDocument


class StockWhoosh:
    """Plain Whoosh."""

    title = "Whoosh as it comes"
    note = "no exact totals"

    def __init__(self) -> None:
        self._searcher: Any = None

    def missing(self) -> str:
        """Always there: it is what the default engine builds on."""
        return ""

    def index(self, documents: Iterator[AnalyzedDocument], folder: Path) -> None:
        """One writer, one process."""
        schema = Schema(
            id=ID(stored=True, unique=True),
            title=TEXT(analyzer=SpaceSeparatedTokenizer()),
            body=TEXT(analyzer=SpaceSeparatedTokenizer()),
            source=ID(sortable=True),
            year=NUMERIC(sortable=True),
            day=NUMERIC(sortable=True),
        )
        writer = whoosh.index.create_in(str(folder), schema).writer(limitmb=256)
        for document in documents:
            article = document.document
            writer.add_document(
                id=article.id,
                title=" ".join(document.title.stems),
                body=" ".join(document.body.stems),
                source=article.source,
                year=article.year or 0,
                day=article.published.toordinal() if article.published else 0,
            )
        writer.commit()

    def open(self, folder: Path) -> None:
        """One searcher."""
        self._searcher = whoosh.index.open_dir(str(folder)).searcher()

    def search(self, asked: Asked) -> list[str]:
        """Ids of the ten best."""
        options: dict[str, Any] = {}
        if asked.kind is Kind.PHRASE:
            query: Any = Phrase("body", list(asked.words))
        elif asked.kind is Kind.PREFIX:
            query = Or([Prefix(field, asked.words[0]) for field in ("title", "body")])
        else:
            query = Or([Term(field, word) for word in asked.words for field in ("title", "body")])
        if asked.kind is Kind.FILTERED:
            options["filter"] = Term("source", asked.source)
        elif asked.kind is Kind.FACETED:
            options["groupedby"] = ["source", "year"]
        elif asked.kind is Kind.SORTED:
            options |= {"sortedby": "day", "reverse": True}
        results = self._searcher.search(query, limit=10, **options)
        if asked.kind is Kind.FACETED:
            for name in ("source", "year"):
                _ = {value: len(members) for value, members in results.groups(name).items()}
        return [hit["id"] for hit in results]

    def disk_bytes(self, folder: Path) -> int:
        """All files."""
        return folder_bytes(folder)


system = StockWhoosh()
