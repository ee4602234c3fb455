"""Days among the words: offered with the number that the click gives, applied where words find nothing."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from msgspec.structs import replace

from index.query import Facet, Sort
from search.answer import Answer, Period, Question
from search.answering.service import SearchService

TODAY = date(2025, 2, 12)

RECORDS: list[dict[str, Any]] = [
    {"id": "rob", "title": "Banjir rob", "body": "Banjir di Demak. Jalan rusak.", "date": "2025-01-05"},
    {
        "id": "hujan",
        "title": "Hujan deras",
        "body": "Banjir di Demak lagi.",
        "date": "2025-01-20",
        "source": "warta",
    },
    {
        "id": "surut",
        "title": "Surut",
        "body": "Banjir di Demak surut.",
        "date": "2025-02-05",
        "source": "warta",
    },
    {
        "id": "ulasan",
        "title": "Ulasan",
        "body": "Banjir di Demak pada Januari 2025 diulas.",
        "date": "2025-03-01",
    },
    {"id": "pemilu", "title": "Hoaks pemilu", "body": "Hoaks pemilu beredar.", "date": "2019-04-10"},
    {"id": "hitung", "title": "Hoaks pemilu", "body": "Hoaks pemilu dihitung.", "date": "2019-04-18"},
    {"id": "tanpa", "title": "Tanpa tanggal", "body": "Gempa tanpa tanggal."},
]


@pytest.fixture(scope="module", params=["whoosh", "tantivy"])
def service(request: pytest.FixtureRequest, make_archive: Callable[..., Any]) -> SearchService:
    if request.param == "tantivy":
        pytest.importorskip("tantivy")
    archive = make_archive(request.param)
    archive.write(*RECORDS)
    return SearchService(archive.searcher, today=lambda: TODAY)


def ids(answer: Answer) -> set[str]:
    return {result.id for result in answer.results}


def clicked(question: Question, period: Period) -> Question:
    return replace(question, text=period.query, first=period.first, last=period.last, page=1)


def test_the_words_stay_words_and_the_period_is_offered(service: SearchService) -> None:
    answer = service.search(Question("banjir demak januari 2025"))

    assert "ulasan" in ids(answer)
    assert answer.total_all == 1
    assert answer.period == Period("banjir demak", date(2025, 1, 1), date(2025, 1, 31), 2, applied=False)
    assert answer == replace(
        service.search(Question("banjir demak januari 2025", period=False)),
        period=answer.period,
        took_ms=answer.took_ms,
    )


@pytest.mark.parametrize(
    "text", ["banjir demak januari 2025", "jalan tahun 2025", "banjir minggu lalu", "2019"]
)
@pytest.mark.parametrize("filters", [{}, {Facet.SOURCE: ("warta",)}])
@pytest.mark.parametrize("sort", list(Sort))
def test_the_number_is_what_the_click_gives(
    service: SearchService, text: str, filters: dict[Facet, tuple[str, ...]], sort: Sort
) -> None:
    question = Question(text, filters=filters, sort=sort, per_page=1)
    answer = service.search(question)

    if answer.period is None:
        assert filters  # without them each finds something
    else:
        assert answer.period.count == service.search(clicked(question, answer.period)).total
        assert answer.period.count or answer.period.applied


def test_a_period_is_applied_where_no_article_holds_its_words(service: SearchService) -> None:
    question = Question("banjir demak februari 2025")
    answer = service.search(question)

    assert answer.period == Period("banjir demak", date(2025, 2, 1), date(2025, 2, 28), 1, applied=True)
    assert answer.query == question.text
    expected = service.search(clicked(question, answer.period))
    assert (answer.results, answer.total, answer.facets) == (
        expected.results,
        expected.total,
        expected.facets,
    )
    assert ids(answer) == {"surut"}


def test_days_are_counted_from_today(service: SearchService) -> None:
    answer = service.search(Question("banjir minggu lalu"))

    assert answer.period == Period("banjir", date(2025, 2, 3), date(2025, 2, 9), 1, applied=True)


def test_before_an_election_means_before_its_day(service: SearchService) -> None:
    answer = service.search(Question("hoaks sebelum pemilu 2019"))

    assert answer.period == Period("hoaks pemilu", None, date(2019, 4, 16), 1, applied=True)
    assert ids(answer) == {"pemilu"}


def test_days_alone_are_a_question_too(service: SearchService) -> None:
    answer = service.search(Question("19/4/2019"))
    assert answer.period is None  # nothing was published then

    answer = service.search(Question("18/4/2019"))
    assert answer.period == Period("", date(2019, 4, 18), date(2019, 4, 18), 1, applied=True)
    assert ids(answer) == {"hitung"}


@pytest.mark.parametrize("changed", [{"correct": False}, {"period": False}])
def test_the_way_back_gives_the_words_as_typed(service: SearchService, changed: dict[str, bool]) -> None:
    question = Question("banjir demak februari 2025", **changed)
    answer = service.search(question)

    assert answer.period is None or not answer.period.applied
    assert (answer.period is None) == ("period" in changed)
    assert answer.total > 1  # "sebagian kata"


def test_filters_and_pages_do_not_decide_whether_it_is_applied(service: SearchService) -> None:
    held = Question("banjir demak januari 2025", filters={Facet.SOURCE: ("warta",)})
    answer = service.search(held)
    assert answer.total_all == 0
    assert answer.period is not None
    assert not answer.period.applied  # the archive has an article with all these words

    applied = Question("banjir demak februari 2025", filters={Facet.SOURCE: ("tidak ada",)})
    answer = service.search(applied)
    assert answer.period is not None
    assert answer.period.applied
    assert answer.total == answer.period.count == 0

    later = service.search(Question("banjir demak februari 2025", page=2, per_page=1))
    assert later.period is not None
    assert later.period.applied
    assert (later.page, later.total, later.results) == (2, 1, ())


@pytest.mark.parametrize(
    "question",
    [
        Question("banjir demak januari 2025", first=date(2024, 1, 1)),
        Question("banjir demak januari 2025", last=date(2026, 1, 1)),
        Question("banjir tahun:2025 januari 2025"),
        Question('banjir "januari 2025"'),
        Question("banjir januari 1999"),
        Question("wakanda januari 1999"),
        Question("banjir demak"),
        Question(""),
    ],
)
def test_nothing_is_offered(service: SearchService, question: Question) -> None:
    assert service.search(question).period is None


def test_the_rest_has_to_be_found_whole_to_be_applied(service: SearchService) -> None:
    answer = service.search(Question("jalan longsor januari 2025"))

    assert answer.period is None or not answer.period.applied


def test_a_misspelt_rest_is_counted_as_the_click_corrects_it(service: SearchService) -> None:
    question = Question("banjr demak februari 2025")
    answer = service.search(question)

    assert answer.period is not None
    assert answer.period.applied
    assert ids(answer) == {"surut"}
    assert answer.corrected is not None
    assert answer.corrected.query == "banjir demak"
    assert service.search(clicked(question, answer.period)).total == answer.total
