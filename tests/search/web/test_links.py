"""Links of the page: a question changed in one way, the rest kept."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from urllib.parse import parse_qs, urlsplit

import pytest
from flask import Flask
from msgspec.structs import replace

from index.query import Facet, Sort
from search.answer import Question
from search.web.links import Links, web_address, window


@pytest.fixture(autouse=True)
def request_context() -> Iterator[None]:
    app = Flask("links", static_folder=None)
    app.add_url_rule("/", "telusur.search_page", lambda: "")
    app.add_url_rule("/dokumen/<id>", "telusur.article_page", lambda **values: "")
    with app.test_request_context():
        yield


def links(question: Question, language: str = "") -> Links:
    return Links(question, per_page=10, max_chars=2000, language=language)


def parameters(url: str) -> dict[str, list[str]]:
    assert urlsplit(url).netloc == ""
    return parse_qs(urlsplit(url).query)


FULL = Question(
    "banjir rob",
    page=3,
    per_page=20,
    sort=Sort.NEWEST,
    filters={Facet.PLACE: ("Lebak", "Kapuas"), Facet.YEAR: ("2024",)},
    first=date(2024, 1, 1),
    last=date(2024, 6, 30),
    match="any",
    expand=False,
    correct=False,
)


def test_an_address_carries_the_whole_question() -> None:
    assert parameters(links(FULL, "en").to(FULL)) == {
        "q": ["banjir rob"],
        "page": ["3"],
        "per_page": ["20"],
        "sort": ["newest"],
        "place": ["Lebak", "Kapuas"],
        "year": ["2024"],
        "from": ["2024-01-01"],
        "to": ["2024-06-30"],
        "match": ["any"],
        "expand": ["false"],
        "correct": ["false"],
        "lang": ["en"],
    }


def test_an_address_leaves_out_what_holds_anyway() -> None:
    question = Question("banjir")

    assert links(question).to(question) == "/?q=banjir"


def test_choosing_another_value_keeps_the_first_and_starts_at_page_one() -> None:
    url = links(Question("a", page=4, filters={Facet.PLACE: ("Lebak",)})).toggle(Facet.PLACE, "Kapuas")

    assert parameters(url) == {"q": ["a"], "place": ["Lebak", "Kapuas"]}


def test_choosing_a_chosen_value_again_removes_it_whatever_its_case() -> None:
    url = links(replace(FULL, per_page=10)).toggle(Facet.PLACE, "LEBAK")

    assert parameters(url)["place"] == ["Kapuas"]


def test_a_form_keeps_what_it_does_not_ask_for() -> None:
    kept = links(FULL).kept("q", "from", "to")

    assert ("place", "Lebak") in kept
    assert ("place", "Kapuas") in kept
    assert not {"q", "from", "to", "page"} & {name for name, _ in kept}


def test_links_repeat_no_more_of_a_long_query_than_is_read() -> None:
    question = Question("x" * 10_000)

    assert parameters(links(question).page(2))["q"] == ["x" * 2000]


@pytest.mark.parametrize("id", ["a b/c", "?q=x", "..", "<b>"])
def test_ids_are_quoted(id: str) -> None:
    url = links(Question("kata & lain")).article(id)

    assert urlsplit(url).path.count("/") == 2 + id.count("/")
    assert parameters(url) == {"q": ["kata & lain"]}
    assert "<" not in url


@pytest.mark.parametrize(
    ("number", "last", "shown"),
    [
        (1, 1, [1]),
        (1, 5, [1, 2, None, 5]),
        (3, 5, [1, 2, 3, 4, 5]),
        (10, 20, [1, None, 9, 10, 11, None, 20]),
        (4, 20, [1, 2, 3, 4, 5, None, 20]),
        (20, 20, [1, None, 19, 20]),
    ],
)
def test_the_pager_shows_the_ends_and_the_neighbours(number: int, last: int, shown: list[int | None]) -> None:
    assert window(number, last) == shown


@pytest.mark.parametrize("url", ["https://metro7.co.id/a", "http://example.com/?a=1", " https://x.id "])
def test_web_addresses_become_links(url: str) -> None:
    assert web_address(url) == url.strip()


@pytest.mark.parametrize(
    "url",
    ["", "javascript:alert(1)", "data:text/html,x", "//x.id/a", "/a", "http://", "http://[", "ftp://x.id"],
)
def test_other_addresses_do_not(url: str) -> None:
    assert web_address(url) == ""
