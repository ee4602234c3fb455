"""Which sites may show pages in a frame: none, unless the owner names them; never what is no page."""

from __future__ import annotations

import re

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from index.settings import SettingError, Settings, load_settings
from search.app import create_app

PAGES = ("/", "/?q=banjir", "/dokumen/serangan", "/bantuan", "/embed/", "/tidak-ada")


def client_of(settings: Settings, *origins: str) -> FlaskClient:
    return create_app(settings.replace(frame_ancestors=origins)).test_client()


def ancestors(response: TestResponse) -> str:
    found = re.search(r"frame-ancestors ([^;]+)", response.headers["Content-Security-Policy"])
    assert found
    return found[1]


def test_nobody_may_frame_unless_it_is_allowed(site_settings: Settings) -> None:
    client = client_of(site_settings)
    for path in PAGES:
        response = client.get(path)
        assert ancestors(response) == "'none'", path
        assert response.headers["X-Frame-Options"] == "DENY", path


def test_those_that_the_owner_names_may_frame_every_page(site_settings: Settings) -> None:
    client = client_of(site_settings, "self", "https://koran.example/", "https://*.warta.example:8443")
    for path in PAGES:
        response = client.get(path)
        assert ancestors(response) == "'self' https://koran.example https://*.warta.example:8443", path
        assert "X-Frame-Options" not in response.headers, path
        assert "script-src 'self'" in response.headers["Content-Security-Policy"], path


def test_what_is_no_page_is_never_framed(site_settings: Settings) -> None:
    client = client_of(site_settings, "https://koran.example")
    for path in ("/api/v1/search", "/feed.atom", "/healthz", "/embed.js", "/api/v1/tidak-ada"):
        response = client.get(path)
        assert ancestors(response) == "'none'", path
        assert response.headers["X-Frame-Options"] == "DENY", path


def test_what_leads_to_other_sites_leaves_the_frame(site_settings: Settings) -> None:
    html = client_of(site_settings).get("/dokumen/netralitas-lebak").text
    outward = re.findall(r'<a [^>]*href="https://kabarlebak[^>]*>', html)
    assert outward
    assert all('target="_top"' in link for link in outward)
    assert len(re.findall("_top", html)) == len(outward)


def test_sites_are_listed_in_a_variable() -> None:
    environment = {"TELUSUR_FRAME_ANCESTORS": "https://a.example:8443, https://b.example"}
    assert load_settings(environment).texts("frame_ancestors") == (
        "https://a.example:8443",
        "https://b.example",
    )


@pytest.mark.parametrize(
    "wrong",
    ["koran.example", "https://koran.example/berita", "*", "https://a; script-src *", "'self'", "none"],
)
def test_what_is_no_site_is_refused(wrong: str) -> None:
    with pytest.raises(SettingError, match="frame_ancestors") as raised:
        Settings({"frame_ancestors": (wrong,)})
    assert "https://koran.example" in str(raised.value)
