"""Posts of WordPress as its REST interface and its table give them."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from index.documents import Document
from index.sources.base import Skip
from index.sources.systems.posts import plain_record

Read = Callable[..., list[Document | Skip]]
ReadDocument = Callable[..., Document]

POST: dict[str, Any] = {
    "id": 9,
    "date": "2024-02-06T07:30:00",
    "date_gmt": "2024-02-06T00:30:00",
    "guid": {"rendered": "https://contoh.id/?p=9"},
    "status": "publish",
    "type": "post",
    "link": "https://contoh.id/2024/pasar/",
    "title": {"rendered": "Pasar &#8216;Baru&#8217; &#038; Warung"},
    "content": {
        "rendered": "<p>CIAMIS &#8211; Pasar baru dibuka.</p>\n<p>Warga <em>senang</em>.</p>\n",
        "protected": False,
    },
    "excerpt": {"rendered": "<p>Pasar baru [&hellip;]</p>\n"},
    "author": 4,
    "categories": [3],
}


def posts(*changes: dict[str, Any]) -> str:
    return json.dumps([POST | change for change in changes])


class TestRest:
    def test_a_post_is_read_as_the_site_shows_it(self, document: ReadDocument) -> None:
        read = document("posts.json", posts({}))

        assert read.title == "Pasar ‘Baru’ & Warung"
        assert read.body == "Pasar baru dibuka.\n\nWarga senang."
        assert (read.place, read.published) == ("Ciamis", date(2024, 2, 6))
        assert (read.url, read.source) == ("https://contoh.id/2024/pasar/", "contoh.id")

    def test_the_number_of_an_account_is_no_author(self, document: ReadDocument) -> None:
        assert document("posts.json", posts({})).author == ""

    @pytest.mark.parametrize(
        "named",
        [
            {"_embedded": {"author": [{"id": 4, "name": "Ana &amp; Tim"}]}},
            {"yoast_head_json": {"author": "Ana &#038; Tim"}},
            {"author_info": {"display_name": "Ana & Tim"}},
            {"coauthors": [{"display_name": "Ana & Tim"}]},
            {"author": "Ana & Tim"},
        ],
    )
    def test_the_author_is_taken_from_where_plugins_put_it(
        self, document: ReadDocument, named: dict[str, Any]
    ) -> None:
        assert document("posts.json", posts(named)).author == "Ana & Tim"

    def test_categories_and_tags_are_its_topics(self) -> None:
        terms = [
            [
                {"taxonomy": "category", "name": "Ekonomi &amp; Bisnis"},
                {"taxonomy": "category", "name": "Uncategorized"},
            ],
            [{"taxonomy": "post_tag", "name": "pasar"}, {"taxonomy": "post_format", "name": "galeri"}],
        ]
        assert plain_record(POST | {"_embedded": {"wp:term": terms}})["topics"] == [
            "Ekonomi & Bisnis",
            "pasar",
        ]

    def test_an_excerpt_stands_in_for_a_missing_text(self, document: ReadDocument) -> None:
        assert document("posts.json", posts({"content": {"rendered": ""}})).body == "Pasar baru"

    @pytest.mark.parametrize(
        ("change", "why"),
        [
            ({"status": "draft"}, "draft"),
            ({"status": "private"}, "private"),
            ({"type": "attachment"}, "attachment"),
            ({"content": {"rendered": ""}, "excerpt": {"rendered": "", "protected": True}}, "password"),
        ],
    )
    def test_what_readers_do_not_see_is_left_out(self, read: Read, change: dict[str, Any], why: str) -> None:
        first, second = read("posts.json", posts(change, {}))
        assert isinstance(first, Skip)
        assert why in first.reason
        assert isinstance(second, Document)

    def test_the_answer_to_a_page_that_is_not_there_says_what_it_is(self, skip: Callable[..., Skip]) -> None:
        answer = {"code": "rest_post_invalid_page_number", "message": "x", "data": {"status": 400}}
        assert "no text" in skip("posts-9.json", json.dumps(answer)).reason


class TestTable:
    COLUMNS = (
        "ID",
        "post_author",
        "post_date",
        "post_content",
        "post_title",
        "post_status",
        "post_type",
        "guid",
    )

    def table(self, *rows: tuple[str, ...]) -> str:
        text = io.StringIO()
        csv.writer(text).writerows((self.COLUMNS, *rows))
        return text.getvalue()

    def test_published_rows_are_articles_and_the_others_say_why_they_are_not(self, read: Read) -> None:
        content = "SERANG - Pasar <b>baru</b> dibuka.\n\nWarga senang."
        common = ("4", "2024-02-06 07:30:00", content, "Pasar &amp; Warung")
        found = read(
            "wp_posts.csv",
            self.table(
                ("1", *common, "publish", "post", "https://contoh.id/?p=1"),
                ("2", *common, "inherit", "revision", "https://contoh.id/?p=2"),
                ("3", *common, "publish", "nav_menu_item", "https://contoh.id/?p=3"),
                ("4", *common, "trash", "page", "https://contoh.id/?page_id=4"),
            ),
        )
        article, *others = found

        assert isinstance(article, Document)
        assert (article.title, article.place, article.author) == ("Pasar & Warung", "Serang", "")
        assert article.body == "Pasar baru dibuka.\n\nWarga senang."
        assert (article.url, article.published) == ("https://contoh.id/?p=1", date(2024, 2, 6))
        reasons = [other.reason for other in others if isinstance(other, Skip)]
        assert len(reasons) == 3
        for reason, word in zip(reasons, ("revision", "menu", "trash"), strict=True):
            assert word in reason

    def test_columns_that_were_joined_to_it_are_kept(self) -> None:
        row = {
            "post_content": "Isi",
            "post_author": "Ana",
            "permalink": "https://contoh.id/a",
            "guid": "x",
            "dibaca": 5,
        }
        record = plain_record(row)
        assert (record["author"], record["permalink"], record["dibaca"]) == ("Ana", "https://contoh.id/a", 5)
        assert record.keys() == {"post_content", "author", "permalink", "dibaca"}


def test_any_other_record_is_left_alone() -> None:
    record = {"title": "Pasar", "content": "Isi", "status": "draft"}
    assert plain_record(record) is record
