"""embed.js as it is sent: its source with the texts of the site's languages and its style filled in."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from pathlib import Path

import orjson
from flask import Response, request

from index.messages import LANGUAGES, translator
from search.embed.texts import told

STATIC = Path(__file__).parent / "static"

_COMMENTS = re.compile(r"^\s*(?://[^\n]*|/\*.*?\*/)\s*?$", re.MULTILINE | re.DOTALL)

SECONDS = 300
"""How long a browser may use it without asking again. Its address never changes: pages of others name it."""


def written(languages: Sequence[str], clicks: str = "") -> bytes:
    """The module.

    :param languages: those of the site; the first one is for pages in a language that there are no texts of.
    :param clicks: where it tells which results are opened, below the server's address; ``""`` for nowhere.
    """
    source = _without_comments((STATIC / "embed.js").read_text(encoding="utf-8"))
    texts = {language: told(translator(language)) for language in dict.fromkeys((*languages, *LANGUAGES))}
    sheet = _without_comments((STATIC / "embed.css").read_text(encoding="utf-8"))
    places = {"const TEXTS = {};": texts, 'const SHEET = "";': sheet, 'const CLICKS = "";': clicks}
    for place, value in places.items():
        before, after = source.split(place)
        source = f"{before}{place.split('=')[0]}= {orjson.dumps(value).decode()};{after}"
    return source.encode()


def _without_comments(source: str) -> str:
    """A source without comments that have lines of their own, and without indentation: a fifth of its weight.

    Lines stay lines, so that nothing else has to be understood of it.
    """
    lines = _COMMENTS.sub("", source).split("\n")
    return "\n".join(line.strip() for line in lines if line.strip())


class Script:
    """The module of one site and the responses that send it.

    :param languages: those of the site.
    :param clicks: where it tells which results are opened, as for :func:`written`.
    """

    def __init__(self, languages: Sequence[str], clicks: str = "") -> None:
        self._content = written(languages, clicks)
        self._digest = hashlib.blake2b(self._content, digest_size=8).hexdigest()

    def response(self) -> Response:
        """``/embed.js``, for pages of any origin; 304 for who has it."""
        response = Response(self._content, content_type="text/javascript; charset=utf-8")
        response.set_etag(self._digest)
        response.cache_control.public = True
        response.cache_control.max_age = SECONDS
        # Module scripts are fetched with CORS, and pages may refuse what does not say that it is for others.
        response.headers["Access-Control-Allow-Origin"] = "*"
        response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
        response.make_conditional(request.environ)
        return response
