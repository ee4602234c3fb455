"""A trial: one fault in one run, and what has to hold whatever the fault was."""

from __future__ import annotations

import json
import re
import shutil
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple
from zlib import crc32

from index.settings import Settings
from tests.faults.layer import Call, Layer
from tests.faults.processes import MISSING, Answers, Ended, Server, run
from tests.faults.worlds import Operation

NEXT = ["--jobs", "1"]
"""Options of the run that follows a failed one."""

_COUNTED = re.compile(r"[0-9a-f]{32}|[0-9a-z]{16}|[0-9]+")
"""What is random or counts in the name of a file."""

Listing = Counter[str]
"""How many files of each kind there are."""


def kind_of(path: str) -> str:
    """A path without what is random or counts in it."""
    return _COUNTED.sub("*", path)


class Point(NamedTuple):
    """A call of an operation's run, and how it fails.

    :param at: its number in the run, from 1.
    """

    operation: str
    fault: str
    at: int

    def __str__(self) -> str:
        return f"{self.operation}:{self.fault}:{self.at}"


class Outcome(NamedTuple):
    """What came of a trial.

    :param struck: whether the run came to the point.
    :param call: the one that failed, ``None`` if the run made fewer.
    :param problems: what does not hold.
    """

    struck: bool
    call: Call | None
    problems: list[str]


class Course(NamedTuple):
    """What a trial saw.

    :param before: answers of a server that is there from the beginning, and of one that is started just
        before the run.
    :param during: what the first one answered meanwhile.
    :param after: like ``before``, after the run; ``last`` those of the first one after the next run.
    """

    before: tuple[Answers, Answers]
    ended: Ended
    during: list[Answers]
    after: tuple[Answers, Answers]
    next: Ended
    last: Answers
    listing: Listing


class Bench:
    """Where the trials of one operation on one engine are made.

    :param folder: for everything that they need.
    :raises AssertionError: if the operation does not do what it should even without a fault.
    """

    def __init__(self, folder: Path, layer: Layer, operation: Operation, engine: str) -> None:
        self._folder = folder
        self._layer = layer
        self._operation = operation
        self._lexicon = folder / "leksikon.txt"
        self._archive = folder / "arsip"
        self._index = folder / "index"
        self._kept = folder / f"kept-{engine}-{crc32(repr(operation.before).encode()):08x}"
        self._settings = Settings(
            {
                "index": str(self._index),
                "engine": engine,
                "lexicon": str(self._lexicon),
                "sources": (str(self._archive),),
            }
        )
        self._known = False
        self._prepare()
        self._learn()
        self._known = True

    def _prepare(self) -> None:
        """Make the index that every trial begins with: of two generations, as after some rebuilds."""
        self._lexicon.write_text("", encoding="utf-8")
        before = self._operation.before
        if before is None or self._kept.exists():
            return
        shutil.rmtree(self._index, ignore_errors=True)
        before.write(self._archive, self._lexicon)
        for _ in range(2):
            ended = run(self._settings, ["--full", *NEXT], self._folder)
            assert ended == (0, ""), ended
        shutil.copytree(self._index, self._kept)

    def _learn(self) -> None:
        """See without a fault what the old answers are, the new ones, and which files there are then."""
        self._layer.set()
        done = self._course(self._operation.options)
        self.calls = self._layer.calls
        settled = [self._settled()]
        left = self._course(None)
        settled.append(self._settled())
        self._most = settled[0] | settled[1]
        for course in (done, left):
            assert course.ended == course.next == (0, ""), course
        before, after = self._operation.before, self._operation.after
        self._old = frozenset(left.before + left.after)
        self._new = frozenset((*done.after, done.last, left.last))
        self._listings = done.listing, left.listing
        assert self._old.isdisjoint(self._new) or (before is not None and before.articles == after.articles)
        assert done.before[0] not in self._new
        for answered in self._new:
            assert f'"total": {after.count()}' in answered[0]
            assert '"total": 0' not in answered[1]
        assert before is None or all(f'"total": {before.count()}' in answered[0] for answered in self._old)
        assert before is not None or self._old == {(MISSING,) * len(done.before[0])}

    def _course(self, options: list[str] | None) -> Course:
        """One trial, with the fault that the layer has.

        :param options: of the run; ``None`` for no run, as if it had failed at once.
        """
        shutil.rmtree(self._index, ignore_errors=True)
        if self._operation.before is not None:
            shutil.copytree(self._kept, self._index)
            self._lexicon.write_text(self._operation.before.lexicon, encoding="utf-8")
        with Server(self._settings) as server:
            first = server.answers()
            self._operation.after.write(self._archive, self._lexicon)
            # What is served before the run is known once it was seen without a fault.
            before = first, first if self._known else server.restarted()
            server.watch()
            ended = Ended(0, "")
            if options is not None:
                ended = run(self._settings, options, self._folder, self._layer.enter)
            during = server.watched()
            after = server.answers(), server.restarted()
            following = run(self._settings, NEXT, self._folder)
            last = server.answers()
        return Course(before, ended, during, after, following, last, self._listing())

    def _listing(self) -> Listing:
        names = (str(path.relative_to(self._index)) for path in self._index.rglob("*"))
        return Counter(map(kind_of, names))

    def _settled(self) -> Listing:
        """Which files there are after one more article."""
        article = {"id": "lagi", "title": "Satu lagi", "body": "Satu artikel lagi.", "date": "2024-02-02"}
        (self._archive / "lagi.json").write_text(json.dumps(article), encoding="utf-8")
        ended = run(self._settings, NEXT, self._folder)
        assert ended == (0, ""), ended
        return self._listing()

    def try_point(self, point: Point) -> Outcome:
        """Let one call fail."""
        self._layer.set(point.fault, point.at)
        try:
            course = self._course(self._operation.options)
        except EOFError:
            return Outcome(self._layer.struck, None, ["a server has died"])
        struck, calls = self._layer.struck, self._layer.calls
        call = calls[point.at - 1] if point.at <= len(calls) else None
        return Outcome(struck, call, list(self._problems(point, struck, course)))

    def _problems(self, point: Point, struck: bool, course: Course) -> Iterator[str]:
        yield from _wrong_end(point, struck, course.ended)
        for number, each in enumerate(zip(*self._old | self._new, strict=True)):
            if strange := {seen[number] for seen in course.during} - set(each):
                yield f"answered during the run, and neither old nor new: {strange}"
        if not self._old.union(self._new).issuperset(course.after):
            yield f"served after the run is neither old nor new: {self._strange(course.after)}"
        is_new = self._new.issuperset(course.after)
        if course.ended.code == 0 and not is_new:
            yield "the run said that it was done, and the old is served"
        if (
            course.ended.code == 1
            and "indeks lama" in course.ended.errors
            and course.after[0] not in self._old
        ):
            yield f"the run said that the old index stays, and the new one is served: {course.ended.errors}"
        if course.next != (0, ""):
            yield f"the next run: {course.next}"
        if course.last not in self._new:
            yield f"served after the next run is not the new: {self._strange([course.last])}"
        # Some of what a run leaves is not removed by one that has nothing to do.
        if course.listing not in self._listings:
            left = self._settled()
            if more := {kind: n for kind, n in left.items() if n > self._most[kind]}:
                yield f"files left: {more}, at most { ({kind: self._most[kind] for kind in more}) }"

    def _strange(self, seen: Iterable[Answers]) -> list[str]:
        known = self._old | self._new
        return [answer[:300] for found in seen if found not in known for answer in found]


def _wrong_end(point: Point, struck: bool, ended: Ended) -> Iterator[str]:
    """What is wrong with how a run ended and what it said."""
    if ended.code is None:
        yield "the run hangs"
    elif not struck or point.fault == "part":
        if ended != (0, ""):
            yield f"the run had no reason to fail: {ended}"
    elif point.fault in ("kill", "torn"):
        if ended.code != -9:
            yield f"the run was not killed: {ended}"
    elif ended.code not in (0, 1):
        yield f"the run ended with {ended.code}: {ended.errors}"
    elif ended.code == 1:
        told = ended.errors.splitlines()
        if (
            not told
            or not told[-1].startswith("Gagal: ")
            or re.search("Traceback|kesalahan program|panicked|proses lain", ended.errors)
        ):
            yield f"the run failed with {ended.errors!r}"
