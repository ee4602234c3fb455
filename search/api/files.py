"""Files of articles: a result set as CSV for spreadsheets, JSON Lines for programs, Atom for readers."""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, time
from io import StringIO
from typing import Protocol
from xml.sax.saxutils import XMLGenerator
from xml.sax.xmlreader import AttributesImpl

import orjson
from msgspec import Struct

from index.documents import Document, may_be_linked
from search.params import ExportFormat

SUMMARY = 300
"""Characters of the body that a feed shows, at most."""

_NOT_IN_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")

_FORMULA = tuple("=+-@\t\r\n\uff1d\uff0b\uff0d\uff20")
"""How a text begins that a spreadsheet takes for a formula, full-width signs too
(https://owasp.org/www-community/attacks/CSV_Injection)."""


_NONE: AttributesImpl[str] = AttributesImpl({})


class About(Struct, frozen=True):
    """What a file says of itself.

    :param title: of the feed; ``address`` is that of the file, ``home`` that of the site whose ``name`` it
        bears.
    :param total: articles found; ``count`` of them are in the file.
    :param indexed: when the index was made.
    """

    title: str
    name: str
    address: str
    home: str
    total: int
    count: int
    indexed: datetime


class Writer(Protocol):
    """Writes a file piece by piece."""

    def begin(self) -> bytes:
        """What stands before the articles."""

    def write(self, documents: list[Document]) -> bytes:
        """Some articles."""

    def end(self) -> bytes:
        """What stands behind them."""


class CsvWriter:
    """A table by RFC 4180 in UTF-8, with the mark by which spreadsheets know that it is.

    :param fields: its columns.
    :param address_of: where an article can be read, by its id.
    """

    def __init__(self, fields: tuple[str, ...], address_of: Callable[[str], str]) -> None:
        self._fields = fields
        self._address_of = address_of

    def begin(self) -> bytes:
        """The names of the columns."""
        return "\ufeff".encode() + self._rows([list(self._fields)])

    def write(self, documents: list[Document]) -> bytes:
        """A row for each article."""
        records = (_record(document, self._fields, self._address_of) for document in documents)
        return self._rows([[inert(_cell(value)) for value in record.values()] for record in records])

    def end(self) -> bytes:
        """Nothing."""
        return b""

    @staticmethod
    def _rows(rows: list[list[str]]) -> bytes:
        text = StringIO()
        csv.writer(text).writerows(rows)
        return text.getvalue().encode()


class JsonLinesWriter:
    """An object a line; the same fields as a table."""

    def __init__(self, fields: tuple[str, ...], address_of: Callable[[str], str]) -> None:
        self._fields = fields
        self._address_of = address_of

    def begin(self) -> bytes:
        """Nothing."""
        return b""

    def write(self, documents: list[Document]) -> bytes:
        """A line for each article."""
        records = (_record(document, self._fields, self._address_of) for document in documents)
        return b"".join(orjson.dumps(record, option=orjson.OPT_APPEND_NEWLINE) for record in records)

    def end(self) -> bytes:
        """Nothing."""
        return b""


class AtomWriter:
    """A feed (RFC 4287) that says how much was found (OpenSearch 1.1)."""

    def __init__(self, about: About, address_of: Callable[[str], str]) -> None:
        self._about = about
        self._address_of = address_of
        self._text = StringIO()
        self._xml = XMLGenerator(self._text, "utf-8", short_empty_elements=True)

    def begin(self) -> bytes:
        """The feed's own elements."""
        about, xml = self._about, self._xml
        xml.startDocument()
        namespaces = {
            "xmlns": "http://www.w3.org/2005/Atom",
            "xmlns:os": "http://a9.com/-/spec/opensearch/1.1/",
        }
        xml.startElement("feed", AttributesImpl(namespaces))
        self._element("title", about.title)
        self._element("id", about.address)
        self._element("link", rel="self", type="application/atom+xml", href=about.address)
        self._element("link", rel="alternate", type="text/html", href=about.home)
        self._element("updated", _moment(None, about.indexed))
        self._author(about.name)
        self._element("os:totalResults", str(about.total))
        self._element("os:itemsPerPage", str(about.count))
        return self._taken()

    def write(self, documents: list[Document]) -> bytes:
        """An entry for each article."""
        for document in documents:
            self._entry(document)
        return self._taken()

    def end(self) -> bytes:
        """The end of the feed."""
        self._xml.endElement("feed")
        self._xml.endDocument()
        return self._taken()

    def _entry(self, document: Document) -> None:
        address = self._address_of(document.id)
        self._xml.startElement("entry", _NONE)
        self._element("title", document.title)
        self._element("id", address)
        self._element("link", rel="alternate", href=address)
        if may_be_linked(document.url):
            self._element("link", rel="via", href=document.url)
        self._element("updated", _moment(document.published, self._about.indexed))
        if document.published:
            self._element("published", _moment(document.published, self._about.indexed))
        if author := document.author or document.source:
            self._author(author)
        for topic in document.topics:
            self._element("category", term=topic)
        self._element("summary", _summary(document.body))
        self._xml.endElement("entry")

    def _author(self, name: str) -> None:
        self._xml.startElement("author", _NONE)
        self._element("name", name)
        self._xml.endElement("author")

    def _element(self, name: str, text: str = "", /, **attributes: str) -> None:
        inside = AttributesImpl({key: _in_xml(value) for key, value in attributes.items()})
        self._xml.startElement(name, inside)
        self._xml.characters(_in_xml(text))
        self._xml.endElement(name)

    def _taken(self) -> bytes:
        text = self._text.getvalue()
        self._text.seek(0)
        self._text.truncate()
        return text.encode()


MIMETYPES: dict[ExportFormat, str] = {
    "csv": "text/csv; charset=utf-8; header=present",
    "jsonl": "application/x-ndjson",
    "atom": "application/atom+xml",
}


def writer_of(
    kind: ExportFormat, fields: tuple[str, ...], about: About, address_of: Callable[[str], str]
) -> Writer:
    """What writes a format.

    :param fields: of each article; a feed has its own.
    :param address_of: where an article can be read, by its id.
    """
    if kind == "atom":
        return AtomWriter(about, address_of)
    return (CsvWriter if kind == "csv" else JsonLinesWriter)(fields, address_of)


def whole(
    writer: Writer, pieces: Callable[[Callable[[list[Document]], bytes]], Iterator[bytes]]
) -> Iterator[bytes]:
    """A file from its first byte to its last.

    :param pieces: reads articles and gives what becomes of them.
    """
    yield writer.begin()
    yield from pieces(writer.write)
    yield writer.end()


def inert(text: str) -> str:
    """A text that no spreadsheet takes for a formula."""
    return f"'{text}" if text.startswith(_FORMULA) or text.lstrip().startswith(_FORMULA) else text


_Value = str | list[str] | dict[str, str] | None


def _cell(value: _Value) -> str:
    """A value as one text, in the way that reading the file again takes it apart."""
    if isinstance(value, list):
        return orjson.dumps(value).decode() if any(";" in each for each in value) else "; ".join(value)
    if isinstance(value, dict):
        return orjson.dumps(value).decode() if value else ""
    return value or ""


def _record(
    document: Document, fields: tuple[str, ...], address_of: Callable[[str], str]
) -> dict[str, _Value]:
    record: dict[str, _Value] = {}
    for name in fields:
        if name == "address":
            record[name] = address_of(document.id)
        elif name == "published":
            record[name] = document.published.isoformat() if document.published else None
        elif name == "topics":
            record[name] = list(document.topics)
        elif name == "metadata":
            record[name] = dict(document.metadata)
        else:
            record[name] = getattr(document, name)
    return record


def _summary(body: str) -> str:
    text = " ".join(body[: 4 * SUMMARY].split())
    return text if len(text) <= SUMMARY else re.sub(r"\W*\s\S*$", "", text[:SUMMARY]) + "…"


def _in_xml(text: str) -> str:
    return _NOT_IN_XML.sub("", text)


def _moment(day: date | None, otherwise: datetime) -> str:
    moment = datetime.combine(day, time(), UTC) if day else otherwise.astimezone(UTC)
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")
