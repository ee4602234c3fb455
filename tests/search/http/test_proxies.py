"""Which proxies are believed, and under which path an application of ours prints its addresses."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient

from index.settings import Settings
from search.app import create_app
from search.http.proxies import trusts

SAID = {"X-Forwarded-Prefix": "/cari", "X-Forwarded-Proto": "https", "X-Forwarded-Host": "koran.example"}


def client_of(settings: Settings, **changed: str | tuple[str, ...]) -> FlaskClient:
    return create_app(settings.replace(**changed)).test_client()


def printed(
    client: FlaskClient, path: str = "/dokumen/banjir-01", peer: str = "10.1.2.3", **said: str
) -> str:
    """What a page prints for its permanent address, asked by a proxy."""
    headers = SAID | {name.replace("_", "-"): value for name, value in said.items()}
    page = client.get(path, headers=headers, environ_base={"REMOTE_ADDR": peer})
    assert page.status_code == 200
    canonical = page.text.partition('rel="canonical" href="')[2].partition('"')[0]
    home = page.text.partition('class="brand" href="')[2].partition('"')[0]
    return f"{canonical} {home}"


@pytest.mark.parametrize("peer", ["10.1.2.3", "::ffff:10.1.2.3", "2001:db8::7"])
def test_a_trusted_proxy_says_scheme_host_and_path(site_settings: Settings, peer: str) -> None:
    client = client_of(site_settings, trusted_proxies=("10.1.2.0/24", "2001:db8::7"))

    assert printed(client, peer=peer) == "https://koran.example/cari/dokumen/banjir-01 /cari/"


@pytest.mark.parametrize("peer", ["10.1.3.3", "127.0.0.1", "", "tidak ada"])
def test_nobody_else_does(site_settings: Settings, peer: str) -> None:
    for trusted in ((), ("10.1.2.0/24",)):
        client = client_of(site_settings, trusted_proxies=trusted)

        assert printed(client, peer=peer) == "http://localhost/dokumen/banjir-01 /"


@pytest.mark.parametrize(
    "prefix", ["//jahat.example", "/\\jahat.example", "/a//b", 'x"><b>', "/a?b", " ", "cari"]
)
def test_a_prefix_that_is_no_path_is_none(site_settings: Settings, prefix: str) -> None:
    client = client_of(site_settings, trusted_proxies=("10.1.2.3",))

    assert printed(client, X_Forwarded_Prefix=prefix) == "https://koran.example/dokumen/banjir-01 /"


def test_of_several_proxies_the_nearest_counts(site_settings: Settings) -> None:
    client = client_of(site_settings, trusted_proxies=("10.1.2.3",))
    said = {"X_Forwarded_Prefix": "/jahat, /cari/", "X_Forwarded_Host": "jahat.example, koran.example"}

    assert printed(client, **said) == "https://koran.example/cari/dokumen/banjir-01 /cari/"


@pytest.mark.parametrize("path", ["/dokumen/banjir-01", "/cari/dokumen/banjir-01"])
def test_public_url_keeps_its_path_whether_a_proxy_strips_it_or_not(
    site_settings: Settings, path: str
) -> None:
    for trusted in ((), ("10.1.2.3",)):
        client = client_of(site_settings, public_url="https://koran.example/cari/", trusted_proxies=trusted)

        told = printed(client, path, X_Forwarded_Prefix="/lain", X_Forwarded_Host="lain.example")
        assert told == "https://koran.example/cari/dokumen/banjir-01 /cari/"


def test_what_lies_under_the_path_is_found_with_and_without_it(site_settings: Settings) -> None:
    client = client_of(site_settings, public_url="https://koran.example/cari")

    for path in (
        "/healthz",
        "/cari/healthz",
        "/api/v1/search?q=banjir",
        "/cari/api/v1/search?q=banjir",
        "/cari/",
    ):
        assert client.get(path).status_code == 200, path
    assert client.get("/cari").location == "/cari/"
    assert client.get("/carian/").status_code == 404
    assert client.get("/tiada").text.count('href="/cari/') > 5
    cookie = client.get("/bahasa/en?ke=/cari/bantuan").headers
    assert "Path=/cari/;" in cookie["Set-Cookie"]
    assert cookie["Location"] == "/cari/bantuan?lang=en"


def test_a_path_that_begins_like_an_address_of_ours_is_one_that_was_stripped(site_settings: Settings) -> None:
    client = client_of(site_settings, public_url="https://koran.example/dokumen")

    told = printed(client, "/dokumen/banjir-01")

    assert told == "https://koran.example/dokumen/dokumen/banjir-01 /dokumen/"


def test_answers_kept_for_one_path_are_not_given_under_another(site_settings: Settings) -> None:
    client = client_of(site_settings, trusted_proxies=("10.1.2.3",))

    pages = [
        client.get(
            "/?q=banjir", headers={"X-Forwarded-Prefix": prefix}, environ_base={"REMOTE_ADDR": "10.1.2.3"}
        ).text
        for prefix in ("/satu", "/dua", "/satu")
    ]

    assert pages[0] == pages[2]
    assert 'href="/dua/' not in pages[0]
    assert 'href="/satu/' not in pages[1]


def test_any_address_may_be_asked_about() -> None:
    trusted = trusts(("0.0.0.0/0",))

    assert trusted("8.8.8.8")
    assert not trusted("2001:db8::1")
    assert not trusted("unix:")


def test_a_choice_made_over_https_is_remembered_for_https_alone(site_settings: Settings) -> None:
    client = client_of(site_settings, trusted_proxies=("10.1.2.3",))

    for peer, secure in (("10.1.2.3", True), ("10.1.2.4", False)):
        chosen = client.get("/bahasa/en", headers=SAID, environ_base={"REMOTE_ADDR": peer})
        assert ("Secure" in chosen.headers["Set-Cookie"]) is secure
