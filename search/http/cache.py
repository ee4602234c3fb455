"""Responses kept while the index stays the same, and answers to "has it changed since?" (RFC 9110, 13).

It stands before an application of our own, so that a question asked again costs next to nothing, and around
views in one of others. Views say which of their responses may be kept, with :func:`keep`.
"""

from __future__ import annotations

import hashlib
from collections import OrderedDict
from collections.abc import Callable, Iterable
from datetime import date
from functools import wraps
from threading import Lock
from typing import TYPE_CHECKING, Any

from flask import Response, request
from msgspec import Struct
from werkzeug.datastructures import Headers
from werkzeug.http import parse_cookie

from search.access.gate import VARIANT
from search.http.request_ids import REQUEST_ID_HEADER, request_id_of
from search.http.told import TOLD
from search.i18n.choosing import COOKIE
from search.query.periods import today_in_jakarta

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

_ASKED = "telusur.cache"
OUTCOME = "telusur.outcome"
"""Where the environment says what became of a response that may be kept: it was given again (``hit``) or made
(``miss``)."""

_OVERHEAD = 2000
"""Bytes that an entry takes beside its body and address, about."""

_LARGEST_SHARE = 8
"""A response that would take more than one part in this many of the capacity is not kept."""

_LONGEST_CODE = 8
"""Characters of a language code."""

_Headers = list[tuple[str, str]]


def keep(response: Response, content: bytes) -> Response:
    """Mark a response of the view at hand as the same for everybody until the index changes.

    A browser or proxy may store it, and has to ask each time whether it is still the same.

    :param content: what tells this response from others; for instance its body without the time it took.
    """
    digest = hashlib.sha256(content).hexdigest()[:24]  # processors know how
    response.set_etag(digest, weak=True)
    response.headers["Cache-Control"] = "no-cache"
    environ = request.environ
    if _ASKED in environ:
        environ[_ASKED] = True
        return response
    response.make_conditional(environ)
    return response


class _Entry(Struct, frozen=True):
    headers: _Headers
    body: bytes
    etag: str
    size: int
    told: object


class _Store:
    """Entries by key, of one index and one day. Safe to share between threads; bounded in bytes.

    :param version: which index is open, a higher number for each later one, which empties the store; ``None``
        while there is none, and then nothing is kept.
    :param capacity: bytes; with 0 nothing is remembered.
    :param today: another day empties the store too: questions may ask for yesterday.
    :param cookie: the one that makes a difference.
    """

    def __init__(
        self,
        version: Callable[[], int | None],
        capacity: int,
        today: Callable[[], date] = today_in_jakarta,
        cookie: str = COOKIE,
    ) -> None:
        self.version = version
        self._capacity = capacity
        self._free = capacity
        self._kept: OrderedDict[tuple[str, ...], _Entry] = OrderedDict()
        self._version = -1
        self._today = today
        self._day = today()
        self._cookie = cookie
        self._lock = Lock()

    def __len__(self) -> int:
        return len(self._kept)

    def __contains__(self, key: tuple[str, ...]) -> bool:
        return key in self._kept

    @property
    def size(self) -> int:
        """Bytes in use, about."""
        return self._capacity - self._free

    def key(self, environ: WSGIEnvironment) -> tuple[str, ...]:
        """All that a response depends on."""
        return (
            # Answers name their neighbours by their whole addresses.
            f"{environ['wsgi.url_scheme']}://{environ.get('HTTP_HOST', '')}{environ.get('SCRIPT_NAME', '')}",
            environ.get("PATH_INFO", ""),
            environ.get("QUERY_STRING", ""),
            environ.get("HTTP_ACCEPT_LANGUAGE", ""),
            _remembered_language(environ, self._cookie),
            environ.get(VARIANT, ""),
        )

    def find(self, key: tuple[str, ...], version: int) -> _Entry | None:
        """What was kept of the index of a version, if anything."""
        day = self._today()
        with self._lock:
            if version > self._version or day != self._day:
                self._version, self._day = max(version, self._version), day
                self._kept.clear()
                self._free = self._capacity
            entry = self._kept.get(key)
            if entry is not None:
                self._kept.move_to_end(key)
            return entry

    def keep(self, key: tuple[str, ...], version: int, entry: _Entry) -> None:
        """Keep what was answered from the index of a version, unless a newer one has come."""
        if entry.size > self._capacity // _LARGEST_SHARE:
            return
        with self._lock:
            # What was begun on an earlier index is not news any more.
            if version != self._version or key in self._kept:
                return
            self._kept[key] = entry
            self._free -= entry.size
            while self._free < 0:
                self._free += self._kept.popitem(last=False)[1].size


class ResponseCache(_Store):
    """WSGI middleware that remembers the responses of an application of our own, in front of it.

    :param application: answers what is not remembered.
    """

    def __init__(
        self,
        application: WSGIApplication,
        version: Callable[[], int | None],
        capacity: int,
        today: Callable[[], date] = today_in_jakarta,
    ) -> None:
        super().__init__(version, capacity, today)
        self._application = application

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        version = self.version() if environ["REQUEST_METHOD"] == "GET" else None
        if version is None:
            return self._application(environ, start_response)
        key = self.key(environ)
        entry = self.find(key, version)
        if entry is not None:
            environ[OUTCOME], environ[TOLD] = "hit", entry.told
            headers = [*entry.headers, (REQUEST_ID_HEADER, request_id_of(environ))]
            return _send(entry, headers, environ, start_response)
        environ[_ASKED] = False
        answered = _Answered()
        chunks = self._application(environ, answered)
        if not environ[_ASKED] or not answered.status.startswith("200 "):
            start_response(answered.status, answered.headers)
            return chunks
        try:
            body = b"".join(chunks)
        finally:
            close: Callable[[], Any] | None = getattr(chunks, "close", None)
            if close is not None:
                close()
        entry = _entry(key, answered.headers, body, environ.get(TOLD))
        self.keep(key, version, entry)
        environ[OUTCOME] = "miss"
        return _send(entry, answered.headers, environ, start_response)


class KeptViews(_Store):
    """Remembers what views of an application of others return, behind all that it does before a view, such as
    asking who somebody is, and what it wraps around one."""

    def around(self, view: Callable[..., Any]) -> Callable[..., Any]:
        """The view, asked for what is not remembered."""

        @wraps(view)
        def kept(**values: Any) -> Any:
            version = self.version() if request.method == "GET" else None
            if version is None:
                return view(**values)
            environ = request.environ
            key = self.key(environ)
            entry = self.find(key, version)
            if entry is None:
                environ[_ASKED] = False
                response = view(**values)
                if not environ[_ASKED] or response.status_code != 200:
                    return response
                entry = _entry(key, list(response.headers), response.get_data(), environ.get(TOLD))
                self.keep(key, version, entry)
            else:
                environ[TOLD] = entry.told
            return Response(entry.body, headers=Headers(entry.headers)).make_conditional(environ)

        return kept


def _remembered_language(environ: WSGIEnvironment, cookie: str) -> str:
    """The one cookie that makes a difference; others, such as those of a host's statistics, make none."""
    cookies = environ.get("HTTP_COOKIE", "")
    return parse_cookie(cookies).get(cookie, "")[:_LONGEST_CODE] if cookie in cookies else ""


class _Answered:
    """Takes status and headers until it is known what becomes of them."""

    def __init__(self) -> None:
        self.status = ""
        self.headers: _Headers = []

    def __call__(
        self, status: str, headers: _Headers, exc_info: object = None, /
    ) -> Callable[[bytes], object]:
        self.status = status
        self.headers = headers
        return _no_writing


def _no_writing(data: bytes) -> object:
    raise NotImplementedError("write() of PEP 3333 is for applications older than Flask")


def _entry(key: tuple[str, ...], headers: _Headers, body: bytes, told: object) -> _Entry:
    kept = [(name, value) for name, value in headers if name != REQUEST_ID_HEADER]
    etag = next(value for name, value in headers if name.lower() == "etag")
    return _Entry(kept, body, etag.removeprefix("W/"), len(body) + sum(map(len, key)) + _OVERHEAD, told)


def _send(
    entry: _Entry, headers: _Headers, environ: WSGIEnvironment, start_response: StartResponse
) -> list[bytes]:
    known = environ.get("HTTP_IF_NONE_MATCH")
    if known and (entry.etag in known or known.strip() == "*"):
        kept = [pair for pair in headers if not pair[0].lower().startswith("content-")]
        start_response("304 NOT MODIFIED", kept)
        return []
    start_response("200 OK", headers)
    return [entry.body]
