"""One measurement in a process of its own, so that memory and caches are its own: prints one JSON object.

``python -m bench.measure index SYSTEM TOKENS FOLDER`` · ``search SYSTEM FOLDER QUERIES`` ·
``reindex ENGINE SOURCE INDEX JOBS TIMES``
"""

from __future__ import annotations

import json
import pickle
import resource
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

from bench.corpora import read_tokens
from bench.queries import Asked, Kind
from bench.systems import get_system
from index.reindex.sync import sync
from index.reindex.workers import few_collections
from index.settings import Settings

PERCENTILES = (50, 95, 99)
# A kind of query is asked for no longer than this, but so many queries at least.
PATIENCE_SECONDS = 8.0
LEAST_QUERIES = 20
_TIMEOUT = 1800


def in_subprocess(*arguments: str) -> dict[str, Any]:
    """Run a measurement.

    :raises subprocess.SubprocessError: if it failed, and said why on standard error, or took too long.
    """
    command = [sys.executable, "-m", "bench.measure", *arguments]
    done = subprocess.run(command, check=True, stdout=subprocess.PIPE, timeout=_TIMEOUT)
    result: dict[str, Any] = json.loads(done.stdout)
    return result


def percentiles(seconds: Sequence[float]) -> list[float]:
    """Milliseconds at each of PERCENTILES (nearest rank)."""
    ordered = sorted(seconds)
    return [1000 * ordered[min(len(ordered) * p // 100, len(ordered) - 1)] for p in PERCENTILES]


def least(one: dict[str, Any], other: dict[str, Any]) -> dict[str, Any]:
    """Of two measurements of the same, each figure's lower one: noise only ever adds."""
    return {
        name: least(value, other[name])
        if isinstance(value, dict)
        else list(map(min, value, other[name]))
        if isinstance(value, list)
        else min(value, other[name])
        for name, value in one.items()
    }


def _index(name: str, tokens: str, folder: str) -> dict[str, Any]:
    system = get_system(name)
    began = time.perf_counter()
    with few_collections():
        system.index(read_tokens(Path(tokens)), Path(folder))
    seconds = time.perf_counter() - began
    return {"seconds": seconds, "disk_bytes": system.disk_bytes(Path(folder)), "peak_mb": _peak_mb()}


def _search(name: str, folder: str, queries: str) -> dict[str, Any]:
    system = get_system(name)
    if reason := system.missing():  # also loads its library, which is not part of opening an index
        raise SystemExit(f"{name}: {reason}")
    asked: dict[Kind, list[Asked]] = pickle.loads(Path(queries).read_bytes())
    began = time.perf_counter()
    system.open(Path(folder))
    opened = time.perf_counter() - began
    first = _timed(system.search, asked[Kind.KEYWORD][:1])
    cold = {kind: _timed(system.search, several) for kind, several in asked.items()}
    warm = {kind: _timed(system.search, several) for kind, several in asked.items()}
    return {
        "open_ms": 1000 * opened,
        "first_ms": 1000 * sum(first),
        "cold": {kind: percentiles(times) for kind, times in cold.items() if times},
        "warm": {kind: percentiles(times) for kind, times in warm.items() if times},
        "peak_mb": _peak_mb(),
    }


def _timed(search: Callable[[Asked], object], several: Sequence[Asked]) -> list[float]:
    times: list[float] = []
    for asked in several:
        began = time.perf_counter()
        search(asked)
        times.append(time.perf_counter() - began)
        if sum(times) > PATIENCE_SECONDS and len(times) >= LEAST_QUERIES:
            break
    return times


def _reindex(engine: str, source: str, index: str, jobs: str, times: str) -> dict[str, Any]:
    settings = Settings({"index": index, "engine": engine, "lexicon": ""})
    runs = [sync(settings, [source], full=True, jobs=int(jobs)) for _ in range(int(times))]
    return {
        "documents": runs[0].documents,
        "seconds": [run.seconds for run in runs],
        "peak_mb": _peak_mb(),
    }


def _peak_mb() -> float:
    """Most memory this process ever held."""
    with suppress(OSError):
        # What getrusage says begins with what the parent process held.
        for line in Path("/proc/self/status").read_text().splitlines():
            if line.startswith("VmHWM"):
                return int(line.split()[1]) / 1024
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / (1 << 20) if sys.platform == "darwin" else peak / 1024


def main(arguments: list[str]) -> int:
    """Print the result of one measurement."""
    what = {"index": _index, "search": _search, "reindex": _reindex}[arguments[0]]
    json.dump(what(*arguments[1:]), sys.stdout)
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
