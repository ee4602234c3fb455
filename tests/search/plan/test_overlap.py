"""Words that always come together count as one thing said, not as many."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Any

import pytest

from search.answer import Question
from search.plan.overlap import association, overlaps

NAME = "Teuku Iskandar Muda"
ARTICLES: list[dict[str, Any]] = [
    {"id": "name", "title": "", "body": f"Patung {NAME} dibersihkan. {NAME} abadi, {NAME} dikenang."},
    {"id": "answer", "title": "", "body": "Pelabuhan itu diresmikan di hadapan warga yang datang."},
    *(
        {"id": f"other{number}", "title": "", "body": f"{NAME} dikenang, dan {word} berjalan lancar."}
        for number, word in enumerate(("panen", "lomba", "rapat", "pasar"))
    ),
    *(
        {"id": f"plain{number}", "title": "", "body": f"Warga membahas {word} di balai desa."}
        for number, word in enumerate(("pelabuhan", "nelayan", "jalan", "air", "listrik", "pelabuhan"))
    ),
]


def counted(texts: Sequence[set[str]]) -> tuple[Any, Any]:
    """Frequencies and joint frequencies of words in documents."""
    return (
        lambda word: sum(word in text for text in texts),
        lambda pairs: [sum(text.issuperset(pair) for text in texts) for pair in pairs],
    )


def test_words_that_never_part_are_associated_and_words_that_meet_by_chance_are_not() -> None:
    always = association(1000, 20, 20, 20)
    often = association(1000, 20, 40, 20)
    chance = association(1000, 100, 100, 10)

    assert 0.9 < always < 1
    assert 0 < often < always
    assert chance == association(1000, 20, 20, 0) == 0


def test_one_meeting_says_less_than_many() -> None:
    strengths = [association(1000, times, times, times) for times in (1, 3, 30)]

    assert all(less < more for less, more in pairwise(strengths))


def test_the_words_of_a_name_overlap_and_the_rest_does_not() -> None:
    texts = [{"iskandar", "muda", str(n)} for n in range(5)] + [{"panen", str(n)} for n in range(5, 50)]
    frequency, together = counted(texts)

    found = overlaps(["panen", "iskandar", "muda", "entah"], frequency, together, len(texts))

    assert found[1] == found[2] > 0.5
    assert found[0] == found[3] == 0


def test_only_words_near_each_other_are_compared() -> None:
    asked: list[tuple[str, str]] = []

    def together(pairs: Sequence[tuple[str, str]]) -> list[int]:
        asked.extend(pairs)
        return [0] * len(pairs)

    overlaps(["a", "b", "c", "d", "unknown", "a"], lambda word: word != "unknown", together, 10)

    assert asked == [("a", "b"), ("a", "c"), ("b", "c"), ("b", "d"), ("c", "d"), ("d", "a")]


def test_repeating_a_name_does_not_outrank_the_rest_of_the_question(
    service_of: Any, with_weights: Any
) -> None:
    question = Question(f"siapa meresmikan pelabuhan nelayan {NAME}")
    service = service_of(*ARTICLES)
    by_words = {"passage": 0.0, "beside": 0.0}
    weighed = with_weights(service, **by_words).search(question)
    apart = with_weights(service, overlap=0.0, **by_words).search(question)

    assert [answer.results[0].id for answer in (weighed, apart)] == ["answer", "name"]


def test_explanations_say_what_a_word_loses(service_of: Any) -> None:
    answer = service_of(*ARTICLES).search(Question(NAME.lower(), explain=True))

    for result in answer.results:
        lost = {part.term: part.score for part in result.parts if part.why == "overlap"}
        assert lost.keys() <= {"teuku", "iskandar", "muda"}
        assert all(score < 0 for score in lost.values())
        assert sum(part.score for part in result.parts) == pytest.approx(result.score, rel=1e-4)
    assert any(part.why == "overlap" for part in answer.results[0].parts)
