"""Reads a raw article as it was scraped: one ``.txt`` file, one document."""

from __future__ import annotations

from collections.abc import Iterator

from index.documents import Document
from index.settings import Settings
from index.sources.base import InputFile, Skip
from index.sources.days.limits import last_change
from index.sources.encoding import decode
from index.sources.files import read_whole
from index.sources.identity import id_from_file
from index.sources.records import build_document


def read_text(input: InputFile, settings: Settings) -> Iterator[Document | Skip]:
    """The file's one article; tags in it are text like any other."""
    text = decode(read_whole(input, settings))
    changed = last_change(input.path)
    yield build_document(text, input.origin, settings, id_if_none=id_from_file(input.origin), changed=changed)
