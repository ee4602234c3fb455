"""``/api/v1/facets/<name>``: all values of a facet, as programs ask for them."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient

from index.query import Facet
from index.settings import Settings
from search.app import create_app


@pytest.fixture(scope="module")
def client(site_settings: Settings) -> FlaskClient:
    return create_app(site_settings).test_client()


def test_an_answer_has_every_part_of_the_contract(client: FlaskClient) -> None:
    answer = client.get("/api/v1/facets/place?q=banjir&source=harian.example&place=kudus&find=u").json

    assert answer.pop("took_ms") >= 0
    assert answer == {
        "facet": "place",
        "query": "banjir",
        "find": "u",
        "order": "count",
        "articles": 6,
        "total": 1,
        "page": 1,
        "per_page": 100,
        "pages": 1,
        "values": [{"value": "Kudus", "count": 6, "chosen": True}],
        "previous": None,
        "next": None,
    }


def test_values_come_in_pages_and_by_name(client: FlaskClient) -> None:
    query = {"order": "name", "per_page": 2}
    first = client.get("/api/v1/facets/place", query_string=query).json
    second = client.get("/api/v1/facets/place", query_string={**query, "page": 2}).json

    assert (first["pages"], first["total"]) == (3, 6)
    names = [each["value"] for each in (*first["values"], *second["values"])]
    assert names == ['"><b>Kapuas', "Amuntai", "Demak", "Kudus"]


def test_languages_are_a_facet_too(client: FlaskClient) -> None:
    answer = client.get("/api/v1/facets/lang?lang=en").json

    assert [(each["value"], each["chosen"]) for each in answer["values"]] == [("id", False), ("en", True)]


@pytest.mark.parametrize(
    ("query", "status", "parameter"),
    [
        ("place?order=banyak", 400, "order"),
        ("place?per_page=1001", 400, "per_page"),
        ("place?page=0", 400, "page"),
        ("year?year=abc", 400, "year"),
        ("warna", 404, None),
    ],
)
def test_mistakes_are_explained(client: FlaskClient, query: str, status: int, parameter: str | None) -> None:
    response = client.get(f"/api/v1/facets/{query}")

    assert (response.status_code, response.mimetype) == (status, "application/problem+json")
    assert response.json.get("parameter") == parameter


def test_a_facet_that_there_is_not_is_told_those_that_there_are(client: FlaskClient) -> None:
    detail = client.get("/api/v1/facets/warna", headers={"Accept-Language": "id"}).json["detail"]

    assert all(facet in detail for facet in Facet)


def test_an_answer_is_kept_until_the_index_changes(client: FlaskClient) -> None:
    first = client.get("/api/v1/facets/place?q=banjir")

    again = client.get("/api/v1/facets/place?q=banjir", headers={"If-None-Match": first.headers["ETag"]})

    assert again.status_code == 304
    assert first.headers["Access-Control-Allow-Origin"] == "*"
