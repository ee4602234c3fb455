"""Reads WXR, what WordPress exports: posts and pages that are published, with the names of their authors."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from index.settings import Settings
from index.sources.base import InputFile, Piece, Skip
from index.sources.encoding import clean
from index.sources.left_out import LeftOut, too_large
from index.sources.records import document_from_record
from index.sources.systems.feeds import Children, children_of, first_text, usual_name
from index.sources.systems.fields import believed_language, plain
from index.sources.systems.posts import CONTENT, topics_of, why_left_out
from index.sources.xml_stream import XmlStream, local_name, text_in

EXPORT = "wordpress.org/export/"
"""Part of the namespace of every version."""

_AROUND = ("author", "language", "image", "textInput")
_NOT_READ = ("comment", "postmeta", "commentmeta")  # of some posts thousands


def read_wxr(stream: XmlStream, input: InputFile, settings: Settings) -> Iterator[Skip | Piece]:
    """Each article; all else is counted by what it is."""
    names: dict[str, str] = {}
    language = ""
    left_out = LeftOut(input.origin)
    number = 0
    for found in stream.elements(("item", *_AROUND), without=_NOT_READ):
        children = children_of(found.element)
        if local_name(found.element) != "item":
            if usual_name(found.element) == "wp:author":
                names[first_text(children, "wp:author_login")] = _display_name(children)
            elif usual_name(found.element) == "language":
                language = text_in(found.element)
            continue
        number += 1
        origin = f"{input.origin}:{number}"
        why = why_left_out(
            first_text(children, "wp:post_type") or "post",
            first_text(children, "wp:status") or "publish",
            first_text(children, "wp:post_password"),
        )
        if why:
            left_out.add(why)
        elif found.is_too_large:
            yield too_large(origin, settings)
        else:
            record = _record(children, names, language)
            yield Piece(origin, record, document_from_record, len(record[CONTENT]))
    yield from left_out.skips()


def _display_name(author: Children) -> str:
    parts = (first_text(author, f"wp:author_{part}_name") for part in ("first", "last"))
    return plain(first_text(author, "wp:author_display_name") or " ".join(filter(None, parts)))


def _record(children: Children, names: dict[str, str], language: str) -> dict[str, Any]:
    login = first_text(children, "dc:creator")
    day = first_text(children, "wp:post_date")
    terms: dict[str, list[str]] = {}
    for category in children.get("category", ()):
        terms.setdefault(category.get("domain") or "category", []).append(text_in(category))
    several = [plain(clean(name)) for name in terms.get("author", ())]  # of the plugin Co-Authors Plus
    return {
        "id": first_text(children, "guid") or first_text(children, "wp:post_id"),
        "post_title": first_text(children, "title"),
        CONTENT: first_text(children, "content:encoded")
        or first_text(children, "excerpt:encoded", "description"),
        "url": first_text(children, "link"),
        # The day where the site is; pubDate is that of Greenwich.
        "post_date": day if day and not day.startswith("0000") else first_text(children, "pubDate"),
        "author": ", ".join(dict.fromkeys(filter(None, several))) or names.get(login) or plain(login),
        "lang": believed_language(language),
        "topics": topics_of([*terms.get("category", ()), *terms.get("post_tag", ()), *terms.get("tag", ())]),
    }
