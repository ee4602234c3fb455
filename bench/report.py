"""The tables of a speed run, in Markdown."""

from __future__ import annotations

import os
import platform
import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from importlib.metadata import PackageNotFoundError, version
from itertools import pairwise
from pathlib import Path
from typing import Any

from bench.measure import LEAST_QUERIES, PATIENCE_SECONDS, PERCENTILES
from bench.queries import KINDS

_PACKAGES = ("whoosh3", "tantivy", "numpy", "granian", "orjson")


def page(results: Sequence[Mapping[str, Any]], command: str, notes: Sequence[str]) -> str:
    """The whole report.

    :param results: one object for each archive, see ``bench/speed.py``.
    :param command: what was run.
    :param notes: what was left out and why.
    """
    parts = [
        "# Performance",
        "One run, every system in processes of its own, on the same ready stems. Milliseconds are for"
        " orientation; ratios within one run count.",
        table(["", ""], [["command", f"`{command}`"], ["date", date.today().isoformat()], *_machine()]),
        *(f"Left out: {note}." for note in notes),
    ]
    for result in results:
        parts += _archive(result)
    parts += _growth(results)
    parts.append(_HOW)
    return "\n\n".join(parts) + "\n"


ROUNDS = 3
"""Turns of searching that each system has, unless one takes it more than so many seconds:"""

QUICK_SECONDS = 20.0

_HOW = f"""## How it is measured

- Indexing: ready tokens read from a file, one process, one transaction; Telusur's engines store the whole
  article and index stems and surface forms, the others stems only. `reindex` reads, analyses and indexes;
  the second time it starts with the stems kept from the first. Memory includes the measuring process, 70 MB.
- Cold: a query asked for the first time in a new process (the files are in the system's cache). Warm: the
  same queries again. Each cell is p{"/p".join(map(str, PERCENTILES))} in milliseconds. Where a kind of query
  takes a system more than {PATIENCE_SECONDS:.0f} seconds, fewer of them are asked, {LEAST_QUERIES} at least.
- The systems take turns, {ROUNDS} each (one, if that takes more than {QUICK_SECONDS:.0f} seconds), each turn
  in a new process; a cell is the lowest of its turns.
- Tantivy alone is asked for the same fields by hand, in the fastest way its package has: a prefix as an
  automaton, not as a regular expression; the ids of the ten best are read from stored documents that hold
  nothing else; equal scores and days stay in any order, where the default engine orders them by id.
- Asked for are the ten best of titles and bodies, with any of the words:
  {"; ".join(f"{kind}, {what}" for kind, what in KINDS.items())}.
- HTTP: `/api/v1/search` with snippets and facets, server and load generator on the same machine, after the
  workers have read the archive's words and newest articles and have answered a quarter of the queries,
  uncounted. Of the other three quarters, asked one after the other, the quickest is told.

What a request and a rebuild spend their time on: [profile.md](profile.md)."""


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A Markdown table, numbers to the right."""
    lines = [f"| {' | '.join(head)} |", f"|{'---|' + '---:|' * (len(head) - 1)}"]
    return "\n".join([*lines, *(f"| {' | '.join(row)} |" for row in rows)])


def _machine() -> list[list[str]]:
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / (1 << 30)
    packages = []
    for name in _PACKAGES:
        try:
            packages.append(f"{name} {version(name)}")
        except PackageNotFoundError:
            continue
    return [
        ["machine", f"{_processor()}, {os.cpu_count()} cores, {memory:.0f} GiB, {platform.system()}"],
        [
            "software",
            f"Python {platform.python_version()}, SQLite {sqlite3.sqlite_version}, {', '.join(packages)}",
        ],
    ]


def _processor() -> str:
    try:
        for line in Path("/proc/cpuinfo").read_text().splitlines():
            if line.startswith("model name"):
                return line.split(":", 1)[1].strip()
    except OSError:
        pass
    return platform.processor() or platform.machine()


def _archive(result: Mapping[str, Any]) -> list[str]:
    size = result["size"]
    systems: Mapping[str, Mapping[str, Any]] = result["systems"]
    ready = {name: found for name, found in systems.items() if "search" in found}
    parts = [
        f"## {size['documents']:,} articles ({result['name']})",
        f"{size['tokens']:,} tokens, {size['text_bytes'] / 1e6:.1f} MB of text: {result['description']}.",
        "### Indexing",
        table(
            ["", "docs/s", "index bytes per text byte", "peak memory MB"],
            [_indexing_row(found, size) for found in systems.values()],
        ),
    ]
    if result.get("reindex"):
        rows = [
            [
                f"`reindex`, {engine}, {found['jobs']} jobs",
                *_reindex_speeds(found),
                f"{found['peak_mb']:.0f}" if "peak_mb" in found else "",
            ]
            for engine, found in result["reindex"].items()
        ]
        parts.append(table(["", "docs/s", "docs/s the second time", "peak memory MB without workers"], rows))
    for temperature in ("cold", "warm"):
        head = ["", *KINDS, "note"]
        rows = [
            [
                found["title"],
                *(_cell(found["search"][temperature].get(kind)) for kind in KINDS),
                found["note"],
            ]
            for found in ready.values()
        ]
        parts += [f"### Search, {temperature} (ms)", table(head, rows)]
    opening = [
        [
            found["title"],
            f"{found['search']['open_ms']:.1f}",
            f"{found['search']['first_ms']:.1f}",
            f"{found['search']['peak_mb']:.0f}",
        ]
        for found in ready.values()
    ]
    parts += [
        "### Opening",
        table(["", "open ms", "first query ms", "peak memory MB while searching"], opening),
    ]
    if result.get("http"):
        parts += ["### Over HTTP", _http_table(result["http"])]
    return parts


def _reindex_speeds(found: Mapping[str, Any]) -> list[str]:
    """Documents a second the first and the second time, as far as it was run."""
    speeds = [f"{found['documents'] / seconds:,.0f}" for seconds in found.get("seconds", ())]
    return [*speeds, *[found.get("missing", "")] * (2 - len(speeds))][:2]


def _indexing_row(found: Mapping[str, Any], size: Mapping[str, int]) -> list[str]:
    if "search" not in found:
        return [found["title"], found["missing"], "", ""]
    measured = found["index"]
    return [
        found["title"],
        f"{size['documents'] / measured['seconds']:,.0f}",
        f"{measured['disk_bytes'] / size['text_bytes']:.2f}",
        f"{measured['peak_mb']:.0f}",
    ]


def _cell(milliseconds: Sequence[float] | None) -> str:
    return " / ".join(f"{value:.2f}" for value in milliseconds) if milliseconds else "-"


def _http_table(measured: Mapping[str, Mapping[str, Any]]) -> str:
    rows = []
    for engine, found in measured.items():
        for kind, title in (("distinct", "distinct queries"), ("repeated", "one query, repeated")):
            load = found[kind]
            rows.append(
                [
                    f"{engine}, {title}",
                    f"{load['per_second']:,.0f}",
                    f"{load['p50_ms']:.1f}",
                    f"{load['p99_ms']:.1f}",
                    str(load["failed"]),
                    " + ".join(f"{size:.0f}" for size in found["memory_mb"]),
                ]
            )
    return table(["", "requests/s", "p50 ms", "p99 ms", "failed", "memory MB of each process"], rows)


def _growth(results: Sequence[Mapping[str, Any]]) -> list[str]:
    """How warm keyword queries slow down as the recombined archive grows."""
    scaled = sorted((r for r in results if r["name"].isdecimal()), key=lambda r: int(r["name"]))
    if len(scaled) < 2:
        return []
    rows = []
    for name, found in scaled[0]["systems"].items():
        medians = [_warm_median(r["systems"].get(name, {})) for r in scaled]
        if sum(median is not None for median in medians) > 1:
            cells = ["" if median is None else f"{median:.2f}" for median in medians]
            steps = [
                f"{after / before:.1f}x" if before and after else "" for before, after in pairwise(medians)
            ]
            rows.append([found["title"], *cells, *steps])
    names = [f"{int(r['name']):,}" for r in scaled]
    spans = [f"{before} to {after}" for before, after in pairwise(names)]
    return ["## Growth: p50 of warm keyword queries (ms)", table(["", *names, *spans], rows)]


def _warm_median(found: Mapping[str, Any]) -> float | None:
    median: float | None = found["search"]["warm"]["keyword"][0] if "search" in found else None
    return median
