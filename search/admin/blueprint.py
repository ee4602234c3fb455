"""The blueprint of the owner's pages: what visitors asked, behind an admin key."""

from __future__ import annotations

from datetime import timedelta
from functools import partial

from flask import Blueprint, Response, request, url_for

from index.engines.base import EngineError
from search.access.guard import guard, require_admin
from search.admin.chart import bars
from search.asked.normalising import MASKED_ADDRESS, MASKED_NUMBER
from search.asked.report import QueriesError, report
from search.asked.store import Store
from search.http import hooks
from search.http.site import Site
from search.query.periods import today_in_jakarta
from search.teaching.adding import Added, add_entry
from search.teaching.lines import EntryError
from search.web.rendering import Pages
from search.web.templating import render_template

PERIODS = (7, 30, 90)
"""Days that can be chosen, this one among them."""

LISTED = 25
"""Queries of each list."""

_DEFAULT = 30


def create_blueprint(pages: Pages) -> Blueprint:
    """``/kelola/pertanyaan``.

    :param pages: those of the site, which it looks like.
    """
    site = pages.site
    blueprint = Blueprint(f"{site.name}_admin", __name__, template_folder="templates")
    hooks.install(blueprint, pages.security)
    hooks.answer_errors(blueprint, pages.error_page)
    guard(blueprint, site.gate)
    blueprint.before_request(lambda: _only_owners(site))
    blueprint.before_request(pages.templates.choose)
    blueprint.after_request(pages.headers)
    blueprint.after_request(_for_nobody_else)
    blueprint.context_processor(pages.template_tools)

    @blueprint.get("/kelola/pertanyaan")
    def asked() -> Response:
        return _page(site)

    @blueprint.post("/kelola/pertanyaan")
    def teach() -> Response:
        # One way: what visitors type need not be what articles say.
        text = f"{request.form.get('word', '')} => {request.form.get('others', '')}"
        try:
            return _page(site, added=add_entry(site.settings, text))
        except EntryError as error:
            return _page(site, status=422, problem=str(error))

    return blueprint


def _only_owners(site: Site) -> None:
    require_admin(site.gate, typed=True)


def _for_nobody_else(response: Response) -> Response:
    response.headers["Cache-Control"] = "no-store"
    response.headers["X-Robots-Tag"] = "noindex"
    return response


def _page(site: Site, status: int = 200, added: Added | None = None, problem: str = "") -> Response:
    settings = site.settings
    keeps = settings.whole("query_log_days")
    choices = sorted({min(each, keeps) for each in PERIODS})
    asked = request.values.get("hari", "")
    days = next((each for each in choices if asked == str(each)), min(_DEFAULT, keeps))
    today = today_in_jakarta()
    found = None
    try:
        found = report(Store.of(settings.text("index")), today - timedelta(days=days - 1), today, LISTED)
    except QueriesError as error:
        problem = problem or str(error)
    page = render_template(
        "telusur_admin/queries.html",
        is_on=settings.flag("query_log"),
        has_lexicon=bool(settings.text("lexicon")),
        keeps=keeps,
        waits=_waits_for_reindex(site),
        days=days,
        periods=[{"days": each, "url": url_for(".asked", hari=each)} for each in choices],
        here=url_for(".asked"),
        added=added,
        problem=problem,
        report=found,
        bars=bars(found.days, site.translator) if found else (),
        search_url=partial(url_for, f"{site.name}.search_page"),
        can_be_taught=_can_be_taught,
    )
    return Response(page, status, mimetype="text/html")


def _can_be_taught(query: str) -> bool:
    """Whether a query is as its visitor wrote it, in words."""
    return not any(mark in query for mark in (MASKED_ADDRESS, MASKED_NUMBER, "=", "#", ","))


def _waits_for_reindex(site: Site) -> bool:
    try:
        return site.searcher.lexicon_waits()
    except EngineError:
        return False
