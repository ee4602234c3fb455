"""Reads what Ghost exports: posts and pages that everybody may read, with their authors and tags."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import suppress
from typing import Any

from index.documents import Document
from index.messages import N_, _
from index.settings import Settings
from index.sources.base import InputFile, Piece, Skip, UnreadableError
from index.sources.encoding import clean
from index.sources.json.values import parse_json
from index.sources.left_out import LeftOut
from index.sources.records import document_from_record
from index.sources.rich_text.html import html_of
from index.sources.systems.content import figures_behind_lead
from index.sources.systems.fields import plain

_STATES = {
    "draft": N_("konsep (draft)"),
    "scheduled": N_("dijadwalkan terbit"),
    "sent": N_("surat edaran yang tidak terbit di situs"),
}
_OWN_ADDRESS = "__GHOST_URL__"


def is_ghost(value: Any) -> bool:
    """Whether a JSON value is an export of Ghost."""
    return _data(value) is not None


def read_ghost(value: Any, input: InputFile, settings: Settings) -> Iterator[Skip | Piece]:
    """Each article; drafts and what only members may read are counted."""
    del settings
    data = _data(value) or {}
    left_out = LeftOut(input.origin)
    tags = {tag.get("id"): tag for tag in _rows(data, "tags")}
    users = {user.get("id"): user for user in _rows(data, "users")}
    tags_of = _joined(_rows(data, "posts_tags"), "tag_id", tags)
    authors_of = _joined(_rows(data, "posts_authors"), "author_id", users)
    canonical = {meta.get("post_id"): meta.get("canonical_url") for meta in _rows(data, "posts_meta")}
    posts = _rows(data, "posts")
    for number, post in enumerate(posts, start=1):
        if why := _why_left_out(post):
            left_out.add(why)
            continue
        people = authors_of.get(post.get("id")) or [users.get(post.get("author_id"), {})]
        names = [tag.get("name") for tag in tags_of.get(post.get("id"), [])]
        record = {
            "id": post.get("uuid") or post.get("slug") or post.get("id"),
            "title": plain(str(post.get("title") or "")),
            "url": post.get("canonical_url") or canonical.get(post.get("id")),
            "published": post.get("published_at"),
            "author": ", ".join(plain(str(user["name"])) for user in people if user.get("name")),
            # Names that begin with "#" are notes of the editors.
            "topics": [plain(name) for name in names if isinstance(name, str) and not name.startswith("#")],
            **{key: post.get(key) for key in ("html", "lexical", "mobiledoc", "plaintext", "markdown")},
        }
        size = max(len(text) for text in (post.get("html"), post.get("lexical"), "") if isinstance(text, str))
        yield Piece(f"{input.origin}:{number}", record, _article, size)
    yield from left_out.skips()
    if not posts:
        yield Skip(input.origin, _("ekspor Ghost tanpa satu tulisan pun"))


def _article(post: dict[str, Any], origin: str, settings: Settings) -> Document:
    record = {key: post[key] for key in ("id", "title", "url", "published", "author", "topics")}
    return document_from_record({**record, "body": _body(post)}, origin, settings)


def _body(post: Mapping[str, Any]) -> str:
    """The text in the first of the forms in which it is there."""
    markup = _text(post, "html")
    for name in ("lexical", "mobiledoc"):
        if not markup and (document := _text(post, name)):
            with suppress(UnreadableError):
                markup = html_of(parse_json(document))
    if markup:
        return f"<div>{figures_behind_lead(clean(markup).replace(_OWN_ADDRESS, ''))}</div>"
    return _text(post, "plaintext") or _text(post, "markdown")


def _why_left_out(post: Mapping[str, Any]) -> str:
    state = str(post.get("status") or "published")
    if state != "published":
        return _(_STATES[state]) if state in _STATES else _("berstatus {state}", state=state[:40])
    seen_by = str(post.get("visibility") or "public")
    return "" if seen_by == "public" else _("hanya untuk anggota ({kind})", kind=seen_by[:40])


def _data(value: Any) -> Mapping[str, Any] | None:
    """The tables of an export; before Ghost 0.5 they had no ``db`` around them."""
    match value:
        case {"db": [{"data": {"posts": list()} as data}, *_]} | {
            "data": {"posts": list()} as data,
            "meta": dict(),
        }:
            return dict(data)
    return None


def _rows(data: Mapping[str, Any], table: str) -> list[dict[str, Any]]:
    rows = data.get(table)
    return [row for row in rows if isinstance(row, dict)] if isinstance(rows, list) else []


def _joined(
    links: list[dict[str, Any]], key: str, rows: Mapping[Any, dict[str, Any]]
) -> dict[Any, list[dict[str, Any]]]:
    """Rows of another table for each post, in the order that their links name."""
    found: dict[Any, list[dict[str, Any]]] = {}
    for link in sorted(links, key=lambda link: _order(link.get("sort_order"))):
        if (row := rows.get(link.get(key))) is not None:
            found.setdefault(link.get("post_id"), []).append(row)
    return found


def _order(value: Any) -> int:
    return value if isinstance(value, int) else 0


def _text(post: Mapping[str, Any], name: str) -> str:
    value = post.get(name)
    return value if isinstance(value, str) else ""
