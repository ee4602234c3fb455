"""``/klik``: which result of a search was opened, told by a script of the page or of the component."""

from __future__ import annotations

from typing import Any

import orjson
from flask import Blueprint, Response, abort, request

from search.access.guard import guard
from search.api.responses import error_response
from search.asked.normalising import normalised
from search.asked.recorder import LAST_POSITION, Recorder
from search.http import hooks
from search.http.site import Site

PATH = "/klik"
MAX_BODY = 1 << 14
"""Bytes: the longest question that is read, and a number."""

FACES = ("page", "component")


def create_clicks_blueprint(site: Site, recorder: Recorder) -> Blueprint:
    """Takes what browsers send without asking first whether they may, from pages of any site: a short text.

    Nothing is answered, and nothing is believed but that somebody opened a result of a search of this day.
    """
    blueprint = Blueprint(f"{site.name}_clicks", __name__)
    hooks.install(blueprint)
    guard(blueprint, site.gate)
    hooks.answer_errors(blueprint, lambda error: error_response(site.preferred_translator, error))

    @blueprint.post(PATH)
    def click() -> Response:
        request.max_content_length = MAX_BODY
        query, face, position = _read(request.get_data(cache=False))
        if query:
            recorder.click(query, face, position)
        return Response(status=204)

    return blueprint


def _read(body: bytes) -> tuple[str, str, int]:
    if len(body) >= MAX_BODY:
        abort(413)
    try:
        record: Any = orjson.loads(body)
    except orjson.JSONDecodeError:
        abort(400)
    if not isinstance(record, dict) or record.keys() != {"q", "position", "face"}:
        abort(400)
    query, position, face = record["q"], record["position"], record["face"]
    # A flag is a number too, for Python.
    if not isinstance(query, str) or type(position) is not int or face not in FACES:
        abort(400)
    if not 1 <= position <= LAST_POSITION:
        abort(400)
    return normalised(query), face, position
