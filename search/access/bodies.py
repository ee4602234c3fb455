"""Bodies of requests that do not say how long they are."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

from search.access.refusals import body_too_large

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIEnvironment


class _Bounded(io.RawIOBase):
    """Reads no further than to a limit. Werkzeug's own would end there as if it were the end of the body."""

    def __init__(self, body: Any, most: int) -> None:
        self._body = body
        self._left = most

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any, /) -> int:
        part: bytes = self._body.read(min(len(buffer), self._left + 1))
        self._left -= len(part)
        if self._left < 0:
            raise body_too_large()
        buffer[: len(part)] = part
        return len(part)


def bound(environ: WSGIEnvironment, most: int) -> None:
    """Have the body of a request refused where it turns out to be longer than it may be.

    :param most: bytes.
    """
    if not environ.get("CONTENT_LENGTH") and environ.get("wsgi.input_terminated"):
        environ["wsgi.input"] = io.BufferedReader(_Bounded(environ["wsgi.input"], most))
