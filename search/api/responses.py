"""JSON responses: data, and errors as problem details (RFC 9457)."""

from __future__ import annotations

from typing import Any

import orjson
from flask import Response

from index.messages import Translator
from search.access.guard import share
from search.api.paging import link_header
from search.http import hooks
from search.http.cache import keep
from search.http.problems import Problem, problem_of
from search.suggesting.completion import Completions

SUGGESTIONS_SECONDS = 60
"""How long a browser may show what it was told to suggest without asking again."""


def json_response(data: Any, status: int = 200, mimetype: str = "application/json") -> Response:
    """Anything that orjson can write."""
    return Response(orjson.dumps(data, option=orjson.OPT_APPEND_NEWLINE), status, mimetype=mimetype)


def answer_response(record: dict[str, Any]) -> Response:
    """An answer, to be kept until the index changes. How long it took is no difference.

    :param record: the answer as it is sent, with ``took_ms``, and the pages beside it as ``previous`` and
        ``next``.
    """
    took = record.pop("took_ms")
    content = orjson.dumps(record)
    # Put back in front: the rest is written once.
    body = b'{"took_ms":%s,%s\n' % (orjson.dumps(took), content[1:])
    response = Response(body, mimetype="application/json")
    if header := link_header(record["previous"], record["next"]):
        response.headers.add("Link", header)
        response.headers.add("Vary", "Accept-Language, Host")  # as site.base_address says
    return keep(response, content)


def suggestions_response(found: Completions) -> Response:
    """Suggestions, which a browser may keep for a while: the same letters are typed again and again."""
    content = orjson.dumps(found.to_dict(), option=orjson.OPT_APPEND_NEWLINE)
    response = Response(content, mimetype="application/json")
    if not found.complete:
        response.headers["Cache-Control"] = "no-store"
        return response
    kept = keep(response, content)
    kept.headers["Cache-Control"] = f"max-age={SUGGESTIONS_SECONDS}"
    return kept


def error_response(translator: Translator, error: Exception) -> Response:
    """An error as ``application/problem+json``, in the language of whoever asked."""
    problem = problem_of(error, translator)
    record = _told(problem, translator, error)
    response = json_response(record, problem.status, "application/problem+json")
    response.headers["Content-Language"] = translator.language
    response.headers.update(problem.headers)
    return share(vary_by_language(hooks.secure(response)))


def problem_record(translator: Translator, error: Exception) -> dict[str, Any]:
    """An error as part of a response that others have no part in."""
    return _told(problem_of(error, translator), translator, error)


def _told(problem: Problem, translator: Translator, error: Exception) -> dict[str, Any]:
    hooks.log_error(problem.status, error)
    return problem.to_dict(translator, hooks.address_at_hand(), hooks.request_id())


def vary_by_language(response: Response) -> Response:
    """Say that the response is in the language of whoever asked."""
    said = [value for name, value in response.headers if name == "Vary"]
    if not said:
        response.headers.add("Vary", "Accept-Language")
    elif "Accept-Language" not in said[0]:
        response.vary.add("Accept-Language")
    return response
