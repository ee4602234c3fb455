"""This build beside another checkout, in turns: ``python -m bench.turns OTHER [--turns N]``.

OTHER is a folder with a checkout that was set up (``make .venv/.ready``). Each turn makes a first index of
the news with both, and has both serve it: whatever else the machine does meanwhile is shared out. The
figures are medians over the turns, and their ratio.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path
from statistics import median
from urllib.parse import quote
from urllib.request import urlopen

from bench import http
from bench.corpora import news_texts
from bench.data import DataMissingError, data_folder, existing
from bench.memory import pss_mb, size_mb, watching
from bench.report import table
from index.engines.registry import DEFAULT_ENGINE, engine_names, is_remote

_QUERIES = 2000

FIGURES = {
    "index_rate": ("first `reindex`, articles/s", True),
    "index_peak": ("its peak, all processes, MB PSS", False),
    "index_size": ("index, MB", False),
    "first": ("first answer after start, s", False),
    "served": ("server after distinct queries, MB PSS", False),
    "rate": ("distinct queries/s, 16 connections", True),
    "p99": ("their p99, ms", False),
    "one_p50": ("one connection, p50, ms", False),
    "one_p99": ("one connection, p99, ms", False),
}
"""What is measured -> what the table calls it, and whether more is better."""


class Build:
    """A checkout, and what was measured of it.

    :param folder: where it lies, with an environment of its own in ``.venv``.
    """

    def __init__(self, name: str, folder: Path) -> None:
        self.name = name
        self._folder = folder
        self._bin = folder / ".venv" / "bin"
        self.figures: dict[str, list[float]] = defaultdict(list)
        if not (self._bin / "telusur").exists():
            raise DataMissingError(f"{folder} is not set up: there is no {self._bin / 'telusur'}")

    def reindex(self, archive: Path, index: Path, engine: str, jobs: int) -> None:
        """Make a first index."""
        command = [self._bin / "python", self._bin / "reindex", archive, "--index", index, "--engine", engine]
        began = time.perf_counter()
        with subprocess.Popen(
            [*command, "--jobs", str(jobs), "--json"],
            # Python finds what lies in its working directory before what is installed.
            cwd=self._folder,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        ) as process:
            with watching(process.pid) as peak:
                told, said = process.communicate()
            seconds = time.perf_counter() - began
        if process.returncode:
            raise RuntimeError(
                f"reindex of {self.name} ended with {process.returncode}: {said.decode()[-500:]}"
            )
        self.figures["index_rate"].append(json.loads(told)["documents"] / seconds)
        self.figures["index_peak"].append(peak.mb)
        self.figures["index_size"].append(size_mb(index))

    def serve(self, index: Path, engine: str, queries: Sequence[str], seconds: int, folder: Path) -> None:
        """Serve an index, and ask it for distinct queries."""
        environment = {"TELUSUR_INDEX": str(index), "TELUSUR_ENGINE": engine}
        paths = [f"/api/v1/search?q={quote(text)}" for text in queries]
        began = time.perf_counter()
        with http.serving(self._serve, environment, python=self._bin / "python", cwd=self._folder) as (
            address,
            process,
        ):
            with urlopen(f"{address}{paths[0]}", timeout=60) as answer:
                answer.read()
            self.figures["first"].append(time.perf_counter() - began)
            time.sleep(http.SETTLING)
            for path in paths[:_QUERIES]:
                with urlopen(f"{address}{path}", timeout=60) as answer:
                    answer.read()
            self.figures["served"].append(pss_mb(process.pid))
            alone = http.run_wrk(address, paths[_QUERIES : 2 * _QUERIES], seconds, folder, connections=1)
            many = http.run_wrk(address, paths[2 * _QUERIES :], seconds, folder)
        for load, asked in ((alone, _QUERIES), (many, len(paths) - 2 * _QUERIES)):
            if load.failed or load.requests > asked:
                raise RuntimeError(f"{self.name}: {load} of {asked} distinct queries; ask for a shorter time")
        self.figures["rate"].append(many.per_second)
        self.figures["p99"].append(many.p99_ms)
        self.figures["one_p50"].append(alone.p50_ms)
        self.figures["one_p99"].append(alone.p99_ms)

    def _serve(self, port: int) -> list[str]:
        serve = [str(self._bin / "telusur"), "serve", "--host", "127.0.0.1", "--port", str(port)]
        return [*serve, "--workers", "2"]


def told(one: Build, other: Build) -> str:
    """The table of two builds."""
    rows = []
    for name, (text, more_is_better) in FIGURES.items():
        if not one.figures[name] or not other.figures[name]:
            continue
        mine, theirs = median(one.figures[name]), median(other.figures[name])
        ratio = f"{mine / theirs:.2f}" if theirs else ""
        rows.append([text, f"{mine:,.2f}", f"{theirs:,.2f}", ratio, "more" if more_is_better else "less"])
    return table(["", one.name, other.name, "ratio", "better is"], rows)


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure and print; 2 if something that is needed is missing."""
    parser = argparse.ArgumentParser(prog="python -m bench.turns", description=__doc__)
    parser.add_argument("other", type=Path, metavar="OTHER", help="folder of the other checkout")
    parser.add_argument("--turns", type=int, default=5)
    engines = [name for name in engine_names() if not is_remote(name)]
    parser.add_argument(
        "--engine", action="append", choices=engines, help="may be repeated; by default the default"
    )
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1, help="processes of `reindex`")
    parser.add_argument("--seconds", type=int, default=3, help="length of each load")
    parser.add_argument("--no-serving", action="store_true", help="indexing alone")
    options = parser.parse_args(arguments)
    try:
        archive = existing(data_folder() / "news.jsonl.gz")
        queries = [] if options.no_serving else _queries()
        for engine in options.engine or [DEFAULT_ENGINE]:
            here = Build("this build", Path(__file__).resolve().parents[1])
            other = Build(str(options.other), options.other.resolve())
            measure([here, other], archive, engine, queries, options)
            print(
                f"{engine}, {options.turns} turns, {options.jobs} jobs\n\n{told(here, other)}\n", flush=True
            )
    except DataMissingError as error:
        print(error, file=sys.stderr)
        return 2
    return 0


def _queries() -> list[str]:
    if reason := http.missing():
        raise DataMissingError(reason)
    return news_texts(8 * _QUERIES)


def measure(
    builds: Sequence[Build], archive: Path, engine: str, queries: Sequence[str], options: argparse.Namespace
) -> None:
    """Give each build its turns, the other one first each time."""
    for turn in range(options.turns):
        for build in builds if turn % 2 == 0 else builds[::-1]:
            with tempfile.TemporaryDirectory(prefix="telusur-turns-") as folder:
                index = Path(folder) / "index"
                build.reindex(archive, index, engine, options.jobs)
                if queries:
                    build.serve(index, engine, queries, options.seconds, Path(folder))


if __name__ == "__main__":
    raise SystemExit(main())
