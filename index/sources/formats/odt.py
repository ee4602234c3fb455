"""Reads OpenDocument texts (ODT): text, headings, lists, tables and links of one file, one document."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from typing import Any

from index.documents import Document
from index.messages import _
from index.settings import Settings
from index.sources.base import InputFile, Skip, UnreadableError
from index.sources.dates import parse_date
from index.sources.files import read_whole
from index.sources.properties import Properties, document_of_markup
from index.sources.zips import Parts, opened_zip, parse_xml

# OpenDocument 1.3, part 3 (OASIS): names of elements and attributes.
_OFFICE, _TEXT, _TABLE, _STYLE, _XLINK, _META, _DC = (
    "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}",
    "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}",
    "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}",
    "{urn:oasis:names:tc:opendocument:xmlns:style:1.0}",
    "{http://www.w3.org/1999/xlink}",
    "{urn:oasis:names:tc:opendocument:xmlns:meta:1.0}",
    "{http://purl.org/dc/elements/1.1/}",
)
_MANIFEST = "{urn:oasis:names:tc:opendocument:xmlns:manifest:1.0}"
_HTML = {
    f"{_TEXT}list-item": "li",
    f"{_TEXT}list-header": "li",
    f"{_TABLE}table": "table",
    f"{_TABLE}table-row": "tr",
    f"{_TABLE}table-cell": "td",
}
_UNSEEN = {
    *(f"{_OFFICE}{name}" for name in ("annotation", "forms", "scripts")),
    *(
        f"{_TEXT}{name}"
        for name in ("tracked-changes", "sequence-decls", "variable-decls", "user-field-decls")
    ),
    *(f"{_TEXT}{name}" for name in ("table-of-content", "illustration-index", "alphabetical-index")),
    *(f"{_TEXT}{name}" for name in ("note-citation", "ruby-text", "hidden-text", "hidden-paragraph")),
    f"{_TABLE}covered-table-cell",
    "{urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0}title",
    "{urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0}desc",
}
_TITLE = "Title"
_MOST_BLANKS = 8


def read_odt(input: InputFile, settings: Settings) -> Iterator[Document | Skip]:
    """The document's one article. Deleted text, comments, headers and footers are not part of it."""
    if input.path.name.lower().removesuffix(".gz").endswith(".fodt"):
        root = parse_xml(read_whole(input, settings))
        content, styles, meta = root, root, root
    else:
        with opened_zip(input, settings) as archive:
            parts = Parts(archive, settings)
            _refuse_locked(parts.xml("META-INF/manifest.xml"))
            content, styles, meta = (parts.xml(f"{name}.xml") for name in ("content", "styles", "meta"))
    body = None if content is None else content.find(f"{_OFFICE}body/{_OFFICE}text")
    if body is None:
        raise UnreadableError(_("bukan dokumen teks OpenDocument"))
    markup = _Markup(content, styles).of(body)
    yield document_of_markup(markup, input, settings, _properties(meta))


class _Markup:
    """Turns the text of a document into HTML."""

    def __init__(self, *with_styles: Any) -> None:
        self._titles, self._numbered = {_TITLE}, set()
        for root in filter(lambda root: root is not None, with_styles):
            for style in root.iter(f"{_STYLE}style"):
                if style.get(f"{_STYLE}parent-style-name") == _TITLE:
                    self._titles.add(style.get(f"{_STYLE}name"))
            for style in root.iter(f"{_TEXT}list-style"):
                first = next(iter(style), None)
                if first is not None and first.tag == f"{_TEXT}list-level-style-number":
                    self._numbered.add(style.get(f"{_STYLE}name"))
        self._parts: list[str] = []
        self._notes: list[Any] = []

    def of(self, body: Any) -> str:
        """The HTML; notes stand at its end."""
        self._inside(body)
        for note in self._notes:  # a note may not hold another
            self._inside(note)
        return "".join(self._parts)

    def _inside(self, element: Any) -> None:
        # Recursive: the parser refuses what is nested deeper than 256.
        self._write(element.text)
        for child in element:
            if isinstance(child.tag, str) and child.tag not in _UNSEEN:
                self._element(child)
            self._write(child.tail)

    def _element(self, element: Any) -> None:
        tag = element.tag
        if tag == f"{_TEXT}note-body":
            self._notes.append(element)
        elif tag == f"{_TEXT}s":
            self._parts.append(" " * min(_whole(element.get(f"{_TEXT}c")), _MOST_BLANKS))
        elif tag == f"{_TEXT}tab":
            self._parts.append(" ")
        elif tag == f"{_TEXT}line-break":
            self._parts.append("<br>")
        elif tag == f"{_TEXT}a":
            self._tagged("a", element, f' href="{escape(element.get(f"{_XLINK}href") or "")}"')
        elif tag == f"{_TEXT}h":
            self._tagged(f"h{min(_whole(element.get(f'{_TEXT}outline-level')), 6)}", element)
        elif tag == f"{_TEXT}p":
            self._tagged("h1" if element.get(f"{_TEXT}style-name") in self._titles else "p", element)
        elif tag == f"{_TEXT}list":
            self._tagged("ol" if element.get(f"{_TEXT}style-name") in self._numbered else "ul", element)
        elif tag in _HTML:
            self._tagged(_HTML[tag], element)
        else:
            self._inside(element)

    def _tagged(self, name: str, element: Any, attributes: str = "") -> None:
        self._parts.append(f"<{name}{attributes}>")
        self._inside(element)
        self._parts.append(f"</{name}>")

    def _write(self, text: str | None) -> None:
        if text:
            self._parts.append(escape(" ".join(text.split("\n"))))


def _whole(written: str | None) -> int:
    return (
        max(1, int(written))
        if written and written.isascii() and written.isdigit() and len(written) < 9
        else 1
    )


def _refuse_locked(manifest: Any | None) -> None:
    if manifest is not None and next(manifest.iter(f"{_MANIFEST}encryption-data"), None) is not None:
        raise UnreadableError(_("terkunci kata sandi"))


def _properties(root: Any | None) -> Properties:
    meta = None if root is None else root.find(f"{_OFFICE}meta")
    if meta is None:
        return Properties()

    def said(name: str) -> str:
        return (meta.findtext(name) or "").strip()

    return Properties(
        title=said(f"{_DC}title"),
        author=said(f"{_META}initial-creator") or said(f"{_DC}creator"),
        created=parse_date(said(f"{_META}creation-date")),
        modified=parse_date(said(f"{_DC}date")),
    )
