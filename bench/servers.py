"""``python -m bench.servers INDEX QUERIES``: the application under several servers and worker models.

Asks distinct queries (a file of them, one a line) of ``/api/v1/search`` with wrk, then one query again and
again, of each server in turn, several times: whatever else the machine does then is shared out. Servers that
are not installed are left out; gunicorn and waitress are no dependencies of Telusur. CPU time is that of all
of a server's processes.
"""

from __future__ import annotations

import argparse
import importlib.util
import os
import subprocess
import tempfile
import time
from collections.abc import Callable
from contextlib import ExitStack
from functools import partial
from pathlib import Path
from statistics import median
from typing import Any
from urllib.parse import quote

from bench.http import SETTLING, memory_mb, run_wrk, serving
from search.cli.serving import CONNECTIONS, load_application

_TARGET = "bench.servers:app"


def __getattr__(name: str) -> Any:
    """The application, made in the process that serves it."""
    if name == "app":
        return load_application()
    raise AttributeError(name)


def _granian(port: int, workers: int, threads: int) -> list[str]:
    options = ["--interface", "wsgi", "--no-ws", "--backpressure", str(CONNECTIONS), "--host", "127.0.0.1"]
    sizes = ["--port", str(port), "--workers", str(workers), "--blocking-threads", str(threads)]
    return ["granian", *options, *sizes, _TARGET]


def _gunicorn(port: int, workers: int, threads: int) -> list[str]:
    kind = ["--worker-class", "gthread", "--threads", str(threads)] if threads > 1 else []
    return ["gunicorn", "--bind", f"127.0.0.1:{port}", "--workers", str(workers), *kind, _TARGET]


def _waitress(port: int, workers: int, threads: int) -> list[str]:
    return ["waitress", "--listen", f"127.0.0.1:{port}", "--threads", str(threads), _TARGET]


_MODELS = (
    ("granian", _granian, 2, 1),
    ("granian", _granian, 2, 2),
    ("granian", _granian, 2, 4),
    ("granian", _granian, 1, 2),
    ("gunicorn", _gunicorn, 2, 1),
    ("gunicorn", _gunicorn, 2, 2),
    ("waitress", _waitress, 1, 2),
)


def _module(
    command: Callable[[int, int, int], list[str]], workers: int, threads: int, port: int
) -> list[str]:
    return ["-m", *command(port, workers, threads)]


def main() -> None:
    """Print a table with one line for each model."""
    parser = argparse.ArgumentParser(prog="python -m bench.servers", description=__doc__)
    parser.add_argument("index", type=Path, help="made by reindex")
    parser.add_argument("queries", type=Path, help="distinct queries, one a line")
    parser.add_argument("--engine", default="whoosh")
    parser.add_argument("--seconds", type=int, default=2, help="length of each load")
    parser.add_argument("--rounds", type=int, default=6, help="how often each server has its turn")
    options = parser.parse_args()
    paths = [f"/api/v1/search?q={quote(text)}" for text in options.queries.read_text("utf-8").splitlines()]
    share = len(paths) // (options.rounds + 1)
    environment = {"TELUSUR_INDEX": str(options.index), "TELUSUR_ENGINE": options.engine}
    with ExitStack() as open_servers:
        folder = Path(open_servers.enter_context(tempfile.TemporaryDirectory()))
        servers = [
            _Server(
                f"{name}, {workers} x {threads}",
                *open_servers.enter_context(
                    serving(partial(_module, command, workers, threads), environment)
                ),
            )
            for name, command, workers, threads in _MODELS
            if importlib.util.find_spec(name)
        ]
        time.sleep(SETTLING)
        for number in range(options.rounds + 1):
            for server in servers:
                asked = paths[number * share : (number + 1) * share]
                server.measure(asked, options.seconds, folder, keep=number > 0)
        print(
            "| server, processes x threads | requests/s | p50 ms | p99 ms | CPU us a request | repeated/s |",
            end="",
        )
        print(" memory MB of each process |")
        print("| --- " * 7 + "|")
        for server in servers:
            print(server.line())


class _Server:
    """One server that is running, and what was measured of it."""

    def __init__(self, name: str, address: str, process: subprocess.Popen[bytes]) -> None:
        self._name = name
        self._address = address
        self._process = process
        self._loads: list[tuple[float, float, float, float, float]] = []

    def measure(self, paths: list[str], seconds: int, folder: Path, *, keep: bool) -> None:
        """Give it one turn."""
        before = _cpu_seconds(self._process.pid)
        distinct = run_wrk(self._address, paths, seconds, folder)
        used = (_cpu_seconds(self._process.pid) - before) / max(distinct.requests, 1)
        repeated = run_wrk(self._address, paths[:1], 1, folder)
        if keep:
            self._loads.append(
                (distinct.per_second, distinct.p50_ms, distinct.p99_ms, used * 1e6, repeated.per_second)
            )

    def line(self) -> str:
        """The medians of its turns."""
        middle = [f"{median(column):,.0f}" for column in zip(*self._loads, strict=True)]
        memory = " + ".join(f"{size:.0f}" for size in memory_mb(self._process.pid))
        return f"| {' | '.join((self._name, *middle, memory))} |"


def _cpu_seconds(parent: int) -> float:
    """CPU time of a process and its children, where /proc tells."""
    ticks = 0
    for status in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = status.read_text().rsplit(")", 1)[1].split()
        except OSError:
            continue
        if parent in (int(status.parent.name), int(fields[1])):
            ticks += int(fields[11]) + int(fields[12])
    return ticks / os.sysconf("SC_CLK_TCK")


if __name__ == "__main__":
    main()
