"""How long a question to an engine elsewhere waits in all, however many requests it takes to answer it.

What counts is the time in which the engine is waited for: our own work, or the wait for a turn to do it, says
nothing of the engine.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

_WAITED = 0.97
"""Share of the time of a question in which it waits: to say what is the matter takes the rest."""


class _Wait:
    """The wait of one question.

    :param spent: seconds in which its requests were under way.
    """

    def __init__(self) -> None:
        self.spent = 0.0


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
    """What is asked in the block waits by itself, also within the wait of a question: to open an index takes
    dozens of small requests, and the question that needs it has all of its time after them."""
    token = _wait.set(_Wait())
    try:
        yield
    finally:
        _wait.reset(token)


@contextmanager
def waiting(patience: float) -> Iterator[float]:
    """The block in which a request is under way; gives how long it may take.

    :param patience: longest wait for a whole question, in seconds.
    :returns: seconds, 0 if it need not be sent any more.
    """
    wait = _wait.get()
    if wait is None:
        yield patience
        return
    began = time.monotonic()
    try:
        yield max(_WAITED * patience - wait.spent, 0.0)
    finally:
        wait.spent += time.monotonic() - began
