"""Reads sitemaps: no articles, but what they say of saved pages beside them is used for those."""

from __future__ import annotations

from collections.abc import Iterator

from index.messages import _
from index.settings import Settings
from index.sources.base import InputFile, Skip
from index.sources.beside import has_pages_beside
from index.sources.xml_stream import XmlStream


def read_sitemap(stream: XmlStream, input: InputFile, settings: Settings) -> Iterator[Skip]:
    """Nothing where pages are saved beside it, otherwise what the file is."""
    del settings
    count = sum(1 for _found in stream.elements(("url", "sitemap")))
    if not has_pages_beside(input):
        yield Skip(
            input.origin,
            _(
                "peta situs: daftar {count} alamat tanpa teks; simpan halamannya di folder yang sama",
                count=count,
            ),
        )
