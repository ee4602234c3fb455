"""Questions at a constant rate over connections that stay open, and what came of them."""

from __future__ import annotations

import http.client
import time
from collections import Counter
from collections.abc import Sequence
from contextlib import suppress
from threading import Event, Lock, Thread
from typing import NamedTuple

from bench.measure import percentiles
from bench.soak.questions import Asking

_CONNECTIONS = 4
_REQUESTS_A_CONNECTION = 100
"""Then a new one is made, which may reach another process of the server."""

_PATIENCE = 60.0
_TOO_MANY = 429
_UNCHANGED = 304
_KEPT_ERRORS = 20


class Answered(NamedTuple):
    """What was answered in a while.

    :param errors: answers with another status than was due, and connections that broke.
    """

    statuses: dict[int, int]
    errors: int
    p50_ms: float
    p99_ms: float


class Visitors:
    """Ask again and again, until they are told to stop.

    :param port: of a server on this machine.
    :param rate: requests a second of all together. A late answer does not make the next ones rarer.
    """

    def __init__(self, port: int, asked: Sequence[Asking], rate: float) -> None:
        self.errors: list[str] = []
        self.failed = 0
        self._port = port
        self._asked = asked
        self._pause = _CONNECTIONS / rate
        self._statuses = Counter[int]()
        self._seconds: list[float] = []
        self._told = 0
        self._lock = Lock()
        self._stop = Event()
        self._threads = [Thread(target=self._visit, args=(number,)) for number in range(_CONNECTIONS)]

    def __enter__(self) -> Visitors:
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._stop.set()
        for thread in self._threads:
            thread.join()

    def answered(self) -> Answered:
        """What was answered since this was last asked."""
        with self._lock:
            statuses, seconds, errors = self._statuses, self._seconds, self.failed - self._told
            self._statuses, self._seconds, self._told = Counter(), [], self.failed
        p50, _p95, p99 = percentiles(seconds) if seconds else [0.0] * 3
        return Answered(dict(sorted(statuses.items())), errors, p50, p99)

    def _visit(self, number: int) -> None:
        connection = self._connect()
        due = time.monotonic() + self._pause * number / _CONNECTIONS
        turn = 0
        while not self._stop.wait(max(0.0, due - time.monotonic())):
            asking = self._asked[(number + turn * _CONNECTIONS) % len(self._asked)]
            turn += 1
            try:
                tag = self._ask(connection, asking.path, asking.status)
                if asking.again and tag:
                    # The answer may be another one meanwhile.
                    self._ask(connection, asking.path, 200, {"If-None-Match": tag})
            except (OSError, http.client.HTTPException) as error:
                self._fail(f"{asking.path}: {error!r}")
                connection.close()
                due = max(due, time.monotonic())  # the time without answers is not made up for
            if turn % _REQUESTS_A_CONNECTION == 0:
                connection.close()
                connection = self._connect()
            due += self._pause
        with suppress(OSError):
            connection.close()

    def _connect(self) -> http.client.HTTPConnection:
        return http.client.HTTPConnection("127.0.0.1", self._port, timeout=_PATIENCE)

    def _ask(
        self,
        connection: http.client.HTTPConnection,
        path: str,
        expected: int,
        headers: dict[str, str] | None = None,
    ) -> str | None:
        began = time.monotonic()
        connection.request("GET", path, headers=headers or {})
        answer = connection.getresponse()
        answer.read()
        with self._lock:
            self._seconds.append(time.monotonic() - began)
            self._statuses[answer.status] += 1
        if answer.status not in (expected, _TOO_MANY) and not (headers and answer.status == _UNCHANGED):
            self._fail(f"{path}: {answer.status}, expected {expected}")
        return answer.getheader("ETag")

    def _fail(self, what: str) -> None:
        with self._lock:
            self.failed += 1
            if len(self.errors) < _KEPT_ERRORS:
                self.errors.append(what)
