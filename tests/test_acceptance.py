"""What the product promises, asked of the sample archive from end to end: reindex, search, page, API."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from index.reindex.sync import sync
from index.settings import Settings
from search.answer import Answer, Question
from search.answering.service import SearchService
from search.app import create_app
from search.opened.searcher import Searcher

ROOT = Path(__file__).parent.parent
SEEDS = str(ROOT / "seeds")
RETOLD = {"balangan", "manggar", "amuntai", "kapuas", "lebak"}


@pytest.fixture(scope="module")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    settings = Settings({"index": str(tmp_path_factory.mktemp("seeds") / "index"), "sources": (SEEDS,)})
    report = sync(settings)
    assert not report.skipped
    return settings


@pytest.fixture(scope="module")
def service(settings: Settings) -> Iterator[SearchService]:
    searcher = Searcher(settings)
    yield SearchService(searcher)
    searcher.close()


@pytest.fixture(scope="module")
def client(settings: Settings) -> FlaskClient:
    return create_app(settings).test_client()


def names(answer: Answer) -> list[str]:
    """Results by the first word of their ids: for raw articles the place they report from."""
    return [result.id.split("-")[0] for result in answer.results]


def marked(answer: Answer) -> set[str]:
    return set(re.findall("<mark>(.*?)</mark>", " ".join(result.snippet_html for result in answer.results)))


@pytest.mark.parametrize(
    ("name", "source", "place", "day"),
    [
        ("balangan", "metro7.co.id", "Balangan", date(2024, 2, 6)),
        ("manggar", "belitongekspres.co.id", "Manggar", date(2022, 7, 7)),
        ("amuntai", "", "Amuntai", date(2020, 10, 20)),
        ("kapuas", "kaltengtoday.com", "Kapuas", date(2023, 11, 21)),
        ("lebak", "radarbanten.co.id", "Lebak", date(2024, 11, 12)),
    ],
)
def test_a_raw_article_gets_its_publisher_place_and_day(
    service: SearchService, name: str, source: str, place: str, day: date
) -> None:
    found = next(r for r in service.search(Question("netralitas asn")).results if r.id.startswith(name))
    assert (found.source, found.place, found.published) == (source, place, day)


def test_all_words_come_first_and_every_result_shows_why(service: SearchService) -> None:
    answer = service.search(Question("netralitas ASN"))
    assert set(names(answer)[:5]) == RETOLD
    assert all("<mark>" in result.snippet_html for result in answer.results)


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ('"komisi aparatur sipil negara"', {"balangan"}),
        ('"bilik suara"', {"amuntai"}),
        ("diklatsar", {"manggar"}),
        ("sanksi", {"manggar", "kapuas", "lebak"}),
        ("Multatuli", {"lebak"}),
        ("nurabidin", {"lebak"}),
        ("lebak", {"lebak"}),
        ("netral* -sanksi tahun:2024", {"balangan"}),
        ("tempat:lebak OR tempat:kapuas", {"lebak", "kapuas"}),
        ("pieta", {"larantuka"}),
        ("perselingkuhan", set()),
        ("porprov", set()),
        ("barsel", set()),
        ("dipublikasikan", set()),
    ],
)
def test_a_query_finds_what_it_says(service: SearchService, query: str, expected: set[str]) -> None:
    assert set(names(service.search(Question(query)))) == expected


@pytest.mark.parametrize("query", ["awas", "mengawasi"])
def test_every_form_of_a_word_is_marked_as_written(service: SearchService, query: str) -> None:
    shown = {word.lower() for page in (1, 2) for word in marked(service.search(Question(query, page=page)))}
    assert {"pengawas", "pengawasan", "mengawasi"} <= shown


@pytest.mark.parametrize(
    ("query", "read_as", "first"),
    [("netralitsa", "netralitas", "amuntai"), ("gubenur kalsel", "gubernur kalsel", "amuntai")],
)
def test_a_slip_is_searched_for_as_what_was_meant(
    service: SearchService, query: str, read_as: str, first: str
) -> None:
    answer = service.search(Question(query))
    assert answer.corrected is not None
    assert answer.corrected.query == read_as
    assert names(answer)[0] == first


def test_an_acronym_and_its_long_form_find_each_other(service: SearchService) -> None:
    short, long = (
        service.search(Question("BPBD")),
        service.search(Question("badan penanggulangan bencana daerah")),
    )
    assert names(short)
    assert set(names(short)) <= set(names(long))
    assert short.expansions


def test_markup_in_a_query_stays_text(client: FlaskClient) -> None:
    page = client.get("/", query_string={"q": "<script>alert(1)</script>"})
    assert page.status_code == 200
    assert "<script>alert" not in page.text


@pytest.mark.parametrize("query", ["netralitas " * 910, "(" * 200 + "asn" + ")" * 200, "a* " * 3000])
def test_a_monstrous_query_is_answered(client: FlaskClient, query: str) -> None:
    assert client.get("/api/v1/search", query_string={"q": query}).status_code == 200


@pytest.mark.parametrize("parameter", ["page=-1", "per_page=100000", "from=notadate"])
def test_a_wrong_parameter_is_named(client: FlaskClient, parameter: str) -> None:
    response = client.get(f"/api/v1/search?q=asn&{parameter}")
    assert response.status_code == 400
    assert response.content_type == "application/problem+json"
    assert response.json is not None
    assert response.json["parameter"] == parameter.split("=")[0]


def test_an_article_can_be_read_whole(client: FlaskClient, service: SearchService) -> None:
    found = service.search(Question("multatuli")).results[0]
    document = client.get(f"/api/v1/documents/{found.id}").json
    assert document is not None
    assert (document["id"], document["author"], document["place"]) == (found.id, "nurabidin", "Lebak")
