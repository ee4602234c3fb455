"""Where nothing is found: which words the archive does not know, and what else would find something."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from msgspec.structs import replace

from index.query import Facet
from search.answer import Question
from search.answering.service import SearchService


@pytest.fixture(scope="module")
def service(service_of: Any) -> SearchService:
    found: SearchService = service_of(
        *(
            {
                "body": f"Gubernur meninjau pelabuhan ke-{number}.",
                "source": ("a.example", "b.example")[number % 2],
                "place": ("Lebak", "Pati", "Kudus")[number % 3],
                "date": f"2024-0{number % 4 + 1}-11",
            }
            for number in range(12)
        ),
        {"body": "Bendungan itu ditutup.", "source": "c.example", "date": "2020-05-05"},
    )
    return found


def ways(service: SearchService, question: Question) -> dict[tuple[str, str], int]:
    """Kind and text of each way out -> what it finds; each is asked to see whether that is so."""
    answer = service.search(question)
    assert answer.total == 0
    for way in answer.ways_out:
        assert service.search(replace(way.question, per_page=3)).total == way.count > 0
    return {(way.kind, way.text): way.count for way in answer.ways_out}


def test_an_unknown_word_is_named_with_the_nearest_known_ones(service: SearchService) -> None:
    question = Question("pelbuahn", correct=False)
    answer = service.search(question)
    assert answer.unknown == ("pelbuahn",)
    assert [way.question.text for way in answer.ways_out] == ["pelabuhan"]
    assert ways(service, question) == {("word", "pelbuahn"): 12}


def test_a_word_like_none_is_named_all_the_same(service: SearchService) -> None:
    answer = service.search(Question("xyzqw"))
    assert (answer.unknown, answer.ways_out) == (("xyzqw",), ())


def test_each_filter_says_what_leaving_it_out_would_give(service: SearchService) -> None:
    filters = {Facet.SOURCE: ("c.example",), Facet.PLACE: ("Lebak", "Pati")}
    question = Question("gubernur", filters=filters, first=date(2024, 1, 1), last=date(2024, 1, 31))
    assert ways(service, question) == {("source", "c.example"): 2, ("filters", ""): 12}


def test_dates_alone_can_be_left_out(service: SearchService) -> None:
    assert ways(service, Question("gubernur", last=date(2019, 1, 1))) == {("date", ""): 12}


def test_quotes_can_be_left_out_where_only_other_articles_have_the_phrase(service_of: Any) -> None:
    service = service_of(
        {"body": "Gubernur meninjau pelabuhan.", "source": "a.example"},
        {"body": "Pelabuhan ditinjau gubernur.", "source": "b.example"},
    )
    question = Question('"meninjau pelabuhan"', filters={Facet.SOURCE: ("b.example",)})
    assert ways(service, question) == {("quotes", ""): 1, ("source", "b.example"): 1}


def test_that_all_words_are_wanted_can_be_left_out(service: SearchService) -> None:
    assert ways(service, Question("gubernur bendungan", match="all")) == {("words", ""): 13}


def test_nothing_is_said_where_something_is_found(service: SearchService) -> None:
    answer = service.search(Question("gubernur xyzqw"))
    assert answer.total
    assert (answer.unknown, answer.ways_out) == ((), ())
