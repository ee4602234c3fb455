"""The help page explains every way to ask, by examples that find something in the archive at hand."""

from __future__ import annotations

import re
from collections.abc import Callable
from html import unescape
from typing import Any

import pytest
from flask.testing import FlaskClient

from index.settings import Settings
from search.app import create_app
from search.web.examples import FIXED
from search.web.help import TOPICS

KINDS = [line.kind for topic in TOPICS for line in topic.lines]


def examples(html: str) -> dict[str, str]:
    """Example -> address of the link that tries it."""
    found = re.findall(r"<dt>.*?</dt>", html, re.DOTALL)
    links = re.findall(r'<a href="([^"]*)"><code>(.*?)</code></a>', "".join(found))
    return {unescape(text): unescape(address) for address, text in links}


@pytest.fixture
def open_archive(make_archive: Callable[[], Any]) -> Callable[..., FlaskClient]:
    """Opens the pages of an archive of some articles."""

    def open_(*articles: dict[str, str]) -> FlaskClient:
        archive = make_archive()
        archive.write(*articles)
        return create_app(archive.settings, archive.searcher).test_client()

    return open_


PRESS = [
    {
        "id": f"warta-{number}",
        "title": f"Petani {place} Menanam Kedelai Unggul",
        "body": "Petani menanam kedelai di sawah. Kini tanaman itu tumbuh sesudah penanaman serentak.",
        "place": place,
        "source": "tani.example",
        "author": author,
        "date": f"20{20 + number}-0{number}-15",
    }
    for number, place, author in (
        (1, "Sragen", "Dwi Lestari"),
        (2, "Hulu Sungai Utara", "Dwi Lestari"),
        (3, "Sragen", "Tono"),
    )
]


def test_every_line_has_an_example_in_an_archive_that_has_it_all(open_archive: Any) -> None:
    html = open_archive(*PRESS).get("/bantuan").text
    shown = examples(html)

    assert html.count("<dt>") == len(KINDS)
    assert 'penulis:"Dwi Lestari"' in shown
    assert "sumber:tani.example" in shown
    assert {"tempat:Sragen", 'tempat:Sragen ATAU tempat:"Hulu Sungai Utara"'} <= shown.keys()
    assert {
        "tahun:2021..2023",
        "tanggal:2023-03-15",
        "tanggal:2023-01..2023-03",
        "tanggal:2023-03..",
    } <= shown.keys()
    assert "tanggal:2023-03.. berarti sejak Maret 2023." in re.sub("<[^>]+>", "", html)
    assert "menanam juga menemukan tanaman dan penanaman" in re.sub("<[^>]+>", "", html)
    assert not shown.keys() & {query for queries in FIXED.queries.values() for query in queries}
    for sign in ('"', "*", "?", "~", "+", " -", " ATAU ", " DAN ", " TIDAK ", "(", "judul:", "isi:"):
        assert any(sign in query for query in shown), sign


def test_every_example_finds_something_and_is_read_as_written(
    open_archive: Any, site_settings: Settings
) -> None:
    for client in (open_archive(*PRESS), create_app(site_settings).test_client()):
        shown = examples(client.get("/bantuan").text)
        assert len(shown) > 15
        for query, address in shown.items():
            answer = client.get("/api/v1/search", query_string={"q": query}).json
            assert answer["total"] > 0, query
            assert (answer["ignored"], answer["corrected"], answer["matched"]) == ([], None, "all"), query
            assert client.get(address).status_code == 200


def test_what_an_archive_does_not_have_is_not_shown(open_archive: Any) -> None:
    html = (
        open_archive({"id": "a", "title": "Petani Menanam Kedelai", "body": "Panen raya."})
        .get("/bantuan")
        .text
    )
    shown = " ".join(examples(html))

    assert "judul:" in shown
    for field in ("tempat:", "sumber:", "penulis:", "tahun:", "tanggal:"):
        assert field not in html
    assert "Waktu terbit" not in html


def test_examples_change_with_the_archive(make_archive: Callable[[], Any]) -> None:
    archive = make_archive()
    client = create_app(archive.settings, archive.searcher).test_client()
    archive.write(*PRESS)
    before = examples(client.get("/bantuan").text)
    archive.write(*({**each, "title": "Nelayan Melaut Kembali", "place": "Tuban"} for each in PRESS))

    after = examples(client.get("/bantuan").text)

    assert "tempat:Tuban" in after.keys() - before.keys()
    assert '"nelayan melaut"' in after


def test_without_articles_fixed_examples_are_told(open_archive: Any, empty_settings: Settings) -> None:
    for client in (open_archive(), create_app(empty_settings).test_client()):
        shown = examples(client.get("/bantuan").text)
        assert list(shown) == [query for kind in KINDS for query in FIXED.queries[kind]]
        assert shown['"bilik suara"'] == "/?q=%22bilik+suara%22"


def test_names_that_are_markup_or_signs_are_no_examples(site_settings: Settings) -> None:
    html = create_app(site_settings).test_client().get("/bantuan").text

    assert "<script>alert" not in html
    assert "jahat.example" not in html
    assert not [query for query in examples(html) if "<" in query]


def test_the_page_is_told_in_english_too(open_archive: Any) -> None:
    html = re.sub("<[^>]+>", "", open_archive(*PRESS).get("/bantuan?lang=en").text)

    assert "tanggal:2023-03.. means since March 2023." in html
    assert "menanam also finds tanaman and penanaman." in html


def test_words_that_say_something_are_shown_before_those_that_say_little(open_archive: Any) -> None:
    html = (
        open_archive(
            *(
                {
                    "id": str(number),
                    "title": f"Hari {number} Produksi Kedelai Sragen Melebihi Target Hingga Dua Kali",
                    "body": "Hari ini panen kedelai di Sragen."
                    if number < 20
                    else "Hari ini rapat hingga sore.",
                }
                for number in range(80)
            )
        )
        .get("/bantuan")
        .text
    )

    shown = examples(html)

    assert {"judul:produksi", "produksi kedelai", '"produksi kedelai"'} <= shown.keys()
    words = {word for query in shown for word in re.findall("[a-z]+", query)}
    assert not words & {"hari", "hingga", "melebihi"}
