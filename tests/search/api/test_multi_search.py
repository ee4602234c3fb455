"""Several questions in one request: each has its answer, or what is wrong with it."""

from __future__ import annotations

from io import BytesIO
from threading import Thread
from typing import Any

import pytest
from flask.testing import FlaskClient

from index.settings import Settings
from search.answering.lanes import Lanes
from search.api.searching import MAX_BODY
from search.app import create_app

PATH = "/api/v1/multi-search"


@pytest.fixture(scope="module")
def client(site_settings: Settings) -> FlaskClient:
    return create_app(site_settings).test_client()


def results_of(client: FlaskClient, *queries: Any) -> list[dict[str, Any]]:
    response = client.post(PATH, json={"queries": queries})
    assert response.status_code == 200, response.text
    assert response.json["took_ms"] >= 0
    results: list[dict[str, Any]] = response.json["results"]
    return results


def test_each_question_has_the_answer_that_it_has_alone(client: FlaskClient) -> None:
    queries = [
        {"q": "banjir", "per_page": 3, "page": 2, "place": ["Demak", "Kudus"], "year": 2023},
        {"q": "netralitas", "fields": ["id", "title"], "facets": ["year"], "highlight": False, "fold": True},
        {"q": "netralitsa", "correct": "false"},
        {},
    ]
    results = results_of(client, *queries)

    for query, result in zip(queries, results, strict=True):
        written = {
            name: str(each).lower() if each is False or each is True else each for name, each in query.items()
        }
        alone = client.get("/api/v1/search", query_string=written).json
        answer = result["answer"]
        assert result["problem"] is None
        for link in ("previous", "next"):
            assert (answer[link] is None) == (alone[link] is None)
            if answer[link]:
                assert client.get(answer.pop(link)).json == client.get(alone.pop(link)).json
        assert {**answer, "took_ms": 0} == {**alone, "took_ms": 0}


def test_a_mistake_spoils_no_other_question(client: FlaskClient) -> None:
    good, page, nested, unknown, text = results_of(
        client, {"q": "banjir"}, {"page": 0}, {"source": [{"a": 1}]}, {"tak_dikenal": [[]]}, "banjir"
    )

    assert good["answer"]["total"] == 35
    assert unknown["answer"]["total"] == 38
    for wrong, parameter, found in (
        (page, "page", "0"),
        (nested, "source", '{"a":1}'),
        (text, "queries", '"banjir"'),
    ):
        assert wrong["answer"] is None
        problem = wrong["problem"]
        assert (problem["status"], problem["parameter"], problem["found"]) == (400, parameter, found)
        assert problem["type"] == "urn:telusur:problem:invalid-parameter"
        assert problem["expected"]


@pytest.mark.parametrize(
    ("body", "parameter"),
    [
        (b"", "body"),
        (b"{", "body"),
        (b"[]", "body"),
        (b"\xff\xfe", "body"),
        (b'{"queries": 3}', "body"),
        (b'{"queries": []}', "queries"),
        (b'{"queries": [' + b"{}," * 20 + b"{}]}", "queries"),
        (b"[" * 100_000, "body"),
    ],
)
def test_a_body_without_questions_is_one_mistake(client: FlaskClient, body: bytes, parameter: str) -> None:
    response = client.post(PATH, data=body, content_type="application/json")

    assert (response.status_code, response.mimetype) == (400, "application/problem+json")
    assert response.json["parameter"] == parameter
    assert response.json["expected"]


def test_a_body_without_end_is_not_read(client: FlaskClient) -> None:
    whole = client.post(PATH, data=b" " * (MAX_BODY + 1))
    in_chunks = client.post(
        PATH,
        input_stream=BytesIO(b'{"queries": [{}]}' + b" " * MAX_BODY),
        environ_overrides={"wsgi.input_terminated": True},
    )

    for response in (whole, in_chunks):
        assert response.status_code == 413
        assert response.json["detail"]


def test_pages_of_other_sites_may_ask_and_reading_it_says_how(client: FlaskClient) -> None:
    preflight = client.options(PATH)
    read = client.get(PATH)

    assert "POST" in preflight.headers["Access-Control-Allow-Methods"]
    assert "content-type" in preflight.headers["Access-Control-Allow-Headers"]
    assert read.status_code == 405
    assert "POST" in read.json["detail"]


def test_without_an_index_there_is_one_problem(empty_settings: Settings) -> None:
    response = create_app(empty_settings).test_client().post(PATH, json={"queries": [{}]})

    assert response.status_code == 503
    assert response.json["type"] == "urn:telusur:problem:index-missing"


def test_others_have_their_turn_between_two_questions() -> None:
    lanes = Lanes()
    happened: list[str] = []

    def other() -> None:
        with lanes.plain():
            happened.append("other")

    with lanes.plain():
        waiting = Thread(target=other)
        waiting.start()
        happened.append("first")
        while "other" not in happened:
            lanes.pause()
        happened.append("second")
    waiting.join()

    assert happened == ["first", "other", "second"]
    lanes.pause()  # outside of a turn it is nothing
