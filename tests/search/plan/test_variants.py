"""One word, several ways of writing: each finds the others in both directions, on every engine."""

from __future__ import annotations

import random
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from index.analysis.wordlists import sastrawi_roots, word_class, words_in_use
from index.engines.registry import embedded_names
from search.answer import Answer, Question
from search.answering.service import SearchService
from search.opened.searcher import Searcher

LEKSIKON = Path(__file__).parents[3] / "docs" / "leksikon.md"
FEW = 6
"""Random members of each kind."""

OTHERS = {
    "samarata": "Upah disamaratakan pemerintah.",
    "tahun": "Anggaran 2.000 orang itu untuk tahun depan.",
    "rich": "Harganya Rp1.960.000 saja.",
    "joined": "Gerakan antiplastik di kota itu.",
    "apart": "Gerakan anti plastik kota itu.",
}


def in_docs() -> list[tuple[str, str]]:
    """The pairs of the table for owners."""
    _, table = LEKSIKON.read_text(encoding="utf-8").split("| jenis | satu cara | cara lain |")
    rows = [line.split(" | ") for line in table.splitlines() if line.startswith("| ")]
    return [(row[1], row[2]) for row in rows if not row[1].startswith("---")]


def at_random() -> list[tuple[str, str]]:
    """Members of each kind."""
    chance = random.Random(17)
    roots = sorted(root for root in words_in_use("common") if root.isalpha() and len(root) > 4)
    taken = sastrawi_roots()
    prefixes = ("anti", "antar", "pasca", "pra", "non", "sub", "semi", "multi", "tuna", "nir")
    assert set(prefixes) <= set(word_class("written together"))
    found = []
    for prefix, root in zip(chance.choices(prefixes, k=3 * FEW), chance.sample(roots, 3 * FEW), strict=True):
        if prefix + root not in taken:
            found.append((prefix + root, f"{prefix}{chance.choice(' -')}{root}"))
    for _ in range(FEW):
        code, number = "".join(chance.choices("bcdfghklmnprstv", k=3)), chance.randrange(2, 999)
        found.append((f"{code}{number}", f"{code}-{number}"))
        value = chance.randrange(1_000, 10**9)
        found.append((f"{value}", f"{value:,}".replace(",", ".")))
        millions = chance.randrange(2, 999)
        found.append((f"Rp{millions} juta", f"Rp{millions}.000.000"))
        tenths = chance.randrange(11, 99)
        found.append((f"{tenths // 10},{tenths % 10} miliar", f"{tenths}00000000"))
    return [pair for pair in dict.fromkeys(found) if not pair[0].endswith(",0 miliar")]


PAIRS = [*in_docs(), *at_random()]


@pytest.fixture(scope="module", params=embedded_names())
def archive(make_archive: Any, request: pytest.FixtureRequest) -> Any:
    archive = make_archive(request.param)
    articles = {f"{side}{n}": pair[side] for n, pair in enumerate(PAIRS) for side in (0, 1)}
    archive.write(
        *(
            {"id": f"a{name}", "title": "Kabar", "body": f"Tertulis: {text}."}
            for name, text in articles.items()
        ),
        *({"id": name, "title": "Kabar", "body": text} for name, text in OTHERS.items()),
    )
    return archive


def ask(archive: Any, text: str, **asked: Any) -> Answer:
    return archive.service.search(Question(text, match="all", per_page=50, **asked))


def missing(archive: Any, typed: int) -> list[tuple[str, str]]:
    """Pairs of which the way typed does not find the other one."""
    wrong = []
    for n, pair in enumerate(PAIRS):
        answer = ask(archive, pair[typed])
        if answer.corrected or f"a{1 - typed}{n}" not in {result.id for result in answer.results}:
            wrong.append((pair[typed], pair[1 - typed]))
    return wrong


def test_the_table_for_owners_has_every_kind() -> None:
    assert len(in_docs()) > 20


@pytest.mark.parametrize("typed", [0, 1])
def test_each_way_of_writing_finds_the_other(archive: Any, typed: int) -> None:
    assert missing(archive, typed) == []


def test_what_means_something_else_is_not_found(archive: Any) -> None:
    assert "samarata" not in {result.id for result in ask(archive, "sama rata").results}
    assert "tahun" not in {result.id for result in ask(archive, "tahun 2000").results}
    assert "tahun" in {result.id for result in ask(archive, "2000").results}


def test_what_is_printed_is_marked_and_the_reason_told(archive: Any) -> None:
    answer = ask(archive, "walikota", explain=True)
    (other,) = [result for result in answer.results if "wali kota" in result.snippet_html.lower()]
    assert "<mark>wali kota</mark>" in other.snippet_html
    assert "variant" in {part.why for part in other.parts}
    assert [(each.term, each.matched) for each in answer.expansions] == [("walikota", ("wali kota",))]


def test_as_typed_comes_first_and_the_other_close_behind(archive: Any) -> None:
    for typed, ids in (("antiplastik", ["joined", "apart"]), ("anti plastik", ["apart", "joined"])):
        results = ask(archive, typed).results
        assert [result.id for result in results] == ids
        assert results[1].score > 0.75 * results[0].score


def test_an_amount_is_not_found_inside_of_another(archive: Any) -> None:
    assert "rich" not in {result.id for result in ask(archive, "Rp960 ribu").results}
    assert "rich" in {result.id for result in ask(archive, "Rp1,96 juta").results}


def test_without_other_forms_only_what_was_typed_is_found(archive: Any) -> None:
    assert len(ask(archive, "walikota", expand=False).results) == 1


def test_a_word_written_otherwise_is_not_corrected(service_of: Any) -> None:
    near = [f"Kelas yoga pagi {n}." for n in range(30)]
    service = service_of("Warga Yogyakarta.", "Pandemi Covid-19.", "Kejuaraan bulutangkis.", *near)
    for typed, found in (("yogya", "a0"), ("covid19", "a1"), ("bulu tangkis", "a2")):
        answer = service.search(Question(typed))
        assert answer.corrected is None
        assert answer.did_you_mean is None
        assert [result.id for result in answer.results] == [found]


@pytest.mark.parametrize("section", ["varian", "sinonim"])
def test_the_owner_says_what_is_written_otherwise_and_what_is_not(
    make_archive: Any, tmp_path: Path, section: str
) -> None:
    lexicon = tmp_path / "leksikon.txt"
    lexicon.write_text(f"[varian]\nxan adu = ksanadu\n[{section}]\n-walikota\n", encoding="utf-8")
    archive = make_archive()
    archive.settings = archive.settings.replace(lexicon=str(lexicon))
    texts = {
        "a": "Kota xan adu.",
        "b": "Desa ksanadu.",
        "c": "Pak walikota hadir.",
        "d": "Pak wali kota hadir.",
    }
    archive.write(*({"id": name, "title": "Kabar", "body": text} for name, text in texts.items()))
    with closing(Searcher(archive.settings)) as searcher:
        service = SearchService(searcher)
        for typed, found in (("ksanadu", "ab"), ("xan adu", "ab"), ("walikota", "c"), ("wali kota", "d")):
            answer = service.search(Question(typed, match="all"))
            assert sorted(result.id for result in answer.results) == list(found)
