"""Layouts of JSON: the same articles come in however they are written, and whatever the file is called."""

from __future__ import annotations

import gzip
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
DAYS = [date(2024, 2, day) for day in (1, 2, 3)]


def by_columns(articles: Articles) -> dict[str, list[str]]:
    return {name: [article[name] for article in articles] for name in articles[0]}


def numbered(values: list[Any]) -> dict[str, Any]:
    return {str(number): value for number, value in enumerate(values)}


def rows(articles: Articles) -> list[list[str]]:
    return [list(article.values()) for article in articles]


def head(articles: Articles) -> list[str]:
    return list(articles[0])


LAYOUTS: dict[str, Callable[[Articles], str]] = {
    "lines": lambda a: "\n".join(map(json.dumps, a)),
    "lines with commas": lambda a: ",\n".join(map(json.dumps, a)),
    "lines with carriage returns": lambda a: "\r\n".join(map(json.dumps, a)) + "\r\n",
    "array": lambda a: json.dumps(a),
    "array of lines": lambda a: "[\n" + ",\n".join(map(json.dumps, a)) + "\n]",
    "array with a comma at its end": lambda a: "[\n" + ",\n".join(map(json.dumps, a)) + ",\n]",
    "indented array": lambda a: json.dumps(a, indent=4),
    "values in a row": lambda a: "".join(map(json.dumps, a)),
    "indented values in a row": lambda a: "\n".join(json.dumps(each, indent=2) for each in a),
    "text sequence": lambda a: "".join(f"\x1e{json.dumps(each)}\n" for each in a),
    "arrays in a row": lambda a: json.dumps(a[:1]) + json.dumps(a[1:]),
    "arrays of lines in a row": lambda a: (
        f"[\n{json.dumps(a[0])}\n][\n" + ",\n".join(map(json.dumps, a[1:])) + "\n]"
    ),
    "an array in each line": lambda a: json.dumps(a[:2]) + "\n" + json.dumps(a[2:]) + "\n",
    "array of arrays": lambda a: json.dumps([a[:2], a[2:]]),
    "script": lambda a: f"jQuery123({json.dumps({'items': a})});",
    "variable": lambda a: f"window.berita = {json.dumps(a)};\n",
    "numbered objects": lambda a: json.dumps(numbered(a)),
    "named objects": lambda a: json.dumps({f"-Nx{n}": each for n, each in enumerate(a)}),
    "columns of lists": lambda a: json.dumps(by_columns(a)),
    "columns of numbered values": lambda a: json.dumps({n: numbered(v) for n, v in by_columns(a).items()}),
    "indented columns": lambda a: json.dumps({n: numbered(v) for n, v in by_columns(a).items()}, indent=1),
    "split": lambda a: json.dumps({"columns": head(a), "index": [0, 1, 2], "data": rows(a)}),
    "rows below their names": lambda a: json.dumps([head(a), *rows(a)]),
    "rows of a spreadsheet": lambda a: json.dumps({"range": "A1:C4", "values": [head(a), *rows(a)]}),
    "a row in each line": lambda a: "\n".join(map(json.dumps, [head(a), *rows(a)])),
    "described rows": lambda a: json.dumps(
        {"fields": [{"id": name} for name in head(a)], "records": rows(a)}
    ),
}


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("name", ["a.json", "a.jsonl"])
def test_every_article_comes_in_whatever_the_layout(
    read: Read, articles: Articles, layout: str, name: str
) -> None:
    items = read(name, LAYOUTS[layout](articles))

    assert [getattr(item, "title", item) for item in items] == TITLES
    assert [item.published for item in items if isinstance(item, Document)] == DAYS
    assert [item.body for item in items if isinstance(item, Document)] == [each["isi"] for each in articles]


@pytest.mark.parametrize("layout", ["array", "values in a row", "named objects", "split", "indented array"])
def test_a_file_longer_than_an_article_may_be_is_read_a_part_at_a_time(
    read: Read, articles: Articles, layout: str
) -> None:
    many = [{**article, "judul": f"{article['judul']}-{n}"} for n in range(40) for article in articles]

    items = read("a.json", LAYOUTS[layout](many), max_article_kb=2)

    assert [getattr(item, "title", item) for item in items] == [article["judul"] for article in many]


def test_columns_longer_than_an_article_may_be_are_read_whole(read: Read, articles: Articles) -> None:
    columns = LAYOUTS["columns of numbered values"](articles * 40)

    assert (
        len([item for item in read("a.json", columns, max_article_kb=2) if isinstance(item, Document)]) == 120
    )
    (skip,) = read("a.json", columns, max_article_kb=2, max_input_mb=0.001)
    assert isinstance(skip, Skip)
    assert "orient='records'" in skip.reason


@pytest.mark.parametrize("layout", ["lines", "array", "indented values in a row"])
@pytest.mark.parametrize("name", ["a.json.gz", "a.ndjson.gz", "a.jl.gz"])
def test_compressed_files_are_read_likewise(read: Read, articles: Articles, layout: str, name: str) -> None:
    items = read(name, gzip.compress(LAYOUTS[layout](articles).encode()))

    assert [getattr(item, "title", item) for item in items] == TITLES


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-le", "cp1252"])
@pytest.mark.parametrize("layout", ["lines", "indented array"])
def test_every_usual_encoding_is_read_in_any_layout(read: Read, layout: str, encoding: str) -> None:
    content = (
        "[" * (layout != "lines")
        + '{"judul": "Pasar", "isi": "“Pasar” baru dibuka."}'
        + "]" * (layout != "lines")
    )

    (item,) = read("a.json", content.replace(",", ",\n").encode(encoding))

    assert isinstance(item, Document)
    assert item.body == "“Pasar” baru dibuka."


def test_a_single_object_is_named_by_its_file_and_a_list_of_one_is_not(
    read: Read, articles: Articles
) -> None:
    (alone,) = read("berita-pasar.json", json.dumps(articles[0]))
    (listed,) = read("berita-pasar.json", json.dumps(articles[:1]))

    assert isinstance(alone, Document)
    assert isinstance(listed, Document)
    assert (alone.origin, listed.origin) == ("arsip/berita-pasar.json", "arsip/berita-pasar.json:1")
    assert alone.id.startswith("berita-pasar-")
    assert listed.id.startswith("Berita-ke-1-")
