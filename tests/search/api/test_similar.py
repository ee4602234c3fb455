"""The API: what is similar to an article, and results that are folded on demand."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from flask.testing import FlaskClient

from search.app import create_app

REPORT = " ".join(f"jembatan{number} resmi{number % 7} dusun" for number in range(30))


@pytest.fixture(scope="module")
def client(make_archive: Callable[..., Any]) -> FlaskClient:
    archive = make_archive()
    archive.write(
        *(
            {"id": f"versi{n}", "title": f"Versi {n}", "body": f"{REPORT} {n}", "source": "w"}
            for n in range(3)
        ),
        *({"id": f"lain{n}", "title": f"Dusun {n}", "body": f"Hal lain {n} di dusun."} for n in range(5)),
    )
    return create_app(archive.settings).test_client()


def test_the_articles_similar_to_one_are_told_with_its_versions_apart(client: FlaskClient) -> None:
    response = client.get("/api/v1/documents/versi1/similar")

    assert response.json.keys() == {"id", "results", "versions"}
    assert response.json["id"] == "versi1"
    assert sorted(each["id"] for each in response.json["versions"]) == ["versi0", "versi2"]
    assert response.json["versions"][0].keys() == {
        *("id", "title", "url", "source", "place", "author", "published", "lang"),
    }
    assert not {"versi0", "versi1", "versi2"} & {each["id"] for each in response.json["results"]}


def test_what_is_similar_can_be_kept_until_it_changes(client: FlaskClient) -> None:
    path = "/api/v1/documents/versi1/similar"
    etag = client.get(path).headers["ETag"]

    assert client.get(path, headers={"If-None-Match": etag}).status_code == 304


def test_nothing_is_similar_to_an_article_that_is_not_there(client: FlaskClient) -> None:
    response = client.get("/api/v1/documents/tidak-ada/similar")

    assert response.status_code == 404
    assert response.mimetype == "application/problem+json"


def test_results_are_folded_only_on_demand(client: FlaskClient) -> None:
    plain = client.get("/api/v1/search?q=dusun").json
    unfolded = client.get("/api/v1/search?q=dusun&fold=false").json
    folded = client.get("/api/v1/search?q=dusun&fold=true").json

    assert len(plain["results"]) == plain["total"] == 8
    assert not any("versions" in result for result in plain["results"])
    assert {**unfolded, "took_ms": 0} == {**plain, "took_ms": 0}
    assert len(folded["results"]) == 6
    assert sorted(len(result["versions"]) for result in folded["results"]) == [0, 0, 0, 0, 0, 2]
    assert {**folded, "took_ms": 0, "results": 0} == {**plain, "took_ms": 0, "results": 0}


def test_a_folded_version_is_named_as_its_result_would_be(client: FlaskClient) -> None:
    plain = {result["id"]: result for result in client.get("/api/v1/search?q=dusun").json["results"]}
    folded = client.get("/api/v1/search?q=dusun&fold=true").json["results"]

    versions = [version for result in folded for version in result["versions"]]
    assert versions
    assert all(version.items() <= plain[version["id"]].items() for version in versions)


def test_fold_is_true_or_false(client: FlaskClient) -> None:
    response = client.get("/api/v1/search?q=dusun&fold=mungkin")

    assert response.status_code == 400
    assert response.json["parameter"] == "fold"
