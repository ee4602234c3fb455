"""Wrapped articles: what databases, search engines and interfaces put around them, and beside them."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from index.documents import Document
from index.sources.base import Skip

Read = Callable[..., list[Document | Skip]]
Articles = list[dict[str, Any]]

TITLES = ["Berita ke-1", "Berita ke-2", "Berita ke-3"]


def as_dynamo(article: dict[str, str]) -> dict[str, Any]:
    return {"Item": {name: {"S": value} for name, value in article.items()} | {"dibaca": {"N": "7"}}}


def as_firestore(article: dict[str, str]) -> dict[str, Any]:
    return {
        "name": "projects/koran/a",
        "fields": {name: {"stringValue": held} for name, held in article.items()},
    }


WRAPPED: dict[str, Callable[[Articles], Any]] = {
    "list under an own name": lambda a: {"status": "ok", "jumlahSemua": 3, "tulisan": a},
    "list below": lambda a: {"data": {"posts": a, "halaman": {"kini": 1}}},
    "list far below": lambda a: {"props": {"pageProps": {"isi_halaman": [{"blok": {"kabar": a}}]}}},
    "several lists": lambda a: {"utama": a[:1], "lain": a[1:]},
    "page of an interface": lambda a: {"content": a, "totalPages": 9, "number": 0},
    "article in an envelope": lambda a: [{"status": 200, "article": article} for article in a],
    "hits": lambda a: {
        "hits": {"total": 3, "hits": [{"_id": f"e{n}", "_source": x} for n, x in enumerate(a)]}
    },
    "hits with fields": lambda a: {
        "hits": {
            "hits": [{"_id": f"f{n}", "fields": {k: [v] for k, v in x.items()}} for n, x in enumerate(a)]
        }
    },
    "Solr": lambda a: {
        "responseHeader": {"status": 0},
        "response": {"docs": [{k: [v] for k, v in x.items()} for x in a]},
    },
    "GraphQL": lambda a: {
        "data": {"artikel": {"edges": [{"cursor": "x", "node": x} for x in a], "pageInfo": {}}}
    },
    "JSON:API": lambda a: {
        "data": [{"type": "berita", "id": f"{n}", "attributes": x} for n, x in enumerate(a)]
    },
    "CouchDB": lambda a: {
        "total_rows": 4,
        "rows": [
            *({"id": f"c{n}", "key": f"c{n}", "value": {"rev": "1-a"}, "doc": x} for n, x in enumerate(a)),
            {"id": "_design/umum", "doc": {"_id": "_design/umum", "views": {"a": {"map": "function(d) {}"}}}},
        ],
    },
    "Django": lambda a: [{"model": "koran.berita", "pk": n, "fields": x} for n, x in enumerate(a)],
    "phpMyAdmin": lambda a: [
        {"type": "header", "version": "5.2.1", "comment": "Export to JSON plugin"},
        {"type": "database", "name": "koran"},
        {"type": "table", "name": "berita", "database": "koran", "data": a},
    ],
    "Google's sheets, for scripts": lambda a: {
        "table": {
            "cols": [{"id": "A", "label": name} for name in a[0]],
            "rows": [{"c": [{"v": value} for value in x.values()]} for x in a],
        }
    },
    "Google's sheets, as a feed": lambda a: {
        "feed": {"entry": [{f"gsx${name}": {"$t": value} for name, value in x.items()} for x in a]}
    },
    "beside what is known of it": lambda a: [
        {"text": x["isi"], "meta": {"title": x["judul"], "date": x["tanggal"]}} for x in a
    ],
    "DynamoDB": lambda a: [as_dynamo(article) for article in a],
    "Firestore": lambda a: {"documents": [as_firestore(article) for article in a]},
}


@pytest.mark.parametrize("wrapped", WRAPPED)
def test_articles_are_found_in_what_is_around_them(read: Read, articles: Articles, wrapped: str) -> None:
    items = read("a.json", json.dumps(WRAPPED[wrapped](articles)))

    assert [getattr(item, "title", item) for item in items] == TITLES


@pytest.mark.parametrize(
    "wrapped", ["hits", "JSON:API", "Django", "CouchDB", "list below", "list under an own name"]
)
def test_they_are_found_too_where_all_is_longer_than_an_article_may_be(
    read: Read, articles: Articles, wrapped: str
) -> None:
    items = read("a.json", json.dumps(WRAPPED[wrapped](articles * 20), indent=1), max_article_kb=2)

    assert [getattr(item, "title", item) for item in items] == TITLES * 20


def test_pages_of_an_interface_may_stand_line_by_line(read: Read, articles: Articles) -> None:
    pages = [{"page": 1, "items": articles[:2]}, {"page": 2, "items": articles[2:]}]

    items = read("a.jsonl", "\n".join(map(json.dumps, pages)))

    assert [getattr(item, "title", item) for item in items] == TITLES
    assert [item.origin for item in items if isinstance(item, Document)] == [
        "arsip/a.jsonl:1:1",
        "arsip/a.jsonl:1:2",
        "arsip/a.jsonl:2",
    ]


def test_ids_stand_beside_or_above_an_article(read: Read, articles: Articles) -> None:
    def ids(content: str, name: str = "a.json") -> list[str]:
        return [item.id for item in read(name, content) if isinstance(item, Document)]

    named = json.dumps({"-Nab": articles[0], "-Ncd": articles[1]})
    bulk = "".join(
        f'{{"index":{{"_id":"b{n}"}}}}\n{json.dumps(article)}\n' for n, article in enumerate(articles)
    )

    assert ids(json.dumps(WRAPPED["hits"](articles))) == ["e0", "e1", "e2"]
    assert ids(json.dumps(WRAPPED["CouchDB"](articles))) == ["c0", "c1", "c2"]
    assert ids(named) == ["-Nab", "-Ncd"]
    assert ids(bulk) == ids(bulk, "a.ndjson") == ["b0", "b1", "b2"]


def test_a_key_that_only_counts_is_no_id(read: Read, articles: Articles) -> None:
    items = read("a.json", json.dumps({"0": articles[0], "1": articles[1]}))

    assert all(item.id.startswith("Berita-ke-") for item in items if isinstance(item, Document))


@pytest.mark.parametrize(
    "beside",
    [
        {"komentar": [{"nama": "Wati", "isi": "Setuju sekali dengan berita ini, semoga lekas selesai."}]},
        {
            "penulis": [
                {"nama": "Sari", "isi": "Wartawan sejak 2010 dan menulis tentang desa serta pertanian."}
            ]
        },
        {"tags": [{"name": "desa"}, {"name": "kota"}]},
        {"included": [{"type": "penulis", "attributes": {"nama": "Sari"}}]},
    ],
)
def test_what_stands_beside_articles_is_none(read: Read, articles: Articles, beside: dict[str, Any]) -> None:
    items = read("a.json", json.dumps({"berita": articles, **beside}))

    assert [getattr(item, "title", item) for item in items] == TITLES


def test_what_stands_within_an_article_is_none(read: Read, articles: Articles) -> None:
    article = {**articles[0], "terkait": articles[1:], "komentar": [{"isi": "Setuju."}]}

    items = read("a.json", json.dumps([article]))

    assert [getattr(item, "title", item) for item in items] == TITLES[:1]


@pytest.mark.parametrize(
    "written",
    [
        {"$date": "2024-02-12T03:15:00Z"},
        {"$date": {"$numberLong": "1707707700000"}},
        {"$timestamp": {"t": 1707707700, "i": 1}},
        {"date": "2024-02-12 10:15:00.000000", "timezone_type": 3, "timezone": "Asia/Jakarta"},
        {"seconds": 1707707700, "nanoseconds": 0},
        {"timestampValue": "2024-02-12T03:15:00Z"},
        "2024-02-12",
    ],
)
def test_moments_of_databases_are_days(read: Read, articles: Articles, written: Any) -> None:
    (item,) = read("a.json", json.dumps([{**articles[0], "tanggal": written}]))

    assert isinstance(item, Document)
    assert item.published == date(2024, 2, 12)


def test_data_about_a_text_fill_only_what_the_text_itself_leaves_out(read: Read, articles: Articles) -> None:
    about = {"title": "Untuk mesin pencari", "url": "https://koran.example/a", "text": "Lain.", "skor": 3}

    (item,) = read("a.json", json.dumps([{**articles[0], "metadata": about}]))

    assert isinstance(item, Document)
    assert (item.title, item.url, item.body) == (
        "Berita ke-1", "https://koran.example/a", articles[0]["isi"]
    )  # fmt: skip


def test_ids_of_mongodb_are_read(read: Read, articles: Articles) -> None:
    line = json.dumps({"_id": {"$oid": "65c9a1b2c3d4e5f60123aaaa"}, **articles[0]})

    items = read("a.json", f"{line}\n{line.replace('aaaa', 'bbbb')}")

    assert [item.id for item in items if isinstance(item, Document)] == [
        "65c9a1b2c3d4e5f60123aaaa",
        "65c9a1b2c3d4e5f60123bbbb",
    ]
