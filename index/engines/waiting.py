"""How long a question to an engine elsewhere waits in all, however many requests it takes to answer it."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

_LEAST = 0.2
"""Seconds that a request has in any case: after a long wait for one's turn a well engine answers."""

_WAITED = 0.97
"""Share of the time of a question in which it waits: to say what is the matter takes the rest."""

_began: ContextVar[float | None] = ContextVar("began", default=None)


@contextmanager
def one_wait() -> Iterator[None]:
    """What is asked of engines in the block, by this thread, is one question: it waits once."""
    if _began.get() is not None:
        yield
        return
    token = _began.set(time.monotonic())
    try:
        yield
    finally:
        _began.reset(token)


def seconds_left(patience: float) -> float:
    """How long a request may take.

    :param patience: longest wait for a whole question, in seconds.
    """
    began = _began.get()
    return patience if began is None else max(began + _WAITED * patience - time.monotonic(), _LEAST)
