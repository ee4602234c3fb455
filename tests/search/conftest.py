"""Small archives on disk, indexed for real, for tests of what happens between a question and its answer."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from index.reindex.sync import sync
from index.settings import Settings
from search.answering.service import SearchService
from search.opened.searcher import Searcher

Build = Callable[..., SearchService]


class Archive:
    """A JSONL archive in a folder, its index, and a searcher that looks for a newer index at every use."""

    def __init__(self, folder: Path, engine: str) -> None:
        self.file = folder / "arsip.jsonl"
        self.index = folder / "index"
        self.settings = Settings({"index": str(self.index), "sources": (str(self.file),), "engine": engine})
        self.searcher = Searcher(self.settings, check_seconds=0)
        self.service = SearchService(self.searcher)

    def write(self, *articles: dict[str, Any], full: bool = False) -> None:
        """Replace the archive and bring the index up to date."""
        self.file.write_text("\n".join(json.dumps(article) for article in articles), encoding="utf-8")
        sync(self.settings, jobs=1, full=full)


@pytest.fixture(scope="session")
def make_archive(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[..., Archive]]:
    """Makes archives in folders of their own."""
    made: list[Archive] = []

    def make(engine: str = "whoosh") -> Archive:
        made.append(Archive(tmp_path_factory.mktemp("arsip"), engine))
        return made[-1]

    yield make
    for archive in made:
        archive.searcher.close()


@pytest.fixture
def archive(make_archive: Callable[[], Archive]) -> Archive:
    """An archive that nobody has written yet."""
    return make_archive()


@pytest.fixture
def with_weights() -> Iterator[Callable[..., SearchService]]:
    """Makes a service of the same index that ranks by other weights."""
    opened: list[Searcher] = []

    def build(service: SearchService, **weights: float) -> SearchService:
        changed = {f"weight_{name}": weight for name, weight in weights.items()}
        opened.append(Searcher(service.searcher.settings.replace(**changed)))
        return SearchService(opened[-1])

    yield build
    for searcher in opened:
        searcher.close()


@pytest.fixture(scope="session")
def service_of(make_archive: Callable[[], Archive]) -> Build:
    """Makes a service over articles given as their bodies, or as whole records."""

    def build(*articles: str | dict[str, Any]) -> SearchService:
        records = []
        for number, article in enumerate(articles):
            fields = {"body": article} if isinstance(article, str) else article
            records.append({"id": f"a{number}", "title": "Tanpa kata itu", "body": "Isi.", **fields})
        archive = make_archive()
        archive.write(*records)
        return archive.service

    return build
