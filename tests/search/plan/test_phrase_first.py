"""A short query that an article has whole, as typed, brings that article forward."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from search.answer import Answer, Question
from search.answering.service import SearchService

ARTICLES: list[dict[str, Any]] = [
    {
        "id": "law",
        "body": "Sidang membahas banyak hal, lalu sekali menyebut Cipta Kerja sebelum ditutup sore hari.",
    },
    {
        "id": "work",
        "title": "Menciptakan kerja",
        "body": "Pekerja menciptakan kerja. Kerja tercipta dari cipta.",
    },
    {
        "id": "more",
        "title": "Kerja dan cipta",
        "body": "Pekerjaan tercipta, kerja diciptakan, cipta dan kerja lagi.",
    },
    *({"id": f"other{number}", "body": f"Nelayan ke-{number} pulang ke pelabuhan."} for number in range(30)),
]


@pytest.fixture(scope="module")
def service(service_of: Callable[..., SearchService]) -> SearchService:
    return service_of(*ARTICLES)


def ids(answer: Answer) -> list[str]:
    return [result.id for result in answer.results]


def test_an_article_that_has_the_query_whole_comes_before_articles_with_more_of_its_words(
    service: SearchService,
) -> None:
    found = service.search(Question("cipta kerja"))

    assert ids(found)[0] == "law"
    assert set(ids(found)) == {"law", "work", "more"}


def test_the_order_in_which_words_are_typed_matters(service: SearchService) -> None:
    assert ids(service.search(Question("kerja cipta")))[0] != "law"


def test_a_long_query_and_a_question_do_not_ask_for_their_words_as_typed(service: SearchService) -> None:
    long, question = (
        Question("sidang cipta kerja pekerja", explain=True),
        Question("apa cipta kerja", explain=True),
    )

    for answer in map(service.search, (long, question)):
        assert not [part for result in answer.results for part in result.parts if part.why == "phrase"]


def test_the_explanation_says_what_the_whole_query_was_worth(service: SearchService) -> None:
    first = service.search(Question("cipta kerja", explain=True)).results[0]

    assert [part.term for part in first.parts if part.why == "phrase"] == ["cipta kerja"]
    assert sum(part.score for part in first.parts) == pytest.approx(first.score, rel=1e-4)
