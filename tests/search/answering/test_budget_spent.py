"""What an answer goes without when the budget is too small for it, and what stays the same."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from search.answer import Question
from search.answering.service import SearchService
from search.budget import Cut
from search.opened.searcher import Searcher

LONG = " ".join(f"lembaga{number % 3000} 7 zakat menyerahkan" for number in range(20_000))
ARTICLES = [
    {"id": f"panjang{number}", "title": f"Zakat {number}", "body": LONG.replace("zakat", f"zakat{number}", 1)}
    for number in range(3)
]
QUESTION = "zakat menyerahkan lembaga1"


@pytest.fixture(scope="module", params=["whoosh", "tantivy"])
def services(
    request: pytest.FixtureRequest, make_archive: Callable[..., Any]
) -> tuple[SearchService, SearchService]:
    """Two of one archive: with the least budget there is, and with more than enough."""
    archive = make_archive(request.param)
    archive.write(*ARTICLES)
    small, large = (archive.settings.replace(budget_ms=milliseconds) for milliseconds in (50, 600_000))
    return SearchService(Searcher(small)), SearchService(Searcher(large))


def test_marks_and_explanations_end_and_the_results_stay(
    services: tuple[SearchService, SearchService],
) -> None:
    small, large = (service.search(Question("zakat menyerahkan", explain=True)) for service in services)

    assert Cut.MARKS in small.cut
    assert Cut.EXPLANATION in small.cut
    assert not large.cut
    assert [result.id for result in small.results] == [result.id for result in large.results]
    assert (small.total, small.facets) == (large.total, large.facets)
    assert all("<mark>" in result.snippet_html and result.parts for result in large.results)
    assert not all(result.parts for result in small.results)


def test_a_long_article_is_marked_as_far_as_the_budget_goes(
    services: tuple[SearchService, SearchService],
) -> None:
    small, large = (service.document("panjang1", QUESTION) for service in services)

    assert small
    assert large
    assert small.to_dict()["cut"] == ["marks"]
    assert not large.cut
    assert 0 < small.body_html.count("<mark>") < large.body_html.count("<mark>")
    assert small.document == large.document


def test_what_is_too_dear_is_not_asked_for_and_said_so_on_every_page(
    services: tuple[SearchService, SearchService],
) -> None:
    small, _ = services
    text = "z* y* x* w* v* u* zakat"

    pages = [small.search(Question(text, page=page, per_page=1)) for page in (1, 2, 1)]

    assert all(page.ignored and page.ignored == pages[0].ignored for page in pages)
    assert {reason for reason, _ in pages[0].ignored} == {"too_dear"}
    assert len({page.total for page in pages}) == 1
