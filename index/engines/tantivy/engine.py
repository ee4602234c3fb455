"""The engine's entry point: creates indexes, opens their readers and writers."""

from __future__ import annotations

import zlib
from collections.abc import Mapping
from typing import Any

import tantivy

from index.engines.base import AnalyzedDocument, EngineError, Location, Reader, Writer
from index.engines.tantivy.errors import writing
from index.engines.tantivy.files import share
from index.engines.tantivy.prepare import PreparedDocument, prepare
from index.engines.tantivy.reader import TantivyReader
from index.engines.tantivy.records import create_records
from index.engines.tantivy.schema import META_FILE, make_schema
from index.engines.tantivy.writer import TantivyWriter
from index.messages import _
from index.query import Facet, TextField

FORMAT = 4
"""Raise it whenever files written before can no longer be read, or would answer differently."""


class TantivyEngine:
    """See :class:`index.engines.base.Engine`."""

    name = "tantivy"

    def home(self, options: Mapping[str, Any]) -> None:
        """Generations lie in the index folder."""

    def fingerprint(self) -> str:
        """Our format, fields and facets, and Tantivy's release series (0.27: incompatible with 0.26)."""
        series = ".".join(tantivy.__version__.split(".")[:2])
        columns = ",".join((*TextField, *Facet))
        return f"tantivy-{series}-{FORMAT}-{zlib.crc32(columns.encode()):08x}"

    def create(self, location: Location) -> None:
        """Make an empty index."""
        directory = location.directory
        if (directory / META_FILE).exists():
            raise EngineError(_("sudah ada indeks di {path}; pilih folder lain", path=directory))
        with writing(directory):
            directory.mkdir(parents=True, exist_ok=True)
            create_records(directory)
            tantivy.Index(make_schema(), str(directory), reuse=False)
            share(directory)

    def prepare(self, document: AnalyzedDocument) -> PreparedDocument:
        """Pack a document for the writer."""
        return prepare(document)

    def open_writer(self, location: Location) -> Writer:
        """Begin a transaction."""
        return TantivyWriter(location)

    def open_reader(self, location: Location) -> Reader:
        """Open the last commit."""
        return TantivyReader(location)


engine = TantivyEngine()
