"""Paragraphs, however the lines of a text were broken."""

from __future__ import annotations

from index.sources.paragraphs import join_lines, tidy, tidy_lines


def test_each_line_is_a_paragraph_where_no_blank_lines_part_them() -> None:
    assert join_lines(["Kalimat pertama.", "Kalimat kedua."]) == ["Kalimat pertama.", "Kalimat kedua."]


def test_lines_wrapped_by_a_machine_become_one_paragraph() -> None:
    block = [
        "Pemerintah daerah membuka pasar baru yang sudah lama ditunggu",
        "oleh para pedagang dan warga di sekitar alun-alun kota itu sejak",
        "tahun lalu.",
    ]

    assert join_lines([*block, "", "Selesai."]) == [" ".join(block), "Selesai."]


def test_a_sentence_cut_at_a_link_is_mended() -> None:
    lines = ["Menurut pelatih", "Sari Melati", ", timnya siap menghadapi", "Persik Kediri", "pekan depan."]

    assert join_lines(lines) == [
        "Menurut pelatih Sari Melati, timnya siap menghadapi Persik Kediri pekan depan."
    ]


def test_list_items_stay_apart() -> None:
    lines = ["Daftar harga:", "- beras 5 kg", "- gula 1 kg", "1. cabai merah"]

    assert join_lines(lines) == lines


def test_every_kind_of_space_becomes_a_plain_one() -> None:
    assert tidy("\u00a0 Pasar\u2003baru\t itu ") == "Pasar baru itu"


def test_lines_lose_every_needless_space() -> None:
    assert tidy_lines(" a  b \nc \n\n d\te") == ["a b", "c", "", "d e"]
    assert tidy_lines("a \nb\u2003 c\u00a0") == ["a", "b c"]
