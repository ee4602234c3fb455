"""Workers: reading, learning and analysing on all cores, with results in the order of the input.

Small runs stay in this process, which has nothing to start. What a run writes is the same for any number of
jobs, because every step is pure and results are taken in the order in which the work was handed out. The
process that hands it out never looks into an article: documents travel packed.
"""

from __future__ import annotations

import gc
import logging
import multiprocessing
import os
import pickle
import signal
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing import forkserver
from multiprocessing.context import BaseContext
from multiprocessing.util import Finalize
from typing import Any, NamedTuple, TypeVar

from index.analysis.analyzer import MOST_PIECES, MOST_STEMS, Analyzer
from index.analysis.learning import Learner
from index.documents import Document
from index.engines.base import AnalyzedDocument
from index.engines.registry import get_engine
from index.errors import ReindexError
from index.messages import _, use_language
from index.processes import end_with_parent
from index.settings import Settings
from index.sources.base import InputFile, Piece, Skip
from index.sources.reading import read_input, read_piece
from index.store.kept import PieceFile, StemFile

_ALONE = 256
"""Documents or files that are handled before other processes are started: about what starting them costs."""
_WARM = 64
"""Documents or files after which known stems are worth loading; what keeps new ones always needs them."""
_COLLECT_AFTER = 200_000
"""New objects after which Python looks for cycles. At its own 700 that takes a tenth of the time, in vain."""
_YIELDS = 5
"""Priority that workers give up: to the process that writes, for which they all wait, and to a server."""

_C = TypeVar("_C")
_T = TypeVar("_T")
_R = TypeVar("_R")

_log = logging.getLogger(__name__)


class WorkerDiedError(ReindexError):
    """A worker process ended without an answer: killed, or out of memory."""

    def __init__(self) -> None:
        super().__init__(
            _(
                "sebuah proses kerja berhenti mendadak (dimatikan, atau memori habis); indeks lama tetap "
                "utuh. Coba lagi dengan --jobs 1"
            )
        )


class Found(NamedTuple):
    """A document that was read, as far as its indexing is decided by it.

    :param packed: the document itself, see :func:`unpack`; empty if it is prepared already.
    :param prepared: if that was asked for, the document as the engine's writer takes it, or why it cannot.
    """

    id: str
    content_hash: str
    origin: str
    packed: bytes
    prepared: Any | Unprepared = None


def pack(document: Document) -> Found:
    """Make a document ready to travel."""
    # The hash goes along inside: it is worked out once.
    hashed = document.content_hash
    return Found(document.id, hashed, document.origin, pickle.dumps(document, pickle.HIGHEST_PROTOCOL))


def unpack(packed: bytes) -> Document:
    """The document of a :class:`Found`. Only for what this run has packed: pickles can hold anything."""
    document = pickle.loads(packed)  # noqa: S301
    assert isinstance(document, Document)
    return document


class Harvest(NamedTuple):
    """What was read.

    :param parts: for each part what it yielded.
    :param learner: what all of them taught, ``None`` if nothing was to be learned.
    """

    parts: list[list[Found | Skip]]
    learner: Learner | None


Part = InputFile | Sequence[Document | Skip | Piece]
"""What is read as one: a file, or some of what was cut out of a large one."""


@dataclass(frozen=True)
class Tools:
    """What every process needs to read and analyse. Pickles.

    :param learning: whether to learn from what is read.
    :param preparing: whether to prepare what is read at once.
    :param known_stems: stems to start with.
    :param new_stems: where to leave the stems that were worked out.
    :param known_pieces: pieces of text to start with; ``new_pieces`` where to leave others.
    """

    settings: Settings
    analyzer: Analyzer
    engine_name: str
    learning: bool = False
    preparing: bool = False
    known_stems: StemFile | None = None
    new_stems: StemFile | None = None
    known_pieces: PieceFile | None = None
    new_pieces: PieceFile | None = None

    def warm(self) -> None:
        """Start with the stems that are known. Worth its time for more than a few documents."""
        if self.known_stems is not None:
            self.analyzer.import_cache(self.known_stems.read())
        if self.known_pieces is not None:
            self.analyzer.import_pieces(self.known_pieces.read())

    def leave_stems(self) -> None:
        """Leave what this process has worked out for :meth:`keep_stems`."""
        try:
            if self.new_stems is not None and (stems := self.analyzer.export_cache()):
                self.new_stems.of_process().write(stems)
            if self.new_pieces is not None and (pieces := self.analyzer.export_pieces()):
                self.new_pieces.of_process().write(pieces)
        except OSError as error:
            _log.warning("stems are not kept: %s", error)

    def keep_stems(self) -> None:
        """Keep what was known, what this process has worked out and what every other one left.

        :raises OSError: if it cannot be written.
        """
        if self.new_stems is not None:
            self.new_stems.keep(self.known_stems, self.analyzer.export_cache(), MOST_STEMS)
        if self.new_pieces is not None:
            self.new_pieces.keep(self.known_pieces, self.analyzer.export_pieces(), MOST_PIECES)

    def read(self, parts: Sequence[Part]) -> Harvest:
        """Everything that each part yields."""
        learner = Learner() if self.learning else None
        found = [list(self.found(part, learner)) for part in parts]
        return Harvest(found, learner.compact() if learner is not None else None)

    def found(self, part: Part, learner: Learner | None = None) -> Iterator[Found | Skip]:
        """What one part yields, document by document.

        :param learner: learns from them.
        """
        for item in read_input(part, self.settings) if isinstance(part, InputFile) else part:
            document = read_piece(item, self.settings) if isinstance(item, Piece) else item
            if isinstance(document, Skip):
                yield document
                continue
            if learner is not None:
                learner.add(document.body)
            if self.preparing:
                prepared = self._prepare(document)
                yield Found(document.id, document.content_hash, document.origin, b"", prepared)
            else:
                yield pack(document)

    def prepare(self, documents: Sequence[bytes]) -> list[Any | Unprepared]:
        """Each packed document as the engine's writer takes it."""
        return [self._prepare(unpack(document)) for document in documents]

    def _prepare(self, document: Document) -> Any | Unprepared:
        try:
            return get_engine(self.engine_name).prepare(analyze_document(document, self.analyzer))
        except Exception as error:  # one article must not keep all the others from being found
            _log.exception("%s could not be analysed", document.origin or document.id)
            return Unprepared(f"{type(error).__name__}: {error}")


@dataclass(frozen=True)
class Unprepared:
    """A document that our own code failed on.

    :param error: what went wrong.
    """

    error: str


def analyze_document(document: Document, analyzer: Analyzer) -> AnalyzedDocument:
    """The token streams of a document, field by field."""
    return AnalyzedDocument(
        document,
        title=analyzer.stream(document.headline),
        body=analyzer.stream(document.body),
        source=analyzer.stream_of_names(document.source),
        place=analyzer.stream_of_names(document.place),
        author=analyzer.stream_of_names("\n".join(filter(None, (document.author, document.editor)))),
    )


class Workers:
    """Runs the tools, here or in other processes. A context manager that ends those processes.

    :param jobs: processes that read and analyse; with 1 everything happens in this one.
    """

    def __init__(self, tools: Tools, jobs: int) -> None:
        self.tools = tools
        self._jobs = jobs
        self._alone = _ALONE
        self._is_warm = False
        self._executor: ProcessPoolExecutor | None = None

    def __enter__(self) -> Workers:
        return self

    def __exit__(self, *error: object) -> None:
        if self._executor is not None:
            self._executor.shutdown(wait=True, cancel_futures=True)
            self._executor = None

    def map(
        self, work: Callable[[Tools, _T], _R], items: Iterable[tuple[_C, _T, int]]
    ) -> Iterator[tuple[_C, _R]]:
        """Do some work on each item; results come in the order of the items.

        :param work: a method of :class:`Tools`.
        :param items: for each item something to hand back with its result (it stays in this process), what
            the work takes, and its size: how many documents or files that is. With size 0 the work is next
            to nothing and is done here, in its turn.
        :raises WorkerDiedError: if a process ends without an answer.
        """
        waiting: deque[tuple[_C, _T, int, Future[_R] | None]] = deque()
        window = 2 * self._jobs + 2
        for context, item, size in items:
            waiting.append((context, item, size, self._submit(work, item, size)))
            while waiting and (len(waiting) > window or waiting[0][3] is None):
                yield self._result(work, *waiting.popleft())
        while waiting:
            yield self._result(work, *waiting.popleft())

    def _submit(self, work: Callable[[Tools, _T], _R], item: _T, size: int) -> Future[_R] | None:
        self._alone -= size
        if self._jobs == 1 or size == 0 or self._alone >= 0:
            return None
        try:
            with _uninterrupted():
                if self._executor is None:
                    self._executor = _start(self.tools, self._jobs)
                return self._executor.submit(_work, work, item)
        except (BrokenProcessPool, OSError):  # the latter if one died while another was being started
            self._abandon()
            raise WorkerDiedError from None

    def _result(
        self, work: Callable[[Tools, _T], _R], context: _C, item: _T, size: int, future: Future[_R] | None
    ) -> tuple[_C, _R]:
        if future is None:
            worth_it = self._alone <= _ALONE - _WARM or self.tools.new_stems is not None
            if size and worth_it and not self._is_warm:
                self._is_warm = True
                self.tools.warm()
            return context, work(self.tools, item)
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
    gc.set_threshold(_COLLECT_AFTER)
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


_tools: Tools
"""The tools of a worker process; set when it starts."""


def start_early(documents: int, jobs: int, engine_name: str) -> None:
    """Have our code loaded for other processes meanwhile, if there will be any.

    :param documents: about how many there will be to read.
    """
    context = _context(engine_name)
    if jobs > 1 and documents > _ALONE and context.get_start_method() == "forkserver":
        with _uninterrupted():
            forkserver.ensure_running()


def _context(engine_name: str) -> BaseContext:
    # Not plain fork: a forked child would share the write lock and keep it when this process is killed.
    methods = multiprocessing.get_all_start_methods()
    context = multiprocessing.get_context("forkserver" if "forkserver" in methods else "spawn")
    if context.get_start_method() == "forkserver":
        context.set_forkserver_preload([__name__, type(get_engine(engine_name)).__module__])
    return context


def _start(tools: Tools, jobs: int) -> ProcessPoolExecutor:
    context = _context(tools.engine_name)
    return ProcessPoolExecutor(jobs, mp_context=context, initializer=_begin, initargs=(tools,))


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


def _begin(tools: Tools) -> None:
    global _tools
    _tools = tools
    use_language(tools.settings.text("language"))
    gc.set_threshold(_COLLECT_AFTER)
    if hasattr(os, "nice"):
        os.nice(_YIELDS)
    tools.warm()
    Finalize(None, tools.leave_stems, exitpriority=0)
    # Ctrl-C reaches the whole group; the parent alone decides, and ends the workers in order.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    end_with_parent()


def _work(work: Callable[[Tools, _T], _R], item: _T) -> _R:
    return work(_tools, item)
