"""An address, or an id, in the search box finds its article."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from index.query import Facet
from search.answer import Address, Answer, Question
from search.answering.service import SearchService

SLUG = "https://www.warta.example/daerah/d-8170307/banjir-rob-merendam-demak"

RECORDS: list[dict[str, Any]] = [
    {"id": "a1", "title": "Banjir rob", "body": "Banjir rob merendam Demak.", "url": SLUG, "source": "warta"},
    {"id": "a2", "title": "Banjir lagi", "body": "Banjir rob merendam Demak lagi.", "url": f"{SLUG}-lagi"},
    {"id": "a3", "title": "Lama", "body": "Kisah lama.", "url": "http://lama.example/index.php?id=7&p=2"},
    {"id": "lebak-bawaslu-d59f4ca74f", "title": "Bawaslu", "body": "Bawaslu Lebak mengawasi."},
    {"id": "2024", "title": "Dua ribu dua puluh empat", "body": "Kisah tahun kabisat."},
    {"id": "b5", "title": "Pemilu", "body": "Pemilu 2024 berjalan."},
    {"id": "123456", "title": "Angka", "body": "Kisah angka."},
    {"id": "x", "title": "Serangan", "body": "Isi.", "url": "javascript:alert(1)"},
]


@pytest.fixture(scope="module", params=["whoosh", "tantivy"])
def service(request: pytest.FixtureRequest, make_archive: Callable[..., Any]) -> SearchService:
    if request.param == "tantivy":
        pytest.importorskip("tantivy")
    archive = make_archive(request.param)
    archive.write(*RECORDS)
    service: SearchService = archive.service
    return service


def ids(answer: Answer) -> list[str]:
    return [result.id for result in answer.results]


@pytest.mark.parametrize(
    "pasted",
    [
        SLUG,
        f"  {SLUG}/  ",
        f"<{SLUG}>",
        f'"{SLUG}"',
        SLUG.replace("https", "http"),
        SLUG.removeprefix("https://"),
        SLUG.removeprefix("https://www."),
        SLUG.replace("www.", "m."),
        SLUG.replace("www.", ""),
        SLUG.replace("www.warta", "WWW.Warta"),
        f"{SLUG}?utm_source=wa&utm_medium=x&fbclid=abc#komentar",
        f"{SLUG}?halaman=2",
        f"{SLUG}?page=all",
        f"{SLUG}/amp",
        SLUG.replace("/daerah", "/amp/daerah"),
        f"{SLUG}.",
        f"Banjir rob merendam Demak {SLUG}?utm_source=wa lihat ini",
    ],
)
def test_an_address_finds_its_article_however_it_is_shared(service: SearchService, pasted: str) -> None:
    answer = service.search(Question(pasted))

    assert ids(answer) == ["a1"]
    assert answer.total == 1
    assert answer.address is not None
    assert answer.address.found


def test_a_query_that_says_which_article_is_compared(service: SearchService) -> None:
    assert ids(service.search(Question("http://www.lama.example/index.php?p=2&id=7"))) == ["a3"]
    other = service.search(Question("http://lama.example/index.php?id=8&p=2"))
    assert other.address is not None
    assert not other.address.found


@pytest.mark.parametrize(
    "pasted",
    [
        "https://arsip.example/dokumen/a2",
        "https://x.example/telusur/dokumen/a2?q=banjir",
        "arsip.example/dokumen/a2",
    ],
)
def test_a_permanent_link_finds_its_article(service: SearchService, pasted: str) -> None:
    assert ids(service.search(Question(pasted))) == ["a2"]


def test_an_id_as_typed_finds_its_article(service: SearchService) -> None:
    answer = service.search(Question("lebak-bawaslu-d59f4ca74f"))

    assert ids(answer) == ["lebak-bawaslu-d59f4ca74f"]
    assert answer.address == Address("lebak-bawaslu-d59f4ca74f", found=True)
    assert ids(service.search(Question("123456"))) == ["123456"]


def test_what_articles_hold_as_words_is_no_id(service: SearchService) -> None:
    answer = service.search(Question("2024"))

    assert ids(answer) == ["b5"]
    assert answer.address is None


def test_an_unknown_address_is_said_and_its_words_are_searched_for(service: SearchService) -> None:
    pasted = "https://lain.example/2025/01/banjir-demak-meluas-12345678.html?utm_source=x"
    answer = service.search(Question(pasted))

    assert answer.address == Address(pasted, found=False, words="banjir demak meluas")
    assert set(ids(answer)) == {"a1", "a2"}
    assert answer.query == pasted


def test_words_beside_an_unknown_address_are_searched_for(service: SearchService) -> None:
    answer = service.search(Question("kisah lama https://lain.example/p/1"))

    assert answer.address == Address("https://lain.example/p/1", found=False, words="kisah lama")
    assert ids(answer)[0] == "a3"


@pytest.mark.parametrize(
    "text", ["dan/atau", "KPU.RI/BAWASLU", "s.d/sampai", "warta.example", "judul:lama", "1/2"]
)
def test_what_only_looks_like_an_address_is_words(service: SearchService, text: str) -> None:
    assert service.search(Question(text)).address is None


@pytest.mark.parametrize(
    "text",
    [
        "javascript:alert(1)",
        "https://",
        "http://?",
        "https://[::1",
        "https://[v1.x]/a",
        "https://a:999999/x",
        "https://%00/%00%ff",
        "http://\ud800.example/\udfff",
        "https://" + "a." * 900 + "id/" + "amp/" * 30,
        "www." + "-" * 1900,
        "https://x.example/" + "a-" * 900,
        "https://x.example/?" + "&".join(f"a{n}={n}" for n in range(300)),
        "https://x.example/" + "%2e%2e/" * 200,
        "https://x.example/dokumen/..%2f..%2fetc",
        "<script>https://x.example/<script>alert(1)</script>",
        "a." * 990 + "id/",
    ],
)
def test_hostile_addresses_are_answered(service: SearchService, text: str) -> None:
    answer = service.search(Question(text))

    assert answer.address is None or not answer.address.found


def test_filters_hold_for_addresses_too(service: SearchService) -> None:
    answer = service.search(Question(SLUG, filters={Facet.SOURCE: ("lain",)}))

    assert answer.total == 0
    assert answer.address == Address(SLUG, found=True)
    assert service.search(Question(SLUG, filters={Facet.SOURCE: ("warta",)})).total == 1


def test_the_article_page_marks_no_words_of_an_address(service: SearchService) -> None:
    page = service.document("a1", SLUG)

    assert page is not None
    assert "<mark>" not in page.body_html
    words = service.document("a1", "banjir")
    assert words is not None
    assert "<mark>" in words.body_html
