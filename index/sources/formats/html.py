"""Reads saved web pages: one ``.html`` file, one document."""

from __future__ import annotations

import re
from collections.abc import Iterator

from index.documents import Document
from index.messages import _
from index.settings import Settings
from index.sources.base import InputFile, Skip, UnreadableError
from index.sources.days.limits import last_change
from index.sources.encoding import decode
from index.sources.files import read_whole
from index.sources.identity import id_from_file
from index.sources.pages.reading import document_of_page

_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([A-Za-z0-9_.:-]{2,40})", re.IGNORECASE)
_XML_DECLARATION = re.compile(r"^\s*<\?xml[^>]{0,200}\?>", re.IGNORECASE)
_TAG = re.compile(r"<[a-z!/]", re.IGNORECASE)


def read_html(input: InputFile, settings: Settings) -> Iterator[Document | Skip]:
    """The page's main article."""
    data = read_whole(input, settings)
    charset = _CHARSET.search(data[:4096])
    page = _XML_DECLARATION.sub("", decode(data, charset[1].decode("ascii") if charset else None))
    if not _TAG.search(page):
        raise UnreadableError(_("tidak berisi HTML"))
    changed = last_change(input.path)
    yield document_of_page(page, input.origin, settings, id_from_file(input.origin), changed=changed)
