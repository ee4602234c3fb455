"""The day of a report is read from its text, and history, laws and plans are not taken for it."""

from __future__ import annotations

from datetime import date

import pytest

from index.sources.days.running_text import date_in_text, day_of_dateline


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


TODAY = date(2026, 11, 29)

SPOKEN = "Jembatan Kampung Sukamekar dibuka lagi. “Kami siap,” kata kepala kampung, {day}. {rest}"


def told(day: str, rest: str, latest: date = TODAY) -> date | None:
    return date_in_text(SPOKEN.format(day=day, rest=rest), latest)


@pytest.mark.parametrize(
    "rest",
    [
        "Warga mengenang era 2010-an.",  # 4 Maret 2010 was a Thursday, as in 2021
        "Ia tumbuh pada tahun 2010an.",
        "Dasarnya Undang-Undang Nomor 9 Tahun 2010 tentang jalan.",
        "Dasarnya Perpres 12 Tahun 2021.",
        "Aturannya, Permen Nomor 6 Tahun 2021, sudah berlaku.",
        "PKPU Nomor 3 Tahun 2021 mengaturnya.",
        "Targetnya rampung 2021.",
        "Rencana itu tertuang dalam RPJMN 2021.",
        "Jalan itu masuk RPJMD 2021-2026.",
        "Ia berlaku hingga 2021.",
        "Ia ada sejak 2021.",
        "Kepala kampung lahir 2010.",
        "Kepala kampung lahir pada 9 Mei 2010.",
        "Gempa pada tahun 2021 meruntuhkannya.",
        "Lagu itu dirilis pada 2010.",
        "Ia ikut Pemilu 2029.",
        "Indonesia Emas 2045 menjadi tujuannya.",
        "Jembatan lama dari tahun 1982 tinggal kenangan.",
        "Surat nomor 12/2021 menyebutnya.",
        "Obligasi itu jatuh tempo pada Juni 2021.",
        "",
    ],
)
def test_a_year_of_history_of_a_law_or_of_a_plan_is_not_the_reports(rest: str) -> None:
    assert told("Kamis (4/3)", rest) is None


@pytest.mark.parametrize(
    "rest",
    [
        "Perbaikan memakai anggaran 2021, sesuai rencana kerja. Anggaran 2021 cukup.",
        "Jembatan itu putus pada Februari 2021.",
        "Aturannya, Permen Nomor 6 Tahun 2010, sudah lama. Pada Januari 2021 warga mulai bekerja.",
        "Perbaikan berlanjut hingga April 2021.",
        "COPYRIGHT © WARTA 2021",
        "Sepanjang tahun 2020 jembatan itu putus tiga kali. Tahun 2020 berat.",
    ],
)
def test_a_year_that_the_text_names_as_its_own_time_is_the_reports(rest: str) -> None:
    assert told("Kamis (4/3)", rest) == date(2021, 3, 4)


@pytest.mark.parametrize(
    "rest",
    [
        "Perjanjian itu diteken pada 4 Maret 2010.",  # a Thursday, as in 2021
        "Jembatan lama diresmikan 4 Maret 2010 oleh bupati.",
        "Banjir besar melanda pada 9 Januari 2010.",
        "Ia dilantik pada (4/3/2010).",
        "Foto itu diambil 17/8/2010 di tempat yang sama.",
        "Kepala kampung menikah pada Maret 2010.",
    ],
)
def test_a_whole_day_of_long_ago_gives_its_year_to_no_other(rest: str) -> None:
    if "(" not in rest:
        assert told("Kamis (4/3)", rest) is None
    assert told("Kamis (4/3)", f"{rest} Pada Januari 2021 warga mulai bekerja.") == date(2021, 3, 4)


@pytest.mark.parametrize(
    "history",
    [
        "Raja itu meninggal dunia pada Rabu (28/9/2016).",
        "Perpres Nomor 9 Tahun 2016 diteken Rabu, 28 September 2016.",
        "Ia lahir pada hari Rabu, 28 September 2016.",
    ],
)
def test_a_whole_day_of_history_is_left_out_where_a_later_year_is_named(history: str) -> None:
    assert date_in_text(f"{history} Warga mengenangnya, Kamis (2/5/2024).", TODAY) == date(2024, 5, 2)
    assert date_in_text(history, TODAY) == date(2016, 9, 28)


def test_a_year_whose_weekdays_come_again_is_believed_where_it_is_named_often() -> None:
    once = "Pemilihan 2010 ramai. "

    assert told("Kamis (4/3)", once) is None
    assert told("Kamis (4/3)", once * 3) == date(2010, 3, 4)
    assert told("Kamis (4/3)", once * 3 + "Pemilihan 2015 lebih ramai.") is None


def test_a_year_long_before_another_that_is_named_is_history() -> None:
    assert (
        told("Kamis (4/3)", "Januari 2010 jembatan itu putus. Undang-Undang Nomor 6 Tahun 2019 berlaku.")
        is None
    )


def test_a_report_is_not_of_a_later_day_than_its_file() -> None:
    rest = "Perbaikan memakai anggaran 2021. Anggaran 2021 cukup."

    assert told("Kamis (4/3)", rest, latest=date(2021, 3, 4)) == date(2021, 3, 4)
    assert told("Kamis (4/3)", rest, latest=date(2021, 3, 3)) is None
    assert told("Kamis (4/3/2021)", "", latest=date(2021, 3, 3)) is None


def test_a_full_day_of_history_is_left_out_where_the_text_knows_of_later_years() -> None:
    history = "Ia lahir Kamis (4/3/1965). {}"

    assert date_in_text(history.format("Jembatan itu dibangun pada 2019."), TODAY) is None
    assert date_in_text(history.format("Kampung itu sepi."), TODAY) == date(1965, 3, 4)


def test_a_bracketed_day_of_birth_is_none_of_publication() -> None:
    assert date_in_text("Penyair kelahiran Garut (12/11/1974) itu membaca puisi.", TODAY) is None


@pytest.mark.parametrize(
    ("when", "rest", "expected"),
    [
        ("Kamis (4/3/2021)", "", date(2021, 3, 4)),
        ("4 Maret 2021", "", date(2021, 3, 4)),
        ("4/3/21", "", date(2021, 3, 4)),
        ("4/3", "Kata dia, Rabu (3/3/2021), jembatan kuat.", date(2021, 3, 4)),
        ("31/12", "Kata dia, Jumat (1/1/2021), jembatan kuat.", date(2020, 12, 31)),
        ("4 Mar", "Jembatan putus Rabu (3/3/2021).", date(2021, 3, 4)),
        ("Kamis (4/3)", "Jembatan itu putus pada Februari 2021.", date(2021, 3, 4)),
        ("4/3", "Kata dia, Rabu (3/11/2021), jembatan kuat.", None),
        ("4/3", "Jembatan itu putus pada Februari 2021.", None),
        ("4/3/2027", "", None),
    ],
)
def test_the_day_of_a_dateline_takes_its_year_from_the_text(
    when: str, rest: str, expected: date | None
) -> None:
    assert day_of_dateline(when, f"Jembatan Kampung Sukamekar dibuka lagi. {rest}", TODAY) == expected
