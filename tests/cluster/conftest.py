"""An archive in a cluster of three real nodes, asked by a service as servers ask it, while nodes fail."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from pathlib import Path
from typing import NamedTuple

import pytest

from bench.cluster.cluster import Cluster
from index.engines.base import EngineError
from index.query import Facet
from index.reindex.report import Report
from index.reindex.sync import sync
from index.settings import Settings
from search.answer import Answer, Question
from search.answering.service import SearchService
from search.opened.searcher import Searcher

ARTICLES = 240
TIMEOUT = 3.0
"""Seconds, of the setting; the machine is busy with other tests."""

OVERHEAD = 2.5
"""What an answer, or an error, may take beside that on a machine that does other things."""

PAUSE = 0.02
"""Seconds between two questions of one who asks all the time."""

QUESTIONS = (
    Question("banjir", per_page=20),
    Question('"banjir merendam"', per_page=20),
    Question("rumah OR warga", per_page=20, page=3),
    Question("banjir", filters={Facet.PLACE: ("Kudus",)}, per_page=20),
    Question("tempat:demak air", per_page=20),
)

Seen = tuple[int, tuple[str, ...], tuple[tuple[str, int], ...]]
"""Of an answer: its total, ids of its results, its places and their numbers."""


class Asked(NamedTuple):
    """What came of a question: what was seen, or the error, and how long it took."""

    number: int
    seen: Seen | None
    error: Exception | None
    seconds: float


def articles(count: int = ARTICLES, word: str = "banjir") -> list[dict[str, str]]:
    """Articles about something, each with a length and words of its own."""
    return [
        {
            "id": f"artikel-{number:04}",
            "title": f"{word.capitalize()} ke-{number} di Desa {number % 17}",
            "body": f"{word.capitalize()} merendam rumah warga. "
            + f"Air naik {number} sentimeter. " * (number % 7 + 1),
            "source": "warta.example" if number % 2 else "harian.example",
            "place": ("Demak", "Kudus", "Pati")[number % 3],
            "author": "Tim",
            "date": (date(2022, 1, 1) + timedelta(days=number)).isoformat(),
        }
        for number in range(count)
    ]


class Archive:
    """An archive whose index is in a cluster."""

    def __init__(self, folder: Path, urls: list[str], **settings: object) -> None:
        folder.mkdir(exist_ok=True)
        self.path = folder / "arsip.jsonl"
        self.settings = Settings(
            {
                "engine": "opensearch",
                "index": str(folder / "index"),
                "sources": (str(self.path),),
                "opensearch_urls": tuple(urls),
                "opensearch_timeout": TIMEOUT,
                **settings,
            }
        )
        self.service = self.another_service()

    def another_service(self) -> SearchService:
        """A service as another process has one: each answers one question at a time."""
        return SearchService(Searcher(self.settings, check_seconds=0.05))

    def write(self, records: list[dict[str, str]]) -> None:
        """Have the source hold these articles."""
        self.path.write_text("\n".join(json.dumps(record) for record in records), encoding="utf-8")

    def reindex(self, *, full: bool = False) -> Report:
        """Bring the index up to date."""
        return sync(self.settings, jobs=1, full=full)

    def ask(self, number: int, service: SearchService | None = None) -> Asked:
        """Ask one of :data:`QUESTIONS`, around."""
        began = time.monotonic()
        try:
            seen = see((service or self.service).search(QUESTIONS[number % len(QUESTIONS)]))
        except EngineError as error:
            return Asked(number, None, error, time.monotonic() - began)
        return Asked(number, seen, None, time.monotonic() - began)

    def all_seen(self) -> list[Seen | None]:
        """What a process that begins now answers to every question; nothing may fail."""
        service = self.another_service()
        asked = [self.ask(number, service) for number in range(len(QUESTIONS))]
        assert not [each.error for each in asked if each.error]
        return [each.seen for each in asked]

    @contextmanager
    def asked_meanwhile(self, services: int = 3) -> Iterator[list[Asked]]:
        """Has services be asked all the time while the block runs; its list holds what came of it."""
        found: list[Asked] = []
        stop = threading.Event()

        def go_on(first: int, service: SearchService) -> None:
            number = first
            while not stop.wait(PAUSE):
                found.append(self.ask(number, service))
                number += services

        asking = []
        for first in range(services):
            service = self.another_service()
            self.ask(first, service)  # it opens the index
            asking.append(threading.Thread(target=go_on, args=(first, service)))
        for thread in asking:
            thread.start()
        try:
            yield found
        finally:
            stop.set()
            for thread in asking:
                thread.join()


def see(answer: Answer) -> Seen:
    """What has to be the same whoever answers."""
    counted = tuple(sorted((each.value, each.count) for each in answer.facets.get(Facet.PLACE, ())))
    return answer.total, tuple(result.id for result in answer.results), counted


def wrong(asked: list[Asked], right: list[Seen | None]) -> list[Asked]:
    """Answers that are none of those expected."""
    return [each for each in asked if each.seen and each.seen != right[each.number % len(QUESTIONS)]]


def slow(asked: list[Asked]) -> list[Asked]:
    """What took longer than the setting allows."""
    return [each for each in asked if each.seconds > TIMEOUT + OVERHEAD]


def until(told: Callable[[], bool], seconds: float = 60) -> None:
    """Wait until something holds."""
    deadline = time.monotonic() + seconds
    while not told():
        assert time.monotonic() < deadline, "it does not become so"
        time.sleep(0.1)


@pytest.fixture(scope="module")
def archive(opensearch_cluster: Cluster, tmp_path_factory: pytest.TempPathFactory) -> Archive:
    """:func:`articles` on two nodes of three, two shards of it."""
    archive = Archive(
        tmp_path_factory.mktemp("archive"),
        opensearch_cluster.urls,
        opensearch_shards=2,
        opensearch_replicas=1,
    )
    archive.write(articles())
    assert archive.reindex().added == ARTICLES
    opensearch_cluster.wait("green")
    return archive
