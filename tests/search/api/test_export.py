"""A result set as a file: whole, in order, harmless in a spreadsheet, and in nobody's way."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable
from io import StringIO
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from lxml import etree

from index.engines.base import IndexBrokenError
from index.settings import Settings
from search.answering.lanes import EXPORTS
from search.api.exporting import file_name
from search.api.files import inert
from search.app import create_app
from search.http.site import Site
from search.params import EXPORT_FIELDS

PATH = "/api/v1/export"
ATOM = {"a": "http://www.w3.org/2005/Atom", "os": "http://a9.com/-/spec/opensearch/1.1/"}
QUESTIONS = [
    {"q": "banjir"},
    {"q": "banjir", "sort": "oldest", "place": ["Demak", "Kudus"], "from": "2022-06", "to": "2024"},
    {"q": "banjir surut netralitas", "match": "any", "per_page": 3, "page": 4},
    {"q": "banjir maret 2022"},
    {"q": "netralitsa"},
    {},
]


@pytest.fixture(scope="module")
def app(site_settings: Settings) -> Flask:
    return create_app(site_settings)


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client()


def rows_of(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(StringIO(text.removeprefix("\ufeff"), newline="")))


@pytest.mark.parametrize("question", QUESTIONS, ids=str)
def test_every_format_holds_what_a_search_finds_in_its_order(
    client: FlaskClient, question: dict[str, Any]
) -> None:
    whole = {name: value for name, value in question.items() if name not in ("page", "per_page")}
    answer = client.get("/api/v1/search", query_string={**whole, "per_page": 100}).json
    found = [each["id"] for each in answer["results"]]
    files = {
        kind: client.get(PATH, query_string={**question, "format": kind}, buffered=True)
        for kind in ("csv", "jsonl", "atom")
    }

    assert len(found) == answer["total"] > 0
    assert [row["id"] for row in rows_of(files["csv"].text)] == found
    assert [json.loads(line)["id"] for line in files["jsonl"].text.splitlines()] == found
    feed = etree.fromstring(files["atom"].data)
    addresses = [f"http://localhost/dokumen/{name}" for name in found]
    assert feed.xpath("a:entry/a:id/text()", namespaces=ATOM) == addresses
    assert feed.xpath("os:totalResults/text()", namespaces=ATOM) == [str(len(found))]
    for file in files.values():
        assert file.headers["X-Total-Count"] == file.headers["X-Export-Count"] == str(len(found))


def test_a_file_says_what_it_is(client: FlaskClient) -> None:
    table = client.get(f"{PATH}?q=Netralitas+ASN")

    assert table.content_type == "text/csv; charset=utf-8; header=present"
    assert table.headers["Content-Disposition"] == 'attachment; filename="netralitas-asn.csv"'
    assert table.data.startswith(b"\xef\xbb\xbfid,title,")
    assert table.data.endswith(b"\r\n")
    assert client.get(f"{PATH}?format=jsonl").mimetype == "application/x-ndjson"
    assert client.get(f"{PATH}?format=atom").mimetype == "application/atom+xml"
    assert "X-Export-Count" in table.headers["Access-Control-Expose-Headers"]
    assert file_name('"../é\r\n: x', "csv") == "x.csv"
    assert file_name("", "atom") == "telusur.atom"


def test_fields_and_their_order_are_chosen(client: FlaskClient) -> None:
    (line,) = client.get(f"{PATH}?q=serangan&format=jsonl&fields=body,published,address").text.splitlines()
    (row,) = rows_of(client.get(f"{PATH}?q=lebak").text)

    record = json.loads(line)
    assert list(record) == ["body", "published", "address"]
    assert record["body"].startswith("Isi serangan <script>")
    assert (record["published"], record["address"]) == ("2023-05-05", "http://localhost/dokumen/serangan")
    assert tuple(row) == tuple(name for name in EXPORT_FIELDS if name != "body")
    assert (row["editor"], row["published"]) == ("Bagas", "2024-11-12")


def test_a_feed_is_sound_whatever_articles_hold(client: FlaskClient) -> None:
    feed = etree.fromstring(client.get(f"{PATH}?format=atom&q=").data)

    entries = {
        each.findtext("a:id", namespaces=ATOM).rpartition("/")[2]: each
        for each in feed.findall("a:entry", ATOM)
    }
    attack = entries["serangan"]
    assert attack.findtext("a:title", namespaces=ATOM) == "Judul <script>alert(1)</script> berbahaya"
    assert not [link for link in entries["bilik-suara"].findall("a:link", ATOM) if link.get("rel") == "via"]
    assert attack.findtext("a:published", namespaces=ATOM) == "2023-05-05T00:00:00Z"


@pytest.mark.parametrize(
    "text", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "  =1+1", "\uff1d1+1", "\n@x", "\u00a0=1"]
)
def test_no_cell_is_a_formula(text: str) -> None:
    assert inert(text) == f"'{text}"


def test_a_table_of_hostile_articles_is_text(make_archive: Callable[[], Any]) -> None:
    archive = make_archive()
    archive.write(
        {
            "id": "=id()",
            "title": '=HYPERLINK("https://jahat.example","klik"), banjir',
            "body": "Banjir.\n\n=cmd|' /C calc'!A0",
            "author": "@penulis",
            "source": "+62 Kabar",
            "url": 'https://a.example/?x=1,"2"',
        },
        {"id": "biasa", "title": "Banjir biasa", "body": "Banjir; surut - nanti = tidak."},
    )
    client = create_app(archive.settings, archive.searcher).test_client()
    rows = rows_of(client.get(f"{PATH}?q=banjir&fields={','.join(EXPORT_FIELDS)}").text)

    hostile = next(row for row in rows if row["author"])
    assert (hostile["author"], hostile["source"]) == ("'@penulis", "'+62 Kabar")
    assert hostile["title"].startswith("'=HYPERLINK(")
    assert hostile["url"] == 'https://a.example/?x=1,"2"'
    for row in rows:
        assert not [cell for cell in row.values() if cell.lstrip()[:1] in tuple("=+-@")]
    plain = next(row for row in rows if not row["author"])
    assert plain["body"] == "Banjir; surut - nanti = tidak."


def test_how_much_is_bounded_by_the_setting_and_said(site_settings: Settings) -> None:
    values = {"index": site_settings.text("index"), "max_export": 25}
    client = create_app(Settings(values)).test_client()
    file, fewer = client.get(f"{PATH}?q=banjir"), client.get(f"{PATH}?q=banjir&limit=7")
    page = client.get("/?q=banjir").text

    assert (file.headers["X-Total-Count"], file.headers["X-Export-Count"]) == ("35", "25")
    assert len(rows_of(file.text)) == 25
    assert len(rows_of(fewer.text)) == 7
    assert client.get(f"{PATH}?limit=26").json["parameter"] == "limit"
    assert "Unduh hasil ini (25 artikel pertama):" in page


def test_an_owner_can_do_without(site_settings: Settings) -> None:
    client = create_app(Settings({"index": site_settings.text("index"), "max_export": 0})).test_client()

    assert client.get(PATH).status_code == 404
    assert "Unduh hasil ini" not in client.get("/?q=banjir").text
    assert client.get("/openapi.json").status_code == client.get("/docs").status_code == 200


@pytest.mark.parametrize(
    ("name", "value"), [("format", "xls"), ("fields", "snippets"), ("limit", "0"), ("year", "x")]
)
def test_what_cannot_be_exported_is_named(client: FlaskClient, name: str, value: str) -> None:
    response = client.get(PATH, query_string={name: value})

    assert response.status_code == 400
    assert (response.json["parameter"], response.json["found"]) == (name, value)


def test_a_file_is_read_piece_by_piece_and_let_go_at_once(app: Flask) -> None:
    site: Site = app.extensions["telusur"]
    with site.searcher.use() as snapshot:
        read: list[int] = []
        documents = snapshot.reader.documents
        snapshot.reader.documents = lambda ids: read.append(len(ids)) or documents(ids)  # type: ignore[method-assign,func-returns-value]
        try:
            responses = [app.test_client().get(f"{PATH}?q=banjir") for _ in range(EXPORTS)]
            assert not read
            busy = app.test_client().get(f"{PATH}?q=banjir")
            pieces = iter(responses[0].iter_encoded())
            next(pieces), next(pieces)
            assert read == [20]
            responses[0].close()
            responses[1].close()  # of which nothing was read
            again = app.test_client().get(f"{PATH}?q=banjir")
            assert len(rows_of(again.text)) == 35
            assert read == [20, 20, 15]
        finally:
            del snapshot.reader.documents
    assert (busy.status_code, busy.json["type"]) == (503, "urn:telusur:problem:busy")
    assert busy.headers["Retry-After"]


def test_a_file_that_cannot_be_finished_is_known_by_its_number(
    app: Flask, caplog: pytest.LogCaptureFixture
) -> None:
    with app.extensions["telusur"].searcher.use() as snapshot:
        documents, asked = snapshot.reader.documents, []

        def damaged(ids: list[str]) -> Any:
            asked.append(ids)
            if len(asked) == 2:
                raise IndexBrokenError("rusak")
            return documents(ids)

        snapshot.reader.documents = damaged
        try:
            for _ in range(EXPORTS + 1):  # none of them holds its place
                asked.clear()
                response = app.test_client().get(f"{PATH}?q=banjir&format=jsonl")
                lines: list[bytes] = []
                with pytest.raises(IndexBrokenError):
                    lines.extend(response.iter_encoded())
                assert b"".join(lines).count(b"\n") == 20 < int(response.headers["X-Export-Count"])
        finally:
            del snapshot.reader.documents
    assert "before its 35 articles: rusak" in caplog.text


def test_asking_for_the_headers_alone_reads_nothing_and_holds_nothing(app: Flask) -> None:
    client = app.test_client()
    for _ in range(EXPORTS + 1):
        head = client.head(f"{PATH}?q=banjir")
        assert (head.status_code, head.headers["X-Total-Count"], head.data) == (200, "35", b"")


def test_a_file_goes_on_with_the_index_it_began_with(make_archive: Callable[[], Any]) -> None:
    archive = make_archive()
    old = [{"id": f"lama-{n}", "title": "Banjir lama", "body": "Banjir."} for n in range(50)]
    archive.write(*old)
    app = create_app(archive.settings, archive.searcher)
    response = app.test_client().get(f"{PATH}?q=banjir&fields=title")
    pieces = iter(response.iter_encoded())
    begin = next(pieces)
    archive.write(*({**article, "title": "Banjir baru"} for article in old), full=True)
    assert app.test_client().get("/api/v1/search?q=banjir").json["results"][0]["title"] == "Banjir baru"

    rows = rows_of((begin + b"".join(pieces)).decode())
    response.close()

    assert [row["title"] for row in rows] == ["Banjir lama"] * 50
