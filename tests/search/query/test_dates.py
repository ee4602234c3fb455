"""Dates as readers type them."""

from __future__ import annotations

from datetime import date

import pytest

from search.query.dates import date_range, day_span, year_range


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2024", date(2024, 1, 1), date(2024, 12, 31)),
        ("2024-02", date(2024, 2, 1), date(2024, 2, 29)),
        ("2024-2", date(2024, 2, 1), date(2024, 2, 29)),
        ("2024-02-06", date(2024, 2, 6), date(2024, 2, 6)),
        ("6/2/2024", date(2024, 2, 6), date(2024, 2, 6)),
        ("06-02-2024", date(2024, 2, 6), date(2024, 2, 6)),
    ],
)
def test_a_date_stands_for_all_its_days(text: str, first: date, last: date) -> None:
    assert day_span(text) == (first, last)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "notadate",
        "24",
        "20245",
        "2024-13",
        "2024-00",
        "2024-00-05",
        "2023-02-29",
        "0/2/2024",
        "0000",
        "٢٠٢٤",
    ],
)
def test_what_is_no_date_is_refused(text: str) -> None:
    assert day_span(text) is None


def test_a_range_covers_both_ends() -> None:
    assert date_range("2024-01..2024-06") == (date(2024, 1, 1), date(2024, 6, 30))


def test_a_range_may_be_open() -> None:
    assert date_range("2024..") == (date(2024, 1, 1), None)
    assert date_range("..2024") == (None, date(2024, 12, 31))


def test_ends_in_the_wrong_order_are_exchanged() -> None:
    assert date_range("2024..2020-05") == (date(2020, 5, 1), date(2024, 12, 31))


@pytest.mark.parametrize("text", ["..", "2024..x", "x..2024", "2024..2025..2026"])
def test_half_a_range_is_refused(text: str) -> None:
    assert date_range(text) is None


def test_years_may_be_joined_by_dots_or_a_dash() -> None:
    expected = (date(2019, 1, 1), date(2021, 12, 31))
    assert year_range("2019..2021") == expected
    assert year_range("2019-2021") == expected
    assert year_range("2019") == (date(2019, 1, 1), date(2019, 12, 31))


@pytest.mark.parametrize("text", ["", "..", "-", "2019-", "-2021", "2024-06", "19", "tahun"])
def test_what_is_no_year_is_refused(text: str) -> None:
    assert year_range(text) is None
