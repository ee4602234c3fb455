"""The systems that are measured side by side, each behind the same few methods.

Every system is given the same ready stems for titles and bodies, so that none is measured by its analyser.
"""

from __future__ import annotations

from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from typing import Protocol, cast

from bench.queries import Asked
from index.engines.base import AnalyzedDocument

_SYSTEMS = {
    "whoosh": "bench.systems.telusur:whoosh",
    "tantivy": "bench.systems.telusur:tantivy",
    "opensearch": "bench.systems.telusur:opensearch",
    "stock-whoosh": "bench.systems.stock_whoosh:system",
    "sqlite-fts5": "bench.systems.sqlite_fts5:system",
    "raw-tantivy": "bench.systems.raw_tantivy:system",
    "postgresql": "bench.systems.postgresql:system",
    "xapian": "bench.systems.xapian_index:system",
}


class System(Protocol):
    """What is measured.

    :param title: its name in the report.
    :param note: what it answers beyond or short of the ten best.
    """

    title: str
    note: str

    def missing(self) -> str:
        """Why it cannot be measured here, ``""`` if it can."""

    def index(self, documents: Iterator[AnalyzedDocument], folder: Path) -> None:
        """Make an index in an empty folder."""

    def open(self, folder: Path) -> None:
        """Open it for searching."""

    def search(self, asked: Asked) -> object:
        """Answer a query completely: ids of the ten best, and what its kind asks for."""

    def disk_bytes(self, folder: Path) -> int:
        """Size of the index."""


def system_names() -> tuple[str, ...]:
    """The names that ``--engines`` takes."""
    return tuple(_SYSTEMS)


def get_system(name: str) -> System:
    """The system of that name."""
    module, attribute = _SYSTEMS[name].split(":")
    return cast(System, getattr(import_module(module), attribute))


def folder_bytes(folder: Path) -> int:
    """Bytes of all files below."""
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())
