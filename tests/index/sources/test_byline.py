"""Reporter and editor, from lines of their own and from the end of the last paragraph."""

from __future__ import annotations

import pytest

from index.sources.byline import Byline


@pytest.mark.parametrize(
    ("line", "author", "editor"),
    [
        ("Reporter: sari melati", "sari melati", ""),
        ("Editor: Budi S Wibowo", "", "Budi S Wibowo"),
        ("Penulis : Sari Melati", "Sari Melati", ""),
        ("Penulis: Sari Melati | Editor: Budi Wibowo", "Sari Melati", "Budi Wibowo"),
        ("Penulis: Sari MelatiEditor: Budi Wibowo", "Sari Melati", "Budi Wibowo"),
        ("**Pewarta:** Sari Melati", "Sari Melati", ""),
        ("Oleh: Sari Melati", "Sari Melati", ""),
        ("Oleh Sari Melati", "Sari Melati", ""),
        ("Laporan Wartawan Kabar Ujung, Sari Melati", "Sari Melati", ""),
        ("Laporan Sari Melati | Ciamis", "Sari Melati", ""),
        ("Laporan Sari Melati I Ciamis Selatan", "Sari Melati", ""),
        ("Laporan Wartawan I Made Melati", "I Made Melati", ""),
    ],
)
def test_a_line_that_is_a_byline_gives_its_names(line: str, author: str, editor: str) -> None:
    byline = Byline()

    assert byline.take(line)
    assert (byline.author, byline.editor) == (author, editor)


@pytest.mark.parametrize(
    "line",
    [
        "Editor itu menolak naskah: terlalu panjang.",
        "Laporan itu menyebut tiga desa terdampak banjir, dua di antaranya parah.",
        "Oleh karena itu warga diminta waspada.",
        "Reporter: " + "kata " * 40,
        "Penulis: ia lahir di Ciamis. Sejak kecil ia gemar membaca buku cerita.",
        "Sumber: https://contoh.id/a?b=c",
        "",
    ],
)
def test_a_line_of_the_article_is_no_byline(line: str) -> None:
    byline = Byline()

    assert not byline.take(line)
    assert (byline.author, byline.editor) == ("", "")


@pytest.mark.parametrize(
    ("end", "author", "editor"),
    [
        (" (Sari Melati/Budi)", "Sari Melati", "Budi"),
        (" (sari/wibowo)", "sari", "wibowo"),
        (" (aud/sfr)", "", ""),
        (" (Sari Melati)", "Sari Melati", ""),
        ("Pewarta: Sari MelatiEditor: Budi Wibowo COPYRIGHT © KABAR 2023", "Sari Melati", "Budi Wibowo"),
        (" (Ditulis oleh Sari Melati)", "Sari Melati", ""),
    ],
)
def test_a_signature_is_cut_from_the_end(end: str, author: str, editor: str) -> None:
    byline = Byline()

    assert byline.cut_from_end("Pasar itu ramai." + end) == "Pasar itu ramai."
    assert (byline.author, byline.editor) == (author, editor)


@pytest.mark.parametrize(
    "text",
    [
        "Acara itu digelar di halaman Balai Kota (Alun Alun)",
        "Warga memilih kendaraan umum (bus/kereta api) setiap hari.",
        "Ia menjual sayur (bayam).",
    ],
)
def test_brackets_that_belong_to_a_sentence_stay(text: str) -> None:
    assert Byline().cut_from_end(text) == text
