"""Reads saved web pages: main text and metadata of one ``.html`` file, one document."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import partial
from typing import Any

from index.documents import Document
from index.messages import _
from index.settings import Settings
from index.sources.base import InputFile, Skip, UnreadableError
from index.sources.encoding import decode
from index.sources.fields.values import host_of
from index.sources.files import read_whole
from index.sources.identity import id_from_file
from index.sources.markup import text_of_html
from index.sources.outline import outline_of_html
from index.sources.records import document_from_record

_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([A-Za-z0-9_.:-]{2,40})", re.IGNORECASE)
_XML_DECLARATION = re.compile(r"^\s*<\?xml[^>]{0,200}\?>", re.IGNORECASE)
_LANG = re.compile(r"<html[^>]{0,500}?\blang\s*=\s*[\"']?([A-Za-z-]{2,12})", re.IGNORECASE)
_TITLE = re.compile(r"<title\b[^>]{0,200}>([^<]{1,1000})", re.IGNORECASE)
_TAG = re.compile(r"<[a-z!/]", re.IGNORECASE)


def read_html(input: InputFile, settings: Settings) -> Iterator[Document | Skip]:
    """The page's main article, found by trafilatura; all visible text where it finds none."""
    data = read_whole(input, settings)
    charset = _CHARSET.search(data[:4096])
    page = _XML_DECLARATION.sub("", decode(data, charset[1].decode("ascii") if charset else None))
    if not _TAG.search(page):
        raise UnreadableError(_("tidak berisi HTML"))
    record = _extract(page)
    record.setdefault("body", "")
    if not record["body"]:
        record["body"] = text_of_html(page)
    if not record.get("title") and (title := _TITLE.search(page)):
        record["title"] = text_of_html(title[1])
    if language := _LANG.search(page[:4096]):
        record["lang"] = language[1]
    if not record["body"].strip():
        raise UnreadableError(_("tidak berisi teks untuk dibaca"))
    outline = partial(outline_of_html, page, is_page=True)
    yield document_from_record(record, input.origin, settings, id_from_file(input.origin), outline)


def _extract(page: str) -> dict[str, Any]:
    import trafilatura  # here, because it takes long to load and most archives hold no pages

    try:
        found = trafilatura.bare_extraction(
            page,
            with_metadata=True,
            include_comments=False,
            include_tables=True,
            date_extraction_params={"extensive_search": False, "original_date": True},
        )
    except (
        ValueError,
        TypeError,
        AttributeError,
        KeyError,
        IndexError,
        RecursionError,
        AssertionError,
    ) as error:
        # What strange pages have made it and its parsers raise; the visible text is read instead.
        del error
        return {}
    if found is None:
        return {}
    return {
        "title": found.title,
        "body": found.text,
        "author": found.author,
        "published": found.date,
        "source": host_of(found.url or "") or found.sitename or found.hostname,
        "url": found.url,
    }
