"""Explanations read the labels of the tree that ranked a document, and add up to its score."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest

from index.messages import translator
from index.query import Boolean, Boost, Constant, DisMax, Label, Query, Term, TextField
from search.answer import Question, ScorePart
from search.answering.service import SearchService
from search.i18n.describing import describe
from search.plan.explaining import score_parts
from search.plan.recipe import Evidence

BODIES = (
    "Komisi Pemilihan Umum (KPU) menetapkan jadwal pemilihan kepala daerah.",
    "KPU daerah menerima logistik, dan KPU menghitung surat suara.",
    "Komisi Pemilihan Umum menetapkan daftar pemilih.",
    "Warga menanam padi di sawah yang luas.",
)


@pytest.fixture(scope="module")
def service(service_of: Any) -> SearchService:
    built: SearchService = service_of(*BODIES, *["Kabar lain dari desa."] * 6)
    return built


def explained(service: SearchService, text: str) -> Iterator[tuple[str, ScorePart]]:
    for result in service.search(Question(text, explain=True)).results:
        assert sum(part.score for part in result.parts) == pytest.approx(result.score, rel=1e-4)
        for part in result.parts:
            yield result.id, part


def reasons(service: SearchService, text: str) -> dict[str, set[str]]:
    """Term -> why it counts, of every part of every result."""
    found: dict[str, set[str]] = {}
    for _, part in explained(service, text):
        found.setdefault(part.term, set()).add(part.why)
    return found


def test_a_phrase_that_was_typed_is_a_phrase_even_if_it_is_also_another_form(service: SearchService) -> None:
    assert reasons(service, '"komisi pemilihan umum" kpu')["komisi pemilihan umum"] == {"phrase"}


def test_a_word_that_stands_in_for_the_words_typed_is_another_form(service: SearchService) -> None:
    assert reasons(service, "komisi pemilihan umum")["kpu"] == {"expansion"}
    assert reasons(service, "kpu")["kpu"] == {"term", "presence"}
    assert reasons(service, "komisi pemilihan umum kpu")["kpu"] >= {"term", "presence", "expansion"}


@pytest.mark.parametrize(
    ("typed", "term", "why"),
    [
        ("menetap*", "menetap*", "pattern"),
        ("logistk~", "logistk~", "fuzzy"),
        ("surat suara", "surat suara", "phrase"),
        ("jadwal logistik", "jadwal", "term"),
    ],
)
def test_parts_name_what_was_typed_and_why_it_counts(
    service: SearchService, typed: str, term: str, why: str
) -> None:
    assert why in reasons(service, typed)[term]


@pytest.mark.parametrize("evidence", Evidence)
@pytest.mark.parametrize("language", ["id", "en"])
def test_every_kind_of_evidence_is_described_in_words(evidence: Evidence, language: str) -> None:
    term = {Evidence.ANSWER: "date", Evidence.FRESH: date.today().isoformat()}.get(evidence, "padi")

    assert describe(evidence, "", term, translator(language)) != f"{evidence} {term}"


KOTA, DESA = (
    Term(TextField.BODY, text, label=Label(TextField.BODY, text, "term")) for text in ("kota", "desa")
)
LEAVES: list[tuple[Query, float]] = [(KOTA, 4.0), (DESA, 1.0)]


def parts(query: Query) -> list[tuple[str, float]]:
    return [(part.term, part.score) for part in score_parts(query, LEAVES)]


def test_boosts_multiply_and_labelled_boosts_are_parts_of_their_own() -> None:
    lessened = Boost(KOTA, 0.75, label=Label("", "Kota", "overlap"))

    assert parts(Boost(Boost(KOTA, 2.0), 0.5)) == [("kota", 4.0)]
    assert parts(Boost(lessened, 2.0)) == [("kota", 8.0), ("Kota", -2.0)]


def test_the_best_child_of_a_disjunction_counts_whole_and_the_rest_by_its_tie() -> None:
    assert parts(DisMax((DESA, KOTA))) == [("kota", 4.0)]
    assert parts(DisMax((DESA, KOTA), tie=0.5)) == [("kota", 4.0), ("desa", 0.5)]


def test_clauses_that_do_not_match_add_nothing() -> None:
    absent = Term(TextField.BODY, "laut", label=Label(TextField.BODY, "laut", "term"))

    assert parts(Boolean(should=(KOTA, Boolean(must=(DESA, absent))))) == [("kota", 4.0)]
    assert parts(Boolean(should=(KOTA, absent), minimum=2)) == []
    assert parts(Boolean(must=(DESA,), must_not=(KOTA,))) == []
    assert parts(Boolean(must=(KOTA, Constant(absent)))) == []
