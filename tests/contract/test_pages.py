"""Which slice of the hits a page shows, in which order, with which counts."""

from __future__ import annotations

from datetime import date

import pytest

from index.query import (
    ALL_VALUES,
    Boolean,
    Everything,
    Facet,
    FacetCount,
    Hit,
    Published,
    SearchRequest,
    Sort,
    Term,
    TextField,
    Value,
)

BODY = TextField.BODY
SOURCE, PLACE, YEAR = Facet.SOURCE, Facet.PLACE, Facet.YEAR


@pytest.fixture
def filled(archive, new_article):
    return archive.add(
        new_article("n1", "kata", day="2023-05-01", source="a.id", place="Demak"),
        new_article("n2", "kata", day="2024-01-01", source="b.id", place="demak"),
        new_article("n3", "kata", source="a.id", place="Kudus"),
        new_article("n4", "kata kata", day="2024-01-01", source="A.ID", place="Demak"),
        new_article("n5", "kata", day="2022-01-01", source="c.id"),
        new_article("n0", "kata", source="b.id", place="Kudus"),
    )


def counts(page, facet):
    return [(count.value, count.count) for count in page.facets[facet]]


def test_the_best_hits_come_first(filled):
    best, *others = filled.ids(Term(BODY, "kata"))

    assert best == "n4"
    assert sorted(others) == ["n0", "n1", "n2", "n3", "n5"]


def test_a_page_is_a_slice_and_the_total_counts_all(filled):
    every = filled.ids(Term(BODY, "kata"))

    page = filled.search(Term(BODY, "kata"), offset=1, limit=2)

    assert [hit.id for hit in page.hits] == every[1:3]
    assert page.total == 6


@pytest.mark.parametrize("limit", [0, 2, 10])
@pytest.mark.parametrize("sort", list(Sort))
def test_a_tree_within_is_counted_under_the_same_filters_and_dates(filled, limit, sort):
    within = Boolean(
        must=(Term(BODY, "kata"),), should=(Term(BODY, "lain"),), must_not=(Value(PLACE, ("Kudus",)),)
    )
    asked = {"within": within, "limit": limit, "sort": sort}
    those = set(filled.ids(within))

    page = filled.search(Term(BODY, "kata"), **asked)
    assert page.listed_within == {hit.id for hit in page.hits} & those
    assert filled.search(Term(BODY, "kata"), **asked).total_within == 4
    assert filled.search(Term(BODY, "kata"), filters=((SOURCE, ("a.id",)),), **asked).total_within == 2
    dated = filled.search(Term(BODY, "kata"), published=Published(date(2024, 1, 1)), **asked)
    assert (dated.total, dated.total_within) == (2, 2)
    plain = filled.search(Term(BODY, "kata"), limit=limit, sort=sort)
    assert (plain.total_within, plain.listed_within) == (0, set())


@pytest.mark.parametrize(("offset", "limit", "count"), [(5, 10, 1), (6, 10, 0), (600, 1, 0), (0, 0, 0)])
def test_a_page_may_lie_behind_the_end_or_be_empty(filled, offset, limit, count):
    page = filled.search(Term(BODY, "kata"), offset=offset, limit=limit)

    assert (len(page.hits), page.total) == (count, 6)


def test_pages_of_equal_scores_neither_repeat_nor_miss_a_document(archive, new_article):
    ids = [f"d{number:03}" for number in range(97)]
    archive.add(*(new_article(name, "sama kata") for name in reversed(ids[:50])))
    archive.add(*(new_article(name, "sama kata") for name in reversed(ids[50:])))
    reader = archive.reader()

    for query in (Term(BODY, "kata"), Everything()):
        seen = [
            hit.id
            for offset in range(0, 100, 7)
            for hit in reader.search(SearchRequest(query, offset=offset, limit=7)).hits
        ]
        assert sorted(seen) == ids


def test_newest_and_oldest_put_undated_documents_last(filled):
    query = Term(BODY, "kata")
    days = {"n1": 2023, "n2": 2024, "n4": 2024, "n5": 2022}

    newest = filled.ids(query, sort=Sort.NEWEST)
    oldest = filled.ids(query, sort=Sort.OLDEST)

    assert list(map(days.get, newest)) == [2024, 2024, 2023, 2022, None, None]
    assert list(map(days.get, oldest)) == [2022, 2023, 2024, 2024, None, None]
    assert filled.search(query, sort=Sort.NEWEST, limit=1).hits == (Hit(newest[0], 0.0),)
    assert filled.ids(query, sort=Sort.NEWEST, offset=2, limit=3) == newest[2:5]


def test_filters_take_any_value_of_a_facet_and_every_facet(filled):
    assert filled.ids(Everything(), filters=((SOURCE, ("a.id",)),)) == ["n1", "n3", "n4"]
    assert filled.ids(Everything(), filters=((SOURCE, ("a.id", "C.id")),)) == ["n1", "n3", "n4", "n5"]
    assert filled.ids(Everything(), filters=((SOURCE, ("a.id",)), (PLACE, ("DEMAK",)))) == ["n1", "n4"]
    assert filled.ids(Everything(), filters=((YEAR, ("2024",)),)) == ["n2", "n4"]
    assert filled.ids(Everything(), filters=((SOURCE, ("nowhere",)),)) == []
    assert filled.ids(Everything(), filters=((SOURCE, ()),)) == []


def test_filters_do_not_change_scores(filled):
    plain = filled.scores(Term(BODY, "kata"))
    page = filled.search(Term(BODY, "kata"), filters=((PLACE, ("kudus",)),))

    assert {hit.id: hit.score for hit in page.hits} == {name: plain[name] for name in ("n0", "n3")}


def test_dates_restrict_hits_totals_and_facets(filled):
    page = filled.search(
        Everything(), published=Published(date(2023, 1, 1), date(2024, 1, 1)), facets=(SOURCE,)
    )

    assert [hit.id for hit in page.hits] == ["n1", "n2", "n4"]
    assert page.total == 3
    assert counts(page, SOURCE) == [("A.ID", 2), ("b.id", 1)] or counts(page, SOURCE) == [
        ("a.id", 2),
        ("b.id", 1),
    ]


def test_a_tree_restricts_hits_totals_facets_and_days_but_no_score(filled):
    plain = filled.scores(Term(BODY, "kata"))
    tree = Boolean(should=(Value(PLACE, ("kudus",)), Published(date(2024, 1, 1))), minimum=1)
    asked = {"restrict": tree, "facets": (PLACE, SOURCE), "days": True, "within": Term(BODY, "kata")}

    page = filled.search(Term(BODY, "kata"), **asked)

    found = filled.ids(tree)
    assert {hit.id: hit.score for hit in page.hits} == {name: plain[name] for name in found if name in plain}
    assert page.total == page.total_within == len(page.hits) == sum(page.days.values()) > 0
    assert page.facets == filled.search(Boolean(must=(Term(BODY, "kata"), tree)), **asked).facets
    own = filled.search(Everything(), restrict=Value(PLACE, ("kudus",)), facets=(PLACE,))
    assert [value.casefold() for value, _ in counts(own, PLACE)] == ["kudus"]


def test_facets_count_exactly_most_frequent_first_ties_by_value(filled):
    page = filled.search(Everything(), facets=(SOURCE, PLACE, YEAR, Facet.LANG, Facet.AUTHOR))

    assert counts(page, SOURCE) == [("a.id", 3), ("b.id", 2), ("c.id", 1)]
    assert counts(page, PLACE) == [("Demak", 3), ("Kudus", 2)]
    assert counts(page, YEAR) == [("2024", 2), ("2022", 1), ("2023", 1)]
    assert counts(page, Facet.LANG) == [("id", 6)]
    assert counts(page, Facet.AUTHOR) == []


def test_facets_are_counted_whatever_the_page(filled):
    page = filled.search(Term(BODY, "kata"), facets=(SOURCE,), limit=0, facet_size=1, sort=Sort.NEWEST)

    assert page.hits == ()
    assert page.facets == {SOURCE: (FacetCount("a.id", 3),)}


def test_a_facet_ignores_the_filter_on_itself_only(filled):
    page = filled.search(
        Everything(), filters=((SOURCE, ("a.id",)), (PLACE, ("kudus",))), facets=(SOURCE, PLACE, YEAR)
    )

    assert page.total == 1
    assert counts(page, SOURCE) == [("a.id", 1), ("b.id", 1)]
    assert counts(page, PLACE) == [("Demak", 2), ("Kudus", 1)]
    assert counts(page, YEAR) == []


def test_a_value_in_the_query_does_narrow_its_own_facet(filled):
    page = filled.search(Value(SOURCE, ("a.id",)), facets=(SOURCE,))

    assert counts(page, SOURCE) == [("a.id", 3)]


def test_values_are_shown_as_most_documents_write_them(archive, new_article):
    archive.add(new_article("a", "x", place="DEMAK"), new_article("b", "x", place="Demak"))
    archive.add(new_article("c", "x", place="Demak"), new_article("d", "x", place="kudus"))

    assert counts(archive.search(Everything(), facets=(PLACE,)), PLACE) == [("Demak", 3), ("kudus", 1)]
    assert archive.reader().facet_values(PLACE) == {"Demak": 3, "kudus": 1}


def test_facets_of_an_empty_answer_are_empty(filled):
    page = filled.search(Term(BODY, "tidakada"), facets=(SOURCE, YEAR))

    assert (page.hits, page.total, page.facets) == ((), 0, {SOURCE: (), YEAR: ()})


def test_many_values_are_cut_at_the_size_asked_for(archive, new_article):
    archive.add(*(new_article(f"d{n}", "x", place=f"Tempat {n:02}") for n in range(40)))

    page = archive.search(Everything(), facets=(PLACE,))

    assert counts(page, PLACE) == [(f"Tempat {n:02}", 1) for n in range(20)]


def test_all_values_can_be_asked_for(archive, new_article):
    archive.add(
        *(new_article(f"d{n}", "x" if n % 3 else "y", place=f"Tempat {n // 2:02}") for n in range(90))
    )

    every = archive.search(Everything(), facets=(PLACE,), facet_size=ALL_VALUES, limit=0)
    some = archive.search(Term(BODY, "y"), facets=(PLACE,), facet_size=ALL_VALUES, limit=0)

    assert counts(every, PLACE) == [(f"Tempat {n:02}", 2) for n in range(45)]
    assert counts(some, PLACE) == [(f"Tempat {n // 2:02}", 1) for n in range(0, 90, 3)]
