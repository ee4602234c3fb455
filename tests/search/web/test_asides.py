"""Beside the results: days and addresses among the words, and parameters that cannot be used."""

from __future__ import annotations

import json
import re
from datetime import date
from html import unescape
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import pytest
from flask import Flask
from flask.testing import FlaskClient

from index.reindex.sync import sync
from index.settings import Settings
from search.app import create_app
from search.query.periods import today_in_jakarta

ATTACK = '"><script>alert(1)</script>'


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Flask:
    folder = tmp_path_factory.mktemp("arsip")
    days = [date(2025, 1, day) for day in (3, 9, 17)] + [date(2025, 2, 1), today_in_jakarta()]
    records = [
        {
            "id": f"a{number}",
            "title": f"Banjir {number}",
            "body": "Banjir merendam Demak pada Januari 2025." if number == 4 else "Banjir merendam Demak.",
            "source": ("warta", "harian")[number % 2],
            "date": day.isoformat(),
            "url": f"https://www.warta.example/banjir-{number}",
        }
        for number, day in enumerate(days)
    ]
    (folder / "arsip.jsonl").write_text("\n".join(map(json.dumps, records)))
    settings = Settings({"index": str(folder / "index"), "sources": (str(folder / "arsip.jsonl"),)})
    sync(settings, jobs=1)
    return create_app(settings)


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client()


def page(client: FlaskClient, address: str = "/", **parameters: Any) -> str:
    response = client.get(address, query_string=parameters or None)
    assert response.status_code == 200
    assert response.mimetype == "text/html"
    assert len(response.data) < 40_000
    return response.text


def text_of(html: str) -> str:
    return unescape(" ".join(re.sub(r"<[^>]+>", "", html).split()))


def link(html: str, text: str) -> str:
    """The address of the one link whose text contains a text."""
    found = re.findall(r'<a [^>]*?href="([^"]*)"[^>]*>(.*?)</a>', html, flags=re.DOTALL)
    addresses = [unescape(address) for address, content in found if text in text_of(content)]
    assert len(addresses) == 1, addresses
    return addresses[0]


def asked(address: str) -> dict[str, str]:
    return dict(parse_qsl(urlsplit(address).query))


def test_a_period_is_a_chip_with_the_number_of_its_click(client: FlaskClient) -> None:
    html = page(client, q="banjir demak januari 2025", sort="newest", place="", lang="id")
    chip = link(html, "Terbit Januari 2025? 3 artikel")

    assert asked(chip) == {
        "q": "banjir demak",
        "from": "2025-01-01",
        "to": "2025-01-31",
        "sort": "newest",
        "lang": "id",
    }
    clicked = page(client, chip)
    assert "3 artikel untuk banjir demak" in text_of(clicked)
    assert 'class="offer"' not in clicked
    assert 'value="banjir demak januari 2025"' in html


def test_an_applied_period_is_said_with_the_way_back(client: FlaskClient) -> None:
    html = page(client, q="banjir demak februari 2025", source="harian")

    assert "semua kata banjir demak februari 2025; ini yang terbit Februari 2025." in text_of(html)
    assert 'value="banjir demak"' in html
    assert 'value="2025-02-01"' in html
    back = page(client, link(html, "Cari persis yang diketik"))
    assert "ini yang terbit" not in back
    assert 'value="banjir demak februari 2025"' in back
    # Whatever is clicked from here on has the days in its address: its numbers stay those of the click.
    chosen = [asked(unescape(address)) for address in re.findall(r'href="(/\?[^"]*)" rel="nofollow"', html)]
    assert chosen
    assert all(each["q"] == "banjir demak" and each["from"] == "2025-02-01" for each in chosen)


def test_a_relative_period_is_counted_from_today(client: FlaskClient) -> None:
    html = page(client, q="banjir demak hari ini")

    assert "ini yang terbit" in html
    assert "1 artikel untuk" in text_of(html)


def test_what_a_visitor_typed_is_escaped_everywhere(client: FlaskClient) -> None:
    for parameters in (
        {"q": f"{ATTACK} banjir februari 2025"},
        {"q": f"banjir {ATTACK} januari 2025", "correct": "0"},
        {"q": f"https://x.example/banjir-demak-surut{ATTACK}"},
        {"q": f"https://x.example/{ATTACK} banjir"},
        {"q": "banjir", "from": ATTACK, "to": ATTACK, "year": ATTACK, "sort": ATTACK, "page": ATTACK},
    ):
        assert "<script>alert" not in page(client, **parameters)


def test_an_unknown_address_is_said(client: FlaskClient) -> None:
    html = page(client, q="https://lain.example/banjir-demak-surut")

    assert "tidak ada di arsip ini. Yang dicari kata-katanya: banjir demak surut." in text_of(html)


def test_a_pasted_address_gives_its_article(client: FlaskClient) -> None:
    html = page(client, q="m.warta.example/banjir-2?utm_source=wa")

    assert re.findall(r'<h2><a href="/dokumen/([^?"]*)', html) == ["a2"]
    article = link(html, "Banjir 2")
    assert "Banjir merendam" in page(client, article)


@pytest.mark.parametrize("value", ["2024-13-45", "kemarin dulu", "2025-02-30", "x" * 2000])
def test_a_wrong_day_is_said_beside_its_field_and_stays_there(client: FlaskClient, value: str) -> None:
    html = page(client, q="banjir", source="warta", to="2025-01-31", **{"from": value})

    field = re.search(r'<input id="dari"[^>]*>', html)
    assert field is not None
    for part in (
        'name="from"',
        'type="text"',
        f'value="{value[:80]}"',
        'aria-invalid="true"',
        'aria-describedby="dari-salah"',
    ):
        assert part in field[0]
    beside = re.search(r'<p class="wrong" id="dari-salah">(.*?)</p>', html)
    assert beside is not None
    assert "tidak dapat dipakai; isilah dengan tanggal seperti 2024, 2024-01 atau 2024-01-31." in beside[1]
    assert 'href="#dari"' in html
    assert "<details open>" in html
    # The rest holds: the other day and the publisher.
    assert "2 artikel untuk" in text_of(html)
    assert '<input type="hidden" name="source" value="warta">' in html
    assert re.search(r'<input id="sampai" name="to" type="date" value="2025-01-31">', html)


def test_a_last_day_before_the_first_is_said_beside_the_last(client: FlaskClient) -> None:
    html = page(client, q="banjir", to="2024", **{"from": "2025-02-01"})

    assert re.search(r'<input id="sampai" name="to" type="text" value="2024"', html)
    assert re.search(r'<input id="dari" name="from" type="date" value="2025-02-01">', html)
    assert "tanggal yang tidak sebelum 2025-02-01" in html
    assert "2 artikel untuk" in text_of(html)


@pytest.mark.parametrize(
    ("name", "value", "label"),
    [
        ("page", "abc", "Halaman"),
        ("page", "0", "Halaman"),
        ("per_page", "100000", "Hasil tiap halaman"),
        ("sort", "best", "Urutkan"),
        ("year", "abc", "Tahun"),
        ("match", "most", "match"),
        ("expand", "x", "expand"),
        ("period", "x", "period"),
    ],
)
def test_a_wrong_parameter_is_said_and_the_rest_answered(
    client: FlaskClient, name: str, value: str, label: str
) -> None:
    html = page(client, q="banjir", **{name: value})

    assert f"{label}: “{value}” tidak dapat dipakai; isilah dengan" in text_of(html)
    assert "5 artikel untuk" in text_of(html)
    assert page(client, **{name: value}).count("tidak dapat dipakai") > 1  # the list of everything, too


def test_too_many_filters_are_cut_and_said(client: FlaskClient) -> None:
    values = [f"s{number}" for number in range(150)]

    assert "paling banyak 100" in client.get("/", query_string={"q": "banjir", "source": values}).text


def test_the_api_still_refuses_wrong_parameters(client: FlaskClient) -> None:
    for name, value in (("from", "2024-13-45"), ("page", "abc"), ("year", "abc"), ("period", "x")):
        response = client.get("/api/v1/search", query_string={"q": "banjir", name: value})
        assert response.status_code == 400
        assert response.mimetype == "application/problem+json"
        assert response.json["parameter"] == name
