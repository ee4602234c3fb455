"""Run the WSGI application on a production server, for as long as its owner wants."""

from __future__ import annotations

import gc
import importlib
import os
import socket
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterable
from contextlib import suppress
from functools import partial
from multiprocessing import RawArray
from signal import Signals
from typing import TYPE_CHECKING, Any

from click import UsageError
from granian._granian import SocketHolder
from granian.constants import HTTPModes, Interfaces
from granian.http import HTTP1Settings
from granian.log import logger
from granian.server.mp import MPServer

from index.analysis.analyzer import Analyzer
from index.analysis.last_lexicon import LastLexicon
from index.analysis.lexicon import LexiconError
from index.config.table import Effect
from index.engines.base import EngineError
from index.engines.registry import get_engine
from index.messages import LANGUAGES, _, translator
from index.processes import end_with_parent, no_collecting
from index.settings import Settings, load_settings
from search.answering.lanes import PLACES, Lanes
from search.observing.logs import server_configuration
from search.observing.shared import Shared
from search.opened.memory import take_over
from search.opened.searcher import Searcher
from search.web.branding import Branding

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

APPLICATION = "search.app"
"""Whose ``create_app`` makes the application. The process that minds the workers imports it for them."""

THREADS = PLACES + 6
"""Threads of one process. Dear questions may wait in all of their places and there is still one for a health
check; what they work on at the same time is for :class:`~search.answering.lanes.Lanes` to say."""

SWITCH_SECONDS = 100e-6
"""After so long a dear question lets go of Python for another thread that waits, which happens a dozen times
in each plain request; fifty times as often as Python's own pace."""

HEALTH = ("/healthz", "/readyz")
"""Addresses that wait for nobody's turn."""

CONNECTIONS = 512
"""Connections that one process holds open, most of them idle; beyond that newcomers wait until one is
closed. Half of the files that a process may usually have open."""

LOOK_SECONDS = 1.0
"""How often the owner's lexicon is looked at: a worker that is replaced begins with the last good one."""

FIRST_PAUSE, LONGEST_PAUSE = 0.1, 30.0
"""Seconds before a worker is replaced that died before it was ready; each time twice as long, at most."""

LONGEST_OUTAGE_PAUSE = 1.0
"""Seconds, at most, before that while no other worker serves: visitors are waiting."""

_GARBAGE_THRESHOLDS = (20_000, 20, 50)
"""Collections of garbage are rarer than Python's own pace: a search makes little that refers to itself."""


Read = Callable[[], tuple[Settings, Branding]]
"""Reads the settings, and what they say about the looks of the pages."""


def serve_forever(settings: Settings, branding: Branding, reread: Read) -> str:
    """Serve until SIGTERM or SIGINT, then end the requests under way and return.

    :param settings: handed on to the worker processes, which read none themselves; likewise ``branding``.
    :param reread: reads the settings again, at SIGHUP; if they cannot be used the last ones stay in force.
    :returns: why the server could not be started; ``""`` if it was.
    """
    try:
        # While a port is not shared it is ours alone; a moment is enough to know.
        with _listen(settings.text("host"), settings.whole("port"), shared=False) as listener:
            port = listener.getsockname()[1]
    except OSError as error:
        return _("{error}. Mungkin dipakai `telusur serve` yang lain; pilih porta dengan --port", error=error)
    server = _Server(settings, port, branding, reread)
    try:
        prepare(settings, server.lexicon)
        server.serve(target_loader=load_application, wrap_loader=False)
    except SystemExit as error:
        return _("proses kerjanya berakhir sebelum siap; lihat pesan di atas") if error.code else ""
    finally:
        server.shared.remove()
    return ""


def prepare(settings: Settings, lexicon: LastLexicon | None = None) -> None:
    """Have in memory what every worker needs and none changes, before they are forked: they share it."""
    with no_collecting():
        with suppress(Exception):  # the workers will say so
            importlib.import_module(APPLICATION)
        with suppress(EngineError, LexiconError):  # likewise
            get_engine(settings.text("engine"))
            Analyzer((lexicon or LastLexicon(settings)).get())  # reads word lists that later ones share
        for language in LANGUAGES:
            translator(language).warm_up()
        # Or the first collection in a worker would write to all of it. To collect before would take as long
        # as to open an index, and find a few hundred objects.
        gc.freeze()


def _listen(host: str, port: int, shared: bool) -> socket.socket:
    family = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0][0]
    listener = socket.create_server((host, port), family=family, backlog=1024, reuse_port=shared)
    # Connections inherit it. Without it the end of a short answer waits 40 ms for its beginning to arrive.
    listener.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return listener


def pause_after(failures: int) -> float:
    """Seconds until a worker is replaced that died so many times in a row before it was ready."""
    return min(LONGEST_PAUSE, FIRST_PAUSE * 2 ** min(failures - 1, 10)) if failures else 0.0


class _Server(MPServer):
    """Granian's server, which never gives up on its workers once one of them has been ready.

    The system shares visitors out among one socket for each worker. The sockets are kept here: while a worker
    is being replaced, visitors wait in the queue of its socket.
    """

    _shd: Any

    def __init__(self, settings: Settings, port: int, branding: Branding, reread: Read) -> None:
        super().__init__(
            APPLICATION,
            address=settings.text("host"),
            port=port,
            interface=Interfaces.WSGI,
            # Waiting to see which version of HTTP a visitor speaks, it would wait for ever.
            http=HTTPModes.http1,
            http1_settings=HTTP1Settings(header_read_timeout=settings.whole("idle_seconds") * 1000),
            workers=settings.whole("workers") or len(os.sched_getaffinity(0)),
            backpressure=CONNECTIONS,
            blocking_threads=1,  # until workers start: granian would warn the owner of more
            websockets=False,
            log_dictconfig=server_configuration(settings),
            workers_kill_timeout=settings.whole("drain_seconds"),
        )
        self.reload_signal = False  # as granian says, where mypy reads it
        self._started = self._settings = settings
        self._branding, self._reread = branding, reread
        self.lexicon = LastLexicon(settings)
        self.lexicon.look()
        self._lexicon_problem = self.lexicon.problem
        self._listeners: dict[int, socket.socket] = {}
        self._ready = RawArray("b", self.workers)  # which workers came to serve
        self.shared = Shared()  # workers are forks, and count in the same memory
        self._served = False
        self._failures = Counter[int]()

    def _init_shared_socket(self) -> None:
        self._ssp = self._shd = self._sso = None

    def _drop_shared_socket(self) -> None:
        for listener in self._listeners.values():
            listener.close()

    def _spawn_worker(self, idx: int, target: Any, callback_loader: Any) -> Any:  # type: ignore[override]  # as granian
        self._served = self._served or any(self._ready)
        self._ready[idx] = 0
        self.blocking_threads = THREADS
        if idx not in self._listeners:
            self._listeners[idx] = _listen(self.bind_addr, self.bind_port, shared=True)
        self._sso = self._listeners[idx]
        self._shd = SocketHolder(self._sso.fileno(), False, self.backlog)  # type: ignore[call-arg]  # not in its stub

        def load() -> Any:
            for other in self._listeners.keys() - {idx}:
                self._listeners[other].close()  # in the worker, which is a fork
            application = callback_loader(self._settings, self.lexicon, self._branding, self.shared)
            self._ready[idx] = 1
            return application

        return super()._spawn_worker(idx, target, load)

    def _look_at_lexicon(self) -> None:
        self.lexicon.look()
        problem, before = self.lexicon.problem, self._lexicon_problem
        if problem and problem != before:
            logger.error(f"the lexicon in force stays in force: {problem}")
        elif before and not problem:
            logger.info("the lexicon can be read again")
        self._lexicon_problem = problem

    def _read_again(self) -> None:
        """Take the settings as they are now; if they cannot be used the last ones stay in force."""
        try:
            settings, self._branding = self._reread()
        except UsageError as error:
            self._settings.problem = str(error)
            logger.error(f"the settings in force stay in force: {error}")
            return
        if waiting := self._started.changed(settings, Effect.RESTART):
            logger.warning(f"in force once the server is restarted, no sooner: {', '.join(waiting)}")
        self._settings = settings
        self.lexicon.follow(settings)
        self._look_at_lexicon()

    def _idle(self, due: dict[int, float]) -> float | None:
        """Seconds until there is something to do, ``None`` while that takes a signal."""
        waits = [max(0.0, moment - time.monotonic()) for moment in due.values()]
        if self._settings.text("lexicon"):
            waits.append(LOOK_SECONDS)
        return min(waits, default=None)

    def _serve_loop(self, spawn_target: Any, target_loader: Any) -> None:
        due: dict[int, float] = {}
        while True:
            self.main_loop_interrupt.wait(self._idle(due))
            self.main_loop_interrupt.clear()
            if self.interrupt_signal:
                return
            self._look_at_lexicon()
            self._served = self._served or any(self._ready)
            while self.interrupt_children:
                if not self._served:
                    return  # granian ends with an error for those who are left in the list
                idx = self.interrupt_children.pop()
                self._failures[idx] = 0 if self._ready[idx] else self._failures[idx] + 1
                self._ready[idx] = 0
                pause = pause_after(self._failures[idx])
                if not any(self._ready):
                    pause = min(pause, LONGEST_OUTAGE_PAUSE)
                    soon = time.monotonic() + LONGEST_OUTAGE_PAUSE
                    due = {other: min(moment, soon) for other, moment in due.items()}
                logger.warning(f"worker-{idx + 1} {_end(self.wrks[idx])}; replaced in {pause:g} s")
                due[idx] = time.monotonic() + pause
                if pause > LONGEST_OUTAGE_PAUSE and idx in self._listeners:
                    self._listeners.pop(idx).close()  # visitors get the other workers
            workers, delay = [idx for idx, moment in due.items() if moment <= time.monotonic()], 0.0
            if self.reload_signal:
                self.reload_signal = False
                self._read_again()
                workers, delay = list(range(self.workers)), self.respawn_interval
            due = {idx: moment for idx, moment in due.items() if idx not in workers}
            self._respawn_workers(workers, spawn_target, target_loader, delay)


def _end(worker: Any) -> str:
    """How a worker ended and, where the code says so, what may be the reason."""
    code = worker.inner.exitcode
    if code == -Signals.SIGBUS:
        return "ended by SIGBUS, as happens when files of the index are changed in place (a copy over them)"
    return f"ended with code {code}"


def in_turn(application: WSGIApplication, lanes: Lanes) -> WSGIApplication:
    """The application, plain requests one after the other, except for health checks."""

    def call(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        if environ.get("PATH_INFO") in HEALTH:
            return application(environ, start_response)
        with lanes.plain():
            return application(environ, start_response)

    return call


def load_application(
    settings: Settings | None = None,
    lexicon: LastLexicon | None = None,
    branding: Branding | None = None,
    shared: Shared | None = None,
) -> Any:
    """Make our own application in a worker process and do ahead what its first requests would wait for.

    What the working directory holds is of no account: a ``wsgi.py`` there belongs to somebody else.

    :param settings: by default those of ``telusur.toml`` and the environment.
    :param lexicon: as the process that minds the workers could last read it; likewise ``branding``.
    :param shared: with the other workers.
    """
    take_over()
    end_with_parent()
    with no_collecting():
        prepare(settings or load_settings(), lexicon)
        searcher = Searcher(settings, lexicon=lexicon) if settings else None
        application = importlib.import_module(APPLICATION).create_app(settings, searcher, branding, shared)
        sys.setswitchinterval(SWITCH_SECONDS)
        service = application.extensions["telusur"].service
        application.extensions["telusur.entrance"].within(partial(in_turn, lanes=service.lanes))
        service.warm_up()
        gc.freeze()  # what is there now stays: looking through it again and again would stop all requests
        gc.set_threshold(*_GARBAGE_THRESHOLDS)
    return application
