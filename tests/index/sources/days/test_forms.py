"""One value's day, in every form that programs and writers give it."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from index.sources.dates import date_in_url, parse_date
from index.sources.days.names import month_of

TODAY = date(2026, 11, 29)
DAY = date(2023, 3, 9)


@pytest.mark.parametrize(
    "written",
    [
        # numbers, padded or not
        "2023-3-9", "2023/3/9", "2023.03.09", "2023. 3. 9", "9/3/2023", "9-3-2023 21:10", "9.3.2023",
        "09 03 2023",
        "9/3/23", "9-3-23", "09.03.23", "9–3–2023", "Kamis 9/3/2023", "2023, 3, 9", "9/III/2023",
        "9-III-2023",
        # names of months, whatever their habit
        "9 Maret 2023", "9 Mrt 2023", "9-Mar-23", "9 Mar '23", "9 Mar 23", "09MAR2023",
        "Kamis, 9 Maret2023", "9 maret, 2023",
        "9 bulan Maret tahun 2023", "9/Mar/2023:21:10:00 +0700", "2023-Mar-09", "March 9th, 2023",
        "Mar 9, 2023 9:10 PM",
        "Mar-9-2023", "9th of March 2023", "Mac 9, 2023", "9 Maart 2023", "9 Marett 2023", "9 Marte 2023",
        # what programs print
        "Thu Mar  9 21:10:00 2023", "Thu Mar 09 21:10:00 +0700 2023", "Kam Mar 09 21:10:00 WIB 2023",
        "Thu Mar 09 2023 21:10:00 GMT+0700 (Western Indonesia Time)", "Kam, 09 Mar 2023 21:10:00 +0700",
        "Thu, 09-Mar-23 21:10:00 GMT", "2023-03-09 21:10:00.000", "2023-03-09T21:10:00.000+0000",
        "20230309",
        "20230309T211000Z", "202303092110", "20230309211000", "09032023", "09-MAR-23 09.10.00.000000 PM",
        "2023-W10-4", "2023-068", "/Date(1678370000000)/", 'ISODate("2023-03-09T14:10:00Z")',
        "datetime.date(2023, 3, 9)", "2023_03_09", "9_3_2023", "2023年3月9日", "tgl 9 bln 03 thn 2023",
        "1.67837E+12", "1,67837E+09", "'1678370000", '"1678370000"',
        # among other words
        "Diperbarui 9 Mar 2023, 21:10 WIB", "Terbit: 9/3/2023 | Diubah: 11/3/2023",
        "9 Maret 2023 / 16 Syakban 1444 H",
        "Kamis Legi, 9 Maret 2023",
    ],
)  # fmt: skip
def test_a_text_names_its_day_in_many_forms(written: str) -> None:
    assert parse_date(written, latest=TODAY) == DAY


@pytest.mark.parametrize(
    "written",
    [
        1678370000, 1678370000.5, 1678370000123, 1678370000123456, 1678370000123456789, 20230309,
        20230309211000,
        "1678370000.0", "1678370000,5", "1.678370e9", "1.678.370.000", Decimal(1678370000),
        {"$date": "2023-03-08T17:30:00Z"}, {"$date": 1678296600000},
        {"$date": {"$numberLong": "1678296600000"}},
        {"$date": "9/3/2023"}, {"$timestamp": {"t": 1678370000, "i": 1}}, {"_seconds": 1678370000,
        "_nanoseconds": 0},
        {"date": "2023-03-09 21:10:00.000000", "timezone": "Asia/Jakarta"}, {"@value": "2023-03-09"},
        {"tahun": 2023, "bulan": 3, "hari": 9}, [2023, 3, 9, 21, 10], ["", "9 Maret 2023"],
    ],
)  # fmt: skip
def test_databases_and_programs_have_forms_of_their_own(written: Any) -> None:
    assert parse_date(written, latest=TODAY) == DAY


@pytest.mark.parametrize(
    "written",
    [
        "Maret 2023", "2023-03", "9 Maret", "10.15.30", "9 Mar 10:15", "192.168.3.9", "31 Sept 2023",
        "0000-00-00 00:00:00",
        "1970-01-01 07:00:00", "1.68E+09", "1.678E+12", "4.5E+04", "2,02303E+13", "2.02303E+07",
        "9 kali 2023", 44994, "44994", "2023-21-10",
        "1" * 300, 10**400,
        Decimal("NaN"), {"$date": {"$date": {}}}, [[[[[["9/3/2023"]]]]]], "kemarin", "3 jam yang lalu",
    ],
)  # fmt: skip
def test_what_does_not_surely_name_a_day_is_none(written: Any) -> None:
    assert parse_date(written, latest=TODAY) is None


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("17-8-45", date(1945, 8, 17)),
        ("1/10/65", date(1965, 10, 1)),
        ("20 Mei '98", date(1998, 5, 20)),
        ("28-11-26", date(2026, 11, 28)),
        ("30-12-26", None),
        ("1-2-27", None),
        ("3/4/28", date(1928, 4, 3)),
        ("31-12-2026", None),
        ("2031-05-04", None),
        (date(2031, 5, 4), None),
    ],
)
def test_no_day_is_to_come_and_two_digits_are_of_the_last_century_that_has_begun(
    written: Any, expected: date | None
) -> None:
    assert parse_date(written, latest=TODAY) == expected


def test_later_days_count_where_they_are_allowed() -> None:
    assert parse_date("31-12-2026", latest=date(2027, 1, 28)) == date(2026, 12, 31)


def test_americans_are_known_by_the_half_of_the_day() -> None:
    assert parse_date("3/9/2023 9:10:00 PM") == DAY
    assert parse_date("3/9/2023 21:10:00") == date(2023, 9, 3)


@pytest.mark.parametrize(
    ("word", "month"),
    [
        ("Peb", 2),
        ("Agt", 8),
        ("Agust.", 8),
        ("Nopember", 11),
        ("Des", 12),
        ("Ferbuari", 2),
        ("Oktobr", 10),
        ("Djuli", 7),
    ],
)  # fmt: skip
def test_months_are_known_by_old_short_and_misspelt_names(word: str, month: int) -> None:
    assert month_of(word) == month


@pytest.mark.parametrize("word", ["berita", "jumat", "kali", "mars", "ap", "sen"])
def test_other_words_are_no_months(word: str) -> None:
    assert month_of(word) is None


def test_an_address_may_leave_out_zeros() -> None:
    assert date_in_url("https://contoh.id/2023/3/9/pasar") == DAY
    assert date_in_url("https://contoh.id/2023/3/pasar") is None
