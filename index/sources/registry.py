"""Which parser reads which file: one line for each format."""

from __future__ import annotations

from functools import cache
from importlib import import_module
from typing import cast

from index.sources.base import Parser

PARSERS: dict[tuple[str, ...], str] = {
    (".txt", ".text"): "index.sources.formats.raw_text:read_text",
    (".md", ".markdown"): "index.sources.formats.markdown:read_markdown",
    (".html", ".htm", ".xhtml"): "index.sources.formats.html:read_html",
    (".jsonl", ".ndjson", ".json"): "index.sources.formats.json_file:read_json",
    (".csv", ".tsv"): "index.sources.formats.table:read_table",
    (".xml", ".rss", ".atom", ".rdf"): "index.sources.formats.xml_file:read_xml",
    (".warc", ".wacz"): "index.sources.formats.warc:read_warc",
}
"""Endings in lower case, each of which may be followed by ``.gz``, and where their parser is found."""

COMPRESSED = ".gz"

RECORDS: frozenset[str] = frozenset({".jsonl", ".ndjson", ".json", ".csv", ".tsv"})
"""Endings of files that hold records, whose columns or keys have to be taken for fields."""

_BY_ENDING = {ending: parser for endings, parser in PARSERS.items() for ending in endings}


def ending_of(name: str) -> str | None:
    """The ending by which a file of this name is read, ``None`` if nothing reads it."""
    stem = name.lower().removesuffix(COMPRESSED)
    dot = stem.rfind(".")
    ending = stem[dot:] if dot >= 0 else ""
    return ending if ending in _BY_ENDING else None


def parser_for(name: str) -> Parser | None:
    """The parser for a file of this name, or ``None``. Its module is loaded when it is first asked for."""
    ending = ending_of(name)
    return None if ending is None else _load(_BY_ENDING[ending])


def holds_records(name: str) -> bool:
    """Whether a file of this name holds records of many names and fields."""
    return ending_of(name) in RECORDS


def known_endings() -> list[str]:
    """The endings that have a parser."""
    return list(_BY_ENDING)


@cache
def _load(place: str) -> Parser:
    module, attribute = place.split(":")
    return cast(Parser, getattr(import_module(module), attribute))
