"""Numbers agree: tried on a small archive here, on the news archive by ``python -m bench.numbers``."""

from __future__ import annotations

import json
import random
from contextlib import closing
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

from bench.numbers import Material, contradictions, random_question
from index.engines.registry import engine_names, is_remote
from index.reindex.sync import sync
from index.settings import Settings
from search.answer import Answer, Question
from search.answering.service import SearchService
from search.opened.searcher import Searcher

WORDS = (
    *("banjir", "jakarta", "gubernur", "pilkada", "serentak", "harga", "beras", "naik", "warga", "sekolah"),
    *("gempa", "rumah", "sakit", "pasar", "ikan", "sawah", "panen", "jalan", "rusak", "hujan"),
)
QUESTIONS = 100
"""On each engine."""


def archive(folder: Path, engine: str, **own: Any) -> Settings:
    """An index of articles of random words; some lack a publisher, a place, an author, topics or a day."""
    rng = random.Random(3)
    articles = [
        {
            "id": f"a{number}",
            "title": " ".join(rng.choices(WORDS, k=4)).capitalize(),
            "body": " ".join(rng.choices(WORDS, weights=range(1, len(WORDS) + 1), k=rng.randint(4, 30)))
            + ".",
            "source": rng.choice(("", "a.example", "b.example", "c.example")),
            "place": rng.choice(("", "Lebak", "Demak", "Pati", "Kudus")),
            "author": rng.choice(("", "Sari", "Budi")),
            "tags": rng.choices(("Air", "air", "Pilkada", "Pangan", "Kesehatan"), k=rng.choice((0, 1, 2, 3))),
            "date": rng.choice(("", (date(2022, 1, 1) + timedelta(rng.randrange(900))).isoformat())),
        }
        for number in range(300)
    ]
    file = folder / "arsip.jsonl"
    file.write_text("\n".join(map(json.dumps, articles)), encoding="utf-8")
    settings = Settings({"index": str(folder / "index"), "sources": (str(file),), "engine": engine, **own})
    assert sync(settings, jobs=1).added == len(articles)
    return settings


@pytest.mark.parametrize("engine", engine_names())
def test_no_number_contradicts_another(engine: str, tmp_path: Path, request: pytest.FixtureRequest) -> None:
    rng = random.Random(9)
    own: dict[str, Any] = {}
    if is_remote(engine):
        own["opensearch_urls"] = (request.getfixturevalue("opensearch"),)
        own["opensearch_index"] = request.getfixturevalue("opensearch_prefix").rstrip("-")
        own["opensearch_timeout"] = 60.0
    with closing(Searcher(archive(tmp_path, engine, **own))) as searcher:
        service = SearchService(searcher)
        with searcher.use() as snapshot:
            material = Material.of(snapshot.reader, service)
        for _ in range(QUESTIONS // 8 if own else QUESTIONS):  # each asks a cluster many times
            question = random_question(rng, material)
            assert list(contradictions(service, question)) == [], question


def test_a_contradiction_is_told(tmp_path: Path) -> None:
    class Forgetful(SearchService):
        """Finds one article less on every page but the first."""

        def search(self, question: Question) -> Answer:
            answer = super().search(question)
            return answer if question.page == 1 else replace(answer, total=answer.total - 1)

    with closing(Searcher(archive(tmp_path, "whoosh"))) as searcher:
        told = list(contradictions(Forgetful(searcher), Question("banjir", per_page=7)))
    assert told
    assert all("on page" in line for line in told), told
