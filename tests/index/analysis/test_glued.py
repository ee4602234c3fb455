"""Glued words: found whole and by their parts, and read by phrases as they were meant."""

from __future__ import annotations

import pytest

from index.analysis.analyzer import Analyzer
from index.analysis.glued import parts_of
from index.analysis.lexicon_files import load_lexicon, with_entries

ANALYZER = Analyzer(load_lexicon())


@pytest.mark.parametrize(
    ("word", "parts"),
    [
        ("KeuanganSri", ["Keuangan", "Sri"]),
        ("detikJateng", ["detik", "Jateng"]),
        ("BupatiSitubondo", ["Bupati", "Situbondo"]),
        ("KPUKota", ["KPU", "Kota"]),
        ("WASITKorea", ["WASIT", "Korea"]),
        ("kataBupatiSitubondo", ["kata", "Bupati", "Situbondo"]),
    ],
)
def test_a_capital_inside_a_word_parts_it(word: str, parts: list[str]) -> None:
    assert parts_of(word) == parts


@pytest.mark.parametrize(
    "word", ["McDonald", "eKTP", "iPhone", "PPKn", "SpaceX", "KPU", "Keuangan", "abCdeFghIjkLmnOpqRstUvw", ""]
)
def test_other_capitals_part_nothing(word: str) -> None:
    assert parts_of(word) == [word]


def test_two_words_that_lost_their_blank_stand_where_they_were_and_the_whole_behind() -> None:
    stream = ANALYZER.stream("Menteri KeuanganSri Mulyani")
    assert stream.forms == ["menteri", "keuangan", "sri", "mulyani", "keuangansri"]
    assert stream.stems == [ANALYZER.stem(form) for form in stream.forms]


def test_a_name_stands_where_it_was_and_its_parts_behind() -> None:
    stream = ANALYZER.stream("aplikasi WhatsApp resmi")
    assert stream.forms == ["aplikasi", "whatsapp", "resmi", "whats", "app"]


def test_the_places_of_parts_are_those_in_the_text() -> None:
    text = "kata (BupatiSitubondo)"
    in_place, appended = ANALYZER.tokens(text)
    assert [text[token.start : token.end] for token in in_place] == ["kata", "Bupati", "Situbondo"]
    assert [text[token.start : token.end] for token in appended] == ["BupatiSitubondo"]


def test_a_protected_word_has_no_parts() -> None:
    protecting = Analyzer(with_entries(load_lexicon(), "[lindungi]\nBukaLapak", "x"))
    assert protecting.stream("BukaLapak").forms == ["bukalapak"]
    assert set(ANALYZER.stream("BukaLapak").forms) == {"buka", "lapak", "bukalapak"}


def test_what_a_reader_types_is_one_word() -> None:
    assert ANALYZER.analyze("KeuanganSri YouTube").forms == ["keuangansri", "youtube"]
