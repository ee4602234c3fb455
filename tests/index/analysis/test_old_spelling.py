"""Old spelling: told by an article's words as a whole, read word by word, and never seen where it is not."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bench.old_spelling import Spelling, printed
from index.analysis.analyzer import Analyzer
from index.analysis.lexicon_files import load_lexicon
from index.analysis.types import Stream
from index.analysis.wordlists import words_in_use

ANALYZER = Analyzer(load_lexicon())
SPELLING = ANALYZER.old_spelling
SEEDS = sorted((Path(__file__).parents[3] / "seeds").rglob("*.txt"))
PROCLAMATION = (
    "Kami bangsa Indonesia dengan ini menjatakan kemerdekaan Indonesia. Hal-hal jang mengenai pemindahan "
    "kekoeasaan d.l.l., diselenggarakan dengan tjara saksama dan dalam tempo jang sesingkat-singkatnja."
)
COMMON = sorted(words_in_use("common"))


@pytest.mark.parametrize(
    ("old", "today"),
    [
        ("oentoek", "untuk"),
        ("tjepat", "cepat"),
        ("jang", "yang"),
        ("mendjadi", "menjadi"),
        ("masjarakat", "masyarakat"),
        ("achir", "akhir"),
        ("menjanji", "menyanyi"),
        ("Tjokroaminoto", "Cokroaminoto"),
        ("SOEKARNO", "SUKARNO"),
        ("ra'jat", "rakyat"),
        ("ma’loem", "maklum"),
        ("Djoem'at", "Jumat"),
        ("tida'", "tidak"),
        ("moelaï", "mulai"),
        ("orang2", "orang-orang"),
        ("anak2nja", "anak-anaknya"),
        ("berdjalan2", "berjalan-jalan"),
        ("menoelis2", "menulis-nulis"),
        ("pemimpin2", "pemimpin-pemimpin"),
        ("kepala²", "kepala-kepala"),
        ("Achmad", "Achmad"),
        ("rumah", "rumah"),
        ("mesjid", "mesjid"),
        ("Rp2 djoeta", "Rp2 juta"),
        ("U2", "U2"),
    ],
)
def test_a_word_is_read_as_it_is_written_today(old: str, today: str) -> None:
    assert SPELLING.today(old).text == today


@given(st.lists(st.sampled_from(COMMON), min_size=30, max_size=60), st.sampled_from(Spelling))
def test_what_is_printed_comes_back(words: list[str], spelling: Spelling) -> None:
    read = SPELLING.today(" ".join(printed(word, spelling) for word in words)).text.split(" ")
    wrong = [pair for pair in zip(words, read, strict=True) if pair[0] != pair[1]]
    assert len(wrong) <= len(words) // 10, wrong


@given(st.text(alphabet="aeioujdtnsc'’2²- .Aï", max_size=80))
def test_every_word_of_today_stands_somewhere_in_print(text: str) -> None:
    today = SPELLING.today(text)
    for found in (*zip(today.starts, today.ends, strict=True), (0, len(today.text))):
        start, end = today.printed(*found)
        assert 0 <= start <= end <= len(text)
        assert SPELLING.today(text[start:end]).text == today.text[slice(*found)]
    assert today.printed(0, len(today.text)) == (0, len(text))


def test_an_article_is_told_by_its_words_as_a_whole() -> None:
    assert SPELLING.is_old(PROCLAMATION)
    assert SPELLING.is_old("Djawa Tjepat oentoek kemerdekaan")
    assert SPELLING.is_old("Naskah proklamasi", PROCLAMATION)
    quoted = f"Yang dicetak ialah “{PROCLAMATION[:90]}”, menurut catatan di Jakarta. Kalimat itu jelas."
    assert not SPELLING.is_old(
        f"{quoted} Juru bicara yayasan menyatakan hanya salinannya yang disimpan dan dicari."
    )
    assert not SPELLING.is_old("Soekarno dan Tjokroaminoto di Djakarta", "Doeloe ada oei tjoe djie.")


@pytest.mark.parametrize(
    "text", ["", "jang", "oe", "panjang janji jaya banjir", "Joe Biden does adjust", "djdjdj tjtj"]
)
def test_single_words_tell_nothing(text: str) -> None:
    assert not SPELLING.is_old(text)


def test_no_sample_article_is_taken_for_an_old_one_until_it_is_printed_so() -> None:
    texts = [path.read_text(encoding="utf-8", errors="replace") for path in SEEDS]
    assert len(texts) > 10
    assert not any(SPELLING.is_old(text) for text in texts)
    for spelling in Spelling:
        recognised = sum(SPELLING.is_old(printed(text, spelling)) for text in texts)
        assert recognised >= len(texts) - 1


def test_an_article_of_today_is_indexed_as_before() -> None:
    text = "Jaya Banjar berjanji menjaga panjang sungai di Banjar."
    assert ANALYZER.streams("Judul", text) == (ANALYZER.stream("Judul"), ANALYZER.stream(text))


def test_an_old_article_has_both_spellings_and_stems_of_today() -> None:
    (stream,) = ANALYZER.streams("Rakjat jang menjamboet kemerdekaan")
    assert stream == Stream(
        "rakyat yang menyambut kemerdekaan rakjat jang menjamboet kemerdekaan",
        "rakyat yang sambut merdeka rakjat jang menjamboet",
    )
