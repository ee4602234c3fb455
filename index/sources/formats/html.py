"""Reads saved web pages: one ``.html`` file, one document."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from index.documents import Document
from index.messages import _
from index.settings import Settings
from index.sources.base import InputFile, Skip, UnreadableError
from index.sources.days.limits import last_change
from index.sources.encoding import decode
from index.sources.files import read_whole
from index.sources.identity import id_from_file
from index.sources.pages.reading import document_of_page
from index.sources.sitemaps import listed

_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([A-Za-z0-9_.:-]{2,40})", re.IGNORECASE)
_XML_DECLARATION = re.compile(r"^\s*<\?xml[^>]{0,200}\?>", re.IGNORECASE)
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
    """The document of a page as it was saved or sent, as :mod:`index.sources.pages.reading` makes it.

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
    return document_of_page(page, origin, settings, id_if_none, url, changed)
