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
from dataclasses import asdict
from pathlib import Path
from typing import Any

from bench import http
from bench.corpora import Corpus, Size, corpus, read_tokens, write_tokens
from bench.data import DataMissingError
from bench.measure import in_subprocess
from bench.queries import draw, texts
from bench.report import page
from bench.systems import get_system, system_names
from index.engines import engine_names

_REPORT = Path(__file__).resolve().parents[1] / "docs" / "performance.md"
_ARCHIVES = ("news", "10000", "100000")
# What runs on an archive too large for the others.
_LARGE = ("tantivy", "raw-tantivy")
_HTTP_ARCHIVE = "news"
_HTTP_QUERIES = 20_000


def main(arguments: list[str] | None = None) -> int:
    """Run the measurements that were asked for.

    :returns: 0, or 1 when data is missing or a measurement failed.
    """
    arguments = sys.argv[1:] if arguments is None else arguments
    options = _parser().parse_args(arguments)
    large = os.environ.get("N", "")
    names = options.only or [*_ARCHIVES, *([large] if large else [])]
    command = shlex.join(["python", "-m", "bench.speed", *arguments])
    if large:
        command = f"N={large} {command}"
    results, notes = [], []
    for name in names:
        try:
            results.append(_Run(options, corpus(name), large=name == large).measure(notes))
        except DataMissingError as error:
            notes.append(f"{name}: {error}")
            print(f"{name}: {error}", file=sys.stderr)
        except subprocess.CalledProcessError as error:
            print(f"{name}: a measurement failed: {shlex.join(error.cmd)}", file=sys.stderr)
            return 1
    if not results:
        return 1
    report = page(results, command, notes)
    print(report)
    whole = not (options.only or options.engines or options.no_http or options.queries != _QUERIES)
    output = options.output or (_REPORT if whole and not notes else None)
    if output:
        output.write_text(report, encoding="utf-8")
        print(f"written: {output}", file=sys.stderr)
    return 0


_QUERIES = 300


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
    parser.add_argument("--work", type=Path, help="folder for indexes, by default a temporary one")
    return parser


class _Run:
    """The measurements of one archive."""

    def __init__(self, options: argparse.Namespace, archive: Corpus, *, large: bool) -> None:
        self._options = options
        self._archive = archive
        wanted = options.engines or system_names()
        self._systems = [name for name in wanted if not large or name in _LARGE]
        self._engines = [name for name in self._systems if name in engine_names()]

    def measure(self, notes: list[str]) -> dict[str, Any]:
        """Everything, as the report takes it."""
        with tempfile.TemporaryDirectory(prefix="telusur-bench-", dir=self._options.work) as folder:
            return self._measure(Path(folder), notes)

    def _measure(self, folder: Path, notes: list[str]) -> dict[str, Any]:
        archive, tokens, queries = self._archive, folder / "tokens.pickle", folder / "queries.pickle"
        self._say("analysing")
        size = write_tokens(archive.documents(), tokens)
        queries.write_bytes(pickle.dumps(draw(read_tokens(tokens), self._options.queries)))
        result: dict[str, Any] = {
            "name": archive.name,
            "description": archive.description,
            "size": asdict(size),
            "systems": {name: self._system(name, folder, tokens, queries, size) for name in self._systems},
        }
        load = []
        if not self._options.no_http and archive.name == self._options.http:
            reason = http.missing()
            if reason:
                notes.append(f"HTTP: {reason}")
            else:
                load = texts(read_tokens(tokens), _HTTP_QUERIES)
        tokens.unlink()
        self._whole_path(folder, result, load)
        return result

    def _system(self, name: str, folder: Path, tokens: Path, queries: Path, size: Size) -> dict[str, Any]:
        system = get_system(name)
        found: dict[str, Any] = {"title": system.title, "note": system.note}
        reason = system.missing()
        if reason:
            return {**found, "missing": reason}
        place = folder / name
        place.mkdir()
        self._say(f"{name}: indexing")
        found["index"] = in_subprocess("index", name, str(tokens), str(place))
        self._say(f"{name}: {size.documents / found['index']['seconds']:,.0f} docs/s; searching")
        found["search"] = in_subprocess("search", name, str(place), str(queries))
        return found

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
            self._say(f"{engine}: reindex")
            jobs = str(self._options.jobs)
            found = in_subprocess("reindex", engine, str(source), str(index), jobs)
            result["reindex"][engine] = {**found, "jobs": jobs}
            if load:
                self._say(f"{engine}: HTTP")
                seconds, workers = self._options.http_seconds, self._options.workers
                result["http"][engine] = http.measure(engine, index, load, seconds, workers, folder)

    def _say(self, what: str) -> None:
        print(f"{self._archive.name}: {what}", file=sys.stderr, flush=True)


if __name__ == "__main__":
    raise SystemExit(main())
