"""Articles whose text stands in parts: sections and blocks are one article, lists of articles are not."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from typing import Any

import pytest

from index.documents import Document
from index.sources.base import Skip

Read = Callable[..., list[Document | Skip]]

ONE = "Jembatan gantung di hulu sungai itu putus pada malam hari setelah hujan turun dua hari."
TWO = "Pemerintah desa menyewa rakit agar murid dan pedagang tetap dapat menyeberang setiap pagi."

SECTIONS: dict[str, Any] = {
    "paragraphs below headings": [
        {"heading": "Kejadian", "paragraphs": [ONE]},
        {"heading": "Bantuan", "paragraphs": [TWO]},
    ],
    "titles and texts": [{"judul": "Kejadian", "isi": ONE}, {"judul": "Bantuan", "isi": TWO}],
    "subtitles": [{"subjudul": "Kejadian", "teks": ONE}, {"subjudul": "Bantuan", "teks": TWO}],
    "nested": [{"heading": "Kejadian", "text": ONE, "children": [{"heading": "Bantuan", "text": TWO}]}],
    "anchors": [
        {"id": 1, "title": "Kejadian", "url": "#kejadian", "content": ONE},
        {"id": 2, "title": "Bantuan", "url": "#bantuan", "content": TWO},
    ],
    "texts with their section": [{"text": ONE, "section": "Kejadian"}, {"text": TWO, "section": "Bantuan"}],
    "names of tags": [{"h2": "Kejadian"}, {"p": ONE}, {"h2": "Bantuan"}, {"p": TWO}],
    "names of their own": {"Kejadian": ONE, "Bantuan": TWO},
    "questions": [{"question": "Kejadian", "answer": ONE}, {"question": "Bantuan", "answer": TWO}],
    "divisions": {"div": [{"head": "Kejadian", "p": [ONE]}, {"head": "Bantuan", "p": TWO}]},
}


@pytest.mark.parametrize("shape", SECTIONS)
@pytest.mark.parametrize("key", ["isi", "content", "sections", "bagian"])
def test_sections_of_one_article_are_one_article(read: Read, shape: str, key: str) -> None:
    parts = SECTIONS[shape]
    parts = [parts] if isinstance(parts, dict) and key in ("sections", "bagian") else parts
    record = {"judul": "Jembatan putus", "tanggal": "2025-02-02", key: parts}

    for content in (json.dumps(record), json.dumps([record]), json.dumps({"data": {"items": [record]}})):
        (item,) = read("a.json", content)
        assert isinstance(item, Document)
        assert item.title == "Jembatan putus"
        assert item.body == f"Kejadian\n\n{ONE}\n\nBantuan\n\n{TWO}"
        assert [span.kind for span in item.layout] == ["h", "h"]


@pytest.mark.parametrize("shape", SECTIONS)
def test_sections_in_a_cell_of_a_table_are_too(read: Read, shape: str) -> None:
    table = io.StringIO()
    csv.writer(table).writerows([["judul", "isi"], ["Jembatan putus", json.dumps(SECTIONS[shape])]])

    (item,) = read("a.csv", table.getvalue())

    assert isinstance(item, Document)
    assert item.body == f"Kejadian\n\n{ONE}\n\nBantuan\n\n{TWO}"


@pytest.mark.parametrize(
    ("key", "parts"),
    [
        ("pages", [{"page": 1, "content": ONE}, {"page": 2, "content": TWO}]),
        ("content", {"page1": ONE, "page2": TWO}),
        ("paragraphs", [{"p": ONE}, {"p": TWO}]),
        ("content", {"p": [ONE, TWO]}),
        ("sentences", [{"id": 0, "sentence": ONE}, {"id": 1, "sentence": TWO}]),
        ("body", [{"slice_type": "text", "primary": {"content": [{"text": text}]}} for text in (ONE, TWO)]),
        ("layout", [{"blockType": "content", "columns": [{"richText": text}]} for text in (ONE, TWO)]),
        ("blocks", [{"__component": "shared.rich-text", "id": 1, "body": text} for text in (ONE, TWO)]),
        ("pages", [{"layers": [{"elements": [{"type": "p", "text": text}]}]} for text in (ONE, TWO)]),
        (
            "content",
            [{"type": "text", "model": {"text": text, "blocks": [{"text": text}]}} for text in (ONE, TWO)],
        ),
        ("tubuh", [{"alinea": ONE}, {"alinea": TWO}]),
    ],
)
def test_parts_without_titles_are_paragraphs(read: Read, key: str, parts: Any) -> None:
    (item,) = read("a.json", json.dumps({"judul": "Jembatan putus", "penulis": "Sari", key: parts}))

    assert isinstance(item, Document)
    assert (item.title, item.author) == ("Jembatan putus", "Sari")
    assert item.body == f"{ONE}\n\n{TWO}"


def test_sections_stand_behind_the_text_that_they_go_on(read: Read) -> None:
    sections = [{"heading": "Bantuan", "paragraphs": [TWO]}]
    blocks = [{"type": "paragraph", "text": ONE}]

    (further,) = read("a.json", json.dumps({"judul": "Jembatan putus", "isi": ONE, "sections": sections}))
    (repeated,) = read("a.json", json.dumps({"judul": "Jembatan putus", "isi": ONE, "blocks": blocks}))

    assert isinstance(further, Document)
    assert isinstance(repeated, Document)
    assert further.body == f"{ONE}\n\nBantuan\n\n{TWO}"
    assert repeated.body == ONE


PLAIN = [{"judul": "Jembatan putus", "isi": ONE}, {"judul": "Rakit disewa", "isi": TWO}]
DATED = [{**article, "tanggal": f"2025-02-0{day}"} for day, article in enumerate(PLAIN, start=2)]
LINKED = [{**article, "link": f"https://koran.example/{number}"} for number, article in enumerate(PLAIN)]


@pytest.mark.parametrize(
    "value",
    [
        {"title": "Koran Hulu", "link": "https://koran.example", "content": PLAIN},
        {"title": "Koran Hulu", "content": DATED},
        {"title": "Koran Hulu", "date": "2025-03-01", "blocks": LINKED},
        {"judul": "Kliping", "berita": PLAIN},
        {"judul": "Edisi", "tanggal": "2025-02-02", "sections": [{"title": "Desa", "articles": PLAIN}]},
        {"title": "Laman", "pages": PLAIN},
        {"content": PLAIN, "totalPages": 9},
        {"sections": [{"name": "Desa", "posts": PLAIN[:1]}, {"name": "Kota", "posts": PLAIN[1:]}]},
        {"judul": "Kumpulan", "data": [{"kolom_1": f"{ONE} {TWO} {ONE}"}, {"kolom_1": f"{TWO} {ONE} {TWO}"}]},
    ],
)
def test_a_list_of_articles_below_a_title_stays_one(read: Read, value: Any) -> None:
    items = read("a.json", json.dumps(value))

    assert [isinstance(item, Document) for item in items] == [True, True]


@pytest.mark.parametrize(
    "beside",
    [
        {"sections": ["Desa", "Bencana Alam dan Cuaca Buruk Sekali"]},
        {"section": {"id": 4, "name": "Desa", "description": "Semua kabar dari desa di hulu sungai"}},
        {"sections": [{"id": 4, "name": "Desa", "description": "Semua kabar dari desa di hulu sungai"}]},
        {"elements": {"image": {"caption": "Jembatan gantung sebelum putus pada malam itu"}}},
        {"components": [{"type": "newsletter", "text": "Langganan kabar desa kami setiap pagi tanpa biaya"}]},
    ],
)
def test_what_is_called_like_parts_and_is_none_adds_no_text(read: Read, beside: dict[str, Any]) -> None:
    (item,) = read("a.json", json.dumps([{"judul": "Jembatan putus", "isi": ONE, **beside}]))

    assert isinstance(item, Document)
    assert item.body == ONE
