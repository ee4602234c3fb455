"""What other sites fetch: the module, its weight and headers, and a gallery that tells what it can do."""

from __future__ import annotations

import gzip
import re
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import NoReturn

import pytest
from flask import Flask
from flask.testing import FlaskClient

from index.messages import LANGUAGES
from index.settings import Settings
from search.app import create_app, register
from search.embed.attributes import ATTRIBUTES, PARTS, PROPERTIES
from search.embed.script import STATIC, written
from search.http.site import Site

GZIPPED = 12_000
"""Bytes that the module may weigh on its way."""

GUIDE = Path(__file__).parents[3] / "docs" / "menyematkan.md"


@pytest.fixture(scope="module")
def client(site_settings: Settings) -> FlaskClient:
    return create_app(site_settings).test_client()


def source(name: str) -> str:
    return (STATIC / name).read_text(encoding="utf-8")


def test_the_module_is_light(client: FlaskClient) -> None:
    module = client.get("/embed.js").data
    assert 1000 < len(gzip.compress(module, 9)) < GZIPPED


def test_a_browser_may_keep_the_module_and_asks_whether_it_is_still_the_same(client: FlaskClient) -> None:
    first = client.get("/embed.js")
    assert first.content_type == "text/javascript; charset=utf-8"
    assert first.headers["Cache-Control"] == "public, max-age=300"
    again = client.get("/embed.js", headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")
    assert client.get("/embed.js", headers={"If-None-Match": '"lain"'}).data == first.data


def test_pages_of_any_origin_may_load_the_module(client: FlaskClient) -> None:
    headers = client.get("/embed.js", headers={"Origin": "https://koran.example"}).headers
    assert headers["Access-Control-Allow-Origin"] == "*"
    assert headers["Cross-Origin-Resource-Policy"] == "cross-origin"
    assert headers["X-Content-Type-Options"] == "nosniff"


def test_the_module_speaks_every_language_that_of_the_site_first(site_settings: Settings) -> None:
    english = create_app(site_settings.replace(languages=("en",))).test_client().get("/embed.js").text
    assert english.index('"en":{') < english.index('"id":{')
    for text in ("Cari dalam arsip", "Search the archive", "Coba lagi", "Try again"):
        assert f'"{text}"' in english
    assert written(tuple(LANGUAGES)) != written(tuple(reversed(LANGUAGES)))


def test_what_is_left_out_of_the_module_is_nothing_that_runs(missing: Callable[[str], NoReturn]) -> None:
    assert not re.search(r"^(//|/\*|\s)", written(("id",)).decode(), re.MULTILINE)
    # Lines lose their indentation; none may stand inside of a text.
    assert all(line.count("`") % 2 == 0 for line in source("embed.js").split("\n"))
    if (node := shutil.which("node")) is None:
        missing("there is no node on the PATH")
    command = [node, "--check", "--input-type=module"]
    subprocess.run(command, input=written(("id", "en")), check=True)


def test_the_module_builds_text_only_and_needs_nothing_else() -> None:
    module = source("embed.js")
    assert not re.findall(
        r"innerHTML|outerHTML|insertAdjacentHTML|DOMParser|eval\(|Function\(|<style", module
    )
    assert not re.findall(r"^\s*import |import\(", module, re.MULTILINE)


def test_what_a_page_can_say_is_what_the_gallery_and_the_guide_tell(client: FlaskClient) -> None:
    module, sheet, page = source("embed.js"), source("embed.css"), client.get("/embed/").text
    guide = GUIDE.read_text(encoding="utf-8")
    observed = re.search(r"observedAttributes = \[(.*?)\];", module, re.DOTALL)
    assert observed
    names = {attribute.name for attribute in ATTRIBUTES}
    assert set(re.findall(r'"([\w-]+)"', observed[1])) == names
    for name in names:
        assert f'<h3 id="atribut-{name}">' in page
        assert f"| `{name}` |" in guide
    assert {name for name, _ in PROPERTIES} == set(re.findall(r"var\((--telusur-[\w-]+)", sheet))
    for name, _ in PROPERTIES:
        assert f"<code>{name}</code>" in page
        assert f"`{name}`" in guide
    assert set(re.findall(r'\bpart: "([\w-]+)"', module)) == set(PARTS)
    for name in PARTS:
        assert f"<code>{name}</code>" in page
        assert f"`{name}`" in guide


def test_every_text_that_the_module_asks_for_is_there() -> None:
    module = written(("id", "en")).decode()
    asked = set(re.findall(r'(?:#text|#button|line|#say|step)\(\s*"(\w+)"', source("embed.js")))
    assert len(asked) > 30
    for key in asked:
        assert module.count(f'"{key}":') == len(LANGUAGES), key


def test_under_a_path_of_another_application_the_addresses_are_those_of_the_path(
    site_settings: Settings,
) -> None:
    app = Flask("koran")
    register(app, Site.of(site_settings), url_prefix="/arsip")
    client = app.test_client()
    assert client.get("/arsip/embed.js").status_code == 200
    page = client.get("/arsip/embed/", base_url="https://koran.example").text
    assert "src=&#34;https://koran.example/arsip/embed.js&#34;" in page
    assert "action=&#34;https://koran.example/arsip/&#34;" in page
    assert '<script type="module" src="/arsip/embed.js">' in page


def test_two_sites_of_one_application_have_a_module_and_a_gallery_each(site_settings: Settings) -> None:
    app = Flask("koran")
    english = site_settings.replace(
        languages=("en",), site_name="Second", frame_ancestors=("https://a.example",)
    )
    register(app, Site.of(site_settings), url_prefix="/satu", name="satu")
    register(app, Site.of(english), url_prefix="/dua", name="dua")
    client = app.test_client()
    assert client.get("/satu/embed.js").data != client.get("/dua/embed.js").data
    first, second = client.get("/satu/embed/"), client.get("/dua/embed/")
    assert "http://localhost/satu/embed.js" in first.text
    assert "http://localhost/dua/embed.js" in second.text
    assert "Embed this search" in second.text
    assert "Second" in second.text
    assert "frame-ancestors https://a.example" in second.headers["Content-Security-Policy"]
    assert "frame-ancestors 'none'" in first.headers["Content-Security-Policy"]


def test_the_gallery_names_the_address_that_visitors_use(site_settings: Settings) -> None:
    settings = site_settings.replace(public_url="https://arsip.example")
    response = create_app(settings).test_client().get("/embed/?lang=en")
    assert "https://arsip.example/embed.js" in response.text
    assert "Embed this search" in response.text
    assert "noindex" in response.text
    assert len(response.data) < 40_000
    back = re.search(r'href="(/bahasa/id\?ke=[^"]*)"', response.text)
    assert back
    assert back[1] == "/bahasa/id?ke=/embed/"
