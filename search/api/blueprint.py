"""The blueprint of the API: searching, reading one article, looking into the analysis."""

from __future__ import annotations

from flask import Blueprint, Response, abort, request

from index.query import Facet
from search.access.guard import guard_api
from search.api.exporting import export_response
from search.api.paging import add_neighbours, asked_address
from search.api.responses import (
    answer_response,
    error_response,
    json_response,
    suggestions_response,
    vary_by_language,
)
from search.api.searching import search_all, search_record
from search.http import hooks
from search.http.cache import keep
from search.http.problems import UnknownFacetError
from search.http.site import Site
from search.params import facet_question_from, suggestions_from


def create_blueprint(site: Site) -> Blueprint:
    """Everything below ``/api/v1``, or wherever a host application puts it."""
    blueprint = Blueprint(f"{site.name}_api", __name__, url_prefix="/api/v1")
    hooks.install(blueprint)
    guard_api(blueprint, site.gate, free=["/suggest"])
    blueprint.after_request(vary_by_language)
    hooks.answer_errors(blueprint, lambda error: error_response(site.preferred_translator, error))

    @blueprint.get("/search")
    def search() -> Response:
        pairs = list(request.args.items(multi=True))
        return answer_response(search_record(site, request.args, asked_address(site.base_address), pairs))

    @blueprint.post("/multi-search")
    def multi_search() -> Response:
        return json_response(search_all(site))

    @blueprint.get("/export")
    def export() -> Response:
        return export_response(site)

    @blueprint.get("/facets/<name>")
    def facet(name: str) -> Response:
        if name not in tuple(Facet):
            raise UnknownFacetError
        wanted = facet_question_from(Facet(name), request.args, site.settings, filter_language=True)
        record = site.service.facet_values(wanted).to_dict()
        pairs = list(request.args.items(multi=True))
        return answer_response(add_neighbours(record, asked_address(site.base_address), pairs))

    @blueprint.get("/suggest")
    def suggest() -> Response:
        text, limit = suggestions_from(request.args, site.settings)
        return suggestions_response(site.service.suggest(text, limit))

    @blueprint.get("/documents/<id>")
    def document(id: str) -> Response:
        found = site.service.document(id, request.args.get("q", ""))
        if found is None:
            abort(404)
        return json_response(found.to_dict())

    @blueprint.get("/documents/<id>/similar")
    def similar(id: str) -> Response:
        found = site.service.similar(id)
        if found is None:
            abort(404)
        response = json_response(found.to_dict())
        return keep(response, response.get_data())

    @blueprint.get("/analyze")
    def analyze() -> Response:
        found = site.service.inspect(request.args.get("text", ""))
        return json_response(found.to_dict(site.preferred_translator))

    @blueprint.get("/stats")
    def stats() -> Response:
        return json_response(site.service.stats().to_public_dict())

    return blueprint
