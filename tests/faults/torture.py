"""Lets every call of every operation that changes an index fail, one after the other, in every way.

``make torture`` runs it. One number makes the archives, so that a failure can be had again.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from itertools import count
from math import inf
from pathlib import Path

import index.engines.whoosh.writer
import index.reindex.making
import index.reindex.unfinished
from index.engines.registry import embedded_names
from tests.faults.layer import Call, Layer, LayerMissingError
from tests.faults.processes import warm_up
from tests.faults.trial import Bench, Outcome, Point, kind_of
from tests.faults.worlds import Operation, operations

NO_LAYER = 77
"""Exit code where faults cannot be injected."""

_SAMPLED = 2
"""Points of each operation in a sample."""

_NEWS_SECONDS = 20
"""How often it is told how far a round is."""


class Torture:
    """Rounds of trials, told on standard output.

    :param workshop: where the layer is built.
    :param folder: where indexes are made.
    :param arguments: of the command.
    :raises LayerMissingError: if faults cannot be injected here.
    """

    def __init__(self, workshop: Path, folder: Path, arguments: argparse.Namespace) -> None:
        self._folder = folder
        self._arguments = arguments
        self._layer = Layer(workshop, folder / "index")
        self._passed: Counter[tuple[str, str, str]] = Counter()
        self._kinds: Counter[tuple[str, str]] = Counter()
        self._end = time.monotonic() + 60 * arguments.minutes if arguments.minutes else inf
        self.failed = 0

    @property
    def is_over(self) -> bool:
        """Whether the time that was asked for is over."""
        return time.monotonic() >= self._end

    def round(self, engine: str, seed: int) -> None:
        """Every point of every operation once, or those that were asked for."""
        wanted = self._arguments.point
        sampled: Counter[tuple[str, ...]] = Counter()
        for operation in operations(seed):
            if wanted and wanted.operation != operation.name:
                continue
            bench = Bench(self._folder, self._layer, operation, engine)
            points = [wanted] if wanted else list(_points(operation, bench.calls))
            if self._arguments.sample:
                points = list(_sample(points, bench.calls, sampled))
            _tell(f"{engine}, seed {seed}, {operation.name}: {len(bench.calls)} calls, {len(points)} points")
            told = time.monotonic()
            for number, point in enumerate(points):
                if time.monotonic() - told > _NEWS_SECONDS:
                    _tell(f"  {number} of {len(points)}")
                    told = time.monotonic()
                if self.is_over:
                    return
                self._note(engine, seed, point, bench.try_point(point))

    def _note(self, engine: str, seed: int, point: Point, outcome: Outcome) -> None:
        where = f"{outcome.call.name} {outcome.call.path}" if outcome.call else "no such call"
        if not outcome.problems:
            # What did not come to pass (threads make a run differ, and its end may fall away) is no point.
            if outcome.struck and outcome.call:
                self._passed[engine, point.operation, point.fault] += 1
                self._kinds[engine, outcome.call.name] += 1
            elif self._arguments.point:
                _tell(f"  not reached: {where}")
            return
        self.failed += 1
        _tell(f"FAILED {engine} {point}: {where}", *outcome.problems, sep="\n    ")
        _tell(f"    again: make torture ENGINE={engine} SEED={seed} POINT={point}")

    def summary(self) -> None:
        """Tell how many points were passed."""
        for engine in sorted({engine for engine, _, _ in self._passed}):
            rows: dict[str, list[str]] = {}
            for (of, operation, fault), passed in self._passed.items():
                if of == engine:
                    rows.setdefault(operation, []).append(f"{fault} {passed}")
            for operation, parts in rows.items():
                _tell(f"{engine} {operation}: passed {', '.join(parts)}")
            kinds = (f"{name} {passed}" for (of, name), passed in self._kinds.items() if of == engine)
            _tell(f"{engine}, calls that failed: {', '.join(kinds)}")
        _tell(f"{sum(self._passed.values())} points passed, {self.failed} failed")


def _points(operation: Operation, calls: list[Call]) -> Iterator[Point]:
    seen: set[tuple[str, str]] = set()
    for at, call in enumerate(calls, 1):
        kind = call.name, kind_of(call.path)
        if operation.thorough or kind not in seen:
            for fault in call.faults:
                yield Point(operation.name, fault, at)
        seen.add(kind)


def _sample(points: list[Point], calls: list[Call], sampled: Counter[tuple[str, ...]]) -> Iterator[Point]:
    """Some points of an operation: kinds of calls of which there is none yet, rare ones first.

    :param sampled: how often calls, faults and files were taken of operations before; counted on.
    """
    common = Counter(call.name for call in calls)

    def news(point: Point) -> list[int]:
        call = calls[point.at - 1]
        taken = [sampled[kind] for kind in _kinds(point, calls)]
        return [min(taken[0], 1), common[call.name], *taken[1:]]

    for _ in range(_SAMPLED):
        chosen = min(points, key=news)
        sampled.update(_kinds(chosen, calls))
        yield chosen


def _kinds(point: Point, calls: list[Call]) -> list[tuple[str, ...]]:
    """What a point is one of."""
    call = calls[point.at - 1]
    kind = kind_of(call.path)
    return [("call", call.name), ("fault", point.fault), ("call", call.name, kind), ("file", kind)]


def _tell(*lines: str, sep: str = "\n") -> None:
    print(*lines, sep=sep, flush=True)


def _point(text: str) -> Point:
    operation, fault, at = text.split(":")
    return Point(operation, fault, int(at))


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--engine", action="append", choices=embedded_names(), help="by default every one")
    parser.add_argument("--seed", type=int, default=1, help="number that makes the archives")
    parser.add_argument(
        "--minutes",
        type=float,
        default=0,
        help="for so long, going on with the next numbers; by default until each point was tried",
    )
    parser.add_argument("--point", type=_point, help="only this one, such as update:kill:7")
    parser.add_argument("--sample", action="store_true", help="a few points of each operation")
    return parser.parse_args()


def _keep_often() -> None:
    """Let runs of a few articles leave to the next one what runs of many leave."""
    index.engines.whoosh.writer._BUFFER_BYTES = 1 << 14
    index.reindex.making.KEPT_EVERY = 5
    index.reindex.unfinished._OF_USE = 0


def main() -> int:
    """Torture as the arguments say.

    :returns: exit code: 1 if something does not hold.
    """
    for setting in [name for name in os.environ if name.startswith("TELUSUR_")]:
        del os.environ[setting]
    arguments = _arguments()
    memory = "/dev/shm" if os.access("/dev/shm", os.W_OK) else None  # whose syncs take no time
    with (
        tempfile.TemporaryDirectory(prefix="telusur-torture-") as workshop,
        tempfile.TemporaryDirectory(prefix="telusur-torture-", dir=memory) as folder,
    ):
        try:
            torture = Torture(Path(workshop), Path(folder), arguments)
        except LayerMissingError as error:
            _tell(str(error))
            return NO_LAYER
        _keep_often()
        warm_up(Path(folder))
        for seed in count(arguments.seed):
            for engine in arguments.engine or embedded_names():
                torture.round(engine, seed)
            if torture.is_over or not arguments.minutes:
                break
        torture.summary()
    return 1 if torture.failed else 0


if __name__ == "__main__":
    sys.exit(main())
