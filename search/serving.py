"""Run the WSGI application on a production server."""

from __future__ import annotations

import os

from granian.constants import Interfaces
from granian.server import Server

from index.settings import Settings

__all__ = ["serve_forever"]

APPLICATION = "wsgi:app"
STOPPING_SECONDS = 10
"""How long requests under way may take to end when the server is told to stop."""


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
        websockets=False,
        workers_kill_timeout=STOPPING_SECONDS,
    )
    try:
        server.serve()
    except SystemExit as error:
        return not error.code
    return True
