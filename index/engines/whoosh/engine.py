"""The default engine's entry point: creates indexes, opens their readers and writers."""

from __future__ import annotations

import zlib
from collections.abc import Mapping
from typing import Any

import whoosh

from index.engines.base import AnalyzedDocument, EngineError, Location, Reader, Writer
from index.engines.whoosh.fields import TEXT_FIELDS
from index.engines.whoosh.prepare import LIST_FACETS, VALUE_FACETS, PreparedDocument, prepare
from index.engines.whoosh.reader import WhooshReader
from index.engines.whoosh.storage import IndexDirectory
from index.engines.whoosh.writer import WhooshWriter
from index.messages import _

FORMAT = 4
"""Raise it whenever files written before can no longer be read, or would answer differently."""


class WhooshEngine:
    """See :class:`index.engines.base.Engine`."""

    name = "whoosh"

    def home(self, options: Mapping[str, Any]) -> None:
        """Generations lie in the index folder."""

    def fingerprint(self) -> str:
        """Format of our segments, the fields and facets they hold, and Whoosh's major version."""
        columns = ",".join((*TEXT_FIELDS, *VALUE_FACETS, *LIST_FACETS))
        return f"whoosh-{whoosh.__version__[0]}-{FORMAT}-{zlib.crc32(columns.encode()):08x}"

    def create(self, location: Location) -> None:
        """Make an empty index."""
        directory = IndexDirectory(location.directory)
        if directory.generation() >= 0:
            raise EngineError(_("sudah ada indeks di {path}; pilih folder lain", path=location.directory))
        try:
            directory.create()
        except OSError as error:
            raise EngineError(
                _("{path} tidak dapat ditulis ({error})", path=location.directory, error=error)
            ) from error

    def prepare(self, document: AnalyzedDocument) -> PreparedDocument:
        """Pack a document for the writer."""
        return prepare(document)

    def open_writer(self, location: Location) -> Writer:
        """Begin a transaction."""
        return WhooshWriter(location)

    def open_reader(self, location: Location) -> Reader:
        """Open the last commit."""
        return WhooshReader(location)


engine = WhooshEngine()
