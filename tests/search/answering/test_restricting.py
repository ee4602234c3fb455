"""Questions of programs: restricted by a tree, to fields, from any result on, with whole articles, by day."""

from __future__ import annotations

from datetime import date

import pytest
from msgspec.structs import replace

from index.query import Boolean, Facet, Published, Sort, Value
from search.answer import Question
from search.answering.service import SearchService
from search.query.syntax import Scope

PLACES = ("Demak", "Kudus", "Pati")
EVERY = (Facet.PLACE, Facet.YEAR)


@pytest.fixture(scope="module")
def service(service_of) -> SearchService:
    """Thirty articles, of which few hold both words and many hold one."""
    return service_of(
        *(
            {
                "id": f"a{number:02}",
                "title": f"Kabar {'tanggul' if number % 10 == 0 else 'pasar'} nomor {number}",
                "body": f"Banjir {'dan tanggul jebol' if number % 6 == 0 else 'surut'} di kampung.",
                "place": PLACES[number % 3],
                "source": "tanggul.example" if number == 7 else "warta.example",
                "date": f"20{20 + number % 4}-01-{number + 1:02}",
            }
            for number in range(30)
        )
    )


def told(answer):
    ids = [(result.id, result.score, result.all_words) for result in answer.results]
    return ids, answer.total, answer.total_all, answer.matched, answer.most


@pytest.mark.parametrize("sort", Sort)
@pytest.mark.parametrize(
    "text", ["", "banjir tanggul", "banjir tanggul takada", "tanggul", '"takada sama sekali"']
)
def test_a_tree_restricts_as_filters_and_dates_do(service, text, sort):
    plain = Question(text, sort=sort, facets=(Facet.YEAR,))
    first = date(2021, 1, 1)

    by_filter = service.search(replace(plain, filters={Facet.PLACE: ("demak",)}, first=first))
    tree = Boolean(must=(Value(Facet.PLACE, ("demak",)), Published(first)))
    by_tree = service.search(replace(plain, restrict=tree))

    assert told(by_tree) == told(by_filter)
    assert by_tree.facets == by_filter.facets


def test_facets_are_counted_among_what_a_tree_leaves(service):
    tree = Value(Facet.PLACE, ("Demak", "Kudus"))
    answer = service.search(Question("banjir", restrict=tree, facets=EVERY))

    assert {each.value: each.count for each in answer.facets[Facet.PLACE]} == {"Demak": 10, "Kudus": 10}
    assert answer.total == 20


def test_results_begin_anywhere_and_every_one_is_shown_once(service):
    for text in ("banjir tanggul", "apa penyebab banjir tanggul", ""):
        for sort in Sort:
            question = Question(text, per_page=100, sort=sort)
            every = [result.id for result in service.search(question).results]
            pieces = [
                result.id
                for offset, size in ((0, 1), (1, 8), (9, 4), (13, 100))
                for result in service.search(replace(question, offset=offset, per_page=size)).results
            ]
            assert pieces == every, (text, sort)


def test_whole_articles_come_with_what_is_marked_in_them(service):
    (result,) = service.search(Question("banjir tanggul", per_page=1, whole=True)).results

    assert result.whole is not None
    document = result.whole.document
    assert [document.title[start:end] for start, end, _ in result.whole.in_title] == ["tanggul"]
    assert [document.body[start:end] for start, end, _ in result.whole.in_body] == ["Banjir", "tanggul"]
    assert result.snippets == ()
    (plain,) = service.search(Question("banjir tanggul", per_page=1)).results
    assert (plain.id, plain.title_html, plain.whole) == (result.id, result.title_html, None)


def test_days_are_counted_also_where_nothing_is_listed(service):
    answer = service.search(Question("tanggul", per_page=0, days=True))

    assert sum(answer.days.values()) == answer.total > 0
    assert date(2020, 1, 1).toordinal() in answer.days
    assert service.search(Question("tanggul")).days == {}


@pytest.mark.parametrize(
    ("text", "scopes", "total"),
    [
        ("tanggul", (), 8),
        ("tanggul", (Scope.TITLE,), 3),
        ("tanggul", (Scope.BODY,), 5),
        ("tanggul", (Scope.TITLE, Scope.BODY), 7),
        ("tanggul", (Scope.SOURCE,), 1),
        ("banjir tanggul", (Scope.BODY,), 5),
        ('"tanggul jebol"', (Scope.TITLE,), 0),
        ('"tanggul jebol"', (Scope.BODY,), 5),
        ("banjir -tanggul", (Scope.BODY,), 25),
        ("pasar DAN (tanggul ATAU nomor)", (Scope.TITLE,), 27),
        ("TIDAK tanggul", (Scope.TITLE,), 27),
        ("isi:tanggul", (Scope.TITLE,), 5),
        ("tang*", (Scope.TITLE,), 3),
    ],
)
def test_words_have_to_be_in_the_fields_that_are_named(service, text, scopes, total):
    assert service.search(Question(text, scopes=scopes)).total == total


@pytest.mark.parametrize(
    ("text", "total"),
    [
        ("tangg", 8),
        ("banjir tangg", 8),
        ("tanggul", 8),
        ("kamp", 30),
        ("tangg ", 0),
        ("takad", 0),
        ("t", 0),
        ("warta.ex", 0),
        ("+tangg", 0),
    ],
)
def test_a_word_that_no_article_has_may_be_unfinished(service, text, total):
    question = Question(text, match="all", correct=False, unfinished=True)

    assert service.search(question).total == total
    assert service.search(replace(question, unfinished=False)).total == (8 if text == "tanggul" else 0)
