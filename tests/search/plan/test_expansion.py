"""Acronyms, their long forms and synonyms find one another, as the owner's lexicon says."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from index.analysis.lexicon import Lexicon
from index.analysis.lexicon_files import with_entries
from index.reindex.sync import sync
from index.settings import Settings
from search.answer import Answer, Question
from search.answering.service import SearchService
from search.opened.searcher import Searcher
from search.plan.expansion import Expander
from search.plan.tokens import QueryToken

LEXICON = """
[akronim]
BPKAXX = badan pengelola keuangan xanadu
PAX = pendapatan asli xanadu, panitia angkutan xanadu
[sinonim]
pasien xenon = penderita xenon, orang sakit
"""

ARTICLES: list[dict[str, Any]] = [
    {"id": "long", "body": "Kepala Badan Pengelola Keuangan Xanadu melapor. Kas aman."},
    {"id": "short", "body": "Kepala BPKAXX melapor. Kas aman dan kepala senang hari ini."},
    {"id": "scattered", "body": "Badan usaha, pengelola parkir, keuangan desa; semua ada di Xanadu."},
    {"id": "patient", "body": "Penderita xenon dirawat di sana."},
    {"id": "income", "body": "Pendapatan asli xanadu naik."},
    {"id": "committee", "body": "Panitia angkutan xanadu rapat."},
]


@pytest.fixture(scope="module")
def service(make_archive: Any, tmp_path_factory: pytest.TempPathFactory) -> SearchService:
    lexicon = tmp_path_factory.mktemp("leksikon") / "leksikon.txt"
    lexicon.write_text(LEXICON, encoding="utf-8")
    archive = make_archive()
    archive.settings = archive.settings.replace(lexicon=str(lexicon))
    archive.write(*({"title": "Kabar", **article} for article in ARTICLES))
    return SearchService(Searcher(archive.settings))


def ask(service: SearchService, text: str, **asked: Any) -> Answer:
    return service.search(Question(text, **asked))


def ids(answer: Answer) -> list[str]:
    return [result.id for result in answer.results]


def test_an_acronym_finds_its_long_form_and_ranks_it_below(service: SearchService) -> None:
    answer = ask(service, "BPKAXX")
    assert ids(answer) == ["short", "long"]
    assert "<mark>Badan Pengelola Keuangan Xanadu</mark>" in answer.results[1].snippet_html
    assert [(each.term, each.matched) for each in answer.expansions] == [
        ("bpkaxx", ("badan pengelola keuangan xanadu",))
    ]


def test_a_long_form_finds_its_acronym_and_ranks_it_below(service: SearchService) -> None:
    answer = ask(service, "badan pengelola keuangan xanadu")
    assert ids(answer)[0] == "long"
    assert "short" in ids(answer)
    assert answer.matched == "all"
    assert [(each.term, each.matched) for each in answer.expansions] == [
        ("badan pengelola keuangan xanadu", ("bpkaxx",))
    ]
    short = next(result for result in answer.results if result.id == "short")
    assert "<mark>BPKAXX</mark>" in short.snippet_html


def test_with_other_words_both_forms_count_as_all_words(service: SearchService) -> None:
    assert set(ids(ask(service, "kas BPKAXX", match="all"))) == {"short", "long"}
    assert set(ids(ask(service, "kas badan pengelola keuangan xanadu", match="all"))) == {"short", "long"}
    assert set(ids(ask(service, "+BPKAXX DAN kas"))) == {"short", "long"}
    assert set(ids(ask(service, "BPKAXX ATAU penderita"))) == {"short", "long", "patient"}


def test_the_explanation_names_the_other_form(service: SearchService) -> None:
    results = {result.id: result for result in ask(service, "BPKAXX", explain=True).results}
    assert {part.why for part in results["long"].parts} == {"expansion"}
    assert {part.why for part in results["short"].parts} == {"term", "presence"}


def test_an_ambiguous_acronym_stands_for_its_dominant_reading(service: SearchService) -> None:
    answer = ask(service, "PAX")
    assert ids(answer) == ["income"]
    assert answer.corrected is None


def test_synonyms_find_what_the_entry_names(service: SearchService) -> None:
    assert ids(ask(service, "pasien xenon")) == ["patient"]
    assert ask(service, "penderita xenon").expansions == ()  # nobody here writes of pasien xenon


def test_other_forms_that_the_archive_does_not_know_are_not_claimed(service: SearchService) -> None:
    (expansion,) = ask(service, "pasien xenon").expansions
    assert expansion.matched == ("penderita xenon",)


def test_the_reader_can_switch_it_off(service: SearchService) -> None:
    answer = ask(service, "BPKAXX", expand=False)
    assert ids(answer) == ["short"]
    assert answer.expansions == ()


@pytest.mark.parametrize("query", ['"bpkaxx"', "BPKAX*", "kas -BPKAXX", "isi:zzz"])
def test_quotes_patterns_and_excluded_words_stand_for_themselves(service: SearchService, query: str) -> None:
    answer = ask(service, query)
    assert answer.expansions == ()
    if query.startswith("kas"):
        assert ids(answer) == ["long"]


def test_an_edited_lexicon_changes_the_answer_after_reindex(make_archive: Any, tmp_path: Path) -> None:
    lexicon = tmp_path / "leksikon.txt"
    lexicon.write_text("[akronim]\n", encoding="utf-8")
    archive = make_archive()
    settings: Settings = archive.settings.replace(lexicon=str(lexicon))
    archive.settings = settings
    archive.write(*({"title": "Kabar", **article} for article in ARTICLES))
    service = SearchService(Searcher(settings, check_seconds=0))
    assert ids(ask(service, "BPKAXX")) == ["short"]

    lexicon.write_text(LEXICON, encoding="utf-8")
    sync(settings, jobs=1)

    assert ids(ask(service, "BPKAXX")) == ["short", "long"]


def test_opening_an_archive_asks_for_no_stems_but_those_that_rules_are_found_by() -> None:
    lexicon = with_entries(Lexicon(), LEXICON, "leksikon.txt")
    asked: list[str] = []

    def stem(form: str) -> str:
        asked.append(form)
        return form

    expander = Expander(lexicon, stem)

    # The first of several words, by which a rule is found; of thousands of acronyms none.
    assert set(asked) == {"badan", "orang", "panitia", "pasien", "pendapatan", "penderita"}
    (found,) = expander.find([QueryToken(form, form, place) for place, form in enumerate(("kas", "pax"))])
    assert [[token.form for token in form] for form in found.forms] == [["pendapatan", "asli", "xanadu"]]
