"""Whether the day or the month stands first is decided by all values of a column."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from typing import Any

import pytest

from index.documents import Document
from index.sources.base import Skip
from index.sources.dates import parse_date
from index.sources.days.columns import DayColumns, may_be_unclear
from index.sources.fields.names import known_field

Read = Callable[..., list[Document | Skip]]

BODY = "Warga kampung memperbaiki jembatan gantung bersama-sama sejak pagi."
MARCH, JANUARY = date(2023, 3, 9), date(2023, 1, 5)


def days(values: Iterable[Any], rows: dict[int, dict[str, str]] | None = None) -> list[date | None]:
    records = [{"tanggal": value, **(rows or {}).get(row, {})} for row, value in enumerate(values)]
    columns = DayColumns(lambda: records, known_field, date(2026, 11, 29))
    return [parse_date(columns.settle(record)["tanggal"], latest=date(2026, 11, 29)) for record in records]


@pytest.mark.parametrize(
    "others",
    [
        ["3/28/2023"],
        ["Thu 3/9/2023"],
        ["3/9/2023 9:10 PM", "3/8/2023 1:00 AM"],
        ["1/12/2026"],
        ["3/28/2023"] * 30 + ["28/3/2023"],
        ["2023-03-10", "3/28/2023"],
    ],
)
def test_a_column_may_tell_that_the_month_stands_first(others: list[str]) -> None:
    assert days(["3/9/2023", "1/5/2023", *others])[:2] == [MARCH, JANUARY]


def test_rows_sorted_by_their_day_tell_too() -> None:
    values = ["3/9/2023", "4/1/2023", "5/2/2023", "6/1/2023", "7/12/2023", "8/3/2023", "9/1/2023"]

    assert days(values)[:2] == [MARCH, date(2023, 4, 1)]
    assert days(reversed(values))[-2:] == [date(2023, 4, 1), MARCH]


@pytest.mark.parametrize(
    "others",
    [
        ["23-03-10", "23-04-01"],
        ["23-03-31", "22-12-01", "22-12-02", "22-12-05"],
        ["2023-03-10"],
        ["Jumat, 10 Maret 2023", "12/3/2023"],
    ],
)
def test_a_column_may_tell_that_a_year_of_two_digits_stands_first(others: list[str]) -> None:
    assert days(["23-03-09", "23-01-05", *others])[:2] == [MARCH, JANUARY]


@pytest.mark.parametrize("others", [[], ["10-03-23", "01-04-23"], ["2009-01-01", "2023-01-01"]])
def test_else_it_stands_last(others: list[str]) -> None:
    assert days(["09-03-23", "05-01-23", *others])[:2] == [MARCH, JANUARY]


@pytest.mark.parametrize(
    "others", [[], ["28/3/2023"], ["1/4/2023", "1/5/2023", "1/6/2023", "1/7/2023", "1/8/2023"]]
)
def test_else_the_day_stands_first(others: list[str]) -> None:
    assert days(["9/3/2023", "5/1/2023", *others])[:2] == [MARCH, JANUARY]


@pytest.mark.parametrize(
    "row",
    [
        {"url": "https://warta.example/2023/03/09/jembatan"},
        {"isi": f"{BODY} “Sudah kuat,” kata dia, Kamis (9/3/2023)."},
        {"url": "https://warta.example/20230309/a", "isi": BODY},
    ],
)
def test_the_address_or_the_text_of_one_row_tells_of_all(row: dict[str, str]) -> None:
    assert days(["3/9/2023", "1/5/2023"], {0: row}) == [MARCH, JANUARY]


def test_a_column_of_both_orders_gives_no_day_but_where_a_row_tells() -> None:
    rows = {0: {"url": "https://warta.example/2023/03/09/jembatan"}}
    found = days(["3/9/2023", "5/1/2023", "28/3/2023", "3/28/2023"], rows)

    assert found == [MARCH, None, date(2023, 3, 28), date(2023, 3, 28)]


def test_values_written_otherwise_have_an_order_of_their_own() -> None:
    found = days(["3/9/2023", "3/28/2023", "28-3-2023", "5-1-2023"])

    assert found == [MARCH, date(2023, 3, 28), date(2023, 3, 28), JANUARY]


@pytest.mark.parametrize(
    "values", [["23-03-09", "23-03-31"], ["09-03-23", "31-03-23"], ["03-09-23", "03-31-23"]]
)
def test_two_digits_of_a_year_stand_where_all_values_can_have_them(values: list[str]) -> None:
    assert days(values) == [MARCH, date(2023, 3, 31)]


@pytest.mark.parametrize("values", [["44994", "44994.5"], [44994, 44995.25], ["44994", "10/3/2023"]])
def test_numbers_of_spreadsheets_are_days_where_the_whole_column_looks_so(values: list[Any]) -> None:
    assert days(values)[0] == MARCH


@pytest.mark.parametrize("values", [[44994, "a", "b"], [44994, 3, 500], ["44994", "lihat lampiran"]])
def test_else_such_a_number_is_none(values: list[Any]) -> None:
    assert days(values)[0] is None


def rows(values: Sequence[str]) -> list[dict[str, str]]:
    return [{"judul": f"Jembatan {n}", "tanggal": value, "isi": BODY} for n, value in enumerate(values)]


def as_table(values: Sequence[str]) -> str:
    text = io.StringIO()
    writer = csv.DictWriter(text, ["judul", "tanggal", "isi"])
    writer.writeheader()
    writer.writerows(rows(values))
    return text.getvalue()


@pytest.mark.parametrize(
    ("name", "write"),
    [
        ("arsip.csv", as_table),
        ("arsip.jsonl", lambda values: "\n".join(map(json.dumps, rows(values)))),
        ("arsip.json", lambda values: json.dumps(rows(values))),
        ("halaman.json", lambda values: json.dumps({"articles": rows(values)})),
    ],
)
def test_files_of_many_articles_are_read_so(
    read: Read, name: str, write: Callable[[Sequence[str]], str]
) -> None:
    values = ["3/9/2023 7:15"] * 400 + ["3/28/2023 20:43"]

    found = read(name, write(values))

    assert [item.published for item in found if isinstance(item, Document)] == [MARCH] * 400 + [
        date(2023, 3, 28)
    ]


def test_damage_after_the_first_rows_does_not_keep_a_table_from_being_read(read: Read) -> None:
    found = read("arsip.csv", as_table(["3/9/2023", "3/28/2023"]) + '"' + "x" * 3000, max_article_kb=1)

    assert [item.published for item in found if isinstance(item, Document)] == [MARCH, date(2023, 3, 28)]
    assert isinstance(found[-1], Skip)


def test_lines_that_name_their_days_plainly_are_not_read_twice() -> None:
    assert not may_be_unclear('{"tanggal": "2023-03-09", "url": "https://warta.example/2023/03/09/1234567"}')
    assert may_be_unclear('{"tanggal": "3/9/2023"}')
    assert may_be_unclear('{"tanggal": 44994}')
