"""Questions that want a date or a number find the articles that hold one."""

from __future__ import annotations

from typing import Any

import pytest

from search.answer import Question
from search.answering.service import SearchService
from search.plan.questions import Kind, Wanted, kind_of


def wanted(kind: Kind, *typed: str) -> Wanted:
    return Wanted(kind, frozenset(typed))


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("kapan jembatan dibuka", Kind.DATE),
        ("pada tahun berapakah jembatan dibuka", Kind.DATE),
        ("hari apa jembatan dibuka", Kind.DATE),
        ("berapa tahun jembatan dibangun", Kind.NUMBER),
        ("berapakah panjang jembatan", Kind.NUMBER),
        ("apakah jembatan dibuka tahun ini", None),
        ("siapa membuka jembatan", None),
        ("", None),
    ],
)
def test_the_kind_of_answer_is_read_from_the_question_words(question: str, kind: Kind | None) -> None:
    assert kind_of(question.split()) is kind


@pytest.mark.parametrize(
    "text", ["Dibuka 3 Maret lalu.", "Pada 1987.", "Dibuka Rabu (14/2).", "Sejak Abad lalu."]
)
def test_dates_are_recognised_as_news_write_them(text: str) -> None:
    assert wanted(Kind.DATE, "kapan").held_by(text, ())


@pytest.mark.parametrize(
    "text", ["Dibuka kembali.", "Panjangnya 300 meter.", "Mereka bermain.", "Nomor 12345."]
)
def test_other_texts_hold_no_date(text: str) -> None:
    assert not wanted(Kind.DATE, "kapan").held_by(text, ())


def test_a_date_that_the_question_names_is_no_answer() -> None:
    asked = wanted(Kind.DATE, "kapan", "pemilu", "2019", "digelar")

    assert not asked.held_by("Pemilu 2019 digelar serentak.", ())


@pytest.mark.parametrize(
    ("text", "held"),
    [
        ("Panjang jembatan itu 300 meter.", True),
        ("Ada dua belas jembatan.", True),
        ("Jembatan yang selesai dibangun tahun lalu menelan 300 miliar.", False),
        ("Jembatan ke-7 sepanjang itu.", False),
        ("Jembatan itu panjang.", False),
    ],
)
def test_a_number_answers_near_the_words_asked_for(text: str, held: bool) -> None:
    start = text.lower().index("jembatan")
    asked = wanted(Kind.NUMBER, "berapa", "jembatan", "7")

    assert asked.held_by(text, [(start, start + len("jembatan"))]) is held


ARTICLES: list[dict[str, Any]] = [
    {
        "id": "talk",
        "title": "",
        "body": "Jembatan Kahayan dibuka untuk umum. Jembatan Kahayan ramai dilalui warga.",
    },
    {
        "id": "date",
        "title": "",
        "body": "Warga ramai melintas setelah jembatan Kahayan dibuka pada Maret 2002 lalu.",
    },
    *(
        {
            "id": f"other{number:02}",
            "title": "",
            "body": f"Jembatan nomor satu dan {word} dilihat warga desa.",
        }
        for number, word in enumerate(
            ("padi", "kopi", "sagu", "tebu", "lada", "pala", "teh", "ubi", "nila", "talas", "jahe")
        )
    ),
]


@pytest.fixture(scope="module")
def service(service_of: Any) -> SearchService:
    return service_of(*ARTICLES)


def ids(service: SearchService, text: str, **asked: Any) -> list[str]:
    return [result.id for result in service.search(Question(text, **asked)).results]


def test_an_article_with_the_date_asked_for_comes_first(service: SearchService, with_weights: Any) -> None:
    without = with_weights(service, answer=0.0)

    assert ids(service, "kapan jembatan Kahayan dibuka")[:2] == ["date", "talk"]
    assert ids(without, "kapan jembatan Kahayan dibuka")[:2] == ["talk", "date"]
    assert ids(service, "jembatan Kahayan dibuka")[:2] == ["talk", "date"]


def test_pages_of_any_size_cut_one_order(service: SearchService) -> None:
    question = "kapan jembatan Kahayan dibuka"
    whole = ids(service, question, per_page=13)

    assert len(whole) == len(set(whole)) == 13
    for size in (1, 4, 10):
        pages = [ids(service, question, per_page=size, page=page) for page in range(1, 15)]
        assert [id_ for page in pages for id_ in page] == whole


def test_explanations_name_the_answer_and_add_up(service: SearchService) -> None:
    first, second = service.search(Question("kapan jembatan Kahayan dibuka", explain=True)).results[:2]

    assert [part.term for part in first.parts if part.why == "answer"] == ["date"]
    assert not [part for part in second.parts if part.why == "answer"]
    for result in (first, second):
        assert sum(part.score for part in result.parts) == pytest.approx(result.score, rel=1e-4)
