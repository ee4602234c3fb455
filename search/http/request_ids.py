"""Request ids: the proxy's if it sends one, so that a visitor's report finds its line in every log."""

from __future__ import annotations

import re
import secrets
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIEnvironment

REQUEST_ID_HEADER = "X-Request-ID"

_ACCEPTED = re.compile(r"[A-Za-z0-9._-]{8,64}")


def request_id_of(environ: WSGIEnvironment) -> str:
    """The id of a request: the proxy's ``X-Request-ID`` if it looks like one, else one of our own."""
    given = str(environ.get("HTTP_X_REQUEST_ID", ""))
    return given if _ACCEPTED.fullmatch(given) else secrets.token_hex(8)
