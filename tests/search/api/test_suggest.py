"""``GET /api/v1/suggest``: its shape, its limits, how long it may be kept, and what it never does."""

from __future__ import annotations

import time
from collections.abc import Iterator
from typing import Any

import pytest
from flask.testing import FlaskClient

from index.settings import Settings
from search.app import EXTENSION, create_app


@pytest.fixture(scope="module")
def client(site_settings: Settings) -> Iterator[FlaskClient]:
    app = create_app(site_settings)
    searcher = app.extensions[EXTENSION].searcher
    with searcher.use() as snapshot:
        snapshot.suggester.read()
    yield app.test_client()
    searcher.close()


def suggested(client: FlaskClient, text: str, **parameters: str) -> dict[str, Any]:
    """What is suggested once all of it was counted: a busy machine may leave that for later requests."""
    for _ in range(200):
        response = client.get("/api/v1/suggest", query_string={"q": text, **parameters})
        if response.headers["Cache-Control"] != "no-store":
            break
        time.sleep(0.05)
    return dict(response.get_json())


def test_suggestions_are_queries_with_numbers_and_titles_with_ids(client: FlaskClient) -> None:
    assert suggested(client, "netr") == {
        "query": "netr",
        "suggestions": [
            {"text": "netralitas", "kind": "word", "count": 2},
            {
                "text": "Pengawas Ingatkan Netralitas ASN di Lebak",
                "kind": "title",
                "id": "netralitas-lebak",
                "published": "2024-11-12",
            },
        ],
    }


@pytest.mark.parametrize("typed", ["netr", "netralitsa", "asn", "banjir s", "demak", "warta"])
def test_a_number_is_the_total_of_its_search(client: FlaskClient, typed: str) -> None:
    offered = suggested(client, typed)["suggestions"]
    numbered = [each for each in offered if each["kind"] != "title"]

    assert numbered
    for each in numbered:
        found = client.get("/api/v1/search", query_string={"q": each["text"]}).get_json()
        assert found["total_all"] == each["count"]


def test_an_empty_or_hostile_text_is_no_error(client: FlaskClient) -> None:
    for text in ("", " ", '"', "judul:", "\ud800", "<script>alert(1)</script>", "x" * 5000, "%" * 50, "\0a"):
        query = {"q": text.encode("utf-8", "replace")}
        response = client.get("/api/v1/suggest", query_string=query)
        assert response.status_code == 200
        assert len(response.get_json()["query"]) <= 2000


def test_the_limit_is_a_small_number(client: FlaskClient) -> None:
    assert len(client.get("/api/v1/suggest?q=ban&limit=1").get_json()["suggestions"]) == 1

    refused = client.get("/api/v1/suggest?q=ban&limit=21")
    assert refused.status_code == 400
    assert refused.get_json()["parameter"] == "limit"


def test_suggestions_may_be_kept_for_a_minute(client: FlaskClient) -> None:
    suggested(client, "ban")
    first = client.get("/api/v1/suggest?q=ban")
    assert first.headers["Cache-Control"] == "max-age=60"

    again = client.get("/api/v1/suggest?q=ban", headers={"If-None-Match": first.headers["ETag"]})
    assert again.status_code == 304


def test_suggestions_of_an_archive_that_is_being_read_are_not_kept(site_settings: Settings) -> None:
    app = create_app(site_settings)
    searcher = app.extensions[EXTENSION].searcher
    with searcher.use() as snapshot:
        snapshot._ahead = True  # as while another thread is at it
    early = app.test_client().get("/api/v1/suggest?q=asn")

    assert early.headers["Cache-Control"] == "no-store"
    assert early.get_json()["suggestions"]
    searcher.close()


def test_the_first_request_has_the_archive_read(site_settings: Settings) -> None:
    app = create_app(site_settings)
    client, searcher = app.test_client(), app.extensions[EXTENSION].searcher
    with searcher.use() as snapshot:
        assert not snapshot.suggester.is_read
    client.get("/api/v1/suggest?q=netr")

    assert suggested(client, "netr")["suggestions"][0]["text"] == "netralitas"
    searcher.close()


def test_an_archive_without_an_index_says_so(empty_settings: Settings) -> None:
    response = create_app(empty_settings).test_client().get("/api/v1/suggest?q=ban")

    assert response.status_code == 503
    assert response.mimetype == "application/problem+json"


def test_other_sites_may_ask(client: FlaskClient) -> None:
    assert client.get("/api/v1/suggest?q=ban").headers["Access-Control-Allow-Origin"] == "*"
