"""An article page: the way back to the results and on to the next, its matches, what machines read of it."""

from __future__ import annotations

import json
import re
from html import unescape
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from flask import Flask
from flask.testing import FlaskClient

from index.settings import Settings
from search.app import create_app, register
from search.http.site import Site

SEARCHES = [
    "/?q=netralitas+suara",  # one holds both words, the other a part
    "/?q=banjir&page=2",
    "/?q=banjir&sort=oldest&per_page=7&page=3",
    "/?q=banjir&place=Demak&place=Kudus&year=2023&from=2023-02-01&match=any&expand=false&correct=false&lang=en",
    "/?place=Demak",
    "/?sort=newest&page=4",
]


@pytest.fixture(scope="module")
def app(site_settings: Settings) -> Flask:
    return create_app(site_settings)


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client()


def links(html: str, pattern: str) -> list[str]:
    """Addresses of the links whose tag matches."""
    tags = [tag for tag in re.findall(r"<a [^>]*>", html) if re.search(pattern, tag)]
    return [unescape(re.search('href="([^"]*)"', tag)[1]) for tag in tags]


def results(html: str) -> list[str]:
    return links(html, r'href="/dokumen/')


def parameters(address: str) -> dict[str, list[str]]:
    return parse_qs(urlsplit(address).query)


@pytest.mark.parametrize("search", SEARCHES)
def test_every_result_leads_back_to_its_place_on_that_very_page(client: FlaskClient, search: str) -> None:
    html = client.get(search).text
    found = results(html)
    assert len(found) > 1

    for address in found:
        rank = int(parameters(address)["rank"][0])
        (back,) = links(client.get(address).text, 'class="back"')
        assert urlsplit(back).fragment == f"hasil-{rank}"
        assert parameters(back) == parameters(search)
        again = client.get(back).text
        assert f'id="hasil-{rank}"' in again
        assert results(again) == found


@pytest.mark.parametrize("search", ["/?q=banjir", "/?q=banjir&sort=oldest&place=Pati&per_page=3", "/?page=2"])
def test_next_and_previous_walk_through_all_results(client: FlaskClient, search: str) -> None:
    def page_of(number: int) -> list[str]:
        return results(client.get(f"{search.replace('page=2', '')}&page={number}").text)

    all_results = [address for number in range(1, 13) for address in page_of(number)]
    if search == "/?page=2":
        all_results = all_results[8:]  # the first page is the front page, whose cards are no results
    address, walked = all_results[0], [all_results[0]]
    while following := links(client.get(address).text, 'class="step next-step" rel="next"'):
        (address,) = following
        walked.append(address)

    path = [urlsplit(each).path for each in walked]
    assert path == [urlsplit(each).path for each in all_results]
    for _ in walked[1:]:
        (address,) = links(client.get(address).text, 'class="step back-step" rel="prev"')
    assert urlsplit(address).path == path[0]


def test_an_article_says_which_of_how_many_results_it_is(client: FlaskClient) -> None:
    total = re.search(r"<h1>\s*(\d+) artikel", client.get("/?q=banjir").text)[1]

    html = client.get(results(client.get("/?q=banjir&page=2").text)[2]).text

    assert f"<p>Hasil 13 dari {total}</p>" in html


def test_before_the_first_and_behind_the_last_result_there_is_none(client: FlaskClient) -> None:
    first = client.get(results(client.get("/?q=banjir").text)[0]).text
    last = client.get(results(client.get("/?q=banjir&page=4").text)[-1]).text

    assert not links(first, 'rel="prev"')
    assert len(links(first, 'rel="next"')) == 2  # above and below the text
    assert not links(last, 'rel="next"')


def test_the_newest_results_of_no_question_do_not_lead_back_to_the_front_page(client: FlaskClient) -> None:
    eleventh = results(client.get("/?page=2").text)[0]
    tenth = links(client.get(eleventh).text, 'class="step back-step" rel="prev"')[0]

    (back,) = links(client.get(tenth).text, 'class="back"')

    assert back == "/?sort=newest#hasil-10"
    assert 'id="hasil-10"' in client.get(back).text


BAD = [
    *("rank=0", "rank=-3", "rank=x", "rank=1e3", "rank=99999999999999999999", "rank=%00", "rank=1&rank=2"),
    *("page=0", "page=x", "per_page=100000", "per_page=%F0%9F%98%80", "sort=best", "match=none", "expand=ya"),
    *("from=notadate", "to=2020", "year=20244", "explain=x", "correct=2", "place=", "mark=0", "mark=999"),
    *("mark=x", "lang=xx", "_external=1&_scheme=javascript&_anchor=x", "place=" + "&place=".join("abc" * 50)),
]


@pytest.mark.parametrize("bad", BAD, ids=lambda bad: bad[:30])
def test_an_article_is_shown_whatever_is_wrong_with_its_address(client: FlaskClient, bad: str) -> None:
    response = client.get(f"/dokumen/banjir-07?{bad}&q=banjir&sort=newest")

    assert response.status_code == 200
    assert "Air setinggi 7 sentimeter" in response.text
    (back,) = links(response.text, 'class="back"')
    assert back.startswith("/?q=banjir")
    assert client.get(back).status_code == 200
    assert not re.search('href="[^"]*(javascript:|_scheme)', response.text)


def test_parameters_that_cannot_be_used_are_left_out_and_the_others_kept(client: FlaskClient) -> None:
    html = client.get("/dokumen/banjir-07?q=banjir&sort=best&place=Kudus&page=x&year=20&per_page=7").text

    assert links(html, 'class="back"') == ["/?q=banjir&place=Kudus&per_page=7"]


def test_a_rank_that_is_wrong_claims_nothing(client: FlaskClient) -> None:
    for address in ("/dokumen/bilik-suara?q=banjir&rank=3", "/dokumen/banjir-07?q=banjir&rank=1000000"):
        html = client.get(address).text
        assert "Hasil " not in re.sub(r'aria-label="[^"]*"', "", html)
        assert not links(html, 'rel="(next|prev)"')
    assert links(html, 'class="back"') == ["/?q=banjir&page=4"]  # the last one there is


def test_a_dear_question_leads_back_without_numbers(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("search.answering.service.DEAR_SECONDS", 0.0)

    html = client.get("/dokumen/banjir-07?q=banjir&rank=13").text

    assert links(html, 'class="back"') == ["/?q=banjir&page=2"]
    assert "Hasil 13" not in html


def test_without_a_question_there_is_no_way_back(client: FlaskClient) -> None:
    for address in ("/dokumen/banjir-07", "/dokumen/banjir-07?lang=en", "/dokumen/banjir-07?per_page=20"):
        assert 'class="trail"' not in client.get(address).text


def test_every_mark_has_a_number_and_the_bar_goes_from_one_to_the_next(client: FlaskClient) -> None:
    address = "/dokumen/netralitas-lebak?q=awas+lebak"
    html = client.get(address).text
    marks = re.findall(r'<mark id="cocok-(\d+)">', html)
    total = html.count("<mark")

    assert marks == [str(number) for number in range(1, total + 1)]
    assert total >= 4
    assert re.search(r'<h1>[^\n]*<mark id="cocok-1">', html)
    assert f"{total} kata cocok" in html
    step = links(html, "next-step")[0]
    for number in (*range(1, total + 1), 1):
        assert urlsplit(step).fragment == f"cocok-{number}"
        html = client.get(step).text
        assert f"{number} dari {total} kata cocok</p>" in html
        (back,) = links(html, "back-step")
        assert urlsplit(back).fragment == f"cocok-{(number - 2) % total + 1}"
        (step,) = links(html, "next-step")


def test_the_steps_between_matches_keep_the_way_back(client: FlaskClient) -> None:
    address = results(client.get("/?q=banjir&place=Demak&sort=oldest").text)[2]

    html = client.get(links(client.get(address).text, 'next-step" href="[^"]*mark=')[0]).text

    assert links(html, 'class="back"') == ["/?q=banjir&sort=oldest&place=Demak#hasil-3"]


def test_the_api_marks_without_numbers(client: FlaskClient) -> None:
    answer = client.get("/api/v1/documents/netralitas-lebak?q=awas").json

    assert "<mark>" in answer["body_html"]
    assert "id=" not in answer["body_html"] + answer["title_html"]


def test_without_words_there_is_no_bar(client: FlaskClient) -> None:
    html = client.get("/dokumen/netralitas-lebak").text

    assert 'class="marks"' not in html
    assert '<body class="article">' in html


@pytest.mark.parametrize(
    ("facet", "value"), [("author", "Sari Wulan"), ("place", "Lebak"), ("source", "kabarlebak.example")]
)
def test_author_place_and_publisher_are_links_to_all_of_theirs(
    client: FlaskClient, facet: str, value: str
) -> None:
    html = client.get("/dokumen/netralitas-lebak?q=awas&sort=oldest&page=7").text
    (address,) = {each for each in links(html, f'href="/.{facet}=') if "q=" not in each}

    found = client.get(address).text

    assert parameters(address) == {facet: [value]}
    assert 'href="/dokumen/netralitas-lebak?' in found
    assert re.search(r"<h1>\s*1 artikel", found)


def test_such_a_link_works_for_any_value(client: FlaskClient) -> None:
    html = client.get("/dokumen/serangan").text

    for address in set(links(html, 'href="/.(author|place|source)=')):
        assert 'href="/dokumen/serangan?' in client.get(address).text


def structured(html: str) -> dict[str, Any]:
    (script,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', html, re.DOTALL)
    return json.loads(script)


def test_machines_read_what_readers_see(site_settings: Settings) -> None:
    client = create_app(site_settings.replace(public_url="https://arsip.example/")).test_client()

    html = client.get("/dokumen/netralitas-lebak?q=awas&rank=1", headers={"Host": "evil.example"}).text

    assert structured(html) == {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "headline": "Pengawas Ingatkan Netralitas ASN di Lebak",
        "description": "Petugas pengawasan di Lebak mengingatkan netralitas aparatur sipil negara. "
        'Siapa pun yang melanggar akan diberi sanksi. "Kami mengawasi setiap hari," kata Wulan.',
        "datePublished": "2024-11-12",
        "author": {"@type": "Person", "name": "Sari Wulan"},
        "editor": {"@type": "Person", "name": "Bagas"},
        "publisher": {"@type": "Organization", "name": "kabarlebak.example"},
        "contentLocation": {"@type": "Place", "name": "Lebak"},
        "inLanguage": "id",
        "isAccessibleForFree": True,
        "url": "https://arsip.example/dokumen/netralitas-lebak",
        "mainEntityOfPage": "https://arsip.example/dokumen/netralitas-lebak",
        "sameAs": "https://kabarlebak.example/netralitas?a=1&b=2",
    }
    assert '<link rel="canonical" href="https://arsip.example/dokumen/netralitas-lebak">' in html
    meta = dict(re.findall(r'<meta (?:property|name)="([^"]*)" content="([^"]*)"', html))
    assert meta["og:type"] == "article"
    assert meta["og:title"] == "Pengawas Ingatkan Netralitas ASN di Lebak"
    assert meta["og:url"] == "https://arsip.example/dokumen/netralitas-lebak"
    assert meta["og:site_name"] == "Telusur"
    assert meta["article:published_time"] == "2024-11-12"
    assert meta["author"] == "Sari Wulan"
    assert (
        unescape(meta["og:description"]) == structured(html)["description"] == unescape(meta["description"])
    )
    assert "evil.example" not in html


def test_what_machines_read_of_an_attack_is_inert(client: FlaskClient) -> None:
    html = client.get("/dokumen/serangan").text

    record = structured(html)
    assert record["headline"] == "Judul <script>alert(1)</script> berbahaya"
    assert record["contentLocation"]["name"] == '"><b>Kapuas'
    raw = re.search(r'<script type="application/ld\+json">(.*?)</script>', html, re.DOTALL)[1]
    assert not set(raw) & set("<>&'")


def test_only_web_addresses_are_told_to_machines(client: FlaskClient) -> None:
    assert "sameAs" not in structured(client.get("/dokumen/bilik-suara").text)


def test_the_permanent_link_is_that_of_the_request_without_a_setting(client: FlaskClient) -> None:
    response = client.get("/dokumen/banjir-01?q=banjir&rank=2", base_url="https://arsip.test:8443")

    permanent = "https://arsip.test:8443/dokumen/banjir-01"
    assert f'<link rel="canonical" href="{permanent}">' in response.text
    assert f'href="{permanent}">{permanent}</a>' in response.text
    assert {"Host", "Accept-Language"} <= set(response.vary)
    forwarded = client.get("/dokumen/banjir-01", headers={"X-Forwarded-Host": "evil.example"})
    assert "evil.example" not in forwarded.text


def test_all_of_it_moves_into_another_application(site_settings: Settings) -> None:
    host = Flask("host")
    register(host, Site.of(site_settings), url_prefix="/arsip")
    client = host.test_client()

    html = client.get("/arsip/dokumen/banjir-07?q=banjir&rank=12&mark=1").text

    inside = [each for each in links(html, "") if not each.startswith(("#", "http"))]
    assert len(inside) > 10
    assert all(each.startswith("/arsip/") for each in inside)
    assert structured(html)["url"] == "http://localhost/arsip/dokumen/banjir-07"
    assert client.get(links(html, "sitasi.bib")[0]).status_code == 200


def test_an_article_is_cited_with_its_original_address(client: FlaskClient) -> None:
    html = unescape(client.get("/dokumen/netralitas-lebak").text)

    assert (
        "Sari Wulan. “Pengawas Ingatkan Netralitas ASN di Lebak.” kabarlebak.example, 12 November 2024. "
        "https://kabarlebak.example/netralitas?a=1&b=2.</bdi>"
    ) in html
    assert ">https://kabarlebak.example/netralitas?a=1&b=2</a>" in html


@pytest.mark.parametrize(
    ("ending", "mimetype"), [("bib", "application/x-bibtex"), ("ris", "application/x-research-info-systems")]
)
def test_a_citation_is_a_file_too(client: FlaskClient, ending: str, mimetype: str) -> None:
    (address,) = links(client.get("/dokumen/netralitas-lebak").text, f"sitasi.{ending}")

    response = client.get(address)

    assert response.mimetype == mimetype
    assert response.headers["Content-Disposition"] == f"attachment; filename=netralitas-lebak.{ending}"
    assert "Pengawas Ingatkan Netralitas ASN di Lebak" in response.text
    assert "default-src 'none'" in response.headers["Content-Security-Policy"]


@pytest.mark.parametrize(
    "path", ["/dokumen/tidak-ada", "/dokumen/tidak-ada/sitasi.bib", "/dokumen/banjir-01/sitasi.exe"]
)
def test_what_is_not_there_is_a_page_that_says_so(client: FlaskClient, path: str) -> None:
    response = client.get(f"{path}?q=banjir&rank=3")

    assert response.status_code == 404
    assert "Halaman tidak ditemukan" in response.text
