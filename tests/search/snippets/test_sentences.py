"""Sentences of Indonesian articles end where a reader would end them."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.snippets.sentences import Sentences


def sentence_spans(text: str) -> list[tuple[int, int]]:
    starts, ends, *_ = Sentences(text).up_to(len(text))
    return list(zip(starts, ends, strict=True))


def sentences(text: str) -> list[str]:
    return [text[start:end] for start, end in sentence_spans(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Air surut. Warga pulang.", ["Air surut.", "Warga pulang."]),
        ("Mengapa? Entahlah! Ya…  Begitulah", ["Mengapa?", "Entahlah!", "Ya…", "Begitulah"]),
        ("“Kami siap.” Ia pergi.", ["“Kami siap.”", "Ia pergi."]),
        ("Judul tanpa titik\n\nIsi berita.", ["Judul tanpa titik", "Isi berita."]),
        ('Baris satu\n"Baris dua', ["Baris satu", '"Baris dua']),
        ("Rapat tahun 2024.Karena itu", ["Rapat tahun 2024.", "Karena itu"]),
    ],
)
def test_a_stop_or_a_line_break_ends_a_sentence(text: str, expected: list[str]) -> None:
    assert sentences(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Menurut Dr. Wulan, UU No. 20 Tahun 2023 berlaku",
        "Bantuan Rp. 5 juta dan Rp1.500 per orang di Jl. Sudirman Kec. Kota",
        "H. Ahmad M. Saribi dan A. Darmuji hadir",
        "Budi, S.Sos. M.Si. Kepala Dinas",
        "situs metro7.co.id memuatnya pukul 10.30",
        "Ia berkata ... lalu diam",
    ],
)
def test_abbreviations_initials_and_numbers_end_nothing(text: str) -> None:
    assert sentences(text) == [text]


@given(st.text(alphabet=st.sampled_from("aB1 .\n!?…\"'”) \u00a0"), max_size=80))
def test_spans_are_ordered_trimmed_and_lose_no_letter(text: str) -> None:
    spans = sentence_spans(text)

    assert all(start < end for start, end in spans)
    assert all(left[1] <= right[0] for left, right in pairwise(spans))
    assert all(text[start:end] == text[start:end].strip() for start, end in spans)
    assert "".join("".join(sentences(text)).split()) == "".join(text.split())


@given(
    st.text(alphabet=st.sampled_from("aB1 .\n!?…\"'”) \u00a0"), min_size=200, max_size=900),
    st.lists(st.integers(0, 1200), min_size=1, max_size=4),
)
def test_sentences_found_bit_by_bit_are_those_of_the_whole_text(text: str, positions: list[int]) -> None:
    whole = sentence_spans(text)
    found = Sentences(text)

    for position in positions:
        starts, ends, reached, _ = found.up_to(position)
        spans = list(zip(starts, ends, strict=True))
        assert spans == whole[: len(spans)]
        assert reached >= position
        assert all(start > reached for start, _ in whole[len(spans) :])
