"""Reads RSS and Atom, and what Blogger exports as Atom, item by item."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from index.messages import _
from index.settings import Settings
from index.sources.base import InputFile, Piece, Skip
from index.sources.left_out import LeftOut, too_large
from index.sources.records import document_from_record
from index.sources.systems import blogger
from index.sources.systems.feeds import alternate_link, children_of, item_of, names_in, usual_name
from index.sources.systems.fields import resolved
from index.sources.xml_stream import Found, XmlStream, local_name, text_in

_ITEMS = ("item", "entry")
# What the feed says of all its items; an "image" and a "textInput" have titles and links of their own.
_AROUND = ("title", "link", "language", "author", "image", "textInput", "textinput")
_ABSOLUTE = re.compile(r"https?://", re.IGNORECASE)
_LANG = "{http://www.w3.org/XML/1998/namespace}lang"


def read_feed(stream: XmlStream, input: InputFile, settings: Settings) -> Iterator[Skip | Piece]:
    """Each item; those that have only a summary are counted in a line of the report."""
    around = {"lang": stream.root.get(_LANG) or ""}
    left_out = LeftOut(input.origin)
    number = summaries = 0
    for found in stream.elements((*_ITEMS, *_AROUND)):
        if local_name(found.element) not in _ITEMS:
            _note(found.element, around)
            continue
        number += 1
        origin = f"{input.origin}:{number}"
        if found.is_too_large:
            yield too_large(origin, settings)
            continue
        if why := blogger.why_left_out(children_of(found.element)):
            left_out.add(why)
            continue
        record, is_summary = _record(found, around)
        summaries += is_summary and bool(record["body"])
        yield Piece(origin, record, document_from_record, len(record["body"]))
    yield from left_out.skips()
    if summaries:
        yield Skip(
            input.origin,
            _("{count} artikel hanya berupa ringkasan; teks lengkapnya tidak ada di sini", count=summaries),
        )
    if not number and not stream.problem():
        yield Skip(input.origin, _("umpan tanpa satu artikel pun"))


def _record(found: Found, around: dict[str, str]) -> tuple[dict[str, Any], bool]:
    item = item_of(found.element, around)
    children = children_of(found.element)
    record, home = item.record, around.get("home", "")
    if (labels := blogger.labels_of(children)) is not None:
        record["topics"] = labels
    address = record["url"] or blogger.path_of(children)
    if address and not _ABSOLUTE.match(address):
        address = resolved(home, address)
    record["url"] = address
    if not address and not record["source"]:
        record["source"] = home
    return item


def _note(element: Any, around: dict[str, str]) -> None:
    name = usual_name(element)
    if name == "language":
        around["lang"] = around["lang"] or text_in(element)
    elif name == "author":
        around.setdefault("author", names_in([element]))
    elif name == "link" and not around.get("home"):
        address = alternate_link({"link": [element]}) or text_in(element)
        around["home"] = address if _ABSOLUTE.match(address) else ""
