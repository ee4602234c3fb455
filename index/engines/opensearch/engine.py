"""The engine's entry point: creates indexes, opens their readers and writers."""

from __future__ import annotations

import zlib
from collections.abc import Mapping
from typing import Any

from index.engines.base import AnalyzedDocument, Home, Location, Reader, Writer
from index.engines.opensearch.client import SUPPORTED
from index.engines.opensearch.home import OpenSearchHome
from index.engines.opensearch.prepare import PreparedDocument, prepare
from index.engines.opensearch.reader import OpenSearchReader
from index.engines.opensearch.versions import Versions
from index.engines.opensearch.writer import OpenSearchWriter
from index.query import Facet, TextField

FORMAT = 1
"""Raise it whenever indexes written before can no longer be read, or would answer differently."""


class OpenSearchEngine:
    """See :class:`index.engines.base.Engine`."""

    name = "opensearch"

    def home(self, options: Mapping[str, Any]) -> Home:
        """Generations lie in the cluster."""
        return OpenSearchHome(options)

    def fingerprint(self) -> str:
        """Our format, fields and facets, and the major version of OpenSearch."""
        columns = ",".join((*TextField, *Facet))
        return f"opensearch-{SUPPORTED}-{FORMAT}-{zlib.crc32(columns.encode()):08x}"

    def create(self, location: Location) -> None:
        """Make an empty index."""
        Versions(location).begin()

    def prepare(self, document: AnalyzedDocument) -> PreparedDocument:
        """Pack a document for the writer."""
        return prepare(document)

    def open_writer(self, location: Location) -> Writer:
        """Begin a transaction."""
        return OpenSearchWriter(location)

    def open_reader(self, location: Location) -> Reader:
        """Open the last commit."""
        return OpenSearchReader(location)


engine = OpenSearchEngine()
