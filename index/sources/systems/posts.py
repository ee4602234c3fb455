"""Posts of WordPress, as its REST interface and its table ``wp_posts`` give them -> plain records."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

from index.messages import N_, _
from index.sources.base import UnreadableError
from index.sources.encoding import clean
from index.sources.systems.content import rendered_content
from index.sources.systems.fields import beginning_of, plain

STATES = {
    "draft": N_("konsep (draft)"),
    "auto-draft": N_("konsep (draft)"),
    "pending": N_("menunggu persetujuan"),
    "future": N_("dijadwalkan terbit"),
    "private": N_("pribadi"),
    "trash": N_("di tempat sampah"),
    "inherit": N_("bagian dari tulisan lain"),
}
"""States of posts that readers do not see -> what owners call them."""

OTHER_KINDS = {
    "attachment": N_("lampiran (gambar atau berkas)"),
    "nav_menu_item": N_("butir menu"),
    "revision": N_("revisi lama"),
}
"""Types of posts that are no articles -> what owners call them."""

_PARTS_OF_SITES = re.compile(
    r"custom_css|customize_changeset|oembed_cache|user_request|wp_\w+|acf-.*|elementor_.*|et_(?:pb|tb|theme)\w*|"
    r"wpcf7_\w+|mc4wp-\w+|wpforms\w*|amp_validated_url|feedback|scheduled-action|shop_\w+|product_variation|"
    r"tablepress_table|ml-slider|ml-slide|popup\w*|jp_\w+|vc4_\w+|td_\w+|jet-\w+|astra-\w+|blocks?|sidebar"
)
_INTERNAL = re.compile(
    r"post_?(?:status|type|password|content_?filtered|parent|mime_?type|modified(?:_?gmt)?|date_?gmt|name|excerpt)|"
    r"(?:ping|comment)_?status|to_?ping|pinged|menu_?order|comment_?count|guid",
    re.IGNORECASE,
)
CONTENT = "post_content"
"""The column that holds the text of a post as the database has it."""

_URLS = frozenset({"url", "link", "permalink", "URL", "Link", "Permalink"})
_OF_REST = frozenset({"id", "slug", "guid", "type", "date"})
"""What the REST interface says of each post, some of it where only some was asked for."""

_TOPICS = ("category", "post_tag")


def plain_record(record: Mapping[Any, Any]) -> Mapping[Any, Any]:
    """A post of WordPress as a record with usual names; any other record as it is.

    :raises UnreadableError: if it is a post that the site does not show as an article, and why.
    """
    for name in ("title", "content"):
        field = record.get(name)
        if isinstance(field, dict) and "rendered" in field and not record.keys().isdisjoint(_OF_REST):
            return _from_rest(record)
    if CONTENT in record:
        return _from_table(record)
    return record


def why_left_out(kind: str, state: str, password: str = "") -> str:
    """Why a post is no article that everybody may read, in the owner's words; ``""`` if it is one.

    :param kind: its type, ``post`` if unknown.
    :param state: its status, ``publish`` if unknown.
    """
    if kind in OTHER_KINDS:
        return _(OTHER_KINDS[kind])
    if _PARTS_OF_SITES.fullmatch(kind):
        return _("bagian dari situs ({kind})", kind=kind)
    if state not in ("publish", ""):
        return _(STATES[state]) if state in STATES else _("berstatus {state}", state=state[:40])
    return _("dilindungi kata sandi") if password else ""


def topics_of(names: Iterable[Any]) -> list[str]:
    """Categories and tags once each, without the one that WordPress gives to what has none."""
    texts = (plain(clean(name)) for name in names if isinstance(name, str) and name.strip())
    return [name for name in dict.fromkeys(texts) if name.lower() not in ("uncategorized", "tak berkategori")]


def _from_rest(post: Mapping[Any, Any]) -> dict[str, Any]:
    # A heading that the site makes itself (an archive of a category) has no type.
    _refuse(str(post.get("type") or "post"), str(post.get("status") or "publish"))
    if body := _rendered(post.get("content")):
        body = rendered_content(body)
    elif any(_mapping(post.get(name)).get("protected") for name in ("content", "excerpt")):
        raise UnreadableError(_left_out(_("dilindungi kata sandi")))
    else:
        body = beginning_of(_rendered(post.get("excerpt")))[0]
    embedded, seo = _mapping(post.get("_embedded")), _mapping(post.get("yoast_head_json"))
    return {
        "id": post.get("id"),
        "title": plain(_rendered(post.get("title"))),
        "body": body,
        "url": post.get("link") or _rendered(post.get("guid")) or seo.get("canonical"),
        "published": post.get("date") or seo.get("article_published_time") or post.get("date_gmt"),
        "author": _authors(post, embedded, seo),
        "source": seo.get("og_site_name"),
        "topics": topics_of(_terms(embedded)),
    }


def _authors(post: Mapping[Any, Any], embedded: Mapping[Any, Any], seo: Mapping[Any, Any]) -> str:
    """Names of the authors; what is only the number of an account is none."""
    several = (post.get("coauthors"), post.get("authors"), embedded.get("author"))
    for people in several:
        if names := [name for person in _list(people) if (name := _person(person))]:
            return ", ".join(dict.fromkeys(names))
    single = (post.get("author_info"), post.get("author_name"), post.get("author"), seo.get("author"))
    return next(filter(None, map(_person, single)), "")


def _person(value: Any) -> str:
    if isinstance(value, Mapping):
        value = value.get("display_name") or value.get("name")
    return "" if not isinstance(value, str) or value.isdecimal() else plain(clean(value))


def _terms(embedded: Mapping[Any, Any]) -> Iterable[Any]:
    for terms in _list(embedded.get("wp:term")):
        for term in _list(terms):
            if _mapping(term).get("taxonomy") in _TOPICS:
                yield term.get("name")


def _from_table(row: Mapping[Any, Any]) -> dict[Any, Any]:
    """A row of ``wp_posts``, whose columns keep their names; those that its owner has joined to it stay."""
    text = {name: str(row.get(name) or "").strip() for name in ("post_type", "post_status", "post_password")}
    _refuse(text["post_type"] or "post", text["post_status"], _without_null(text["post_password"]))
    kept = {name: value for name, value in row.items() if not _INTERNAL.fullmatch(str(name))}
    if isinstance(title := kept.get("post_title"), str):
        kept["post_title"] = plain(clean(title))
    author = str(kept.pop("post_author", None) or "").strip()
    if author and not author.isdecimal() and "author" not in kept:
        kept["author"] = author
    if isinstance(guid := row.get("guid"), str) and not _URLS.intersection(kept):
        kept["url"] = guid.replace("&#038;", "&").strip()
    return kept


def _refuse(kind: str, state: str, password: str = "") -> None:
    if why := why_left_out(kind, state, password):
        raise UnreadableError(_left_out(why))


def _left_out(why: str) -> str:
    return _("tidak dibaca: {why}", why=why)


def _without_null(value: str) -> str:
    return "" if value.lower() in ("null", "none", "nan", r"\n") else value


def _rendered(field: Any) -> str:
    """What readers see of a field, also where something has taken its wrapper off already."""
    value = field.get("rendered") if isinstance(field, Mapping) else field
    return clean(value) if isinstance(value, str) else ""


def _mapping(value: Any) -> Mapping[Any, Any]:
    return value if isinstance(value, Mapping) else {}


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []
