"""The rest of ``/meili``: documents, what the index is, other sites, and errors in Meilisearch's shape."""

from __future__ import annotations

import re
from datetime import datetime
from pathlib import Path

import pytest
from flask import Flask
from werkzeug.exceptions import Forbidden, NotFound, RequestEntityTooLarge, TooManyRequests, Unauthorized

from index.engines.base import IndexBrokenError
from index.messages import translator
from search.answering.lanes import BusyError
from search.app import create_app, register
from search.http.site import Site
from search.meili import about
from search.meili.attributes import ATTRIBUTES
from search.meili.documents import KNOWN as DOCUMENT_PARAMETERS
from search.meili.failures import meili_error
from search.meili.queries import KNOWN, UNSUPPORTED
from search.meili.reading import MOST_BYTES, Fields

INDEX = "/meili/indexes/articles"
TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d+Z")


def test_documents_are_listed_by_address_and_by_body(client):
    listed = client.get(f"{INDEX}/documents?limit=2&offset=1&fields=id,year").json
    assert listed == {
        "results": [{"id": "c", "year": 2023}, {"id": "b", "year": 2022}],
        "offset": 1,
        "limit": 2,
        "total": 5,
    }
    body = {"limit": 2, "offset": 1, "fields": ["id", "year"]}
    assert client.post(f"{INDEX}/documents/fetch", json=body).json == listed
    some = client.post(
        f"{INDEX}/documents/fetch", json={"filter": ["place = Demak"], "sort": ["published:asc"]}
    ).json
    assert [each["id"] for each in some["results"]] == ["a", "c"]
    assert tuple(some["results"][0]) == ATTRIBUTES
    named = client.post(f"{INDEX}/documents/fetch", json={"ids": ["a", "e", "x"], "fields": ["id"]}).json
    assert (named["results"], named["total"]) == ([{"id": "a"}, {"id": "e"}], 2)
    assert client.post(f"{INDEX}/documents/fetch", json={"ids": []}).json["total"] == 0


def test_one_document_is_read_by_its_id(client):
    assert tuple(client.get(f"{INDEX}/documents/a").json) == ATTRIBUTES
    assert client.get(f"{INDEX}/documents/a").json["url"] == "https://warta.example/a"
    assert client.get(f"{INDEX}/documents/b").json["url"] == ""  # no page may link to it
    assert client.get(f"{INDEX}/documents/b").json["address"] == "http://localhost/dokumen/b"
    assert "Banjir di pasar b" in client.get("/dokumen/b").text
    assert client.get(f"{INDEX}/documents/a?fields=place,id").json == {"id": "a", "place": "Demak"}
    missing = client.get(f"{INDEX}/documents/x")
    assert (missing.status_code, missing.json["code"]) == (404, "document_not_found")


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ({"filter": "x = 1"}, "invalid_document_filter"),
        ({"limit": "x"}, "invalid_document_limit"),
        ({"limit": 101}, "invalid_document_limit"),
        ({"offset": -1}, "invalid_document_offset"),
        ({"fields": "id"}, "invalid_document_fields"),
        ({"ids": [1]}, "invalid_document_ids"),
        ({"sort": ["title:asc"]}, "invalid_document_sort"),
        ({"retrieveVectors": True}, "invalid_document_retrieve_vectors"),
        ({"q": "x"}, "bad_request"),
    ],
    ids=str,
)
def test_a_mistake_in_a_listing_is_named_by_its_code(client, body, code):
    response = client.post(f"{INDEX}/documents/fetch", json=body)

    assert (response.status_code, response.json["code"]) == (400, code)


def test_the_index_is_described(client):
    index = client.get(INDEX).json
    assert (index["uid"], index["primaryKey"]) == ("articles", "id")
    for name in ("createdAt", "updatedAt"):
        assert TIME.fullmatch(index[name])
        assert datetime.fromisoformat(index[name]).tzinfo is not None
    assert client.get("/meili/indexes").json == {"results": [index], "offset": 0, "limit": 20, "total": 1}
    assert client.get("/meili/indexes?offset=1&limit=5").json["results"] == []
    assert client.get("/meili/indexes?limit=x").json["code"] == "invalid_index_limit"

    stats = client.get(f"{INDEX}/stats").json
    assert (stats["numberOfDocuments"], stats["isIndexing"]) == (5, False)
    assert stats["fieldDistribution"] == dict.fromkeys(ATTRIBUTES, 5)
    whole = client.get("/meili/stats").json
    assert whole["indexes"] == {"articles": stats}
    assert whole["databaseSize"] > 1000
    assert TIME.fullmatch(whole["lastUpdate"])
    assert client.get("/meili/health").json == {"status": "available"}
    assert client.get("/meili/version").json.keys() == {"commitSha", "commitDate", "pkgVersion"}


def test_what_the_settings_say_can_be_done_can_be_done(client, search):
    settings = client.get(f"{INDEX}/settings").json

    for name in settings["filterableAttributes"]:
        assert search(filter=f"{name} EXISTS", limit=0)["estimatedTotalHits"] == 5
    for name in settings["sortableAttributes"]:
        assert len(search(sort=[f"{name}:asc"])["hits"]) == 5
    search(q="banjir", attributesToSearchOn=settings["searchableAttributes"])


def test_the_index_has_the_name_of_the_setting(site_settings):
    client = create_app(site_settings.replace(meili_index="berita")).test_client()

    assert client.get("/meili/indexes").json["results"][0]["uid"] == "berita"
    assert client.post("/meili/indexes/berita/search", json={}).status_code == 200
    for path in ("", "/settings", "/stats", "/documents", "/documents/a", "/search"):
        other = client.get(f"/meili/indexes/articles{path}")
        assert (other.status_code, other.json["code"]) == (404, "index_not_found")
        assert "`berita`" in other.json["message"]


@pytest.mark.parametrize(
    ("method", "path"),
    [
        *(("POST", "/indexes"), ("PATCH", "/indexes/articles"), ("DELETE", "/indexes/articles")),
        *(("POST", "/indexes/articles/documents"), ("PUT", "/indexes/articles/documents")),
        *(("DELETE", "/indexes/articles/documents"), ("DELETE", "/indexes/articles/documents/a")),
        *(("POST", "/indexes/articles/documents/delete"), ("PATCH", "/indexes/articles/settings")),
        *(("POST", "/swap-indexes"), ("POST", "/keys"), ("POST", "/dumps"), ("POST", "/")),
    ],
)
def test_writing_is_refused_and_names_the_command_that_writes(client, method, path):
    response = client.open(f"/meili{path}", method=method, json={})

    assert (response.status_code, response.json["code"]) == (405, "bad_request")
    assert "reindex" in response.json["message"]


def test_addresses_that_are_not_there_are_refused_in_the_same_shape(client):
    for path in ("/tasks", "/", "/keys", "/indexes/articles/similar", "/indexes/articles/documents/a/b"):
        response = client.get(f"/meili{path}")
        assert (response.status_code, response.json["code"]) == (404, "bad_request")
        assert response.json["type"] == "invalid_request"


@pytest.mark.parametrize(
    ("options", "status", "code"),
    [
        ({"data": b"{"}, 400, "malformed_payload"),
        ({"data": b'{"q": "\xff"}'}, 400, "malformed_payload"),
        ({"data": b'{"q": "\\ud800"}'}, 400, "malformed_payload"),
        ({"data": b"[" * 100_000}, 400, "malformed_payload"),
        ({"data": b""}, 400, "missing_payload"),
        ({"data": b"[]"}, 400, "bad_request"),
        ({"data": b"{}", "content_type": "text/plain"}, 415, "invalid_content_type"),
        ({"data": b"{}", "content_type": None}, 415, "missing_content_type"),
        ({"data": b" " * (MOST_BYTES + 1)}, 413, "payload_too_large"),
    ],
    ids=lambda value: str(value)[:40],
)
def test_a_body_that_cannot_be_read_is_refused(client, options, status, code):
    for path in ("/indexes/articles/search", "/multi-search"):
        response = client.post(f"/meili{path}", **{"content_type": "application/json", **options})
        assert (response.status_code, response.json["code"]) == (status, code)


def test_errors_are_worded_for_whoever_reads_them(client):
    wrong = {"sort": ["title:asc"]}
    indonesian = client.post(f"{INDEX}/search", json=wrong, headers={"Accept-Language": "id"})
    english = client.post(f"{INDEX}/search", json=wrong, headers={"Accept-Language": "en"})

    assert "tidak dapat urut menurut `title`" in indonesian.json["message"]
    assert "cannot be sorted by `title`" in english.json["message"]
    assert (indonesian.json["code"], english.headers["Content-Language"]) == (english.json["code"], "en")


def test_a_site_without_an_index_says_so(empty_settings):
    client = create_app(empty_settings).test_client()

    for response in (client.get("/meili/health"), client.post(f"{INDEX}/search", json={})):
        assert (response.status_code, response.json["code"]) == (503, "index_not_found")
        assert int(response.headers["Retry-After"]) > 0
        assert "reindex" in response.json["message"]


@pytest.mark.parametrize("path", ["/multi-search", "/health", "/indexes/articles/search", "/indexes/x/y"])
def test_other_sites_get_leave_to_send_what_clients_send(client, path):
    asked = {
        "Origin": "https://situs.example",
        "Access-Control-Request-Method": "POST",
        "Access-Control-Request-Headers": "authorization,content-type,x-meilisearch-client",
    }
    response = client.options(f"/meili{path}", headers=asked)

    assert response.status_code == 200
    allowed = response.headers["Access-Control-Allow-Headers"].lower().split(", ")
    assert {*asked["Access-Control-Request-Headers"].split(",")} <= {*allowed}
    assert int(response.headers["Access-Control-Max-Age"]) >= 3600
    for answer in (response, client.get(f"/meili{path}"), client.post(f"/meili{path}", data="{")):
        assert answer.headers["Access-Control-Allow-Origin"] == "*"


@pytest.mark.parametrize("key", ["Bearer None", "Bearer apa-saja", ""])
def test_without_keys_of_its_own_the_site_takes_any_key(client, key):
    response = client.post(f"{INDEX}/search", json={}, headers={"Authorization": key})

    assert response.status_code == 200


def test_sites_in_one_application_have_an_index_each(site_settings):
    app = Flask("koran")
    register(app, Site.of(site_settings), url_prefix="/satu", name="satu")
    register(app, Site.of(site_settings.replace(meili_index="dua")), url_prefix="/dua", name="dua")
    host = app.test_client()

    for name, uid in (("satu", "articles"), ("dua", "dua")):
        assert host.get(f"/{name}/meili/indexes").json["results"][0]["uid"] == uid
        for path in ("indexes/x", "tasks"):
            other = host.get(f"/{name}/meili/{path}")
            assert (other.status_code, other.headers["Access-Control-Allow-Origin"]) == (404, "*")
            assert other.json.keys() == {"message", "code", "type", "link"}


@pytest.mark.parametrize(
    ("error", "status", "code", "kind"),
    [
        (Unauthorized(), 401, "missing_authorization_header", "auth"),
        (Forbidden(), 403, "invalid_api_key", "auth"),
        (RequestEntityTooLarge(), 413, "payload_too_large", "invalid_request"),
        (TooManyRequests(), 429, "too_many_search_requests", "system"),
        (NotFound(), 404, "bad_request", "invalid_request"),
        (BusyError(), 503, "too_many_search_requests", "system"),
        (IndexBrokenError("x"), 503, "internal", "internal"),
        (ValueError("rahasia"), 500, "internal", "internal"),
    ],
    ids=lambda value: type(value).__name__,
)
def test_whatever_is_raised_has_a_code(error, status, code, kind):
    found = meili_error(error, translator("id"))
    told = found.to_dict(translator("id"))

    assert (found.status, told["code"], told["type"]) == (status, code, kind)
    assert "rahasia" not in told["message"]


def test_codes_are_of_the_list_that_meilisearch_documents():
    sources = [path.read_text(encoding="utf-8") for path in Path(about.__file__).parent.glob("*.py")]
    written = set(
        re.findall(r'"((?:invalid|missing|too_many|malformed|payload)_[a-z_]*[a-z])"', "".join(sources))
    )
    written -= {"invalid_request"}  # a type
    written |= {"bad_request", "internal", "index_not_found", "document_not_found"}
    made = {
        *(Fields({}, "invalid_search_", None).code(name) for name in set(KNOWN) - UNSUPPORTED.keys()),
        *(Fields({}, "invalid_document_", None).code(name) for name in DOCUMENT_PARAMETERS),
        *(Fields({}, "invalid_facet_search_", None).code(name) for name in ("facetName", "facetQuery")),
        *(Fields({}, "invalid_index_", None).code(name) for name in ("offset", "limit")),
    }

    assert written | made <= DOCUMENTED


SEARCH = """
q offset limit page hits_per_page filter facets sort attributes_to_retrieve attributes_to_crop crop_length
crop_marker attributes_to_highlight highlight_pre_tag highlight_post_tag attributes_to_search_on locales
show_matches_position show_ranking_score show_ranking_score_details matching_strategy distinct media
vector ranking_score_threshold retrieve_vectors hybrid_query embedder semantic_ratio
"""
DOCUMENTED = {
    *(f"invalid_search_{name}" for name in SEARCH.split()),
    *(
        f"invalid_document_{name}"
        for name in ["fields", "filter", "ids", "limit", "offset", "retrieve_vectors", "sort"]
    ),
    *(
        "invalid_facet_search_facet_name",
        "invalid_facet_search_facet_query",
        "missing_facet_search_facet_name",
    ),
    *("invalid_index_limit", "invalid_index_offset", "missing_index_uid", "index_not_found"),
    *("invalid_multi_search_federated", "invalid_multi_search_federation_options"),
    *("bad_request", "document_not_found", "internal", "invalid_api_key", "missing_authorization_header"),
    *("invalid_content_type", "missing_content_type", "missing_payload", "malformed_payload"),
    *("payload_too_large", "too_many_search_requests"),
}
"""Those of Meilisearch's documentation that have to do with reading."""
