"""Lines between a headline and a dateline are read and taken off, in whatever order a site has them."""

from __future__ import annotations

from datetime import date

import pytest

from index.sources.losses import seeing_cuts
from index.sources.news import read_article

TITLE = "Pompa Baru Dipasang di Muara"
REPORT = "Pompa baru dipasang di muara sungai. Petugas membersihkan lumpur sejak subuh."
MORE = "Pasar kembali ramai pada sore hari dan harga cabai belum turun."

DATELINES = ["LEBAK, KABARMUARA.COM - ", "Lebak (ANTARA) - ", "KABARMUARA.COM, Lebak -- "]


def read(*above: str, dateline: str = DATELINES[0]) -> tuple[str, str, str, date | None, str]:
    article = read_article("\n\n".join((TITLE, *above, f"{dateline}{REPORT}", MORE)))
    assert article.title == TITLE
    return article.place, article.author, article.editor, article.published, article.body


@pytest.mark.parametrize("dateline", DATELINES)
@pytest.mark.parametrize(
    ("above", "author", "editor"),
    [
        (
            ["Rini Wijaya, Joko Santoso", "Tim Redaksi", "Selasa, 4 Maret 2025 | 08:30 WIB"],
            "Rini Wijaya, Joko Santoso",
            "",
        ),
        (["Rini Wijaya - kabarmuara", "4 Mar 2025 08:30 WIB", "17"], "Rini Wijaya", ""),
        (
            ["Penulis", "Rini Wijaya", "Editor", "Joko Santoso", "Selasa, 4 Maret 2025"],
            "Rini Wijaya",
            "Joko Santoso",
        ),
        (["Selasa, 4 Maret 2025", "Oleh :", "Rini Wijaya", "Waktu baca 2 menit"], "Rini Wijaya", ""),
        (["Rep: Rini Wijaya / Red: Joko Santoso", "04/03/2025"], "Rini Wijaya", "Joko Santoso"),
        (["Rini WijayaRini Wijaya", "4 Maret 2025, 08.30 WIB", "Salin Tautan", "Bagikan"], "Rini Wijaya", ""),
        (["Kabar Muara", "Selasa, 4 Maret 2025"], "", ""),
        (
            [
                "4 Maret 2025",
                "Petugas memeriksa pompa. kabarmuara.com/Rini",
                "Perbesar",
                "Pompa (ANTARA FOTO/Rini W)",
            ],
            "",
            "",
        ),
    ],
)
def test_what_stands_above_is_read_and_taken_off(
    above: list[str], author: str, editor: str, dateline: str
) -> None:
    place, found_author, found_editor, published, body = read(*above, dateline=dateline)
    assert (place, published) == ("Lebak", date(2025, 3, 4))
    assert (found_author, found_editor) == (author, editor)
    assert body == f"{REPORT}\n\n{MORE}"


@pytest.mark.parametrize(
    "above",
    [
        ["Foto: Pompa di muara (Rini Wijaya/Kabar)", "Selasa, 4 Maret 2025"],
        ["Selasa, 4 Maret 2025", "Pompa di muara. (Kabar Muara/Rini Wijaya)"],
        ["4 Maret 2025", "Pompa di muara (dok. Dinas Air)"],
        ["4 Maret 2025", "zoom-in", "ISTIMEWA", "POMPA - Pompa baru di muara, Senin (3/3/2025)."],
        ["4 Maret 2025", "KABARMUARA/RINI WIJAYA", "Pompa baru tiba di muara."],
        ["in Daerah, Utama", "4 Maret 2025", "A A A"],
        ["• 4 Maret 2025", "Sumber Foto: Humas Dinas Air", "RW"],
        ["Sumber: kabarmuara.com", "Rubrik: Daerah", "4 Maret 2025"],
    ],
)
def test_captions_rubrics_and_labels_above_are_taken_off(above: list[str]) -> None:
    place, author, _editor, published, body = read(*above)
    assert (place, author, published) == ("Lebak", "", date(2025, 3, 4))
    assert body == f"{REPORT}\n\n{MORE}"


def test_only_one_line_below_a_credit_is_its_picture() -> None:
    lead = "Warga menyambut pompa itu dengan syukuran."
    assert lead in read("ISTIMEWA", "Pompa baru tiba di muara.", lead)[-1]


@pytest.mark.parametrize("above", [[], ["Rini Wijaya", "Selasa, 4 Maret 2025"]])
def test_a_line_that_sums_up_the_report_stays_and_the_dateline_is_read(above: list[str]) -> None:
    line = "Pompa lama sudah rusak sejak banjir tahun lalu"
    place, author, _editor, _published, body = read(line, *above)
    assert (place, author) == ("Lebak", "Rini Wijaya" if above else "")
    assert body == f"{line}\n\n{REPORT}\n\n{MORE}"


def test_what_goes_from_above_a_report_is_told() -> None:
    with seeing_cuts() as seen:
        read("ISTIMEWA", "Pompa baru tiba di muara.", "4 Maret 2025")
    assert "Pompa baru tiba di muara." in seen


def test_a_role_behind_a_name_is_no_part_of_it() -> None:
    assert read("Rini Wijaya, Jurnalis", "Selasa 4 Maret 2025")[1] == "Rini Wijaya"


@pytest.mark.parametrize(
    "rubric", ["Daerah", "Beranda / Daerah / Banten", "HUKUM & KRIMINAL", "KABARMUARA.COM"]
)
def test_a_rubric_above_the_headline_is_not_the_headline(rubric: str) -> None:
    text = "\n\n".join((rubric, TITLE, "Rini Wijaya", "4 Maret 2025", f"{DATELINES[0]}{REPORT}"))
    article = read_article(text)
    assert (article.title, article.place, article.author) == (TITLE, "Lebak", "Rini Wijaya")
    assert article.body == REPORT


@pytest.mark.parametrize(
    "second", ["Rini Wijaya", "Rini Wijaya, Joko Santoso Hadi", "Pompa lama sudah rusak sejak tahun lalu."]
)
def test_a_short_headline_stays_one(second: str) -> None:
    text = "\n\n".join(("Banjir", second, "4 Maret 2025", f"{DATELINES[0]}{REPORT}"))
    assert read_article(text).title == "Banjir"


def test_name_and_day_may_stand_right_below_the_headline() -> None:
    article = read_article(f"{TITLE}\nRini Wijaya\nSelasa, 4 Maret 2025\n\n{DATELINES[0]}{REPORT}")
    assert (article.title, article.author, article.body) == (TITLE, "Rini Wijaya", REPORT)


def test_a_label_before_the_headline_is_no_part_of_it() -> None:
    article = read_article(
        f"Judul: {TITLE}\nTanggal: 4 Maret 2025\nPenulis: Rini Wijaya\n\n{DATELINES[0]}{REPORT}"
    )
    assert (article.title, article.author, article.body) == (TITLE, "Rini Wijaya", REPORT)


@pytest.mark.parametrize(
    "line",
    [
        "Petugas bekerja sampai malam dan warga menyiapkan dapur umum bagi mereka.",
        "Petugas Membersihkan Lumpur",
        "LUMPUR DIBERSIHKAN WARGA",
        "Ringkasan: pompa lama sudah rusak sejak tahun lalu",
    ],
)
def test_what_may_be_the_reports_own_stays(line: str) -> None:
    _place, author, _editor, _published, body = read(line, "Selasa, 4 Maret 2025")
    assert line in body
    assert author == ""


def test_a_report_without_dateline_keeps_its_lines() -> None:
    body = read("Rini Wijaya", "Kabar Muara", dateline="")[-1]
    assert "Rini Wijaya" in body
