"""Topics and metadata on every face: counted, filtered, linked, exported."""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Callable
from html import unescape
from io import StringIO
from typing import Any

import pytest
from click.testing import CliRunner
from flask.testing import FlaskClient
from lxml import etree

from index.query import Facet
from search.app import create_app
from search.cli.commands import telusur
from search.hosted.archive import open_searcher

ODD = 'Kuliner <img src=x> & "Pasar"'
SCRIPT = "<script>alert(1)</script>"
RECORDS: list[dict[str, Any]] = [
    {"id": "a", "kategori": "Air; Desa", "tags": ["Banjir"], "edisi": "pagi", "Juru foto": SCRIPT},
    {"id": "b", "kategori": "air", "rubrik": "Kota", "date": "2024-02-06"},
    {"id": "c", "tags": [ODD, "Desa"], "date": "2023-05-01"},
    {"id": "d", "title": "Panen raya", "kategori": 7},
]


@pytest.fixture(scope="module", params=["whoosh", "tantivy"])
def archive(request: pytest.FixtureRequest, make_archive: Callable[[str], Any]) -> Any:
    archive = make_archive(request.param)
    archive.settings = archive.settings.replace(topic_aliases={"Kampung": "Desa"})
    archive.write(*({"title": "Banjir", "body": "Banjir surut di hilir.", **each} for each in RECORDS))
    return archive


@pytest.fixture(scope="module")
def client(archive: Any) -> FlaskClient:
    return create_app(archive.settings).test_client()


def found(client: FlaskClient, **query: Any) -> set[str]:
    return {each["id"] for each in client.get("/api/v1/search", query_string=query).json["results"]}


def test_an_article_counts_once_for_each_topic_and_each_number_is_what_its_filter_finds(
    client: FlaskClient,
) -> None:
    answer = client.get("/api/v1/search?q=banjir").json
    counts = {each["value"]: each["count"] for each in answer["facets"]["topic"]}

    assert counts == {"Air": 2, "Desa": 2, "Banjir": 1, "Kota": 1, ODD: 1}
    for value, count in counts.items():
        assert len(found(client, q="banjir", topic=value)) == count
    assert found(client, topic="AIR") == {"a", "b"}
    assert found(client, topic=["Kota", "kampung"]) == {"a", "b", "c"}
    assert found(client, topic="desa", year="2023") == {"c"}
    assert found(client, topic="7") == set()
    answer = client.get("/api/v1/facets/topic?q=banjir&topic=kota&find=o").json
    assert answer["articles"] == 1
    assert [(each["value"], each["count"], each["chosen"]) for each in answer["values"]] == [
        ("Kota", 1, True)
    ]


def test_results_and_articles_tell_them(client: FlaskClient) -> None:
    [result] = client.get("/api/v1/search?q=banjir&topic=desa&year=2023&fields=id,topics").json["results"]
    article = client.get("/api/v1/documents/a").json
    plain = client.get("/api/v1/documents/d").json

    assert result == {"id": "c", "topics": [ODD, "Desa"]}
    assert article["topics"] == ["Air", "Desa", "Banjir"]
    assert article["metadata"] == {"edisi": "pagi", "Juru foto": SCRIPT}
    assert list(article["metadata"]) == ["edisi", "Juru foto"]
    assert (plain["topics"], plain["metadata"]) == ([], {})


def test_metadata_is_not_searched(client: FlaskClient) -> None:
    assert found(client, q="pagi") == set()
    assert client.get("/api/v1/stats").json["facets"]["topic"] == 5


def test_a_page_offers_them_as_filters_with_chips_and_a_page_of_all(client: FlaskClient) -> None:
    page = client.get("/?q=banjir&topic=Air").text
    links = {
        unescape(label): unescape(address)
        for address, label in re.findall(r'<a href="([^"]*)"[^>]*? aria-label="([^"]*)"', page)
    }

    assert links["Saring: Desa, 2 artikel"] == "/?q=banjir&topic=Air&topic=Desa&panel=1#saring-topic"
    assert "Hapus saringan: Air, 2 artikel" in links
    assert f"Saring: {ODD}, 1 artikel" in links
    assert ODD not in page
    assert "disaring: Air" in unescape(page)
    values = client.get("/saringan/topic?q=banjir&order=name").text
    assert "Saring menurut topik" in values
    assert "nilai-4" in values


def test_no_facet_is_shown_where_no_article_has_a_topic(make_archive: Callable[[str], Any]) -> None:
    archive = make_archive("whoosh")
    archive.write(
        *({"id": str(n), "title": "Banjir", "body": "Banjir.", "source": f"{n}.id"} for n in range(3))
    )
    client = create_app(archive.settings).test_client()

    assert "saring-topic" not in client.get("/?q=banjir").text
    assert "saring-source" in client.get("/?q=banjir").text
    assert client.get("/api/v1/search?q=banjir").json["facets"]["topic"] == []


def test_the_page_of_an_article_links_its_topics_and_folds_its_metadata(client: FlaskClient) -> None:
    page = client.get("/dokumen/a").text
    tree = etree.HTML(page)
    [details] = tree.xpath("//details[@class='metadata']")
    topics = tree.xpath("//div[@class='topics']//a")

    assert [(each.text, each.get("href")) for each in topics] == [
        ("Air", "/?topic=Air"),
        ("Desa", "/?topic=Desa"),
        ("Banjir", "/?topic=Banjir"),
    ]
    assert list(details.xpath(".//dt/text() | .//dd/text()")) == [
        "edisi",
        "pagi",
        "Juru foto",
        SCRIPT,
    ]
    assert details.get("open") is None
    assert SCRIPT not in page
    [structured] = tree.xpath("//script[@type='application/ld+json']/text()")
    assert json.loads(structured)["keywords"] == ["Air", "Desa", "Banjir"]
    assert tree.xpath("//meta[@property='article:tag']/@content") == ["Air", "Desa", "Banjir"]
    assert "KW  - Desa\r\n" in client.get("/dokumen/a/sitasi.ris").text
    assert "keywords = {Air, Desa, Banjir}," in client.get("/dokumen/a/sitasi.bib").text
    assert "metadata" not in client.get("/dokumen/d").text
    assert '"keywords"' not in client.get("/dokumen/d").text


def test_files_hold_them_and_can_be_read_again(
    client: FlaskClient, make_archive: Callable[[str], Any]
) -> None:
    asked = {"sort": "oldest", "fields": "id,topics,metadata,body"}
    table = client.get("/api/v1/export", query_string={**asked, "format": "csv"}).text
    lines = client.get("/api/v1/export", query_string={**asked, "format": "jsonl"}).text
    feed = client.get("/api/v1/export?format=atom").data
    rows = {row["id"]: row for row in csv.DictReader(StringIO(table.removeprefix("\ufeff")))}

    assert (rows["a"]["topics"], rows["d"]["topics"]) == ("Air; Desa; Banjir", "")
    assert json.loads(rows["a"]["metadata"]) == {"edisi": "pagi", "Juru foto": SCRIPT}
    assert {each["id"]: each["topics"] for each in map(json.loads, lines.splitlines())}["c"] == [ODD, "Desa"]
    atom = {"a": "http://www.w3.org/2005/Atom"}
    for each in (feed, client.get("/feed.atom?topic=Air").data):
        assert "Air" in etree.fromstring(each).xpath("//a:entry/a:category/@term", namespaces=atom)
    again = make_archive("whoosh")
    again.write(*map(json.loads, lines.splitlines()))
    copy = create_app(again.settings).test_client().get("/api/v1/documents/a").json
    assert copy["topics"] == ["Air", "Desa", "Banjir"]
    assert copy["metadata"] == {"edisi": "pagi", "Juru foto": SCRIPT}


def test_clients_of_meilisearch_count_and_filter_them(client: FlaskClient) -> None:
    def ask(**body: Any) -> dict[str, Any]:
        answer: dict[str, Any] = client.post("/meili/indexes/articles/search", json=body).json
        return answer

    answer = ask(q="banjir", facets=["topics"], attributesToHighlight=["*"], limit=10)
    [hit] = [hit for hit in answer["hits"] if hit["id"] == "a"]
    assert answer["facetDistribution"]["topics"] == {"Air": 2, "Desa": 2, "Banjir": 1, "Kota": 1, ODD: 1}
    assert hit["topics"] == hit["_formatted"]["topics"] == ["Air", "Desa", "Banjir"]
    assert hit["metadata"] == hit["_formatted"]["metadata"] == {"edisi": "pagi", "Juru foto": SCRIPT}
    for filter_, ids in (
        ('topics = "air" AND topics = desa', "a"),
        ("topics IN [kota, banjir]", "ab"),
        ("topics IS EMPTY", "d"),
        ("topics != Air", "cd"),
    ):
        assert "".join(sorted(hit["id"] for hit in ask(filter=filter_)["hits"])) == ids, filter_
    values = client.post(
        "/meili/indexes/articles/facet-search", json={"facetName": "topics", "facetQuery": "de"}
    )
    assert values.json["facetHits"] == [{"value": "Desa", "count": 2}]


def test_programs_and_the_command_line_filter_by_them(archive: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    with open_searcher(settings=archive.settings) as opened:
        answer = opened.search("banjir", topic=["kota", "banjir"])
        values = opened.facet_values("topic", topic="kota", find="kota").values
    assert {each.id for each in answer.results} == {"a", "b"}
    assert [(each.value, each.count, each.chosen) for each in values] == [("Kota", 1, True)]

    index = archive.settings.text("index")
    ran = CliRunner().invoke(telusur, ["search", "--topic", "desa", "--json", "--index", index])
    assert {each["id"] for each in json.loads(ran.stdout)["results"]} == {"a", "c"}


def test_a_way_out_of_nothing_is_to_do_without_the_topic(archive: Any) -> None:
    with open_searcher(settings=archive.settings) as opened:
        answer = opened.search("panen", topic="Kota")
    [way] = [way for way in answer.ways_out if way.kind == Facet.TOPIC]
    assert (way.question.text, way.question.filters, way.count) == ("panen", {}, 1)
