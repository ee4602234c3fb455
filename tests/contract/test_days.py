"""How many of the matching documents were published on each day."""

from __future__ import annotations

import tempfile
from collections import Counter
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from index.query import Everything, Facet, Nothing, Published, SearchRequest, Sort, Term, TextField, Value

BODY = TextField.BODY
PLACES = ["", "Demak", "Kudus"]
DAYS = [
    *(date.min, date(26, 3, 1), date(1945, 8, 17), date(1969, 12, 31), date(1970, 1, 1)),
    *(date(2024, 2, 29), date(2024, 3, 1), date.max),
]


def day(text: str) -> int:
    return date.fromisoformat(text).toordinal()


@pytest.fixture
def filled(archive, new_article):
    return archive.add(
        new_article("n1", "kata", day="2024-01-02", place="Demak"),
        new_article("n2", "kata lain", day="2024-01-02", place="Kudus"),
        new_article("n3", "kata", place="Demak"),
        new_article("n4", "kata", day="1965-10-01", place="Demak"),
        new_article("n5", "lain", day="2023-12-31"),
    )


def test_days_are_counted_in_their_order_and_undated_documents_under_zero(filled):
    page = filled.search(Term(BODY, "kata"), days=True)

    assert list(page.days.items()) == [(0, 1), (day("1965-10-01"), 1), (day("2024-01-02"), 2)]
    assert sum(page.days.values()) == page.total


def test_days_are_counted_only_where_they_are_asked_for(filled):
    assert filled.search(Term(BODY, "kata"), facets=tuple(Facet)).days == {}


@pytest.mark.parametrize("sort", Sort)
@pytest.mark.parametrize("facets", [(), (Facet.PLACE,), tuple(Facet)])
def test_days_are_the_same_whatever_the_page_the_order_and_the_facets(filled, sort, facets):
    for offset, limit, facet_size in ((0, 0, 20), (0, 1, 1), (2, 1, 0), (600, 10, 20)):
        window = {"offset": offset, "limit": limit, "facet_size": facet_size}
        page = filled.search(Term(BODY, "kata"), sort=sort, facets=facets, days=True, **window)

        assert (page.total, page.days) == (4, {0: 1, day("1965-10-01"): 1, day("2024-01-02"): 2})
        assert set(page.facets) == set(facets)


def test_days_are_those_of_documents_that_pass_every_filter_and_the_dates(filled):
    demak = ((Facet.PLACE, ("demak",)),)
    recent = Published(first=date(2023, 12, 31))

    assert filled.search(Everything(), filters=demak, facets=(Facet.PLACE,), days=True).days == {
        0: 1,
        day("1965-10-01"): 1,
        day("2024-01-02"): 1,
    }
    assert filled.search(Everything(), published=recent, days=True).days == {
        day("2023-12-31"): 1,
        day("2024-01-02"): 2,
    }
    assert filled.search(Everything(), filters=demak, published=recent, days=True).days == {
        day("2024-01-02"): 1
    }


def test_where_nothing_matches_there_are_no_days(filled, archive):
    assert filled.search(Nothing(), days=True).days == {}
    assert filled.search(Term(BODY, "tidakada"), days=True).days == {}


def test_an_empty_index_has_no_days(archive):
    assert archive.search(Everything(), days=True).days == {}


def test_a_deleted_document_leaves_its_day_and_a_changed_one_takes_its_new_one(filled, new_article):
    filled.delete("n1")
    filled.add(new_article("n5", "lain", day="2025-01-01"))

    assert filled.search(Everything(), days=True).days == {
        0: 1,
        day("1965-10-01"): 1,
        day("2024-01-02"): 1,
        day("2025-01-01"): 1,
    }


ids = st.sampled_from([f"d{number}" for number in range(12)])
days = st.none() | st.sampled_from(DAYS)
histories = st.lists(
    st.tuples(
        st.dictionaries(ids, st.tuples(st.sampled_from(["satu", "satu dua"]), st.sampled_from(PLACES), days)),
        st.sets(ids, max_size=3),
        st.booleans(),
    ),
    min_size=1,
    max_size=3,
)
requests = st.builds(
    SearchRequest,
    query=st.sampled_from([Everything(), Term(BODY, "satu"), Term(BODY, "dua"), Nothing()]),
    filters=st.sampled_from([(), ((Facet.PLACE, ("Demak", "")),), ((Facet.YEAR, ("2024", "1")),)]),
    published=st.none() | st.builds(Published, days, days),
    sort=st.sampled_from(Sort),
    limit=st.sampled_from([0, 100]),
    facets=st.sampled_from([(), (Facet.PLACE,), (Facet.YEAR, Facet.SOURCE)]),
    days=st.just(True),
)


@settings(
    max_examples=25,
    deadline=None,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)
@given(history=histories, asked=st.lists(requests, min_size=1, max_size=6))
def test_every_engine_counts_as_a_reading_of_the_documents_does(
    new_archive, new_article, expected, is_enough, history, asked
):
    if is_enough():
        return
    with tempfile.TemporaryDirectory() as folder:
        archive = new_archive(Path(folder))
        left = {}
        for added, deleted, merge in history:
            for name, (body, place, published) in added.items():
                text = published.isoformat() if published else None
                left[name] = new_article(name, body, place=place, day=text)
            archive.add(*(left[name] for name in added))
            archive.delete(*deleted, merge=merge)
            left = {name: document for name, document in left.items() if name not in deleted}
        reader = archive.reader()
        for request in asked:
            counted = Counter(
                document.document.published.toordinal() if document.document.published else 0
                for name, document in left.items()
                if all(name in names for names in allowed(request, left, expected))
            )
            page = reader.search(request)
            assert list(page.days.items()) == sorted(counted.items()), request
            assert page.total == counted.total()
        archive.close()


def allowed(request, documents, expected):
    """The documents that pass the query, the dates and each filter."""
    yield expected(list(documents.values()), request.query)
    if request.published:
        yield expected(list(documents.values()), request.published)
    for facet, values in request.filters:
        yield expected(list(documents.values()), Value(facet, values))
