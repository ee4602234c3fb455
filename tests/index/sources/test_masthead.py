"""Lines between a headline and a dateline are read and taken off, in whatever order a site has them."""

from __future__ import annotations

from datetime import date

import pytest

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
