"""One record (a JSON object, a CSV row, front matter) to one document, whatever its fields are called.

:data:`NAMES` lists the names that count for each field; docs/arsip.md shows the same table to owners.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from functools import lru_cache, partial
from typing import Any
from urllib.parse import urlsplit

from index.documents import Document
from index.messages import _
from index.settings import Settings
from index.sources.base import UnreadableError
from index.sources.dateline import domain_of
from index.sources.days.deciding import day_of_record
from index.sources.encoding import clean
from index.sources.files import KIB
from index.sources.identity import id_from_content, id_from_record
from index.sources.layouts import lay_out
from index.sources.markup import looks_like_html, text_of_html
from index.sources.metadata import metadata_of
from index.sources.news import read_article
from index.sources.outline import OutlineOf, outline_of_html
from index.sources.paragraphs import tidy
from index.sources.systems.content import cleaned_content
from index.sources.systems.posts import CONTENT, plain_record
from index.sources.topics import topics_of

# For each field the first name that holds something wins. Case, spaces, "-" and "_" do not matter.
NAMES: dict[str, tuple[str, ...]] = {
    "id": ("id", "_id", "doc_id", "docid", "article_id", "guid", "uuid", "slug"),
    "title": ("title", "judul", "headline", "judul_berita", "judul_artikel", "post_title"),
    "body": (
        "body", "text", "isi", "content", "teks", "konten", "article", "artikel", "berita", "isi_berita",
        "isi_artikel", "body_text", "article_text", "full_text", "fulltext", "maintext", "clean_article",
        "post_content", "content_text", "content_html", "html",
    ),
    "url": ("url", "link", "tautan", "permalink", "href", "source_url", "alamat"),
    "source": (
        "source", "publisher", "sumber", "penerbit", "media", "site", "site_name", "sitename", "situs",
        "outlet", "portal", "domain", "hostname",
    ),
    "place": ("place", "tempat", "location", "lokasi", "kota", "city", "dateline"),
    "author": (
        "author", "penulis", "reporter", "authors", "wartawan", "pewarta", "jurnalis", "byline", "creator",
    ),
    "editor": ("editor", "penyunting", "redaktur"),
    "published": (
        "date", "published", "tanggal", "published_at", "publishedat", "publish_date", "date_published",
        "pubdate", "pub_date", "tanggal_terbit", "tgl", "waktu", "datetime", "timestamp", "created_at",
        "post_date",
    ),
    "lang": ("lang", "language", "bahasa"),
    # What all of them say counts.
    "topics": (
        "topics", "topic", "topik", "category", "categories", "kategori", "section", "rubrik", "kanal",
        "tag", "tags", "label", "labels", "keywords", "kata_kunci",
    ),
}  # fmt: skip

_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8}){0,3}")
_LANGUAGE_NAMES = {
    "indonesian": "id",
    "indonesia": "id",
    "english": "en",
    "inggris": "en",
    "in": "id",
    "ind": "id",
    "eng": "en",
}
_LONGEST_NAME = 200
_LONGEST_TITLE = 500
# What records repeat is worked out once: names of fields, sites, languages.
_LONGEST_KEPT, _MOST_KEPT = 60, 4096


def normal_name(name: str) -> str:
    """``Tanggal Terbit`` -> ``tanggalterbit``."""
    return re.sub(r"[\s_-]+", "", clean(name)).casefold()


_FIELD_OF = {
    normal_name(name): (field, rank) for field, names in NAMES.items() for rank, name in enumerate(names)
}


def _field_called(name: str) -> tuple[str, int] | None:
    if len(name) > _LONGEST_KEPT:
        return _FIELD_OF.get(normal_name(name))
    return _field_called_shortly(name)


@lru_cache(_MOST_KEPT)
def _field_called_shortly(name: str) -> tuple[str, int] | None:
    return _FIELD_OF.get(normal_name(name))


def known_field(name: str) -> str | None:
    """The document's field that a column or key name stands for, or ``None``."""
    found = _field_called(name)
    return found[0] if found else None


def document_from_record(
    record: Mapping[Any, Any],
    origin: str,
    settings: Settings,
    id_if_none: str = "",
    outline: OutlineOf | None = None,
    changed: date | None = None,
) -> Document:
    """A document from a record's fields; what they do not say is looked for in its text.

    :param record: values of any kind. Of nested ones only an object's name and a list of names are read, but
        of topics and of metadata, which is what the record says under names that stand for no field.
    :param origin: where it stands, for messages.
    :param id_if_none: its id when it names none; without this one is made from its content.
    :param outline: makes that of the source which its text was taken from; by default its text is the source.
    :param changed: the day its file was last changed, where the file is one article.
    :raises UnreadableError: if it has no text, or more than ``max_article_kb``.
    """
    record = plain_record(record)
    values = _values(record)
    unknown = [each for each in record.items() if each[0] not in _FIELD_OF and not known_field(str(each[0]))]
    body = cleaned_content(_long_text(values.get("body")), is_post=CONTENT in record)
    url = _url(values.get("url"))
    if looks_like_html(body):
        outline = outline or partial(outline_of_html, body)
        body = text_of_html(body)
    if not body.strip():
        raise UnreadableError(_no_text(record, values))
    return build_document(
        body,
        origin,
        settings,
        id=_name(values.get("id")),
        id_if_none=id_if_none,
        title=_title(values.get("title")),
        url=url,
        source=_source(values.get("source")),
        place=_name(values.get("place")),
        author=_name(values.get("author")),
        editor=_name(values.get("editor")),
        published=values.get("published"),
        record=record,
        changed=changed,
        lang=_language(values.get("lang")),
        topics=topics_of([value for name, value in record.items() if known_field(str(name)) == "topics"])
        if "topics" in values
        else (),
        metadata=metadata_of(unknown) if unknown else (),
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
    dated = day_of_record(published, url, settings, record=record, changed=changed)
    article = read_article(text, title, published=dated.day, latest=dated.latest)
    if not article.body:
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
        author=author or article.author,
        editor=editor or article.editor,
        published=article.published,
        lang=lang or "id",
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


def _values(record: Mapping[Any, Any]) -> dict[str, Any]:
    """What the record holds for each field, by the first of its :data:`NAMES` that holds something."""
    best: dict[str, tuple[int, Any]] = {}
    for name, value in record.items():
        if value is None or value == "" or not isinstance(name, str):
            continue
        if found := _FIELD_OF.get(name) or _field_called(name):
            field, rank = found
            if field not in best or rank < best[field][0]:
                best[field] = (rank, value)
    return {field: value for field, (_, value) in best.items()}


def _no_text(record: Mapping[Any, Any], values: Mapping[str, Any]) -> str:
    if "body" in values or any(known_field(str(name)) == "body" for name in record):
        return _("teksnya kosong")
    found = ", ".join(clean(str(name))[:40] for name in list(record)[:12]) or _("tidak ada")
    return _(
        "tidak berteks; ada: {found}; diharapkan salah satu dari: {expected}",
        found=found,
        expected=", ".join(NAMES["body"][:8]),
    )


def _text(value: Any) -> str:
    """A value as text: numbers as written, of an object its name, nothing of anything else."""
    if isinstance(value, str):
        return clean(value)
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        try:
            return str(value)
        except ValueError:  # an integer of more digits than Python converts
            return ""
    if isinstance(value, Mapping):
        inner = next((value[key] for key in ("name", "nama", "title", "rendered") if value.get(key)), "")
        return _text(inner) if isinstance(inner, str) else ""
    return ""


def _long_text(value: Any) -> str:
    if isinstance(value, list):
        return "\n\n".join(clean(item) for item in value if isinstance(item, str))
    return _text(value)


def _name(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, str) and value.isascii() and value.isprintable() and "  " not in value:
        return value.strip(" ")[:_LONGEST_NAME]  # the rule; the same as below
    if isinstance(value, (list, tuple)):
        return ", ".join(name for item in value[:10] if (name := _name(item)))[:_LONGEST_NAME]
    return tidy(_text(value).replace("\n", " "))[:_LONGEST_NAME]


def _title(value: Any) -> str:
    text = _text(value)
    if looks_like_html(text):
        text = text_of_html(text)
    return tidy(text.replace("\n", " "))[:_LONGEST_TITLE].strip()


def _source(value: Any) -> str:
    return _site_called(_name(value))


@lru_cache(_MOST_KEPT)
def _site_called(name: str) -> str:
    if "//" in name:
        return host_of(name) or name
    return domain_of(name) or name


def _url(value: Any) -> str:
    url = _name(value) if isinstance(value, str) and len(value) <= 2000 else ""
    return url if url.lower().startswith(("http://", "https://")) and " " not in url else ""


def host_of(url: str) -> str:
    """The site of an address, without ``www.``, or ``""``."""
    try:
        return (urlsplit(url).hostname or "").removeprefix("www.")
    except ValueError:
        return ""


def _language(value: Any) -> str:
    name = _name(value).replace("_", "-")
    if name.lower() in _LANGUAGE_NAMES:
        return _LANGUAGE_NAMES[name.lower()]
    return name if _LANGUAGE.fullmatch(name) else ""
