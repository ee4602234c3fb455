"""Filters on the pages: what stands beside the results, what is a page of its own, and what it weighs."""

from __future__ import annotations

import json
import re
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient

from index.reindex.sync import sync
from index.settings import Settings
from search.app import create_app

PLACES = [f"Kecamatan {number:03}" for number in range(250)]


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> FlaskClient:
    folder = tmp_path_factory.mktemp("saringan")
    archive = folder / "arsip.jsonl"
    records = [
        {
            "id": f"a{number}-{copy}",
            "title": "Banjir",
            "body": "Banjir surut.",
            "place": place,
            "source": "Okezone" if copy else "okezone.com" if number % 2 else "kompas.com",
            "date": f"{2000 + number % 12}-01-01",
        }
        for number, place in enumerate(PLACES)
        for copy in range(2)
    ]
    archive.write_text("\n".join(map(json.dumps, records)), encoding="utf-8")
    settings = Settings({"index": str(folder / "index"), "source_aliases": {"Okezone": "okezone.com"}})
    sync(settings, [str(archive)], jobs=1)
    return create_app(settings).test_client()


def html(client: FlaskClient, path: str = "/", status: int = 200, **query: Any) -> str:
    response = client.get(path, query_string=query or None)
    assert response.status_code == status, response.text
    return response.text


def named(page: str, name: str) -> list[str]:
    """Addresses of the links with a name for screen readers."""
    found = re.findall(r'<a href="([^"]*)"[^>]*? aria-label="([^"]*)"', page)
    return [unescape(address) for address, label in found if unescape(label) == name]


def every(page: str) -> dict[str, str]:
    """What the links to all values say -> their addresses."""
    found = re.findall(r'<p class="every"><a href="([^"]*)"[^>]*>([^<]*)</a>', page)
    return {label: unescape(address) for address, label in found}


def first_heading(page: str) -> str:
    return re.sub("<[^>]+>", "", re.search("<h1[^>]*>(.*?)</h1>", page, re.DOTALL)[1]).strip()  # type: ignore[index]


def test_the_first_values_stand_beside_the_results_and_a_link_leads_to_all(client: FlaskClient) -> None:
    page = html(client, q="banjir")

    assert every(page) == {
        "Semua tempat (250)": "/saringan/place?q=banjir",
        "Semua tahun (12)": "/saringan/year?q=banjir",
    }
    assert len(re.findall("Saring: Kecamatan", page)) == 6
    assert "Saring: 2011, 40 artikel" in page


def test_more_values_than_are_counted_are_said_to_be_more(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("search.web.pages.COUNTED_VALUES", 100)

    assert "Semua tempat (100 lebih)" in every(html(client, q="banjir", sort="newest"))


def test_chosen_values_are_shown_beyond_the_first_and_though_they_have_nothing(client: FlaskClient) -> None:
    page = html(client, q="banjir", place=["Kecamatan 249", "Atlantis"], source="kompas.com", year="2011")

    assert first_heading(page) == (
        "0 artikel untuk banjir · disaring: kompas.com, Kecamatan 249, Atlantis, dan 1 lagi"
    )
    assert named(page, "Hapus saringan: Kecamatan 249, 0 artikel")
    assert named(page, "Hapus saringan: Atlantis, 0 artikel")


def test_a_chosen_name_that_counts_as_another_is_shown_as_that(client: FlaskClient) -> None:
    page = html(client, source="Okezone", place="Kecamatan 001")

    assert first_heading(page) == "2 artikel · disaring: okezone.com, Kecamatan 001"
    assert named(page, "Hapus saringan: okezone.com, 2 artikel") == [
        "/?place=Kecamatan+001&panel=1#saring-source"
    ]


def test_a_choice_leads_to_a_page_whose_filters_are_open(client: FlaskClient) -> None:
    page = html(client, q="banjir")
    (address,) = named(page, "Saring: Kecamatan 003, 2 artikel")

    chosen = html(client, address.split("#")[0])

    assert address.endswith("&panel=1#saring-place")
    assert '<section class="filters"' in chosen
    assert "<details open>" in chosen
    assert "<details open>" not in page
    assert re.search(r'<p class="see"><a href="/\?q=banjir&amp;place=Kecamatan\+003">Lihat 2 hasil<', chosen)


def test_all_values_are_reachable_page_by_page(client: FlaskClient) -> None:
    address, names = "/saringan/place?q=banjir&order=name", []
    for number in range(1, 4):
        page = html(client, f"{address}&part={number}")
        names += re.findall(r'<span class="value">([^<]*)</span>', page)

    assert names == PLACES
    assert first_heading(page) == "Saring menurut tempat: banjir · halaman 3 dari 3"
    assert "<title>Saring menurut tempat, 250 pilihan, banjir, hal. 3 dari 3 · Telusur</title>" in page
    assert "Berikutnya" not in page


def test_a_value_is_chosen_from_the_list_and_the_list_stays_as_it_is(client: FlaskClient) -> None:
    address = "/saringan/place?q=banjir&sort=newest&find=24&order=name&per_page=7"
    page = html(client, address)
    (choose,) = named(page, "Saring: Kecamatan 124, 2 artikel")
    chosen = html(client, choose.split("#")[0])

    (drop,) = named(chosen, "Hapus saringan: Kecamatan 124, 2 artikel")

    assert "13 pilihan memuat <q>24</q>" in page
    assert (
        choose
        == "/saringan/place?q=banjir&sort=newest&place=Kecamatan+124&per_page=7&find=24&order=name#nilai-1"
    )
    assert drop == "/saringan/place?q=banjir&sort=newest&per_page=7&find=24&order=name#nilai-1"
    assert re.search(r'<li id="nilai-1"><a [^>]*Kecamatan 124', chosen)
    see = re.search(r'<p class="see"><a href="([^"]*)">([^<]*)<', chosen)
    assert see
    assert unescape(see[1]) == "/?q=banjir&sort=newest&place=Kecamatan+124&per_page=7"
    assert see[2] == "Lihat 2 hasil"


def test_the_list_has_no_place_for_what_is_no_filter_of_the_page(client: FlaskClient) -> None:
    html(client, "/saringan/lang", 404)
    html(client, "/saringan/warna", 404)


def test_mistakes_and_ends_of_the_list_are_no_dead_ends(client: FlaskClient) -> None:
    assert "Buka halaman terakhir" in html(client, "/saringan/place?part=9")
    assert "0 pilihan memuat" in html(client, "/saringan/place?find=tidakada")


def test_the_list_works_below_a_path_of_its_host(client: FlaskClient) -> None:
    page = client.get("/saringan/place?q=banjir", environ_overrides={"SCRIPT_NAME": "/cari"}).text

    addresses = re.findall(r'(?:href|action|src)="([^"#]+)"', page)
    assert [each for each in addresses if not each.startswith("/cari/")] == []


def test_texts_of_a_visitor_stay_texts(client: FlaskClient) -> None:
    attack = '"><script>alert(1)</script>'
    page = html(client, "/saringan/place", q=attack, find=attack, place=attack)

    assert "<script>alert" not in page


def test_the_list_speaks_the_language_of_its_visitor(client: FlaskClient) -> None:
    page = html(client, "/saringan/place?lang=en")

    assert first_heading(page) == "Filter by place"
    assert named(page, "Filter: Kecamatan 003, 2 articles")
    assert "lang=en" in named(page, "Filter: Kecamatan 003, 2 articles")[0]


@pytest.mark.parametrize("path", ["/", "/saringan/place"])
def test_pages_weigh_less_than_forty_kilobytes_however_many_values_there_are(
    client: FlaskClient, path: str
) -> None:
    page = html(client, path, q="banjir surut", sort="newest", place=PLACES[:3])

    assert len(page.encode()) < 40_000


def test_script_is_a_file_that_is_loaded_where_it_is_needed(client: FlaskClient) -> None:
    folder = Path(__file__).parents[3] / "search" / "web" / "static"

    assert "filters.js" in html(client, q="banjir")
    assert "filters.js" not in html(client, "/bantuan")
    assert (folder / "filters.js").stat().st_size < 10_000


@pytest.mark.parametrize(
    "wrong", ["part=abc", "order=x", "from=2022-13-45", "year=abc", "page=0&per_page=x", "sort=x"]
)
def test_what_cannot_be_used_is_left_out_of_the_list(client: FlaskClient, wrong: str) -> None:
    right = client.get("/saringan/place?q=banjir")
    found = client.get(f"/saringan/place?q=banjir&{wrong}")
    assert found.status_code == right.status_code == 200
    assert found.text.count('class="count"') == right.text.count('class="count"') > 0
