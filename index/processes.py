"""How processes begin, and that they end with the one that started them, however that one ends."""

from __future__ import annotations

import ctypes
import gc
import multiprocessing
import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from multiprocessing.connection import wait


@contextmanager
def no_collecting() -> Iterator[None]:
    """Look for no garbage while modules are imported.

    What they define stays; to look through it again and again took a seventh of the time until a server was
    ready, and found a few hundred objects.
    """
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()


def end_with_parent() -> None:
    """From now on, end this process as soon as the one that started it is gone, even if it was killed.

    A worker waits on pipes and sockets that it holds open itself, so that it would live on without anybody to
    give it work or to stop it. Does nothing in a process that :mod:`multiprocessing` did not start.
    """
    parent = multiprocessing.parent_process()
    if parent is not None:
        threading.Thread(target=_end_after, args=(parent.sentinel,), daemon=True).start()


def _end_after(sentinel: int) -> None:
    wait([sentinel])
    os._exit(1)


def trim() -> None:
    """Give pages of memory that is free back to the system, where the C library would rather keep them."""
    with suppress(AttributeError, OSError, TypeError):
        ctypes.CDLL(None).malloc_trim(0)
