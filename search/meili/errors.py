"""Errors as Meilisearch words them: a message for people, and a code of its documented list for programs."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from index.messages import Translator, _

_STATUS = {
    "document_not_found": 404,
    "index_not_found": 404,
    "internal": 500,
    "invalid_api_key": 403,
    "invalid_content_type": 415,
    "missing_authorization_header": 401,
    "missing_content_type": 415,
    "payload_too_large": 413,
    "too_many_search_requests": 503,
}
"""Codes whose status is not 400."""

_TYPES = {
    "internal": "internal",
    "invalid_api_key": "auth",
    "missing_authorization_header": "auth",
    "too_many_search_requests": "system",
}
"""Kinds of errors that are not ``invalid_request``."""

_LINK = "https://docs.meilisearch.com/errors#"


class MeiliError(Exception):
    """A request that cannot be answered.

    :param code: of the list that Meilisearch documents.
    :param message: what is wrong, by :func:`index.messages._`.
    :param status: HTTP status; by default that of the code.
    :param headers: that belong to the status.
    """

    def __init__(
        self, code: str, message: str, status: int | None = None, headers: Mapping[str, str] | None = None
    ) -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.status = status or _STATUS.get(code, 400)
        self.headers = headers or {}

    def to_dict(self, translator: Translator) -> dict[str, Any]:
        """The object that clients read."""
        return {
            "message": translator.gettext(self.message),
            "code": self.code,
            "type": _TYPES.get(self.code, "invalid_request"),
            "link": _LINK + self.code,
        }


def inside(place: str, error: MeiliError) -> MeiliError:
    """The error of one of several queries, which says of which.

    :param place: as Meilisearch writes it, ``.queries[1]``.
    """
    message = _("Di dalam `{place}`: {message}", place=place, message=error.message)
    return MeiliError(error.code, message, error.status)
