"""Periods that people type among their words, and what only looks like one."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from search.query.parsing import parse
from search.query.periods import Period, period_of, today_in_jakarta

TODAY = date(2026, 11, 28)
"""A Saturday."""

DATED = [
    # months, days, years
    ("banjir jakarta januari 2025", "2025-01-01", "2025-01-31", "banjir jakarta"),
    ("Januari 2025 banjir jakarta", "2025-01-01", "2025-01-31", "banjir jakarta"),
    ("banjir pada bulan januari tahun 2025", "2025-01-01", "2025-01-31", "banjir"),
    ("JAN. 2025", "2025-01-01", "2025-01-31", ""),
    ("peb 2024", "2024-02-01", "2024-02-29", ""),
    ("nopember 2023 pilkada", "2023-11-01", "2023-11-30", "pilkada"),
    ("agt 2024", "2024-08-01", "2024-08-31", ""),
    ("des 2024", "2024-12-01", "2024-12-31", ""),
    ("August 2024", "2024-08-01", "2024-08-31", ""),
    ("10/2025", "2025-10-01", "2025-10-31", ""),
    ("2024-10", "2024-10-01", "2024-10-31", ""),
    ("17 Agustus 2024", "2024-08-17", "2024-08-17", ""),
    ("upacara 17-8-2024", "2024-08-17", "2024-08-17", "upacara"),
    ("kecelakaan 19/10/2025 tol", "2025-10-19", "2025-10-19", "kecelakaan tol"),
    ("kecelakaan (19/10/2025)", "2025-10-19", "2025-10-19", "kecelakaan"),
    ("19/10/25", "2025-10-19", "2025-10-19", ""),
    ("5.3.2024", "2024-03-05", "2024-03-05", ""),
    ("2024-10-19", "2024-10-19", "2024-10-19", ""),
    ("Senin, 19 Agustus 2024", "2024-08-19", "2024-08-19", ""),
    ("January 5, 2025", "2025-01-05", "2025-01-05", ""),
    (
        "gempa malam ini, senin 9 juni 2025, info bmkg",
        "2025-06-09",
        "2025-06-09",
        "gempa malam ini info bmkg",
    ),
    ("apa yang terjadi tanggal 5 mei 2025?", "2025-05-05", "2025-05-05", "apa yang terjadi ?"),
    ("tahun 2025", "2025-01-01", "2025-12-31", ""),
    ("pemilu 2019", "2019-01-01", "2019-12-31", "pemilu"),
    ("inflasi thn 2022", "2022-01-01", "2022-12-31", "inflasi"),
    # parts
    ("kuartal 1 2024", "2024-01-01", "2024-03-31", ""),
    ("laba triwulan III tahun 2024", "2024-07-01", "2024-09-30", "laba"),
    ("Q3 2024", "2024-07-01", "2024-09-30", ""),
    ("semester kedua 2024", "2024-07-01", "2024-12-31", ""),
    ("awal 2023", "2023-01-01", "2023-04-30", ""),
    ("pertengahan tahun 2023", "2023-05-01", "2023-08-31", ""),
    ("akhir tahun 2023", "2023-09-01", "2023-12-31", ""),
    ("akhir februari 2024", "2024-02-21", "2024-02-29", ""),
    # ranges
    ("2019-2024", "2019-01-01", "2024-12-31", ""),
    ("konflik antara 2018 dan 2020", "2018-01-01", "2020-12-31", "konflik"),
    ("dari januari sampai maret 2025", "2025-01-01", "2025-03-31", ""),
    ("januari-maret 2025", "2025-01-01", "2025-03-31", ""),
    ("februari 2024 s/d april 2024", "2024-02-01", "2024-04-30", ""),
    ("1-5 januari 2025", "2025-01-01", "2025-01-05", ""),
    ("28 desember 2024 - 3 januari 2025", "2024-12-28", "2025-01-03", ""),
    ("28 desember \N{EN DASH} 31 desember 2024", "2024-12-28", "2024-12-31", ""),
    # one end
    ("harga beras sejak 2020", "2020-01-01", None, "harga beras"),
    ("setelah januari 2019", "2019-02-01", None, ""),
    ("sebelum 17 agustus 2024", None, "2024-08-16", ""),
    ("hingga maret 2024", None, "2024-03-31", ""),
    ("hoaks sebelum pemilu 2019", None, "2019-04-16", "hoaks pemilu"),
    ("sesudah pilpres 2004", "2004-09-21", None, "pilpres"),
    ("sebelum pilkada serentak 2020", None, "2020-12-08", "pilkada serentak"),
    ("sebelum pemilu 2029", None, "2028-12-31", "pemilu"),
]

RELATIVE = [
    ("cuaca hari ini", "2026-11-28", "2026-11-28", "cuaca"),
    ("kemarin", "2026-11-27", "2026-11-27", ""),
    ("kemarin lusa", "2026-11-26", "2026-11-26", ""),
    ("minggu ini", "2026-11-23", "2026-11-29", ""),
    ("minggu lalu", "2026-11-16", "2026-11-22", ""),
    ("gempa pekan lalu", "2026-11-16", "2026-11-22", "gempa"),
    ("hari minggu lalu", "2026-11-22", "2026-11-22", ""),
    ("sabtu lalu", "2026-11-21", "2026-11-21", ""),
    ("Jumat kemarin", "2026-11-27", "2026-11-27", ""),
    ("akhir pekan lalu", "2026-11-21", "2026-11-22", ""),
    ("bulan ini", "2026-11-01", "2026-11-30", ""),
    ("bulan lalu", "2026-10-01", "2026-10-31", ""),
    ("tahun lalu", "2025-01-01", "2025-12-31", ""),
    ("akhir tahun lalu", "2025-09-01", "2025-12-31", ""),
    ("maret lalu", "2026-03-01", "2026-03-31", ""),
    ("desember lalu", "2025-12-01", "2025-12-31", ""),
    ("januari tahun ini", "2026-01-01", "2026-01-31", ""),
    ("3 hari terakhir", "2026-11-26", "2026-11-28", ""),
    ("dalam dua minggu terakhir", "2026-11-15", "2026-11-28", ""),
    ("sebulan terakhir", "2026-10-29", "2026-11-28", ""),
    ("5 tahun belakangan ini", "2021-11-29", "2026-11-28", ""),
    ("3 hari lalu", "2026-11-25", "2026-11-25", ""),
    ("dua minggu yang lalu", "2026-11-09", "2026-11-15", ""),
    ("setahun lalu", "2025-01-01", "2025-12-31", ""),
    ("sejak kemarin", "2026-11-27", None, ""),
]

WORDS = [
    # names and other things
    *(
        "Maret",
        "April Mop",
        "Agustus",
        "Jan Ethes",
        "Agus 2",
        "minggu",
        "Sabtu",
        "hari kemerdekaan",
        "17 agustus",
    ),
    *("covid-2019", "F-16", "2023/2024", "tahun ajaran 2023/2024", "1.2.25", "nomor 2025/XII", "1990-an"),
    *("UU nomor 8 tahun 2019", "perpres no. 12 tahun 2020 pajak", "Rp2025", "2025%", "20250"),
    # nothing that could be meant
    *("indonesia emas 2045", "tahun 2345", "31 februari 2025", "32/13/2025", "2024-13-45", "2024 - 2023"),
    *("beberapa tahun terakhir", "9999 tahun lalu", "0 hari lalu"),
    # before and after something unknown
    *("sebelum gempa 2018", "setelah pandemi 2020", "menjelang pemilu 2024"),
    # an idiom: still
    *("hingga hari ini", "sampai kemarin"),
    # which of them?
    *("pemilu 2019 2024", "januari 2025 banjir februari 2025"),
    # operators mean something else, or say the days already
    *('"januari 2025"', "banjir -2024", "+januari +2025", "tahun:2024 januari 2025", "tanggal:2024 kemarin"),
    *("judul:januari 2025x", "januari* 2025x", "", " ", "-", "(((", "..", "januari"),
]


PIECES = st.sampled_from(
    [
        *(
            "januari",
            "mei",
            "1",
            "31",
            "2025",
            "2024-02-30",
            "-",
            "/",
            ",",
            ".",
            "(",
            ")",
            '"',
            "dan",
            "sejak",
        ),
        *("sebelum", "pemilu", "lalu", "ini", "hari", "minggu", "tahun", "antara", "terakhir", "dua", "awal"),
        *("kuartal", "ke", "s/d", "nomor", "kemarin", "pekan", "akhir"),
    ]
)


def period(query: str, today: date = TODAY) -> Period | None:
    return period_of(parse(query), today)


@pytest.mark.parametrize(("query", "first", "last", "rest"), DATED + RELATIVE)
def test_days_are_understood_as_people_type_them(
    query: str, first: str | None, last: str | None, rest: str
) -> None:
    found = period(query)

    assert found is not None
    assert found.first == (first and date.fromisoformat(first))
    assert found.last == (last and date.fromisoformat(last))
    assert found.rest(query) == rest


@pytest.mark.parametrize("query", WORDS)
def test_what_may_as_well_be_a_name_is_no_period(query: str) -> None:
    assert period(query) is None


def test_only_what_is_counted_from_today_is_another_tomorrow() -> None:
    for query, *_ in DATED:
        found, later = period(query), period(query, TODAY + timedelta(days=9))
        assert found == later, query
        assert found is not None
        assert not found.relative
    for query, *_ in RELATIVE:
        found = period(query)
        assert found is not None
        assert found.relative, query
        assert found != period(query, TODAY + timedelta(days=500)), query


@pytest.mark.parametrize(
    ("query", "rest"),
    [
        ('"banjir rob" demak januari 2025', '"banjir rob" demak'),
        ("banjir ATAU longsor januari 2025", "banjir ATAU longsor"),
        ("+banjir -hoaks januari 2025", "+banjir -hoaks"),
        ("banjir januari 2025 -hoaks", "banjir -hoaks"),
        ("banjir januari 2025, -hoaks +demak", "banjir -hoaks +demak"),
        ("banjir januari 2025 - hoaks", "banjir hoaks"),
        ("judul:banjir januari 2025 tempat:demak", "judul:banjir tempat:demak"),
        ("(banjir ATAU longsor) 2024", "(banjir ATAU longsor)"),
    ],
)
def test_operators_stay_in_the_rest(query: str, rest: str) -> None:
    found = period(query)

    assert found is not None
    assert found.rest(query) == rest


@settings(deadline=None)
@given(
    st.text(max_size=80) | st.lists(PIECES, max_size=14).map(" ".join),
    st.dates(date(1900, 1, 1), date(2200, 1, 1)),
)
def test_any_text_on_any_day_gives_a_period_within_the_text_or_none(query: str, today: date) -> None:
    found = period(query, today)

    if found is not None:
        assert 0 <= found.start < found.end <= len(query)
        assert found.first or found.last
        assert not (found.first and found.last and found.last < found.first)
        assert found.rest(query) == " ".join(found.rest(query).split())


def test_a_long_query_is_read_to_its_end() -> None:
    def read(query: str) -> Period | None:
        return period_of(parse(query, len(query)), TODAY)

    found = read(f"{'januari ' * 5000}2025")
    assert found == Period(39992, 40004, date(2025, 1, 1), date(2025, 1, 31))
    for nothing in ("1 - " * 5000, "sejak " * 5000 + "kemarin " * 5000, "antara 2024 dan " * 5000):
        assert read(nothing) is None


def test_today_is_the_day_in_jakarta() -> None:
    assert abs((today_in_jakarta() - date.today()).days) <= 1
