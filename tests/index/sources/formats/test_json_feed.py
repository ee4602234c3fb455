"""JSON Feed, and Blogger's feeds as JSON."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from typing import Any

from index.documents import Document
from index.sources.base import Skip

Read = Callable[..., list[Document | Skip]]
ReadDocument = Callable[..., Document]


def feed(*items: Any, **more: Any) -> str:
    return json.dumps(
        {"version": "https://jsonfeed.org/version/1.1", "title": "Kabar", **more, "items": items}
    )


def test_an_item_with_html_keeps_its_structure(document: ReadDocument) -> None:
    read = document(
        "umpan.json",
        feed(
            {
                "id": "https://kabar.example/1",
                "url": "/1",
                "title": "Pasar",
                "content_html": "Pasar <b>baru</b> dibuka.<h2>Latar</h2><p>Warga senang.</p>",
                "content_text": "Pasar baru dibuka.",
                "summary": "Ringkas",
                "date_published": "2024-02-06T01:00:00+07:00",
                "authors": [{"name": "Ana Sari"}, {"url": "x"}, {"name": "Budi"}],
            },
            home_page_url="https://kabar.example/",
        ),
    )
    assert read.body == "Pasar baru dibuka.\n\nLatar\n\nWarga senang."
    assert (read.url, read.author, read.published) == (
        "https://kabar.example/1",
        "Ana Sari, Budi",
        date(2024, 2, 6),
    )
    assert [span.kind for span in read.layout] == ["h"]


def test_plain_text_keeps_its_signs(document: ReadDocument) -> None:
    assert (
        document("umpan.json", feed({"id": 1, "content_text": "Harga 3 < 5 ribu."})).body
        == "Harga 3 < 5 ribu."
    )


def test_version_1_has_one_author_and_the_feed_may_name_one_for_all(read: Read) -> None:
    first, second = read(
        "umpan.json",
        feed(
            {"id": 1, "content_text": "Pasar dibuka.", "author": {"name": "Ana"}},
            {"id": 2, "content_text": "Warga senang."},
            author={"name": "Redaksi Kabar"},
        ),
    )
    assert isinstance(first, Document)
    assert isinstance(second, Document)
    assert (first.author, second.author) == ("Ana", "Redaksi Kabar")


def test_a_summary_is_read_and_counted_and_a_bad_item_is_skipped(read: Read) -> None:
    article, bad, count = read("umpan.json", feed({"id": 1, "summary": "Pasar dibuka."}, 5))
    assert isinstance(article, Document)
    assert isinstance(bad, Skip)
    assert isinstance(count, Skip)
    assert count.reason.startswith("1 articles are only summaries")


def test_a_feed_of_blogger_as_json(document: ReadDocument) -> None:
    entry = {
        "id": {"$t": "tag:blogger.com,1999:blog-1.post-2"},
        "published": {"$t": "2012-03-04T05:06:00.000+07:00"},
        "category": [{"scheme": "http://www.blogger.com/atom/ns#", "term": "Pasar"}],
        "title": {"type": "text", "$t": "Pasar"},
        "content": {"type": "html", "$t": "Pagi.<br /><br />Siang."},
        "link": [
            {"rel": "self", "href": "https://x.example"},
            {"rel": "alternate", "href": "https://blog.example/a.html"},
        ],
        "author": [{"name": {"$t": "Budi"}}],
    }
    read = document("umpan.json", json.dumps({"version": "1.0", "feed": {"entry": [entry]}}))
    assert (read.body, read.author, read.url) == ("Pagi.\n\nSiang.", "Budi", "https://blog.example/a.html")
    assert read.published == date(2012, 3, 4)
