"""Dates as the Indonesian press writes them."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone
from typing import Any

import pytest

from index.sources.dates import date_in_url, parse_date


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
