"""Pages of other sites read the API as far as the owner allows, and everything else stays closed to them."""

from __future__ import annotations

import pytest
from flask import Flask
from flask.testing import FlaskClient

from index.settings import SettingError, Settings, load_settings
from search.app import create_app, register
from search.http.site import Site

FRIEND, STRANGER = "https://koran.example", "https://lain.example"
QUESTION = "/api/v1/search?q=banjir"
ASKED_FOR = "authorization,content-type,x-meilisearch-client"


@pytest.fixture(scope="module")
def open_site(site_settings: Settings) -> FlaskClient:
    return create_app(site_settings).test_client()


@pytest.fixture(scope="module")
def closed_site(site_settings: Settings) -> FlaskClient:
    return create_app(site_settings.replace(cors_origins=(FRIEND, "http://localhost:5173/"))).test_client()


def test_by_default_every_site_may_read_also_with_a_key(open_site: FlaskClient) -> None:
    asked = {"Origin": STRANGER, "Access-Control-Request-Method": "GET"}
    preflight = open_site.options(QUESTION, headers={**asked, "Access-Control-Request-Headers": ASKED_FOR})
    answer = open_site.get(QUESTION, headers={"Origin": STRANGER})

    assert preflight.headers["Access-Control-Allow-Origin"] == "*"
    assert set(ASKED_FOR.split(",")) <= set(preflight.headers["Access-Control-Allow-Headers"].split(", "))
    assert int(preflight.headers["Access-Control-Max-Age"]) >= 600
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    exposed = answer.headers["Access-Control-Expose-Headers"].split(", ")
    assert {"ETag", "X-Request-ID", "RateLimit", "RateLimit-Policy", "Retry-After", "Link"} <= set(exposed)
    assert "Origin" not in answer.vary  # the answer is the same for everybody
    assert "Access-Control-Allow-Credentials" not in answer.headers


@pytest.mark.parametrize("origin", [FRIEND, FRIEND.upper(), f"{FRIEND}:443", "http://localhost:5173"])
def test_sites_on_the_list_may_read(closed_site: FlaskClient, origin: str) -> None:
    for answer in (
        closed_site.get(QUESTION, headers={"Origin": origin}),
        closed_site.get("/api/v1/search?page=0", headers={"Origin": origin}),
        closed_site.get("/api/v1/nope", headers={"Origin": origin}),
        closed_site.options(QUESTION, headers={"Origin": origin}),
    ):
        assert answer.headers.getlist("Access-Control-Allow-Origin") == [origin]
        assert "Origin" in answer.vary


@pytest.mark.parametrize("origin", [STRANGER, "null", f"{FRIEND}.lain.example", "http://koran.example", ""])
def test_others_may_not_also_when_the_answer_is_kept(closed_site: FlaskClient, origin: str) -> None:
    closed_site.get(QUESTION, headers={"Origin": FRIEND})
    for answer in (
        closed_site.get(QUESTION, headers={"Origin": origin}),
        closed_site.get(QUESTION, headers={"Origin": origin}),
        closed_site.get("/api/v1/search?page=0", headers={"Origin": origin}),
        closed_site.get("/api/v1/nope", headers={"Origin": origin}),
        closed_site.options(QUESTION, headers={"Origin": origin}),
    ):
        assert not any(name.startswith("Access-Control") for name, _ in answer.headers)
        assert "Origin" in answer.vary


def test_what_a_stranger_was_refused_is_not_kept_for_friends(closed_site: FlaskClient) -> None:
    path = "/api/v1/search?q=netralitas"
    closed_site.get(path, headers={"Origin": STRANGER})
    first = closed_site.get(path, headers={"Origin": FRIEND})
    again = closed_site.get(path, headers={"Origin": FRIEND, "If-None-Match": first.headers["ETag"]})

    assert (first.status_code, again.status_code) == (200, 304)
    assert again.headers["Access-Control-Allow-Origin"] == FRIEND


def test_pages_are_for_readers_not_for_scripts_of_other_sites(open_site: FlaskClient) -> None:
    for path in ("/?q=banjir", "/dokumen/bilik-suara", "/healthz"):
        assert "Access-Control-Allow-Origin" not in open_site.get(path).headers


def test_a_host_application_keeps_to_the_list_too(site_settings: Settings) -> None:
    host = Flask("host")
    register(host, Site.of(site_settings.replace(cors_origins=(FRIEND,))), "/arsip")
    client = host.test_client()

    told = client.get(f"/arsip{QUESTION}", headers={"Origin": FRIEND}).headers
    assert told["Access-Control-Allow-Origin"] == FRIEND
    told = client.get(f"/arsip{QUESTION}", headers={"Origin": STRANGER}).headers
    assert "Access-Control-Allow-Origin" not in told


@pytest.mark.parametrize("wrong", ["koran.example", "https://koran.example/jalur", "https://*.koran.example"])
def test_what_is_no_site_is_refused_when_settings_are_read(wrong: str) -> None:
    variable = {"TELUSUR_CORS_ORIGINS": f"https://a.example, {wrong}"}
    with pytest.raises(SettingError, match="TELUSUR_CORS_ORIGINS"):
        load_settings(variable)


def test_several_sites_in_the_environment_are_separated_by_commas() -> None:
    settings = load_settings({"TELUSUR_CORS_ORIGINS": "https://a.example, https://b.example:8443"})
    assert settings.texts("cors_origins") == ("https://a.example", "https://b.example:8443")
