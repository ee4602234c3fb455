"""Old spelling: articles of before 1972 and of today find each other, in either spelling, on every engine."""

from __future__ import annotations

import random
import re
from typing import Any

import pytest

from bench.old_spelling import Spelling, printed
from index.analysis.wordlists import words_in_use
from index.engines.registry import embedded_names
from search.answer import Answer, Question

FEW = 12
"""Random words in old spelling."""

TODAY = (
    "Rakyat Jawa Tengah menyambut kemerdekaan dengan cara yang sederhana. Mereka berjalan-jalan ke kota "
    "untuk mencari pemimpin yang jujur, dan bunyi meriam tidak terdengar lagi. Surat kabar mencetak "
    "maklumat itu sejak pagi; anak-anak menyanyi di jalan. Tuan Cokroaminoto berkata bahwa banyak orang "
    "yakin akan syarat itu. Jalan raya ke Surabaya dijaga oleh tentara."
)
TITLE = "Rakyat Jawa Tengah menyambut kemerdekaan"


def typed_otherwise() -> list[tuple[str, str]]:
    """Words of today that are written otherwise in old spelling, with the old one."""
    chance = random.Random(1947)
    roots = sorted(root for root in words_in_use("common") if len(root) > 4 and re.search("[cjyu]", root))
    spellings = list(Spelling)
    return [(root, printed(root, chance.choice(spellings))) for root in chance.sample(roots, FEW)]


WORDS = [(today, old) for today, old in typed_otherwise() if today != old]
SENTENCE = (
    "Kata itu ditulis dengan {word}, dan orang banyak yang sudah mengetahui cara menulisnya sejak dahulu."
)


@pytest.fixture(scope="module", params=embedded_names())
def archive(make_archive: Any, request: pytest.FixtureRequest) -> Any:
    archive = make_archive(request.param)
    archive.write(
        {"id": "kini", "title": TITLE, "body": TODAY},
        *(
            {"id": spelling.name, "title": printed(TITLE, spelling), "body": printed(TODAY, spelling)}
            for spelling in Spelling
        ),
        {
            "id": "lain",
            "title": "Bung Jaya di Banjar",
            "body": "Jaya Banjar bermain di kota Kediri malam ini.",
        },
        {"id": "yaya", "title": "Yaya", "body": "Yaya bermain di kota Kediri malam ini."},
        *(
            {"id": f"kini{n}", "title": "Kata", "body": SENTENCE.format(word=word)}
            for n, (word, _) in enumerate(WORDS)
        ),
        *(
            {"id": f"dulu{n}", "title": "Kata", "body": printed(SENTENCE, Spelling.SOEWANDI).format(word=old)}
            for n, (_, old) in enumerate(WORDS)
        ),
    )
    return archive


def ask(archive: Any, text: str, **asked: Any) -> Answer:
    return archive.service.search(Question(text, match="all", per_page=50, **asked))


def found(archive: Any, text: str) -> list[str]:
    answer = ask(archive, text)
    assert not answer.corrected
    return [result.id for result in answer.results]


ALL = {"kini", "VAN_OPHUIJSEN", "SOEWANDI"}


@pytest.mark.parametrize(
    "text",
    [
        *(
            "mencari pemimpin",
            "mentjari pemimpin",
            "sambutan merdeka",
            "menjamboet kemerdekaan",
            "ra'jat merdeka",
        ),
        *("Djawa Tengah", "Jawa Tengah", "boenji meriam", "bunji meriam", "Tjokroaminoto", "Cokroaminoto"),
        *("Soerabaja", "Surabaja", "Surabaya", "berdjalan2", "anak2 menjanji", "ma'loemat", "sjarat"),
    ],
)
def test_a_question_in_any_spelling_finds_all(archive: Any, text: str) -> None:
    assert set(found(archive, text)) & ALL == ALL


def test_random_words_find_each_other(archive: Any) -> None:
    assert len(WORDS) > FEW // 2
    for n, (today, old) in enumerate(WORDS):
        for typed in (today, old):
            assert {f"kini{n}", f"dulu{n}"} <= set(found(archive, typed)), typed


def test_as_typed_comes_first(archive: Any) -> None:
    assert next(each for each in found(archive, "boenji meriam") if each in ALL) == "VAN_OPHUIJSEN"
    assert next(each for each in found(archive, "bunyi meriam") if each in ALL) == "kini"
    for n, (_, old) in enumerate(WORDS):
        order = found(archive, old)
        assert order.index(f"dulu{n}") < order.index(f"kini{n}"), old


@pytest.mark.parametrize(
    "text", ['"cara yang sederhana"', '"banyak orang yakin"', '"anak-anak menyanyi di jalan"']
)
def test_a_phrase_of_today_finds_all(archive: Any, text: str) -> None:
    assert set(found(archive, text)) == ALL


def test_a_phrase_as_printed_finds_what_was_printed(archive: Any) -> None:
    assert set(found(archive, '"tjara jang sederhana"')) == ALL - {"kini"}
    assert found(archive, '"djalan raja ke soerabaja"') == ["VAN_OPHUIJSEN"]
    assert found(archive, '"djalan raja ke surabaja"') == ["SOEWANDI"]


def test_a_pattern_finds_either_spelling(archive: Any) -> None:
    assert set(found(archive, "cokroam*")) == ALL
    assert set(found(archive, "tjokroam*")) == ALL - {"kini"}


def test_what_is_printed_is_shown_and_marked(archive: Any) -> None:
    answer = ask(archive, "Jawa Tengah Surabaya", highlight=True)
    (old,) = [result for result in answer.results if result.id == "VAN_OPHUIJSEN"]
    assert "<mark>Djawa</mark> <mark>Tengah</mark>" in old.title_html
    assert "<mark>Soerabaja</mark>" in old.snippet_html
    phrase = next(each for each in ask(archive, '"anak-anak menyanyi"').results if each.id == "VAN_OPHUIJSEN")
    assert "<mark>anak2 menjanji</mark>" in phrase.snippet_html
    page = archive.service.document("SOEWANDI", "maklumat menyanyi")
    assert page is not None
    assert re.findall("<mark>(.*?)</mark>", page.body_html) == ["maklumat", "menjanji"]


def test_the_reader_is_told_why(archive: Any) -> None:
    answer = ask(archive, "Tjokroaminoto", explain=True)
    assert [(each.term, each.matched) for each in answer.expansions] == [("tjokroaminoto", ("cokroaminoto",))]
    (modern,) = [result for result in answer.results if result.id == "kini"]
    assert "variant" in {part.why for part in modern.parts}


def test_a_word_of_today_is_not_read_as_an_old_one(archive: Any) -> None:
    assert found(archive, "jaya") == ["lain"]
    assert found(archive, "yaya") == ["yaya"]
    assert found(archive, "banjar") == ["lain"]
    assert ask(archive, "ma'in").expansions == ()  # written without its apostrophe it is the same to an index
