"""``python -m bench.speed``: how fast Telusur's engines are, beside others, in one run.

Measures indexing and searching of the news articles and of 10,000 and 100,000 recombined ones (``N=1000000``
adds an archive of that size, Tantivy only), then requests over HTTP; prints the tables and, when everything
was measured, writes docs/performance.md. Reads its data as ``bench/data.py`` says.
"""

from __future__ import annotations

import argparse
import json
import os
import pickle
import shlex
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import asdict
from functools import partial
from pathlib import Path
from typing import Any

from bench import http
from bench.corpora import Corpus, Size, corpus, read_tokens, write_tokens
from bench.data import DataMissingError
from bench.measure import in_subprocess, least
from bench.queries import draw, texts
from bench.report import QUICK_SECONDS, ROUNDS, page
from bench.systems import get_system, system_names
from index.engines.registry import engine_names

_REPORT = Path(__file__).resolve().parents[1] / "docs" / "performance.md"
_ARCHIVES = ("news", "10000", "100000")
# What runs on an archive too large for the others.
_LARGE = ("tantivy", "raw-tantivy")
_HTTP_ARCHIVE = "news"
_HTTP_QUERIES = 80_000


def main(arguments: list[str] | None = None) -> int:
    """Run the measurements that were asked for.

    :returns: 0, or 1 when everything was missing or a measurement failed.
    """
    arguments = sys.argv[1:] if arguments is None else arguments
    options = _parser().parse_args(arguments)
    large = os.environ.get("N", "")
    names = options.only or [*_ARCHIVES, *([large] if large else [])]
    command = shlex.join(["python", "-m", "bench.speed", *arguments])
    if large:
        command = f"N={large} {command}"
    results: list[dict[str, Any]] = []
    notes: list[str] = []
    for name in names:
        try:
            results.append(
                _kept(options, name) or _Run(options, corpus(name), large=name == large).measure(notes)
            )
        except DataMissingError as error:
            notes.append(f"{name}: {error}")
            print(f"{name}: {error}", file=sys.stderr)
    if not results:
        return 1
    report = page(results, command, notes)
    print(report)
    whole = not (options.only or options.engines or options.no_http or options.queries != _QUERIES)
    output = options.output or (_REPORT if whole and not notes else None)
    if output:
        output.write_text(report, encoding="utf-8")
        print(f"written: {output}", file=sys.stderr)
    return 1 if any(FAILED in note for note in notes) else 0


_QUERIES = 300
FAILED = "a measurement failed"


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m bench.speed", description=__doc__)
    parser.add_argument(
        "--only", nargs="+", metavar="ARCHIVE", help="seeds, news or numbers of articles, instead of all"
    )
    parser.add_argument(
        "--engines", nargs="+", choices=system_names(), metavar="SYSTEM", help=", ".join(system_names())
    )
    parser.add_argument("--queries", type=int, default=_QUERIES, help="queries of each kind")
    parser.add_argument("--no-http", action="store_true", help="leave out the requests over HTTP")
    parser.add_argument("--http", metavar="ARCHIVE", default=_HTTP_ARCHIVE, help="archive that is served")
    parser.add_argument("--http-seconds", type=int, default=15, help="length of each load")
    parser.add_argument("--workers", type=int, default=0, help="server processes, by default one a core")
    parser.add_argument("--jobs", type=int, default=2, help="processes of `reindex`")
    parser.add_argument("--output", type=Path, help="where the report goes, by default docs/performance.md")
    parser.add_argument(
        "--results",
        type=Path,
        metavar="FOLDER",
        help="where the measurements of each archive are kept: those that are there are not made again",
    )
    parser.add_argument("--work", type=Path, help="folder for indexes, by default a temporary one")
    return parser


def _kept(options: argparse.Namespace, name: str) -> dict[str, Any] | None:
    """What an earlier run, which was interrupted, measured of an archive."""
    if options.results is None or not (file := _results_file(options, name)).is_file():
        return None
    print(f"{name}: taken from {file}", file=sys.stderr)
    result: dict[str, Any] = json.loads(file.read_text(encoding="utf-8"))
    return result


def _results_file(options: argparse.Namespace, name: str) -> Path:
    folder: Path = options.results
    return folder / f"{name}.json"


class _Run:
    """The measurements of one archive."""

    def __init__(self, options: argparse.Namespace, archive: Corpus, *, large: bool) -> None:
        self._options = options
        self._archive = archive
        self._large = large
        self._notes: list[str] = []
        wanted = options.engines or system_names()
        self._systems = [name for name in wanted if not large or name in _LARGE]
        self._engines = [
            name for name in self._systems if name in engine_names() and not get_system(name).missing()
        ]

    def measure(self, notes: list[str]) -> dict[str, Any]:
        """Everything, as the report takes it."""
        with tempfile.TemporaryDirectory(prefix="telusur-bench-", dir=self._options.work) as folder:
            self._notes = notes
            result = self._measure(Path(folder))
        if self._options.results is not None:
            file = _results_file(self._options, self._archive.name)
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(json.dumps(result), encoding="utf-8")
        return result

    def _try(self, what: str, measurement: Callable[[], dict[str, Any]]) -> dict[str, Any]:
        """A measurement, or a note of its failure: what others took long to measure is not lost with it."""
        self._say(what)
        try:
            return measurement()
        except (subprocess.SubprocessError, RuntimeError) as error:
            self._say(f"{what}: {FAILED}: {error}")
            self._notes.append(f"{self._archive.name}, {what}: {FAILED}")
            return {"missing": "failed"}

    def _measure(self, folder: Path) -> dict[str, Any]:
        archive, tokens, queries = self._archive, folder / "tokens.pickle", folder / "queries.pickle"
        self._say("analysing")
        size = write_tokens(archive.documents(), tokens)
        queries.write_bytes(pickle.dumps(draw(read_tokens(tokens), self._options.queries)))
        result: dict[str, Any] = {
            "name": archive.name,
            "description": archive.description,
            "size": asdict(size),
            "systems": {name: self._index(name, folder, tokens, size) for name in self._systems},
        }
        self._search(result["systems"], folder, queries)
        load = []
        if not self._options.no_http and archive.name == self._options.http:
            reason = http.missing()
            if reason:
                self._notes.append(f"HTTP: {reason}")
            else:
                load = texts(read_tokens(tokens), _HTTP_QUERIES)
        tokens.unlink()
        self._whole_path(folder, result, load)
        return result

    def _index(self, name: str, folder: Path, tokens: Path, size: Size) -> dict[str, Any]:
        system = get_system(name)
        found: dict[str, Any] = {"title": system.title, "note": system.note}
        reason = system.missing()
        if reason:
            return {**found, "missing": reason}
        place = folder / name
        place.mkdir()
        found |= self._try(
            f"{name}: indexing", lambda: {"index": in_subprocess("index", name, str(tokens), str(place))}
        )
        if "index" in found:
            self._say(f"{name}: {size.documents / found['index']['seconds']:,.0f} docs/s")
        return found

    def _search(self, systems: dict[str, Any], folder: Path, queries: Path) -> None:
        """Search in turns: what else the machine does then is shared out. Slow systems have one turn."""
        waiting = [name for name, found in systems.items() if "index" in found]
        for number in range(1, ROUNDS + 1):
            for name in tuple(waiting):
                began = time.perf_counter()
                arguments = ("search", name, str(folder / name), str(queries))
                what = f"{name}: searching, turn {number}"
                found = self._try(what, lambda: {"search": in_subprocess(*arguments)})  # noqa: B023 - called here
                if "missing" in found or time.perf_counter() - began > QUICK_SECONDS:
                    waiting.remove(name)
                if number == 1:
                    systems[name] |= found
                elif "search" in found:
                    systems[name]["search"] = least(systems[name]["search"], found["search"])

    def _whole_path(self, folder: Path, result: dict[str, Any], load: list[str]) -> None:
        """``reindex`` and, if there are queries for it, the server."""
        source = folder / "articles.jsonl"
        with source.open("w", encoding="utf-8") as file:
            for document in self._archive.documents():
                file.write(json.dumps(document.to_dict(), ensure_ascii=False) + "\n")
        result["reindex"], result["http"] = {}, {}
        for engine in self._engines:
            if get_system(engine).missing():
                continue
            index = folder / f"index-{engine}"
            jobs, times = str(self._options.jobs), "1" if self._large else "2"
            arguments = ("reindex", engine, str(source), str(index), jobs, times)
            found = self._try(f"{engine}: reindex", partial(in_subprocess, *arguments))
            result["reindex"][engine] = {**found, "jobs": jobs}
            if load and "missing" not in found:
                seconds, workers = self._options.http_seconds, self._options.workers
                served = self._try(
                    f"{engine}: HTTP",
                    partial(http.measure, engine, index, load, seconds, workers, folder),
                )
                if "missing" not in served:
                    result["http"][engine] = served

    def _say(self, what: str) -> None:
        print(f"{self._archive.name}: {what}", file=sys.stderr, flush=True)


if __name__ == "__main__":
    raise SystemExit(main())
