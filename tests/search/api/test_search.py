"""The JSON API answers questions, explains mistakes, and serves other sites."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from index.settings import Settings
from search.app import create_app


@pytest.fixture(scope="module")
def app(site_settings: Settings) -> Flask:
    return create_app(site_settings)


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client()


def found(client: FlaskClient, query: str, **parameters: Any) -> list[str]:
    response = client.get("/api/v1/search", query_string={"q": query, **parameters})
    assert response.status_code == 200, response.text
    return [result["id"] for result in response.json["results"]]


def test_an_answer_has_every_part_of_the_contract(client: FlaskClient) -> None:
    answer = client.get("/api/v1/search?q=netralitas+asn").json

    assert {
        *("query", "total", "page", "per_page", "pages", "took_ms", "results", "facets"),
        *("did_you_mean", "corrected", "expansions", "matched", "ignored", "capped"),
    } <= answer.keys()
    assert answer["results"][0].keys() >= {
        *("id", "title", "title_html", "url", "source", "place", "author", "published"),
        *("score", "snippet_html", "snippets"),
    }
    assert answer["results"][0]["id"] == "netralitas-lebak"
    assert answer["results"][0]["published"] == "2024-11-12"
    assert "<mark>Netralitas</mark>" in answer["results"][0]["title_html"]


def test_days_and_addresses_among_the_words_are_told(client: FlaskClient) -> None:
    answer = client.get("/api/v1/search?q=banjir+maret+2022").json
    total = client.get("/api/v1/search?q=banjir&from=2022-03-01&to=2022-03-31").json["total"]

    assert total
    assert (answer["query"], answer["total"], answer["address"]) == ("banjir maret 2022", total, None)
    assert answer["period"] == {
        "label": "Maret 2022",
        "query": "banjir",
        "first": "2022-03-01",
        "last": "2022-03-31",
        "count": total,
        "applied": True,
    }
    english = client.get("/api/v1/search?q=banjir+sejak+2023&correct=0", headers={"Accept-Language": "en"})
    assert english.json["period"]["label"] == "since 1 January 2023"
    assert not english.json["period"]["applied"]
    assert client.get("/api/v1/search?q=banjir+maret+2022&period=false").json["period"] is None

    pasted = "https://www.kabarlebak.example/netralitas?b=2&a=1&utm_source=x"
    answer = client.get("/api/v1/search", query_string={"q": pasted}).json
    assert [result["id"] for result in answer["results"]] == ["netralitas-lebak"]
    assert answer["address"] == {"text": pasted, "found": True, "words": ""}


def test_filters_repeat_for_or_and_combine_for_and(client: FlaskClient) -> None:
    demak = found(client, "banjir", place="Demak", per_page=100)
    both = found(client, "banjir", place=["Demak", "Kudus"], per_page=100)
    harian = found(client, "banjir", place=["Demak", "Kudus"], source="harian.example", per_page=100)

    assert 0 < len(demak) < len(both)
    assert 0 < len(harian) < len(both)


def test_a_range_of_days_includes_its_ends(client: FlaskClient) -> None:
    assert found(client, "netralitas", **{"from": "2024-11-12", "to": "2024-11-12"}) == ["netralitas-lebak"]


def test_sorting_by_date_goes_both_ways(client: FlaskClient) -> None:
    assert found(client, "banjir", sort="newest")[0] == "banjir-35"
    assert found(client, "banjir", sort="oldest")[0] == "banjir-01"


def test_pages_follow_each_other_without_overlap(client: FlaskClient) -> None:
    first = found(client, "banjir", sort="newest", per_page=20)
    second = found(client, "banjir", sort="newest", per_page=20, page=2)

    assert len(first) == 20
    assert len(second) == 15
    assert not set(first) & set(second)


@pytest.mark.parametrize(
    ("parameter", "value"),
    [
        ("page", "-1"),
        ("page", "satu"),
        ("per_page", "100000"),
        ("per_page", "0"),
        ("from", "notadate"),
        ("to", "2024-02-30"),
        ("sort", "best"),
        ("match", "none"),
        ("year", "24"),
    ],
)
def test_a_wrong_parameter_is_named(client: FlaskClient, parameter: str, value: str) -> None:
    response = client.get("/api/v1/search", query_string={"q": "banjir", parameter: value})

    assert response.status_code == 400
    assert response.mimetype == "application/problem+json"
    assert response.json["status"] == 400
    assert response.json["parameter"] == parameter
    assert response.json["found"] == value
    assert response.json["expected"]
    assert parameter in response.json["detail"]
    assert response.json["type"] == "urn:telusur:problem:invalid-parameter"
    assert response.json["instance"] == "/api/v1/search"


def test_an_empty_or_unknown_parameter_is_no_mistake(client: FlaskClient) -> None:
    assert client.get("/api/v1/search?q=banjir&from=&page=&utm_source=x").status_code == 200


def test_messages_come_in_the_language_that_is_preferred(client: FlaskClient) -> None:
    indonesian = client.get("/api/v1/search?page=0").json
    english = client.get("/api/v1/search?page=0", headers={"Accept-Language": "en-GB,en;q=0.9"}).json

    assert indonesian["title"] == "Parameter tidak dapat dipakai"
    assert english["title"] == "A parameter cannot be used"
    assert english["detail"] != indonesian["detail"]


def test_lang_is_the_language_of_the_articles(make_archive: Callable[[], Any]) -> None:
    archive = make_archive()
    archive.write(
        {"id": "satu", "title": "Banjir surut", "body": "Banjir surut di kota."},
        {"id": "dua", "title": "Banjir floods", "body": "The river floods; locals say banjir.", "lang": "en"},
    )
    client = create_app(archive.settings, archive.searcher).test_client()

    assert set(found(client, "banjir")) == {"satu", "dua"}
    assert found(client, "banjir", lang="en") == ["dua"]
    assert set(found(client, "banjir", lang=["id", "en"])) == {"satu", "dua"}
    assert client.get("/api/v1/search?q=banjir&lang=1").json["parameter"] == "lang"


@pytest.mark.parametrize(("query", "matched"), [("banjir surut", "all"), ("banjir surut netralitas", "some")])
def test_matched_is_the_same_on_every_page(client: FlaskClient, query: str, matched: str) -> None:
    answers = [
        client.get("/api/v1/search", query_string={"q": query, "page": page}).json for page in (1, 3, 9)
    ]

    assert [answer["matched"] for answer in answers] == [matched] * 3


def test_one_article_is_read_whole_with_words_marked(client: FlaskClient) -> None:
    article = client.get("/api/v1/documents/netralitas-lebak?q=awas").json

    assert article["title"] == "Pengawas Ingatkan Netralitas ASN di Lebak"
    assert "<mark>Pengawas</mark>" in article["title_html"]
    assert "<mark>mengawasi</mark>" in article["body_html"]
    assert article["published"] == "2024-11-12"
    assert "origin" not in article


@pytest.mark.parametrize("path", ["/api/v1/documents/tidak-ada", "/api/v1/nope", "/api/nope", "/api"])
def test_what_is_not_there_is_a_problem(client: FlaskClient, path: str) -> None:
    response = client.get(path)

    assert response.status_code == 404
    assert response.mimetype == "application/problem+json"
    assert response.json["type"] == "about:blank"
    assert response.json["instance"] == path


def test_only_reading_is_allowed(client: FlaskClient) -> None:
    response = client.post("/api/v1/search")

    assert response.status_code == 405
    assert response.mimetype == "application/problem+json"
    assert "GET" in response.headers["Allow"]


@pytest.mark.parametrize("path", ["/api/v1/search?q=banjir", "/api/v1/search?page=0", "/api/v1/nope"])
def test_other_sites_may_read_answers_and_errors(client: FlaskClient, path: str) -> None:
    assert client.get(path).headers["Access-Control-Allow-Origin"] == "*"


def test_a_preflight_request_is_answered(client: FlaskClient) -> None:
    response = client.options("/api/v1/search", headers={"Origin": "https://lain.example"})

    assert response.status_code == 200
    assert "GET" in response.headers["Access-Control-Allow-Methods"]


def test_explained_scores_add_up_and_read_as_sentences(client: FlaskClient) -> None:
    answer = client.get("/api/v1/search?q=netralitas+pengawas&explain=true").json

    for result in answer["results"]:
        parts = result["explanation"]
        assert sum(part["score"] for part in parts) == pytest.approx(result["score"])
        assert all(part["text"] for part in parts)
    texts = [part["text"] for part in answer["results"][0]["explanation"]]
    assert "kata “netral” dalam judul" in texts


def test_explanations_follow_the_language_of_the_request_also_when_answers_are_kept(
    client: FlaskClient,
) -> None:
    address = "/api/v1/search?q=netralitas+pengawas&explain=true"
    for language, text in [("id", "kata “netral” dalam judul"), ("en", "the word “netral” in the title")] * 2:
        answer = client.get(address, headers={"Accept-Language": language}).json
        assert text in [part["text"] for part in answer["results"][0]["explanation"]]


def test_scores_are_explained_on_demand_only(client: FlaskClient) -> None:
    assert "explanation" not in client.get("/api/v1/search?q=netralitas").json["results"][0]


def test_other_forms_are_told_and_can_be_switched_off(client: FlaskClient) -> None:
    expanded = client.get("/api/v1/search?q=asn").json
    literal = client.get("/api/v1/search?q=asn&expand=false").json

    assert expanded["expansions"] == [{"term": "asn", "matched": ["aparatur sipil negara"]}]
    assert "<mark>aparatur sipil negara</mark>" in expanded["results"][0]["snippet_html"]
    assert literal["expansions"] == []
    assert "<mark>aparatur" not in literal["results"][0]["snippet_html"]


def test_unknown_words_are_corrected_unless_told_not_to(client: FlaskClient) -> None:
    corrected = client.get("/api/v1/search?q=netralitsa").json
    literal = client.get("/api/v1/search?q=netralitsa&correct=false").json
    rare = client.get("/api/v1/search?q=banjr").json

    assert corrected["corrected"] == {"query": "netralitas", "html": "<mark>netralitas</mark>"}
    assert corrected["total"] == 2
    assert literal["corrected"] is None
    assert literal["total"] == 0
    assert rare["corrected"] is None
    assert rare["did_you_mean"]["query"] == "banjir"
    assert client.get("/api/v1/search?q=banjr&correct=false").json["did_you_mean"] is None


def test_a_text_is_taken_apart_with_reasons_and_other_forms(client: FlaskClient) -> None:
    found = client.get("/api/v1/analyze", query_string={"text": "Mengawasi ASN!"}).json

    tokens = found["tokens"]
    assert [(token["token"], token["stem"]) for token in tokens] == [("Mengawasi", "awas"), ("ASN", "asn")]
    assert [(token["start"], token["end"]) for token in tokens] == [(0, 9), (10, 13)]
    assert all(token["why"] for token in tokens)
    assert found["expansions"] == [{"term": "asn", "matched": ["aparatur sipil negara"]}]
    assert client.get("/api/v1/analyze").json == {"text": "", "tokens": [], "expansions": []}


@pytest.mark.parametrize(("language", "why"), [("id", "imbuhan meng- -i"), ("en", "affixes meng- -i")])
def test_a_text_is_taken_apart_in_the_language_of_whoever_asks(
    client: FlaskClient, language: str, why: str
) -> None:
    found = client.get("/api/v1/analyze?text=mengawasi", headers={"Accept-Language": language}).json

    assert [token["why"] for token in found["tokens"]] == [why]


def test_an_endless_text_is_taken_apart_as_far_as_a_query_is_read(client: FlaskClient) -> None:
    assert len(client.get("/api/v1/analyze?text=" + "a" * 5000).json["text"]) == 2000


def test_html_fields_hold_escaped_text_and_marks_only(client: FlaskClient) -> None:
    (result,) = client.get("/api/v1/search?q=serangan").json["results"]

    for html in (result["title_html"], result["snippet_html"]):
        assert "<" not in html.replace("<mark>", "").replace("</mark>", "")
    assert "&lt;script&gt;" in result["title_html"]


def test_an_endless_query_is_cut_and_reported(client: FlaskClient) -> None:
    answer = client.get("/api/v1/search", query_string={"q": "banjir " * 1500}).json

    assert {"reason": "too_long", "text": "2000"} in answer["ignored"]


def test_two_hundred_parentheses_are_answered(client: FlaskClient) -> None:
    assert found(client, "(" * 200 + "netralitas" + ")" * 200)


def test_an_absurd_address_is_refused(client: FlaskClient) -> None:
    response = client.get("/api/v1/search?q=" + "x" * 100_000)

    assert response.status_code == 414
    assert response.mimetype == "application/problem+json"


def test_without_an_index_the_problem_says_what_to_do(empty_settings: Settings) -> None:
    response = create_app(empty_settings).test_client().get("/api/v1/search?q=banjir")

    assert response.status_code == 503
    assert response.json["type"] == "urn:telusur:problem:index-missing"
    assert "reindex" in response.json["detail"]
    assert response.headers["Retry-After"]
