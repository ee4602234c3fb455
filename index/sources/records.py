"""One record (a JSON object, a CSV row, front matter) to one document, whatever its fields are called.

What a column or key is taken for is decided in :mod:`index.sources.fields`; docs/arsip.md tells owners.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from index.documents import Document
from index.messages import _
from index.settings import Settings
from index.sources.addresses import is_homepage
from index.sources.base import UnreadableError
from index.sources.dateline import place_and_day
from index.sources.dates import parse_date
from index.sources.days.deciding import day_of_record
from index.sources.encoding import clean
from index.sources.fields.columns import BY_NAME, Columns
from index.sources.fields.values import (
    decoded,
    decoded_twice,
    first_read,
    has_words,
    host_of,
    id_of,
    is_missing,
    language_of,
    name_of,
    source_of,
    text_of,
    title_of,
    url_of,
)
from index.sources.fields.vocabulary import EXCERPT, NAMES, SITE
from index.sources.files import KIB
from index.sources.identity import id_from_content, id_from_record
from index.sources.languages import language_of_text
from index.sources.layouts import lay_out
from index.sources.marked_text import read_markup
from index.sources.markup import has_tags, looks_like_html
from index.sources.metadata import metadata_of
from index.sources.news import read_article
from index.sources.outline import OutlineOf
from index.sources.people import named
from index.sources.systems.content import cleaned_content
from index.sources.systems.posts import CONTENT, plain_record
from index.sources.titles import sites_of, title_of_record
from index.sources.topics import topics_of

_SHORTEST_EXCERPT = 5
"""Words of a summary that may stand for a text that is missing, beside a title."""

_SHOWN_NAMES, _SHOWN = 12, 40


def document_from_record(
    record: Mapping[Any, Any],
    origin: str,
    settings: Settings,
    id_if_none: str = "",
    outline: OutlineOf | None = None,
    changed: date | None = None,
    *,
    columns: Columns = BY_NAME,
) -> Document:
    """A document from a record's fields; what they do not say is looked for in its text.

    :param record: values of any kind. Of nested ones only what they call their name or text is read, but of
        topics and of metadata, which is what the record says under names that stand for no field.
    :param origin: where it stands, for messages.
    :param id_if_none: its id when it names none; without this one is made from its content.
    :param outline: makes that of the source which its text was taken from; by default its text is the source.
    :param changed: the day its file was last changed, where the file is one article.
    :param columns: what its names were taken for; by default, what each says.
    :raises UnreadableError: if it has no text, or more than ``max_article_kb``.
    """
    record = plain_record(record)
    values = columns.values(record)
    is_post = CONTENT in record
    url, site = _addresses(values)
    title = _title(values.get("title", ()))
    body = _body(values, title, is_read=is_post or outline is not None)
    body = cleaned_content(body, is_post=is_post)
    if outline is None:
        body, outline = read_markup(body)
        body = decoded_twice(body)
    if not body.strip():
        raise UnreadableError(_no_text(record, values, columns))
    place, when = place_and_day(first_read(values.get("place", ()), _place_of))
    return build_document(
        body,
        origin,
        settings,
        id=first_read(values.get("id", ()), id_of),
        id_if_none=id_if_none,
        title=title,
        url=url,
        source=first_read(values.get("source", ()), source_of) or host_of(site),
        place=place,
        author=first_read(values.get("author", ()), name_of),
        editor=first_read(values.get("editor", ()), name_of),
        published=_day((*values.get("published", ()), *([when] if when and parse_date(when) else ()))),
        record=record,
        changed=changed,
        lang=first_read(values.get("lang", ()), language_of),
        topics=topics_of(values["topics"]) if "topics" in values else (),
        metadata=metadata_of(others) if (others := columns.others(record)) else (),
        outline=outline,
    )


def build_document(
    text: str,
    origin: str,
    settings: Settings,
    *,
    id: str = "",
    id_if_none: str = "",
    title: str = "",
    url: str = "",
    source: str = "",
    place: str = "",
    author: str = "",
    editor: str = "",
    published: Any = None,
    record: Mapping[Any, Any] | None = None,
    changed: date | None = None,
    lang: str = "",
    topics: tuple[str, ...] = (),
    metadata: tuple[tuple[str, str], ...] = (),
    outline: OutlineOf | None = None,
) -> Document:
    """A document from an article's text and what is known beside; the rest is read from the text.

    :param published: what stands for its day, of any kind.
    :param record: what may name the time when it was fetched: days such as ``kemarin`` count from there.
    :param changed: the day its file was last changed.
    :raises UnreadableError: if no article is left of the text, or it is longer than ``max_article_kb``.
    """
    limit = settings.number("max_article_kb")
    if len(text) > limit * KIB or (4 * len(text) > limit * KIB and len(text.encode()) > limit * KIB):
        raise UnreadableError(too_long(settings))
    title = title_of_record(title, source, url)
    dated = day_of_record(published, url, settings, record=record, changed=changed)
    article = read_article(text, title, published=dated.day, latest=dated.latest)
    if not has_words(article.body):
        if article.body:
            raise UnreadableError(_no_words(article.body))
        raise UnreadableError(
            _("tidak berisi artikel: tidak ada yang tersisa selain judul, nama penulis, dan hiasan halaman")
        )
    return Document(
        id=id_from_record(id) if id else id_if_none or id_from_content(article.title, url, article.body),
        title=article.title,
        body=article.body,
        url=url,
        source=source or article.source or host_of(url),
        place=place or article.place,
        author=(named(author, sites_of(source, url)) if author else "") or article.author,
        editor=(named(editor, sites_of(source, url)) if editor else "") or article.editor,
        published=article.published,
        lang=language_of_text(article.body, lang) if lang else "id",
        origin=origin,
        layout=lay_out(article.body, outline(url)) if outline else (),
        topics=topics,
        metadata=metadata,
        day_from=dated.day_from or ("text" if article.published else "none"),
        day_note=dated.note,
    )


def too_long(settings: Settings) -> str:
    """Why a text is not read that is longer than ``max_article_kb``."""
    return _(
        "teksnya lebih panjang dari {limit} KiB; batas satu artikel adalah pengaturan max_article_kb",
        limit=f"{settings.number('max_article_kb'):g}",
    )


def _addresses(values: Mapping[str, list[Any]]) -> tuple[str, str]:
    """The address of the article, and that of its site.

    An identifier that is an address is the article's too, as in feeds (``guid``).
    """
    url = first_read(values.get("url", ()), url_of)
    further = first_read(values.get(SITE, ()), url_of)
    site = further if is_homepage(further) else ""
    address = url or ("" if site else further) or first_read(values.get("id", ()), url_of)
    if not address:
        told = first_read(values.get("source", ()), url_of)  # as trafilatura calls the address
        address = "" if is_homepage(told) else told
    return address, site


def _place_of(value: Any) -> str:
    """A name, or the day that may stand in its place."""
    return name_of(value) or (value.strip() if isinstance(value, str) and parse_date(value) else "")


def _title(values: Iterable[Any]) -> str:
    """The first title that has a letter; one of digits alone if there is no other."""
    titles = [title for value in values if (title := title_of(value))]
    return next(filter(has_words, titles), titles[0] if titles else "")


def _body(values: Mapping[str, list[Any]], title: str, *, is_read: bool) -> str:
    """The text, HTML or not, or else a summary that reads like one.

    :param is_read: it was taken from a page, whose entities are decoded.
    """
    for value in values.get("body", ()):
        if is_missing(value, said=False):
            continue
        text = text_of(value) if is_read else _unescaped(text_of(value))
        if has_words(text):
            return text
    for value in values.get(EXCERPT, ()) if title else ():
        text = _unescaped(text_of(value))
        if len(text.split()) >= _SHORTEST_EXCERPT:
            return text
    return ""


def _unescaped(text: str) -> str:
    """A text without tags with its entities decoded: that may give HTML, which was escaped as a whole."""
    if "&" not in text or looks_like_html(text) or has_tags(text):
        return text
    return clean(decoded(text))


def _day(values: Iterable[Any]) -> Any:
    """The first value that names a day; if none does, the first that is there."""
    there = [value for value in values if not is_missing(value)]
    if len(there) < 2:
        return there[0] if there else None
    return next((value for value in there if parse_date(value)), there[0])


def _no_text(record: Mapping[Any, Any], values: Mapping[str, list[Any]], columns: Columns) -> str:
    if found := first_read(values.get("body", ()), text_of).strip():
        return _no_words(found)
    if any(columns.meaning(name).field == "body" for name in record if isinstance(name, str)):
        return _("teksnya kosong")
    names = ", ".join(clean(str(name))[:_SHOWN] for name in list(record)[:_SHOWN_NAMES]) or _("tidak ada")
    return _(
        "tidak berteks; ada: {found}; diharapkan salah satu dari: {expected}",
        found=names,
        expected=", ".join(NAMES["body"][:8]),
    )


def _no_words(text: str) -> str:
    return _("teksnya tidak memuat kata, hanya {found}", found=" ".join(text.split())[:_SHOWN])
