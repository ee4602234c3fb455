"""Request ids, response headers, limits and the error log: the same for every blueprint."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from functools import partial

from flask import Blueprint, Flask, Response, abort, request

from search.http.request_ids import REQUEST_ID_HEADER, request_id_of

logger = logging.getLogger(__name__)

_REQUEST_ID = "telusur.request_id"
"""Where the environment of a request holds its id."""

# Ten thousand characters of four bytes, each written as %XX, still fit into what hyper (in granian) accepts.
MAX_ADDRESS = 60_000

OF_REQUESTS = (400, 404, 405, 406, 413, 414, 415)
"""What may be wrong with a request for something of ours. Who may ask at all (401, 403, 429) is for an
application around it to say in its own words, if it has some."""

_PAGE_POLICY = "; ".join(
    (
        "default-src 'none'",
        "style-src 'self'",
        "script-src 'self'",
        "img-src 'self'",
        "connect-src 'self'",
        "manifest-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
    )
)
DATA_POLICY = "default-src 'none'; frame-ancestors 'none'"


def request_id() -> str:
    """The id of the request at hand."""
    environ = request.environ
    if _REQUEST_ID not in environ:
        environ[_REQUEST_ID] = request_id_of(environ)
    return str(environ[_REQUEST_ID])


def address_at_hand() -> str:
    """The path of the request at hand as its visitor wrote it, with that under which a proxy has the site."""
    return request.script_root + request.path


def refuse_long_queries() -> None:
    """Refuse an address that is longer than any question a person asks."""
    environ = request.environ
    if len(environ.get("PATH_INFO", "")) + len(environ.get("QUERY_STRING", "")) > MAX_ADDRESS:
        abort(414)


Headers = tuple[tuple[str, str], ...]

_FOR_ALL: Headers = (
    ("X-Content-Type-Options", "nosniff"),
    ("Referrer-Policy", "strict-origin-when-cross-origin"),
)
_UNFRAMED = ("X-Frame-Options", "DENY")
_FOR_DATA: Headers = (*_FOR_ALL, _UNFRAMED, ("Content-Security-Policy", DATA_POLICY))


def page_headers(frame_ancestors: Sequence[str] = ()) -> Headers:
    """The security headers of pages.

    :param frame_ancestors: origins whose pages may show ours in a frame; by default none may. The older
        ``X-Frame-Options`` knows no list of origins, so that it can only be left out for them.
    """
    allowed = " ".join("'self'" if each == "self" else each.rstrip("/") for each in frame_ancestors)
    policy = f"{_PAGE_POLICY}; frame-ancestors " + (allowed or "'none'")
    return (
        *_FOR_ALL,
        *(() if allowed else (_UNFRAMED,)),
        ("Content-Security-Policy", policy),
        ("Cross-Origin-Opener-Policy", "same-origin"),
        ("Permissions-Policy", "camera=(), geolocation=(), microphone=()"),
    )


_FOR_PAGES = page_headers()


def secure(response: Response, for_pages: Headers = _FOR_PAGES) -> Response:
    """Add the security headers and the request id, where they are not there yet.

    :param for_pages: what :func:`page_headers` gives; other responses are never shown in a frame.
    """
    there = names_of(response)
    if REQUEST_ID_HEADER.lower() in there:
        return response  # an error response, made with them
    headers = response.headers
    wanted = for_pages if response.mimetype == "text/html" else _FOR_DATA
    for name, value in wanted:
        if name.lower() not in there:
            headers.add(name, value)
    headers.add(REQUEST_ID_HEADER, request_id())
    return response


def names_of(response: Response) -> set[str]:
    """The names of the headers in lower case: quicker than to ask for one header after the other."""
    return {name.lower() for name, _ in response.headers.to_wsgi_list()}


def log_error(status: int, error: Exception) -> None:
    """One line for a failed request; a traceback too when nobody foresaw the error."""
    line = "%s %s -> %d %s: %s [%s]"
    parts = (
        request.method,
        ascii(request.path)[1:-1],
        status,
        type(error).__name__,
        " ".join(str(error).split()),
        request_id(),
    )
    fields = {"request_id": request_id(), "method": request.method, "path": request.path, "status": status}
    if status == 500:
        logger.error(line, *parts, exc_info=error, extra={"fields": fields})
    elif status > 500:
        logger.warning(line, *parts, extra={"fields": fields})


def install(scaffold: Flask | Blueprint, for_pages: Headers = _FOR_PAGES) -> None:
    """Put the hooks on a blueprint, or on an application of our own.

    :param for_pages: the security headers of its pages.
    """
    scaffold.before_request(refuse_long_queries)
    scaffold.after_request(partial(secure, for_pages=for_pages))


def answer_errors(blueprint: Blueprint, answer: Callable[[Exception], Response]) -> None:
    """Answer errors inside a blueprint, whatever the application around it has for those of its own.

    Flask asks an application's handler of a status before a blueprint's of all exceptions.
    """
    blueprint.register_error_handler(Exception, answer)
    for status in OF_REQUESTS:
        blueprint.register_error_handler(status, answer)
