"""Parameters from outside are checked once, and errors name the parameter."""

from __future__ import annotations

from datetime import date

import pytest
from werkzeug.datastructures import MultiDict

from index.messages import translator
from index.query import Facet, Sort
from index.settings import Settings
from search.answer import Question
from search.params import MAX_FILTERS, ParameterError, question_and_errors, question_from

SETTINGS = Settings({"per_page": 7, "max_per_page": 50})


def question(*pairs: tuple[str, str], **options: bool) -> Question:
    return question_from(MultiDict(list(pairs)), SETTINGS, **options)


def test_without_parameters_everything_has_its_default() -> None:
    assert question() == Question("", per_page=7)
    assert question(("page", ""), ("sort", " "), ("from", ""), ("source", "")) == Question("", per_page=7)


def test_every_parameter_is_read() -> None:
    asked = question(
        *[("q", "netral"), ("page", "2"), ("per_page", "50"), ("sort", "newest"), ("match", "any")],
        *[
            ("source", "a.example"),
            ("source", "b.example"),
            ("place", "Lebak"),
            ("author", "Rina"),
            ("year", "2024"),
        ],
        *[("from", "2023"), ("to", "2024-02"), ("expand", "false"), ("correct", "0"), ("period", "no")],
        ("explain", "true"),
    )
    assert asked == Question(
        "netral",
        page=2,
        per_page=50,
        sort=Sort.NEWEST,
        filters={
            Facet.SOURCE: ("a.example", "b.example"),
            Facet.PLACE: ("Lebak",),
            Facet.AUTHOR: ("Rina",),
            Facet.YEAR: ("2024",),
        },
        first=date(2023, 1, 1),
        last=date(2024, 2, 29),
        match="any",
        expand=False,
        correct=False,
        period=False,
        explain=True,
    )


def test_language_is_a_filter_only_where_asked_for() -> None:
    assert question(("lang", "en")).filters == {}
    assert question(("lang", "en"), filter_language=True).filters == {Facet.LANG: ("en",)}


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("page", "-1"),
        ("page", "0"),
        ("page", "1.5"),
        ("page", "satu"),
        ("page", "٣"),
        ("page", "9" * 400),
        ("per_page", "100000"),
        ("per_page", "51"),
        ("per_page", "0"),
        ("sort", "random"),
        ("match", "most"),
        ("from", "notadate"),
        ("to", "2024-02-30"),
        ("year", "24"),
        ("explain", "maybe"),
    ],
)
def test_a_wrong_value_names_the_parameter_and_what_would_do(name: str, value: str) -> None:
    with pytest.raises(ParameterError) as caught:
        question((name, value))
    error = caught.value
    assert error.name == name
    assert error.found == value
    assert error.expected
    assert name in str(error)
    assert len(str(error)) < 300


def test_filters_have_no_more_values_than_a_page_can_have_links() -> None:
    most = [("source", f"{number}.example") for number in range(MAX_FILTERS)]

    assert len(question(*most, ("source", "0.example")).filters[Facet.SOURCE]) == MAX_FILTERS
    with pytest.raises(ParameterError) as caught:
        question(*most, ("place", "Lebak"))
    assert (caught.value.name, caught.value.found) == ("place", "Lebak")
    assert str(MAX_FILTERS) in caught.value.expected


def test_days_in_the_wrong_order_are_an_error() -> None:
    with pytest.raises(ParameterError) as caught:
        question(("from", "2024"), ("to", "2023"))
    assert caught.value.name == "to"


def test_a_page_goes_without_what_is_wrong_and_keeps_the_rest() -> None:
    most = [("source", f"{number}.example") for number in range(MAX_FILTERS)]
    asked, errors = question_and_errors(
        MultiDict(
            [
                *[("q", "netral"), ("page", "abc"), ("per_page", "0"), ("sort", "x"), ("match", "most")],
                *[("year", "abc"), ("year", "x"), ("year", "2024"), ("from", "2024-13-45"), ("to", "2024")],
                *most,
            ]
        ),
        SETTINGS,
    )

    assert asked == Question(
        "netral",
        per_page=7,
        filters={Facet.SOURCE: tuple(value for _, value in most)},
        last=date(2024, 12, 31),
    )
    assert {error.name: error.found for error in errors} == {
        "page": "abc",
        "per_page": "0",
        "sort": "x",
        "match": "most",
        "from": "2024-13-45",
        "year": "abc",
    }
    assert len(errors) == 6


def test_a_page_goes_without_a_last_day_before_the_first() -> None:
    asked, errors = question_and_errors(MultiDict([("from", "2024"), ("to", "31/12/2023")]), SETTINGS)

    assert (asked.first, asked.last) == (date(2024, 1, 1), None)
    assert [(error.name, error.found) for error in errors] == [("to", "31/12/2023")]


def test_messages_are_translated() -> None:
    with pytest.raises(ParameterError) as caught:
        question(("page", "x"))
    assert translator("en").gettext(str(caught.value)) == (
        "page: “x” cannot be used; give a whole number from 1 to 1000000."
    )


def test_halves_of_surrogate_pairs_do_not_reach_the_answer() -> None:
    question(("q", "a\ud800b")).text.encode("utf-8")
