"""The pages: versions folded under the best result, and what stands beside an article."""

from __future__ import annotations

import re
from collections.abc import Callable
from html import unescape
from typing import Any
from urllib.parse import unquote

import pytest
from flask.testing import FlaskClient

from search.app import create_app

ATTACK = "<script>alert(1)</script>"
REPORT = " ".join(f"jembatan{number} resmi{number % 7} dusun" for number in range(30))


@pytest.fixture(scope="module")
def client(make_archive: Callable[..., Any]) -> FlaskClient:
    archive = make_archive()
    archive.write(
        *(
            {
                "id": f"versi{n}",
                "title": f"Versi {n} {ATTACK}",
                "body": f"{REPORT} {n}",
                "source": f"warta{n}.example{ATTACK}",
                "date": "2025-03-01",
            }
            for n in range(3)
        ),
        *({"id": f"lain{n}", "title": f"Dusun {n}", "body": f"Hal lain {n} di dusun."} for n in range(9)),
        {"id": "kerabat", "title": "Kerabat", "body": "jembatan3 jembatan4 jembatan5 jembatan6 diresmikan."},
    )
    return create_app(archive.settings).test_client()


def links(html: str, text: str) -> list[str]:
    """Addresses of the links whose text contains a text."""
    found = re.findall(r'<a [^>]*?href="([^"]*)"[^>]*>(.*?)</a>', html, flags=re.DOTALL)
    return [unescape(address) for address, content in found if text in re.sub(r"<[^>]+>", "", content)]


def results(html: str) -> list[str]:
    return re.findall(r'<li class="result".*?</li>(?=\s*(?:<li class="result"|</ol>))', html, re.DOTALL)


def test_versions_are_folded_under_the_best_result(client: FlaskClient) -> None:
    html = client.get("/?q=dusun&per_page=50").text

    assert "12 artikel untuk" in html
    assert len(results(html)) == 10
    (folding,) = (result for result in results(html) if "<details" in result)
    assert "2 versi lain" in folding
    assert len(re.findall(r'<a href="/dokumen/versi\d\?q=dusun&amp;per_page=50&amp;rank=\d+">', folding)) == 3
    assert folding.count("1 Maret 2025") == 3


def test_a_result_behind_a_fold_keeps_its_number(client: FlaskClient) -> None:
    html = client.get("/?q=dusun&per_page=50").text

    numbers = [
        int(number) for number in re.findall(r'<li class="result" id="hasil-\d+" value="(\d+)">', html)
    ]
    assert len(numbers) == 10
    (folding,) = (result for result in results(html) if "<details" in result)
    inside = {int(number) for number in re.findall(r'<li id="hasil-(\d+)" lang="id">', folding)}
    assert set(range(1, 13)) - set(numbers) == inside


def test_a_reader_switches_folding_off_and_on(client: FlaskClient) -> None:
    (off,) = links(client.get("/?q=dusun&place=&sort=newest").text, "Tampilkan semua versi")
    assert off == "/?q=dusun&sort=newest&fold=false"

    unfolded = client.get(off).text

    assert len(results(unfolded)) == 10
    assert "<details class=" not in re.sub(r"(?s)<aside.*?</aside>", "", unfolded)
    assert links(unfolded, "Himpun berita yang sama") == ["/?q=dusun&sort=newest"]


def test_the_choice_stays_in_the_address(client: FlaskClient) -> None:
    html = client.get("/?q=dusun&fold=false").text

    assert "fold=false" in links(html, "Berikutnya")[0]
    assert "fold=false" in links(html, "Terbaru")[0]
    assert '<input type="hidden" name="fold" value="false">' in html
    assert "fold=false" in unquote(links(html, "English")[0])


def test_where_nothing_is_folded_nothing_is_said_of_it(client: FlaskClient) -> None:
    html = client.get("/?q=kerabat").text

    assert "Tampilkan semua versi" not in html
    assert "value=" not in "".join(results(html))


def test_an_article_names_its_versions_and_relatives(client: FlaskClient) -> None:
    html = client.get("/dokumen/versi1?q=dusun").text

    versions = html.split('id="versi"')[1].split("</section>")[0]
    assert sorted(links(versions, "Versi")) == ["/dokumen/versi0?q=dusun", "/dokumen/versi2?q=dusun"]
    assert "warta0.example" in versions
    related = html.split('id="terkait"')[1].split("</section>")[0]
    assert "/dokumen/kerabat?q=dusun" in links(related, "")
    assert not links(related, "Versi")


def test_an_article_without_either_says_nothing_of_them(client: FlaskClient) -> None:
    html = client.get("/dokumen/kerabat").text

    assert "Versi lain dari berita ini" not in html
    assert "Artikel terkait" in html


def test_titles_and_publishers_stay_text(client: FlaskClient) -> None:
    for path in ("/?q=dusun&per_page=50", "/dokumen/versi1"):
        html = client.get(path).text
        assert ATTACK not in html
        assert "&lt;script&gt;" in html


def test_both_are_told_in_english(client: FlaskClient) -> None:
    html = client.get("/?q=dusun&lang=en&per_page=50").text
    assert "2 other versions" in html
    assert "Show every version" in html
    assert "Related articles" in client.get("/dokumen/kerabat?lang=en").text
