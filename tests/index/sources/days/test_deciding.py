"""An article's day is that of its field, else its address, else its text; what was not taken is told."""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest

from index.documents import Document
from index.settings import Settings
from index.sources.base import Skip
from index.sources.days.limits import last_change, today
from index.sources.records import document_from_record

Read = Callable[..., list[Document | Skip]]

BODY = "Warga kampung memperbaiki jembatan gantung bersama-sama sejak pagi."
SPOKEN = f"{BODY} “Sudah kuat,” kata dia, Kamis (9/3/2023)."
ADDRESS = "https://warta.example/2023/03/08/jembatan"


def read_record(settings: Settings | None = None, **record: object) -> Document:
    return document_from_record({"isi": SPOKEN, **record}, "arsip.json:1", settings or Settings())


@pytest.mark.parametrize(
    ("record", "day", "found"),
    [
        ({"tanggal": "7/3/2023", "url": ADDRESS}, 7, "field"),
        ({"tanggal": "", "url": ADDRESS}, 8, "address"),
        ({"tanggal": "tiada", "url": ADDRESS}, 8, "address"),
        ({}, 9, "text"),
    ],
)
def test_the_first_that_tells_it_is_taken(record: dict[str, str], day: int, found: str) -> None:
    document = read_record(**record)

    assert (document.published, document.day_from) == (date(2023, 3, day), found)


def test_an_article_may_have_no_day() -> None:
    document = read_record(isi=BODY)

    assert (document.published, document.day_from, document.day_note) == (None, "none", "")


@pytest.mark.parametrize("written", ["-", "nan", "NULL", "None", "N/A", "\\N", "  ", "NaT"])
def test_what_stands_for_nothing_is_not_told(written: str) -> None:
    assert read_record(tanggal=written).day_note == ""


def test_what_is_not_known_is_told_as_it_is_written() -> None:
    assert read_record(tanggal="pekan depan").day_note == "pekan depan: not a date that is known"


def test_a_day_to_come_is_taken_only_if_the_owner_allows_it() -> None:
    tomorrow = today() + timedelta(days=1)
    refused = read_record(tanggal=str(tomorrow))
    allowed = read_record(Settings({"future_days": 1}), tanggal=str(tomorrow))

    assert (refused.published, refused.day_from) == (date(2023, 3, 9), "text")
    assert str(tomorrow) in refused.day_note
    assert (allowed.published, allowed.day_from, allowed.day_note) == (tomorrow, "field", "")


def test_a_column_that_contradicts_itself_is_told(read: Read) -> None:
    found = read("a.csv", f"isi,tanggal\n{BODY},3/9/2023\n{BODY} A,28/3/2023\n{BODY} B,3/28/2023\n")
    documents = [item for item in found if isinstance(item, Document)]

    assert [document.published for document in documents] == [None, date(2023, 3, 28), date(2023, 3, 28)]
    assert "both the day first and the month first" in documents[0].day_note


def test_the_text_of_a_file_is_not_of_a_later_day_than_the_file(tmp_path: Path, read: Read) -> None:
    (tmp_path / "a.txt").write_text(SPOKEN)
    os.utime(tmp_path / "a.txt", (1_670_000_000, 1_670_000_000))  # in December 2022

    assert last_change(tmp_path / "a.txt") == date(2022, 12, 3)
    (before,) = _read_again(tmp_path)
    os.utime(tmp_path / "a.txt", (0, 0))  # a clock that was never set
    (unset,) = _read_again(tmp_path)

    assert (before.published, unset.published) == (None, date(2023, 3, 9))


def _read_again(folder: Path) -> list[Document]:
    from index.sources.base import InputFile
    from index.sources.reading import read_input

    found = read_input(InputFile(folder / "a.txt", "arsip/a.txt", folder), Settings())
    return [item for item in found if isinstance(item, Document)]


def test_where_a_day_was_found_is_no_part_of_the_article() -> None:
    one, other = read_record(), read_record(tanggal="9/3/2023")

    assert one == other
    assert one.content_hash == other.content_hash
    assert "day_from" not in one.to_dict()
