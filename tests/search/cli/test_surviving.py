"""``telusur serve`` goes on: workers are killed, a backup is copied over the index, the lexicon is broken."""

from __future__ import annotations

import http.client
import json
import os
import signal
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import cycle
from pathlib import Path
from threading import Event, Thread
from typing import Any

import pytest

from index.engines.registry import engine_names
from index.reindex.sync import sync
from index.settings import Settings

pytestmark = pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="finds processes under /proc")
ALL = "/api/v1/search?q=arsip"
ASKERS = 2


class Archive:
    """Articles that all hold one word, their index, and a lexicon for it."""

    def __init__(self, folder: Path, engine: str) -> None:
        self.index, self.lexicon = folder / "index", folder / "leksikon.txt"
        self._file = folder / "arsip.jsonl"
        self.lexicon.write_text("[sinonim]\nasrip = arsip\n", encoding="utf-8")
        self._settings = Settings({"index": str(self.index), "engine": engine, "lexicon": str(self.lexicon)})

    def hold(self, count: int) -> None:
        """Bring the index up to date with so many articles."""
        words = [f"kata{number}x{place}" for number in range(count) for place in range(40)]
        articles = [
            {"id": f"a{number}", "title": f"Berita {number}", "body": "Arsip " + " ".join(words[number::40])}
            for number in range(count)
        ]
        self._file.write_text("\n".join(map(json.dumps, articles)), encoding="utf-8")
        sync(self._settings, [str(self._file)], jobs=1, allow_removals=True)


@pytest.fixture(params=engine_names())
def archive(request: Any, tmp_path: Path) -> Archive:
    """An archive of 200 articles on each engine."""
    archive = Archive(tmp_path, request.param)
    archive.hold(200)
    return archive


@pytest.fixture
def start(serve: Callable[..., Any], archive: Archive) -> Callable[..., Any]:
    """Starts a server of that archive; gives it when it answers."""

    def start(workers: int) -> Any:
        return serve(
            workers, index=archive.index, TELUSUR_LEXICON=str(archive.lexicon), TELUSUR_RESPONSE_CACHE_MB="0"
        )

    return start


class Asked:
    """What askers were answered that never rest."""

    def __init__(self) -> None:
        self.totals = Counter[int]()
        self.statuses = Counter[int]()
        self.lost = 0
        self.last_good = 0.0


@contextmanager
def questions(server: Any) -> Iterator[Asked]:
    """Ask one question after the other meanwhile, some over connections that stay open."""
    asked, stop = Asked(), Event()

    def ask() -> None:
        connection = server.connect(60)
        for number in cycle(range(1000)):
            if stop.is_set():
                return
            try:
                connection.request("GET", f"{ALL}+kata{number}x1&correct=false&match=any")
                answer = connection.getresponse()
                content = answer.read()
            except (OSError, http.client.HTTPException):
                asked.lost += 1
                connection.close()
                continue
            asked.statuses[answer.status] += 1
            if answer.status == 200:
                asked.totals[json.loads(content)["total"]] += 1
                asked.last_good = time.monotonic()
            if number % 10 == 0:
                connection.close()

    askers = [Thread(target=ask) for _ in range(ASKERS)]
    for asker in askers:
        asker.start()
    try:
        yield asked
    finally:
        stop.set()
        for asker in askers:
            asker.join()


def test_killed_workers_lose_no_more_than_what_they_were_answering(
    start: Callable[..., Any], archive: Archive
) -> None:
    server = start(2)
    kills = 8

    with questions(server) as asked:
        for _ in range(kills):
            before = sum(asked.totals.values())
            victim = min(server.workers())
            os.kill(victim, signal.SIGKILL)
            server.eventually(lambda victim=victim: victim not in server.workers())
            server.eventually(lambda before=before: sum(asked.totals.values()) > before + ASKERS)
        server.eventually(lambda: len(server.workers()) == 2)

    assert set(asked.statuses) == {200}
    assert set(asked.totals) == {200}
    assert asked.lost <= kills * ASKERS
    assert server.process.poll() is None
