"""What recording of queries costs: ``python -m bench.recording INDEX QUERIES [--rate 500] [--turns 8]``

Two applications of the same index in one process, one that records and one that does not, are asked each
question one after the other: every tenth is new (of a file of queries, one a line), the others were asked
before, as they are by other visitors. What counts is the CPU time of both and the difference between them, in
medians, and the time of writing down as often as a server does that is asked so many times a second.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from collections.abc import Iterable
from operator import sub
from pathlib import Path
from statistics import median
from typing import Any
from urllib.parse import quote

from flask import Flask
from werkzeug.test import EnvironBuilder

from index.settings import Settings
from search.app import create_app
from search.asked.recorder import WRITE_SECONDS
from search.asked.report import report
from search.query.periods import today_in_jakarta

FAMILIAR = 200
"""Queries that are asked again and again."""

NEW = 10
"""One in so many is new."""

HARMLESS = 1.03
"""So much CPU time may a request take with recording, in parts of what it takes without."""


def main() -> None:
    """Print the CPU time of requests, and the ratio."""
    parser = argparse.ArgumentParser(prog="python -m bench.recording", description=__doc__)
    parser.add_argument("index", type=Path, help="made by reindex; nothing is written there")
    parser.add_argument("queries", type=Path, help="distinct queries, one a line")
    parser.add_argument("--engine", default="whoosh")
    parser.add_argument("--rate", type=int, default=500, help="requests a second")
    parser.add_argument("--turns", type=int, default=8, help="an even number")
    options = parser.parse_args()
    size = round(options.rate * WRITE_SECONDS)
    texts = options.queries.read_text("utf-8").splitlines()
    with tempfile.TemporaryDirectory() as folder:
        for path in options.index.iterdir():
            (Path(folder) / path.name).symlink_to(path.absolute())
        settings = Settings({"index": folder, "engine": options.engine, "rate_limit": ""})
        off, on = (create_app(settings.replace(query_log=each)) for each in (False, True))
        for app in (off, on):
            app.extensions["telusur"].service.warm_up()
        time.sleep(8)  # what a server reads ahead, beside requests
        costs = {(app, is_new): [] for app in (off, on) for is_new in (False, True)}
        writing: list[float] = []
        recorder = on.extensions["telusur"].recorder
        for turn in range(-1, options.turns):
            for number, text in enumerate(questions(texts, turn + 1, size)):
                environ = environ_of(text)
                # Off, on, on, off: what the first leaves behind, the second finds.
                for app in (off, on) if number // NEW % 2 else (on, off):
                    seconds = cost(app, environ)
                    if turn >= 0:  # the first warms both up
                        costs[app, not number % NEW].append(seconds)
            began = time.thread_time()
            recorder.write()
            writing.append(time.thread_time() - began)
        recorder.close()
        found = report(recorder.store, today_in_jakarta(), today_in_jakarta(), 1)
    without = more = 0.0
    for is_new, share in ((True, 1 / NEW), (False, 1 - 1 / NEW)):
        base = median(costs[off, is_new]) * 1e6
        extra = median(map(sub, costs[on, is_new], costs[off, is_new])) * 1e6
        print(f"{'new' if is_new else 'familiar'} question: {base:.1f} us, recorded {extra:+.1f} us")
        without, more = without + share * base, more + share * extra
    written = median(writing) / size * 1e6
    ratio = 1 + (more + written) / without
    verdict = "within" if ratio <= HARMLESS else "BEYOND"
    told = f"{found.searches} of {size * (options.turns + 1)} recorded"
    print(f"writing down: {written:.1f} us a request; ratio {ratio:.3f}, {verdict} {HARMLESS}; {told}")


def questions(texts: list[str], turn: int, size: int) -> Iterable[str]:
    """Those of one turn.

    :param size: how many.
    """
    for number in range(size):
        place = number % FAMILIAR if number % NEW else FAMILIAR + (turn * size + number) // NEW
        yield texts[place % len(texts)]


def environ_of(text: str) -> dict[str, Any]:
    """A request for it."""
    headers = {"User-Agent": "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko)"}
    return EnvironBuilder(path=f"/api/v1/search?q={quote(text)}", headers=headers).get_environ()


def cost(app: Flask, asked: dict[str, Any]) -> float:
    """Seconds of CPU time that a request takes."""
    statuses: list[str] = []
    environ = {**asked}
    began = time.thread_time()
    for _chunk in app.wsgi_app(environ, lambda status, *_rest: statuses.append(status)):
        pass
    seconds = time.thread_time() - began
    if statuses != ["200 OK"]:
        raise RuntimeError(f"{statuses} for {environ['QUERY_STRING']}")
    return seconds


if __name__ == "__main__":
    main()
