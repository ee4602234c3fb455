"""Tantivy through its own Python package and nothing of ours: the least any engine on it can cost."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from bench.queries import Asked, Kind
from bench.systems import folder_bytes
from index.engines.base import AnalyzedDocument

try:
    import tantivy
except ModuleNotFoundError:
    tantivy = None

_COUNTS = {name: {"terms": {"field": name, "size": 20}} for name in ("source", "year")}


class RawTantivy:
    """Plain Tantivy: exact totals."""

    title = "Tantivy alone"
    note = "exact totals; ties in any order"

    def __init__(self) -> None:
        self._searcher: Any = None
        self._schema: Any = None

    def missing(self) -> str:
        """Whether the package is installed."""
        return "" if tantivy else "not installed (pip install tantivy)"

    def index(self, documents: Iterator[AnalyzedDocument], folder: Path) -> None:
        """Stems of titles and bodies only, and the id stored."""
        builder = tantivy.SchemaBuilder()
        builder.add_text_field("id", stored=True, tokenizer_name="raw", index_option="basic")
        for name in ("title", "body"):
            builder.add_text_field(name, tokenizer_name="whitespace")
        for name in ("source", "year"):
            builder.add_text_field(name, fast=True, tokenizer_name="raw", index_option="basic")
        builder.add_integer_field("day", fast=True)
        writer = tantivy.Index(builder.build(), str(folder)).writer(256 << 20, 1)
        for document in documents:
            article = document.document
            writer.add_document(
                tantivy.Document(
                    id=article.id,
                    title=" ".join(document.title.stems),
                    body=" ".join(document.body.stems),
                    source=article.source.casefold(),  # Telusur's engines compare sources so
                    year=str(article.year or ""),
                    day=article.published.toordinal() if article.published else 0,
                )
            )
        writer.commit()
        writer.wait_merging_threads()

    def open(self, folder: Path) -> None:
        """One searcher."""
        index = tantivy.Index.open(str(folder))
        self._schema, self._searcher = index.schema, index.searcher()

    def search(self, asked: Asked) -> tuple[list[str], int]:
        """Ids of the ten best and the total, as somebody who knows the package would ask for them."""
        native, schema, searcher = tantivy.Query, self._schema, self._searcher
        should = tantivy.Occur.Should
        if asked.kind is Kind.PHRASE:
            query = native.phrase_query(schema, "body", list(asked.words))
        elif asked.kind is Kind.PREFIX:
            # Several times faster than a regular expression.
            start = asked.words[0]
            query = native.boolean_query(
                [
                    (should, native.fuzzy_term_query(schema, field, start, distance=0, prefix=True))
                    for field in ("title", "body")
                ]
            )
        else:
            query = native.boolean_query(
                [
                    (should, native.term_query(schema, field, word, "freq"))
                    for word in asked.words
                    for field in ("title", "body")
                ]
            )
        if asked.kind is Kind.FILTERED:
            source = asked.source.casefold()
            kept = native.const_score_query(native.term_query(schema, "source", source, "basic"), 0.0)
            query = native.boolean_query([(tantivy.Occur.Must, query), (tantivy.Occur.Must, kept)])
        elif asked.kind is Kind.FACETED:
            searcher.aggregate(query, _COUNTS)
        order = {"order_by_field": "day"} if asked.kind is Kind.SORTED else {}
        found = searcher.search(query, 10, **order)
        return [searcher.doc(address).get_first("id") for _, address in found.hits], found.count

    def disk_bytes(self, folder: Path) -> int:
        """All files."""
        return folder_bytes(folder)


system = RawTantivy()
