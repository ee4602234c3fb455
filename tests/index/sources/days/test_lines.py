"""A line above a report that tells only the day is known by all of it."""

from __future__ import annotations

from datetime import date

import pytest

from index.sources.days.lines import day_line, day_of_head
from index.sources.news import read_article

DAY = date(2023, 3, 9)
REPORT = "Warga kampung memperbaiki jembatan gantung bersama-sama sejak pagi. " * 4


@pytest.mark.parametrize(
    ("line", "before"),
    [
        ("Kamis, 9 Maret 2023 | 21:10 WIB", ""),
        ("Kamis 9 Mar 2023 21:10 WIB", ""),
        ("9 Maret 2023", ""),
        ("(9/3/2023)", ""),
        ("2023-03-09 21:10:00", ""),
        ("Kamis, 9 Maret2023", ""),
        ("Diterbitkan: Kamis, 9 Maret 2023 pukul 21.10 WITA", ""),
        ("Published March 9th, 2023 at 9:10 PM", ""),
        ("9 Maret 2023 21:10 WIB · Waktu baca 3 menit", ""),
        ("Kamis, 9 Maret 2023 21:10 WIB - Diperbarui Jumat, 10 Maret 2023 07:00 WIB", ""),
        ("Warta.example - 09/03/2023, 21:10 WIB", "Warta.example"),
        ("Ani Sari , Jurnalis - Kamis, 9 Maret 2023 |21:10 WIB", "Ani Sari , Jurnalis"),
    ],
)
def test_a_line_of_the_day_may_name_its_time_and_who_published(line: str, before: str) -> None:
    assert day_line(line) == (DAY, before)


@pytest.mark.parametrize(
    "line",
    [
        "Rapat digelar di balai kota pada 9 Maret 2023",
        "Pemilu 9 Maret 2023",
        "3 menit",
        "9 Maret",
        "Jadwal: 9 Maret 2023 hingga 12 Maret 2023 di tiga kampung",
        "Kamis, 9 Maret 2073",
        "1 " * 50,
    ],
)
def test_other_lines_are_part_of_the_report(line: str) -> None:
    assert day_line(line) is None


def test_the_day_is_found_above_the_report_whatever_else_stands_there() -> None:
    head = ["Jembatan Gantung Dibuka", "", "Bagikan", "Kamis, 9 Maret 2023 21:10 WIB", "4", REPORT]

    assert day_of_head(head) == DAY
    assert day_of_head([REPORT, "9 Maret 2023"]) is None


@pytest.mark.parametrize(
    ("line", "source", "author"),
    [
        ("Warta.example - 09/03/2023, 21:10 WIB", "warta.example", ""),
        ("Warta.example 2023-03-09", "warta.example", ""),
        ("www.warta.example Kamis, 9 Maret 2023 21:10:00", "warta.example", ""),
        ("WARTA.example Kamis (9/3/2023)", "warta.example", ""),
        ("Ani Sari, Jurnalis - Kamis, 9 Maret 2023 |21:10 WIB", "", "Ani Sari"),
        ("Oleh: Ani Sari - 9 Maret 2023", "", "Ani Sari"),
    ],
)
def test_the_line_is_no_part_of_the_article(line: str, source: str, author: str) -> None:
    article = read_article(f"Jembatan Gantung Dibuka\n\n{line}\n\nLEBAK - {REPORT}")

    assert (article.published, article.source, article.author) == (DAY, source, author)
    assert article.body.startswith("Warga kampung")
