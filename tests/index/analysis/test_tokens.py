"""Where words begin and end, in every script, and that nothing written is lost."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.analysis.tokens import MAX_FORM, tokenize


def forms(text: str) -> list[str]:
    return [token.form for token in tokenize(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Rp1,5 triliun", ["rp", "1", "5", "triliun"]),
        ("Rp 2.500.000,-", ["rp", "2", "500", "000"]),
        ("14/2/2024", ["14", "2", "2024"]),
        ("UU No. 20 Tahun 2023", ["uu", "no", "20", "tahun", "2023"]),
        ("covid-19 dan 4G", ["covid", "19", "dan", "4g"]),
        ("S.Sos., M. Yusup", ["s", "sos", "m", "yusup"]),
        ("P.T. Maju, D.I. Yogyakarta", ["pt", "maju", "di", "yogyakarta"]),
        ("dr. Ani hadir.Ia pulang", ["dr", "ani", "hadir", "ia", "pulang"]),
        ("Qur'an Jum’at ma`ruf", ["quran", "jumat", "maruf"]),
        ("'kutipan' ‘satu’ kata'", ["kutipan", "satu", "kata"]),
        ("redaksi@contoh.co.id", ["redaksi", "contoh", "co", "id"]),
        ("https://contoh.id/a?b=1", ["https", "contoh", "id", "a", "b", "1"]),
        ("dan/atau @mention #tagar", ["dan", "atau", "mention", "tagar"]),
        ("AT&T & S&P", ["at&t", "s&p"]),
        ("naïve Érasmus ＡＢＣ ½", ["naive", "erasmus", "abc", "1⁄2"]),
        ("rusak\u00adnya peng\u200bawas e\u0301tude", ["rusaknya", "pengawas", "etude"]),
        ("  \n\t ... !? ", []),
    ],
)
def test_each_kind_of_word_is_found(text: str, expected: list[str]) -> None:
    assert forms(text) == expected


@pytest.mark.parametrize(
    "word",
    [
        *("anak-anak", "anak-anaknya", "anak-anak-nya", "ikut-ikutan", "tolong-menolong", "berbalas-balasan"),
        *(
            "meniru-nirukan",
            "sayur-mayur",
            "bolak-balik",
            "gerak-gerik",
            "ber-ktp",
            "ktp-nya",
            "ke-20",
            "1990-an",
        ),
    ],
)
def test_reduplication_and_hyphenated_affixes_are_one_word(word: str) -> None:
    assert forms(word) == [word]


@pytest.mark.parametrize(
    "pair", ["tni-polri", "indonesia-malaysia", "covid-19", "jakarta-bandung", "2019-2020"]
)
def test_pairs_are_two_words(pair: str) -> None:
    assert forms(pair) == pair.split("-")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("漢字かな", ["漢", "字", "か", "な"]),
        ("ꦗꦮ", ["ꦗ", "ꦮ"]),
        ("صحيفة يومية", ["صحيفة", "يومية"]),
        ("Привет мир", ["привет", "мир"]),
        ("👍🏽 👨‍👩‍👧 🇮🇩", ["👍🏽", "👨👩👧", "🇮🇩"]),
    ],
)
def test_every_script_and_emoji_has_tokens(text: str, expected: list[str]) -> None:
    assert forms(text) == expected


def test_a_very_long_word_is_one_token_with_a_bounded_form() -> None:
    word = "a" * 100_000
    (token,) = tokenize(word)
    assert (token.form, token.start, token.end) == ("a" * MAX_FORM, 0, len(word))


@pytest.mark.parametrize(
    "unit", ["a&", "a.", "a'", "1.", "a-", "ber-", "se-anak-", "a\u200b", "e\u0301", "👨\u200d"]
)
def test_repeated_joiners_are_read_in_linear_time(unit: str) -> None:
    """Hangs if any step is quadratic."""
    assert tokenize(unit * 200_000)


ANYTHING = st.text(st.characters(codec=None), max_size=60)
TRICKY = st.text(st.sampled_from("aB1é-'.,&’ \u00ad\u200b\u200d\u0301漢ꦗ👍🏽🇮½ʼ@/RrPp"), max_size=40)


@settings(max_examples=1000, deadline=None)
@given(ANYTHING | TRICKY)
def test_no_letter_or_digit_is_lost_and_offsets_ascend(text: str) -> None:
    tokens = tokenize(text)
    covered: set[int] = set()
    cursor = 0
    for token in tokens:
        assert cursor <= token.start < token.end <= len(text)
        assert token.form
        assert len(token.form) <= MAX_FORM
        covered.update(range(token.start, token.end))
        cursor = token.end
    lost = [c for i, c in enumerate(text) if c.isalnum() and i not in covered]
    assert not lost, [unicodedata.name(c, hex(ord(c))) for c in lost]


@settings(max_examples=1000, deadline=None)
@given(ANYTHING | TRICKY)
def test_a_word_by_itself_is_the_same_token_again(text: str) -> None:
    for token in tokenize(text):
        written = text[token.start : token.end]
        assert tokenize(written) == [(token.form, 0, len(written))]
