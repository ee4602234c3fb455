"""Requests a second over HTTP: ``telusur serve`` under wrk, on this machine only."""

from __future__ import annotations

import json
import os
import re
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple
from urllib.error import URLError
from urllib.parse import quote
from urllib.request import urlopen

CONNECTIONS = 16
TURNS = 3
_HOST = "127.0.0.1"
_PATIENCE = 60.0
SETTLING = 8.0
"""Seconds in which a worker reads the words and the newest articles of the archive, beside requests."""

_UNITS = {"us": 0.001, "ms": 1.0, "s": 1000.0, "m": 60_000.0}

# Each of wrk's threads begins at another query and steps over those of the others.
_SCRIPT = """
local paths = {}
for line in io.lines(%s) do paths[#paths + 1] = line end
local threads = 0
function setup(thread) thread:set("place", threads); threads = threads + 1 end
function request()
  place = place + %d
  return wrk.format("GET", paths[place %% #paths + 1])
end
"""


class Load(NamedTuple):
    """What wrk measured.

    :param failed: answers that were not 2xx or 3xx, and broken connections.
    """

    requests: int
    per_second: float
    p50_ms: float
    p99_ms: float
    failed: int


def missing() -> str:
    """Why nothing can be measured, ``""`` if it can."""
    return "" if shutil.which("wrk") else "wrk is not installed"


def measure(
    engine: str, index: Path, texts: Sequence[str], seconds: int, workers: int, folder: Path
) -> dict[str, Any]:
    """Serve an index and ask distinct queries, then one query again and again.

    The first share of the queries is not counted: a server answers for weeks what is measured for seconds.
    Of the other shares, which are asked one after the other, the quickest is told, as everywhere in this
    benchmark.

    :param index: made by ``reindex`` before.
    :param texts: distinct queries.
    :param seconds: how long each share is asked for.
    :param folder: for the script and its list of addresses.
    """
    paths = [f"/api/v1/search?q={quote(text)}" for text in texts]
    shares = [paths[number :: 1 + TURNS] or paths for number in range(1 + TURNS)]
    environment = {"TELUSUR_INDEX": str(index), "TELUSUR_ENGINE": engine}
    with serving(lambda port: telusur(port, workers), environment) as (address, process):
        run_wrk(address, shares[0], seconds, folder)
        time.sleep(SETTLING)
        loads = [run_wrk(address, share, seconds, folder) for share in shares[1:]]
        repeated = run_wrk(address, paths[:1], seconds, folder)
        memory = memory_mb(process.pid)
    quickest = max(loads, key=lambda load: load.per_second)
    if quickest.requests > len(shares[0]):
        raise RuntimeError(
            f"{quickest.requests} requests were made of {len(shares[0])} distinct queries, so that some were "
            "repeated; ask for a shorter time"
        )
    return {
        "distinct": quickest._replace(failed=sum(load.failed for load in loads))._asdict(),
        "repeated": repeated._asdict(),
        "memory_mb": memory,
    }


def telusur(port: int, workers: int) -> list[str]:
    """Arguments of Python for ``telusur serve`` on this machine."""
    command = ["-c", "from search.cli.commands import telusur; telusur()", "serve"]
    return [*command, "--host", _HOST, "--port", str(port), "--workers", str(workers)]


@contextmanager
def serving(
    command: Callable[[int], Sequence[str]],
    environment: Mapping[str, str],
    log: Path | None = None,
    python: Path = Path(sys.executable),
    cwd: Path | None = None,
) -> Iterator[tuple[str, subprocess.Popen[bytes]]]:
    """A server on a free port, until the block ends: its address and its first process.

    :param command: from a port to the arguments of the Python.
    :param environment: on top of that of this process.
    :param log: the file for what it prints; by default that is lost.
    :param cwd: its working directory, by default that of this process.
    :raises RuntimeError: if it does not answer in time.
    """
    with socket.socket() as free:
        free.bind((_HOST, 0))
        port = free.getsockname()[1]
    with (log or Path(os.devnull)).open("wb") as output:
        process = subprocess.Popen(
            [python, *command(port)],
            cwd=cwd,
            env={**os.environ, **environment},
            stdout=output,
            stderr=output,
        )
    address = f"http://{_HOST}:{port}"
    try:
        _wait(address, process)
        yield address, process
    finally:
        process.terminate()
        try:
            process.wait(20)
        except subprocess.TimeoutExpired:
            process.kill()


def _wait(address: str, process: subprocess.Popen[bytes]) -> None:
    end = time.monotonic() + _PATIENCE
    while time.monotonic() < end and process.poll() is None:
        try:
            with urlopen(f"{address}/readyz", timeout=5) as answer:
                if json.load(answer):
                    return
        except (URLError, OSError, ValueError):
            time.sleep(0.01)  # also how exactly a start is measured
    raise RuntimeError(f"the server at {address} was not ready within {_PATIENCE:.0f} s")


def run_wrk(
    address: str, paths: Sequence[str], seconds: int, folder: Path, connections: int = CONNECTIONS
) -> Load:
    """Ask a server for paths, over and over, as fast as it answers.

    :param folder: for the script and its list of addresses.
    :param connections: how many ask at once.
    """
    listed, script = folder / "paths.txt", folder / "load.lua"
    listed.write_text("\n".join(paths) + "\n")
    threads = min(2, connections)
    script.write_text(_SCRIPT % (json.dumps(str(listed)), threads))
    done = subprocess.run(
        ["wrk", f"-t{threads}", f"-c{connections}", f"-d{seconds}s", "--latency", "-s", str(script), address],
        check=True,
        capture_output=True,
        text=True,
        timeout=seconds + 60,
    )
    return parse(done.stdout)


def parse(output: str) -> Load:
    """Read wrk's report.

    :raises ValueError: if it is not one.
    """

    def number(pattern: str) -> str:
        found = re.search(pattern, output)
        if not found:
            raise ValueError(f"wrk printed no {pattern!r}:\n{output}")
        return found[1]

    def milliseconds(percent: int) -> float:
        text = number(rf"\n\s+{percent}%\s+([\d.]+[a-z]+)")
        value, unit = re.fullmatch(r"([\d.]+)([a-z]+)", text).groups()  # type: ignore[union-attr]
        return float(value) * _UNITS[unit]

    failed = sum(map(int, re.findall(r"Non-2xx or 3xx responses: (\d+)", output)))
    errors = re.search(r"Socket errors: connect (\d+), read (\d+), write (\d+), timeout (\d+)", output)
    return Load(
        int(number(r"(\d+) requests in")),
        float(number(r"Requests/sec:\s+([\d.]+)")),
        milliseconds(50),
        milliseconds(99),
        failed + sum(map(int, errors.groups() if errors else ())),
    )


def memory_mb(parent: int) -> list[float]:
    """Resident memory of the server's processes, or nothing where /proc does not tell."""
    sizes = []
    for status in Path("/proc").glob("[0-9]*/status"):
        try:
            fields = dict(line.split(":", 1) for line in status.read_text().splitlines() if ":" in line)
        except OSError:
            continue
        if parent in (int(status.parent.name), int(fields.get("PPid", 0))) and "VmRSS" in fields:
            sizes.append(int(fields["VmRSS"].split()[0]) / 1024)
    return sorted(sizes, reverse=True)
