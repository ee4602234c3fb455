"""Reads Word documents (DOCX): text, headings, lists, tables and links of one file, one document."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from io import BytesIO
from typing import Any

from index.documents import Document
from index.messages import _
from index.settings import Settings
from index.sources.base import InputFile, Skip, UnreadableError
from index.sources.dates import parse_date
from index.sources.files import MIB
from index.sources.properties import Properties, document_of_markup
from index.sources.zips import Parts, opened_zip, parse_xml

_MOST_XML = 8 * MIB  # mammoth takes 40 bytes of memory and a microsecond for each byte
_WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_LOOKS = [
    f"{_WORD}{name}"
    for name in [
        "rFonts",
        "sz",
        "szCs",
        "lang",
        "color",
        "jc",
        "spacing",
        "ind",
        "proofErr",
        "shd",
        "lastRenderedPageBreak",
        "noProof",
        "kern",
        "tabs",
        "contextualSpacing",
        "widowControl",
        "bookmarkStart",
        "bookmarkEnd",
        "tcBorders",
        "tblBorders",
        "pBdr",
        "rsids",
    ]
]
_XML_PARTS = (".xml", ".rels")
_STYLES = """
p[style-name='Title'] => h1:fresh
p[style-name='Subtitle'] => p:fresh
p[style-name^='toc '] => !
p[style-name='TOC Heading'] => !
"""
_NOTE_MARKS = re.compile(
    r'<sup><a href="#[^"]{1,100}"[^>]{0,200}>\[\d{1,5}\]</a></sup>|\s?<a href="#[^"]{1,100}">↑</a>'
)


def read_docx(input: InputFile, settings: Settings) -> Iterator[Document | Skip]:
    """The document's one article. Deleted text, comments, headers and footers are not part of it."""
    import mammoth  # here, because few archives hold such

    with opened_zip(input, settings) as archive:
        parts = Parts(archive, settings)
        bare = _bare(parts)
        properties = _properties(parts.xml("docProps/core.xml"))
    try:
        markup = mammoth.convert_to_html(
            bare,
            style_map=_STYLES,
            include_embedded_style_map=False,
            convert_image=mammoth.images.img_element(lambda image: {}),
        ).value
    except (ValueError, KeyError, AttributeError, IndexError, OSError, RecursionError, TypeError) as error:
        # What strange files have made it raise.
        raise UnreadableError(_("bukan dokumen Word yang utuh: {error}", error=error)) from error
    yield document_of_markup(_NOTE_MARKS.sub("", markup), input, settings, properties)


def _bare(parts: Parts) -> BytesIO:
    """The document with nothing but its XML, checked, and without what only its looks need."""
    from lxml import etree  # type: ignore[import-untyped]

    bare = BytesIO()
    size = 0
    with zipfile.ZipFile(bare, "w") as archive:
        for name in parts.names():
            if not name.endswith(_XML_PARTS) or name.startswith(("customXml/", "word/theme/")):
                continue
            root = parse_xml(parts.read(name) or b"")
            if name.startswith("word/"):
                _strip(root)
            data = etree.tostring(root, encoding="utf-8")
            size += len(data)
            if size > _MOST_XML:
                raise UnreadableError(
                    _("teksnya lebih dari {limit} MiB XML; bagilah dokumennya", limit=_MOST_XML // MIB)
                )
            archive.writestr(name, data)
    bare.seek(0)
    return bare


def _strip(root: Any) -> None:
    """Take off what only looks need, and what nobody sees."""
    from lxml import etree

    for run in [run for run in root.iter(f"{_WORD}r") if _is_hidden(run)]:
        run.getparent().remove(run)
    etree.strip_elements(root, *_LOOKS, with_tail=False)
    for element in root.iter():
        for attribute in [key for key in element.attrib if key.startswith(f"{_WORD}rsid")]:
            del element.attrib[attribute]


def _is_hidden(run: Any) -> bool:
    mark = run.find(f"{_WORD}rPr/{_WORD}vanish")
    return mark is not None and mark.get(f"{_WORD}val") not in ("0", "false", "off")


def _properties(core: Any | None) -> Properties:
    if core is None:
        return Properties()
    said: dict[str, str] = {}
    for element in core:
        if isinstance(element.tag, str) and element.text:
            said.setdefault(element.tag.rpartition("}")[2], element.text)
    return Properties(
        title=said.get("title", ""),
        author=said.get("creator", ""),
        created=parse_date(said.get("created")),
        modified=parse_date(said.get("modified")),
    )
