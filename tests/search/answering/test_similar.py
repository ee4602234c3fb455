"""What stands beside an article: its versions, its relatives; and the versions among results."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from typing import Any

import pytest

from index.query import Sort
from search.answer import Answer, Question
from search.answering.service import SearchService
from search.answering.similar import RELATED

BRIDGE = (
    "Bupati Wiratama meresmikan jembatan gantung Kalibening yang menghubungkan dua dusun di lereng Sumbing "
    "setelah kerja bakti warga. Menurut Wiratama, anggaran jembatan berasal dari iuran dan hibah. Anak "
    "sekolah dusun Kalibening kini tidak memutar menyusuri sungai yang meluap pada musim hujan."
)
UPDATE = "Camat berjanji menambah lampu penerangan di kedua ujungnya sebelum akhir tahun."
OTHER_ORDER = " ".join(reversed(BRIDGE.split()))
FOOTBALL = (
    "Kesebelasan Putra Samudra menahan imbang tamunya tanpa gol pada laga kandang terakhir. Pelatih Darmaji "
    "memuji penjaga gawang yang menepis tiga tendangan penalti. Putra Samudra tetap bertahan di papan tengah "
    "klasemen dan akan bertandang ke Palu pekan depan tanpa penyerang utamanya."
)


def article(id: str, body: str, day: str | None, **fields: str) -> dict[str, Any]:
    return {"id": id, "title": f"Kabar {id}", "body": body, "date": day, **fields}


ARTICLES = [
    article("warta", BRIDGE, "2025-03-01", source="warta.example", title="Jembatan Kalibening Diresmikan"),
    article("harian", f"LERENG (KB) - {BRIDGE}", "2025-03-02", source="harian.example"),
    article("kini", f"{BRIDGE} {UPDATE}", "2025-03-03", source="kini.example"),
    article("lama", BRIDGE, "2019-03-01"),
    article("rusak", OTHER_ORDER, "2025-03-09"),
    article("dulu", OTHER_ORDER, "2015-03-09"),
    article("bola", FOOTBALL, "2025-03-01"),
    *(article(f"pendek{number}", "Wiratama Kalibening.", "2025-03-01") for number in range(3)),
    *(article(f"isi{number}", f"Kabar lain tentang hal {number * 7}.", "2024-01-01") for number in range(30)),
]


@pytest.fixture(scope="module", params=["whoosh", "tantivy"])
def service(request: pytest.FixtureRequest, make_archive: Callable[..., Any]) -> SearchService:
    archive = make_archive(request.param)
    archive.write(*ARTICLES)
    return archive.service


def beside(service: SearchService, id: str) -> tuple[list[str], list[str]]:
    similar = service.similar(id)
    assert similar
    return [each.id for each in similar.versions], [each.id for each in similar.results]


def test_the_same_text_of_other_publishers_is_a_version(service: SearchService) -> None:
    for id_ in ("warta", "harian", "kini"):
        assert set(beside(service, id_)[0]) == {"warta", "harian", "kini"} - {id_}


def test_relatives_are_neither_the_article_nor_its_versions_nor_about_something_else(
    service: SearchService,
) -> None:
    _, related = beside(service, "warta")

    assert {"lama", "rusak", "dulu"} <= set(related)
    assert len(related) <= RELATED
    assert not {"warta", "harian", "kini", "bola"} & set(related)
    assert not any(id_.startswith("isi") for id_ in related)


def test_of_two_relatives_that_say_the_same_the_nearer_day_comes_first(service: SearchService) -> None:
    _, related = beside(service, "warta")

    assert related.index("rusak") < related.index("dulu")


def test_versions_of_one_relative_stand_for_each_other(service: SearchService) -> None:
    _, related = beside(service, "rusak")

    assert len({"warta", "harian", "kini"} & set(related)) == 1


def test_short_texts_have_no_versions(service: SearchService) -> None:
    assert beside(service, "pendek0")[0] == []


def test_what_stands_beside_an_article_is_named_in_full(service: SearchService) -> None:
    similar = service.similar("harian")
    assert similar

    assert similar.to_dict()["versions"][0] == {
        "id": "warta",
        "title": "Jembatan Kalibening Diresmikan",
        "url": "",
        "source": "warta.example",
        "place": "",
        "author": "",
        "published": "2025-03-01",
        "lang": "id",
    }


def test_an_article_that_shares_no_word_stands_alone(service_of: Any) -> None:
    service = service_of("Tunggal sendirian.", "Sebatang kara.")

    assert beside(service, "a0") == ([], [])


def test_nothing_is_beside_an_article_that_is_not_there(service: SearchService) -> None:
    assert service.similar("tidak-ada") is None


def test_every_process_puts_the_same_beside_an_article(make_archive: Callable[..., Any]) -> None:
    archive = make_archive()
    archive.write(*ARTICLES)
    code = (
        "import json, sys; from index.settings import Settings; from search.opened.searcher import Searcher;"
        "from search.answering.service import SearchService;"
        "service = SearchService(Searcher(Settings({'index': sys.argv[1]})));"
        "print(json.dumps([service.similar(id_).to_dict() for id_ in ('warta', 'rusak', 'bola', 'isi3')]))"
    )

    told = {
        subprocess.run(
            [sys.executable, "-c", code, str(archive.index)],
            env={**os.environ, "PYTHONHASHSEED": seed},
            check=True,
            capture_output=True,
        ).stdout
        for seed in ("1", "2", "3")
    }

    assert len(told) == 1
    assert json.loads(told.pop())[0]["versions"]


@pytest.mark.parametrize("engine", ["whoosh", "tantivy"])
def test_hostile_articles_are_put_beside_others_by_their_beginning(
    engine: str, make_archive: Callable[..., Any]
) -> None:
    archive = make_archive(engine)
    endless = " ".join(f"kata{number}" for number in range(30_000))
    archive.write(
        article("satu", f"{BRIDGE} {endless}", "2025-03-01"),
        article("dua", f"{BRIDGE} {endless} lagi", "2025-03-01"),
        article("huruf", "x" * 1_000_000, "2025-03-01"),
        article("tanda", "<b>&\x00 " * 100_000, "2025-03-01"),
        article("biasa", BRIDGE, "2025-03-01"),
    )

    assert beside(archive.service, "satu")[0] == ["dua"]
    assert "biasa" in beside(archive.service, "satu")[1]
    assert all(archive.service.similar(id_) for id_ in ("huruf", "tanda"))


def folded(answer: Answer) -> dict[str, list[str]]:
    assert answer.versions is not None
    return {id_: [each.id for each in versions] for id_, versions in answer.versions.items()}


def test_versions_are_folded_under_the_best_of_a_page_and_nothing_else_changes(
    service: SearchService,
) -> None:
    plain = service.search(Question("jembatan kalibening"))
    answer = service.search(Question("jembatan kalibening", fold=True))

    order = [result.id for result in plain.results]
    told = sorted(("warta", "harian", "kini"), key=order.index)
    assert folded(answer) == {told[0]: told[1:]}
    assert plain.versions is None
    assert [result.id for result in answer.results] == order
    assert (answer.total, answer.pages, answer.facets) == (plain.total, plain.pages, plain.facets)


def test_folding_follows_the_order_that_is_asked_for(service: SearchService) -> None:
    for sort, first in ((Sort.NEWEST, "kini"), (Sort.OLDEST, "warta")):
        answer = service.search(Question("jembatan kalibening", sort=sort, fold=True))
        assert list(folded(answer)) == [first]


def test_versions_on_other_pages_stay_there(service: SearchService) -> None:
    pages = [
        service.search(Question("jembatan kalibening", page=page, per_page=1, fold=True))
        for page in (1, 2, 3)
    ]

    assert [folded(page) for page in pages] == [{}, {}, {}]


def test_short_results_are_never_folded(service: SearchService) -> None:
    answer = service.search(Question("wiratama kalibening", per_page=50, fold=True))

    assert not any(id_.startswith("pendek") for id_ in answer.folded)
