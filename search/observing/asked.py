"""Tells the recorder what visitors asked, request by request, as far as it is a search of somebody's own."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from flask import Response, request

from search.asked.normalising import normalised
from search.asked.recorder import Recorder
from search.http.told import TOLD, Told
from search.observing.observer import Seen

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIEnvironment

API = "/api/v1/"
OWNERS_PAGE = "/kelola/pertanyaan"

_ROBOT = re.compile("bot|crawl|spider|slurp|preview", re.IGNORECASE)
_normalised = lru_cache(1024)(normalised)


class AskedWatcher:
    """Counts searches that were answered.

    What a browser fetches before anybody wants it is none, nor what it shows again from its own store (304),
    nor what robots follow.

    :param recorder: counts them.
    """

    def __init__(self, recorder: Recorder) -> None:
        self._recorder = recorder

    def see(self, seen: Seen) -> None:
        """One request."""
        self.count(seen.environ, seen.status)

    def count(self, environ: WSGIEnvironment, status: int) -> None:
        """One request, by the status of its answer."""
        told: Told | None = environ.get(TOLD)
        if told is None or status != 200 or not _is_asked(environ):
            return
        while told:
            self._count(told, environ)
            told = told.before

    def after(self, response: Response) -> Response:
        """The request at hand, in an application of others; hook for Flask's ``after_request``."""
        self.count(request.environ, response.status_code)
        return response

    def _count(self, told: Told, environ: WSGIEnvironment) -> None:
        query = _normalised(told.text) if told.text else ""
        if not query:
            return
        if told.typed:
            self._recorder.typed(query, told.total, told.has_all, told.narrowed)
        else:
            self._recorder.search(query, told.total, told.has_all, _face(environ), told.narrowed)


def _is_asked(environ: WSGIEnvironment) -> bool:
    if environ["REQUEST_METHOD"] == "HEAD" or "HTTP_SEC_PURPOSE" in environ or "HTTP_PURPOSE" in environ:
        return False
    # An owner who tries what visitors asked is none of them.
    if OWNERS_PAGE in environ.get("HTTP_REFERER", ""):
        return False
    return not _is_robot(environ.get("HTTP_USER_AGENT", ""))


@lru_cache(256)
def _is_robot(agent: str) -> bool:
    return _ROBOT.search(agent) is not None


def _face(environ: WSGIEnvironment) -> str:
    """Scripts of pages, the component's above all, ask the API with headers that programs do not send."""
    if API not in environ.get("PATH_INFO", ""):
        return "page"
    of_script = environ.get("HTTP_SEC_FETCH_MODE") == "cors" or "HTTP_ORIGIN" in environ
    return "component" if of_script else "api"
