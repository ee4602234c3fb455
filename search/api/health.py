"""Health checks for whoever runs the server: is the process alive, can it answer questions."""

from __future__ import annotations

from flask import Blueprint, Response

from search.api.responses import json_response
from search.http import hooks
from search.http.site import Site


def create_health_blueprint(site: Site) -> Blueprint:
    """``/healthz`` and ``/readyz``."""
    blueprint = Blueprint("telusur_health", __name__)
    hooks.install(blueprint)
    blueprint.after_request(_never_kept)

    @blueprint.get("/healthz")
    def healthz() -> Response:
        return json_response({"status": "ok"})

    @blueprint.get("/readyz")
    def readyz() -> Response:
        return json_response({"status": "ready"})

    return blueprint


def _never_kept(response: Response) -> Response:
    response.cache_control.no_store = True
    return response
