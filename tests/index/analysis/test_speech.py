"""Everyday speech has the stems of the standard words, and names that look like it keep theirs."""

from __future__ import annotations

import random

import pytest

from index.analysis.analyzer import Analyzer
from index.analysis.lexicon_files import load_lexicon
from index.analysis.speech import spoken_root
from index.analysis.wordlists import words_in_use

ANALYZER = Analyzer(load_lexicon())
FEW = 60
"""Random roots."""

SAID = """
dengerin mendengarkan; didengerin didengarkan; beliin membelikan; dibeliin dibelikan; bantuin membantu
ngebantuin membantu; nyariin mencarikan; ngambilin mengambilkan; ngebuka membuka; ngelihat melihat
nulis menulis; nunggu menunggu; nungguin menunggu; mikir berpikir; mikirin memikirkan; nanya bertanya
bgt banget; nyobain mencoba; ngurusin mengurus; ngajarin mengajarkan; ngelakuin melakukan; temen2 teman-teman
kupu2 kupu-kupu; undang2 undang-undang; bangeeet banget; siiiap siap; mantaaap mantap; kereeen keren
benerin membenarkan; nganterin mengantarkan; ngeliatin melihat; diliatin dilihat; nyampe sampai; udah sudah
ngga tidak; nggak tidak; gak tidak; tdk tidak; yg yang; dgn dengan; utk untuk; krn karena; gimana bagaimana
"""
NAMES = """
putin martin robin austin berlin bahrain bitcoin admin kevin justin marlin catalin nanda alamin mekan naman
ngurah ngawi nganjuk ngada nyoman munir marissa nadia neymar mohamed monas www xxx iii
"""


@pytest.mark.parametrize(
    "pair", [pair.split() for pair in SAID.replace("\n", ";").split(";") if pair.strip()]
)
def test_it_has_the_stem_of_what_is_written(pair: list[str]) -> None:
    said, written = pair
    assert ANALYZER.stem(said) == ANALYZER.stem(written)


@pytest.mark.parametrize("name", NAMES.split())
def test_names_and_foreign_words_are_their_own_stems(name: str) -> None:
    assert ANALYZER.stem(name) == name


def test_the_suffix_is_read_behind_any_common_verb() -> None:
    roots = sorted(root for root in words_in_use("common") if 3 < len(root) < 7 and root[0] in "bdgjl")
    for root in random.Random(17).sample(roots, FEW):
        written = ANALYZER.stem(root)
        assert ANALYZER.stem(f"nge{root}in") == written
        if not ANALYZER.is_root(f"di{root}in"):
            assert ANALYZER.stem(f"di{root}in") == written


def test_a_root_that_texts_do_not_use_is_not_read_into_a_word() -> None:
    assert spoken_root("dengerin", {"dengar"}, set()) == ("dengar", ("-in",))
    assert spoken_root("dengerin", set(), {"dengar"}) is None
    assert spoken_root("didengerin", set(), {"dengar"}) == ("dengar", ("di-", "-in"))
    assert spoken_root("aaaa", {"a"}, {"a"}) == ("a", ())
    assert spoken_root("", set(), set()) is None
