"""Behind a real nginx that strips the path, set up as the documentation says: every kind of link is right."""

from __future__ import annotations

import re
import shutil
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from http.client import HTTPConnection
from pathlib import Path
from typing import Any, NoReturn
from urllib.parse import urlsplit

import pytest

from index.settings import Settings
from tests.search.hosted.crawling import Answer, crawl

ROOT = Path(__file__).parents[3]
SERVE = "from search.cli.commands import telusur; telusur()"
START_SECONDS = 30
NGINX = """daemon off; master_process off; pid {folder}/pid; error_log {folder}/error;
events {{}}
http {{
  access_log off;
  client_body_temp_path {folder}/a; proxy_temp_path {folder}/b; fastcgi_temp_path {folder}/c;
  uwsgi_temp_path {folder}/d; scgi_temp_path {folder}/e;
  server {{ listen 127.0.0.1:{port}; {locations} }}
}}"""


def told_in_the_documentation() -> dict[str, str]:
    """Path -> the part of nginx's configuration for it."""
    page = (ROOT / "docs" / "proksi.md").read_text(encoding="utf-8")
    blocks = re.findall(r"```nginx\n(.*?)```", page, re.DOTALL)
    return {re.findall(r"location (/\w+)/", block)[0]: block for block in blocks}


def wait_for(port: int, server: subprocess.Popen[Any]) -> None:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline and server.poll() is None:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz", timeout=1):
                return
        except urllib.error.HTTPError as answered:
            answered.close()
            return
        except OSError:
            time.sleep(0.02)
    pytest.fail("a server did not answer")


@pytest.fixture(scope="module")
def nginx(
    site_settings: Settings,
    tmp_path_factory: pytest.TempPathFactory,
    free_port: Callable[[], int],
    start_shared_program: Callable[..., subprocess.Popen[Any]],
    missing: Callable[[str], NoReturn],
) -> Iterator[int]:
    """The port of an nginx in front of two servers: one knows its path, one is told it."""
    program = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin")
    if program is None:
        missing("there is no nginx on the PATH")
    folder = tmp_path_factory.mktemp("nginx")
    settings = {
        "/cari": {"TELUSUR_PUBLIC_URL": "https://koran.example/cari"},
        "/arsip": {"TELUSUR_TRUSTED_PROXIES": "127.0.0.1"},
    }
    blocks, servers = told_in_the_documentation(), []
    for path, environment in settings.items():
        port = free_port()
        command = ["serve", "--port", str(port), "--workers", "1", "--index", site_settings.text("index")]
        log = (folder / path[1:]).open("wb")
        with log:
            servers.append(
                (
                    port,
                    start_shared_program(
                        SERVE, *command, cwd=folder, env=environment, stdout=log, stderr=log
                    ),
                )
            )
        assert "127.0.0.1:8000" in blocks[path]
        blocks[path] = blocks[path].replace("127.0.0.1:8000", f"127.0.0.1:{port}")
    for port, server in servers:
        wait_for(port, server)
    port = free_port()
    told = NGINX.format(folder=folder, port=port, locations="".join(blocks.values()))
    (folder / "nginx.conf").write_text(told)
    proxy = subprocess.Popen([program, "-p", str(folder), "-c", str(folder / "nginx.conf")])
    try:
        wait_for(port, proxy)
        yield port
    finally:
        proxy.terminate()
        proxy.wait(10)


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
        "X-Forwarded-Host": "jahat.example",
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
