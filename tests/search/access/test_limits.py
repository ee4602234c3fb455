"""Nobody asks more often, sends more, or asks longer than the owner allows; the rest passes."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from index.settings import SettingError, Settings, load_settings
from search.app import create_app, register
from search.http.site import Site

QUESTION = "/api/v1/search?q=banjir"
VISITOR, ANOTHER = "203.0.113.7", "198.51.100.9"


def asked(client: FlaskClient, path: str, times: int, visitor: str = VISITOR, **options: Any) -> Counter[int]:
    headers = {"X-Forwarded-For": visitor, **options.pop("headers", {})}
    statuses: Counter[int] = Counter()
    for _ in range(times):
        with client.get(path, headers=headers, **options) as answer:
            statuses[answer.status_code] += 1
    return statuses


@pytest.fixture
def client(site_settings: Settings) -> FlaskClient:
    return create_app(site_settings.replace(rate_limit="6/hour", max_body_kb=1)).test_client()


@pytest.mark.parametrize("path", [QUESTION, "/?q=banjir", "/api/v1/suggest?q=ban", "/api/v1/nope", "/nope"])
def test_a_visitor_is_refused_beyond_the_limit_also_for_kept_answers(client: FlaskClient, path: str) -> None:
    normal = 404 if "nope" in path else 200
    assert asked(client, path, 8) == {normal: 6, 429: 2}
    assert asked(client, path, 1, ANOTHER) == {normal: 1}


def test_a_refusal_says_when_to_ask_again_in_the_form_of_the_address(client: FlaskClient) -> None:
    asked(client, QUESTION, 6)
    origin = {"X-Forwarded-For": VISITOR, "Origin": "https://lain.example"}
    answer, page = client.get(QUESTION, headers=origin), client.get("/?q=banjir", headers=origin)

    for refused in (answer, page):
        assert refused.status_code == 429
        assert 3590 <= int(refused.headers["Retry-After"]) <= 3600
        assert refused.headers["RateLimit-Policy"] == '"default";q=6;w=3600'
        assert refused.headers["RateLimit"].startswith('"default";r=0;t=')
        assert refused.headers["X-Request-ID"]
        assert "ETag" not in refused.headers
    assert answer.json["type"] == "urn:telusur:problem:too-many-requests"
    assert answer.headers["Access-Control-Allow-Origin"] == "*"  # a script has to see why
    assert "Terlalu banyak permintaan" in page.text
    assert page.headers["Content-Security-Policy"]


def test_every_answer_says_what_is_left_also_one_that_is_kept_or_has_not_changed(client: FlaskClient) -> None:
    headers = {"X-Forwarded-For": VISITOR}
    first = client.get(QUESTION, headers=headers)
    kept = client.get(QUESTION, headers=headers)
    unchanged = client.get(QUESTION, headers={**headers, "If-None-Match": first.headers["ETag"]})
    assert unchanged.status_code == 304
    left = [answer.headers["RateLimit"].split(";")[1] for answer in (first, kept, unchanged)]
    assert left == ["r=5", "r=4", "r=3"]
    assert (
        client.get(QUESTION, headers={"X-Forwarded-For": ANOTHER}).headers["RateLimit"].split(";")[1] == "r=5"
    )


def test_what_costs_next_to_nothing_or_only_monitors_ask_is_not_counted(client: FlaskClient) -> None:
    for path in ("/healthz", "/readyz", "/aset/telusur.css", "/favicon.ico"):
        assert asked(client, path, 10) == {200: 10}
        with client.get(path, headers={"X-Forwarded-For": VISITOR}) as answer:
            assert "RateLimit" not in answer.headers
    preflights = {
        client.options(QUESTION, headers={"X-Forwarded-For": VISITOR}).status_code for _ in range(10)
    }
    assert preflights == {200}
    assert asked(client, QUESTION, 6) == {200: 6}


def test_addresses_that_nobody_trusted_says_evade_nothing(site_settings: Settings) -> None:
    client = create_app(
        site_settings.replace(rate_limit="3/hour", trusted_proxies=("10.0.0.1",))
    ).test_client()
    found = Counter(
        client.get(
            QUESTION,
            headers={"X-Forwarded-For": f"192.0.2.{number}"},
            environ_base={"REMOTE_ADDR": VISITOR},
        ).status_code
        for number in range(6)
    )
    assert found == {200: 3, 429: 3}


def test_a_household_with_ipv6_is_one_visitor(client: FlaskClient) -> None:
    statuses = [asked(client, QUESTION, 1, f"2001:db8:0:1::{number:x}") for number in range(8)]
    assert sum(statuses, Counter()) == {200: 6, 429: 2}
    assert asked(client, QUESTION, 1, "2001:db8:0:2::1") == {200: 1}


def test_the_machine_itself_is_not_limited_and_an_owner_may_limit_nobody(
    client: FlaskClient, site_settings: Settings
) -> None:
    assert Counter(client.get(QUESTION).status_code for _ in range(10)) == {200: 10}
    unlimited = create_app(site_settings.replace(rate_limit="")).test_client()
    assert asked(unlimited, QUESTION, 10) == {200: 10}
    assert "RateLimit" not in unlimited.get(QUESTION, headers={"X-Forwarded-For": VISITOR}).headers


def test_by_default_a_newsroom_behind_one_address_works_and_a_flood_does_not(site_settings: Settings) -> None:
    answer = create_app(site_settings).test_client().get("/nope", headers={"X-Forwarded-For": VISITOR})
    assert answer.headers["RateLimit-Policy"] == '"default";q=1200;w=60'


def test_a_host_application_limits_too(site_settings: Settings) -> None:
    host = Flask("host")
    register(host, Site.of(site_settings.replace(rate_limit="4/hour")), "/arsip")
    client = host.test_client()
    assert asked(client, f"/arsip{QUESTION}", 3) == {200: 3}
    answer = client.get("/arsip/?q=banjir", headers={"X-Forwarded-For": VISITOR})
    assert answer.headers.getlist("RateLimit-Policy") == ['"default";q=4;w=3600']
    assert asked(client, f"/arsip{QUESTION}", 2) == {429: 2}
    assert asked(client, "/arsip/?q=banjir", 1) == {429: 1}
    assert asked(client, "/arsip/aset/telusur.css", 2) == {200: 2}


def test_bodies_larger_than_any_request_needs_are_refused_unread(client: FlaskClient) -> None:
    for path in ("/api/v1/search", "/", "/nope"):
        refused = client.post(path, data=b"x" * 1025)
        assert refused.status_code == 413
    assert refused.mimetype == "text/html"
    answer = client.post("/api/v1/search", data=b"x" * 1025)
    assert answer.json["type"] == "urn:telusur:problem:body-too-large"
    assert client.post("/api/v1/search", data=b"x" * 1024).status_code == 405


def test_a_body_of_unknown_length_is_read_no_further_than_that(site_settings: Settings) -> None:
    from flask import Blueprint, request

    from search.access.guard import guard_api
    from search.api.responses import error_response

    app, site = Flask("host"), Site.of(site_settings.replace(max_body_kb=1))
    taking = Blueprint("taking", __name__, url_prefix="/kirim")
    guard_api(taking, site.gate)
    taking.register_error_handler(Exception, lambda error: error_response(site.preferred_translator, error))
    taking.post("/")(lambda: str(len(request.get_data())))
    app.register_blueprint(taking)

    def post(size: int) -> int:
        from io import BytesIO

        streamed = {"wsgi.input_terminated": True, "CONTENT_LENGTH": ""}
        sent = app.test_client().post(
            "/kirim/", input_stream=BytesIO(b"x" * size), environ_overrides=streamed
        )
        assert sent.status_code != 200 or int(sent.text) == size
        return sent.status_code

    assert [post(1024), post(1025), post(5_000_000)] == [200, 413, 413]


def test_addresses_longer_than_any_question_are_refused(client: FlaskClient) -> None:
    assert client.get("/api/v1/search?q=" + "a" * 59_000).status_code == 200
    for path in ("/api/v1/search", "/"):
        assert client.get(f"{path}?q=" + "a" * 60_000).status_code == 414


@pytest.mark.parametrize("wrong", ["600", "0/minute", "600/fortnight", "600 per minute", "-1/hour"])
def test_a_limit_that_says_nothing_is_refused_when_settings_are_read(wrong: str) -> None:
    with pytest.raises(SettingError, match="TELUSUR_RATE_LIMIT"):
        load_settings({"TELUSUR_RATE_LIMIT": wrong})
