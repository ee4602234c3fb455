"""Which reader reads which file: one line for each format."""

from __future__ import annotations

from index.sources.base import Reader
from index.sources.html import read_html
from index.sources.json_lines import read_json_lines
from index.sources.json_whole import read_json
from index.sources.markdown import read_markdown
from index.sources.raw_text import read_text
from index.sources.table import read_table

READERS: dict[tuple[str, ...], Reader] = {
    (".txt", ".text"): read_text,
    (".md", ".markdown"): read_markdown,
    (".html", ".htm", ".xhtml"): read_html,
    (".jsonl", ".ndjson"): read_json_lines,
    (".json",): read_json,
    (".csv", ".tsv"): read_table,
}
"""Endings in lower case; each may be followed by ``.gz``."""

COMPRESSED = ".gz"

_BY_ENDING = {ending: reader for endings, reader in READERS.items() for ending in endings}


def reader_for(name: str) -> Reader | None:
    """The reader for a file of this name, or ``None``."""
    stem = name.lower().removesuffix(COMPRESSED)
    dot = stem.rfind(".")
    return _BY_ENDING.get(stem[dot:]) if dot >= 0 else None


def known_endings() -> list[str]:
    """The endings that have a reader."""
    return list(_BY_ENDING)
