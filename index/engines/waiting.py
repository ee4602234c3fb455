"""How long a question to an engine elsewhere waits in all, however many requests it takes to answer it."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

_WAITED = 0.97
"""Share of the time of a question in which it waits: to say what is the matter takes the rest."""

_LEAST = 0.2
"""Seconds that the requests of a question have in any case, all together: after a long wait for its turn a
well engine answers."""


class _Wait:
    """The wait of one question, which begins now; ``asked`` is when its first request was sent."""

    def __init__(self) -> None:
        self.began = time.monotonic()
        self.asked: float | None = None

    def put_off(self, seconds: float) -> None:
        """Some of its time was nothing of its own."""
        self.began += seconds
        if self.asked is not None:
            self.asked += seconds


_wait: ContextVar[_Wait | None] = ContextVar("wait", default=None)


@contextmanager
def one_wait() -> Iterator[None]:
    """What is asked of engines in the block, by this thread, is one question: it waits once."""
    if _wait.get() is not None:
        yield
        return
    with own_wait():
        yield


@contextmanager
def own_wait() -> Iterator[None]:
    """What is asked in the block waits by itself, also within the wait of a question, which goes on behind
    it: to open an index takes dozens of small requests and our own work besides."""
    around, own = _wait.get(), _Wait()
    token = _wait.set(own)
    began = own.began
    try:
        yield
    finally:
        _wait.reset(token)
        if around is not None:
            around.put_off(time.monotonic() - began)


def seconds_left(patience: float) -> float:
    """How long a request that is about to be sent may take.

    :param patience: longest wait for a whole question, in seconds.
    :returns: seconds, 0 if it need not be sent any more.
    """
    wait = _wait.get()
    if wait is None:
        return patience
    now = time.monotonic()
    wait.asked = wait.asked or now
    return max(wait.began + _WAITED * patience - now, wait.asked + _LEAST - now, 0.0)
