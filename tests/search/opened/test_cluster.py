"""Servers of an archive in a cluster hold nothing themselves, see every change, and never wait for long."""

from __future__ import annotations

import os
import shutil
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest

from index.engines.base import EngineUnavailableError, IndexBrokenError, IndexMissingError
from index.engines.opensearch.client import client_of
from index.reindex.sync import sync
from index.settings import Settings, engine_options
from index.store.generations import Generations
from search.answer import Question
from search.answering.service import SearchService
from search.app import create_app
from search.opened.searcher import RETRY_SECONDS, Searcher
from tests.machines import Machine, Wire

Articles = Callable[..., None]


@pytest.fixture
def serve() -> Iterator[Callable[..., Searcher]]:
    """Starts servers."""
    opened: list[Searcher] = []

    def start(settings: Settings, **options: float) -> Searcher:
        opened.append(Searcher(settings, **options))
        return opened[-1]

    yield start
    for searcher in opened:
        searcher.close()


def found(searcher: Searcher, text: str = "banjir") -> set[str]:
    return {result.id for result in SearchService(searcher).search(Question(text)).results}


def wait_for(searcher: Searcher, wanted: set[str], seconds: float) -> float:
    """How long it takes until a server answers so."""
    began = time.monotonic()
    while (last := found(searcher)) != wanted:
        assert time.monotonic() - began < seconds, last
        time.sleep(0.02)
    return time.monotonic() - began


def files(folder: Path) -> set[str]:
    return {path.name for path in folder.rglob("*") if path.is_file()}


def test_a_server_needs_no_folder_of_its_own(
    machine: Machine, articles: Articles, serve: Callable[..., Searcher], tmp_path: Path
) -> None:
    articles("satu", "dua")
    sync(machine("reindex"), jobs=1)
    searcher = serve(machine("server"))
    assert found(searcher, "berita satu")
    cache = tmp_path / "server" / "remote"
    assert {"language.json", "furniture.json", "stems.json"} <= files(cache)

    shutil.rmtree(tmp_path / "server")  # while it serves
    assert found(searcher) == {"satu", "dua"}
    shutil.rmtree(tmp_path / "server", ignore_errors=True)
    assert found(serve(machine("server"))) == {"satu", "dua"}

    (tmp_path / "datar").write_text("a file, below which no folder can be made")
    assert found(serve(machine("datar"))) == {"satu", "dua"}
    assert (tmp_path / "datar").read_text() == "a file, below which no folder can be made"


def test_a_copy_that_was_changed_is_fetched_again(
    machine: Machine, articles: Articles, serve: Callable[..., Searcher], tmp_path: Path
) -> None:
    articles("satu")
    sync(machine("reindex"), jobs=1)
    assert found(serve(machine("server"))) == {"satu"}
    (language,) = (tmp_path / "server").rglob("language.json")
    content = language.read_bytes()
    language.write_bytes(content.replace(b"{", b"[", 1))
    assert found(serve(machine("server"))) == {"satu"}
    assert language.read_bytes() == content


def test_servers_of_several_machines_see_updates_rebuilds_and_going_back_within_a_second(
    machine: Machine, articles: Articles, serve: Callable[..., Searcher]
) -> None:
    articles("satu")
    first = sync(machine("reindex"), jobs=1).generation
    servers = [serve(machine("server-1")), serve(machine("server-2"))]
    assert [found(each) for each in servers] == [{"satu"}] * 2
    articles("satu", "dua")
    report = sync(machine("reindex"), jobs=1)
    assert (report.rebuilt, report.generation, report.added) == (None, first, 1)
    waited = [wait_for(each, {"satu", "dua"}, 30) for each in servers]
    articles("tiga")
    sync(machine("reindex-lain"), jobs=1, full=True, allow_removals=True)  # on another machine
    waited += [wait_for(each, {"tiga"}, 30) for each in servers]
    generations = Generations.of(machine("reindex"))
    with generations.writing():
        generations.home.publish(first)
    waited += [wait_for(each, {"satu", "dua"}, 30) for each in servers]
    assert sorted(waited)[len(waited) // 2] < 1.5  # a busy machine may take longer once


def test_a_server_whose_index_was_removed_says_so_and_opens_the_live_one_at_once(
    machine: Machine, articles: Articles, serve: Callable[..., Searcher]
) -> None:
    articles("satu")
    sync(machine("reindex"), jobs=1)
    # Neither has seen anything of what follows.
    searcher, other = (serve(machine("server"), check_seconds=3600) for _ in range(2))
    assert found(searcher) == found(other) == {"satu"}
    articles("satu", "dua")
    for _ in range(3):
        sync(machine("reindex"), jobs=1, full=True)
    with pytest.raises((IndexMissingError, IndexBrokenError)), searcher.use() as snapshot:
        snapshot.reader.documents(["tiada"])
    assert found(searcher) == {"satu", "dua"}
    assert searcher.problem is None
    assert found(other) == {"satu", "dua"}  # a question turns to the live one by itself


def test_exports_and_sitemaps_turn_to_the_live_index_too(
    machine: Machine, articles: Articles, serve: Callable[..., Searcher]
) -> None:
    articles("satu")
    sync(machine("reindex"), jobs=1)
    exporting = SearchService(serve(machine("server"), check_seconds=3600))
    assert exporting.stats().documents == 1
    client = create_app(machine("server"), serve(machine("server"), check_seconds=3600)).test_client()
    assert client.get("/sitemap-1.xml").text.count("<loc>") == 1
    articles("satu", "dua")
    for _ in range(3):
        sync(machine("reindex"), jobs=1, full=True)
    with closing(exporting.export(Question("banjir"), 10)) as export:
        assert export.total == 2
        assert len(b"".join(export.pieces(lambda documents: b"." * len(documents)))) == 2
    assert client.get("/sitemap-1.xml").text.count("<loc>") == 2


def test_where_somebody_removes_the_live_index_the_one_before_takes_its_place_and_the_owner_is_told(
    machine: Machine, articles: Articles, serve: Callable[..., Searcher]
) -> None:
    settings = machine("reindex")
    articles("satu")
    sync(settings, jobs=1)
    articles("satu", "dua")
    live = sync(settings, jobs=1, full=True).generation
    searcher = serve(machine("server"), check_seconds=0)
    assert found(searcher) == {"satu", "dua"}
    client = client_of(engine_options(settings))
    (index,) = client.ask("GET", f"/{client.prefix}-{live}/_settings/index.uuid")
    client.ask("DELETE", f"/{index}", seconds=60)
    until = time.monotonic() + 30
    while searcher.problem is None or searcher._snapshot is None:
        assert time.monotonic() < until
        try:
            found(searcher)
        except (IndexMissingError, IndexBrokenError):
            continue
    assert found(searcher) == {"satu"}
    assert "hilang dari OpenSearch" in str(searcher.problem)
    report = sync(settings, jobs=1)
    assert "hilang dari OpenSearch" in str(report.rebuilt)
    assert wait_for(searcher, {"satu", "dua"}, 30) >= 0
    assert searcher.problem is None


def test_while_the_cluster_does_not_answer_one_asks_once_a_second_and_nobody_waits_for_him(
    machine: Machine, articles: Articles, serve: Callable[..., Searcher], wire: Wire
) -> None:
    articles("satu")
    sync(machine("reindex"), jobs=1)
    settings = machine("server", opensearch_urls=(wire.url,), opensearch_timeout=2.0)
    searcher = serve(settings, check_seconds=0.05)
    assert found(searcher) == {"satu"}
    wire.freeze()
    time.sleep(0.1)
    times = []
    before = wire.requests
    began = time.monotonic()
    while time.monotonic() - began < 4.5:
        asked = time.monotonic()
        with searcher.use():  # what is open stays open, and what is kept of it may be given
            times.append(time.monotonic() - asked)
        time.sleep(0.01)
    assert max(times) < 2.0
    assert sum(each > 0.1 for each in times) <= 1  # who noticed waited a little, and nobody after him
    assert wire.requests - before <= 2 + 4.5 / (2.0 + RETRY_SECONDS) * 2
    assert isinstance(searcher.problem, EngineUnavailableError)
    articles("satu", "dua")
    sync(machine("reindex"), jobs=1)
    wire.thaw()
    wait_for(searcher, {"satu", "dua"}, 30)
    assert searcher.problem is None


def test_pages_and_the_readiness_of_a_site_say_that_the_cluster_does_not_answer(
    machine: Machine, articles: Articles, wire: Wire
) -> None:
    articles("satu")
    sync(machine("reindex"), jobs=1)
    client = create_app(machine("server", opensearch_urls=(wire.url,), opensearch_timeout=2.0)).test_client()
    assert client.get("/readyz").status_code == 200
    assert client.get("/api/v1/search?q=banjir").json["total"] == 1
    wire.freeze()
    page, answer, ready = (client.get(path) for path in ("/?q=air", "/api/v1/search?q=naik", "/readyz"))
    assert [each.status_code for each in (page, answer, ready)] == [503] * 3
    assert page.headers["Retry-After"] == answer.headers["Retry-After"]
    assert "Mesin pencari sedang tidak menjawab" in page.text
    assert answer.json["type"] == "urn:telusur:problem:engine-unavailable"
    assert ready.json["reason"] == "engine"
    assert "tidak menjawab dalam 2 detik" in ready.json["found"]
    assert client.get("/api/v1/search?q=banjir").json["total"] == 1  # kept: right for what is open
    wire.thaw()
    until = time.monotonic() + 30
    while client.get("/readyz").status_code != 200:
        assert time.monotonic() < until
        time.sleep(0.1)
    assert client.get("/?q=air").status_code == 200


def test_a_server_that_begins_while_the_cluster_does_not_answer_keeps_nobody_waiting_twice(
    machine: Machine, articles: Articles, serve: Callable[..., Searcher], wire: Wire
) -> None:
    articles("satu")
    sync(machine("reindex"), jobs=1)
    wire.freeze()
    searcher = serve(machine("server", opensearch_urls=(wire.url,), opensearch_timeout=1.0))
    times: list[float] = []

    def ask() -> None:
        asked = time.monotonic()
        with pytest.raises(EngineUnavailableError):
            found(searcher)
        times.append(time.monotonic() - asked)

    visitors = [threading.Thread(target=ask) for _ in range(8)]
    for visitor in visitors:
        visitor.start()
    for visitor in visitors:
        visitor.join()
    assert len(times) == 8
    assert max(times) < 3.0  # and not eight times the limit
    wire.thaw()
    time.sleep(RETRY_SECONDS)
    assert found(searcher) == {"satu"}


def test_an_archive_moves_to_the_cluster_and_back_by_one_setting(
    machine: Machine, articles: Articles, serve: Callable[..., Searcher]
) -> None:
    before, after = machine("satu", engine="whoosh"), machine("satu")
    articles("satu", "dua")
    sync(before, jobs=1)
    searcher = serve(after)
    assert found(searcher) == {"satu", "dua"}  # from the folder, until the cluster has one
    with searcher.use() as snapshot:
        assert snapshot.index.generation.engine_name == "whoosh"
        assert "mesin berubah dari whoosh menjadi opensearch" in str(snapshot.index.stale)
    articles("satu", "tiga")
    report = sync(after, jobs=1)
    assert report.rebuilt == "mesin berubah dari whoosh menjadi opensearch"
    assert (report.added, report.removed, report.unchanged) == (1, 1, 1)
    wait_for(searcher, {"satu", "tiga"}, 30)
    with searcher.use() as snapshot:
        assert snapshot.index.generation.engine_name == "opensearch"
        assert snapshot.index.stale is None

    back = serve(before)
    assert found(back) == {"satu", "dua"}  # what the folder holds
    report = sync(before, jobs=1)
    assert (report.rebuilt, report.added, report.removed) == (None, 1, 1)
    wait_for(back, {"satu", "tiga"}, 30)
    assert found(searcher) == {"satu", "tiga"}


def test_temporary_copies_are_this_users_alone(
    machine: Machine,
    articles: Articles,
    serve: Callable[..., Searcher],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    articles("satu")
    sync(machine("reindex"), jobs=1)
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "sementara"))
    (tmp_path / "sementara").mkdir()
    (tmp_path / "datar").touch()
    assert found(serve(machine("datar"))) == {"satu"}
    (place,) = (tmp_path / "sementara").iterdir()
    assert (place.stat().st_mode & 0o077, place.stat().st_uid) == (0, os.getuid())
    assert "language.json" in files(place)
    shutil.rmtree(place)
    place.mkdir(mode=0o777)
    place.chmod(0o777)  # as somebody else would have it
    assert found(serve(machine("datar"))) == {"satu"}
    assert files(place) == set()
