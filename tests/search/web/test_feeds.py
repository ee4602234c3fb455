"""A search can be followed in a feed reader, and the site can be a search engine of the browser."""

from __future__ import annotations

from xml.etree import ElementTree

import pytest
from flask import Flask
from flask.testing import FlaskClient

from index.settings import Settings
from search.app import create_app

ATOM = {"atom": "http://www.w3.org/2005/Atom"}
QUESTION = "banjir setinggi 12 sentimeter"
OPENSEARCH = {"os": "http://a9.com/-/spec/opensearch/1.1/"}


@pytest.fixture(scope="module")
def app(site_settings: Settings) -> Flask:
    return create_app(site_settings.replace(public_url="https://arsip.example/"))


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client()


def feed(client: FlaskClient, **parameters: object) -> ElementTree.Element:
    response = client.get("/feed.atom", query_string=parameters)
    assert response.status_code == 200
    assert response.mimetype == "application/atom+xml"
    return ElementTree.fromstring(response.data)


def text(element: ElementTree.Element, path: str) -> str:
    found = element.find(path, ATOM)
    assert found is not None, path
    return found.text or ""


def test_a_feed_tells_the_newest_articles_of_a_search_first(client: FlaskClient) -> None:
    root = feed(client, q="banjir")

    entries = root.findall("atom:entry", ATOM)
    published = [text(entry, "atom:published") for entry in entries]
    assert len(entries) == 20
    assert text(entries[0], "atom:title") == "Banjir ke-35 Merendam Permukiman"
    assert published == sorted(published, reverse=True)
    assert text(root, "atom:updated") == published[0] == "2024-11-16T00:00:00Z"
    assert "<mark>Banjir</mark>" in text(entries[0], "atom:summary")


def test_a_feed_holds_articles_with_all_words_alone_where_there_are_any(client: FlaskClient) -> None:
    found = client.get("/api/v1/search", query_string={"q": QUESTION}).get_json()
    assert 0 < found["total_all"] < found["total"]

    entries = feed(client, q=QUESTION, per_page=50).findall("atom:entry", ATOM)
    assert len(entries) == found["total_all"]
    every = feed(client, q=QUESTION, per_page=50, match="any").findall("atom:entry", ATOM)
    assert len(every) == min(found["total"], 50)


def test_addresses_of_a_feed_are_those_that_visitors_use(client: FlaskClient) -> None:
    root = feed(client, q="banjir", place="Demak")

    links = [link.attrib["href"] for link in root.iter(f"{{{ATOM['atom']}}}link")]
    assert all(link.startswith(("https://arsip.example/", "https://warta.example/")) for link in links)
    assert "https://arsip.example/dokumen/banjir-33" in links
    assert (
        text(root, "atom:id")
        == "https://arsip.example/feed.atom?q=banjir&sort=newest&place=Demak&per_page=20"
    )


def test_a_feed_of_attacks_is_well_formed_and_holds_no_live_html(client: FlaskClient) -> None:
    root = feed(client, q="serangan \x00\x08 <b>")

    (entry,) = root.findall("atom:entry", ATOM)
    assert text(entry, "atom:title") == "Judul <script>alert(1)</script> berbahaya"
    assert "&lt;script&gt;" in text(entry, "atom:summary")
    assert "<script>" not in text(entry, "atom:summary")


def test_a_feed_never_links_to_anything_but_web_addresses(client: FlaskClient) -> None:
    assert "javascript:" not in client.get("/feed.atom?q=bilik").text


def test_a_results_page_names_its_feed_and_the_description_of_the_search(client: FlaskClient) -> None:
    html = client.get("/?q=banjir&place=Demak&page=2").text

    assert 'type="application/atom+xml"' in html
    assert 'href="/feed.atom?q=banjir&amp;place=Demak"' in html
    assert 'href="/opensearch.xml"' in html


def test_a_browser_learns_where_to_search(client: FlaskClient) -> None:
    response = client.get("/opensearch.xml")

    root = ElementTree.fromstring(response.data)
    templates = {url.attrib["type"]: url.attrib["template"] for url in root.findall("os:Url", OPENSEARCH)}
    assert response.mimetype == "application/opensearchdescription+xml"
    assert templates["text/html"] == "https://arsip.example/?q={searchTerms}"
    assert templates["application/atom+xml"] == "https://arsip.example/feed.atom?q={searchTerms}"
    assert len(root.findtext("os:ShortName", namespaces=OPENSEARCH) or "") in range(1, 17)


def test_without_a_setting_addresses_are_those_of_the_request(site_settings: Settings) -> None:
    response = (
        create_app(site_settings).test_client().get("/opensearch.xml", base_url="http://localhost:8000")
    )

    assert "http://localhost:8000/?q={searchTerms}" in response.text


@pytest.mark.parametrize("path", ["/feed.atom?q=banjir", "/opensearch.xml"])
def test_what_is_told_depends_on_language_and_host(site_settings: Settings, path: str) -> None:
    response = create_app(site_settings).test_client().get(path)

    assert {"Accept-Language", "Host"} <= set(response.vary)


@pytest.mark.parametrize(
    ("name", "short"),
    [
        ("Arsip Kami", "Arsip Kami"),
        ("Arsip Berita Daerah", "Arsip Berita"),
        ("Arsip  Enambelas.", "Arsip Enambelas."),
        ("Perpustakaannegara", "Perpustakaannega"),
        ("Kabar & Warta Kita", "Kabar & Warta"),
    ],
)
def test_the_short_name_of_a_search_engine_is_cut_between_words(
    site_settings: Settings, name: str, short: str
) -> None:
    xml = create_app(site_settings.replace(site_name=name)).test_client().get("/opensearch.xml").data
    told = ElementTree.fromstring(xml)
    assert told.findtext("os:ShortName", None, OPENSEARCH) == short
