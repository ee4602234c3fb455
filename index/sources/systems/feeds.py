"""An item of RSS or an entry of Atom -> a plain record, whatever version and modules it is written in.

RSS 0.9x to 2.0 and 1.0 (RDF), Atom 0.3 and 1.0 (RFC 4287), Dublin Core, ``content:encoded``, Media RSS.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Any, NamedTuple

from index.sources.encoding import clean
from index.sources.systems.fields import (
    beginning_of,
    believed_language,
    markup_of,
    person,
    plain,
    resolved,
    with_picture,
)
from index.sources.xml_stream import bases_of, local_name, markup_in, namespace, text_in

_PREFIXES = {
    "http://purl.org/rss/1.0": "",
    "http://my.netscape.com/rdf/simple/0.9": "",
    "http://channel.netscape.com/rdf/simple/0.9": "",
    "http://backend.userland.com/rss2": "",
    "http://www.w3.org/2005/atom": "",
    "http://purl.org/atom/ns#": "",
    "http://purl.org/rss/1.0/modules/content": "content:",
    "http://purl.org/dc/elements/1.1": "dc:",
    "http://purl.org/dc/terms": "dcterms:",
    "http://search.yahoo.com/mrss": "media:",
    "http://rssnamespace.org/feedburner/ext/1.0": "feedburner:",
    "http://www.w3.org/1999/xhtml": "xhtml:",
    "http://www.w3.org/2007/app": "app:",
    "http://purl.org/atom/app#": "app:",
    "http://schemas.google.com/blogger/2018": "blogger:",
}
_EXPORT = re.compile(r"http://wordpress\.org/export/[\d.]+/(excerpt/)?")
_DAYS = (
    "pubDate", "published", "dc:date", "dcterms:issued", "dcterms:created", "issued", "created",
    "dcterms:modified", "updated", "modified",
)  # fmt: skip
_TEXTS = ("content:encoded", "content", "xhtml:body", "xhtml:div")
_SUMMARIES = ("description", "summary", "media:description")
# What WordPress adds to each item of its feeds.
_FOOTER = re.compile(
    r"<p>\s*(?:The post|Artikel|Tulisan|Berita|Pos(?:tingan)?)\s+<a\b[^<>]*>[^<>]*</a>\s+"
    r"(?:appeared first on|(?:pertama kali )?(?:tampil|muncul|ditampilkan|terbit)(?: pertama(?: kali)?)? "
    r"(?:di|pada))"
    r"\s+<a\b[^<>]*>[^<>]*</a>\s*\.?\s*</p>\s*(?=(?:</div>)?\s*$)",
    re.IGNORECASE,
)
_LONGEST_FOOTER = 4000

Children = Mapping[str, list[Any]]
"""Elements inside an item by their usual name (``title``, ``dc:creator``), each in its order."""


class Item(NamedTuple):
    """One article of a feed.

    :param record: as :func:`index.sources.records.document_from_record` takes it.
    :param is_summary: whether the feed gives only the beginning of its text.
    """

    record: dict[str, Any]
    is_summary: bool


def children_of(element: Any) -> Children:
    """What is in an item, by usual names."""
    found: dict[str, list[Any]] = {}
    for child in element.iterchildren("*"):
        found.setdefault(usual_name(child), []).append(child)
    return found


def usual_name(element: Any) -> str:
    """The name of an element with the prefix that documentation gives it, whichever it is written with."""
    uri, name = namespace(element), local_name(element)
    return _prefix(uri) + name if uri else name


@lru_cache(256)
def _prefix(uri: str) -> str:
    if export := _EXPORT.fullmatch(uri):
        return "excerpt:" if export[1] else "wp:"
    return _PREFIXES.get(uri.rstrip("/").lower(), "other:")


def first_text(children: Children, *names: str) -> str:
    """The text of the first of some elements that has any."""
    for name in names:
        for element in children.get(name, ()):
            if text := clean(text_in(element)):
                return text
    return ""


def item_of(element: Any, around: Mapping[str, str]) -> Item:
    """The article of an ``item`` or ``entry``.

    :param around: what the feed says of all: ``author``, ``lang``.
    """
    children = children_of(element)
    body, is_summary = _body(children)
    address = _address(element, children)
    if address and body.startswith("<div>") and (bases := _content_bases(children)):
        body = _absolute(body, resolved(address, _joined(bases)))
    picture, shown = _picture(children)
    if picture and body and "<img" not in body:
        body = with_picture(body, picture, shown)
    record = {
        "id": first_text(children, "guid", "id")
        or element.get("{http://www.w3.org/1999/02/22-rdf-syntax-ns#}about"),
        "title": plain(first_text(children, "title", "dc:title", "media:title")),
        "body": body,
        "url": address,
        "published": first_text(children, *_DAYS),
        "author": _authors(children) or around.get("author", ""),
        "source": _publisher(children),
        "lang": believed_language(first_text(children, "dc:language", "language") or around.get("lang", "")),
        "topics": topics_in(children),
    }
    return Item(record, is_summary)


def alternate_link(children: Children) -> str:
    """Where the page is that an entry or a feed of Atom tells of."""
    best, rank = "", 9
    for link in children.get("link", ()):
        relation, kind = link.get("rel") or "alternate", link.get("type") or "text/html"
        if (href := (link.get("href") or "").strip()) and relation == "alternate":
            own = 0 if "html" in kind else 1
            if own < rank:
                best, rank = resolved(_joined(bases_of(link)), href), own
    return best


def topics_in(children: Children) -> list[str]:
    """Categories of an item, once each."""
    names = [
        plain(clean(element.get("label") or element.get("term") or text_in(element)))
        for element in children.get("category", ())
    ]
    names += [plain(clean(text_in(element))) for element in children.get("dc:subject", ())]
    return [name for name in dict.fromkeys(names) if name]


def names_in(elements: list[Any]) -> str:
    """The people of some elements, of Atom (``author`` with ``name``) or RSS."""
    names = []
    for element in elements:
        inner = next((child for child in element.iterchildren("*") if local_name(child) == "name"), element)
        names.append(person(clean(text_in(inner))))
    return ", ".join(name for name in dict.fromkeys(names) if name)


def _authors(children: Children) -> str:
    kinds = (children.get(name, []) for name in ("dc:creator", "author", "media:credit"))
    return next(filter(None, map(names_in, kinds)), "")


def _body(children: Children) -> tuple[str, bool]:
    """The text of an item, HTML or plain, and whether it is only the beginning of one."""
    for name in _TEXTS:
        for element in children.get(name, ()):
            if body := _markup(element):
                return _without_footer(body), False
    for name in _SUMMARIES:
        for element in children.get(name, ()):
            if body := _markup(element):
                body, is_cut = beginning_of(_without_footer(body))
                # A description of RSS may be the whole text; a summary of Atom says that it is none.
                return body, is_cut or name == "summary"
    return "", False


def _without_footer(body: str) -> str:
    found = _FOOTER.search(body, max(len(body) - _LONGEST_FOOTER, 0))
    return body[: found.start()] + body[found.end() :] if found else body


def _markup(element: Any) -> str:
    if next(element.iterchildren("*"), None) is not None:
        return f"<div>{clean(markup_in(element))}</div>" if text_in(element) else ""
    if element.get("src"):  # content that lies elsewhere
        return ""
    return markup_of(clean(text_in(element)))


def _address(element: Any, children: Children) -> str:
    bases = bases_of(element)
    if original := first_text(children, "feedburner:origLink"):
        return original
    if atom := alternate_link(children):
        return resolved(_joined(bases), atom)
    if link := first_text(children, "link"):
        return resolved(_joined(bases), link)
    for guid in children.get("guid", ()):
        text = text_in(guid)
        if guid.get("isPermaLink", "true").lower() != "false" and text.startswith(("http://", "https://")):
            return text
    return ""


def _publisher(children: Children) -> str:
    """The site that a collected item is of."""
    for source in children.get("source", ()):
        inner = {local_name(child): child for child in source.iterchildren("*")}
        if text := plain(clean(text_in(inner.get("title", source)))):
            return text
    return first_text(children, "dc:publisher")


def _content_bases(children: Children) -> list[str]:
    return next((bases_of(element) for name in _TEXTS for element in children.get(name, ())), [])


def _joined(bases: list[str]) -> str:
    address = ""
    for base in bases:
        address = resolved(address, base)
    return address


def _absolute(markup: str, base: str) -> str:
    from lxml import etree, html  # type: ignore[import-untyped]  # as in xml_stream

    try:
        absolute: str = html.make_links_absolute(markup, base)
    except (etree.LxmlError, ValueError):
        return markup
    return absolute if absolute.startswith("<div>") else markup


def _picture(children: Children) -> tuple[str, str]:
    """Address and description of the first picture that stands beside the text."""
    for element in _media(children):
        kind, address = element.get("type") or element.get("medium") or "", element.get("url") or ""
        if address.startswith(("http://", "https://")) and (
            kind.startswith("image") or usual_name(element) == "media:thumbnail"
        ):
            inner = children_of(element)
            return address, plain(first_text(inner, "media:description", "media:title"))
    return "", ""


def _media(children: Children) -> Iterator[Any]:
    for group in children.get("media:group", ()):
        yield from children_of(group).get("media:content", ())
    for name in ("media:content", "enclosure", "media:thumbnail"):
        yield from children.get(name, ())
