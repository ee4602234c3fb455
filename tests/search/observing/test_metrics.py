"""Figures tell what happened, also with kept answers, and only to those who may know."""

from __future__ import annotations

from pathlib import Path

import pytest
from flask.testing import FlaskClient
from prometheus_client.parser import text_string_to_metric_families

from index.settings import Settings
from search.access.keys import KeyFile, Role, make_key
from search.app import create_app

QUESTION = "/api/v1/search?q=banjir"
PUBLIC = {"X-Forwarded-For": "8.8.8.8"}


def figures(client: FlaskClient) -> dict[tuple[str, ...], float]:
    """Name and values of labels, by the labels' names -> figure."""
    answer = client.get("/metrics")
    assert answer.status_code == 200
    assert answer.content_type.startswith("text/plain; version=0.0.4")
    assert answer.headers["Cache-Control"] == "no-store"
    return {
        (sample.name, *(value for _, value in sorted(sample.labels.items()))): sample.value
        for family in text_string_to_metric_families(answer.text)
        for sample in family.samples
    }


def test_requests_searches_and_kept_answers_are_counted(site_settings: Settings) -> None:
    client = create_app(site_settings).test_client()
    before = figures(client)
    for path in (
        QUESTION,
        QUESTION,
        "/?q=banjir",
        "/?q=banjir",
        "/?q=qxzqxz",
        "/",
        "/api/v1/search?q=qxzqxz",
    ):
        assert client.get(path).data
    for number in range(50):
        assert client.get(f"/tidak-ada-{number}").data
        assert client.get(f"/dokumen/tidak-ada-{number}").data
    assert client.open("/", method="BREW").data
    several = {"queries": [{"q": "banjir surut"}, {"q": "qxzqxzq"}, {"q": "banjir sore"}]}
    assert client.post("/api/v1/multi-search", json=several).data
    found = figures(client)

    def more(*name: str) -> float:
        return found.get(name, 0) - before.get(name, 0)

    assert more("telusur_requests_total", "GET", "/api/v1/search", "200") == 3
    assert more("telusur_requests_total", "GET", "/", "200") == 4
    assert more("telusur_requests_total", "GET", "/dokumen/<id>", "404") == 50
    assert more("telusur_requests_total", "GET", "other", "404") == 50
    assert more("telusur_requests_total", "other", "other", "405") == 1
    assert more("telusur_searches_total", "yes") == 4 + 2
    assert more("telusur_searches_total", "no") == 2 + 1
    assert more("telusur_cache_total", "hit") == 2
    assert more("telusur_cache_total", "miss") >= 3
    assert found["telusur_cache_bytes",] > 3 * 2000
    assert found["telusur_opened_cache_bytes", "engine"] > 0
    assert found["telusur_opened_cache_bytes", "articles"] > 20_000
    assert more("telusur_request_seconds_count", "/api/v1/search") == 3
    assert found["telusur_request_seconds_bucket", "+Inf", "/api/v1/search"] >= 3
    assert 0 < more("telusur_request_seconds_sum", "/api/v1/search") < 60


def test_the_index_is_told_of_and_its_absence(site_settings: Settings, empty_settings: Settings) -> None:
    found = figures(create_app(site_settings).test_client())
    assert found["telusur_documents",] == 38
    assert 0 < found["telusur_generation_age_seconds",] < 24 * 3600
    assert found["telusur_index_open",] == found["telusur_workers",] == 1
    absent = figures(create_app(empty_settings).test_client())
    assert absent["telusur_index_open",] == 0
    assert ("telusur_documents",) not in absent


@pytest.fixture
def keyed(site_settings: Settings, tmp_path: Path) -> tuple[Settings, dict[Role, dict[str, str]]]:
    """Settings of a site without an index but with a key for each role."""
    settings, headers = site_settings.replace(index=str(tmp_path)), {}
    for role in Role:
        text, key = make_key(role.value, role)
        KeyFile(tmp_path).add(key)
        headers[role] = {"Authorization": f"Bearer {text}"}
    return settings, headers


def test_by_default_they_are_for_the_own_network_and_for_admin_keys(
    keyed: tuple[Settings, dict[Role, dict[str, str]]],
) -> None:
    settings, headers = keyed
    client = create_app(settings).test_client()

    def status(peer: str = "127.0.0.1", **more: str) -> int:
        return client.get("/metrics", headers=more, environ_base={"REMOTE_ADDR": peer}).status_code

    assert [status(), status("192.168.1.4"), status("::1"), status("fd00::2")] == [200] * 4
    assert status("8.8.8.8") == status(**PUBLIC) == status(**{"X-Forwarded-For": "unknown"}) == 401
    assert status(**PUBLIC, **headers[Role.ADMIN]) == 200
    assert status(**PUBLIC, **headers[Role.SEARCH]) == 403
    assert status("8.8.8.8", **{"X-Forwarded-For": "127.0.0.1"}) == 401


def test_an_owner_may_want_a_key_from_everybody_or_show_them_to_nobody(
    keyed: tuple[Settings, dict[Role, dict[str, str]]],
) -> None:
    settings, headers = keyed
    client = create_app(settings.replace(metrics="key")).test_client()
    refused = client.get("/metrics")
    assert (refused.status_code, refused.mimetype) == (401, "application/problem+json")
    assert client.get("/metrics", headers=headers[Role.ADMIN]).status_code == 200

    client = create_app(settings.replace(metrics="off")).test_client()
    assert client.get("/metrics", headers=headers[Role.ADMIN]).status_code == 404


def test_figures_tell_of_no_visitor_and_no_query(site_settings: Settings) -> None:
    client = create_app(site_settings).test_client()
    client.get("/?q=rahasia", headers=PUBLIC)
    client.get("/rahasia", headers=PUBLIC)
    text = client.get("/metrics").text
    assert "rahasia" not in text
    assert "8.8.8.8" not in text
