"""What a question's words are worth in one sentence, and in the neighbours of an article that lacks them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from search.answer import Question
from search.answering.reranking import RERANKED
from search.answering.service import SearchService
from search.answering.surroundings import Read, best_sentence, words_beside
from search.snippets.sentences import Sentences
from search.snippets.targets import Highlight

FILLER = [
    {"id": f"lain{number:02}", "body": f"Kabar {word} dari desa: warga menanam {word} dan menjual hasilnya."}
    for number, word in enumerate(("padi", "kopi", "sagu", "tebu", "lada", "pala", "teh", "ubi", "talas"))
]
NEIGHBOURS = [
    {"id": "nama", "body": "Penghargaan Habibie diterima Sjamsul Achmad, guru besar kimia di Bandung."},
    {
        "id": "jawaban",
        "body": "Hadir pula Habibie dan Sjamsul. Achmad lama tercatat sebagai ketua Jalinan Alam.",
    },
    {"id": "orang", "body": "Ketua Wayan Sudira datang."},
]
SENTENCES = [
    {"id": "tersebar", "body": "Bendungan itu lama. Wonogiri senang. Diresmikan pasar lain."},
    {
        "id": "sekalimat",
        "body": "Kemarin bendungan Wonogiri diresmikan. Orang pulang ke rumah sesudah hujan reda.",
    },
]


@pytest.fixture(scope="module", params=["whoosh", "tantivy"])
def service(request: pytest.FixtureRequest, make_archive: Callable[..., Any]) -> SearchService:
    archive = make_archive(request.param)
    archive.write(*({"title": "", **each} for each in (*NEIGHBOURS, *SENTENCES, *FILLER)))
    made: SearchService = archive.service
    return made


def ids(service: SearchService, text: str, **asked: Any) -> list[str]:
    return [result.id for result in service.search(Question(text, **asked)).results]


def test_an_article_with_the_words_in_one_sentence_comes_first(
    service: SearchService, with_weights: Any
) -> None:
    question = "siapa meresmikan bendungan Wonogiri"
    without = with_weights(service, passage=0.0, beside=0.0)

    assert ids(without, question)[:2] == ["tersebar", "sekalimat"]
    assert ids(service, question)[:2] == ["sekalimat", "tersebar"]


def test_an_article_is_told_by_its_neighbour_whom_it_is_about(
    service: SearchService, with_weights: Any
) -> None:
    question = "ketua apa penerima penghargaan guru kimia"
    without = with_weights(service, passage=0.0, beside=0.0)

    assert ids(without, question).index("orang") < ids(without, question).index("jawaban")
    assert ids(service, question).index("jawaban") < ids(service, question).index("orang")


def test_only_questions_are_ranked_anew(service: SearchService, with_weights: Any) -> None:
    without = with_weights(service, passage=0.0, beside=0.0)

    for text in ("diresmikan bendungan Wonogiri", "penghargaan kimia ketua", "apa"):
        assert ids(service, text) == ids(without, text)


def test_explanations_name_what_reading_found_and_add_up(service: SearchService) -> None:
    results = service.search(Question("ketua apa penerima penghargaan guru kimia", explain=True)).results

    why = {result.id: {part.why for part in result.parts} for result in results}
    assert "passage" in why["nama"]
    assert "beside" in why["jawaban"]
    assert "beside" not in why["orang"]
    for result in results:
        assert sum(part.score for part in result.parts) == pytest.approx(result.score, rel=1e-4)


def test_pages_of_any_size_cut_one_order_and_count_the_same(make_archive: Callable[..., Any]) -> None:
    archive = make_archive()
    archive.write(
        *(
            {
                "id": f"a{number:02}",
                "title": "",
                "body": f"Jembatan {'Kahayan ' * (number % 5)}dibuka. Bupati {'lama ' * number}datang.",
            }
            for number in range(RERANKED + 7)
        )
    )
    question = "siapa bupati yang membuka jembatan Kahayan"
    whole = archive.service.search(Question(question, per_page=50))

    assert len({result.id for result in whole.results}) == whole.total == RERANKED + 7
    for size in (1, 6, 10, RERANKED):
        pages = [
            archive.service.search(Question(question, per_page=size, page=page)) for page in range(1, 29)
        ]
        assert [result.id for page in pages for result in page.results] == [each.id for each in whole.results]
        assert {page.total for page in pages} == {whole.total}
        assert all(page.facets == whole.facets for page in pages)


def test_of_a_very_long_article_the_beginning_alone_is_read(service_of: Callable[..., SearchService]) -> None:
    filler = "Warga datang. " * 2000
    service = service_of(
        {"id": "awal", "body": f"Jembatan dibuka 3 Maret 1987. {filler}"},
        {"id": "akhir", "body": f"{filler} Jembatan dibuka 3 Maret 1987."},
        *("Kabar lain dari desa." for _ in range(5)),
    )

    results = service.search(Question("kapan jembatan dibuka", explain=True)).results

    why = {result.id: {part.why for part in result.parts} for result in results}
    assert why["awal"] >= {"answer", "passage"}
    assert why["akhir"].isdisjoint({"answer", "passage"})
    assert all("<mark>" in result.snippet_html for result in results)


def test_the_best_sentence_counts_each_word_once() -> None:
    text = "Satu dua. Tiga tiga tiga satu. Dua."
    places = [(0, 4, 0), (5, 8, 1), (10, 14, 2), (15, 19, 2), (20, 24, 2), (25, 29, 0), (31, 34, 1)]
    marks = [Highlight(*place) for place in places]

    assert best_sentence(Sentences(text), marks, (1.0, 2.0, 1.5)) == 3.0
    assert best_sentence(Sentences(text), marks, (1.0, 2.0, 2.5)) == 3.5
    assert best_sentence(Sentences(text), [], ()) == 0.0


def test_a_word_is_borrowed_of_the_nearest_that_shares_names_not_asked_for() -> None:
    found = [
        Read(frozenset({0}), 0.0, {"sudira", "wayan", "tabanan"}),
        Read(frozenset({1}), 0.0, {"sudira", "wayan"}),
        Read(frozenset({0, 1}), 0.0, {"kahayan"}),
    ]

    def beside(*typed: str) -> list[float]:
        return words_beside(found, (3.0, 5.0), typed, lambda name: 0.0 if name == "wayan" else 2.0)

    assert beside() == [5.0, 3.0, 0.0]
    assert beside("sudira") == [0.0, 0.0, 0.0]
