"""What is asked again is answered from memory, until the index changes."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import Client, TestResponse
from werkzeug.wrappers import Request, Response

from index.settings import Settings
from search.access.entrance import Entrance
from search.app import ENTRANCE, create_app
from search.http.cache import ResponseCache

PATHS = ["/api/v1/search?q=banjir", "/?q=banjir", "/"]


@pytest.fixture(scope="module")
def client(site_settings: Settings) -> FlaskClient:
    return create_app(site_settings).test_client()


def article(title: str) -> dict[str, Any]:
    return {"id": "satu", "title": title, "body": "Banjir surut di kota."}


@pytest.mark.parametrize("path", PATHS)
def test_what_is_asked_again_is_the_same_response(client: FlaskClient, path: str) -> None:
    first, second = client.get(path), client.get(path)

    assert second.data == first.data  # with the time that the first one took
    assert second.headers["ETag"] == first.headers["ETag"]
    assert second.headers["Cache-Control"] == "no-cache"
    assert second.headers["Content-Length"] == str(len(second.data))


@pytest.mark.parametrize("path", PATHS)
def test_who_has_it_already_is_told_so(site_settings: Settings, path: str) -> None:
    etag = create_app(site_settings).test_client().get(path).headers["ETag"]
    another_process = create_app(site_settings).test_client()

    answers = [another_process.get(path, headers={"If-None-Match": etag}) for _ in range(2)]
    changed = another_process.get(path, headers={"If-None-Match": 'W/"other"'})

    for answer in answers:
        assert answer.status_code == 304
        assert answer.data == b""
        assert answer.headers["ETag"] == etag
        assert "Content-Type" not in answer.headers
    assert changed.status_code == 200
    assert changed.data


def test_every_request_keeps_its_own_id(client: FlaskClient) -> None:
    def ids(**headers: str) -> list[str]:
        return client.get(PATHS[0], headers=headers).headers.getlist("X-Request-ID")

    (first,), (second,), given = ids(), ids(), ids(**{"X-Request-ID": "proxy-12345"})

    assert first != second
    assert given == ["proxy-12345"]


def test_a_page_in_another_language_is_another_page(client: FlaskClient) -> None:
    indonesian = client.get("/?q=banjir", headers={"Accept-Language": "id"})
    english = client.get("/?q=banjir", headers={"Accept-Language": "en"})

    assert 'lang="id"' in indonesian.text
    assert 'lang="en"' in english.text
    assert "Accept-Language" in english.headers["Vary"]


def test_a_newer_index_is_answered_from_at_once(make_archive: Callable[[], Any]) -> None:
    archive = make_archive()
    client = create_app(archive.settings, archive.searcher).test_client()

    def ask() -> TestResponse:
        return client.get("/api/v1/search?q=banjir")

    assert ask().status_code == 503
    archive.write(article("Banjir pertama"))
    first = ask()
    archive.write(article("Banjir kedua"))
    second = client.get("/api/v1/search?q=banjir", headers={"If-None-Match": first.headers["ETag"]})

    assert first.json["results"][0]["title"] == "Banjir pertama"
    assert second.status_code == 200
    assert second.json["results"][0]["title"] == "Banjir kedua"


@pytest.mark.parametrize(
    "path",
    ["/api/v1/search?page=0", "/api/v1/nope", "/healthz", "/dokumen/netralitas-lebak", "/feed.atom?q=a"],
)
def test_errors_and_everything_else_are_answered_anew(client: FlaskClient, path: str) -> None:
    assert "ETag" not in client.get(path).headers


def test_head_is_answered_without_a_body(client: FlaskClient) -> None:
    client.get("/api/v1/search?q=banjir")
    response = client.head("/api/v1/search?q=banjir")

    assert response.status_code == 200
    assert response.data == b""


def cache_of(app: Flask) -> ResponseCache:
    entrance = app.extensions[ENTRANCE]
    assert isinstance(entrance, Entrance)
    assert isinstance(entrance.answering, ResponseCache)
    return entrance.answering


def test_memory_is_bounded_and_what_was_asked_last_stays(site_settings: Settings) -> None:
    app = create_app(site_settings.replace(response_cache_mb=0.25))
    client = app.test_client()
    for number in range(200):
        client.get(f"/api/v1/search?q=banjir&unknown={number}")
        client.get("/api/v1/search?q=banjir")

    assert 3 < len(cache_of(app)) < 150
    assert cache_of(app).size <= 256 * 1024
    assert ("http://localhost", "/api/v1/search", "q=banjir", "", "", "") in cache_of(app)


def test_another_day_may_have_another_answer() -> None:
    days = [date(2025, 2, 1)]

    @Request.application
    def site(request: Request) -> Response:
        response = Response(f"kemarin, asked on {days[0]}")
        response.set_etag(str(days[0]), weak=True)
        request.environ["telusur.cache"] = True
        return response

    cache = ResponseCache(site, lambda: 1, 1 << 20, lambda: days[0])
    client = Client(cache)
    assert client.get("/?q=kemarin").text == client.get("/?q=kemarin").text
    assert len(cache) == 1

    days[0] = date(2025, 2, 2)
    assert "2025-02-02" in client.get("/?q=kemarin").text
    assert len(cache) == 1


def test_nothing_is_kept_when_the_owner_says_so(site_settings: Settings) -> None:
    app = create_app(site_settings.replace(response_cache_mb=0))

    assert app.test_client().get("/api/v1/search?q=banjir").headers["ETag"]
    assert len(cache_of(app)) == 0


def test_without_the_middleware_a_host_application_still_tells_what_is_unchanged(
    site_settings: Settings,
) -> None:
    from search.app import register
    from search.http.site import Site

    host = Flask("host")
    register(host, Site.of(site_settings), "/arsip")
    client = host.test_client()
    etag = client.get("/arsip/api/v1/search?q=banjir").headers["ETag"]

    answer = client.get("/arsip/api/v1/search?q=banjir", headers={"If-None-Match": etag})

    assert answer.status_code == 304
