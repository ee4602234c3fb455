"""What the page, the API and the terminal say about articles with all words and with some of them."""

from __future__ import annotations

import re
from typing import Any

import pytest
from click.testing import CliRunner
from flask.testing import FlaskClient

from index.engines.registry import embedded_names
from search.app import create_app
from search.cli.commands import telusur

BOTH, SOME = "waduk penuh", "waduk itu surut"
BODIES = [BOTH] * 3 + [SOME] * 12 + ["waduk di kota"] * 4


@pytest.fixture(scope="module")
def settings(make_archive: Any) -> Any:
    archive = make_archive()
    archive.write(
        *(
            {
                "id": f"a{number}",
                "title": f"Berita {number}",
                "body": f"Warga melihat {body}.",
                "date": f"2024-01-{number + 1:02}",
                "source": ("a.example", "b.example")[number % 2],
            }
            for number, body in enumerate(BODIES)
        )
    )
    return archive.settings


@pytest.fixture(scope="module")
def client(settings: Any) -> FlaskClient:
    return create_app(settings).test_client()


def get(client: FlaskClient, **parameters: Any) -> dict[str, Any]:
    response = client.get("/api/v1/search", query_string=parameters)
    assert response.status_code == 200, response.text
    found: dict[str, Any] = response.json
    return found


def switch(html: str) -> list[tuple[str, str, bool]]:
    """Label, address and whether it is in force, of each link that chooses between all words and some."""
    nav = re.search(r'<nav class="[^"]*matches".*?</nav>', html, re.DOTALL)
    found = re.findall(r'<a href="([^"]*)"([^>]*)>(.*?)</a>', nav[0], re.DOTALL) if nav else []
    return [
        (re.sub("<[^>]* aria-hidden[^>]*>[^<]*|<[^>]+>", "", text), href, "aria-current" in rest)
        for href, rest, text in found
    ]


@pytest.mark.parametrize("sort", ["relevance", "newest", "oldest"])
def test_both_numbers_are_the_same_in_every_order(client: FlaskClient, sort: str) -> None:
    answer = get(client, q=BOTH, sort=sort, per_page=5)
    assert (answer["total"], answer["total_all"], answer["all_first"]) == (19, 3, True)
    assert {result["id"] for result in answer["results"][:3]} == {"a0", "a1", "a2"}


def test_a_filter_does_not_widen_and_gives_what_it_announced(client: FlaskClient) -> None:
    counts = {each["value"]: each["count"] for each in get(client, q="waduk itu")["facets"]["source"]}
    for value, count in counts.items():
        for sort in ("relevance", "newest"):
            answer = get(client, q="waduk itu", source=value, sort=sort)
            assert answer["total"] == count


def test_scores_fall_across_the_line(client: FlaskClient) -> None:
    answer = get(client, q=BOTH, explain="true")
    scores = [result["score"] for result in answer["results"]]
    assert scores == sorted(scores, reverse=True)
    for result in answer["results"]:
        assert sum(part["score"] for part in result["explanation"]) == pytest.approx(
            result["score"], abs=1e-3
        )
    assert "all_words" in {part["why"] for part in answer["results"][0]["explanation"]}


def test_the_page_parts_them_and_switches(client: FlaskClient) -> None:
    html = client.get("/", query_string={"q": BOTH}).text
    assert "19 artikel untuk" in html
    before, _, behind = html.partition("Memuat sebagian kata</h2>")
    assert before.count('<li class="result" ') == 3
    assert behind.count('<li class="result" ') == 7
    assert '<ol class="results" lang="id" aria-labelledby="sebagian" start="4">' in behind
    (all_words, strict, _), (some, _, in_force) = switch(html)
    assert (all_words, some, in_force) == (
        "Semua kata 3 artikel",
        "Termasuk sebagian kata 19 artikel",
        True,
    )

    narrowed = client.get(strict.replace("&amp;", "&")).text
    assert "3 artikel untuk" in narrowed
    assert "Memuat sebagian kata" not in narrowed
    assert [each[2] for each in switch(narrowed)] == [True, False]
    back = client.get(switch(narrowed)[1][1].replace("&amp;", "&")).text
    assert "19 artikel untuk" in back


def test_a_later_page_begins_with_the_line(client: FlaskClient) -> None:
    html = client.get("/", query_string={"q": BOTH, "page": "2"}).text
    before, _, behind = html.partition("Memuat sebagian kata</h2>")
    assert before.count('<li class="result" ') == 0
    assert '<ol class="results" lang="id" aria-labelledby="sebagian" start="11">' in behind


def test_nothing_is_said_where_all_hold_all_words(client: FlaskClient) -> None:
    html = client.get("/", query_string={"q": "waduk"}).text
    assert not switch(html)
    assert "Memuat sebagian kata" not in html


def test_a_long_question_is_parted_where_those_with_all_words_are_the_best(client: FlaskClient) -> None:
    question = "warga melihat waduk penuh"
    answer = get(client, q=question, per_page="5")
    assert (answer["total"], answer["total_all"], answer["all_first"]) == (19, 3, True)
    assert [result["all_words"] for result in answer["results"]] == [True] * 3 + [False] * 2
    assert get(client, q=question, per_page="2", page="2")["all_first"] is True
    html = client.get("/", query_string={"q": question}).text
    assert html.partition("Memuat sebagian kata</h2>")[0].count('<li class="result" ') == 3


@pytest.mark.parametrize("engine", embedded_names())
def test_a_long_question_says_which_hold_all_words_where_others_are_better(
    make_archive: Any, engine: str
) -> None:
    words = "banjir bandang merendam waduk"
    archive = make_archive(engine=engine)
    archive.write(
        {"id": "semua", "title": "Catatan", "body": f"{'Kota itu ramai. ' * 200}{words}."},
        *(
            {"id": f"b{number}", "title": "Banjir bandang merendam", "body": "Banjir bandang merendam kota."}
            for number in range(3)
        ),
        *({"id": f"w{number}", "title": "Waduk", "body": "Waduk itu dikeruk."} for number in range(9)),
    )
    client = create_app(archive.settings).test_client()
    for per_page in ("1", "10"):
        answer = get(client, q=words, per_page=per_page)
        assert (answer["total"], answer["total_all"], answer["all_first"]) == (13, 1, False)
    assert answer["results"][0]["id"].startswith("b")
    assert [result["id"] for result in answer["results"] if result["all_words"]] == ["semua"]

    html = client.get("/", query_string={"q": words}).text
    assert "Memuat sebagian kata" not in html
    assert html.count("<span>memuat semua kata</span>") == 1
    run = CliRunner(env={"TELUSUR_INDEX": archive.settings.text("index"), "TELUSUR_ENGINE": engine}).invoke(
        telusur, ["search", words]
    )
    assert run.output.count("memuat semua kata\n") == 1


def test_the_terminal_tells_them_apart(settings: Any) -> None:
    run = CliRunner(env={"TELUSUR_INDEX": settings.text("index")}).invoke(telusur, ["search", BOTH])
    assert run.exit_code == 0, run.output
    assert "Yang memuat semua kata: 3" in run.output
    first, line, rest = run.output.partition("Memuat sebagian kata:")
    assert line
    assert "3. " in first
    assert "4. " in rest


def test_by_date_each_group_begins_with_a_line_of_its_own(client: FlaskClient) -> None:
    question = {"q": "waduk penuh kota", "sort": "oldest", "per_page": "100", "match": "any"}
    html = client.get("/", query_string=question).text
    order = [result["id"] for result in get(client, **question)["results"]]

    above, most, rest = re.split("Memuat sebagian(?: besar)? kata</", html)[:3]
    counts = [part.count('<li class="result" ') for part in (above, most, rest)]
    assert counts == [0, 7, 12]
    numbers = [int(name[1:]) for name in order]
    assert numbers == sorted(numbers[:7]) + sorted(numbers[7:])


def test_who_wants_all_words_sees_what_the_others_would_be(client: FlaskClient) -> None:
    html = client.get("/", query_string={"q": BOTH, "match": "all"}).text
    assert [text for text, _, _ in switch(html)] == [
        "Semua kata 3 artikel",
        "Termasuk sebagian kata 19 artikel",
    ]
