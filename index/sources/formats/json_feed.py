"""Reads JSON Feed (jsonfeed.org, versions 1 and 1.1), and the feeds of Blogger as JSON."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from index.messages import _
from index.settings import Settings
from index.sources.base import InputFile, Piece, Skip
from index.sources.encoding import clean
from index.sources.records import document_from_record
from index.sources.systems.fields import believed_language, has_tags, markup_of, plain, resolved, with_picture

_VERSION = "https://jsonfeed.org/version/"


def is_json_feed(value: Any) -> bool:
    """Whether a JSON value is a feed of either kind."""
    match value:
        case {"version": str(version), "items": list()}:
            return version.replace("http:", "https:").startswith(_VERSION)
        case {"feed": {"entry": [{"title": {"$t": str()}}, *_]}}:
            return True
    return False


def read_json_feed(value: Any, input: InputFile, settings: Settings) -> Iterator[Skip | Piece]:
    """Each item; those that have only a summary are counted in a line of the report."""
    del settings
    feed = value.get("feed")
    items = [_from_blogger(entry) for entry in feed["entry"]] if feed else value["items"]
    summaries = 0
    for number, item in enumerate(items, start=1):
        origin = f"{input.origin}:{number}"
        if not isinstance(item, Mapping):
            yield Skip(origin, _("bukan objek"))
            continue
        record, is_summary = _record(item, value)
        summaries += is_summary
        yield Piece(origin, record, document_from_record, len(record["body"]))
    if summaries:
        yield Skip(
            input.origin,
            _("{count} artikel hanya berupa ringkasan; teks lengkapnya tidak ada di sini", count=summaries),
        )
    if not items:
        yield Skip(input.origin, _("umpan tanpa satu artikel pun"))


def _record(item: Mapping[str, Any], feed: Mapping[str, Any]) -> tuple[dict[str, Any], bool]:
    markup, text, summary = (_text(item.get(key)) for key in ("content_html", "content_text", "summary"))
    body = f"<div>{markup}</div>" if has_tags(markup) else markup_of(markup) or text or markup_of(summary)
    address = _text(item.get("url")) or _text(item.get("external_url"))
    picture = _text(item.get("image"))
    if picture.startswith(("http://", "https://")) and body and "<img" not in body:
        body = with_picture(body, picture, "")
    people = _list(item.get("authors")) or [item.get("author")]
    if not any(people):
        people = _list(feed.get("authors")) or [feed.get("author")]
    names = (plain(clean(_text(person.get("name")))) for person in people if isinstance(person, Mapping))
    tags = (plain(clean(_text(tag))) for tag in _list(item.get("tags")))
    record = {
        "id": item.get("id"),
        "title": plain(clean(_text(item.get("title")))),
        "body": body,
        "url": resolved(_text(feed.get("home_page_url")), address) if address else "",
        "published": item.get("date_published") or item.get("date_modified"),
        "author": ", ".join(filter(None, names)),
        "lang": believed_language(_text(item.get("language")) or _text(feed.get("language"))),
        "topics": [tag for tag in dict.fromkeys(tags) if tag],
    }
    return record, not markup and not text and bool(summary)


def _from_blogger(entry: Any) -> Any:
    """An entry of Atom that was made JSON: text stands under ``$t``, attributes under their names."""
    if not isinstance(entry, Mapping):
        return entry
    links = [link for link in _list(entry.get("link")) if isinstance(link, Mapping)]
    labels = [label for label in _list(entry.get("category")) if isinstance(label, Mapping)]
    authors = [author for author in _list(entry.get("author")) if isinstance(author, Mapping)]
    return {
        "id": _value(entry.get("id")),
        "title": _value(entry.get("title")),
        "content_html": _value(entry.get("content")),
        "summary": _value(entry.get("summary")),
        "url": next((link.get("href") for link in links if link.get("rel") == "alternate"), ""),
        "date_published": _value(entry.get("published")) or _value(entry.get("updated")),
        "authors": [{"name": _value(author.get("name"))} for author in authors],
        "tags": [label.get("term") for label in labels if "#kind" not in str(label.get("scheme"))],
    }


def _value(held: Any) -> str:
    return _text(held.get("$t")) if isinstance(held, Mapping) else ""


def _text(value: Any) -> str:
    return clean(value).strip() if isinstance(value, str) else ""


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []
