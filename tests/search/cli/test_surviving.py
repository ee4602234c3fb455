"""``telusur serve`` goes on: workers are killed, a backup is copied over the index, the lexicon is broken."""

from __future__ import annotations

import http.client
import json
import os
import shutil
import signal
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import cycle, takewhile
from pathlib import Path
from threading import Event, Thread
from typing import Any

import pytest

from index.engines.registry import embedded_names
from index.reindex.sync import sync
from index.settings import Settings
from search.opened.searcher import Searcher

pytestmark = pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="finds processes under /proc")
ALL = "/api/v1/search?q=arsip"
ASKERS = 2


class Archive:
    """Articles that all hold one word, their index, and a lexicon for it."""

    def __init__(self, folder: Path, engine: str) -> None:
        self.index, self.lexicon = folder / "index", folder / "leksikon.txt"
        self._file = folder / "arsip.jsonl"
        self.lexicon.write_text("[sinonim]\nasrip = arsip\n", encoding="utf-8")
        self.settings = Settings({"index": str(self.index), "engine": engine, "lexicon": str(self.lexicon)})

    def hold(self, count: int) -> None:
        """Bring the index up to date with so many articles."""
        words = [f"kata{number}x{place}" for number in range(count) for place in range(40)]
        articles = [
            {"id": f"a{number}", "title": f"Berita {number}", "body": "Arsip " + " ".join(words[number::40])}
            for number in range(count)
        ]
        self._file.write_text("\n".join(map(json.dumps, articles)), encoding="utf-8")
        sync(self.settings, [str(self._file)], jobs=1, allow_removals=True)


@pytest.fixture(params=embedded_names())
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
            workers,
            index=archive.index,
            TELUSUR_ENGINE=archive.settings.text("engine"),
            TELUSUR_LEXICON=str(archive.lexicon),
            TELUSUR_RESPONSE_CACHE_MB="0",
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
        for number in takewhile(lambda _: not stop.is_set(), cycle(range(1000))):
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
            server.eventually(lambda: bool(server.workers()))  # after growing pauses there is one again
            victim = min(server.workers())
            os.kill(victim, signal.SIGKILL)
            server.eventually(lambda victim=victim: victim not in server.workers())
            server.eventually(lambda before=before: sum(asked.totals.values()) > before + ASKERS)
        server.eventually(lambda: len(server.workers()) == 2)

    assert set(asked.statuses) == {200}
    assert set(asked.totals) == {200}
    assert asked.lost <= kills * ASKERS
    assert server.process.poll() is None


def copy_over(source: Path, target: Path, seconds_a_file: float) -> None:
    """Copy a folder over another as ``cp -r`` does: every file is emptied and filled again where it is."""
    for path in sorted(source.rglob("*")):
        if path.is_file():
            there = target / path.relative_to(source)
            there.parent.mkdir(parents=True, exist_ok=True)
            with there.open("wb") as file:
                file.flush()
                time.sleep(seconds_a_file)
                file.write(path.read_bytes())


def test_a_backup_that_is_copied_over_the_served_index_is_survived(
    start: Callable[..., Any], archive: Archive, tmp_path: Path
) -> None:
    backup = tmp_path / "cadangan"
    shutil.copytree(archive.index, backup)
    archive.hold(220)
    server = start(2)

    with questions(server) as asked:
        server.eventually(lambda: asked.totals[220] > 10)
        copy_over(backup, archive.index, 0.1)
        copied = time.monotonic()
        server.eventually(lambda: asked.last_good > copied and server.get("/readyz")[0] == 200)
        server.eventually(lambda: len(server.workers()) == 2)

    on_disk = Searcher(archive.settings)
    with on_disk.use() as snapshot:
        assert json.loads(server.get(f"{ALL}&correct=false")[1])["total"] == snapshot.reader.count()
    on_disk.close()
    assert set(asked.statuses) <= {200, 503}
    assert server.process.poll() is None


def test_what_kills_workers_when_files_are_changed_in_place_is_told(serve: Callable[..., Any]) -> None:
    server = serve(1)

    for pid in server.workers():
        os.kill(pid, signal.SIGBUS)

    server.eventually(lambda: "ended by SIGBUS, as happens when files of the index" in server.log())
    assert server.total() == 1


def test_a_worker_that_is_replaced_goes_on_with_the_last_good_lexicon(
    start: Callable[..., Any], archive: Archive
) -> None:
    server = start(1)
    question = "/api/v1/search?q=asrip&correct=false"
    assert json.loads(server.get(question)[1])["total"] == 200
    good = archive.lexicon.read_text(encoding="utf-8")

    archive.lexicon.write_text("[sinonim\nasrip = arsip\n", encoding="utf-8")
    server.eventually(lambda: '"reason":"lexicon"' in server.get("/readyz")[1])
    before = server.workers()
    for pid in before:
        os.kill(pid, signal.SIGKILL)
    server.eventually(lambda: bool(server.workers()) and server.workers().isdisjoint(before))

    assert json.loads(server.get(question, 60)[1])["total"] == 200
    assert '"reason":"lexicon"' in server.get("/readyz")[1]
    server.eventually(lambda: "the lexicon in force stays in force" in server.log())
    assert server.log().count(str(archive.lexicon)) == 1

    archive.lexicon.write_text(good, encoding="utf-8")
    server.eventually(lambda: server.get("/readyz")[0] == 200)
    server.eventually(lambda: "the lexicon can be read again" in server.log())


def test_a_server_that_never_had_a_whole_lexicon_says_so(start: Callable[..., Any], archive: Archive) -> None:
    good = archive.lexicon.read_text(encoding="utf-8")
    archive.lexicon.write_text("[sinonim\n", encoding="utf-8")

    server = start(1)

    status, told = server.get("/readyz")
    assert status == 503
    assert json.loads(told)["reason"] == "broken"
    assert server.get(ALL)[0] == 503

    archive.lexicon.write_text(good, encoding="utf-8")
    server.eventually(lambda: server.get(ALL)[0] == 200)
