"""The pages: results, filters, one article, help, and every way a search can go wrong."""

from __future__ import annotations

import re
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from index.reindex.sync import sync
from index.settings import Settings
from search.app import create_app, register
from search.http.site import Site
from search.opened.searcher import Searcher


@pytest.fixture(scope="module")
def app(site_settings: Settings) -> Flask:
    return create_app(site_settings)


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client()


def page(client: FlaskClient, path: str = "/", status: int = 200, **parameters: Any) -> str:
    response = client.get(path, query_string=parameters)
    assert response.status_code == status, response.text
    assert response.mimetype == "text/html"
    return response.text


def links(html: str, text: str) -> list[str]:
    """Addresses of the links whose text contains a text."""
    found = re.findall(r'<a [^>]*?href="([^"]*)"[^>]*>(.*?)</a>', html, flags=re.DOTALL)
    return [unescape(address) for address, content in found if text in re.sub(r"<[^>]+>", "", content)]


def titles(html: str) -> list[str]:
    return [
        re.sub(r"<[^>]+>", "", title) for title in re.findall(r"<h2><a [^>]*>(.*?)</a></h2>", html, re.DOTALL)
    ]


def test_results_show_title_publisher_place_day_and_marked_words(client: FlaskClient) -> None:
    html = page(client, q="awas lebak")

    assert "<mark>Pengawas</mark> Ingatkan" in html
    assert "<mark>mengawasi</mark>" in html
    assert "kabarlebak.example" in html
    assert '<time datetime="2024-11-12">12 November 2024</time>' in html


def test_the_exact_total_heads_the_page(client: FlaskClient) -> None:
    assert "35 artikel untuk <q>banjir</q>" in page(client, q="banjir")


def test_a_facet_link_narrows_the_results_and_its_chip_widens_them_again(client: FlaskClient) -> None:
    all_results = page(client, q="banjir")
    (narrow,) = links(all_results, "Demak")

    narrowed = client.get(narrow).text
    chip = next(link for link in links(narrowed, "Hapus saringan"))

    assert "35 artikel" not in narrowed
    assert "35 artikel" in client.get(chip).text


def test_several_values_of_a_facet_can_be_chosen(client: FlaskClient) -> None:
    one = client.get(links(page(client, q="banjir"), "Demak")[0]).text
    two = client.get(next(link for link in links(one, "Kudus") if "Demak" in link)).text

    count = re.compile(r"<h1>(\d+) artikel")
    assert int(count.search(one)[1]) < int(count.search(two)[1]) < 35
    assert two.count('aria-current="true"') >= 3  # two values and the order


def test_pages_are_linked_both_ways(client: FlaskClient) -> None:
    first = page(client, q="banjir", sort="newest")
    second = client.get(links(first, "Berikutnya")[0]).text

    assert 'rel="next"' in first
    assert 'rel="prev"' not in first
    assert len(titles(first)) == len(titles(second)) == 10
    assert not set(titles(first)) & set(titles(second))
    assert 'aria-current="page"' in second
    assert links(second, "Sebelumnya") == ["/?q=banjir&sort=newest"]


def test_a_page_beyond_the_last_leads_back(client: FlaskClient) -> None:
    html = page(client, q="banjir", page=99)

    assert "Halaman ini di luar hasil" in html
    assert links(html, "Buka halaman terakhir") == ["/?q=banjir&page=4"]


def test_a_range_of_days_is_kept_and_can_be_removed(client: FlaskClient) -> None:
    html = page(client, q="banjir", **{"from": "2023-01-01", "to": "2023-06-30"})

    assert 'value="2023-01-01"' in html
    assert "Januari 2023 sampai Juni 2023" in html
    assert links(html, "Januari 2023 sampai") == ["/?q=banjir"]


def test_the_form_keeps_filters_and_order(client: FlaskClient) -> None:
    html = page(client, q="banjir", place="Demak", sort="oldest")
    form = re.search(r'<form class="search".*?</form>', html, re.DOTALL)[0]

    assert '<input type="hidden" name="place" value="Demak">' in form
    assert '<input type="hidden" name="sort" value="oldest">' in form


def test_no_results_offer_ways_out_with_what_they_give(client: FlaskClient) -> None:
    html = page(client, q="banjir", place="Amuntai", year="2022")

    assert "Tidak ada artikel yang cocok" in html
    for label, count in (("Tanpa tempat Amuntai", 12), ("Tanpa saringan apa pun", 35)):
        (address,) = links(html, label)
        assert f'{label} <span class="count">{count} artikel' in html
        assert f"{count} artikel untuk" in client.get(address).text


def test_no_results_name_unknown_words(client: FlaskClient) -> None:
    html = page(client, q='permkiman "<>&', correct="false")

    assert "Arsip ini tidak memuat kata <q>permkiman" in html
    (address,) = links(html, "permukiman")
    assert "35 artikel untuk" in client.get(address).text


def test_what_was_not_read_is_said(client: FlaskClient) -> None:
    html = unescape(page(client, q='banjir "rumah'))

    assert 'Tanda kutip " tidak punya pasangan.' in html


def test_the_front_page_shows_the_newest_articles(client: FlaskClient) -> None:
    html = page(client)

    assert "Cari dalam 38 artikel." in html
    first = re.search(r"<h3><a [^>]*>(.*?)</a>", html)[1]
    assert first == "Banjir ke-35 Merendam Permukiman"


def test_every_article_can_be_browsed_without_a_query(client: FlaskClient) -> None:
    (everything,) = links(page(client), "Semua artikel")

    assert "<h1>38 artikel" in client.get(everything).text


def test_an_article_page_marks_words_and_leads_back_to_the_results(client: FlaskClient) -> None:
    (address,) = set(links(page(client, q="awas lebak"), "Pengawas"))

    html = client.get(address).text

    assert re.search(r'<mark id="cocok-\d+">mengawasi</mark>', html)
    assert "Selasa, 12 November 2024" in html
    assert "Sari Wulan" in html
    assert links(html, "Kembali ke hasil") == ["/?q=awas+lebak#hasil-1"]
    assert links(html, "Baca di situs asalnya") == ["https://kabarlebak.example/netralitas?a=1&b=2"]
    assert 'rel="noopener nofollow"' in html


def test_only_web_addresses_become_links(client: FlaskClient) -> None:
    html = page(client, "/dokumen/bilik-suara")

    assert "javascript:" not in html
    assert "Baca di situs asalnya" not in html


def test_an_article_that_is_not_there_is_a_page_too(client: FlaskClient) -> None:
    html = page(client, "/dokumen/tidak-ada", status=404)

    assert "Halaman tidak ditemukan" in html
    assert 'role="search"' in html


def test_a_script_in_the_query_is_inert(client: FlaskClient) -> None:
    for path in ("/", "/dokumen/serangan", "/bantuan", "/nonesuch"):
        html = client.get(path, query_string={"q": "<script>alert(1)</script>"}).text
        assert "<script>alert" not in html


@pytest.mark.parametrize("path", ["/?q=serangan", "/dokumen/serangan?q=serangan+alert", "/", "/?sort=oldest"])
def test_html_in_an_article_is_inert(client: FlaskClient, path: str) -> None:
    html = client.get(path).text

    assert "<script>alert" not in html
    assert "<img src=x" not in html
    assert '"><b>' not in html
    assert "<i>Penulis" not in html
    assert "\"onmouseover='" not in html


def test_the_attack_is_really_in_the_archive(client: FlaskClient) -> None:
    assert "<script>alert(1)</script>" in unescape(page(client, "/dokumen/serangan"))


def test_a_query_of_ten_thousand_characters_is_answered(client: FlaskClient) -> None:
    html = page(client, q="<script>alert(1)</script> banjir " * 303)

    assert "Hanya 2000 huruf pertama yang dibaca." in html
    assert "<script>alert" not in html
    assert len(html) < 400_000


def test_an_absurd_address_gets_a_page(client: FlaskClient) -> None:
    assert "Alamat terlalu panjang" in client.get("/?q=" + "x" * 100_000).text


def test_the_host_header_appears_nowhere(client: FlaskClient) -> None:
    for path in ("/?q=banjir", "/dokumen/nonesuch", "/dokumen//banjir-01", "/bantuan/", ""):
        response = client.get(path, headers={"Host": "evil.example", "X-Forwarded-Host": "evil.example"})
        assert "evil.example" not in response.text
        assert "evil.example" not in str(response.headers)


def test_parameters_cannot_steer_how_addresses_are_built(client: FlaskClient) -> None:
    response = client.get("/?q=banjir&_external=1&_scheme=javascript&_anchor=x&endpoint=y&lang=en")

    assert response.status_code == 200
    assert "javascript:" not in response.text


@pytest.mark.parametrize(
    "path", ["/", "/?q=banjir", "/dokumen/banjir-01", "/bantuan", "/nonesuch", "/?page=0"]
)
def test_pages_forbid_what_they_do_not_need(client: FlaskClient, path: str) -> None:
    response = client.get(path)
    policy = response.headers["Content-Security-Policy"]

    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert "frame-ancestors 'none'" in policy
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert response.headers["Referrer-Policy"]
    assert response.headers["X-Frame-Options"] == "DENY"
    assert not re.search(
        r"<script(?![^>]* src=| type=\"application/ld\+json\">)|<style|\sstyle=|\son\w+=", response.text
    )


def test_pages_load_nothing_from_elsewhere(client: FlaskClient) -> None:
    for address in re.findall(r'(?:src|href)="([^"]*)"', page(client, q="banjir")):
        assert address.startswith(("/", "#"))


def test_files_of_the_page_cache_for_a_year_under_an_address_of_their_content(client: FlaskClient) -> None:
    (address,) = re.findall(r'<link rel="stylesheet" href="([^"]*)"', page(client))

    with client.get(address) as response:
        assert response.status_code == 200
        assert re.search(r"\?v=[0-9a-f]{12}$", address)
        assert "max-age=31536000" in response.headers["Cache-Control"]


def test_the_page_speaks_the_language_asked_for(client: FlaskClient) -> None:
    indonesian = page(client, q="banjir")
    english = page(client, q="banjir", lang="en")
    preferred = client.get("/?q=banjir", headers={"Accept-Language": "en-US,en;q=0.8"})

    assert '<html lang="id">' in indonesian
    assert '<html lang="en">' in english
    assert "35 articles for" in english
    assert "lang=en" in links(english, "Next")[0]
    assert "35 articles for" in preferred.text
    assert "Accept-Language" in preferred.headers["Vary"]


def test_the_other_language_is_one_link_away(client: FlaskClient) -> None:
    (choose,) = links(page(client, q="banjir", place="Demak"), "English")

    assert client.get(choose).location == "/?q=banjir&place=Demak&lang=en"


def test_every_field_has_a_label_and_every_page_one_main_part(client: FlaskClient) -> None:
    for path in ("/", "/?q=banjir", "/dokumen/banjir-01", "/bantuan", "/nonesuch"):
        html = client.get(path).text
        visible = re.findall(r'<input (?![^>]*type="hidden")[^>]*id="(\w+)"', html)
        assert len(visible) == html.count("<input ") - html.count('type="hidden"')
        assert all(f'<label for="{name}"' in html or f'for="{name}">' in html for name in visible)
        assert html.count("<main ") == 1
        assert html.count("<h1") == 1
        assert 'href="#isi"' in html


def test_without_an_index_the_page_says_what_to_do(empty_settings: Settings) -> None:
    client = create_app(empty_settings).test_client()

    html = page(client, q="banjir", status=503)

    assert "Arsip belum diindeks" in html
    assert "<code>reindex</code>" in html


def test_a_broken_index_is_a_page_too(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Banjir di Demak\n\nAir merendam rumah warga sejak pagi tadi.\n")
    settings = Settings({"index": str(tmp_path / "index"), "sources": (str(tmp_path / "a.txt"),)})
    sync(settings, jobs=1)
    for file in (tmp_path / "index").rglob("*"):
        if file.is_file() and file.name not in ("current", "lock"):
            file.write_bytes(b"broken")

    html = page(create_app(settings).test_client(), q="banjir", status=503)

    assert "Indeks tidak dapat dibaca" in html
    assert "<code>reindex --full</code>" in html


def test_an_unforeseen_error_is_a_page_with_a_number_and_one_line_in_the_log(
    site_settings: Settings, caplog: pytest.LogCaptureFixture
) -> None:
    app = create_app(site_settings)

    @app.get("/meledak")
    def explode() -> str:
        raise RuntimeError("rahasia")

    response = app.test_client().get("/meledak", headers={"X-Request-ID": "abcdef-123"})

    assert response.status_code == 500
    assert "Nomor permintaan: abcdef-123" in response.text
    assert "rahasia" not in response.text
    assert response.headers["X-Request-ID"] == "abcdef-123"
    (record,) = [record for record in caplog.records if record.name == "search.http.hooks"]
    assert record.getMessage() == "GET /meledak -> 500 RuntimeError: rahasia [abcdef-123]"
    assert record.exc_info


def test_a_request_id_that_is_none_is_replaced(client: FlaskClient) -> None:
    given = 'x"><script>'

    assert client.get("/", headers={"X-Request-ID": given}).headers["X-Request-ID"] != given


def test_the_pages_move_into_another_application(site_settings: Settings) -> None:
    host = Flask("host")
    register(host, Site.of(site_settings), url_prefix="/arsip")
    client = host.test_client()

    html = page(client, "/arsip/", q="banjir")

    assert all(link.startswith("/arsip/") for link in links(html, "Demak"))
    assert client.get("/arsip/api/v1/search?page=0").mimetype == "application/problem+json"
    assert client.get("/arsip/healthz").status_code == 200
    assert client.get("/anything").mimetype == "text/html"


def test_a_host_hands_in_the_searcher_it_has(site_settings: Settings) -> None:
    searcher = Searcher(site_settings)

    app = create_app(site_settings, searcher=searcher)

    assert app.extensions["telusur"].searcher is searcher
    assert "35 artikel" in app.test_client().get("/?q=banjir").text


def test_reindex_is_a_command_of_the_application(app: Flask) -> None:
    assert "reindex" in app.cli.commands
