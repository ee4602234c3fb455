"""Telusur's own engines: exact totals with every answer, one process."""

from __future__ import annotations

import os
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

from bench.queries import Asked, Kind
from bench.systems import folder_bytes
from index.engines.base import AnalyzedDocument, EngineUnavailableError, Location, Reader
from index.engines.opensearch.client import client_of
from index.engines.registry import get_engine
from index.query import (
    Boolean,
    Facet,
    Phrase,
    Prefix,
    Query,
    SearchPage,
    SearchRequest,
    Sort,
    Term,
    TextField,
)
from index.settings import engine_options, load_settings

_URLS = "TELUSUR_OPENSEARCH_URLS"


class Telusur:
    """One of Telusur's engines."""

    note = "exact totals"

    def __init__(self, engine: str) -> None:
        self.title = f"Telusur, {engine}"
        self._engine = engine
        self._options: dict[str, Any] = {}
        self._reader: Reader | None = None

    def missing(self) -> str:
        """Whether its library is installed."""
        try:
            get_engine(self._engine)
        except EngineUnavailableError as error:
            return str(error)
        return ""

    def index(self, documents: Iterator[AnalyzedDocument], folder: Path) -> None:
        """One transaction, as a full reindex writes it."""
        engine, location = get_engine(self._engine), Location(folder, "bench", self._options)
        engine.create(location)
        writer = engine.open_writer(location)
        writer.add(map(engine.prepare, documents))
        writer.commit(merge=True)

    def open(self, folder: Path) -> None:
        """Open a reader."""
        self._reader = get_engine(self._engine).open_reader(Location(folder, "bench", self._options))

    def search(self, asked: Asked) -> SearchPage:
        """One request."""
        assert self._reader is not None
        return self._reader.search(_request(asked))

    def disk_bytes(self, folder: Path) -> int:
        """All files."""
        return folder_bytes(folder)


class Cluster(Telusur):
    """The engine of a cluster, which somebody has started: the one that ``TELUSUR_OPENSEARCH_URLS`` names."""

    def missing(self) -> str:
        """Whether its library is installed and a cluster is named."""
        if reason := super().missing():
            return reason
        return "" if _URLS in os.environ else f"{_URLS} is not set; `make serve-cluster` starts a cluster"

    def index(self, documents: Iterator[AnalyzedDocument], folder: Path) -> None:
        """Like any other, in place of what an earlier run left."""
        self._set_out(folder)
        client_of(self._options).ask("DELETE", f"/{self._options['opensearch_index']}-*", or_none=True)
        super().index(documents, folder)

    def open(self, folder: Path) -> None:
        """Open a reader."""
        self._set_out(folder)
        super().open(folder)

    def disk_bytes(self, folder: Path) -> int:
        """What the cluster keeps."""
        self._set_out(folder)
        names = f"/{self._options['opensearch_index']}-*/_stats/store"
        return int(client_of(self._options).ask("GET", names)["_all"]["total"]["store"]["size_in_bytes"])

    def _set_out(self, folder: Path) -> None:
        self._options = engine_options(load_settings()) | {
            "opensearch_index": f"bench-{folder.parent.name.lower().replace('_', '-')}"
        }


@cache  # what an engine is asked is made by the search layer: not the engine's time
def _request(asked: Asked) -> SearchRequest:
    query: Query
    if asked.kind is Kind.PHRASE:
        query = Phrase(TextField.BODY, asked.words)
    elif asked.kind is Kind.PREFIX:
        query = Boolean(
            should=tuple(Prefix(field, asked.words[0]) for field in (TextField.TITLE, TextField.BODY)),
            minimum=1,
        )
    else:
        terms = (Term(field, word) for word in asked.words for field in (TextField.TITLE, TextField.BODY))
        query = Boolean(should=tuple(terms), minimum=1)
    return SearchRequest(
        query,
        filters=((Facet.SOURCE, (asked.source,)),) if asked.kind is Kind.FILTERED else (),
        sort=Sort.NEWEST if asked.kind is Kind.SORTED else Sort.RELEVANCE,
        facets=(Facet.SOURCE, Facet.YEAR) if asked.kind is Kind.FACETED else (),
    )


whoosh = Telusur("whoosh")
tantivy = Telusur("tantivy")
opensearch = Cluster("opensearch")
