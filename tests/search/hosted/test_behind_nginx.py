"""Behind a real nginx that strips the path, set up as the documentation says: every kind of link is right."""

from __future__ import annotations

import urllib.request
from collections.abc import Callable, Iterator
from http.client import HTTPConnection
from typing import NoReturn
from urllib.parse import urlsplit

import pytest

from index.settings import Settings
from tests.search.hosted.crawling import Answer, crawl
from tests.search.hosted.proxied import behind_nginx

SERVERS = {
    "/cari": {"TELUSUR_PUBLIC_URL": "https://koran.example/cari"},
    "/arsip": {"TELUSUR_TRUSTED_PROXIES": "127.0.0.1"},
}
"""One knows its path, one is told it."""


@pytest.fixture(scope="module")
def nginx(
    site_settings: Settings,
    tmp_path_factory: pytest.TempPathFactory,
    free_port: Callable[[], int],
    missing: Callable[[str], NoReturn],
) -> Iterator[int]:
    """The port of an nginx in front of both servers."""
    folder, index = tmp_path_factory.mktemp("nginx"), site_settings.text("index")
    with behind_nginx(SERVERS, index, folder, free_port, missing) as port:
        yield port


def asked(port: int, address: str, **headers: str) -> Answer:
    """What nginx answers to an address of the newspaper."""
    parts = urlsplit(address)
    connection = HTTPConnection("127.0.0.1", port, timeout=30)
    try:
        path = f"{parts.path}?{parts.query}" if parts.query else parts.path
        connection.request("GET", path, headers={"Host": parts.netloc, **headers})
        response = connection.getresponse()
        return Answer(response.status, response.getheaders(), response.read())
    finally:
        connection.close()


@pytest.mark.parametrize("path", ["/cari", "/arsip"])
def test_every_kind_of_link_keeps_the_path(nginx: int, path: str) -> None:
    root = f"https://koran.example{path}/"
    api = f"{root}api/v1/"
    starts = [root, f"{root}?q=banjir", f"{root}?q=bnajir+contoh", f"{root}robots.txt", f"{root}tiada"]
    starts += [f"{api}search?q=banjir", f"{api}documents/banjir-01/similar", f"{api}search?page=0"]
    starts += [f"{root}{name}" for name in ("docs", "embed/", "embed.js", "openapi.json")]
    starts += [f"{api}export?q=banjir&format={kind}" for kind in ("csv", "jsonl", "atom")]

    found = crawl(lambda address: asked(nginx, address), starts, root)

    assert sorted(found.astray) == [
        f"start: {api}search?page=0 -> 400",
        f"start: {root}tiada -> 404",
    ]
    for kind in (
        *("<a href>", "<form action>", "<form> sent", "<form data-suggest>", "<form data-article>"),
        *("<script src>", "<link href rel=icon>", "<link href rel=stylesheet>", "<link href rel=search>"),
        *("<link href rel=alternate>", "<link href rel=next>", "<link href rel=canonical>", "<meta og:url>"),
        *("json-ld url", "css url()", "xml link href", "xml id", "xml loc", "xml Url template", "xml Image"),
        *("robots", "Location"),
    ):
        assert found.printed[kind], kind
    assert {each for each in found.outside if "koran" in each or "127.0.0.1" in each} == set()


def test_who_leaves_out_the_last_slash_is_led_inside(nginx: int) -> None:
    for path in ("/cari", "/arsip"):
        (location,) = asked(nginx, f"https://koran.example{path}").all("location")

        assert urlsplit(location).path == f"{path}/"


def test_a_visitor_cannot_say_what_the_proxy_says(nginx: int) -> None:
    lies = {
        "X-Forwarded-Prefix": "/palsu",
        "X-Forwarded-Host": "palsu.example",
        "X-Forwarded-Proto": "gopher",
    }
    for path in ("/cari", "/arsip"):
        page = asked(nginx, f"https://koran.example{path}/dokumen/banjir-01", **lies)

        assert page.status == 200
        assert b"palsu" not in page.body
        assert f'rel="canonical" href="https://koran.example{path}/dokumen/'.encode() in page.body


def test_a_server_that_trusts_nobody_is_told_nothing(live_site: str) -> None:
    request = urllib.request.Request(f"{live_site}/", headers={"X-Forwarded-Prefix": "/palsu"})
    with urllib.request.urlopen(request) as page:
        assert b"/palsu" not in page.read()
