"""Days told from another one are counted from when the article was fetched, and from nothing else."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from index.documents import Document
from index.settings import Settings
from index.sources.days.relative import is_of_fetching
from index.sources.records import document_from_record

ReadDocument = Callable[..., Document]

BODY = "Warga kampung memperbaiki jembatan gantung bersama-sama sejak pagi."


def published(**record: object) -> date | None:
    return document_from_record({"isi": BODY, **record}, "arsip.json:1", Settings()).published


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        ("kemarin", date(2023, 3, 8)),
        ("Kemarin, 21:10 WIB", date(2023, 3, 8)),
        ("hari ini", date(2023, 3, 9)),
        ("2 hari lalu", date(2023, 3, 7)),
        ("dua hari yang lalu", date(2023, 3, 7)),
        ("sehari lalu", date(2023, 3, 8)),
        ("3 jam yang lalu", date(2023, 3, 8)),
        ("sejam lalu", date(2023, 3, 9)),
        ("45 menit lalu", date(2023, 3, 9)),
        ("yesterday", date(2023, 3, 8)),
        ("5 hours ago", date(2023, 3, 8)),
        ("minggu lalu", None),
        ("9999 hari lalu sekali", date(1995, 10, 23)),
    ],
)
def test_they_are_counted_from_the_time_of_fetching(told: str, expected: date | None) -> None:
    assert published(tanggal=told, crawled_at="2023-03-09 02:30:00") == expected


def test_without_a_time_of_day_half_a_day_back_is_not_sure() -> None:
    assert published(tanggal="3 jam lalu", tanggal_unduh="9/3/2023") == date(2023, 3, 9)
    assert published(tanggal="20 jam lalu", tanggal_unduh="9/3/2023") is None


def test_nothing_is_counted_from_now() -> None:
    assert published(tanggal="kemarin") is None


def test_front_matter_may_name_the_time_of_fetching(document: ReadDocument) -> None:
    read = document("a.md", f"---\njudul: Jembatan\ntanggal: kemarin\nscraped: 2023-03-09\n---\n\n{BODY}\n")

    assert read.published == date(2023, 3, 8)


def test_a_text_is_not_of_a_later_day_than_it_was_fetched_on() -> None:
    text = f"{BODY} “Sudah kuat,” kata dia, Kamis (9/3/2023)."

    assert published(isi=text, crawled_at="2023-03-09") == date(2023, 3, 9)
    assert published(isi=text, crawled_at="2023-01-31") is None


@pytest.mark.parametrize("name", ["crawled_at", "date_download", "Tanggal Unduh", "diakses", "scrapedAt"])
def test_names_of_the_time_of_fetching_are_known(name: str) -> None:
    assert is_of_fetching(name)


@pytest.mark.parametrize("name", ["published", "crawled_by", "download_url", "tanggal", "jumlah_unduhan"])
def test_other_names_are_not_of_it(name: str) -> None:
    assert not is_of_fetching(name)
