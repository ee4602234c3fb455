"""Why a word has its stem, told in the reader's language."""

from __future__ import annotations

import pytest

from index.analysis.analyzer import Analyzer
from index.analysis.learned import LearnedWords, with_learned
from index.analysis.lexicon_files import load_lexicon
from index.analysis.stemmer import Rule, Stem
from index.messages import translator
from search.i18n.describing_stems import describe_stem


@pytest.fixture(scope="module")
def analyzer(tmp_path_factory: pytest.TempPathFactory) -> Analyzer:
    own = tmp_path_factory.mktemp("own") / "kata.txt"
    own.write_text("[akar]\nkontrolnya = kontrol\n", encoding="utf-8")
    learned = LearnedWords({"sarani": (1234, 5)}, {"zyx": (("zat", "yang", "xenon"), 1)})
    return Analyzer(with_learned(load_lexicon(own), learned))


@pytest.mark.parametrize(
    ("word", "indonesian", "english"),
    [
        ("pengawasan", "imbuhan peng- -an", "affixes peng- -an"),
        ("dua", "kata dasar", "root word"),
        (
            "berkualitatif",
            "imbuhan ber-, keluarga serapan -itatif",
            "affixes ber-, family of loan words -itatif",
        ),
        (
            "Sarani",
            "nama: dalam arsip 1.234 kali berhuruf besar, 5 kali berhuruf kecil",
            "name: in the archive 1,234 times capitalised, 5 times in lower case",
        ),
        ("ZYX", "singkatan: arsip: dijelaskan 1 kali", "acronym: archive: explained 1 time"),
    ],
)
def test_a_reason_is_told_in_both_languages(
    analyzer: Analyzer, word: str, indonesian: str, english: str
) -> None:
    (token,) = analyzer.explain(word)

    assert describe_stem(token.stem, translator("id")) == indonesian
    assert describe_stem(token.stem, translator("en")) == english


def test_a_reason_names_the_line_that_decided(analyzer: Analyzer) -> None:
    balangan, asked, own, fixed = (
        describe_stem(token.stem, translator("id"))
        for token in analyzer.explain("Balangan siapa kontrolnya perijinan")
    )

    assert balangan.startswith("dilindungi: bawaan:places.txt:")
    assert asked.startswith("kata tanya: bawaan:stopwords.txt:")
    assert own.startswith("akar tetap: ")
    assert own.endswith("kata.txt:2")
    assert fixed.startswith("imbuhan per- -an; akar tetap: bawaan:spellings.txt:")


@pytest.mark.parametrize("language", ["id", "en"])
@pytest.mark.parametrize("rule", Rule)
def test_every_rule_has_words(rule: Rule, language: str) -> None:
    assert describe_stem(Stem("x", rule), translator(language))
