"""Lanes: a process answers one plain question at a time, and beside it one dear question at a time.

Dear ones wait for each other, so that health checks and plain questions find a thread and their share of
Python's time. Plain ones do so too: Python runs one thread at a time, and two questions at once would both
take twice as long.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from threading import BoundedSemaphore, Lock, local

DEAR_SECONDS = 0.1
"""CPU time, estimated, from which on a question is dear: five times that of an ordinary one."""

PLACES = 10
"""Dear questions that one process takes on; one is answered while the others wait."""


class BusyError(Exception):
    """So many dear questions are waiting that another one is not taken on."""


class Lanes:
    """The turns of the threads of one process."""

    def __init__(self, places: int = PLACES) -> None:
        self._plain = Lock()
        self._dear = Lock()
        self._places = BoundedSemaphore(places)
        self._own = local()

    @contextmanager
    def plain(self) -> Iterator[None]:
        """Within, a request is worked on, by this thread alone unless it turns out to be :meth:`dear`."""
        self._plain.acquire()
        self._own.turn = True
        try:
            yield
        finally:
            self._give_way()

    @contextmanager
    def dear(self) -> Iterator[None]:
        """Within, a dear question is answered; a plain turn that the thread has ends before.

        :raises BusyError: if too many are waiting already.
        """
        if not self._places.acquire(blocking=False):
            raise BusyError
        try:
            self._give_way()
            with self._dear:
                self._own.dear = True
                yield
        finally:
            self._own.dear = False
            self._places.release()

    def let_pass(self) -> None:
        """Within :meth:`dear`, wait for the plain request that is worked on, if there is one."""
        if getattr(self._own, "dear", False) and self._plain.locked():
            with self._plain:
                pass

    def _give_way(self) -> None:
        if getattr(self._own, "turn", False):
            self._own.turn = False
            self._plain.release()
