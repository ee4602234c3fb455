"""Every kind of line in the owner's lexicon: edit it, run reindex, and the open service answers otherwise."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from index.reindex.sync import sync
from search.answer import Question
from search.answering.service import SearchService
from search.opened.searcher import Searcher

ARTICLES: list[dict[str, Any]] = [
    {"id": "suggestion", "body": "Ada saran dari warga untuk kota."},
    {"id": "name", "body": "Sarani menang di kota."},
    {"id": "garden", "body": "Petugas menyirami bunga."},
    {"id": "clinic", "body": "Hospital itu penuh sesak."},
    {"id": "council", "body": "Dewan Adat Kahayan rapat."},
    {"id": "geek", "body": "Mereka mengepoi tetangga."},
    {"id": "filler", "body": "Konon begitulah adanya."},
]


@pytest.mark.parametrize(
    ("line", "query", "before", "after"),
    [
        ("[lindungi]\nSarani", "saran", {"suggestion", "name"}, {"suggestion"}),
        ("[akar]\nmenyirami = kembang", "kembang", set(), {"garden"}),
        ("[kata dasar]\nkepo", "dikepoi", set(), {"geek"}),
        ("[sinonim]\nrumah sakit = hospital", "rumah sakit", set(), {"clinic"}),
        ("[akronim]\nDAKY = Dewan Adat Kahayan", "DAKY", set(), {"council"}),
        ("[akronim]\nDAKY = Dewan Adat Kahayan", '"dewan adat kahayan"', {"council"}, {"council"}),
        ("[kata henti]\nkonon", "konon bunga", {"garden", "filler"}, {"garden"}),
        ("[kata tanya]\nkonon", "konon bunga", {"garden", "filler"}, {"garden"}),
    ],
)
def test_an_edited_line_changes_the_answer_after_reindex(
    make_archive: Any, tmp_path: Path, line: str, query: str, before: set[str], after: set[str]
) -> None:
    lexicon = tmp_path / "leksikon.txt"
    lexicon.write_text("", encoding="utf-8")
    archive = make_archive()
    settings = archive.settings = archive.settings.replace(lexicon=str(lexicon))
    archive.write(*({"title": "Kabar", **article} for article in ARTICLES))
    service = SearchService(Searcher(settings, check_seconds=0))

    def ids() -> set[str]:
        return {result.id for result in service.search(Question(query, correct=False)).results}

    assert ids() == before
    lexicon.write_text(line, encoding="utf-8")
    sync(settings, jobs=1)
    assert ids() == after
    lexicon.write_text("", encoding="utf-8")
    sync(settings, jobs=1)
    assert ids() == before
