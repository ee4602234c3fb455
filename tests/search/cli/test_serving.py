"""``telusur serve``, as it runs for days: stopped, killed, and with visitors who stay connected."""

from __future__ import annotations

import http.client
import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing
from pathlib import Path

import pytest

from index.reindex.sync import sync
from index.settings import Settings

ROOT = Path(__file__).parents[3]
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
                time.sleep(0.1)


@pytest.fixture
def serve(tmp_path: Path) -> Iterator[Callable[[int], Server]]:
    """Starts a server with so many worker processes; it answers already.

    Its working directory is that of another site, whose application and pages are not ours.
    """
    (tmp_path / "wsgi.py").write_text("raise SystemError('the application of another site')")
    templates = tmp_path / "templates" / "telusur"
    templates.mkdir(parents=True)
    for name in ("home.html", "results.html"):
        (templates / name).write_text("the page of another site")
    archive = tmp_path / "arsip.jsonl"
    archive.write_text(json.dumps({"id": "a", "title": "Netralitas ASN", "body": "Pengawas mengingatkan."}))
    sync(Settings({"index": str(tmp_path / "index")}), [str(archive)], jobs=1)
    with ExitStack() as stack:

        def serve(workers: int) -> Server:
            with socket.socket() as probe:
                probe.bind(("127.0.0.1", 0))
                port = probe.getsockname()[1]
            options = ["--port", str(port), "--workers", str(workers), "--index", str(tmp_path / "index")]
            log = stack.enter_context((tmp_path / "log").open("wb"))
            process = subprocess.Popen(
                [
                    sys.executable,
                    "-c",
                    "from search.cli.commands import telusur; telusur()",
                    "serve",
                    *options,
                ],
                cwd=tmp_path,
                env={**os.environ, "PYTHONPATH": str(ROOT)},
                stdout=log,
                stderr=log,
            )
            stack.callback(process.wait)
            stack.callback(process.kill)
            server = Server(process, port, tmp_path / "log")
            assert server.total() == 1
            return server

        yield serve


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
        time.sleep(0.05)


def test_pages_of_the_working_directory_are_not_served(serve: Callable[[int], Server]) -> None:
    assert "another site" not in serve(1).page()


def test_visitors_who_stay_connected_keep_nobody_out(serve: Callable[[int], Server]) -> None:
    server = serve(1)
    with ExitStack() as visitors:
        for _ in range(VISITORS):
            visitor = visitors.enter_context(closing(server.connect()))
            visitor.request("GET", QUESTION)
            visitor.getresponse().read()

        with closing(server.connect(timeout=10)) as newcomer:
            newcomer.request("GET", QUESTION)
            assert newcomer.getresponse().status == 200


def test_an_application_that_cannot_be_loaded_ends_it(tmp_path: Path) -> None:
    (tmp_path / "flask.py").write_text("raise SystemError('no application here')")
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]

    ended = subprocess.run(
        [
            sys.executable,
            "-c",
            "from search.cli.commands import telusur; telusur()",
            "serve",
            "--port",
            str(port),
        ],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": os.pathsep.join((str(tmp_path), str(ROOT)))},
        capture_output=True,
        text=True,
        timeout=60,
    )

    assert ended.returncode == 1
    assert "no application here" in ended.stderr
    assert f"127.0.0.1:{port}" in ended.stderr


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
