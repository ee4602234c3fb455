"""The blueprint of Meilisearch's addresses: everything that its clients ask when they search."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import Blueprint, Response, request

from index.messages import _
from search.access.guard import guard_api, share
from search.api.responses import json_response
from search.http import hooks
from search.http.site import Site
from search.meili.about import index_record, index_settings, index_stats, site_stats, version_of_site
from search.meili.conditions import leaves
from search.meili.documents import LISTS as DOCUMENT_LISTS
from search.meili.documents import list_documents, one_document
from search.meili.errors import MeiliError, inside
from search.meili.failures import meili_error
from search.meili.filters import MOST_CONDITIONS
from search.meili.queries import LISTS, Asked, missing_uid
from search.meili.reading import Fields, as_object, body_of, from_address
from search.meili.searching import Searching

MOST_QUERIES = 30
"""Queries of one request."""

_READING = ("GET", "HEAD")
_EVERY_METHOD = ("GET", "POST", "PUT", "PATCH", "DELETE")


def create_blueprint(site: Site) -> Blueprint:
    """Everything below ``/meili``, or wherever a host application puts it."""
    blueprint = Blueprint(f"{site.name}_meili", __name__, url_prefix="/meili")
    hooks.install(blueprint)
    guard_api(blueprint, site.gate)

    def failed(error: Exception) -> Response:
        translator = site.preferred_translator
        found = meili_error(error, translator)
        hooks.log_error(found.status, error)
        response = json_response(found.to_dict(translator), found.status)
        response.headers.update({**found.headers, "Content-Language": translator.language})
        response.headers["Vary"] = "Accept-Language"
        return share(hooks.secure(response))

    hooks.answer_errors(blueprint, failed)
    _add_searches(blueprint, site)
    _add_documents(blueprint, site)
    _add_descriptions(blueprint, site)
    _refuse_the_rest(blueprint)
    return blueprint


def _check(site: Site, uid: str) -> None:
    """Refuse another index than that of the site.

    :raises MeiliError: which names the right one.
    """
    own = site.settings.text("meili_index")
    if uid != own:
        message = _("Indeks `{uid}` tidak ada; indeks situs ini bernama `{own}`.", uid=uid[:100], own=own)
        raise MeiliError("index_not_found", message)


def _add_searches(blueprint: Blueprint, site: Site) -> None:
    searching = Searching(site, site.settings.whole("max_per_page") + 1)

    @blueprint.post("/multi-search")
    def multi_search() -> Response:
        body = Fields(body_of(request), "invalid_multi_search_", ("queries", "federation"))
        body.unsupported("federation", "invalid_multi_search_federated")
        queries = body.raw("queries")
        if not isinstance(queries, list):
            raise MeiliError("bad_request", _("Parameter `queries` harus berupa daftar pencarian."))
        if len(queries) > MOST_QUERIES:
            raise MeiliError("bad_request", _("Paling banyak {most} pencarian sekaligus.", most=MOST_QUERIES))
        every = [_read_one_of_many(site, searching, *each) for each in enumerate(queries)]
        if sum(leaves(asked.restrict) for asked in every) > MOST_CONDITIONS:
            message = _("Semua saringannya bersama paling banyak {most} syarat.", most=MOST_CONDITIONS)
            raise MeiliError("invalid_search_filter", message)
        own = site.settings.text("meili_index")
        return json_response({"results": [{"indexUid": own, **searching.search(asked)} for asked in every]})

    @blueprint.post("/indexes/<uid>/search")
    def search(uid: str) -> Response:
        _check(site, uid)
        return json_response(searching.search(searching.read(body_of(request))))

    @blueprint.get("/indexes/<uid>/search")
    def search_by_address(uid: str) -> Response:
        _check(site, uid)
        return json_response(searching.search(searching.read(from_address(request.args, LISTS))))

    @blueprint.post("/indexes/<uid>/facet-search")
    def facet_search(uid: str) -> Response:
        _check(site, uid)
        return json_response(searching.facet_search(body_of(request)))


def _read_one_of_many(site: Site, searching: Searching, number: int, query: Any) -> Asked:
    try:
        body = dict(as_object(query))
        uid = body.pop("indexUid", None)
        if not isinstance(uid, str):
            raise missing_uid()
        _check(site, uid)
        if body.pop("federationOptions", None) is not None:
            message = _("Parameter `{name}` tidak didukung di sini.", name="federationOptions")
            raise MeiliError("invalid_multi_search_federation_options", message)
        return searching.read(body)
    except MeiliError as error:
        raise inside(f".queries[{number}]", error) from error


def _add_documents(blueprint: Blueprint, site: Site) -> None:
    most = site.settings.whole("max_per_page")

    @blueprint.get("/indexes/<uid>/documents")
    def documents(uid: str) -> Response:
        _check(site, uid)
        return json_response(list_documents(site, from_address(request.args, DOCUMENT_LISTS), most))

    @blueprint.post("/indexes/<uid>/documents/fetch")
    def fetch(uid: str) -> Response:
        _check(site, uid)
        return json_response(list_documents(site, body_of(request), most))

    @blueprint.get("/indexes/<uid>/documents/<id>")
    def document(uid: str, id: str) -> Response:
        _check(site, uid)
        return json_response(one_document(site, id, from_address(request.args, DOCUMENT_LISTS)))


def _add_descriptions(blueprint: Blueprint, site: Site) -> None:
    uid_of_site = site.settings.text("meili_index")

    def describe(uid: str, describe_it: Callable[[], dict[str, Any]]) -> Response:
        _check(site, uid)
        return json_response(describe_it())

    @blueprint.get("/health")
    def health() -> Response:
        with site.searcher.use():
            return json_response({"status": "available"})

    @blueprint.get("/version")
    def version() -> Response:
        return json_response(version_of_site())

    @blueprint.get("/stats")
    def stats() -> Response:
        return json_response(site_stats(site.service, uid_of_site))

    @blueprint.get("/indexes")
    def indexes() -> Response:
        fields = Fields(from_address(request.args, ()), "invalid_index_", ("offset", "limit"))
        offset, limit = fields.whole("offset", 0), fields.whole("limit", 20)
        every = [index_record(site.service, uid_of_site)]
        page = {"results": every[offset : offset + limit], "offset": offset, "limit": limit}
        return json_response({**page, "total": len(every)})

    @blueprint.get("/indexes/<uid>")
    def index(uid: str) -> Response:
        return describe(uid, lambda: index_record(site.service, uid_of_site))

    @blueprint.get("/indexes/<uid>/stats")
    def stats_of_index(uid: str) -> Response:
        return describe(uid, lambda: index_stats(site.service))

    @blueprint.get("/indexes/<uid>/settings")
    def settings(uid: str) -> Response:
        return describe(uid, lambda: index_settings(site))


def _refuse_the_rest(blueprint: Blueprint) -> None:
    @blueprint.route("/", defaults={"rest": ""}, methods=_EVERY_METHOD)
    @blueprint.route("/<path:rest>", methods=_EVERY_METHOD)
    def refuse(rest: str) -> Response:
        if request.method in _READING:
            raise MeiliError("bad_request", _("Alamat `{path}` tidak ada di sini.", path=rest[:200]), 404)
        raise MeiliError(
            "bad_request",
            _(
                "Indeks ini hanya dapat dibaca lewat alamat Meilisearch. Pengelola situs mengisinya dengan "
                "perintah reindex."
            ),
            405,
        )
