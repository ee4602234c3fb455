"""``telusur serve``, as it runs for days: stopped, killed, and with visitors who stay connected."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import time
from collections.abc import Callable
from contextlib import ExitStack, closing
from pathlib import Path
from typing import Any

import pytest

from search.cli.serving import LONGEST_PAUSE, pause_after

SERVE = "from search.cli.commands import telusur; telusur()"
QUESTION = "/api/v1/search?q=netralitas"
# More than browsers need to hold every place of a server that keeps a few dozen.
VISITORS = 150


@pytest.fixture(scope="module")
def server(serve: Callable[..., Any]) -> Any:
    """A server of one worker process that no test ends."""
    return serve(1)


def test_it_begins_without_a_warning(server: Any) -> None:
    server.total()

    assert "Started worker-1" in server.log()
    assert "[WARNING]" not in server.log()


def test_it_stops_when_told(serve: Callable[..., Any]) -> None:
    server = serve(1)

    server.process.send_signal(signal.SIGTERM)

    assert server.process.wait(timeout=30) == 0


finds_processes = pytest.mark.skipif(
    not Path("/proc/self/stat").exists(), reason="finds processes under /proc"
)


@finds_processes
def test_a_worker_that_is_killed_is_replaced(serve: Callable[..., Any]) -> None:
    server = serve(1)
    before = server.workers()

    for pid in before:
        os.kill(pid, signal.SIGKILL)

    assert server.total() == 1
    assert server.process.poll() is None
    assert server.workers().isdisjoint(before)


@finds_processes
def test_workers_are_replaced_however_often_they_are_killed(serve: Callable[..., Any]) -> None:
    server = serve(2)

    for _ in range(4):
        for pid in server.workers():
            os.kill(pid, signal.SIGKILL)
        assert server.total() == 1

    assert "ended with code -9" in server.log()
    server.process.terminate()
    assert server.process.wait(timeout=30) == 0


def test_pauses_before_a_worker_is_replaced_grow_to_a_bound() -> None:
    assert pause_after(0) == 0
    assert 0 < pause_after(1) < pause_after(2) < pause_after(3)
    assert pause_after(10_000) == LONGEST_PAUSE


@finds_processes
def test_settings_stay_in_force_until_new_ones_can_be_read(serve: Callable[..., Any], tmp_path: Path) -> None:
    config = tmp_path / "telusur.toml"
    config.write_text('site_name = "Arsip Lama"')
    server = serve(1, tmp_path)

    config.write_text("site_name = [")
    for pid in server.workers():
        os.kill(pid, signal.SIGKILL)
    assert server.total() == 1
    server.process.send_signal(signal.SIGHUP)
    server.eventually(lambda: '"reason":"settings"' in server.get("/readyz")[1])
    assert "Arsip Lama" in server.get("/")[1]
    assert str(config) in server.log()

    config.write_text('site_name = "Arsip Baru"')
    server.eventually(lambda: "Stopped old worker" in server.log())
    server.process.send_signal(signal.SIGHUP)
    server.eventually(lambda: "Arsip Baru" in server.get("/")[1] and server.get("/readyz")[0] == 200)


def test_requests_under_way_are_answered_when_it_is_stopped(serve: Callable[..., Any]) -> None:
    server = serve(1)
    text = "+".join(f"memper{letter}tanggungjawabkan" for letter in "abcdefghijklmnopqrstuvwxyz" * 20)

    with ExitStack() as visitors:
        waiting = [visitors.enter_context(closing(server.connect(30))) for _ in range(20)]
        for number, visitor in enumerate(waiting):
            visitor.request("GET", f"/api/v1/analyze?text={number}+{text}")
        waiting[0].getresponse().read()
        server.process.terminate()

        assert [visitor.getresponse().status for visitor in waiting[1:]] == [200] * 19
    assert server.process.wait(timeout=30) == 0


def test_connections_that_ask_nothing_are_closed(serve: Callable[..., Any]) -> None:
    server = serve(1, TELUSUR_IDLE_SECONDS="1")

    with (
        socket.create_connection(("127.0.0.1", server.port), timeout=20) as silent,
        socket.create_connection(("127.0.0.1", server.port), timeout=20) as half,
    ):
        half.sendall(b"GET / HTTP/1.1\r\nHost: ")

        assert silent.recv(1) == b""
        while half.recv(1000):  # it may be told why
            pass


def test_a_port_that_is_taken_is_not_shared(
    server: Any, folder: Path, start_program: Callable[..., Any]
) -> None:
    second = start_program(
        SERVE,
        *("serve", "--port", str(server.port), "--index", str(folder / "index")),
        cwd=folder,
        stderr=subprocess.PIPE,
        text=True,
    )
    _output, errors = second.communicate(timeout=60)

    assert second.returncode == 1
    assert f"127.0.0.1:{server.port}" in errors
    assert "--port" in errors
    assert "Traceback" not in errors
    assert server.total() == 1


@finds_processes
def test_workers_end_with_a_server_that_is_killed(serve: Callable[..., Any]) -> None:
    server = serve(2)
    workers = server.workers()

    server.process.kill()

    deadline = time.monotonic() + 30
    while any(Path(f"/proc/{worker}").exists() for worker in workers):
        assert time.monotonic() < deadline
        time.sleep(0.01)


def test_pages_of_the_working_directory_are_not_served(server: Any) -> None:
    assert "another site" not in server.get("/")[1]


def test_visitors_who_stay_connected_keep_nobody_out(server: Any) -> None:
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
    assert "sebelum siap" in errors
