"""What a page says of its article in a way that machines read: JSON-LD and ``<meta>``."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from msgspec import Struct, field

_ARTICLE = re.compile(
    r"(?:article|posting|report|review|analysis|blogpost|newsarticle|webpage)$", re.IGNORECASE
)
_ORGANIZATION = re.compile(r"(?:organization|corporation|business|brand|company)$", re.IGNORECASE)
_COMMENT_MARKS = re.compile(r"^\s*(?://\s*)?(?:<!\[CDATA\[|<!--)|(?://\s*)?(?:\]\]>|-->)\s*$")
_DANGLING_COMMA = re.compile(r",\s*(?=[}\]])")
_LONGEST_SCRIPT = 1 << 20
_MOST_SCRIPTS = 30
_MOST_THINGS = 2000
_LONGEST_VALUE = 500


class Claims(Struct):
    """What it says; ``""`` or empty where it is silent.

    :param headlines: of the article, the surest first.
    :param sites: names of site and publisher.
    :param authors: of the article; ``editors`` likewise.
    :param site_author: of the page's ``<meta>``, which often names the company.
    :param body: the article's text, plain or HTML.
    :param descriptions: beginnings or summaries of it.
    :param published: as it is written there.
    """

    headlines: list[str] = field(default_factory=list)
    sites: list[str] = field(default_factory=list)
    authors: list[str] = field(default_factory=list)
    editors: list[str] = field(default_factory=list)
    site_author: str = ""
    body: str = ""
    descriptions: list[str] = field(default_factory=list)
    published: str = ""


def claims_of(tree: Any) -> Claims:
    """What the ``<meta>`` elements and JSON-LD scripts of a page's tree say."""
    claims = Claims()
    _read_json_ld(tree, claims)
    _read_meta(tree, claims)
    return claims


def _read_meta(tree: Any, claims: Claims) -> None:
    said: dict[str, list[str]] = {}
    for meta in tree.iter("meta"):
        name = (meta.get("property") or meta.get("name") or meta.get("itemprop") or "").strip().lower()
        content = " ".join((meta.get("content") or "").split())[: 4 * _LONGEST_VALUE]
        if name and content:
            said.setdefault(name, []).append(content)
    for name in ("og:title", "twitter:title", "title", "headline"):
        claims.headlines += said.get(name, [])[:1]
    for name in (
        "og:site_name",
        "application-name",
        "apple-mobile-web-app-title",
        "dc.publisher",
        "publisher",
    ):
        claims.sites += said.get(name, [])[:1]
    claims.sites += [handle.removeprefix("@") for handle in said.get("twitter:site", [])[:1]]
    for name in ("og:description", "description", "twitter:description"):
        claims.descriptions += said.get(name, [])[:1]
    for name in (
        "article:author",
        "parsely-author",
        "sailthru.author",
        "dc.creator",
        "content_author",
        "author",
    ):
        found = [value for value in said.get(name, []) if "://" not in value]
        if found and name != "author":
            claims.authors = claims.authors or found[:10]
        elif found:
            claims.site_author = ", ".join(dict.fromkeys(found[:5]))
    for name in ("content_editor", "editor", "dc.contributor"):
        claims.editors = claims.editors or said.get(name, [])[:3]


def _read_json_ld(tree: Any, claims: Claims) -> None:
    things = list(_things(tree))
    by_id = {thing["@id"]: thing for thing in things if isinstance(thing.get("@id"), str) and len(thing) > 1}
    articles = [thing for thing in things if _is_a(thing, _ARTICLE)]
    # Of several the one that says most: a page of an article lists others with headline and address alone.
    articles.sort(key=_richness, reverse=True)
    for thing in things:
        if _is_a(thing, re.compile(r"website$", re.IGNORECASE)) or _is_a(thing, _ORGANIZATION):
            claims.sites += _texts([thing.get("name"), thing.get("alternateName"), thing.get("legalName")])
    for article in articles[:1]:
        claims.headlines += _texts([article.get("headline"), article.get("name")])
        claims.descriptions += _texts([article.get("description")])
        for key in ("publisher", "sourceOrganization", "copyrightHolder", "provider"):
            claims.sites += _names(article.get(key), by_id, organizations=True)
        claims.authors = _names(article.get("author"), by_id) or _names(article.get("creator"), by_id)
        claims.editors = _names(article.get("editor"), by_id)
        body = article.get("articleBody")
        claims.body = body if isinstance(body, str) else ""
        published = article.get("datePublished")
        claims.published = published.strip() if isinstance(published, str) else ""


def _richness(thing: Mapping[str, Any]) -> tuple[bool, int]:
    is_article = not _is_a(thing, re.compile(r"webpage$", re.IGNORECASE))
    return is_article, sum(
        bool(thing.get(key)) for key in ("articleBody", "author", "datePublished", "headline", "publisher")
    )


def _things(tree: Any) -> Iterator[dict[str, Any]]:
    """All objects of all scripts, those inside others too."""
    left = _MOST_THINGS
    scripts = (each for each in tree.iter("script") if "ld+json" in (each.get("type") or "").lower())
    for _, script in zip(range(_MOST_SCRIPTS), scripts, strict=False):
        waiting: list[Any] = [_parsed(script.text or "")]
        while waiting and left:
            value = waiting.pop(0)
            left -= 1
            if isinstance(value, dict):
                yield value
                waiting += [inside for inside in value.values() if isinstance(inside, (dict, list))]
            elif isinstance(value, list):
                waiting += [inside for inside in value if isinstance(inside, (dict, list))]


def _parsed(script: str) -> Any:
    """The value of a script, ``None`` if it is no JSON even with what templates leave in it put right."""
    if len(script) > _LONGEST_SCRIPT:
        return None
    script = _COMMENT_MARKS.sub("", script).strip().rstrip(";")
    for attempt in (script, _DANGLING_COMMA.sub("", script)):
        try:
            return json.loads(attempt, strict=False)  # line breaks in texts are common
        except (ValueError, RecursionError):
            continue
    return None


def _is_a(thing: Mapping[str, Any], kind: re.Pattern[str]) -> bool:
    types = thing.get("@type")
    return any(
        isinstance(name, str) and bool(kind.search(name))
        for name in (types if isinstance(types, list) else [types])
    )


def _names(value: Any, by_id: Mapping[str, Any], *, organizations: bool = False) -> list[str]:
    """Names of people, or of organizations: a text, an object, a reference to one, or a list of such."""
    names: list[str] = []
    for item in value[:20] if isinstance(value, list) else [value]:
        if isinstance(item, Mapping):
            named = item if item.get("name") else by_id.get(str(item.get("@id")), item)
            if organizations or not _is_a(named, _ORGANIZATION):
                names += _texts([named.get("name")])
        elif not organizations:
            names += _texts([item])
    return list(dict.fromkeys(names))


def _texts(values: Iterable[Any]) -> list[str]:
    flat = [each for value in values for each in (value if isinstance(value, list) else [value])]
    texts = (" ".join(html.unescape(each).split()) for each in flat[:20] if isinstance(each, str))
    return [text[:_LONGEST_VALUE] for text in texts if text and "://" not in text]
