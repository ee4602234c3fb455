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
    (".jsonl", ".ndjson", ".json", ".jl", ".jsonlines"): "index.sources.formats.json_file:read_json",
    (".csv", ".tsv"): "index.sources.formats.table:read_table",
    (".xml", ".rss", ".atom", ".rdf"): "index.sources.formats.xml_file:read_xml",
    (".warc", ".wacz"): "index.sources.formats.warc:read_warc",
    (".docx", ".docm"): "index.sources.formats.docx:read_docx",
    (".odt", ".ott", ".fodt"): "index.sources.formats.odt:read_odt",
    (".pdf",): "index.sources.formats.pdf:read_pdf",
    (".epub",): "index.sources.formats.epub:read_epub",
    (".sqlite", ".sqlite3", ".db"): "index.sources.formats.database_file:read_database_file",
    (".eml",): "index.sources.formats.mail:read_eml",
    (".mbox", ".mbx"): "index.sources.formats.mail:read_mbox",
    (".zip",): "index.sources.formats.archive_zip:read_zip",
    (".tar", ".tgz", ".tar.xz", ".txz", ".tar.bz2", ".tbz2"): "index.sources.formats.archive_tar:read_tar",
}
"""Endings in lower case, each of which may be followed by ``.gz``, and where their parser is found."""

COMPRESSED = ".gz"

RECORDS: frozenset[str] = frozenset({".jsonl", ".ndjson", ".json", ".jl", ".jsonlines", ".csv", ".tsv"})
"""Endings of files that hold records, whose columns or keys have to be taken for fields."""
_INNER = {".rows": "index.sources.formats.database_rows:read_rows"}
"""Endings of files that we make ourselves and nobody puts into an archive."""

_BY_ENDING = {ending: parser for endings, parser in PARSERS.items() for ending in endings}
_PARSERS = _BY_ENDING | _INNER


def ending_of(name: str) -> str | None:
    """The ending by which a file of this name is read, ``None`` if nothing reads it."""
    _, *parts = name.lower().removesuffix(COMPRESSED).split(".")
    for count in (2, 1):
        if (ending := "".join(f".{part}" for part in parts[-count:])) in _BY_ENDING:
            return ending
    return None


def parser_for(name: str) -> Parser | None:
    """The parser for a file of this name, or ``None``. Its module is loaded when it is first asked for."""
    ending = ending_of(name) or name[name.rfind(".") :]
    return _load(_PARSERS[ending]) if ending in _PARSERS else None


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
