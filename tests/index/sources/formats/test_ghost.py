"""What Ghost exports: posts by whatever editor, with authors and tags."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from index.documents import Document
from index.sources.base import Skip

Read = Callable[..., list[Document | Skip]]

POST: dict[str, Any] = {
    "id": "p1",
    "uuid": "1b2c",
    "title": "Pasar & Warung",
    "slug": "pasar",
    "html": "<p>SERANG - Pasar baru dibuka.</p><h2>Latar</h2><p>Warga senang.</p>",
    "plaintext": "Pasar baru dibuka.",
    "status": "published",
    "type": "post",
    "visibility": "public",
    "published_at": "2024-02-06T03:00:00.000Z",
}


def export(*changes: dict[str, Any], **tables: list[dict[str, Any]]) -> str:
    """An export with posts, which differ in what is said, and other tables."""
    data = {"posts": [POST | change for change in changes], **tables}
    return json.dumps({"db": [{"meta": {"version": "5.80.0"}, "data": data}]})


def test_a_post_is_read_with_its_structure_and_authors(read: Read) -> None:
    (post,) = read(
        "ghost.json",
        export(
            {},
            users=[{"id": "u1", "name": "Ana Sari"}, {"id": "u2", "name": "Budi"}],
            posts_authors=[
                {"post_id": "p1", "author_id": "u2", "sort_order": 1},
                {"post_id": "p1", "author_id": "u1", "sort_order": 0},
            ],
            posts_meta=[{"post_id": "p1", "canonical_url": "https://kabar.example/pasar/"}],
        ),
    )
    assert isinstance(post, Document)
    assert (post.title, post.author, post.place) == ("Pasar & Warung", "Ana Sari, Budi", "Serang")
    assert post.body == "Pasar baru dibuka.\n\nLatar\n\nWarga senang."
    assert [span.kind for span in post.layout] == ["h"]
    assert (post.url, post.published) == ("https://kabar.example/pasar/", date(2024, 2, 6))


def test_drafts_and_what_only_members_read_are_counted(read: Read) -> None:
    found = read(
        "ghost.json",
        export(
            {"status": "draft"},
            {"id": "p2"},
            {"status": "scheduled"},
            {"visibility": "paid"},
            {"status": "draft"},
        ),
    )
    assert [each.origin for each in found if isinstance(each, Document)] == ["arsip/ghost.json:2"]
    assert [each.reason for each in found if isinstance(each, Skip)] == [
        "2 items left out: draft",
        "1 items left out: scheduled",
        "1 items left out: for members only (paid)",
    ]


LEXICAL = {
    "root": {
        "type": "root",
        "children": [
            {"type": "image", "src": "https://kabar.example/a.jpg", "caption": "<b>Suasana</b>"},
            {"type": "paragraph", "children": [
                {"type": "extended-text", "text": "Pasar <baru> ", "format": 1},
                {"type": "link", "url": "https://a.id", "children": [{"type": "text", "text": "dibuka"}]},
                {"type": "linebreak"},
                {"type": "text", "text": "pekan ini."},
            ]},
            {"type": "extended-heading", "tag": "h3", "children": [{"type": "text", "text": "Latar"}]},
            {"type": "list", "listType": "number", "children": [
                {"type": "listitem", "children": [{"type": "text", "text": "satu"}]},
                {"type": "listitem", "children": [{"type": "text", "text": "dua"}]},
            ]},
            {"type": "callout", "calloutText": "<p>Catatan</p>"},
            {"type": "markdown", "markdown": "Teks **tebal**"},
            {"type": "bookmark", "url": "https://lain.example", "metadata": {"title": "Lain"}},
            {"type": "tak-dikenal", "children": [{"type": "text", "text": "Akhir"}]},
        ],
    }
}  # fmt: skip

MOBILEDOC = {
    "version": "0.3.1",
    "markups": [["a", ["href", "https://kabar.example/b"]], ["strong"]],
    "atoms": [["soft-return", "", {}]],
    "cards": [
        ["markdown", {"markdown": "Teks **tebal**"}], ["bookmark", {"url": "x"}],
        ["html", {"html": "<p>Akhir</p>"}],
    ],
    "sections": [
        [1, "p", [
            [0, [1], 1, "Pasar <baru> "], [0, [0], 1, "dibuka"], [1, [], 0, 0], [0, [], 0, "pekan ini."],
        ]],
        [1, "h3", [[0, [], 0, "Latar"]]],
        [3, "ol", [[[0, [], 0, "satu"]], [[0, [], 0, "dua"]]]],
        [10, 0],
        [10, 1],
        [10, 2],
        [10, 99],
        "rusak",
    ],
}  # fmt: skip


@pytest.mark.parametrize(
    ("column", "document", "lines"),
    [
        ("lexical", LEXICAL, ["Suasana", "Latar", "satu", "dua", "Catatan", "Teks tebal", "Akhir"]),
        ("mobiledoc", MOBILEDOC, ["Latar", "satu", "dua", "Teks tebal", "Akhir"]),
    ],
)
def test_documents_of_its_editors_are_read_where_there_is_no_html(
    read: Read, column: str, document: Any, lines: list[str]
) -> None:
    (post,) = read("ghost.json", export({"html": None, column: json.dumps(document)}))

    assert isinstance(post, Document)
    assert "Pasar <baru> dibuka" in post.body
    assert [line for line in post.body.split("\n\n") if line in lines] == lines
    kinds = {span.kind for span in post.layout}
    assert {"a", "h", "ol", "li"} <= kinds


def test_plain_text_is_the_last_resort(read: Read) -> None:
    for broken in ("{", "[]", '{"root": 5}', "null"):
        (post,) = read("ghost.json", export({"html": "", "lexical": broken}))
        assert isinstance(post, Document)
        assert post.body == "Pasar baru dibuka."


def test_an_export_without_posts_says_so(read: Read) -> None:
    (skip,) = read("ghost.json", export())
    assert isinstance(skip, Skip)
    assert "without a single post" in skip.reason


def test_deep_nesting_is_no_danger(read: Read) -> None:
    node: dict[str, Any] = {"type": "text", "text": "Pasar baru dibuka pekan ini."}
    for _depth in range(200):
        node = {"type": "paragraph", "children": [node]}
    (post,) = read("ghost.json", export({"html": "", "lexical": json.dumps({"root": node})}))
    assert isinstance(post, Document)
    assert post.body == "Pasar baru dibuka pekan ini."


def test_an_export_over_the_limit_names_it(read: Read) -> None:
    (skip,) = read("ghost.json", export({"plaintext": "kata " * 500}), max_input_mb=0.001)
    assert isinstance(skip, Skip)
    assert "max_input_mb" in skip.reason


def test_a_record_that_begins_like_an_export_is_read_as_the_record_that_it_is(read: Read) -> None:
    (article,) = read("satu.json", json.dumps({"db": ["a"], "title": "Pasar", "body": "Pasar baru dibuka."}))
    assert isinstance(article, Document)
    assert article.title == "Pasar"
