"""The language of the pages: pinned by the owner, or chosen by the visitor and remembered."""

from __future__ import annotations

import re
from collections.abc import Callable
from html import unescape

import pytest
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import given, settings
from hypothesis import strategies as st

from index.settings import SettingError, Settings
from search.app import create_app, register
from search.http.site import Site

ENGLISH = {"Accept-Language": "en-US,en;q=0.8"}

Open = Callable[..., FlaskClient]


@pytest.fixture
def visit(site_settings: Settings) -> Open:
    """Opens the site with further settings, without cookies."""
    return lambda **settings: create_app(site_settings.replace(**settings)).test_client()


def language(html: str) -> str:
    found = re.search(r'<html lang="(\w+)">', html)
    assert found
    return found[1]


def chooser(html: str, code: str) -> str:
    found = re.search(rf'<a href="([^"]*)" lang="{code}" hreflang="{code}"', html)
    assert found
    return unescape(found[1])


@pytest.mark.parametrize("code", ["id", "en"])
def test_one_language_is_spoken_whatever_is_asked_for(visit: Open, code: str) -> None:
    client = visit(languages=(code,))
    other = {"id": "en", "en": "id"}[code]
    client.set_cookie("telusur_lang", other)

    for path in ("/", "/?q=banjir", "/dokumen/banjir-01", "/bantuan", "/nonesuch"):
        response = client.get(
            f"{path}{'&' if '?' in path else '?'}lang={other}", headers={"Accept-Language": other}
        )
        assert language(response.text) == code
        assert "hreflang" not in response.text
        assert f"lang={other}" not in response.text
        assert not {"Accept-Language", "Cookie"} & set(response.vary)
    assert client.get(f"/bahasa/{code}").status_code == 404


def test_the_first_language_is_that_of_visitors_who_ask_for_none(visit: Open) -> None:
    assert language(visit(languages=("en", "id")).get("/").text) == "en"
    assert language(visit(languages=("id", "en")).get("/").text) == "id"
    assert language(visit(language="en").get("/").text) == "en"
    assert language(visit(language="en", languages=("id", "en")).get("/").text) == "id"


def test_a_language_that_is_not_there_is_refused() -> None:
    with pytest.raises(SettingError, match="salah satu dari: id, en"):
        Settings({"languages": ("id", "jv")})


def test_a_choice_is_remembered_and_leads_back_to_the_same_page(visit: Open) -> None:
    client = visit()
    page = client.get("/?q=banjir&place=Demak&page=1")

    response = client.get(chooser(page.text, "en"))

    assert response.status_code == 303
    assert response.location == "/?q=banjir&page=1&place=Demak&lang=en"
    cookie = response.headers["Set-Cookie"]
    assert cookie.startswith("telusur_lang=en;")
    for attribute in ("HttpOnly", "SameSite=Lax", "Path=/", "Max-Age=31536000"):
        assert attribute in cookie
    assert response.headers["Cache-Control"] == "no-store"
    assert language(client.get("/?q=banjir", headers={"Accept-Language": "id"}).text) == "en"


def test_no_cookie_is_set_unless_a_visitor_chooses(visit: Open) -> None:
    client = visit()

    for path in ("/", "/?q=banjir&lang=en", "/dokumen/banjir-01?lang=en", "/bantuan", "/nonesuch"):
        assert "Set-Cookie" not in client.get(path, headers=ENGLISH).headers


def test_an_address_that_names_a_language_wins_over_what_is_remembered(visit: Open) -> None:
    client = visit()
    client.set_cookie("telusur_lang", "en")

    assert language(client.get("/?lang=id").text) == "id"
    assert language(client.get("/").text) == "en"


def test_links_name_the_language_as_long_as_nothing_else_remembers_it(visit: Open) -> None:
    client = visit()

    def next_page(path: str) -> str:
        found = re.search(r'rel="next" href="([^"]*)"', client.get(path).text)
        assert found
        return found[1]

    assert "lang=en" in next_page("/?q=banjir&lang=en")
    client.get("/bahasa/en")
    assert "lang=" not in next_page("/?q=banjir&lang=en")
    assert "lang=id" in next_page("/?q=banjir&lang=id")


@pytest.mark.parametrize("cookie", ["jv", "", "en; id", "<script>", "e" * 5000])
def test_a_cookie_that_is_no_language_is_as_good_as_none(visit: Open, cookie: str) -> None:
    client = visit().application.test_client(use_cookies=False)
    response = client.get("/?q=banjir", headers={"Cookie": f"telusur_lang={cookie}"})

    assert language(response.text) in ("id", "en")
    assert "<script>" not in response.text


def test_what_is_kept_in_memory_is_kept_apart_by_the_remembered_language(visit: Open) -> None:
    client = visit().application.test_client(use_cookies=False)
    indonesian = client.get("/?q=banjir")
    english = client.get("/?q=banjir", headers={"Cookie": "a=1; telusur_lang=en; b=2"})
    again = client.get("/?q=banjir", headers={"Cookie": "other=telusur_lang"})

    assert language(indonesian.text) == language(again.text) == "id"
    assert language(english.text) == "en"
    assert {"Accept-Language", "Cookie"} <= set(english.vary)
    assert indonesian.headers["ETag"] != english.headers["ETag"]


@pytest.mark.parametrize(
    "target",
    [
        *(
            "https://evil.example/",
            "//evil.example",
            "/\\evil.example",
            "\\\\evil.example",
            "javascript:alert(1)",
        ),
        *("", "evil", "/\t/evil.example", "/ok\r\nSet-Cookie: a=b", "///evil.example", "http:evil.example"),
    ],
)
def test_a_choice_never_leads_to_another_site(visit: Open, target: str) -> None:
    response = visit().get("/bahasa/en", query_string={"ke": target})

    assert response.location == "/?lang=en"
    assert len(response.headers.getlist("Set-Cookie")) == 1


@pytest.fixture(scope="module")
def shared(site_settings: Settings) -> FlaskClient:
    """One site for many questions."""
    return create_app(site_settings).test_client()


@settings(deadline=None)
@given(target=st.text(max_size=30))
def test_whatever_the_target_is_the_way_leads_inside(shared: FlaskClient, target: str) -> None:
    response = shared.get("/bahasa/en", query_string={"ke": f"/{target}"})

    assert response.status_code == 303
    assert response.location.startswith("/")
    assert not response.location.startswith(("//", "/\\"))


@pytest.mark.parametrize("code", ["jv", "EN", "en%20", "%3Cscript%3E"])
def test_there_is_nothing_to_choose_but_the_languages_of_the_site(visit: Open, code: str) -> None:
    response = visit().get(f"/bahasa/{code}")

    assert response.status_code == 404
    assert "Set-Cookie" not in response.headers


def test_below_a_prefix_the_cookie_stays_there(site_settings: Settings) -> None:
    host = Flask("host")
    register(host, Site.of(site_settings), url_prefix="/arsip")
    client = host.test_client()

    response = client.get(chooser(client.get("/arsip/bantuan").text, "en"))

    assert response.location == "/arsip/bantuan?lang=en"
    assert "Path=/arsip/" in response.headers["Set-Cookie"]
    assert client.get("/arsip/bahasa/en?ke=/lain").location == "/arsip/?lang=en"
    assert language(client.get("/arsip/").text) == "en"
