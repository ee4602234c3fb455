"""Run the WSGI application on a production server."""

from __future__ import annotations

import gc
import importlib
import os
from typing import Any

from granian.constants import Interfaces
from granian.server import Server

from index.messages import LANGUAGES, translator
from index.processes import end_with_parent
from index.settings import Settings

APPLICATION = "search.app"
"""Whose ``create_app`` makes the application. Workers import it; the process that minds them needs none."""

STOPPING_SECONDS = 10
"""How long requests under way may take to end when the server is told to stop."""

THREADS = 1
"""Requests that one process works on at the same time. Python runs one of them at a time: a second thread
took about a twentieth off the requests a second and made the slowest ones slower (docs/operasi.md)."""

CONNECTIONS = 512
"""Connections that one process holds open, most of them idle; beyond that newcomers wait until one is
closed. Half of the files that a process may usually have open."""

_GARBAGE_THRESHOLDS = (20_000, 20, 50)
"""Collections of garbage are rarer than Python's own pace: a search makes little that refers to itself."""


def serve_forever(settings: Settings) -> bool:
    """Serve until SIGTERM or SIGINT, then end the requests under way and return.

    :param settings: ``host``, ``port``, ``workers`` and ``index`` are handed on to the worker processes.
    :returns: false if the server could not be started.
    """
    os.environ["TELUSUR_INDEX"] = settings.text("index")  # each worker reads its settings for itself
    server = Server(
        APPLICATION,
        address=settings.text("host"),
        port=settings.whole("port"),
        interface=Interfaces.WSGI,
        workers=settings.whole("workers") or len(os.sched_getaffinity(0)),
        blocking_threads=THREADS,
        backpressure=CONNECTIONS,
        respawn_failed_workers=True,
        websockets=False,
        workers_kill_timeout=STOPPING_SECONDS,
    )
    try:
        server.serve(target_loader=load_application, wrap_loader=False)
    except SystemExit as error:
        return not error.code
    return True


def load_application() -> Any:
    """Make our own application in a worker process and do ahead what its first requests would wait for.

    What the working directory holds is of no account: a ``wsgi.py`` there belongs to somebody else.
    """
    end_with_parent()
    application = importlib.import_module(APPLICATION).create_app()
    application.extensions["telusur"].service.warm_up()
    for language in LANGUAGES:
        translator(language).warm_up()
    gc.collect()
    gc.freeze()  # what is there now stays: looking through it again and again would stop all requests
    gc.set_threshold(*_GARBAGE_THRESHOLDS)
    return application
