"""``python -m bench.soak``: a server under mixed questions and updates, an hour on each engine by default.

Copies an archive, makes an index of it with ``reindex``, serves it with ``telusur serve`` and two processes,
asks it questions of every kind at a constant rate, changes one article every ten seconds and runs ``reindex``
again. Looks every ten seconds at what the server holds. Ends with 1 and says why if a figure is not flat as
``bench/soak/flatness.py`` defines it, an answer had another status than was due or was missing, an update
failed, or the server ended.
"""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

from bench.data import DataMissingError
from bench.soak.archive import read_articles
from bench.soak.flatness import LIMITS, growths
from bench.soak.questions import mixed
from bench.soak.run import Plan, Run, soak
from index.engines.registry import embedded_names

_ROWS = 12


def main(arguments: list[str] | None = None) -> int:
    """Run on every engine that was asked for.

    :returns: 0 if all that they hold stayed the same and nothing failed, else 1.
    """
    options = _parser().parse_args(arguments)
    if not Path("/proc/self/smaps_rollup").exists():
        print("what processes hold is read from /proc/PID/smaps_rollup, which is not here", file=sys.stderr)
        return 1
    try:
        description, documents = read_articles(options.archive)
    except DataMissingError as error:
        print(error, file=sys.stderr)
        return 1
    asked = mixed(documents)
    print(f"{len(documents):,} articles ({description}), {len(asked):,} questions", flush=True)
    plan = Plan(60 * options.minutes, options.updates, options.every, options.rate, options.sample)
    results = {}
    for engine in options.engine or embedded_names():
        run = soak(engine, documents, asked, plan, options.work)
        print(_table(run))
        for reason in run.reasons:
            print(f"{engine}: {reason}")
        print(
            f"{engine}: {'NOT FLAT OR NOT CLEAN' if run.reasons else 'flat, and nothing failed'}", flush=True
        )
        results[engine] = run
    if options.output:
        told = {engine: run.to_dict() for engine, run in results.items()}
        options.output.write_text(json.dumps({"archive": description, "engines": told}), encoding="utf-8")
    return 1 if any(run.reasons for run in results.values()) else 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m bench.soak", description=__doc__)
    parser.add_argument("--minutes", type=float, default=60, help="length on each engine")
    parser.add_argument(
        "--updates",
        type=int,
        help="end after so many updates instead, which begin after 90 seconds of questions",
    )
    parser.add_argument(
        "--every", type=float, default=10, help="seconds from one update to the next, at least"
    )
    parser.add_argument("--rate", type=float, default=10, help="questions a second")
    parser.add_argument("--sample", type=float, default=10, help="seconds from one look to the next")
    parser.add_argument(
        "--engine", nargs="+", choices=embedded_names(), help="by default one after the other"
    )
    parser.add_argument(
        "--archive", type=Path, help="folder or file of articles; by default the news, else seeds/"
    )
    parser.add_argument("--work", type=Path, help="folder for copy and index, by default a temporary one")
    parser.add_argument("--output", type=Path, help="JSON file for every sample")
    return parser


def _table(run: Run) -> str:
    head = ("minute", "updates", *LIMITS, "processes", "answers", "errors", "p50_ms", "p99_ms")
    lines = [f"\n{run.engine}, {run.seconds / 60:.1f} minutes, {run.updates} updates", " | ".join(head)]
    step = max(1, len(run.samples) // _ROWS)
    for start in range(0, len(run.samples), step):
        part = run.samples[start : start + step]
        last = part[-1]
        cells = [f"{last.seconds / 60:.1f}", str(last.updates)]
        cells += [f"{getattr(last, figure):,.0f}" for figure in LIMITS]
        cells += [str(last.processes), str(sum(sum(sample.statuses.values()) for sample in part))]
        cells += [str(sum(sample.errors for sample in part))]
        cells += [f"{max(getattr(sample, name) for sample in part):,.0f}" for name in ("p50_ms", "p99_ms")]
        lines.append(" | ".join(cell.rjust(len(name)) for cell, name in zip(cells, head, strict=True)))
    lines.append("answers by status: " + ", ".join(f"{code}: {n:,}" for code, n in run.statuses.items()))
    counted = growths(run.samples, run.warm_until) if run.is_counted else ()
    lines += [f"{growth}: {'flat' if growth.flat else 'GREW'}" for growth in counted]
    return "\n".join(lines)


if __name__ == "__main__":
    raise SystemExit(main())
