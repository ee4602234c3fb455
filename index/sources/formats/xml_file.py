"""Reads XML by what its outermost element says that it is."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from index.documents import Document
from index.messages import _
from index.settings import Settings
from index.sources.base import InputFile, Piece, Skip, UnreadableError
from index.sources.files import open_input
from index.sources.formats.feed import read_feed
from index.sources.formats.oai_pmh import NAMESPACES, read_oai
from index.sources.formats.sitemap import read_sitemap
from index.sources.formats.wxr import EXPORT, read_wxr
from index.sources.xml_stream import XmlStream, local_name, namespace

_Reader = Callable[[XmlStream, InputFile, Settings], Iterator[Document | Skip | Piece]]

_READERS: dict[str, _Reader] = {
    "rss": read_feed,
    "RDF": read_feed,
    "feed": read_feed,
    "channel": read_feed,
    "entry": read_feed,
    "urlset": read_sitemap,
    "sitemapindex": read_sitemap,
}


def read_xml(input: InputFile, settings: Settings) -> Iterator[Document | Skip | Piece]:
    """What the reader of its kind yields, and at last what of the file could not be read."""
    with open_input(input.path) as file:
        stream = XmlStream(file, settings)
        yield from _reader(stream)(stream, input, settings)
        if problem := stream.problem():
            yield Skip(input.origin, problem)


def _reader(stream: XmlStream) -> _Reader:
    root = stream.root
    name = local_name(root)
    if any(EXPORT in (uri or "") for uri in root.nsmap.values()):
        return read_wxr
    if namespace(root) in NAMESPACES:
        return read_oai
    if name in _READERS:
        return _READERS[name]
    if name.lower() == "html":
        raise UnreadableError(_("berisi halaman HTML; beri nama berakhiran .html"))
    raise UnreadableError(
        _(
            "XML berelemen <{name}>; yang dapat dibaca: ekspor WordPress (WXR) dan Blogger, RSS, Atom, "
            "peta situs, dan OAI-PMH",
            name=name[:60],
        )
    )
