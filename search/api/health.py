"""Health checks for whoever runs the server: is the process alive, can it answer as it should."""

from __future__ import annotations

from importlib.metadata import version

from flask import Blueprint, Response
from msgspec.structs import replace

from index.engines.base import EngineError, EngineUnavailableError
from index.messages import N_
from search.access.guard import leave_out
from search.api.responses import error_response, json_response
from search.http import hooks
from search.http.problems import Problem, problem_of
from search.http.site import Site

_VERSION = version("telusur")

_REASONS = {"index-missing": "missing", "index-broken": "broken", "index-outdated": "stale"}

_NEWER_IS_BROKEN = Problem(
    503,
    "index-broken",
    N_("Indeks tidak dapat dibaca"),
    N_("Indeks terbaru bermasalah; yang terakhir utuh masih melayani: {why}"),
)
_SETTINGS_ARE_BROKEN = Problem(
    503,
    "settings-broken",
    N_("Pengaturan tidak dapat dibaca"),
    N_("Pengaturan yang lama masih berlaku: {why}"),
)
_LEXICON_IS_BROKEN = Problem(
    503,
    "lexicon-broken",
    N_("Leksikon tidak dapat dibaca"),
    N_("Leksikon yang lama masih berlaku: {why}"),
)
_STALE = Problem(
    503,
    "index-stale",
    N_("Indeks perlu dibuat ulang"),
    N_(
        "Indeks masih melayani, tetapi dibuat dengan cara lain: {why}. Jalankan reindex. Bila reindex baru "
        "saja dijalankan, kirim SIGHUP ke server, atau mulai ulang bila Telusur baru diperbarui."
    ),
)


def create_health_blueprint(site: Site) -> Blueprint:
    """``/healthz`` and ``/readyz``."""
    blueprint = Blueprint(f"{site.name}_health", __name__)
    hooks.install(blueprint)
    leave_out(blueprint, site.gate, ("/healthz", "/readyz"))
    blueprint.after_request(_never_kept)
    hooks.answer_errors(blueprint, lambda error: error_response(site.preferred_translator, error))

    @blueprint.get("/healthz")
    def healthz() -> Response:
        return json_response({"status": "ok"})

    @blueprint.get("/readyz")
    def readyz() -> Response:
        try:
            site.searcher.lexicon.look()
            site.searcher.refresh()
            stats = site.service.stats()
            if isinstance(unanswered := site.searcher.problem, EngineUnavailableError):
                raise unanswered
        except EngineError as error:
            return _unusable(site, error)
        for reason, why, problem in (
            ("broken", stats.problem, _NEWER_IS_BROKEN),
            ("settings", site.settings.problem, _SETTINGS_ARE_BROKEN),
            ("lexicon", site.searcher.lexicon.problem, _LEXICON_IS_BROKEN),
            ("stale", stats.stale, _STALE),
        ):
            if why:
                detail = site.preferred_translator.gettext(problem.detail, why=why)
                return _not_ready(site, reason, replace(problem, detail=detail))
        return json_response(
            {
                "status": "ready",
                "version": _VERSION,
                "documents": stats.documents,
                "engine": stats.engine,
                "generation": stats.generation,
                "created": stats.created,
            }
        )

    return blueprint


def _unusable(site: Site, error: EngineError) -> Response:
    """Pages tell visitors the reason; what exactly was found where is for the owner, here and in the log."""
    hooks.log_error(503, error)
    problem = replace(problem_of(error, site.preferred_translator), members={"found": str(error)})
    return _not_ready(site, _REASONS.get(problem.kind, "engine"), problem)


def _not_ready(site: Site, reason: str, problem: Problem) -> Response:
    described = problem.to_dict(site.preferred_translator, hooks.address_at_hand(), hooks.request_id())
    told = {**described, "reason": reason, "version": _VERSION}
    return json_response(told, 503, "application/problem+json")


def _never_kept(response: Response) -> Response:
    response.cache_control.no_store = True
    return response
