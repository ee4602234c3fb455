"""One engine's server under questions and updates, and why that was not as it should be."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from threading import Event, Thread
from typing import Any, NamedTuple
from urllib.parse import urlsplit

from bench.http import SETTLING, serving, telusur
from bench.memory import size_mb
from bench.soak.archive import ChangingArchive
from bench.soak.figures import Sample, held_by
from bench.soak.flatness import growths, warm_up
from bench.soak.load import Visitors
from bench.soak.questions import Asking
from index.documents import Document

_WORKERS = 2
_BEFORE_UPDATES = 90.0
_LEAST_COUNTED = 2


class Plan(NamedTuple):
    """How long, how much.

    :param seconds: length, unless ``updates`` are given.
    :param updates: end after so many, which begin after a minute and a half of questions alone.
    :param every: seconds from the beginning of one update to that of the next, at least.
    :param rate: questions a second.
    :param sample: seconds from one look to the next.
    """

    seconds: float
    updates: int | None
    every: float
    rate: float
    sample: float


@dataclass
class Run:
    """What became of it.

    :param warm_until: seconds that do not count.
    :param reasons: why it was not flat or not clean; none if it was.
    """

    engine: str
    warm_until: float
    samples: list[Sample] = field(default_factory=list)
    update_seconds: list[float] = field(default_factory=list)
    reasons: list[str] = field(default_factory=list)

    @property
    def updates(self) -> int:
        """How many there were."""
        return len(self.update_seconds)

    @property
    def seconds(self) -> float:
        """From the first question to the last look."""
        return self.samples[-1].seconds if self.samples else 0.0

    @property
    def statuses(self) -> dict[int, int]:
        """All answers by status."""
        return dict(sorted(sum((Counter(sample.statuses) for sample in self.samples), Counter()).items()))

    @property
    def is_counted(self) -> bool:
        """Whether there are samples enough to compare."""
        return sum(sample.seconds >= self.warm_until for sample in self.samples) >= _LEAST_COUNTED

    def to_dict(self) -> dict[str, Any]:
        """Everything, for a JSON file."""
        grown = growths(self.samples, self.warm_until) if self.is_counted else []
        return {**asdict(self), "growth": [growth._asdict() for growth in grown]}


def soak(
    engine: str, documents: list[Document], asked: Sequence[Asking], plan: Plan, work: Path | None
) -> Run:
    """Serve, ask, update and look, as ``bench/soak/__main__.py`` says.

    :param work: where a temporary folder is made for the copy and the index.
    """
    with tempfile.TemporaryDirectory(prefix="telusur-soak-", dir=work) as name:
        folder = Path(name)
        index, log = folder / "index", folder / "log"
        environment = {"TELUSUR_INDEX": str(index), "TELUSUR_ENGINE": engine}
        owner = _Owner(ChangingArchive(documents, folder / "arsip"), environment)
        owner.reindex()
        with serving(lambda port: telusur(port, _WORKERS), environment, log) as (address, process):
            time.sleep(min(SETTLING, plan.sample))
            run = _observe(engine, int(urlsplit(address).port or 0), process, owner, asked, plan, index)
        if run.reasons:
            run.reasons.append(f"the end of the server's log: {log.read_text(errors='replace')[-1000:]}")
        return run


class _Owner:
    """Changes an article and runs ``reindex``, as an owner does, beside the questions."""

    def __init__(self, archive: ChangingArchive, environment: dict[str, str]) -> None:
        self._archive = archive
        self._environment = {**os.environ, **environment}
        self.seconds: list[float] = []
        self.failures: list[str] = []

    def reindex(self) -> dict[str, Any]:
        """Bring the index up to date; gives what ``reindex`` reports.

        :raises RuntimeError: if it failed.
        """
        command = ["-c", "from index.cli import reindex; reindex()", str(self._archive.folder), "--json"]
        done = subprocess.run(
            [sys.executable, *command], env=self._environment, capture_output=True, text=True, check=False
        )
        if done.returncode:
            raise RuntimeError(f"reindex ended with {done.returncode}: {done.stderr[-500:]}")
        report: dict[str, Any] = json.loads(done.stdout)
        return report

    def update(self, stop: Event, most: int | None, every: float) -> None:
        """Change and bring up to date again and again."""
        due = time.monotonic()
        while not stop.wait(max(0.0, due - time.monotonic())) and len(self.seconds) != most:
            began = time.monotonic()
            self._archive.change()
            try:
                report = self.reindex()
            except RuntimeError as error:
                self.failures.append(str(error))
            else:
                if not report["changed"]:
                    self.failures.append(f"an update changed nothing: {report}")
            self.seconds.append(time.monotonic() - began)
            due = max(due + every, time.monotonic())


def _observe(
    engine: str,
    port: int,
    process: subprocess.Popen[bytes],
    owner: _Owner,
    asked: Sequence[Asking],
    plan: Plan,
    index: Path,
) -> Run:
    run = Run(engine, warm_up(plan.seconds if plan.updates is None else _BEFORE_UPDATES))
    stop = Event()
    updates = Thread(target=owner.update, args=(stop, plan.updates, plan.every))
    with Visitors(port, asked, plan.rate) as visitors:
        began = time.monotonic()
        try:
            while process.poll() is None and not _is_over(plan, began, updates):
                passed = time.monotonic() - began
                if not updates.ident and (plan.updates is None or passed >= _BEFORE_UPDATES):
                    updates.start()
                time.sleep(plan.sample - passed % plan.sample)
                run.samples.append(_look(process.pid, time.monotonic() - began, owner, visitors, index))
                _tell(run.samples[-1])
        finally:
            stop.set()
            if updates.ident:
                updates.join()
    run.update_seconds = owner.seconds
    run.reasons = [*_reasons(run, visitors, owner)]
    if process.poll() is not None:
        run.reasons.insert(0, f"the server ended with {process.returncode}")
    return run


def _is_over(plan: Plan, began: float, updates: Thread) -> bool:
    if plan.updates is None:
        return time.monotonic() - began >= plan.seconds
    return bool(updates.ident) and not updates.is_alive()


def _look(server: int, seconds: float, owner: _Owner, visitors: Visitors, index: Path) -> Sample:
    held, answered = held_by(server), visitors.answered()
    return Sample(
        seconds=seconds,
        updates=len(owner.seconds),
        disk_mb=size_mb(index),
        **asdict(held),
        **answered._asdict(),
    )


def _tell(sample: Sample) -> None:
    told = f"{sample.seconds:6.0f} s  {sample.updates:4} updates  {sample.pss_mb:7.1f} MB  "
    told += f"{sample.descriptors} descriptors  {sample.maps} maps ({sample.deleted_maps} deleted)  "
    told += f"{sample.threads} threads  {sample.disk_mb:.1f} MB on disk  {sample.statuses}  "
    print(f"{told}p99 {sample.p99_ms:.0f} ms", file=sys.stderr, flush=True)


def _reasons(run: Run, visitors: Visitors, owner: _Owner) -> list[str]:
    reasons = [f"an update failed: {failure}" for failure in owner.failures[:5]]
    if visitors.failed:
        reasons.append(f"{visitors.failed} answers were not as they should be: {'; '.join(visitors.errors)}")
    if not run.is_counted:
        return [*reasons, "too short: there are no samples to compare"]
    return reasons + [
        f"it grew: {growth}" for growth in growths(run.samples, run.warm_until) if not growth.flat
    ]
