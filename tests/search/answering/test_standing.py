"""An article knows where it stands among the results of a question, also after the index has changed."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from index.query import Facet, Sort
from search.answer import Question
from search.answering.service import SearchService
from search.answering.standing import page_around

QUESTIONS = [
    Question("banjir"),
    Question("banjir surut", sort=Sort.NEWEST),
    Question("banjir", sort=Sort.OLDEST, per_page=7),
    Question("banjri surut"),  # corrected at once
    Question("banjir rob pasar"),  # words that no article holds together
    Question('"banjir pasar"'),  # no article has the phrase
    Question("kapan banjir surut di Demak"),
    Question("", sort=Sort.NEWEST),
    Question("", filters={Facet.PLACE: ("Demak",)}),
    Question("banjir", filters={Facet.PLACE: ("Demak", "Kudus")}, match="any"),
    Question("banjir rob", match="all"),
]


def article(number: int) -> dict[str, Any]:
    extra = ("pasar ramai", "rob tinggi", "jalan rusak")[number % 3]
    return {
        "id": f"b{number:02}",
        "title": f"Berita ke-{number}",
        "body": f"Banjir setinggi {number} cm. {'Banjir surut. ' * (number % 4)}Ada {extra} pada 2022.",
        "place": ("Demak", "Kudus")[number % 2],
        "date": f"2022-{number % 12 + 1:02}-{number % 27 + 1:02}",
    }


@pytest.fixture(scope="module", params=["whoosh", "tantivy"])
def service(request: pytest.FixtureRequest, make_archive: Callable[..., Any]) -> SearchService:
    archive = make_archive(request.param)
    archive.write(*(article(number) for number in range(1, 41)))
    service: SearchService = archive.service
    return service


def listed(service: SearchService, question: Question) -> tuple[list[str], int]:
    """All results in their order, page by page, and the number that the first page says."""
    first = service.search(question)
    pages = [service.search(replace(question, page=page + 1)) for page in range(first.pages)]
    return [result.id for page in pages for result in page.results], first.total


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda question: question.text or "all")
def test_every_result_knows_its_rank_and_its_neighbours(service: SearchService, question: Question) -> None:
    results, total = listed(service, question)
    assert total == len(results) >= 5

    for rank, name in enumerate(results, 1):
        standing = service.standing(name, question, rank)
        assert standing is not None
        assert (standing.rank, standing.total) == (rank, total)
        beside = [each and each.id for each in (standing.previous, standing.next)]
        assert beside == [
            results[rank - 2] if rank > 1 else None,
            results[rank] if rank < total else None,
        ]


def test_a_result_that_moved_is_found_where_it_stands_now(make_archive: Callable[..., Any]) -> None:
    question = Question("", sort=Sort.NEWEST)
    archive = make_archive()
    archive.write(*(article(number) for number in range(1, 41)))
    results, _ = listed(archive.service, question)
    later = [{**article(number), "id": f"baru{number}", "date": "2024-01-01"} for number in range(5)]

    archive.write(*(article(number) for number in range(1, 41)), *later)

    for rank, name in enumerate(results, 1):
        standing = archive.service.standing(name, question, rank)
        assert standing.rank == rank + 5
        assert standing.total == 45
        assert standing.previous is not None
        assert (standing.next is None) == (rank == 40)


def test_nothing_is_claimed_of_an_article_that_is_no_result_or_far_away(service: SearchService) -> None:
    results, total = listed(service, Question("banjir"))
    assert total == 40

    for name, rank in ((results[0], 10**6), ("tidak-ada", 3)):
        standing = service.standing(name, Question("banjir"), rank)
        assert standing is not None
        assert (standing.rank, standing.total) == (None, total)
        assert standing.previous is standing.next is None
    nothing = service.standing("b01", Question("tidakadakatainidimanapun", correct=False), 1)
    assert nothing is not None
    assert (nothing.rank, nothing.total) == (None, 0)


def test_a_dear_question_is_not_asked_again_for_it(
    service: SearchService, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert service.standing("b01", Question("banjir"), 1)
    monkeypatch.setattr("search.answering.service.DEAR_SECONDS", 0.0)

    assert service.standing("b01", Question("banjir"), 1) is None


@given(rank=st.integers(1, 10**6), around=st.integers(1, 30))
def test_a_page_around_a_rank_holds_it_and_its_neighbours_and_is_small(rank: int, around: int) -> None:
    page, per_page = page_around(rank, around)

    first, last = (page - 1) * per_page + 1, page * per_page
    assert first <= max(1, rank - around)
    assert last >= rank + around
    assert per_page <= 10 * around + 10
