"""The entrance: stands before the kept answers, so that these too are given only to whom they may be."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any

from search.access.gate import VARIANT, Gate

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment


class Entrance:
    """WSGI middleware that asks the gate about each request.

    :param gate: of the site that the application serves.
    :param refusing: answers who is refused, in words.
    :param answering: answers all others, such as the same application with what it remembers.
    """

    def __init__(self, gate: Gate, refusing: WSGIApplication, answering: WSGIApplication) -> None:
        self._gate = gate
        self._refusing = refusing
        self.answering = answering

    def within(self, wrap: Callable[[WSGIApplication], WSGIApplication]) -> None:
        """Put something between the entrance and the answers. Refusals do not pass through it."""
        self.answering = wrap(self.answering)

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        admission = self._gate.admit(environ)
        if admission.by_origin:
            environ[VARIANT] = admission.origin
        answering = self._refusing if admission.refusal else self.answering
        if not admission.headers:
            return answering(environ, start_response)
        told, admission.headers = admission.headers, []  # kept answers are not for everybody to know

        def start(status: str, headers: list[tuple[str, str]], exc_info: Any = None, /) -> Any:
            return start_response(status, [*headers, *told], exc_info)

        return answering(environ, start)
