"""The key that a request carries."""

from __future__ import annotations

import base64
import binascii
from typing import TYPE_CHECKING

from search.access.keys import looks_like_a_key

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIEnvironment

_NO_KEY = ("", "None")
"""What clients send as one that were made without."""


def bearer_key(environ: WSGIEnvironment) -> str:
    """What ``Authorization: Bearer`` says; ``""`` if there is none."""
    text = _after("bearer", environ)
    return "" if text in _NO_KEY else text


def password_key(environ: WSGIEnvironment) -> str:
    """The key that a reader typed as the password when their browser asked; ``""`` if it is none of ours, as
    the password of a proxy is."""
    try:
        typed = base64.b64decode(_after("basic", environ), validate=True).decode()
    except (binascii.Error, UnicodeDecodeError):
        return ""
    password = typed.partition(":")[2]
    return password if looks_like_a_key(password) else ""


def _after(scheme: str, environ: WSGIEnvironment) -> str:
    given, _, rest = environ.get("HTTP_AUTHORIZATION", "").partition(" ")
    return rest.strip() if given.lower() == scheme else ""
