"""What stands in examples/ runs as it says, word by word."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import urllib.request
from collections.abc import Callable
from html.parser import HTMLParser
from http.client import HTTPConnection
from pathlib import Path
from typing import Any, NoReturn
from urllib.parse import urlencode, urlsplit

import pytest

from tests.search.hosted.crawling import Answer, crawl
from tests.search.hosted.proxied import wait_for

ROOT = Path(__file__).parents[2]
EXAMPLES = ROOT / "examples"


class _Forms(HTMLParser):
    """Forms of a page: address and names of the fields."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.forms: list[tuple[str, list[str]]] = []
        self.addresses: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "form":
            self.forms.append((given["action"], []))
        elif tag == "input" and self.forms:
            self.forms[-1][1].append(given["name"])
        self.addresses += [given[name] for name in ("src", "href", "action") if name in given]


def sent(form: tuple[str, list[str]], text: str) -> str:
    """The page that a reader gets who sends a form."""
    address, fields = form
    with urllib.request.urlopen(f"{address}?{urlencode(dict.fromkeys(fields, text))}") as page:
        return str(page.read().decode())


@pytest.fixture(scope="module")
def newspaper(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the Flask example, indexed by the commands of its README."""
    folder = tmp_path_factory.mktemp("contoh") / "flask"
    shutil.copytree(EXAMPLES / "flask", folder)
    commands = re.findall(r"(?m)^(flask .*?)\s+#", (folder / "README.md").read_text(encoding="utf-8"))
    assert commands == ["flask --app app reindex", "flask --app app run"]
    arguments = [*commands[0].split()[1:], "--jobs", "1", "--json"]
    environment = {name: value for name, value in os.environ.items() if not name.startswith("TELUSUR_")}
    done = subprocess.run(
        [sys.executable, "-m", "flask", *arguments],
        cwd=folder,
        env=environment | {"PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=True,
    )
    assert [json.loads(line)["added"] for line in done.stdout.splitlines()] == [3, 2]
    return folder


@pytest.fixture
def address(
    newspaper: Path, start_program: Callable[..., subprocess.Popen[Any]], free_port: Callable[[], int]
) -> str:
    """Where the example is served, as its README says."""
    port = free_port()
    code = "import sys; sys.path.insert(0, sys.argv.pop(1)); from flask.cli import main; main()"
    arguments = [str(ROOT), "--app", "app", "run", "--port", str(port)]
    with (newspaper / "log").open("wb") as log:
        server = start_program(code, *arguments, cwd=newspaper, stdout=log, stderr=log)
    wait_for(port, server)
    return f"http://127.0.0.1:{port}/"


def ask(address: str) -> Answer:
    """What a server answers, redirects too."""
    parts = urlsplit(address)
    connection = HTTPConnection(parts.netloc, timeout=30)
    try:
        connection.request("GET", f"{parts.path}?{parts.query}" if parts.query else parts.path)
        response = connection.getresponse()
        return Answer(response.status, response.getheaders(), response.read())
    finally:
        connection.close()


def test_the_flask_example_leads_nowhere_astray(address: str) -> None:
    starts = [address, f"{address}berita/?q=banjir", f"{address}warta/?q=panen"]

    found = crawl(ask, starts, address, article="banjir-kenanga")

    # The cookie of each archive is for its own path; a script's address exists for articles that it knows.
    assert [each for each in found.astray if "data-article" not in each and "cookie" not in each] == []
    assert found.outside == {"koran.example", "schema.org"}
    for name in ("berita", "warta"):
        assert any(f"Path=/{name}/" in each for each in found.astray if "cookie" in each)
    pages = {path: ask(address + path).body.decode() for path in ("berita/", "warta/", "berita/?q=banjir")}
    assert "Banjir</mark> Surut di Kenanga" in pages["berita/?q=banjir"]
    assert all('<nav aria-label="Koran Contoh">' in page for page in pages.values())
    assert "<title>Warta Desa: kabar dari kampung</title>" in pages["warta/"]
    assert "<title>Arsip Berita</title>" in pages["berita/"]


def test_the_form_of_the_html_example_finds_articles(live_site: str) -> None:
    page = (EXAMPLES / "html" / "index.html").read_text(encoding="utf-8")
    here = _Forms(page.replace("https://cari.example", live_site))

    (form,) = here.forms
    assert "<mark>Banjir</mark>" in sent(form, "banjir")
    assert form == (f"{live_site}/", ["q"])
    assert here.addresses == [f"{live_site}/embed.js", f"{live_site}/", f"{live_site}/"]
    assert "<telusur-search></telusur-search>" in page


def test_the_wordpress_snippet_prints_a_form_that_finds_articles(
    live_site: str, missing: Callable[[str], NoReturn]
) -> None:
    php = shutil.which("php")
    if php is None:
        missing("there is no PHP on the PATH")
    snippet = str(EXAMPLES / "wordpress" / "functions.php")
    subprocess.run([php, "-l", snippet], check=True, capture_output=True)
    told = {"ADDRESS": f"{live_site}/", "ASKED": 'banjir"><b>'}
    page = [php, str(ROOT / "tests" / "examples" / "wordpress.php"), snippet]
    printed = subprocess.run(page, env=os.environ | told, capture_output=True, text=True, check=True).stdout

    searchform, shortcode, component, module, other = printed.splitlines()
    assert 'value="banjir&quot;&gt;&lt;b&gt;"' in searchform
    assert shortcode == searchform
    assert component == "<telusur-search></telusur-search>"
    assert module == f'<script type="module" src="{live_site}/embed.js"></script>'
    assert other == '<script src="tema.js"></script>'
    (form,) = _Forms(searchform).forms
    assert "<mark>Banjir</mark>" in sent(form, "banjir")
