"""The OpenAPI document is valid, complete, and speaks the language of whoever asks."""

from __future__ import annotations

from typing import Any, get_args

import pytest
from flask import Flask
from flask.testing import FlaskClient
from openapi_spec_validator import OpenAPIV31SpecValidator

from index.messages import translator
from index.query import Facet
from index.settings import Settings
from search.answer import RESULT_FIELDS
from search.api.searching import PARAMETERS
from search.app import create_app, register
from search.http.site import Site
from search.openapi import answers, parameters
from search.openapi.document import document
from search.openapi.operations import OPERATIONS
from search.params import EXPORT_FIELDS


@pytest.fixture(scope="module")
def client(site_settings: Settings) -> FlaskClient:
    return create_app(site_settings).test_client()


def texts(described: Any) -> list[str]:
    if isinstance(described, list):
        return [text for each in described for text in texts(each)]
    if not isinstance(described, dict):
        return []
    own = [described[key] for key in ("summary", "description") if isinstance(described.get(key), str)]
    return own + [text for each in described.values() for text in texts(each)]


def test_the_document_is_valid_openapi_3_1(client: FlaskClient) -> None:
    response = client.get("/openapi.json")

    assert (response.status_code, response.mimetype) == (200, "application/json")
    assert response.json["openapi"].startswith("3.1.")
    assert response.headers["Access-Control-Allow-Origin"] == "*"
    OpenAPIV31SpecValidator(response.json).validate()
    again = client.get("/openapi.json", headers={"If-None-Match": response.headers["ETag"]})
    assert again.status_code == 304


def test_every_address_of_the_api_is_described_and_no_other(client: FlaskClient) -> None:
    described = client.get("/openapi.json").json
    served = {
        (rule.rule.removeprefix("/api/v1").replace("<", "{").replace(">", "}"), method)
        for rule in client.application.url_map.iter_rules()
        if rule.endpoint.startswith("telusur_api.")
        for method in rule.methods - {"HEAD", "OPTIONS"}
    }

    assert {(path, method.upper()) for path, each in described["paths"].items() for method in each} == served
    assert {f"telusur_api.{each.name}" for each in OPERATIONS} == {
        rule.endpoint
        for rule in client.application.url_map.iter_rules()
        if rule.endpoint.startswith("telusur_api.")
    }


def test_every_parameter_that_is_read_is_described(client: FlaskClient) -> None:
    paths = client.get("/openapi.json").json["paths"]
    named = {
        path: {each["name"]: each for each in next(iter(paths[path].values())).get("parameters", ())}
        for path in paths
    }

    assert named["/search"].keys() == set(PARAMETERS)
    assert get_args(parameters.ResultField) == RESULT_FIELDS
    assert get_args(parameters.ExportField) == EXPORT_FIELDS
    assert set(get_args(parameters.Facets)) == {facet.value for facet in Facet}
    assert named["/search"]["per_page"]["schema"]["maximum"] == 100
    assert named["/export"]["limit"]["schema"]["maximum"] == 10_000


def test_bounds_are_those_of_the_owner(site_settings: Settings) -> None:
    values = {
        "index": site_settings.text("index"),
        "max_per_page": 33,
        "max_queries": 3,
        "site_name": "Arsip",
    }
    described = create_app(Settings(values)).test_client().get("/openapi.json").json
    by_name = {each["name"]: each for each in described["paths"]["/search"]["get"]["parameters"]}

    assert by_name["per_page"]["schema"] == {"minimum": 1, "maximum": 33, "default": 10, "type": "integer"}
    assert described["components"]["schemas"]["Queries"]["properties"]["queries"]["maxItems"] == 3
    assert described["info"]["title"] == "Arsip: API"


@pytest.mark.parametrize("prefix", ["", "/cari"])
def test_the_server_is_where_the_api_is(site_settings: Settings, prefix: str) -> None:
    host = Flask("host")
    register(host, Site.of(site_settings), url_prefix=prefix)
    client = host.test_client()
    described = client.get(f"{prefix}/openapi.json", headers={"Host": "arsip.example"}).json
    (server,) = described["servers"]

    assert server["url"] == f"http://arsip.example{prefix}/api/v1"
    assert client.get(server["url"] + "/stats").json["documents"] == 38


def test_descriptions_come_in_both_languages(client: FlaskClient) -> None:
    indonesian = client.get("/openapi.json").json
    english = client.get("/openapi.json", headers={"Accept-Language": "en"}).json

    assert indonesian["paths"]["/search"]["get"]["summary"] == "Mencari artikel"
    assert english["paths"]["/search"]["get"]["summary"] == "Search for articles"
    assert len(texts(indonesian)) == len(texts(english)) > 100
    assert not [text for text in texts(english) if text in texts(indonesian)]


def test_answers_hold_every_member_that_is_promised(client: FlaskClient) -> None:
    schemas = document(client.application.extensions["telusur"].settings, translator("id"), "")["components"][
        "schemas"
    ]
    answer = client.get("/api/v1/search?q=netralitas+asn&explain=true&fold=true").json

    assert answer.keys() == set(schemas["SearchAnswer"]["required"])
    assert list(schemas["SearchAnswer"]["properties"]) == list(answers.SearchAnswer.__annotations__)
    assert answer["results"][0].keys() == schemas["Result"]["properties"].keys()
    assert client.get("/api/v1/stats").json.keys() == set(schemas["Stats"]["required"])
    assert client.get("/api/v1/documents/serangan").json.keys() == set(schemas["Article"]["required"])
