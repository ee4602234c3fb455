"""Lanes: a process answers one plain question at a time, and beside it one dear question at a time.

Dear ones wait for each other, so that health checks and plain questions find a thread and their share of
Python's time. Plain ones do so too: Python runs one thread at a time, and two questions at once would both
take twice as long.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from threading import BoundedSemaphore, Lock, get_native_id, local
from time import sleep
from typing import TypeVar

_T = TypeVar("_T")

DEAR_SECONDS = 0.1
"""CPU time, estimated, from which on a question is dear: five times that of an ordinary one."""

DEAR_NICENESS = 10
"""By how much dear questions give way to plain ones of other processes, and to what else the machine does."""

PLACES = 10
"""Dear questions that one process takes on; one is answered while the others wait."""


EXPORTS = 2
"""Files of results that one process writes at a time; each has a thread as long as its reader takes."""

PAUSE = 0.0002
"""Seconds that a long request waits between two pieces of its work: locks go to whoever asks next, not to
whoever waits longest, and it takes a moment to wake up."""


class BusyError(Exception):
    """So many dear questions are waiting that another one is not taken on."""


class Lanes:
    """The turns of the threads of one process."""

    def __init__(self, places: int = PLACES) -> None:
        self._plain = Lock()
        self._places = BoundedSemaphore(places)
        self._exports = BoundedSemaphore(EXPORTS)
        self._own = local()
        self._dear = ThreadPoolExecutor(1, "telusur-dear", self._begin)

    @contextmanager
    def plain(self) -> Iterator[None]:
        """Within, a request is worked on, by this thread alone unless it turns out to be :meth:`dear`."""
        self._plain.acquire()
        self._own.turn = True
        try:
            yield
        finally:
            self._give_way()
            self._own.turn = None

    def pause(self) -> None:
        """Between two pieces of one request: others have their turn, then this thread has one again."""
        if getattr(self._own, "turn", None) is None:
            return
        self._give_way()
        sleep(PAUSE)
        self._plain.acquire()
        self._own.turn = True

    def dear(self, answer: Callable[[], _T]) -> _T:
        """Answer a dear question in a thread of its own; a plain turn that this thread has ends before.

        :raises BusyError: if too many are waiting already.
        """
        if not self._places.acquire(blocking=False):
            raise BusyError
        try:
            self._give_way()
            return self._dear.submit(answer).result()
        finally:
            self._places.release()

    @contextmanager
    def piece(self) -> Iterator[None]:
        """Within, a short piece of long work is done, in a turn like that of a plain request; whoever waits
        has had theirs before."""
        sleep(PAUSE)
        with self.plain():
            yield

    @contextmanager
    def export(self) -> Iterator[None]:
        """Within, a file of results is written.

        :raises BusyError: if :data:`EXPORTS` others are.
        """
        if not self._exports.acquire(blocking=False):
            raise BusyError
        try:
            yield
        finally:
            self._exports.release()

    def let_pass(self) -> None:
        """Within :meth:`dear`, wait for the plain request that is worked on, if there is one."""
        if getattr(self._own, "dear", False) and self._plain.locked():
            with self._plain:
                pass

    def _begin(self) -> None:
        self._own.dear = True
        with suppress(AttributeError, OSError):  # only Linux gives a thread a priority of its own
            os.setpriority(os.PRIO_PROCESS, get_native_id(), DEAR_NICENESS)

    def _give_way(self) -> None:
        if getattr(self._own, "turn", False):
            self._own.turn = False
            self._plain.release()
