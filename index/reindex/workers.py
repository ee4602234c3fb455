"""Workers: work on all cores, with results in the order in which the work was handed out.

Small runs stay in this process, which has nothing to start. What a run writes is the same for any number of
processes, because every step is pure. The process that hands work out never looks into an article.
"""

from __future__ import annotations

import gc
import multiprocessing
import os
import signal
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from multiprocessing import forkserver
from multiprocessing.context import BaseContext
from multiprocessing.synchronize import Barrier
from multiprocessing.util import Finalize
from threading import BrokenBarrierError
from typing import Any, Generic, Protocol, TypeVar

from index.errors import ReindexError
from index.messages import _
from index.processes import end_with_parent

_IN_THIS_PROCESS = 256
"""Documents or files that are handled before other processes are started: about what starting them costs."""

_OBJECTS_PER_COLLECTION = 200_000
"""New objects after which Python looks for cycles. At its own 700 that takes a tenth of the time, in vain."""

_MEETING_SECONDS = 600.0
"""Longest wait of a process for all others: some may just be starting."""

_NICENESS = 5
"""Priority that workers give up: to the process that writes, for which they all wait, and to a server."""


class Processing(Protocol):
    """What every process needs to work. Pickles."""

    @property
    def start_after(self) -> int:
        """How much work makes :meth:`start` worth its time."""

    @property
    def modules(self) -> Sequence[str]:
        """What a process has to import."""

    def start(self) -> None:
        """Get ready for much work."""

    def finish(self) -> None:
        """The process ends."""


_P = TypeVar("_P", bound=Processing)
_C = TypeVar("_C")
_T = TypeVar("_T")
_R = TypeVar("_R")


class WorkerDiedError(ReindexError):
    """A worker process ended without an answer: killed, or out of memory."""

    def __init__(self) -> None:
        super().__init__(
            _(
                "sebuah proses kerja berhenti mendadak (dimatikan, atau memori habis); indeks lama tetap "
                "utuh. Coba lagi dengan --jobs 1"
            )
        )


class Workers(Generic[_P]):
    """Lets a processor work, here or in other processes. A context manager that ends those processes.

    :param count: processes that work; with 1 everything happens in this one.
    """

    def __init__(self, processor: _P, count: int) -> None:
        self.processor = processor
        self._count = count
        self._handed_out = 0
        self._is_started = False
        self._executor: ProcessPoolExecutor | None = None

    def __enter__(self) -> Workers[_P]:
        return self

    def __exit__(self, *error: object) -> None:
        if self._executor is not None:
            self._executor.shutdown(wait=True, cancel_futures=True)
            self._executor = None

    def map(
        self, work: Callable[[_P, _T], _R], items: Iterable[tuple[_C, _T, int]]
    ) -> Iterator[tuple[_C, _R]]:
        """Do some work on each item; results come in the order of the items.

        :param work: a method of the processor.
        :param items: for each item something to hand back with its result (it stays in this process), what
            the work takes, and its size: how many documents or files that is. With size 0 the work is next
            to nothing and is done here, in its turn.
        :raises WorkerDiedError: if a process ends without an answer.
        """
        waiting: deque[tuple[_C, _T, int, Future[_R] | None]] = deque()
        window = 2 * self._count + 2
        for context, item, size in items:
            waiting.append((context, item, size, self._submit(work, item, size)))
            while waiting and (len(waiting) > window or waiting[0][3] is None):
                yield self._result(work, *waiting.popleft())
        while waiting:
            yield self._result(work, *waiting.popleft())

    def each(self, work: Callable[[_P], _R]) -> Iterator[_R]:
        """Do some work once in this process and once in every other one, when all have done what was handed
        out.

        :param work: a method of the processor.
        :raises WorkerDiedError: if a process ends without an answer.
        """
        yield work(self.processor)
        if self._executor is None:
            return
        try:
            # No process takes a second one while it waits for the others.
            waiting = [self._executor.submit(_meet, work) for _ in range(self._count)]
            for future in waiting:
                yield future.result()
        except (BrokenProcessPool, BrokenBarrierError, OSError):
            self._abandon()
            raise WorkerDiedError from None

    def _submit(self, work: Callable[[_P, _T], _R], item: _T, size: int) -> Future[_R] | None:
        self._handed_out += size
        if self._count == 1 or size == 0 or self._handed_out <= _IN_THIS_PROCESS:
            return None
        try:
            with _uninterrupted():
                if self._executor is None:
                    self._executor = _start(self.processor, self._count)
                return self._executor.submit(_work, work, item)
        except (BrokenProcessPool, OSError):  # the latter if one died while another was being started
            self._abandon()
            raise WorkerDiedError from None

    def _result(
        self, work: Callable[[_P, _T], _R], context: _C, item: _T, size: int, future: Future[_R] | None
    ) -> tuple[_C, _R]:
        if future is None:
            if size and not self._is_started and self._handed_out >= self.processor.start_after:
                self._is_started = True
                self.processor.start()
            return context, work(self.processor, item)
        try:
            return context, future.result()
        except BrokenProcessPool:
            self._abandon()
            raise WorkerDiedError from None

    def _abandon(self) -> None:
        """End the processes of a broken pool.

        The pool asks them to end and then waits, for ever if one that is just starting does not hear it: that
        one holds the pipe open which the pool is still writing work to.
        """
        executor: Any = self._executor
        self._executor = None
        if executor is None:
            return
        for process in list((executor._processes or {}).values()):
            process.kill()
        executor.shutdown(wait=True, cancel_futures=True)


@contextmanager
def few_collections() -> Iterator[None]:
    """Look for cycles of garbage seldom while the block runs."""
    before = gc.get_threshold()
    gc.set_threshold(_OBJECTS_PER_COLLECTION)
    try:
        yield
    finally:
        gc.set_threshold(*before)


def available_cores() -> int:
    """Cores that this process may use."""
    try:
        return len(os.sched_getaffinity(0))
    except AttributeError:
        return os.cpu_count() or 1


def start_early(processor: Processing, count: int, expected: int) -> None:
    """Have our code loaded for other processes meanwhile, if there will be any.

    :param count: processes that will work.
    :param expected: about how many documents or files there will be.
    """
    context = _context(processor)
    if count > 1 and expected > _IN_THIS_PROCESS and context.get_start_method() == "forkserver":
        with _uninterrupted():
            forkserver.ensure_running()


def _context(processor: Processing) -> BaseContext:
    # Not plain fork: a forked child would share the write lock and keep it when this process is killed.
    methods = multiprocessing.get_all_start_methods()
    context = multiprocessing.get_context("forkserver" if "forkserver" in methods else "spawn")
    if context.get_start_method() == "forkserver":
        context.set_forkserver_preload([__name__, *processor.modules])
    return context


def _start(processor: Processing, count: int) -> ProcessPoolExecutor:
    context = _context(processor)
    meeting = context.Barrier(count)
    return ProcessPoolExecutor(count, mp_context=context, initializer=_begin, initargs=(processor, meeting))


@contextmanager
def _uninterrupted() -> Iterator[None]:
    """Put interrupts off until the block ends: a process that is left half started dies of it aloud."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    arrived: list[int] = []
    before = {
        number: signal.signal(number, lambda number, _frame: arrived.append(number))
        for number in (signal.SIGINT, signal.SIGTERM)
    }
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
        if arrived:
            signal.raise_signal(arrived[0])


_processor: Any
_meeting: Barrier
"""The processor of a worker process, and where all of them wait for each other; set when it starts."""


def _begin(processor: Processing, meeting: Barrier) -> None:
    global _processor, _meeting
    _processor, _meeting = processor, meeting
    gc.set_threshold(_OBJECTS_PER_COLLECTION)
    if hasattr(os, "nice"):
        os.nice(_NICENESS)
    processor.start()
    Finalize(None, processor.finish, exitpriority=0)
    # Ctrl-C reaches the whole group; the parent alone decides, and ends the workers in order.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    end_with_parent()


def _work(work: Callable[[Any, _T], _R], item: _T) -> _R:
    return work(_processor, item)


def _meet(work: Callable[[Any], _R]) -> _R:
    _meeting.wait(_MEETING_SECONDS)
    return work(_processor)
