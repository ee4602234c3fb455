"""Search engines are told what is worth a visit, and of every article."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from urllib.robotparser import RobotFileParser
from xml.etree import ElementTree

import pytest
from flask import Flask
from flask.testing import FlaskClient

from index.engines.registry import embedded_names
from index.reindex.sync import sync
from index.settings import Settings
from search.app import create_app, register
from search.http.site import Site
from search.web import crawlers

SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"


@pytest.fixture
def client(site_settings: Settings) -> FlaskClient:
    return create_app(site_settings.replace(public_url="https://arsip.example/")).test_client()


def allowed(robots: str, path: str) -> bool:
    """The verdict of RFC 9309, 2.2.2: the longest rule that matches, ``Allow`` among equals."""
    rules = re.findall(r"^(Allow|Disallow): (\S+)$", robots, re.MULTILINE)
    matching = [
        (len(pattern), verdict == "Allow")
        for verdict, pattern in rules
        if re.match(re.escape(pattern).replace(r"\*", ".*"), path)
    ]
    return max(matching)[1] if matching else True


VERDICTS = {
    "/": True,
    "/dokumen/banjir-01": True,
    "/bantuan": True,
    "/tentang": True,
    "/aset/telusur.css?v=0123456789ab": True,
    "/sitemap.xml": True,
    "/sitemap-1.xml": True,
    "/?q=banjir": False,
    "/?place=Demak&page=3": False,
    "/?lang=en": False,
    "/dokumen/banjir-01?q=banjir": False,
    "/feed.atom?q=banjir": False,
    "/api/v1/search?q=banjir": False,
    "/bahasa/en?ke=/": False,
}


def test_articles_are_worth_a_visit_and_results_are_not(client: FlaskClient) -> None:
    response = client.get("/robots.txt")

    assert response.mimetype == "text/plain"
    assert {path: allowed(response.text, path) for path in VERDICTS} == VERDICTS


def test_a_reader_that_knows_no_stars_is_kept_out_of_no_article(client: FlaskClient) -> None:
    parser = RobotFileParser()
    parser.parse(client.get("/robots.txt").text.splitlines())

    assert parser.can_fetch("*", "/dokumen/banjir-01")
    assert not parser.can_fetch("*", "/api/v1/search")
    assert parser.site_maps() == ["https://arsip.example/sitemap.xml"]


def test_below_a_prefix_it_says_what_belongs_at_the_root(site_settings: Settings) -> None:
    host = Flask("host")
    register(host, Site.of(site_settings), url_prefix="/arsip")
    client = host.test_client()
    robots = client.get("/arsip/robots.txt", base_url="https://situs.example").text

    assert {path: allowed(robots, f"/arsip{path}") for path in VERDICTS} == VERDICTS
    assert allowed(robots, "/lain?q=1")
    assert "Sitemap: https://situs.example/arsip/sitemap.xml" in robots
    part = client.get("/arsip/sitemap-1.xml", base_url="https://situs.example").text
    assert "<loc>https://situs.example/arsip/dokumen/banjir-01</loc>" in part


def listed(client: FlaskClient, path: str = "/sitemap.xml") -> list[tuple[str, str]]:
    """(address, day) of everything that a site map and its parts list."""
    response = client.get(path)
    assert response.status_code == 200
    assert response.mimetype == "application/xml"
    root = ElementTree.fromstring(response.data)
    if root.tag == f"{SITEMAP}urlset":
        assert len(root) <= crawlers.LARGEST_PART
        return [(each[0].text or "", each[1].text or "") for each in root]
    assert root.tag == f"{SITEMAP}sitemapindex"
    parts = [each[0].text or "" for each in root]
    assert all(part.startswith("https://arsip.example/") for part in parts)
    return [entry for part in parts for entry in listed(client, part.removeprefix("https://arsip.example"))]


@pytest.mark.parametrize("largest", [50_000, 7, 19, 38])
def test_every_article_is_listed_once_with_its_day_oldest_first(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch, largest: int
) -> None:
    monkeypatch.setattr(crawlers, "LARGEST_PART", largest)

    entries = listed(client)

    assert len(entries) == len(set(entries)) == 38
    assert ("https://arsip.example/dokumen/netralitas-lebak", "2024-11-12") in entries
    assert [day for _, day in entries] == sorted(day for _, day in entries)
    for address, _ in entries[:5]:
        assert client.get(address.removeprefix("https://arsip.example")).status_code == 200


@pytest.mark.parametrize("part", ["0", "2", "99999999999999999999", "-1", "a"])
def test_a_part_that_is_not_there_is_no_part(client: FlaskClient, part: str) -> None:
    assert client.get(f"/sitemap-{part}.xml").status_code == 404


def test_the_protocol_allows_no_more_in_one_file() -> None:
    assert crawlers.LARGEST_PART == 50_000


def test_who_has_it_already_is_told_so(client: FlaskClient) -> None:
    etag = client.get("/sitemap-1.xml").headers["ETag"]

    assert client.get("/sitemap-1.xml", headers={"If-None-Match": etag}).status_code == 304


def test_addresses_are_those_of_the_request_without_a_setting(site_settings: Settings) -> None:
    client = create_app(site_settings).test_client()

    for path in ("/robots.txt", "/sitemap.xml", "/sitemap-1.xml"):
        response = client.get(path, base_url="http://localhost:8000")
        assert "http://localhost:8000/" in response.text
        assert "Host" in response.vary


@pytest.mark.parametrize("engine", embedded_names())
def test_an_article_without_a_day_was_last_changed_when_it_was_indexed(
    tmp_path: Path, engine: str, write_archive: Callable[..., Settings]
) -> None:
    settings = write_archive(tmp_path, engine, {"id": "a"}, {"id": "b", "date": "2020-02-29"})
    client = create_app(settings.replace(public_url="https://arsip.example")).test_client()

    today = datetime.now(UTC).date().isoformat()
    assert listed(client) == [
        ("https://arsip.example/dokumen/b", "2020-02-29"),
        ("https://arsip.example/dokumen/a", today),
    ]


def test_an_empty_archive_has_an_empty_list(tmp_path: Path, write_archive: Callable[..., Settings]) -> None:
    settings = write_archive(tmp_path, "whoosh")

    assert listed(create_app(settings.replace(public_url="https://arsip.example")).test_client()) == []


@pytest.mark.parametrize("path", ["/sitemap.xml", "/sitemap-1.xml"])
def test_without_an_index_there_is_no_list(empty_settings: Settings, path: str) -> None:
    client = create_app(empty_settings).test_client()

    assert client.get(path).status_code == 503
    assert client.get("/robots.txt").status_code == 200


@pytest.fixture
def write_archive() -> Callable[..., Settings]:
    """Indexes articles; gives the settings."""

    def write(folder: Path, engine: str, *articles: dict[str, str]) -> Settings:
        archive = folder / "arsip.jsonl"
        lines = [json.dumps({"title": "Judul", "body": "Isi berita.", **article}) for article in articles]
        archive.write_text("\n".join(lines))
        settings = Settings({"index": str(folder / "index"), "sources": (str(archive),), "engine": engine})
        sync(settings, jobs=1)
        return settings

    return write
