"""What was typed as one word is found as one: all of its parts or none of them."""

from __future__ import annotations

from typing import Any

import pytest

from index.engines.registry import embedded_names
from search.answer import Question

ARTICLES = {
    "covid": "Kasus Covid-19 naik.",
    "tersebar": "Covid menyebar; sembilan belas, yaitu 19, orang sembuh.",
    "sembilan": "Ada 19 orang.",
    "kpu-ri": "Ketua KPU RI hadir.",
    "kpu": "KPU Lebak.",
    "ri": "Bendera RI.",
    "g30s": "Peristiwa G30S/PKI dikenang.",
    "pki": "PKI dilarang.",
    "e-ktp": "Warga mengurus e-KTP.",
    "ktp": "Warga mengurus KTP.",
    "f-16": "Pesawat F-16 jatuh.",
    "f": "Golongan F berumur 16 tahun.",
    "ajaran": "Tahun ajaran 2023/2024 dimulai.",
    "tahun": "Tahun 2023 lalu, tahun 2024 nanti.",
    "tni-polri": "TNI dan Polri berjaga.",
    "tni": "TNI berjaga.",
}


@pytest.fixture(scope="module", params=embedded_names())
def archive(make_archive: Any, request: pytest.FixtureRequest) -> Any:
    archive = make_archive(request.param)
    archive.write(*({"id": name, "title": "Kabar", "body": body} for name, body in ARTICLES.items()))
    return archive


def found(archive: Any, text: str, **options: Any) -> set[str]:
    return {result.id for result in archive.service.search(Question(text, per_page=50, **options)).results}


@pytest.mark.parametrize(
    ("typed", "ids"),
    [
        ("covid-19", {"covid"}),
        ("KPU-RI", {"kpu-ri"}),
        ("G30S/PKI", {"g30s"}),
        ("e-KTP", {"e-ktp"}),
        ("F-16", {"f-16"}),
        ("2023/2024", {"ajaran"}),
        ("TNI-Polri", {"tni-polri"}),
    ],
)
@pytest.mark.parametrize("match", ["auto", "all", "any"])
def test_a_part_alone_is_not_what_was_asked_for(archive: Any, typed: str, ids: set[str], match: str) -> None:
    assert found(archive, typed, match=match) == ids


def test_beside_other_words_it_counts_as_one_word(archive: Any) -> None:
    assert found(archive, "kasus covid-19 naik", match="all") == {"covid"}
    assert found(archive, "warga e-ktp", match="any") == {"e-ktp", "ktp"}
    assert found(archive, "warga e-ktp", match="all") == {"e-ktp"}


def test_its_parts_stay_worth_what_they_were_where_they_are_found(archive: Any) -> None:
    first, second = archive.service.search(Question("warga e-ktp", match="any", explain=True)).results
    assert (first.id, second.id) == ("e-ktp", "ktp")
    assert any(part.term == "ktp" for part in second.parts)


def test_words_typed_apart_are_found_apart(archive: Any) -> None:
    assert {"covid", "tersebar", "sembilan"} <= found(archive, "covid 19", match="any")
