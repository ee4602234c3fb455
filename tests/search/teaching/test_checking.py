"""What a line would change is told before it does, and is what it changes once it is added."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from index.settings import Settings
from search.answer import Question
from search.answering.service import SearchService
from search.opened.searcher import Searcher
from search.teaching.adding import add_entries
from search.teaching.checking import check_lines
from search.teaching.effects import LexiconCheck
from search.teaching.lines import EntryError
from tests.search.teaching.conftest import ARTICLES, LEXICON, Owner


def check(owner: Owner, *lines: str, most: int = 100) -> LexiconCheck:
    return check_lines(owner.settings, lines, "synonyms", most)


def sides(found: LexiconCheck, line: int = 0) -> dict[str, tuple[int, int, int, set[str]]]:
    return {
        side.text: (side.before, side.after, side.gained, {each.id for each in side.examples})
        for side in found.lines[line].sides
    }


def warned(found: LexiconCheck, line: int = 0) -> list[str]:
    return [str(each.about) for each in found.lines[line].warnings]


def changed(found: LexiconCheck) -> dict[str, tuple[int, int | None, bool | None]]:
    assert found.asked
    return {each.query: (each.before, each.after, each.first_changed) for each in found.asked.changed}


def test_both_sides_are_asked_for_now_and_then_and_examples_are_marked(owner: Owner) -> None:
    before = {path: path.read_bytes() for path in owner.lexicon.parent.iterdir()}
    found = check(owner, "nakes = perawat")

    assert found.articles == len(ARTICLES)
    assert sides(found) == {
        "nakes": (2, 5, 3, {"nurse", "two", "three"}),
        "perawat": (3, 4, 1, {"short"}),
    }
    (example,) = found.lines[0].sides[1].examples
    assert "<mark>Nakes</mark>" in example.snippet_html
    assert list(changed(found)) == ["nakes", "klinik nakes", "perawat klinik"]
    assert changed(found)["nakes"] == (2, 5, True)
    assert found.asked is not None
    assert (found.asked.tried, found.asked.different) == (6, 7)  # nobody can ask what is masked
    assert warned(found) == []
    assert {path: path.read_bytes() for path in owner.lexicon.parent.iterdir()} == before


def test_one_way_changes_one_side_and_phrases_may_stand_on_either(owner: Owner) -> None:
    assert sides(check(owner, "nakes => perawat"))["perawat"] == (3, 3, 0, set())
    phrases = sides(check(owner, "kebun bunga = kota ramai"))
    assert phrases["kebun bunga"][2:] == (1, {"town"})
    assert phrases["kota ramai"][3] >= {"two"}


@pytest.mark.parametrize(
    "lines", [["nakes = perawat"], ["kebun bunga => pasar ramai"], ["[kata henti] bunga"]]
)
def test_what_is_foretold_comes_true(owner: Owner, lines: list[str], tmp_path: Path) -> None:
    found = check(owner, *lines)
    path = tmp_path / "leksikon.txt"
    path.write_text(LEXICON, encoding="utf-8")
    settings = owner.settings.replace(lexicon=str(path))
    add_entries(settings, lines)
    searcher = Searcher(settings)
    service = SearchService(searcher)
    for side in found.lines[0].sides:
        assert service.search(Question(side.text)).total == side.after
    for query, (_before, after, _first) in changed(found).items():
        assert service.search(Question(query)).total == after
    searcher.close()


def test_lines_about_stems_tell_which_words_wait_for_another_index(owner: Owner) -> None:
    found = check(owner, "[kata dasar] kepo")

    assert found.stems
    assert [(each.form, each.after, each.articles) for each in found.stems.words] == [
        ("mengepoi", "kepo", 1),
        ("mengepoinya", "kepo", 1),
    ]
    assert found.stems.articles == 2
    assert sides(found)["kepo"] == (1, 2, 1, {"three"})
    (example,) = found.lines[0].sides[0].examples
    assert "<mark>mengepoi</mark>" in example.snippet_html
    assert changed(found) == {}  # kepo itself keeps its stem
    assert changed(check(owner, "[akar] kepo = tahu")) == {"kepo": (1, None, None)}


def test_words_of_questions_that_weigh_nothing_are_judged_by_what_was_asked(owner: Owner) -> None:
    assert "konon bunga" in changed(check(owner, "[kata henti] bunga"))
    assert warned(check(owner, "[kata henti] antah")) == ["unknown_word", "no_effect"]


@pytest.mark.parametrize(
    ("line", "about", "named"),
    [
        ("tabib = nakes", "already", ""),
        ("nakes = tabib", "already", "leksikon.txt:4"),
        ("[lindungi] tuhalus", "already", "leksikon.txt:7"),
        ("[akronim] ASN = aparatur sipil negara", "already", "acronyms.txt:"),
        ("[akar] tuhalus = halus", "clash", "leksikon.txt:7"),
        ("[akronim] KPU = kantor polisi udara", "clash", "acronyms.txt:"),
        ("-nakes", "clash", "leksikon.txt:4"),
        ("nakes = antah", "unknown_word", "antah"),
        ("antah = berantah", "no_effect", ""),
        ("[lindungi] warga", "no_effect", ""),
        ("warga = penduduk", "common", "warga"),
    ],
)
def test_what_an_owner_should_think_about_is_told(owner: Owner, line: str, about: str, named: str) -> None:
    told = {str(each.about): each.text for each in check(owner, line).lines[0].warnings}
    assert about in told
    assert named in told[about]


def test_a_line_that_waits_for_another_index_is_in_the_lexicon_already(owner: Owner, tmp_path: Path) -> None:
    path = tmp_path / "leksikon.txt"
    path.write_text(f"{LEXICON}[kata dasar]\nkepo\n", encoding="utf-8")
    later = replace(owner, settings=owner.settings.replace(lexicon=str(path)))
    found = check(later, "[kata dasar] kepo")
    assert (warned(found), found.waits) == (["already"], True)
    assert not check(owner, "[kata dasar] kepo").waits


def test_lines_that_are_refused_are_told_all_at_once(owner: Owner) -> None:
    with pytest.raises(EntryError) as refused:
        check(owner, "nakes", "[akar] a b = c", "nakes = perawat", "[akronim] a => b")
    assert len(str(refused.value).splitlines()) == 3
    with pytest.raises(EntryError, match="50 baris"):
        check(owner, *["a = b"] * 51)


def test_without_an_index_the_lines_alone_are_looked_at(tmp_path: Path) -> None:
    found = check_lines(Settings({"index": str(tmp_path / "index")}), ["[kata henti] yang"], "synonyms", 10)
    assert warned(found) == ["already"]
    assert "reindex" in found.problem
    assert found.to_dict()["questions"]["tried"] == 0


def test_a_log_that_cannot_be_read_takes_nothing_else_away(owner: Owner, tmp_path: Path) -> None:
    index = tmp_path / "index"
    shutil.copytree(owner.settings.text("index"), index)
    (index / "queries.sqlite3").write_bytes(b"bukan basis data" * 100)
    elsewhere = replace(owner, settings=owner.settings.replace(index=str(index)))
    found = check(elsewhere, "nakes = perawat")
    assert sides(found)["nakes"][1] == 5
    assert "queries.sqlite3" in found.asked_problem


def test_no_more_questions_are_tried_than_wanted(owner: Owner) -> None:
    found = check(owner, "nakes = perawat", most=1)
    assert list(changed(found)) == ["nakes"]
    record: dict[str, Any] = found.to_dict()
    assert record["questions"]["tried"] == 1
    assert record["lines"][0]["direction"] == "both_ways"
