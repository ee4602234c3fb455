"""``/openapi.json``: the API described for programs."""

from __future__ import annotations

from typing import Any

import orjson
from flask import Blueprint, Response, url_for

from search.access.guard import guard, share
from search.api.responses import error_response, vary_by_language
from search.http import hooks
from search.http.cache import keep
from search.http.site import Site


def create_description_blueprint(site: Site) -> Blueprint:
    """``/openapi.json``, beside the pages."""
    blueprint = Blueprint(f"{site.name}_description", __name__)
    hooks.install(blueprint)
    guard(blueprint, site.gate)
    blueprint.after_request(vary_by_language)
    blueprint.after_request(share)
    hooks.answer_errors(blueprint, lambda error: error_response(site.preferred_translator, error))
    described: dict[str, dict[str, Any]] = {}

    @blueprint.get("/openapi.json")
    def openapi() -> Response:
        translator = site.preferred_translator
        if translator.language not in described:
            # Not before: most processes are never asked for it.
            from search.openapi.document import document

            described[translator.language] = document(site.settings, translator, "")
        root = site.base_address + url_for(f"{site.name}_api.search").removesuffix("/search")
        content = orjson.dumps({**described[translator.language], "servers": [{"url": root}]})
        response = Response(content, mimetype="application/json")
        response.headers["Content-Language"] = translator.language
        response.vary.update(("Accept-Language", "Host"))
        return keep(response, content)

    return blueprint
