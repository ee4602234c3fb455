"""Names that sound alike find each other below what was typed; words that are no names here do not."""

from __future__ import annotations

import random
import re
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from index.engines.registry import embedded_names
from index.reindex.sync import sync
from index.store.names import NAMES
from search.answer import Answer, Question
from search.answering.service import SearchService
from search.opened.searcher import Searcher

FEW = 14
"""Random names."""

PARTS = (
    ["cah", "jum", "sur", "wir", "kus", "pur", "sud", "mar", "har", "dir"],
    ["yo", "ja", "adi", "osudo"],
    ["no", "to", "sumo", "wijoyo", "coko"],
)
OLD = {"c": "tj", "j": "dj", "u": "oe", "y": "j"}

FALSE_FRIENDS = [
    ("dua", "doa"),
    ("tegak", "tekad"),
    ("masa", "massa"),
    ("sarat", "syarat"),
    ("renda", "rendah"),
]
"""Ordinary words; those of the last pairs would sound alike."""

LISTED = [("Achmad", "Ahmad"), ("Mochammad", "Mohamad")]
"""Known to be the same names, and worth almost the same."""

KNOWN = [
    *LISTED,
    ("Tjokroaminoto", "Cokroaminoto"),
    ("Djokosoetono", "Jokosutono"),
    ("Zaenal", "Zainal"),
    ("Syaefuddin", "Saepudin"),
    ("Khoirul", "Chairul"),
]


def at_random() -> list[tuple[str, str]]:
    """Names before 1972 and since."""
    chance = random.Random(1972)
    found = []
    while len(found) < FEW:
        today = "".join(map(chance.choice, PARTS))
        old = re.sub("[cjuy]", lambda letter: OLD[letter[0]], today)
        if re.search("tj|dj|oe", old) and (old.capitalize(), today.capitalize()) not in found:
            found.append((old.capitalize(), today.capitalize()))
    return found


PAIRS = [*KNOWN, *at_random()]


@pytest.fixture(scope="module", params=embedded_names())
def archive(make_archive: Any, request: pytest.FixtureRequest) -> Any:
    archive = make_archive(request.param)
    archive.write(
        *(
            {"id": f"a{side}{n}", "title": "Kabar", "body": f"Pidato {pair[side]} itu menarik."}
            for n, pair in enumerate(PAIRS)
            for side in (0, 1)
        ),
        *(
            {"id": f"f{side}{n}", "title": "Kabar", "body": f"Di sini tertulis {pair[side]} dengan jelas."}
            for n, pair in enumerate(FALSE_FRIENDS)
            for side in (0, 1)
        ),
        {"id": "m", "title": "Kabar", "body": "Kemarin M. Hardjodirdjo hadir."},
        {"id": "muh", "title": "Kabar", "body": "Kemarin Muhammad Hardjodirdjo hadir."},
        {"id": "one", "title": "Kabar", "body": "H.O.S. Sosrodjojo memimpin rapat."},
    )
    return archive


def ask(archive: Any, text: str, **asked: Any) -> Answer:
    return archive.service.search(Question(text, match="all", per_page=50, **asked))


def ids(answer: Answer) -> list[str]:
    return [result.id for result in answer.results]


@pytest.mark.parametrize("typed", [0, 1])
def test_each_spelling_finds_the_other_below_itself(archive: Any, typed: int) -> None:
    for n, pair in enumerate(PAIRS):
        answer = ask(archive, pair[typed].lower())
        assert answer.corrected is None
        assert ids(answer)[:1] == [f"a{typed}{n}"], pair
        assert f"a{1 - typed}{n}" in ids(answer), pair
        best, *others = (result.score for result in answer.results)
        assert max(others) < (1 if pair in LISTED else 0.75) * best, pair


@pytest.mark.parametrize("typed", [0, 1])
def test_ordinary_words_do_not_find_each_other(archive: Any, typed: int) -> None:
    for n, pair in enumerate(FALSE_FRIENDS):
        assert ids(ask(archive, pair[typed])) == [f"f{typed}{n}"]


def test_a_spelling_that_nobody_wrote_finds_the_name_and_is_no_slip(archive: Any) -> None:
    answer = ask(archive, "sosrojoyo", explain=True)
    assert (answer.corrected, ids(answer)) == (None, ["one"])
    assert "<mark>Sosrodjojo</mark>" in answer.results[0].snippet_html
    assert "variant" in {part.why for part in answer.results[0].parts}
    assert [(each.term, each.matched) for each in answer.expansions] == [("sosrojoyo", ("sosrodjojo",))]


def test_in_quotes_only_the_name_as_printed_is_found(archive: Any) -> None:
    assert ids(ask(archive, '"Achmad"')) == ["a00"]
    assert ids(ask(archive, "achmad", expand=False)) == ["a00"]


@pytest.mark.parametrize("typed", ["m. hardjodirdjo", "muhammad hardjodirdjo", "moh hardjodirdjo"])
def test_muhammad_is_found_by_his_initial(archive: Any, typed: str) -> None:
    assert sorted(ids(ask(archive, typed))) == ["m", "muh"]


def test_a_name_that_came_with_an_update_is_known(archive: Any) -> None:
    lines = archive.file.read_text(encoding="utf-8")
    added = '{"id": "new", "title": "Kabar", "body": "Rumah Poerbotjaroko dibuka."}'
    archive.file.write_text(f"{lines}\n{added}", encoding="utf-8")
    report = sync(archive.settings, jobs=1)
    assert report.rebuilt is None
    assert ids(ask(archive, "purbocaroko")) == ["new"]


def test_without_its_names_an_index_answers_and_a_damaged_list_is_made_anew(archive: Any) -> None:
    (names,) = Path(archive.index).glob(f"generations/*/{NAMES}")
    names.write_bytes(names.read_bytes().replace(b"ahmad", b"ahmat"))
    report = sync(archive.settings, jobs=1)
    assert NAMES in (report.rebuilt or "")
    assert len(ids(ask(archive, "ahmad"))) == 2


def test_the_owner_keeps_a_name_to_itself(make_archive: Any, tmp_path: Path) -> None:
    lexicon = tmp_path / "leksikon.txt"
    lexicon.write_text("[varian]\n-achmad\n", encoding="utf-8")
    archive = make_archive()
    archive.settings = archive.settings.replace(lexicon=str(lexicon))
    archive.write(
        *({"id": name, "title": "Kabar", "body": f"Kata {name} itu."} for name in ("Ahmad", "Achmad"))
    )
    with closing(Searcher(archive.settings)) as searcher:
        service = SearchService(searcher)
        for typed in ("achmad", "ahmad"):
            assert len(service.search(Question(typed, match="all")).results) == 1
