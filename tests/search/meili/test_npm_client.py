"""npm's ``meilisearch`` as it is makes its calls, and understands every answer."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest

from tests.packages import npm_packages

HERE = Path(__file__).parent


@pytest.fixture(scope="module")
def came(request, live_site, missing):
    """What came of each call of ``npm_client.mjs``."""
    packages = npm_packages(HERE / "package.json", request.config.cache.mkdir("npm"), missing)
    module = packages / "meilisearch" / "dist" / "index.js"
    command = ["node", str(HERE / "npm_client.mjs"), str(module), f"{live_site}/meili", "articles"]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def test_it_learns_what_is_there(came):
    assert (came["health"], came["isHealthy"]) == ({"status": "available"}, True)
    assert came["version"].keys() == {"commitSha", "commitDate", "pkgVersion"}
    assert [each["uid"] for each in came["indexes"]["results"]] == ["articles"]
    assert came["index"]["primaryKey"] == "id"
    assert "source" in came["settings"]["filterableAttributes"]
    assert came["indexStats"]["numberOfDocuments"] == came["searchNothing"]["estimatedTotalHits"] == 38
    assert came["stats"]["indexes"]["articles"] == came["indexStats"]


def test_it_searches(came):
    found = came["search"]
    assert found["estimatedTotalHits"] == 2
    assert [hit["id"] for hit in found["hits"]] == ["netralitas-lebak", "bilik-suara"]
    first = found["hits"][0]
    assert first["_formatted"]["title"] == "Pengawas Ingatkan <em>Netralitas</em> ASN di Lebak"
    assert first["_formatted"]["body"].endswith("…")
    assert first["_matchesPosition"]["title"] == [{"start": 18, "length": 10}]
    assert 0 < first["_rankingScore"] < 1
    assert found["facetDistribution"]["place"] == {"Lebak": 1, "Amuntai": 1}
    assert found["facetStats"] == {"year": {"min": 2020, "max": 2024}}
    assert (came["page"]["totalHits"], came["page"]["totalPages"], len(came["page"]["hits"])) == (35, 4, 10)
    by_address = came["searchGet"]
    assert [hit["id"] for hit in by_address["hits"]] == ["banjir-03", "banjir-06", "banjir-09"]
    assert by_address["facetDistribution"].keys() == {"source", "year"}
    assert [answer["estimatedTotalHits"] for answer in came["multi"]["results"]] == [35, 2]
    assert came["facet"]["facetHits"] == [{"value": "Demak", "count": 11}]


def test_it_reads_documents(came):
    assert (len(came["documents"]["results"]), came["documents"]["total"]) == (2, 38)
    assert came["filtered"]["results"] == [{"id": "netralitas-lebak"}]
    assert came["document"] == {"id": "netralitas-lebak", "year": 2024}


@pytest.mark.parametrize(
    ("call", "status", "code", "words"),
    [
        ("noDocument", 404, "document_not_found", "tidak-ada"),
        ("noIndex", 404, "index_not_found", "articles"),
        ("wrongFilter", 400, "invalid_search_filter", "warna"),
        ("wrongSort", 400, "invalid_search_sort", "title"),
        *((call, 405, "bad_request", "reindex") for call in ("add", "change", "remove")),
    ],
)
def test_it_understands_errors(came, call, status, code, words):
    error = came[call]
    assert (error["error"], error["status"], error["code"]) == ("MeilisearchApiError", status, code)
    assert error["type"] == "invalid_request"
    assert words in error["message"]
