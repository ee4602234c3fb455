"""Recorder: counts searches and clicks in memory, and has a thread write them down every moment."""

from __future__ import annotations

import logging
import os
import sqlite3
import time
from collections.abc import Callable
from datetime import date
from multiprocessing.util import Finalize
from threading import Event, Lock, Thread

from search.asked.store import OTHERS, Asked, Count, Store
from search.query.periods import today_in_jakarta

_log = logging.getLogger(__name__)

WRITE_SECONDS = 1.5
"""How often counts are written: a process that is killed loses those of so long, and what waits besides."""

TYPING_SECONDS = 2.0
"""So long after a key it is believed that another one follows."""

DAY_SECONDS = 1.0
"""How often it is looked what day it is."""

SAME_SECONDS = 300.0
"""So long after a search, one for the same words that filters or sorts besides is a step within it."""

CLICK_SECONDS = WRITE_SECONDS + 0.5
"""How long a click waits, so that the search before it, in whichever process, is written first."""

MOST = 5000
"""Different queries in memory that are told apart."""

MOST_CLICKS = 5000
MOST_TYPED = 300
"""Texts that are being typed at a time; with more of them nobody waits for the end of one."""

LAST_POSITION = 1000
"""Of a result that clicks are counted for."""


class Recorder:
    """Counts for one process. Safe to share between threads; a search waits for no disk.

    The thread begins with the first thing that is counted, so a server may fork what it has made.

    :param store: where counts go.
    :param keep_days: how many days they stay there.
    :param clock: seconds that only grow.
    """

    def __init__(
        self,
        store: Store,
        keep_days: int,
        today: Callable[[], date] = today_in_jakarta,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self.store = store
        self._keep_days = keep_days
        self._today = today
        self._clock = clock
        self._searches: dict[Asked, Count] = {}
        self._day, self._day_until = "", -1.0
        self._asked: dict[str, float] = {}
        self._typed: dict[str, tuple[float, Count]] = {}
        self._clicks: list[tuple[float, Asked, int]] = []
        self._lock = Lock()
        self._writing = Lock()
        self._stop = Event()
        self._process = 0
        self._forgotten: date | None = None
        self._problem = ""

    def search(self, query: str, total: int, has_all: bool, face: str, narrowed: bool = False) -> None:
        """Count one search.

        :param query: normalised.
        :param has_all: whether some article has all its words.
        :param narrowed: whether it is likely a step within an earlier search for the same words, and counts
            for itself only if there was none of late.
        """
        now = self._clock()
        with self._lock:
            if narrowed and self._was_asked(query, now):
                return
            if now >= self._day_until:
                self._day, self._day_until = self._today().isoformat(), now + DAY_SECONDS
            self._remember(query, now)
            # The usual case without ado: every request waits for it.
            known = self._searches.get((self._day, query, face))  # type: ignore[call-overload]  # as Asked is
            if known and total and has_all:
                known.searches += 1
                known.total = total
            else:
                self._count(Asked(self._day, query, face), _one(total, has_all))
        self._begin()

    def typed(self, query: str, total: int, has_all: bool, narrowed: bool = False) -> None:
        """Count one search of a program that asks at every key, once somebody stops typing.

        Who types is not known: a text that goes on with one of a moment ago takes its place.

        :param narrowed: as for :meth:`search`; likewise the others.
        """
        now = self._clock()
        count = _one(total, has_all)
        with self._lock:
            if narrowed and (query in self._typed or self._was_asked(query, now)):
                return
            self._remember(query, now)
            typed = self._typed
            longer = next((each for each in typed if each.startswith(query)), "")
            if longer and now - typed[longer][0] < TYPING_SECONDS:
                typed[longer] = (now, count if longer == query else typed[longer][1])
            else:
                for length in range(1, len(query)):
                    before = typed.get(query[:length])
                    if before and now - before[0] < TYPING_SECONDS:
                        del typed[query[:length]]
                if len(typed) >= MOST_TYPED:
                    self._settle(now, 0)
                typed[query] = (now, count)
        self._begin()

    def click(self, query: str, face: str, position: int) -> None:
        """Count a click on a result of a search of this day, if there is such a search.

        :param position: of the result, 1 for the first.
        """
        asked = Asked(self._today().isoformat(), query, face)
        with self._lock:
            if len(self._clicks) < MOST_CLICKS:
                self._clicks.append((self._clock(), asked, position))
        self._begin()

    def write(self, everything: bool = False) -> None:
        """Write down what was counted. Never raises; what cannot be written waits for the next time.

        :param everything: also what would wait.
        """
        with self._writing:
            now = self._clock()
            with self._lock:
                self._settle(now, 0 if everything else TYPING_SECONDS)
                searches, self._searches = self._searches, {}
                due = [each for each in self._clicks if everything or now - each[0] >= CLICK_SECONDS]
                self._clicks = self._clicks[len(due) :]
            clicks: dict[tuple[Asked, int], int] = {}
            for _moment, asked, position in due:
                clicks[asked, position] = clicks.get((asked, position), 0) + 1
            try:
                if searches or clicks:
                    self.store.add(searches, clicks)
                self._forget()
                if self._problem:
                    _log.info("what visitors ask is recorded again")
                self._problem = ""
            except (OSError, sqlite3.Error) as error:
                self._tell(error)
                with self._lock:
                    later, self._searches = self._searches, searches
                    for asked, count in later.items():
                        self._count(asked, count)

    def close(self) -> None:
        """Write everything and stop."""
        self._stop.set()
        self.write(everything=True)

    def _was_asked(self, query: str, now: float) -> bool:
        return now - self._asked.get(query, -SAME_SECONDS) < SAME_SECONDS

    def _remember(self, query: str, now: float) -> None:
        if len(self._asked) >= MOST and query not in self._asked:
            self._asked.clear()
        self._asked[query] = now

    def _count(self, asked: Asked, count: Count) -> None:
        known = self._searches.get(asked)
        if known is None:
            if len(self._searches) >= MOST:
                asked = asked._replace(query=OTHERS)
            known = self._searches.setdefault(asked, Count())
        known.add(count)

    def _settle(self, now: float, seconds: float) -> None:
        """Count what nobody went on typing for so long."""
        day = self._today().isoformat()
        done = [query for query, (moment, _) in self._typed.items() if now - moment >= seconds]
        for query in done:
            self._count(Asked(day, query, "meili"), self._typed.pop(query)[1])

    def _forget(self) -> None:
        today = self._today()
        if today != self._forgotten:
            self.store.forget(today, self._keep_days)
            self._forgotten = today

    def _tell(self, error: Exception) -> None:
        problem = f"{type(error).__name__}: {error}"
        if problem != self._problem:
            _log.error("what visitors ask cannot be recorded, in %s: %s", self.store.path, problem)
        self._problem = problem

    def _begin(self) -> None:
        if self._process == os.getpid():
            return
        with self._lock:
            if self._process == os.getpid():
                return
            self._process = os.getpid()
        Thread(target=self._write_for_ever, name="telusur-queries", daemon=True).start()
        Finalize(None, self.close, exitpriority=10)  # also in processes that end without atexit

    def _write_for_ever(self) -> None:
        while not self._stop.wait(WRITE_SECONDS):
            self.write()


def _one(total: int, has_all: bool) -> Count:
    return Count(1, int(not total), int(bool(total) and not has_all), total)
