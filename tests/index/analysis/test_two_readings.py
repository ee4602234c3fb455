"""Words of two roots: which they are, by the grammar and a list of roots that are mixed up."""

from __future__ import annotations

import pytest

from index.analysis.analyzer import Analyzer
from index.analysis.lexicon_files import load_lexicon, with_entries
from index.analysis.wordlists import word_class

ANALYZER = Analyzer(load_lexicon())
WORDS = ANALYZER.two_readings


@pytest.mark.parametrize(
    ("form", "stem", "others"),
    [
        ("beruang", "beruang", {"uang", "ruang"}),
        ("mengukur", "ukur", {"kukur"}),
        ("memalukan", "malu", {"palu"}),
        ("kepengurusannya", "urus", {"kurus"}),
        ("mengkritisi", "kritik", {"kritis"}),
        ("memerah", "merah", {"perah"}),
        ("penyaringan", "saring", {"nyaring"}),
        ("memakai", "pakai", {"maka"}),
        ("urusan", "urus", set()),
        ("kurus", "kurus", set()),
        ("membaca", "baca", set()),
    ],
)
def test_a_word_has_the_likelier_stem_and_may_have_another(form: str, stem: str, others: set[str]) -> None:
    assert ANALYZER.stem(form) == stem
    assert set(WORDS.others(form)) == others


def test_the_words_of_a_root_that_are_kept_under_another_are_found_again() -> None:
    assert {"pengurus", "mengurusi", "kepengurusan", "mengurusnya"} <= set(WORDS.forms("kurus"))
    assert "beruang" in WORDS.forms("uang")
    assert WORDS.forms("baca") == []
    for form in WORDS.forms("kurus"):
        assert ANALYZER.stem(form) != "kurus"
        assert "kurus" in WORDS.others(form)


def test_every_pair_of_the_list_has_words() -> None:
    pairs = [pair.split() for pair in word_class("two readings")]
    assert len(pairs) > 30
    assert [pair for pair in pairs if not any(WORDS.forms(ANALYZER.stem(root)) for root in pair)] == []


def test_a_word_that_an_owner_gives_a_root_has_no_other() -> None:
    own = Analyzer(with_entries(load_lexicon(), "[akar]\nkritis = kritik\n[lindungi]\npengurus", "x"))
    assert own.two_readings.others("mengkritisi") == []
    assert own.two_readings.others("pengurus") == []
