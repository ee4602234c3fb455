"""``telusur serve`` as a program of its own, and what a test asks of it."""

from __future__ import annotations

import http.client
import json
import subprocess
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from index.reindex.sync import sync
from index.settings import Settings

SERVE = "from search.cli.commands import telusur; telusur()"
QUESTION = "/api/v1/search?q=netralitas"


class Server:
    """A running ``telusur serve``."""

    def __init__(self, process: subprocess.Popen[bytes], port: int, log: Path) -> None:
        self.process = process
        self.port = port
        self._log = log

    def connect(self, timeout: float = 10) -> http.client.HTTPConnection:
        return http.client.HTTPConnection("127.0.0.1", self.port, timeout=timeout)

    def get(self, path: str, timeout: float = 10) -> tuple[int, str]:
        with closing(self.connect(timeout)) as connection:
            connection.request("GET", path)
            response = connection.getresponse()
            return response.status, response.read().decode()

    def log(self) -> str:
        return self._log.read_text(encoding="utf-8", errors="replace")

    def total(self) -> int:
        """What a new visitor is answered; waits until there is an answer."""
        deadline = time.monotonic() + 60
        while True:
            assert self.process.poll() is None, self.log()
            try:
                return int(json.loads(self.get(QUESTION)[1])["total"])
            except (OSError, http.client.HTTPException):
                assert time.monotonic() < deadline
                time.sleep(0.02)

    def answers(self) -> bool:
        """Whether it answers, be it that it cannot."""
        try:
            return bool(self.get(QUESTION)[0])
        except (OSError, http.client.HTTPException):
            return False

    def eventually(self, holds: Callable[[], bool]) -> None:
        """Wait until something holds, while the server runs.

        A worker that ends closes connections that have not asked anything yet; a visitor asks again.
        """

        def holds_now() -> bool:
            try:
                return holds()
            except http.client.RemoteDisconnected:
                return False

        deadline = time.monotonic() + 60
        while not holds_now():
            assert self.process.poll() is None, self.log()
            assert time.monotonic() < deadline, self.log()
            time.sleep(0.05)

    def workers(self) -> set[int]:
        """Its processes that are alive and answer."""
        found = set()
        for status in Path("/proc").glob("[0-9]*/stat"):
            try:
                state, parent = status.read_text().rsplit(")", 1)[1].split()[:2]
            except OSError:
                continue
            if int(parent) == self.process.pid and state != "Z":
                found.add(int(status.parent.name))
        return found


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
) -> Callable[..., Server]:
    """Starts a server with so many worker processes; it answers already."""

    def serve(workers: int, cwd: Path = folder, index: Path = folder / "index", **environment: str) -> Server:
        port = free_port()
        options = ["--port", str(port), "--workers", str(workers), "--index", str(index)]
        log = folder / f"log-{port}"
        with log.open("wb") as output:
            process = start_shared_program(
                SERVE, "serve", *options, cwd=cwd, env=environment, stdout=output, stderr=output
            )
        server = Server(process, port, log)
        server.eventually(server.answers)
        return server

    return serve
