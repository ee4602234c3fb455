"""PyPI's ``meilisearch`` as it is makes its calls, and understands every answer."""

from __future__ import annotations

import pytest
from meilisearch import Client
from meilisearch.errors import MeilisearchApiError


@pytest.fixture(scope="module")
def client(live_site):
    return Client(f"{live_site}/meili")  # without a key, it sends one called None


@pytest.fixture(scope="module")
def index(client):
    return client.index("articles")


def test_it_learns_what_is_there(client, index):
    assert client.is_healthy()
    assert client.health() == {"status": "available"}
    assert client.get_version().keys() == {"commitSha", "commitDate", "pkgVersion"}
    (listed,) = client.get_indexes()["results"]
    one = client.get_index("articles")
    assert (listed.uid, one.uid, one.primary_key) == ("articles", "articles", "id")
    assert one.created_at == listed.created_at
    assert index.get_stats().number_of_documents == 38
    assert client.get_all_stats()["indexes"]["articles"]["numberOfDocuments"] == 38
    assert index.get_settings()["sortableAttributes"] == ["published", "published_timestamp", "year"]


def test_it_searches(client, index):
    assert index.search("")["estimatedTotalHits"] == 38
    found = index.search(
        "netralitas",
        {
            "filter": ["year >= 2020", ["place = Lebak", "place = Amuntai"]],
            "facets": ["*"],
            "sort": ["published:desc"],
            "attributesToHighlight": ["*"],
            "limit": 1,
            "offset": 1,
        },
    )
    assert (found["estimatedTotalHits"], [hit["id"] for hit in found["hits"]]) == (2, ["bilik-suara"])
    assert "<em>Netralitas</em> petugas" in found["hits"][0]["_formatted"]["body"]
    assert index.search("banjir", {"hitsPerPage": 10, "page": 4})["totalPages"] == 4
    both = client.multi_search(
        [{"indexUid": "articles", "q": q, "limit": 0} for q in ("banjir", "netralitas")]
    )
    assert [answer["estimatedTotalHits"] for answer in both["results"]] == [35, 2]
    values = index.facet_search("place", "dem")
    assert values["facetHits"] == [{"value": "Demak", "count": 11}]


def test_it_reads_documents(index):
    listed = index.get_documents({"limit": 2, "offset": 1, "fields": ["id", "year"]})
    assert (len(listed.results), listed.total, listed.offset, listed.limit) == (2, 38, 1, 2)
    assert dict(listed.results[0]).keys() == {"id", "year"}
    assert index.get_documents({"filter": "place = Lebak"}).total == 1
    one = index.get_document("netralitas-lebak", {"fields": ["id", "title", "published"]})
    assert (one.id, one.published) == ("netralitas-lebak", "2024-11-12")


@pytest.mark.parametrize(
    ("call", "status", "code", "words"),
    [
        (lambda client: client.index("news").search("x"), 404, "index_not_found", "articles"),
        (lambda client: client.get_index("news"), 404, "index_not_found", "articles"),
        (lambda client: client.index("articles").get_document("x"), 404, "document_not_found", "x"),
        (
            lambda client: client.index("articles").search("x", {"filter": "warna = 1"}),
            *(400, "invalid_search_filter", "warna"),
        ),
        (lambda client: client.index("articles").add_documents([{"id": "x"}]), 405, "bad_request", "reindex"),
        (lambda client: client.index("articles").delete_all_documents(), 405, "bad_request", "reindex"),
        (lambda client: client.create_index("baru"), 405, "bad_request", "reindex"),
        (lambda client: client.index("articles").update_settings({}), 405, "bad_request", "reindex"),
    ],
)
def test_it_understands_errors(client, call, status, code, words):
    with pytest.raises(MeilisearchApiError) as raised:
        call(client)

    error = raised.value
    assert (error.status_code, error.code, error.type) == (status, code, "invalid_request")
    assert words in str(error)
