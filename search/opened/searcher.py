"""Searcher: the open index of a process, exchanged for a newer or a whole one while searches go on."""

from __future__ import annotations

import contextlib
import logging
import time
import weakref
from collections.abc import Hashable, Iterator
from threading import Event, Lock, Thread

from msgspec import Struct

from index.analysis.analyzer import Analyzer
from index.analysis.last_lexicon import LastLexicon
from index.analysis.lexicon import Lexicon, LexiconError
from index.engines.base import (
    EngineError,
    EngineUnavailableError,
    IndexBrokenError,
    IndexMissingError,
    IndexOutdatedError,
)
from index.engines.registry import is_remote
from index.engines.waiting import own_wait
from index.settings import Settings, cache_bytes
from index.store.checksums import FileStates, UnverifiableError, verify_generation
from index.store.fingerprint import stem_key
from index.store.generations import Generations
from index.store.kept import stem_file
from index.store.open_index import OpenIndex
from index.store.opened import missing, open_current, open_earlier
from search.opened.snapshot import QUIET_SECONDS, Snapshot
from search.plan.weights import Weights

_log = logging.getLogger(__name__)

CHECK_SECONDS = 0.5
"""How often, at most, a process looks whether there is a newer index."""


RETRY_SECONDS = 1.0
"""How long a process that was not answered asks nobody again."""

_PATIENCE_SECONDS = 0.25
"""How long a question waits for news of a remote index, in which that is usually opened; then it is asked of
the one that is open."""

_IDLE_SECONDS, _IDLE_PATIENCE_SECONDS = 10.0, 1.0
"""After so long without questions the first one waits so long: what is open may be gone by now."""

GLANCE_SECONDS = 10.0
"""How often a server looks whether a file that it has verified was changed."""


class _Damage(Struct, frozen=True):
    """What is wrong with the live index.

    :param state: of its files when that was found: once it is another, they are looked at again.
    """

    state: Hashable
    error: EngineError


class Searcher:
    """Owns the open index of this process. Safe to share between threads.

    A newer commit or generation is noticed within :data:`CHECK_SECONDS` and opened by the request that
    notices it, or beside it if an engine elsewhere has to be asked, which may not answer; searches under way
    end on the index they began with. If it cannot be opened, the one that is
    open stays in service; one that turns out to be damaged is replaced by the last generation before it that
    is whole; and :attr:`problem` says why.

    :param check_seconds: how often, at most, to look for a newer index.
    :param lexicon: as it could last be read, perhaps by the process that started this one.
    """

    def __init__(
        self,
        settings: Settings,
        check_seconds: float = CHECK_SECONDS,
        lexicon: LastLexicon | None = None,
    ) -> None:
        self.settings = settings
        self.lexicon = lexicon or LastLexicon(settings)
        self._generations = Generations.of(settings)
        self._is_remote = is_remote(settings.text("engine"))
        self._check_seconds = check_seconds
        self._snapshot: Snapshot | None = None
        self._base: Analyzer | None = None
        self._checked = 0.0
        self._opening = Lock()
        self._damage: _Damage | None = None
        self._unopened: EngineError | None = None
        self._silent = False  # nobody answered the last time
        self._gone: Snapshot | None = None
        self._unverifiable: EngineError | None = None
        self._verified: FileStates = {}
        self._verifier: Thread | None = None
        self._to_verify = Event()
        self.is_closed = False

    @property
    def problem(self) -> EngineError | None:
        """Why the newest index is not served, or cannot be verified; ``None`` if all is well."""
        return self._damage.error if self._damage else self._unopened or self._unverifiable

    @contextlib.contextmanager
    def use(self) -> Iterator[Snapshot]:
        """The index to search now, held open until the block ends.

        :raises IndexMissingError: if nothing was indexed yet.
        :raises IndexBrokenError: if the index or the lexicon cannot be read and there is no earlier index.
        :raises EngineUnavailableError: if the engine does not answer and no earlier index is open.
        """
        snapshot = self._acquire()
        try:
            yield snapshot
        except (IndexBrokenError, IndexMissingError):
            self._to_verify.set()
            if snapshot.index.generation.is_remote:  # removed by a run, or by somebody else
                self._gone, self._checked = snapshot, 0.0
            raise
        finally:
            snapshot.release()

    def cached_bytes(self) -> dict[str, int]:
        """What the caches of the open index hold: those of its engine, and articles."""
        snapshot = self._snapshot
        if snapshot is None:
            return {"engine": 0, "articles": 0}
        return {"engine": snapshot.reader.cached_bytes(), "articles": snapshot.documents.size}

    def version(self) -> int | None:
        """The number of the snapshot to search now, higher for each later one; ``None`` if there is none."""
        try:
            with self.use() as snapshot:
                return snapshot.number
        except EngineError:
            return None

    def lexicon_waits(self) -> bool:
        """Whether the owner's lexicon holds what only another index would go by. Errors are those of
        :meth:`use`."""
        with self.use() as snapshot:
            made_with = snapshot.index.generation.fingerprint.get("lexicon")
            return made_with != self.lexicon.get().stems_fingerprint

    def refresh(self) -> None:
        """Look for a newer index now. Errors are those of :meth:`use`, if no index is open."""
        with self._opening:
            self._look_again()

    def turn(self) -> bool:
        """Where the open index was removed under a question, open what is live by now; false if nothing is.

        :raises EngineError: if that cannot be opened.
        """
        if not self._is_remote:
            return False
        with self._opening:
            if self._gone is not None:
                self._look_again()
        return self._snapshot is not None

    def keep_verified(self) -> None:
        """From now on, verify beside the searches every index that is opened, and again by the setting
        ``verify_minutes``."""
        if self._verifier is not None:
            return
        with self._opening:
            if self._verifier is None:
                self.is_closed = False
                seconds = self.settings.number("verify_minutes") * 60
                arguments = weakref.ref(self), self._to_verify, seconds
                weakref.finalize(self, self._to_verify.set)
                self._verifier = Thread(
                    target=_verify_for_ever, args=arguments, name="telusur-verify", daemon=True
                )
                self._verifier.start()

    def verify(self, *, everything: bool = False) -> None:
        """Verify the index that is served.

        If it is damaged, the last one before it that is whole takes its place, or none. A remote engine looks
        after its files itself.

        :param everything: also files that were verified already.
        """
        if everything:
            self._verified = {}
        snapshot = self._snapshot
        if snapshot is None or snapshot.index.generation.is_remote or not snapshot.acquire():
            return
        try:
            state = self._generations.state()
            verify_generation(snapshot.index.generation, self._verified)
            self._unverifiable = None
        except UnverifiableError as error:
            _log.error("nobody can say whether the index is whole: %s", error)
            self._unverifiable = _bare(error)
        except IndexBrokenError as error:
            with self._opening:
                if self._snapshot is snapshot:
                    if self._damage is None:
                        self._note(_Damage(state, _bare(error)))
                    self._exchange(None)
                    self._exchange(open_earlier(self.settings, self._base) if self._base else None)
        finally:
            snapshot.release()

    def close(self) -> None:
        """Close the index once searches under way have ended. A later use opens it again."""
        self.is_closed = True
        self._to_verify.set()
        with self._opening:
            snapshot, self._snapshot, self._verifier = self._snapshot, None, None
        if snapshot:
            snapshot.release()

    def _acquire(self) -> Snapshot:
        while True:
            snapshot = self._snapshot
            if snapshot is None:
                with self._opening:
                    if self._snapshot is None:
                        self._look_again()
            elif self._is_due() and self._opening.acquire(blocking=False):
                if self._is_remote:
                    self._look_beside()
                else:
                    self._look_and_release()
            snapshot = self._snapshot
            if snapshot is not None and snapshot.acquire():
                return snapshot

    def _is_due(self) -> bool:
        pause = max(self._check_seconds, RETRY_SECONDS) if self._silent else self._check_seconds
        return time.monotonic() - self._checked >= pause

    def _look_again(self) -> None:
        """Like :meth:`_look`; but who was not answered a moment ago is not asked again."""
        if not self._silent or time.monotonic() >= self._checked + RETRY_SECONDS:
            self._look()
        elif self._snapshot is None:
            raise _bare(self._unopened or missing(self.settings))

    def _look_and_release(self) -> None:
        try:
            self._look()
        finally:
            self._opening.release()

    def _look_beside(self) -> None:
        """Look in a thread, for which nobody waits longer than it usually takes, and not at all while there
        is no answer. Called with the lock held, which that thread releases."""

        def look() -> None:
            with contextlib.suppress(EngineError):  # who finds nothing open looks himself
                self._look_and_release()

        idle = time.monotonic() - self._checked > _IDLE_SECONDS
        patience = _IDLE_PATIENCE_SECONDS if idle else _PATIENCE_SECONDS
        waits = not self._silent
        looking = Thread(target=look, name="telusur-look", daemon=True)
        try:
            looking.start()
        except RuntimeError:  # no thread can be had
            self._opening.release()
            raise
        if waits:
            looking.join(patience)

    def _look(self) -> None:
        """Open what is live now unless it is open already. Called with the lock held."""
        self._checked, was_silent, self._silent = time.monotonic(), self._silent, False
        if self._gone is not None and self._gone is self._snapshot:
            self._exchange(None)
        self._gone = None
        old, damage = self._snapshot, self._damage
        try:
            if damage and damage.state == self._generations.state():
                if old is None:
                    raise _bare(damage.error)
                return
            if not damage and old is not None and old.index.is_current():
                if not self._is_remote:
                    self._generations.current_name()  # raises if the pointer to it is broken
                self._unopened = None
                if not self._asks_by_other_words():
                    return
            with own_wait():
                self._open(old)
        except EngineError as error:
            if isinstance(error, EngineUnavailableError):
                self._checked, self._silent = time.monotonic(), True
            if self._damage is None:
                known = (was_silent and self._silent) or str(error) == str(self._unopened)
                if old is not None and not known:
                    _log.error("the earlier index stays in service: %s", error)
                self._unopened = _bare(error)
            if self._snapshot is None:
                raise

    def _asks_by_other_words(self) -> bool:
        """Whether the owner has changed what only questions use, since the open index was opened."""
        lexicon = self.lexicon.get()
        return bool(self._base and self._base.lexicon.questions_fingerprint != lexicon.questions_fingerprint)

    def _lexicon(self, old: Snapshot | None) -> Lexicon:
        """The one in force; while the index stays the same, with the stems that its words were made with."""
        lexicon = self.lexicon.get()
        if old is not None and self._base is not None and old.index.is_current():
            return self._base.lexicon.with_questions_of(lexicon)
        return lexicon

    def _open(self, old: Snapshot | None) -> None:
        if old is None and self._generations.is_empty():
            raise missing(self.settings)  # before the lexicon is read, which takes fifty times as long
        try:
            base = Analyzer(self._lexicon(old))
        except LexiconError as error:
            raise IndexBrokenError(str(error)) from error
        if self._base is not None and self._base.lexicon.fingerprint == base.lexicon.fingerprint:
            base = self._base  # its caches are warm
        self._base = base
        state = self._generations.state()
        try:
            index = open_current(self.settings, base)
            if self._damage is not None:
                with contextlib.ExitStack() as stack:
                    stack.callback(index.close)
                    verify_generation(index.generation)
                    stack.pop_all()
        except IndexBrokenError as error:
            self._note(_Damage(state, _bare(error)))
            self._to_verify.set()  # what is open may be of the same files
            if old is None:
                earlier = open_earlier(self.settings, base)
                if earlier is None:
                    raise
                self._exchange(earlier)
            return
        if index.stale:
            _log.warning(
                "the index is out of date, run `reindex`; if that was just run, send SIGHUP to the server, "
                "or restart it after an update of Telusur: %s",
                index.stale,
            )
        self._damage = self._unopened = self._unverifiable = None
        self._exchange(index)

    def _note(self, damage: _Damage) -> None:
        if self._damage is None or str(damage.error) != str(self._damage.error):
            found = "of another version" if isinstance(damage.error, IndexOutdatedError) else "damaged"
            _log.error("the index is %s, an earlier one is served if there is one: %s", found, damage.error)
        self._damage = damage

    def _exchange(self, index: OpenIndex | None) -> None:
        """Serve another index from now on, or none."""
        old, fresh = self._snapshot, self._snapshot_of(index) if index else None
        self._snapshot = fresh
        if fresh and (old.reads_ahead if old else self._verifier is not None):
            fresh.read_ahead()
        if old:
            old.release()
        self._to_verify.set()

    def _snapshot_of(self, index: OpenIndex) -> Snapshot:
        assert self._base is not None
        stems = stem_file(index.generation.directory, stem_key(self._base, index.analyzer))
        capacity = cache_bytes(self.settings, "articles_mb")
        return Snapshot(index, stems, capacity, Weights.of(self.settings))


def _bare(error: EngineError) -> EngineError:
    """The same error without the frames that it was raised in, which would keep a whole index in memory."""
    return type(error)(*error.args)


def _verify_for_ever(searcher: weakref.ref[Searcher], wanted: Event, seconds: float) -> None:
    """Verify what a searcher serves, until it is closed or gone: after the first questions, at once when that
    is wanted, and every few seconds what was changed since, as a copy or an editor does.

    :param seconds: after which everything is verified again; 0 for never.
    """
    time.sleep(QUIET_SECONDS)
    due = time.monotonic() + seconds
    while (served := searcher()) and not served.is_closed:
        if seconds and time.monotonic() >= due:
            due = time.monotonic() + seconds
            served.verify(everything=True)
        else:
            served.verify()
        del served
        wanted.wait(GLANCE_SECONDS)
        wanted.clear()
