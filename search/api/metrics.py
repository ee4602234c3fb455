"""``/metrics``: figures for those who watch a site, and for nobody else."""

from __future__ import annotations

from flask import Blueprint, Response, request
from prometheus_client import CONTENT_TYPE_PLAIN_0_0_4

from search.access.guard import admission_in, guard, leave_out, require_admin
from search.api.responses import error_response
from search.http import hooks
from search.http.site import Site
from search.observing.metrics import Metrics

PATH = "/metrics"


def create_metrics_blueprint(site: Site, metrics: Metrics) -> Blueprint:
    """Answers the machine itself and its private network, unless the owner wants a key, and admin keys."""
    blueprint = Blueprint(f"{site.name}_metrics", __name__)
    hooks.install(blueprint)
    guard(blueprint, site.gate)
    leave_out(blueprint, site.gate, [PATH])
    hooks.answer_errors(blueprint, lambda error: error_response(site.preferred_translator, error))
    near_is_enough = site.settings.text("metrics") == "local"

    @blueprint.get(PATH)
    def tell() -> Response:
        if not (near_is_enough and admission_in(request.environ, site.gate).client.private):
            require_admin(site.gate)
        response = Response(metrics.text(), content_type=CONTENT_TYPE_PLAIN_0_0_4)
        response.cache_control.no_store = True
        return response

    return blueprint
