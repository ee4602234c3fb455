"""Searcher: the open index of a process, exchanged for a newer one while searches go on."""

from __future__ import annotations

import contextlib
import logging
import time
from collections.abc import Iterator
from threading import Lock

from index.analysis.analyzer import Analyzer
from index.analysis.lexicon import LexiconError
from index.engines.base import EngineError, IndexBrokenError
from index.settings import Settings
from index.store.fingerprint import stem_key
from index.store.generations import Generations
from index.store.kept import stem_file
from index.store.learned_language import load_analyzer
from index.store.opened import missing, open_current
from search.opened.snapshot import Snapshot
from search.plan.weights import Weights

_log = logging.getLogger(__name__)

CHECK_SECONDS = 0.5
"""How often, at most, a process looks whether there is a newer index."""


class Searcher:
    """Owns the open index of this process. Safe to share between threads.

    A newer commit or generation is noticed within :data:`CHECK_SECONDS` and opened by the request that
    notices it; searches under way end on the index they began with. If the newer index cannot be opened, the
    one that is open stays in service and :attr:`problem` says why.

    :param check_seconds: how often, at most, to look for a newer index.
    """

    def __init__(self, settings: Settings, check_seconds: float = CHECK_SECONDS) -> None:
        self.settings = settings
        self._check_seconds = check_seconds
        self._snapshot: Snapshot | None = None
        self._base: Analyzer | None = None
        self._checked = 0.0
        self._opening = Lock()
        self.problem: EngineError | None = None

    @contextlib.contextmanager
    def use(self) -> Iterator[Snapshot]:
        """The index to search now, held open until the block ends.

        :raises IndexMissingError: if nothing was indexed yet.
        :raises IndexBrokenError: if the index or the lexicon cannot be read and no earlier index is open.
        :raises EngineUnavailableError: if the engine does not answer and no earlier index is open.
        """
        snapshot = self._acquire()
        try:
            yield snapshot
        finally:
            snapshot.release()

    def version(self) -> int | None:
        """The number of the snapshot to search now, higher for each later one; ``None`` if there is none."""
        try:
            with self.use() as snapshot:
                return snapshot.number
        except EngineError:
            return None

    def refresh(self) -> None:
        """Look for a newer index now. Errors are those of :meth:`use`, if no index is open."""
        with self._opening:
            self._look()

    def close(self) -> None:
        """Close the index once searches under way have ended. A later use opens it again."""
        with self._opening:
            snapshot, self._snapshot = self._snapshot, None
        if snapshot:
            snapshot.release()

    def _acquire(self) -> Snapshot:
        while True:
            snapshot = self._snapshot
            if snapshot is None:
                with self._opening:
                    if self._snapshot is None:
                        self._look()
            elif time.monotonic() - self._checked >= self._check_seconds and self._opening.acquire(
                blocking=False
            ):
                try:
                    self._look()
                finally:
                    self._opening.release()
            snapshot = self._snapshot
            if snapshot is not None and snapshot.acquire():
                return snapshot

    def _look(self) -> None:
        """Open what is live now unless it is open already. Called with the lock held."""
        self._checked = time.monotonic()
        old = self._snapshot
        try:
            if old is not None and old.index.is_current():
                old.index.generations.current_name()  # raises if the pointer to it is broken
                self.problem = None
                return
            fresh = self._open()
        except EngineError as error:
            if old is None:
                self.problem = error
                raise
            if str(error) != str(self.problem):
                _log.error("the earlier index stays in service: %s", error)
            self.problem = error
            return
        if fresh.index.stale:
            _log.warning("the index is out of date, run `reindex`: %s", fresh.index.stale)
        self.problem = None
        self._snapshot = fresh
        if old is not None:
            if old.knows_words:
                fresh.read_ahead()
            old.release()

    def _open(self) -> Snapshot:
        if self._snapshot is None and Generations.of(self.settings).current_name() is None:
            raise missing(self.settings)  # before the lexicon is read, which takes fifty times as long
        try:
            base = load_analyzer(self.settings)
        except LexiconError as error:
            raise IndexBrokenError(str(error)) from error
        if self._base is not None and self._base.lexicon.fingerprint == base.lexicon.fingerprint:
            base = self._base  # its caches are warm
        self._base = base
        index = open_current(self.settings, base)
        stems = stem_file(index.generation.directory, stem_key(base, index.analyzer))
        capacity = int(self.settings.number("articles_mb") * (1 << 20))
        return Snapshot(index, stems, capacity, Weights.of(self.settings))
