"""``=`` goes both ways and ``=>`` one way, of words and of several in a row, whatever the engine."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from index.engines.registry import embedded_names
from search.answer import Question
from search.answering.service import SearchService

LEXICON = """
[sinonim]
nakes xenon = tenaga kesehatan xenon, perawat xenon
rsxenon => rumah sakit xenon
lampu merah xenon => bangjo
[varian]
olahxenon = olah xenon
kotaxenon => kota xenon
"""

ARTICLES = {
    "short": "Nakes xenon datang.",
    "long": "Tenaga kesehatan xenon datang.",
    "nurse": "Perawat xenon datang.",
    "clinic": "RSXENON penuh.",
    "hospital": "Rumah sakit xenon penuh.",
    "light": "Lampu merah xenon menyala.",
    "bangjo": "Bangjo menyala.",
    "joined": "Olahxenon ramai.",
    "apart": "Olah xenon ramai.",
    "one": "Kotaxenon sepi.",
    "two": "Kota xenon sepi.",
}


@pytest.fixture(scope="module", params=sorted(embedded_names()))
def service(
    make_archive: Callable[..., Any], tmp_path_factory: pytest.TempPathFactory, request: Any
) -> SearchService:
    lexicon = tmp_path_factory.mktemp("leksikon") / "leksikon.txt"
    lexicon.write_text(LEXICON, encoding="utf-8")
    archive = make_archive(request.param)
    archive.settings = archive.settings.replace(lexicon=str(lexicon))
    archive.searcher.settings = archive.settings
    archive.searcher.lexicon.follow(archive.settings)
    archive.write(*({"id": name, "title": "Kabar", "body": body} for name, body in ARTICLES.items()))
    return SearchService(archive.searcher)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("nakes xenon", {"short", "long", "nurse"}),
        ("tenaga kesehatan xenon", {"short", "long"}),
        ("perawat xenon", {"short", "nurse"}),
        ("rsxenon", {"clinic", "hospital"}),
        ("rumah sakit xenon", {"hospital"}),
        ("lampu merah xenon", {"light", "bangjo"}),
        ("bangjo", {"bangjo"}),
        ("olahxenon", {"joined", "apart"}),
        ("olah xenon", {"joined", "apart"}),
        ("kotaxenon", {"one", "two"}),
    ],
)
def test_a_line_leads_where_its_sign_points(service: SearchService, text: str, found: set[str]) -> None:
    answer = service.search(Question(text, match="all", correct=False))
    assert {result.id for result in answer.results} == found


def test_what_is_taken_away_leads_nowhere_and_nothing_leads_back(
    make_archive: Callable[..., Any], tmp_path: Path
) -> None:
    archive = make_archive()
    lexicon = tmp_path / "leksikon.txt"
    lexicon.write_text("[sinonim]\nnakes = perawat\nsuster = perawat\n-nakes\n", encoding="utf-8")
    archive.settings = archive.settings.replace(lexicon=str(lexicon))
    archive.searcher.lexicon.follow(archive.settings)
    archive.write(*({"id": word, "title": "Kabar", "body": word} for word in ("nakes", "perawat", "suster")))

    def found(text: str) -> set[str]:
        return {result.id for result in archive.service.search(Question(text)).results}

    assert found("nakes") == {"nakes"}
    assert found("perawat") == {"perawat", "suster"}
