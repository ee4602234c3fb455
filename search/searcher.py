"""Searcher: the open index of a process, exchanged for a newer one while searches go on."""

from __future__ import annotations

import contextlib
import logging
import time
from collections.abc import Callable, Iterator
from itertools import count
from threading import Lock, Thread

from index.analysis import Analyzer, Lexicon, LexiconError
from index.engines.base import EngineError, IndexBrokenError
from index.generations import OpenIndex, load_language, open_current
from index.query import TextField
from index.settings import Settings
from index.stems import STEMS, StemFile, stem_key
from search.expansion import Expander
from search.inflections import Inflections
from search.prepared import PreparedDocuments
from search.snippets import Finder
from search.vocabulary import Vocabulary

__all__ = ["Searcher", "Snapshot"]

_log = logging.getLogger(__name__)
_numbers = count()

_FREQUENCIES_KEPT = 1 << 14
CHECK_SECONDS = 0.5
"""How often, at most, a process looks whether there is a newer index."""


class Snapshot:
    """One open index and what is remembered about it; closed when nobody uses it any more.

    ``number`` tells it from others of this process; later ones have higher numbers. ``inflections`` are known
    some time after :meth:`read_ahead`.

    :param stems: the stems that indexing worked out.
    :param room: most memory for documents that are kept ready to be shown, in bytes.
    """

    def __init__(self, index: OpenIndex, stems: StemFile, room: int) -> None:
        self.number = next(_numbers)
        self.index = index
        self.reader = index.reader
        self.analyzer = index.analyzer
        self.expander = Expander(index.analyzer)
        self.finder = Finder(index.analyzer)
        self.prepared = PreparedDocuments(index.reader, room)
        self.inflections: Inflections | None = None
        self._stems = stems
        self._frequencies: dict[str, int] = {}
        self._users = 1  # the searcher itself
        self._lock = Lock()
        self._vocabulary: Vocabulary | None = None
        self._reading = Lock()

    def vocabulary(self) -> Vocabulary:
        """The words of the index, read when first asked for."""
        with self._reading:
            if self._vocabulary is None:
                self._vocabulary = Vocabulary(self.reader)
            return self._vocabulary

    def frequency(self, stem: str) -> int:
        """Number of articles whose body holds a stem; planning one query asks for it again and again."""
        found = self._frequencies.get(stem)
        if found is None:
            found = self.reader.document_frequency(TextField.BODY, stem)
            if len(self._frequencies) >= _FREQUENCIES_KEPT:
                self._frequencies = {}
            self._frequencies[stem] = found
        return found

    @property
    def forms(self) -> Callable[[str], list[str]] | None:
        """Stem -> every form of it in the index, once all of them are known."""
        known = self.inflections
        return known.forms if known and known.complete else None

    @property
    def knows_words(self) -> bool:
        """Whether the words of the index were read."""
        return self._vocabulary is not None

    def read_ahead(self) -> None:
        """Read what later searches will need, beside searches that go on."""
        if self.acquire():
            Thread(target=self._read_all, name="telusur-ahead", daemon=True).start()

    def _read_all(self) -> None:
        try:
            self.analyzer.import_cache(self._stems.read())
            self.vocabulary()
            fields = (TextField.BODY_EXACT, TextField.TITLE_EXACT)
            forms = {form for field in fields for form, _ in self.reader.terms(field)}
            self.inflections = Inflections(forms, self.analyzer)
            self.prepared.read_ahead(self._is_served)
        except EngineError as error:
            _log.error("the index cannot be read ahead: %s", error)
        finally:
            self.release()

    def _is_served(self) -> bool:
        """Whether anybody but the thread that asks uses it."""
        return self._users > 1

    def acquire(self) -> bool:
        """Begin to use it; false if it is closed already."""
        with self._lock:
            if not self._users:
                return False
            self._users += 1
            return True

    def release(self) -> None:
        """End a use; the last one closes the index."""
        with self._lock:
            self._users -= 1
            last = not self._users
        if last:
            self.index.close()


class Searcher:
    """Owns the open index of this process. Safe to share between threads.

    A newer commit or generation is noticed within :data:`CHECK_SECONDS` and opened by the request that
    notices it; searches under way end on the index they began with. If the newer index cannot be opened, the
    one that is open stays in service and :attr:`problem` says why.

    :param check_seconds: how often, at most, to look for a newer index.
    """

    def __init__(self, settings: Settings, check_seconds: float = CHECK_SECONDS) -> None:
        self._settings = settings
        self._check_seconds = check_seconds
        self._snapshot: Snapshot | None = None
        self._language: tuple[Lexicon, Analyzer] | None = None
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
        try:
            language = load_language(self._settings)
        except LexiconError as error:
            raise IndexBrokenError(str(error)) from error
        if self._language is not None and self._language[0].fingerprint == language[0].fingerprint:
            language = self._language  # its caches are warm
        self._language = language
        index = open_current(self._settings, language)
        key = stem_key(language[1], index.analyzer)
        stems = StemFile(index.generation.directory / STEMS, key)
        return Snapshot(index, stems, int(self._settings.number("articles_mb") * (1 << 20)))
