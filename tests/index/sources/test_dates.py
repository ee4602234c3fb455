"""Dates as the Indonesian press writes them."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone
from typing import Any

import pytest

from index.sources.dates import date_in_text, date_in_url, parse_date


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("2024-02-06", date(2024, 2, 6)),
        ("2024-02-06T23:30:00+07:00", date(2024, 2, 6)),
        ("20240206", date(2024, 2, 6)),
        ("2024/02/06 10.15 WIB", date(2024, 2, 6)),
        ("6/2/2024", date(2024, 2, 6)),
        ("06-02-2024", date(2024, 2, 6)),
        ("12/31/2024", date(2024, 12, 31)),
        ("Selasa, 06 Februari 2024 | 10:15 WIB", date(2024, 2, 6)),
        ("3 Agt 2023", date(2023, 8, 3)),
        ("17 Nopember 2022", date(2022, 11, 17)),
        ("November 12, 2024", date(2024, 11, 12)),
        ("Tue, 12 Nov 2024 03:00:00 GMT", date(2024, 11, 12)),
        (date(2020, 10, 20), date(2020, 10, 20)),
        (datetime(2020, 10, 20, 23, tzinfo=timezone(timedelta(hours=7))), date(2020, 10, 20)),
        (datetime(2020, 10, 20, 23, tzinfo=UTC), date(2020, 10, 20)),
        (1707200000, date(2024, 2, 6)),
        (1707200000000, date(2024, 2, 6)),
        ("1707200000", date(2024, 2, 6)),
    ],
)
def test_a_date_field_is_read_in_every_usual_form(written: Any, expected: date) -> None:
    assert parse_date(written) == expected


@pytest.mark.parametrize(
    "written", ["", "kemarin", "31/02/2024", "99/99/9999", "2024-13-40", None, True, 17, [], {}, float("nan")]
)
def test_what_is_no_date_gives_none(written: Any) -> None:
    assert parse_date(written) is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Rapat digelar di balai kota, Selasa (06/02/2024).", date(2024, 2, 6)),
        ("Rapat digelar di balai kota,Selasa, (21/11/2023).", date(2023, 11, 21)),
        ("Rapat digelar di balai kota, Selasa 12 November 2024.", date(2024, 11, 12)),
        ("kata dia, Rabu (11/6/25) malam.", date(2025, 6, 11)),
        ("kata dia, JUMAT (7/6/2024).", date(2024, 6, 7)),
        ("kata dia, Jum'at (7/6/2024).", date(2024, 6, 7)),
        ("he said on Tuesday, November 12, 2024.", date(2024, 11, 12)),
        ("kata dia, Kamis malam (7/7/2022).", date(2022, 7, 7)),
        ("Surat itu bertanggal (12/11/2024).", date(2024, 11, 12)),
    ],
)
def test_the_day_of_a_report_is_found_in_its_text(text: str, expected: date) -> None:
    assert date_in_text(text) == expected


def test_a_missing_year_is_the_one_in_which_the_day_falls_on_that_weekday() -> None:
    text = "Lomba dibuka Kamis (7/7). Tahun 2024 lomba pindah ke Solo; tahun 2022 masih di Tegal."
    assert date_in_text(text) == date(2022, 7, 7)


def test_a_missing_year_may_be_the_one_before_the_event_that_the_text_looks_forward_to() -> None:
    assert date_in_text("Persiapan lomba 2024 dibahas Selasa (21/11).") == date(2023, 11, 21)


def test_a_missing_year_that_no_weekday_confirms_stays_unknown() -> None:
    assert date_in_text("Lomba dibuka Kamis (7/7), bukan seperti tahun 2019.") is None
    assert date_in_text("Lomba dibuka Kamis (7/7).") is None


def test_a_date_whose_weekday_is_right_comes_before_one_whose_weekday_is_wrong() -> None:
    assert date_in_text("Semula Senin (6/2/2024), lalu Selasa (6/2/2024).") == date(2024, 2, 6)


def test_a_date_without_a_weekday_says_nothing_about_the_day_of_the_report() -> None:
    assert date_in_text("Ia lahir di Garut pada 12 November 1974.") is None


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://contoh.id/2024/02/06/pasar-baru", date(2024, 2, 6)),
        ("https://contoh.id/ekonomi/20240206101500-78-1/pasar", date(2024, 2, 6)),
        ("https://contoh.id/berita/d-7959869/pasar", None),
        ("https://contoh.id/tag/2024", None),
        ("", None),
    ],
)
def test_a_day_in_an_address_is_read(url: str, expected: date | None) -> None:
    assert date_in_url(url) == expected
