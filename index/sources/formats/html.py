"""Reads saved web pages: main text and metadata of one ``.html`` file, one document."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from functools import partial
from typing import Any

from index.documents import Document
from index.messages import _
from index.settings import Settings
from index.sources.base import InputFile, Skip, UnreadableError
from index.sources.days.limits import FIRST_YEAR, last_change
from index.sources.days.pages import day_of_page
from index.sources.encoding import decode
from index.sources.fields.values import host_of
from index.sources.files import read_whole
from index.sources.identity import id_from_file
from index.sources.markup import text_of_html
from index.sources.outline import outline_of_html
from index.sources.records import document_from_record
from index.sources.sitemaps import listed
from index.sources.topics import topics_of_page

_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([A-Za-z0-9_.:-]{2,40})", re.IGNORECASE)
_XML_DECLARATION = re.compile(r"^\s*<\?xml[^>]{0,200}\?>", re.IGNORECASE)
_LANG = re.compile(r"<html[^>]{0,500}?\blang\s*=\s*[\"']?([A-Za-z-]{2,12})", re.IGNORECASE)
_TITLE = re.compile(r"<title\b[^>]{0,200}>([^<]{1,1000})", re.IGNORECASE)
_TAG = re.compile(r"<[a-z!/]", re.IGNORECASE)


def read_html(input: InputFile, settings: Settings) -> Iterator[Document | Skip]:
    """The page's main article."""
    data = read_whole(input, settings)
    changed = last_change(input.path)
    document = document_of_html(data, input.origin, settings, id_from_file(input.origin), changed=changed)
    yield listed(document, input)


def document_of_html(
    data: bytes,
    origin: str,
    settings: Settings,
    id_if_none: str = "",
    *,
    charset: str = "",
    url: str = "",
    changed: date | None = None,
) -> Document:
    """A page's main article, found by trafilatura; all visible text where it finds none.

    :param charset: what a server said of its encoding, which comes before what the page says.
    :param url: where it was fetched from, if that is known.
    :param changed: the day when it was fetched or saved: it was not written later.
    :raises UnreadableError: if it is no page, or holds no text.
    """
    declared = _CHARSET.search(data[:4096])
    charset = charset or (declared[1].decode("ascii") if declared else "")
    page = _XML_DECLARATION.sub("", decode(data, charset or None))
    if not _TAG.search(page):
        raise UnreadableError(_("tidak berisi HTML"))
    record = _extract(page)
    if url:
        record |= {"url": url, "source": host_of(url)}
    record.setdefault("body", "")
    if not record["body"]:
        record["body"] = text_of_html(page)
    if not record.get("published"):
        record["published"] = day_of_page(page)
    if not record.get("title") and (title := _TITLE.search(page)):
        record["title"] = text_of_html(title[1])
    if language := _LANG.search(page[:4096]):
        record["lang"] = language[1]
    record["topics"] = topics_of_page(page)
    if not record["body"].strip():
        raise UnreadableError(_("tidak berisi teks untuk dibaca"))
    outline = partial(outline_of_html, page, is_page=True)
    return document_from_record(record, origin, settings, id_if_none, outline, changed)


def _extract(page: str) -> dict[str, Any]:
    import trafilatura  # here, because it takes long to load and most archives hold no pages

    try:
        found = trafilatura.bare_extraction(
            page,
            with_metadata=True,
            include_comments=False,
            include_tables=True,
            date_extraction_params={
                "extensive_search": False,
                "original_date": True,
                "min_date": f"{FIRST_YEAR}-01-01",
            },
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
