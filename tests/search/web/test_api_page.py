"""The page of the API: every address, with examples that can be opened, made of the same document."""

from __future__ import annotations

import json
import re
import shlex
from collections.abc import Callable
from html import unescape
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from index.settings import Settings
from search.app import create_app
from search.http.site import Site
from search.web.api_page import kind_of
from search.web.blueprint import create_blueprint
from search.web.rendering import Pages

LARGEST = 40 * 1024


@pytest.fixture(scope="module")
def client(site_settings: Settings) -> FlaskClient:
    return create_app(site_settings).test_client()


@pytest.mark.parametrize("language", ["id", "en"])
def test_every_address_parameter_and_member_is_on_the_page(client: FlaskClient, language: str) -> None:
    headers = {"Accept-Language": language}
    response = client.get("/docs", headers=headers)
    described = client.get("/openapi.json", headers=headers).json
    page = unescape(response.text)

    assert response.status_code == 200
    assert len(response.data) < LARGEST
    assert f'lang="{language}"' in page
    for path, operations in described["paths"].items():
        for method, operation in operations.items():
            assert f"{method.upper()} /api/v1{path}" in page
            assert operation["summary"] in page
            section = page.partition(f'<section id="{operation["operationId"]}"')[2].partition("</section>")[
                0
            ]
            for each in operation.get("parameters", ()):
                assert f"<code>{each['name']}</code>" in section, each
    for name, schema in described["components"]["schemas"].items():
        if name != "SearchParameters":
            section = page.partition(f'<section id="{name}"')[2].partition("</section>")[0]
            for member, about in schema["properties"].items():
                assert f"<code>{member}</code>" in section
                assert about.get("description", "") in section
    for anchor in re.findall(r'href="#([^"]+)"', response.text):
        assert f'id="{anchor}"' in response.text


def test_every_example_can_be_opened(client: FlaskClient) -> None:
    page = client.get("/docs").text
    tries = [unescape(url) for url in re.findall(r'<li><a href="(/api/v1/[^"]+)"', page)]

    assert len(tries) >= 12
    for url in tries:
        response = client.get(url, buffered=True)
        assert response.status_code == 200, url
        if response.mimetype == "application/json" and "total" in response.json:
            assert response.json["total"], url
    command = shlex.split(unescape(re.search(r"<code>(curl .*?)</code>", page)[1]))  # type: ignore[index]
    sent = json.loads(command[-1])
    answered = client.post(command[1].removeprefix("http://localhost"), json=sent).json
    assert all(each["answer"]["total"] for each in answered["results"])


def test_whatever_articles_are_called_the_page_is_sound(make_archive: Callable[[], Any]) -> None:
    archive = make_archive()
    archive.write({"id": "a'\"<b>", "title": "it's 'banjir'; <b>", "body": "it's <b> 'banjir'"})
    page = create_app(archive.settings, archive.searcher).test_client().get("/docs").text

    assert "<b>" not in page
    command = shlex.split(unescape(re.search(r"<code>(curl .*?)</code>", page)[1]))  # type: ignore[index]
    assert json.loads(command[-1])["queries"]


def test_developers_can_read_it_before_there_is_an_index(empty_settings: Settings) -> None:
    page = create_app(empty_settings).test_client().get("/docs")

    assert page.status_code == 200
    assert "/api/v1/search?q=" in page.text


def test_a_host_without_the_api_has_no_page_of_it(site_settings: Settings) -> None:
    host = Flask("host")
    host.register_blueprint(create_blueprint(Pages(Site.of(site_settings))))
    client = host.test_client()

    assert client.get("/docs").status_code == 404
    assert "Untuk pengembang" not in client.get("/").text
    assert "Unduh hasil ini" not in client.get("/?q=banjir").text


def test_readers_find_it_at_the_foot_of_every_page(client: FlaskClient) -> None:
    for path in ("/", "/?q=banjir", "/bantuan", "/dokumen/serangan"):
        assert '<a href="/docs">Untuk pengembang</a>' in client.get(path).text


@pytest.mark.parametrize(
    ("schema", "shown"),
    [
        (
            {"type": "array", "items": {"$ref": "#/components/schemas/Result"}},
            '<a href="#Result">Result</a>[]',
        ),
        ({"type": "array", "items": {"enum": ["a", "b"]}}, "(&#34;a&#34; | &#34;b&#34;)[]"),
        ({"anyOf": [{"type": "string", "format": "date"}, {"type": "null"}]}, "date | null"),
        ({"type": "object", "additionalProperties": {"type": "integer"}}, "{string: integer}"),
    ],
)
def test_kinds_read_as_in_typescript(schema: dict[str, Any], shown: str) -> None:
    assert kind_of(schema) == shown


def test_downloads_keep_the_question_and_not_the_language_of_the_page(client: FlaskClient) -> None:
    page = client.get("/?q=banjir&place=Demak&sort=newest&page=2&per_page=5&lang=en&fold=false").text
    links = [unescape(url) for url in re.findall(r'href="(/api/v1/export[^"]+)"', page)]

    assert links == [
        f"/api/v1/export?q=banjir&sort=newest&place=Demak&format={kind}" for kind in ("csv", "jsonl", "atom")
    ]
    assert "Download these results (11 articles):" in page
    for url in links:
        assert client.get(url, buffered=True).headers["X-Export-Count"] == "11"
