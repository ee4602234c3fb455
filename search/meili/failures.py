"""Whatever is raised while a request is answered -> the error of Meilisearch's list that stands for it."""

from __future__ import annotations

from werkzeug.exceptions import HTTPException

from index.engines.base import IndexMissingError
from index.messages import Translator
from search.access.refusals import RefusedError
from search.answering.lanes import BusyError
from search.http.problems import problem_of
from search.meili.errors import MeiliError

_OF_STATUS = {
    401: "missing_authorization_header",
    403: "invalid_api_key",
    413: "payload_too_large",
    429: "too_many_search_requests",
}
"""Codes of what is refused before anything is asked; of all else, the request is wrong."""


def meili_error(error: Exception, translator: Translator) -> MeiliError:
    """The error that stands for whatever was raised."""
    if isinstance(error, MeiliError):
        return error
    problem = problem_of(error, translator)
    if isinstance(error, BusyError):
        code = "too_many_search_requests"
    elif isinstance(error, IndexMissingError):
        code = "index_not_found"
    elif isinstance(error, RefusedError) and error.kind == "key-unknown":
        code = "invalid_api_key"
    elif isinstance(error, HTTPException) and problem.status < 500:
        code = _OF_STATUS.get(problem.status, "bad_request")
    else:
        code = "internal"
    message = f"{translator.gettext(problem.title)}. {problem.detail}"
    return MeiliError(code, message, problem.status, problem.headers)
