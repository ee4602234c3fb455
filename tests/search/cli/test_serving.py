"""``telusur serve``, as it runs for days: stopped, killed, and with visitors who stay connected."""

from __future__ import annotations

import http.client
import json
import os
import signal
import subprocess
import time
from collections.abc import Callable
from contextlib import ExitStack, closing
from pathlib import Path
from typing import Any

import pytest

from index.reindex.sync import sync
from index.settings import Settings

SERVE = "from search.cli.commands import telusur; telusur()"
QUESTION = "/api/v1/search?q=netralitas"
# More than browsers need to hold every place of a server that keeps a few dozen.
VISITORS = 150


class Server:
    """A running ``telusur serve``."""

    def __init__(self, process: subprocess.Popen[bytes], port: int, log: Path) -> None:
        self.process = process
        self._port = port
        self._log = log

    def connect(self, timeout: float = 10) -> http.client.HTTPConnection:
        return http.client.HTTPConnection("127.0.0.1", self._port, timeout=timeout)

    def page(self) -> str:
        with closing(self.connect()) as connection:
            connection.request("GET", "/")
            return connection.getresponse().read().decode()

    def total(self) -> int:
        """What a new visitor is answered; waits until there is an answer."""
        deadline = time.monotonic() + 60
        while True:
            assert self.process.poll() is None, self._log.read_text(encoding="utf-8", errors="replace")
            try:
                with closing(self.connect()) as connection:
                    connection.request("GET", QUESTION)
                    return int(json.load(connection.getresponse())["total"])
            except OSError:
                assert time.monotonic() < deadline
                time.sleep(0.02)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with an index of one article, and with the application and the pages of another site."""
    folder = tmp_path_factory.mktemp("site")
    (folder / "wsgi.py").write_text("raise SystemError('the application of another site')")
    templates = folder / "templates" / "telusur"
    templates.mkdir(parents=True)
    for name in ("home.html", "results.html"):
        (templates / name).write_text("the page of another site")
    archive = folder / "arsip.jsonl"
    archive.write_text(json.dumps({"id": "a", "title": "Netralitas ASN", "body": "Pengawas mengingatkan."}))
    sync(Settings({"index": str(folder / "index")}), [str(archive)], jobs=1)
    return folder


@pytest.fixture(scope="module")
def serve(
    folder: Path, start_shared_program: Callable[..., Any], free_port: Callable[[], int]
) -> Callable[[int], Server]:
    """Starts a server with so many worker processes; it answers already."""

    def serve(workers: int) -> Server:
        port = free_port()
        options = ["--port", str(port), "--workers", str(workers), "--index", str(folder / "index")]
        log = folder / f"log-{port}"
        with log.open("wb") as output:
            process = start_shared_program(SERVE, "serve", *options, cwd=folder, stdout=output, stderr=output)
        server = Server(process, port, log)
        assert server.total() == 1
        return server

    return serve


@pytest.fixture(scope="module")
def server(serve: Callable[[int], Server]) -> Server:
    """A server of one worker process that no test ends."""
    return serve(1)


def test_it_stops_when_told(serve: Callable[[int], Server]) -> None:
    server = serve(1)

    server.process.send_signal(signal.SIGTERM)

    assert server.process.wait(timeout=30) == 0


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="finds processes under /proc")
def test_a_worker_that_is_killed_is_replaced(serve: Callable[[int], Server]) -> None:
    server = serve(1)
    before = children(server.process.pid)

    for pid in before:
        os.kill(pid, signal.SIGKILL)

    assert server.total() == 1
    assert server.process.poll() is None
    assert children(server.process.pid).isdisjoint(before)


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="finds processes under /proc")
def test_workers_end_with_a_server_that_is_killed(serve: Callable[[int], Server]) -> None:
    server = serve(2)
    workers = children(server.process.pid)

    server.process.kill()

    deadline = time.monotonic() + 30
    while any(Path(f"/proc/{worker}").exists() for worker in workers):
        assert time.monotonic() < deadline
        time.sleep(0.01)


def test_pages_of_the_working_directory_are_not_served(server: Server) -> None:
    assert "another site" not in server.page()


def test_visitors_who_stay_connected_keep_nobody_out(server: Server) -> None:
    with ExitStack() as visitors:
        for _ in range(VISITORS):
            visitor = visitors.enter_context(closing(server.connect()))
            visitor.request("GET", QUESTION)
            visitor.getresponse().read()

        with closing(server.connect(timeout=10)) as newcomer:
            newcomer.request("GET", QUESTION)
            assert newcomer.getresponse().status == 200


def test_an_application_that_cannot_be_loaded_ends_it(
    tmp_path: Path, start_program: Callable[..., Any], free_port: Callable[[], int]
) -> None:
    (tmp_path / "flask.py").write_text("raise SystemError('no application here')")
    port = free_port()

    process = start_program(
        SERVE,
        *("serve", "--port", str(port)),
        cwd=tmp_path,
        env={"PYTHONPATH": str(tmp_path)},
        stderr=subprocess.PIPE,
        text=True,
    )
    _output, errors = process.communicate(timeout=60)

    assert process.returncode == 1
    assert "no application here" in errors
    assert f"127.0.0.1:{port}" in errors


def children(parent: int) -> set[int]:
    """Processes that a process has started and that are alive."""
    found = set()
    for status in Path("/proc").glob("[0-9]*/stat"):
        try:
            state, its_parent = status.read_text().rsplit(")", 1)[1].split()[:2]
        except OSError:
            continue
        if int(its_parent) == parent and state != "Z":
            found.add(int(status.parent.name))
    return found
