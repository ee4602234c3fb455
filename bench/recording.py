"""What recording of queries costs: ``python -m bench.recording INDEX QUERIES [--rate 500] [--turns 8]``

Two servers of the same index, one that records and one that does not, are asked the same questions in turns
at a steady rate: every tenth is new (of a file of queries, one a line), the others were asked before, as they
are by other visitors. What counts is the CPU time of a server's processes for each request: what else the
machine does is not in it.
"""

from __future__ import annotations

import argparse
import http.client
import tempfile
import time
from contextlib import ExitStack
from functools import partial
from pathlib import Path
from statistics import median
from urllib.parse import quote, urlsplit

from bench.http import SETTLING, serving, telusur
from bench.servers import cpu_seconds
from search.asked.report import report
from search.asked.store import Store
from search.query.periods import today_in_jakarta

FAMILIAR = 200
"""Queries that are asked again and again."""

NEW = 10
"""One in so many is new."""

HARMLESS = 1.03
"""So much CPU time may a request take with recording, in parts of what it takes without."""


def main() -> None:
    """Print the CPU time of a request in each turn, and the ratio."""
    parser = argparse.ArgumentParser(prog="python -m bench.recording", description=__doc__)
    parser.add_argument("index", type=Path, help="made by reindex; nothing is written there")
    parser.add_argument("queries", type=Path, help="distinct queries, one a line")
    parser.add_argument("--engine", default="whoosh")
    parser.add_argument("--rate", type=int, default=500, help="requests a second")
    parser.add_argument("--seconds", type=int, default=4, help="length of each turn")
    parser.add_argument("--turns", type=int, default=8, help="an even number")
    options = parser.parse_args()
    paths = [f"/api/v1/search?q={quote(text)}" for text in options.queries.read_text("utf-8").splitlines()]
    with ExitStack() as stack:
        servers = {}
        for name in ("false", "true"):
            folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
            for path in options.index.iterdir():
                (folder / path.name).symlink_to(path.absolute())
            environment = {
                "TELUSUR_INDEX": str(folder),
                "TELUSUR_ENGINE": options.engine,
                "TELUSUR_QUERY_LOG": name,
                "TELUSUR_RATE_LIMIT": "",
            }
            address, process = stack.enter_context(serving(partial(telusur, workers=1), environment))
            servers[name] = (address, process.pid, folder)
        time.sleep(SETTLING)
        turns, asked = [], 0
        for turn in range(-1, options.turns):
            costs = {}
            # Off, on, on, off: what goes up or down with time weighs on both alike.
            for name in sorted(servers, reverse=turn % 2 == 1):
                address, pid, _folder = servers[name]
                before = cpu_seconds(pid)
                began = time.monotonic()
                count = ask(address, paths, turn + 1, options.rate, options.seconds)
                rate = count / (time.monotonic() - began)
                costs[name] = (cpu_seconds(pid) - before) / count * 1e6
                asked += count * (name == "true")
            if turn >= 0:  # the first warms both up
                off, on = costs["false"], costs["true"]
                turns.append((off, on))
                print(f"turn {turn + 1}: {off:.0f} us off, {on:.0f} us on, {on / off:.3f}, {rate:.0f}/s")
        time.sleep(5)
        today = today_in_jakarta()
        found = report(Store.of(str(servers["true"][2])), today, today, 1)
        off, on = (median(each) for each in zip(*turns, strict=True))
        verdict = "within" if on / off <= HARMLESS else "BEYOND"
        told = f"{on / off:.3f}, {verdict} {HARMLESS}; {found.searches} of {asked} recorded"
        print(f"medians: {off:.0f} us off, {on:.0f} us on, {told}")


def ask(address: str, paths: list[str], turn: int, rate: int, seconds: int) -> int:
    """Ask at a steady rate; late requests follow at once.

    :param turn: which share of the paths is new.
    :returns: how many were answered.
    """
    connection = http.client.HTTPConnection(urlsplit(address).netloc, timeout=30)
    count, began = rate * seconds, time.monotonic()
    for number in range(count):
        wait = began + number / rate - time.monotonic()
        if wait > 0:
            time.sleep(wait)
        place = number % FAMILIAR if number % NEW else FAMILIAR + (turn * count + number) // NEW
        path = paths[place % len(paths)]
        connection.request("GET", path)
        response = connection.getresponse()
        response.read()
        if response.status != 200:
            raise RuntimeError(f"{response.status} for {path}")
    connection.close()
    return count


if __name__ == "__main__":
    main()
