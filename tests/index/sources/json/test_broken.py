"""Broken JSON: what can be read is read, and what cannot is told with its place."""

from __future__ import annotations

import gzip
import json
import random
from collections.abc import Callable
from typing import Any

import pytest

from index.documents import Document
from index.sources.base import Skip

Read = Callable[..., list[Document | Skip]]
Articles = list[dict[str, Any]]

TITLES = ["Berita ke-1", "Berita ke-2", "Berita ke-3"]


def titles(items: list[Document | Skip]) -> list[str]:
    return [item.title for item in items if isinstance(item, Document)]


def skips(items: list[Document | Skip]) -> dict[str, str]:
    return {item.source: item.reason for item in items if isinstance(item, Skip)}


def listed(values: list[str]) -> str:
    return "[\n" + ",\n".join(values) + "\n]"


@pytest.mark.parametrize(
    "bad",
    [
        '{"judul": "Ia berkata "siap"", "isi": "Teks."}',
        '{"judul": "Tanpa titik dua" "isi": "Teks."}',
        '{"judul": "Kutip tidak ditutup, "isi": "Teks."}',
        '{"judul": "Kurung tidak ditutup", "isi": "Teks."',
        "7",
        "null",
        '{"judul": "Tanpa isi"}',
        "[]",
    ],
)
def test_a_bad_element_is_one_skip_and_the_others_count(read: Read, articles: Articles, bad: str) -> None:
    texts = [json.dumps(article) for article in articles]

    items = read("a.json", listed([texts[0], bad, texts[1], texts[2]]))

    assert titles(items) == TITLES
    assert len(skips(items)) == 1
    assert next(iter(skips(items))).startswith("arsip/a.json:2")


def test_a_file_that_was_cut_off_keeps_what_comes_before_and_says_where(
    read: Read, articles: Articles
) -> None:
    whole = listed([json.dumps(article) for article in articles])

    within = read("a.json", whole[: whole.index("ke-3") + 30])
    between = read("a.json", whole[: whole.rindex("{") - 1])

    assert titles(within) == titles(between) == TITLES[:2]
    assert list(skips(within)) == ["arsip/a.json:3"]
    assert "begins at line 4" in skips(within)["arsip/a.json:3"]
    assert "at line 3" in skips(between)["arsip/a.json"]
    assert "cut off" in skips(between)["arsip/a.json"]


def test_compressed_data_that_was_cut_off_keeps_what_comes_before(read: Read, articles: Articles) -> None:
    random.seed(4)
    many = [{**articles[n % 3], "id": f"a{n}", "acak": random.randbytes(300).hex()} for n in range(900)]
    packed = gzip.compress(json.dumps(many).encode())

    items = read("a.json.gz", packed[: len(packed) // 2])

    assert 300 < len(titles(items)) < 600
    assert "gzip" in list(skips(items).values())[-1]


@pytest.mark.parametrize(
    "slip", ['"skor": NaN', '"kode": "\\ud800"', '"catatan": "baris\nbaris"', '"a": [1, 2,],']
)
def test_slips_of_programs_spoil_nothing(read: Read, articles: Articles, slip: str) -> None:
    spoiled = json.dumps(articles[1])[:-1] + f", {slip}}}"

    items = read("a.json", listed([json.dumps(articles[0]), spoiled, json.dumps(articles[2])]))

    assert titles(items) == TITLES


def test_a_value_of_python_is_told_apart(read: Read, articles: Articles) -> None:
    items = read("a.jsonl", "\n".join(str({**article, "waktu": lambda: 0}) for article in articles))

    assert all("json.dumps" in reason for reason in skips(items).values())
    assert len(skips(items)) == 3


def test_an_element_over_the_limit_is_told_and_the_others_count(read: Read, articles: Articles) -> None:
    long_one = {**articles[1], "isi": "kata panjang " * 1000}
    in_blocks = {**articles[1], "isi": [{"type": "paragraph", "text": "kata panjang " * 20}] * 100}

    for bad in (long_one, in_blocks):
        items = read("a.json", json.dumps([articles[0], bad, articles[2]], indent=1), max_article_kb=2)

        assert titles(items) == [TITLES[0], TITLES[2]]
        assert "max_article_kb" in skips(items)["arsip/a.json:2"]


@pytest.mark.parametrize(
    "content", ["[" * 100_000, '{"a":' * 9_000, '["' * 50_000, "]" * 100_000, '{"a": "' + "x" * 10**6]
)
def test_senseless_nesting_is_a_skip(read: Read, content: str) -> None:
    items = read("a.json", content)

    assert not titles(items)
    assert 1 <= len(skips(items)) <= 101


def test_a_file_of_anything_is_read_to_its_end(read: Read, articles: Articles) -> None:
    random.seed(7)
    whole = "\n".join(json.dumps(article, indent=random.choice([None, 1])) for article in articles * 5)

    for _ in range(60):
        place = random.randrange(len(whole))
        spoiled = whole[:place] + random.choice(['"', "}", "{", "]", "[", "\\", ""]) + whole[place + 1 :]
        items = read(random.choice(["a.json", "a.jsonl"]), spoiled)
        assert len(titles(items)) + len(skips(items)) >= 14, spoiled[place - 20 : place + 20]
