"""Bars of days, months or years: exact, side by side, few, and the same as their dates find."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from msgspec.structs import replace

from index.engines.registry import embedded_names
from index.query import Facet, Sort
from search.answer import Histogram, Question
from search.answering.timeline import MOST_BARS, histogram

DAY = timedelta(days=1)


def spread(*published: date | None, first: date | None = None, last: date | None = None) -> Histogram:
    counts = Counter(day.toordinal() if day else 0 for day in published)
    return histogram(dict(sorted(counts.items())), first, last)


def told(found: Histogram) -> list[str]:
    """Each bar as ``first..last: count``, empty ones left out."""
    return [f"{bar.first}..{bar.last}: {bar.count}" for bar in found.bars if bar.count]


def test_a_month_is_shown_by_day_with_the_days_between_that_have_nothing() -> None:
    found = spread(date(2024, 2, 27), date(2024, 3, 1), date(2024, 3, 1))

    assert found.unit == "day"
    assert [(bar.first, bar.last, bar.count) for bar in found.bars] == [
        (date(2024, 2, 27), date(2024, 2, 27), 1),
        (date(2024, 2, 28), date(2024, 2, 28), 0),
        (date(2024, 2, 29), date(2024, 2, 29), 0),
        (date(2024, 3, 1), date(2024, 3, 1), 2),
    ]


def test_months_have_all_of_their_days() -> None:
    found = spread(date(2023, 12, 15), date(2024, 2, 29))

    assert found.unit == "month"
    assert [(bar.first, bar.last) for bar in found.bars] == [
        (date(2023, 12, 1), date(2023, 12, 31)),
        (date(2024, 1, 1), date(2024, 1, 31)),
        (date(2024, 2, 1), date(2024, 2, 29)),
    ]


def test_years_that_lie_before_1970_are_years_too() -> None:
    found = spread(date(1945, 8, 17), date(1969, 12, 31), date(1970, 1, 1))

    assert (found.unit, len(found.bars)) == ("year", 26)
    assert told(found) == [
        "1945-01-01..1945-12-31: 1",
        "1969-01-01..1969-12-31: 1",
        "1970-01-01..1970-12-31: 1",
    ]


@pytest.mark.parametrize(
    ("apart", "unit", "bars"),
    [(0, "day", 1), (30, "day", 31), (31, "month", 2), (942, "month", 31), (943, "year", 3)],
)
def test_the_finest_unit_that_needs_no_more_than_31_bars(apart: int, unit: str, bars: int) -> None:
    begin = date(2024, 1, 1)

    found = spread(begin, begin + apart * DAY)

    assert (found.unit, len(found.bars)) == (unit, bars)


def test_centuries_of_articles_are_shown_in_runs_of_years() -> None:
    found = spread(*(date(year, 6, 1) for year in range(1850, 2025)))

    assert found.unit == "year"
    assert told(found)[:2] == ["1850-01-01..1859-12-31: 10", "1860-01-01..1869-12-31: 10"]
    assert told(found)[-1] == "2020-01-01..2029-12-31: 5"


def test_a_freak_date_does_not_hide_how_all_the_others_are_spread() -> None:
    news = [date(2024, 3, 1) + number % 20 * DAY for number in range(100)]

    found = spread(date(26, 5, 1), *news, date(9999, 12, 31))

    assert found.unit == "day"
    assert len(found.bars) == 22
    assert told(found)[0] == "0026-05-01..2024-02-29: 1"
    assert told(found)[1] == "2024-03-01..2024-03-01: 5"
    assert told(found)[-1] == "2024-03-21..9999-12-31: 1"


def test_a_date_that_is_one_of_few_is_no_freak() -> None:
    found = spread(date(26, 5, 1), date(2024, 3, 1), date(2024, 3, 2))

    assert told(found) == ["0001-01-01..0099-12-31: 1", "2000-01-01..2099-12-31: 2"]
    assert len(found.bars) == 21


def test_dates_asked_for_are_shown_whole_where_the_unit_allows() -> None:
    asked = {"first": date(2025, 1, 1), "last": date(2025, 12, 31)}

    months = spread(date(2025, 3, 2), date(2025, 6, 1), **asked)
    days = spread(date(2025, 3, 2), date(2025, 3, 9), **asked)

    assert (months.unit, len(months.bars)) == ("month", 12)
    assert (days.unit, len(days.bars)) == ("day", 8)
    assert len(spread(date(2025, 3, 9), first=date(2025, 3, 1)).bars) == 9
    assert len(spread(date(2025, 3, 9), last=date(2025, 3, 31)).bars) == 23


def test_no_bar_goes_beyond_the_dates_asked_for() -> None:
    found = spread(*(date(2024, 1, 20), date(2024, 4, 1)), first=date(2024, 1, 15), last=date(2024, 4, 10))

    assert told(found) == ["2024-01-15..2024-01-31: 1", "2024-04-01..2024-04-10: 1"]


def test_articles_without_a_day_are_counted_by_themselves() -> None:
    assert spread(None, date(2024, 1, 1), None).undated == 2
    assert spread(None) == Histogram(None, (), 1)
    assert spread() == Histogram(None, (), 0)


FAR = [date.min, date(1582, 10, 15), date(1969, 12, 31), date(2024, 2, 29), date.max]
some_days = st.dates() | st.sampled_from(FAR) | st.dates(date(2023, 1, 1), date(2025, 12, 31))
articles = st.dictionaries(some_days, st.integers(1, 200), min_size=1, max_size=40)
ends = st.none() | st.integers(0, 400) | st.integers(0, 1_000_000)


@given(articles, ends, ends)
@example({date.min: 1, date.max: 1}, None, None)
@example({date.max: 1}, 0, 0)
def test_bars_are_few_lie_side_by_side_and_count_every_article_once(
    counts: dict[date, int], before: int | None, after: int | None
) -> None:
    lo, hi = min(counts).toordinal(), max(counts).toordinal()
    first = None if before is None else date.fromordinal(max(lo - before, 1))
    last = None if after is None else date.fromordinal(min(hi + after, date.max.toordinal()))

    found = histogram({day.toordinal(): counts[day] for day in sorted(counts)}, first, last)

    assert 1 <= len(found.bars) <= MOST_BARS
    for bar, following in zip(found.bars, found.bars[1:], strict=False):
        assert bar.last + DAY == following.first
    for bar in found.bars:
        assert (first or date.min) <= bar.first <= bar.last <= (last or date.max)
        assert bar.count == sum(n for day, n in counts.items() if bar.first <= day <= bar.last)
    assert sum(bar.count for bar in found.bars) == sum(counts.values())
    if found.unit == "day":
        assert all(bar.first == bar.last for bar in found.bars[1:-1])


PLACES = ["Demak", "Kudus", ""]


@pytest.fixture(scope="module", params=embedded_names())
def service(request: pytest.FixtureRequest, make_archive: Any) -> Any:
    archive = make_archive(request.param)
    begin = date(2013, 11, 20)
    archive.write(
        *(
            {
                "id": f"a{number}",
                "title": "Kabar",
                "body": "Banjir besar." if number % 3 else "Panen padi.",
                "place": PLACES[number // 2 % 3],
                "date": "" if number % 7 == 0 else (begin + number * number * DAY).isoformat(),
            }
            for number in range(60)
        )
    )
    return archive.service


QUESTIONS = [
    Question(""),
    Question("banjir", per_page=1),
    Question("banjir", page=3, sort=Sort.OLDEST),
    Question("panen", filters={Facet.PLACE: ("kudus", "demak")}),
    Question("banjir besar", match="all", filters={Facet.YEAR: ("2014", "2015")}),
    Question("kabar", first=date(2014, 2, 10), last=date(2015, 6, 3)),
    Question("kabar", first=date(2020, 1, 1), filters={Facet.PLACE: ("Demak",)}),
    Question("tanggal:2014-01..2014-02"),
    Question("banjer", last=date(2016, 1, 1)),
    Question("kabar banjir padi"),
    Question("padi besar", page=2, per_page=3, filters={Facet.PLACE: ("Demak",)}),
]


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda question: question.text or "(semua)")
def test_a_bar_has_as_many_articles_as_the_question_with_its_dates(service: Any, question: Question) -> None:
    answer = service.search(question)

    assert sum(bar.count for bar in answer.histogram.bars) + answer.histogram.undated == answer.total > 0
    for bar in answer.histogram.bars:
        narrowed = service.search(replace(question, page=1, first=bar.first, last=bar.last))
        assert narrowed.total == bar.count, bar
        assert narrowed.histogram.undated == 0


def test_who_does_not_ask_for_it_gets_none(service: Any) -> None:
    assert service.search(Question("banjir", histogram=False)).histogram is None
    assert service.search(Question("banjir", per_page=0)).histogram is None


def test_where_nothing_is_found_there_are_no_bars(service: Any) -> None:
    assert service.search(Question("qqqq", correct=False)).histogram == Histogram(None, (), 0)
