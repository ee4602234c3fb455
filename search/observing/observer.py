"""Sees each request go in and its answer come out, also those that are kept or refused."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING, Any

from msgspec import Struct

from search.http.request_ids import request_id_of
from search.observing.logs import ACCESS, FIELDS

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment


class Seen(Struct, frozen=True):
    """One request that was answered.

    :param status: HTTP status; 0 if the server ended the connection instead.
    :param seconds: from its coming in to the last byte of its answer.
    :param size: bytes of the body.
    """

    environ: WSGIEnvironment
    status: int
    seconds: float
    size: int


Tell = Callable[[Seen], None]


class Observer:
    """WSGI middleware, outside of all others.

    :param application: answers.
    :param tell: those that want to know of each request.
    """

    def __init__(self, application: WSGIApplication, tell: Iterable[Tell]) -> None:
        self.inner = application
        self._tell = tuple(tell)

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        # Whoever asks for it from here on is told the same.
        environ["HTTP_X_REQUEST_ID"] = request_id_of(environ)
        answer = _Answer(environ, start_response, self._tell)
        try:
            chunks = self.inner(environ, answer.start)
        except BaseException:
            answer.end(0)
            raise
        if isinstance(chunks, list):
            answer.end(sum(map(len, chunks)))
            return chunks
        return answer.following(chunks)


class _Answer:
    """One answer on its way out."""

    __slots__ = ("_begun", "_environ", "_start", "_status", "_tell")

    def __init__(self, environ: WSGIEnvironment, start: StartResponse, tell: Iterable[Tell]) -> None:
        self._begun = time.perf_counter()
        self._environ = environ
        self._start = start
        self._tell = tell
        self._status = "0"

    def start(self, status: str, headers: list[tuple[str, str]], exc_info: Any = None, /) -> Any:
        self._status = status
        return self._start(status, headers, exc_info)

    def following(self, chunks: Iterable[bytes]) -> Iterable[bytes]:
        return _Followed(chunks, self)

    def end(self, size: int) -> None:
        seconds = time.perf_counter() - self._begun
        seen = Seen(self._environ, int(self._status[:3]), seconds, size)
        for tell in self._tell:
            tell(seen)


class _Followed:
    """Chunks of a body, counted as they go out."""

    def __init__(self, chunks: Iterable[bytes], answer: _Answer) -> None:
        self._chunks = chunks
        self._iterator = iter(chunks)
        self._answer: _Answer | None = answer
        self._size = 0

    def __iter__(self) -> Iterator[bytes]:
        return self

    def __next__(self) -> bytes:
        try:
            chunk = next(self._iterator)
        except StopIteration:
            self._end()
            raise
        self._size += len(chunk)
        return chunk

    def close(self) -> None:
        """The last byte is out, or nobody waits for it any more."""
        try:
            close: Callable[[], Any] | None = getattr(self._chunks, "close", None)
            if close is not None:
                close()
        finally:
            self._end()

    def _end(self) -> None:
        answer, self._answer = self._answer, None
        if answer is not None:
            answer.end(self._size)


def log_request(seen: Seen) -> None:
    """One line of the log: no address, no query, nothing that a visitor typed but the path."""
    environ = seen.environ
    method, path = environ["REQUEST_METHOD"], _path(environ)
    milliseconds = round(seen.seconds * 1000, 1)
    fields = {
        "request_id": environ["HTTP_X_REQUEST_ID"],
        "method": method,
        "path": path,
        "status": seen.status,
        "ms": milliseconds,
        "bytes": seen.size,
    }
    ACCESS.info(
        "%s %s -> %d, %s ms, %d B [%s]",
        method,
        ascii(path)[1:-1],
        seen.status,
        milliseconds,
        seen.size,
        fields["request_id"],
        extra={FIELDS: fields},
    )


def _path(environ: WSGIEnvironment) -> str:
    """As it was asked, in the characters that were meant."""
    path = f"{environ.get('SCRIPT_NAME', '')}{environ.get('PATH_INFO', '')}"
    return path.encode("latin-1", "replace").decode(errors="replace")
