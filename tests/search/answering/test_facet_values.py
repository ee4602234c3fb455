"""All values of a facet are reachable, each number is what its choice gives, and chosen ones are told."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from index.query import Facet
from index.reindex.sync import sync
from search.answer import Question
from search.answering.service import SearchService
from search.facets import FacetAnswer, FacetQuestion
from search.opened.searcher import Searcher

PLACES = [f"Kecamatan {number:02}" for number in range(60)] + ["Hulu Sungai Utara", "Écija"]


def articles() -> list[dict[str, Any]]:
    """One to three articles of each place, each of another year."""
    return [
        {
            "id": f"a{number}-{copy}",
            "title": "Berita",
            "body": "Banjir surut." if copy or number % 2 else "Panen raya.",
            "place": place,
            "source": ("Okezone", "okezone.com", "kompas.com")[number % 3],
            "date": f"{2020 + copy}-01-01",
        }
        for number, place in enumerate(PLACES)
        for copy in range(1 + number % 3)
    ]


@pytest.fixture(scope="module", params=["whoosh", "tantivy"])
def service(request: pytest.FixtureRequest, make_archive: Callable[[str], Any]) -> Any:
    archive = make_archive(request.param)
    archive.settings = archive.settings.replace(source_aliases={"Okezone": "okezone.com"})
    archive.write(*articles())
    searcher = Searcher(archive.settings)
    yield SearchService(searcher)
    searcher.close()


def values(service: SearchService, facet: Facet = Facet.PLACE, text: str = "", **asked: Any) -> FacetAnswer:
    own = {name: asked.pop(name) for name in ("find", "order", "page", "per_page") if name in asked}
    return service.facet_values(FacetQuestion(Question(text, **asked), facet, **own))


def pairs(answer: FacetAnswer) -> list[tuple[str, int]]:
    return [(each.value, each.count) for each in answer.values]


def test_every_value_is_reachable_page_by_page(service: SearchService) -> None:
    whole = values(service)
    pages = [values(service, per_page=7, page=page) for page in range(1, 11)]

    assert (whole.total, whole.articles, len(whole.values)) == (62, 123, 62)
    assert [pair for page in pages for pair in pairs(page)] == pairs(whole)
    assert {page.pages for page in pages} == {9}
    assert {value for value, _ in pairs(whole)} == set(PLACES)


@pytest.mark.parametrize("text", ["", "banjir"])
@pytest.mark.parametrize("filters", [{}, {Facet.YEAR: ("2021",)}, {Facet.SOURCE: ("kompas.com", "Okezone")}])
def test_each_number_is_what_choosing_the_value_gives(
    service: SearchService, text: str, filters: dict[Facet, tuple[str, ...]]
) -> None:
    answer = values(service, text=text, filters=filters)

    for value, count in pairs(answer):
        narrowed = service.search(Question(text, filters=filters | {Facet.PLACE: (value,)}))
        assert narrowed.total == count, value
    assert sum(count for _, count in pairs(answer)) == answer.articles


def test_they_come_by_number_or_by_name(service: SearchService) -> None:
    counts = [count for _, count in pairs(values(service))]
    names = [value for value, _ in pairs(values(service, order="name"))]
    years = [value for value, _ in pairs(values(service, Facet.YEAR, order="name"))]

    assert counts == sorted(counts, reverse=True)
    assert names == ["Écija", "Hulu Sungai Utara", *PLACES[:60]]
    assert years == ["2022", "2021", "2020"]


@pytest.mark.parametrize(
    ("find", "expected"),
    [
        ("hulu", ["Hulu Sungai Utara"]),
        ("UTARA hulu", ["Hulu Sungai Utara"]),
        ("ecija", ["Écija"]),
        ("tan 59", ["Kecamatan 59"]),
        ("tidak ada", []),
    ],
)
def test_values_are_found_by_words_they_hold(service: SearchService, find: str, expected: list[str]) -> None:
    answer = values(service, find=find)

    assert [value for value, _ in pairs(answer)] == expected
    assert (answer.total, answer.articles) == (len(expected), 123)


def test_chosen_values_are_marked_and_there_though_nothing_has_them(service: SearchService) -> None:
    chosen = ("kecamatan 59", "Kecamatan 01", "Atlantis")

    answer = values(service, text="panen", filters={Facet.PLACE: chosen})

    marked = [(each.value, each.count) for each in answer.values if each.chosen]
    assert marked == [("Atlantis", 0), ("Kecamatan 01", 0), ("kecamatan 59", 0)]
    assert answer.articles == 0
    assert answer.total == 3 + len(PLACES[::2])


def test_an_answer_counts_chosen_values_beyond_the_first(service: SearchService) -> None:
    filters = {Facet.PLACE: ("hulu sungai utara", "Atlantis", "Kecamatan 02")}

    counted = service.search(Question("", filters=filters)).facets[Facet.PLACE]

    assert len(counted) == 22
    assert [(each.value, each.count) for each in counted[20:]] == [("Hulu Sungai Utara", 1), ("Atlantis", 0)]


def test_facets_may_be_counted_in_part(service: SearchService) -> None:
    answer = service.search(Question("", facets=(Facet.PLACE,), facet_size=50))

    assert {facet: len(counted) for facet, counted in answer.facets.items()} == {Facet.PLACE: 50}


@pytest.mark.parametrize("name", ["okezone.com", "Okezone", "OKEZONE"])
def test_a_publisher_is_chosen_by_any_of_its_names(service: SearchService, name: str) -> None:
    answer = service.search(Question("", per_page=100, filters={Facet.SOURCE: (name, "okezone.com")}))
    counts = {each.value: each.count for each in answer.facets[Facet.SOURCE]}

    assert answer.total == counts["okezone.com"] == 63
    assert counts.keys() == {"okezone.com", "kompas.com"}
    assert {result.source for result in answer.results} == {"okezone.com"}
    assert answer.filters == {Facet.SOURCE: ("okezone.com",)}


@pytest.mark.parametrize("text", ["sumber:okezone", "sumber:okezone.com", 'sumber:"okezone.com"'])
def test_a_query_for_any_name_finds_all_of_a_publisher(service: SearchService, text: str) -> None:
    assert service.search(Question(text)).total == 63


def test_names_hold_as_the_index_was_made_until_it_is_made_anew(make_archive: Callable[[], Any]) -> None:
    archive = make_archive()
    archive.write(*articles())
    settings = archive.settings.replace(source_aliases={"Okezone": "okezone.com"})
    searcher = Searcher(settings, check_seconds=0)
    service = SearchService(searcher)
    asked = Question("", filters={Facet.SOURCE: ("Okezone",)})
    try:
        before = service.search(asked)
        sync(settings, jobs=1)
        after = service.search(asked)
    finally:
        searcher.close()

    counts = {each.value: each.count for each in before.facets[Facet.SOURCE]}
    assert before.total == counts["Okezone"] < counts["Okezone"] + counts["okezone.com"] == after.total
