"""The archive's own forms of a word, and that marking by them finds what reading every word finds."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.analysis.analyzer import Analyzer
from index.analysis.lexicon_files import load_lexicon
from index.settings import Settings
from search.opened.inflections import Inflections
from search.plan.meaning import Archive
from search.plan.planning import Planner
from search.plan.recipe import Recipe
from search.plan.weights import Weights
from search.query.parsing import parse
from search.snippets.highlighting import Finder

ANALYZER = Analyzer(load_lexicon())
FINDER = Finder(ANALYZER)
PLANNER = Planner(
    Archive(ANALYZER.analyze, ANALYZER.lexicon, lambda stem: 1, 10, Recipe(Weights.of(Settings())))
)
WORDS = (
    *("awas", "Pengawas", "mengawasi", "pengawasan", "kawasan", "Jum'at", "Jum\u2019at", "di-PHK", "PHK"),
    *("500", "Rp500", "rp500,500", "500-an", "ke-500", "2.500.000", "\uff15\uff10\uff10", "5'00", "x500"),
    *("TNI-Polri", "café", "cafe", "kata-kata", "kata", "berkata", "3.500", "Rp1,5", "COVID-19", "an", "dan"),
    *(
        "500\u2019an",
        "\u00bd",
        "2",
        "2.025",
        "Rp2",
        "U2",
        "u-2",
        "U\u20132",
        "ke\u20132",
        "2's",
        "2s",
        "2x",
        "i",
        "I-2",
    ),
    *("i.", "R&D", "x2", "x_2", "kata\u2013kata", "covid19", "'2", "i'", "i-i", "4,2%"),
    *(
        "\u201cawas\u201d",
        "(awas)",
        "awas,",
        "İstanbul",
        "awas\n",
        "ke-2",
        "se-Indonesia",
        "a.n.",
        "\u2014",
        "'awas'",
    ),
)
QUERIES = (
    *(
        "awas",
        "jumat",
        "phk",
        "cafe",
        "kata",
        "dan",
        "3500",
        "covid",
        "indonesia",
        '"awas kata"',
        "awas dan kata",
    ),
    *("500", "an 500", "a 500", "500 awas", "2.500", "5"),
    *("polri", "an awas", "kata-kata", "'awas'", "covid-19"),
    *("2", "u2", "i", "i 2", "2s", "ke-2", "covid19", '"2 awas"', '"i 2"', "x2 i", "r&d"),
)


def test_forms_are_known_by_their_stem() -> None:
    inflections = Inflections(
        Inflections.of(["kawasan", "mengawasi", "pengawas", "awas", "pengawasan"], ANALYZER)
    )

    assert inflections.forms("awas") == ["mengawasi", "pengawas", "pengawasan"]
    assert inflections.forms("entah") == []
    assert inflections.complete


@pytest.mark.parametrize("query", QUERIES)
@settings(max_examples=70, deadline=None)
@given(st.lists(st.sampled_from(WORDS), max_size=12))
def test_marking_by_known_forms_marks_what_reading_every_word_marks(query: str, words: list[str]) -> None:
    text = " ".join(words)
    inflections = Inflections(Inflections.of(sorted(set(ANALYZER.analyze(text).forms)), ANALYZER))
    targets = PLANNER.plan(parse(query)).body

    assert FINDER.highlighter(targets, inflections.forms).find(text) == FINDER.find(text, targets)
