"""Answers of two engines differ in what a reader can see, and nowhere else."""

from __future__ import annotations

from datetime import date

import pytest
from msgspec.structs import replace

from bench.recorded import differences
from index.query import Facet, FacetCount, Sort
from search.answer import Answer, Question, Result

QUESTION = Question("kata")


def result(name: str, score: float, day: date | None = None) -> Result:
    return Result(name, name, name, "", "", "", "", day, "id", (), score, "", ())


def answer(*scores: tuple[str, float]) -> Answer:
    counts = {Facet.PLACE: (FacetCount("Demak", 2),)}
    return Answer("kata", 9, 1, 10, 0.0, tuple(result(*each) for each in scores), counts, 9)


ANSWER = answer(("a", 3.0), ("b", 2.0), ("c", 2.0), ("d", 1.0))


@pytest.mark.parametrize(
    "other",
    [
        ANSWER,
        answer(("a", 3.00001), ("b", 2.0), ("c", 2.0), ("d", 1.0)),
        answer(("a", 3.0), ("c", 2.0), ("b", 2.0), ("d", 1.0)),
        answer(("a", 3.0), ("b", 2.0), ("c", 2.0), ("e", 1.0)),  # tied with one of the next page
    ],
)
def test_ties_may_change_places(other):
    assert list(differences(QUESTION, ANSWER, other)) == []


@pytest.mark.parametrize(
    ("other", "kind"),
    [
        (replace(ANSWER, total=8), "total"),
        (replace(ANSWER, total_all=8), "total"),
        (replace(ANSWER, facets={Facet.PLACE: (FacetCount("Demak", 1),)}), "facet"),
        (answer(("b", 3.0), ("a", 2.0), ("c", 2.0), ("d", 1.0)), "order:"),
        (answer(("a", 3.0), ("x", 2.0), ("c", 2.0), ("d", 1.0)), "order:"),
        (answer(("a", 3.1), ("b", 2.0), ("c", 2.0), ("d", 1.0)), "score"),
        (answer(("a", 3.0)), "length"),
    ],
)
def test_what_a_reader_would_see_is_a_difference(other, kind):
    (found,) = differences(QUESTION, ANSWER, other)

    assert found.split()[0] == kind


def test_where_days_decide_the_order_days_are_compared():
    newest = replace(QUESTION, sort=Sort.NEWEST)
    one = replace(ANSWER, results=(result("a", 0.0, date(2024, 1, 2)), result("b", 0.0, date(2024, 1, 1))))
    tied = replace(ANSWER, results=(result("x", 0.0, date(2024, 1, 2)), result("b", 0.0, date(2024, 1, 1))))
    turned = replace(ANSWER, results=one.results[::-1])

    assert list(differences(newest, one, tied)) == []
    assert list(differences(newest, one, turned)) == ["order of days"]
