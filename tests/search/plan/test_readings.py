"""Words of two roots: found by either, by the likelier one better, and shown as what they are."""

from __future__ import annotations

import random
from typing import Any

import pytest

from index.analysis.analyzer import Analyzer
from index.analysis.lexicon_files import load_lexicon
from index.analysis.wordlists import word_class
from index.engines.registry import embedded_names
from search.answer import Answer, Question

ANALYZER = Analyzer(load_lexicon())
FEW = 15
"""Random words of two roots."""

KNOWN = [
    ("beruang", "beruang", "uang"),
    ("mengukur", "ukur", "kukur"),
    ("memalukan", "malu", "palu"),
    ("pengurus", "urus", "kurus"),
    ("mengkritisi", "kritik", "kritis"),
]
"""A word, its likelier root and the other."""


def at_random() -> list[tuple[str, str, str]]:
    chance = random.Random(71)
    other = [root for pair in word_class("two readings") for root in pair.split()]
    words = [
        (form, ANALYZER.stem(form), root)
        for root in other
        if ANALYZER.stem(root) == root
        for form in ANALYZER.two_readings.forms(root)
    ]
    return chance.sample(words, FEW)


WORDS = [*KNOWN, *at_random()]
ROOTS = sorted({root for word in WORDS for root in word[1:]})


@pytest.fixture(scope="module", params=embedded_names())
def archive(make_archive: Any, request: pytest.FixtureRequest) -> Any:
    archive = make_archive(request.param)
    archive.write(
        *(
            {"id": f"kata{n}", "title": "Kabar", "body": f"Hari ini {word} di desa."}
            for n, (word, *_) in enumerate(WORDS)
        ),
        *({"id": root, "title": "Kabar", "body": f"Hari ini {root} di desa."} for root in ROOTS),
        *({"id": f"isi{n}", "title": "Kabar", "body": "Hari ini hujan turun di kota."} for n in range(20)),
    )
    return archive


def ask(archive: Any, text: str, **asked: Any) -> Answer:
    return archive.service.search(Question(text, per_page=100, **asked))


def scores(archive: Any, text: str) -> dict[str, float]:
    answer = ask(archive, text)
    assert not answer.corrected
    return {result.id: result.score for result in answer.results}


def test_a_word_of_two_roots_is_found_by_both_the_likelier_first(archive: Any) -> None:
    for n, (word, likelier, other) in enumerate(WORDS):
        by_likelier, by_other = scores(archive, likelier), scores(archive, other)
        assert by_likelier[f"kata{n}"] > by_other[f"kata{n}"] > 0, word


def test_what_is_of_a_root_for_sure_stands_before_what_may_be(archive: Any) -> None:
    for n, (word, _, other) in enumerate(WORDS):
        found = scores(archive, other)
        assert found[other] > found[f"kata{n}"], word


def test_asked_for_such_a_word_both_roots_are_found_the_likelier_first(archive: Any) -> None:
    for word, likelier, other in KNOWN:
        found = scores(archive, word)
        assert found[likelier] > found[other], word


def test_it_is_marked_and_the_reason_told(archive: Any) -> None:
    answer = ask(archive, "kurus", explain=True)
    (word,) = [result for result in answer.results if result.id == "kata3"]
    assert "<mark>pengurus</mark>" in word.snippet_html
    assert {part.why for part in word.parts} == {"reading"}
    page = archive.service.document("kata3", "kurus")
    assert page is not None
    assert "<mark>pengurus</mark>" in page.body_html


def test_words_of_one_root_are_found_by_no_other(archive: Any) -> None:
    assert "urus" not in scores(archive, "kurus")
    assert "uang" not in scores(archive, "ruang")


def test_what_must_not_occur_is_read_in_the_likelier_way_alone(archive: Any) -> None:
    without = {result.id for result in ask(archive, "desa -kurus").results}
    assert "kata3" in without
    assert "kurus" not in without
    assert {result.id for result in ask(archive, "kurus", expand=False).results} == {"kurus"}
