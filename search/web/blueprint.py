"""The blueprint of the page: its routes, its errors, and what its templates can use."""

from __future__ import annotations

import hashlib
from functools import cache, partial
from pathlib import Path
from typing import Any

from flask import Blueprint, Response, make_response, render_template, request, url_for
from markupsafe import Markup, escape

from index.messages import LANGUAGES
from search.http import hooks
from search.http.problems import problem_of
from search.http.site import Site
from search.i18n.html import html, nhtml
from search.params import ParameterError
from search.web import feeds, views
from search.web.links import web_address

NAME = "telusur"
STATIC = Path(__file__).parent / "static"
PARAMETERS = (
    *("q", "page", "per_page", "sort", "source", "place", "author", "year", "from", "to"),
    *("match", "expand", "correct", "fold", "rank", "mark"),
)
YEAR_IN_SECONDS = 365 * 24 * 3600


def create_blueprint(site: Site) -> Blueprint:
    """The pages of a site, to be registered on any Flask application, under a prefix or not."""
    blueprint = Blueprint(
        NAME, __name__, template_folder="templates", static_folder="static", static_url_path="/aset"
    )
    hooks.install(blueprint)
    blueprint.after_request(_headers)
    blueprint.context_processor(lambda: template_tools(site))
    blueprint.add_url_rule("/", "search_page", views.search_page(site))
    blueprint.add_url_rule("/dokumen/<id>", "article_page", views.article_page(site))
    blueprint.add_url_rule("/dokumen/<id>/sitasi.<format>", "citation", views.citation(site))
    blueprint.add_url_rule("/bantuan", "help_page", views.help_page(site))
    blueprint.add_url_rule("/feed.atom", "feed", feeds.feed(site, views.links_for))
    blueprint.add_url_rule("/opensearch.xml", "opensearch", feeds.browser_search(site))
    blueprint.register_error_handler(Exception, lambda error: error_page(site, error))
    return blueprint


def error_page(site: Site, error: Exception) -> Response:
    """The page that explains an error. It needs nothing but the templates, so it does not fail itself."""
    translator = site.translator
    problem = problem_of(error, translator)
    hooks.log_error(problem.status, error)
    page = render_template(
        "telusur/problem.html",
        **template_tools(site),
        problem=problem,
        problem_title=translator.gettext(problem.title),
        request_id=hooks.request_id(),
        retry_url=_without(error.name) if isinstance(error, ParameterError) else "",
        query=request.args.get("q", "")[: site.settings.whole("max_query_chars")],
    )
    response = make_response(page, problem.status)
    response.headers.update(problem.headers)
    return _headers(hooks.secure(response))


def template_tools(site: Site) -> dict[str, Any]:
    """Names that every template of the page can use."""
    translator = site.translator
    language = _asked_language()
    return {
        "_": partial(html, translator),
        "_n": partial(nhtml, translator),
        "tr": translator,
        "language": translator.language,
        "languages": [
            {
                "code": code,
                "label": label,
                "active": code == translator.language,
                "url": _in_language(code),
            }
            for code, label in LANGUAGES.items()
        ],
        "site_name": site.settings.text("site_name"),
        "home": url_for(f"{NAME}.search_page", **language),
        "home_path": url_for(f"{NAME}.search_page"),
        "help_url": url_for(f"{NAME}.help_page", **language),
        "kept": list(language.items()),
        "asset": asset_url,
        "web_address": web_address,
        "opensearch_url": url_for(f"{NAME}.opensearch"),
        # Only for *_html fields of answers, which are escaped where they are made and hold <mark> alone.
        "trusted": Markup,
        "code": lambda text: Markup("<code>") + escape(text) + Markup("</code>"),
        "quoted": lambda text: Markup("<q>") + escape(text) + Markup("</q>"),
    }


def asset_url(name: str) -> str:
    """The address of a file under ``static``, which changes with its content so that it caches for ever."""
    return url_for(f"{NAME}.static", filename=name, v=_digest(name))


@cache
def _digest(name: str) -> str:
    return hashlib.blake2b((STATIC / name).read_bytes(), digest_size=6).hexdigest()


def _asked_language() -> dict[str, Any]:
    wanted = request.args.get("lang", "")
    return {"lang": wanted} if wanted in LANGUAGES else {}


def _in_language(code: str) -> str:
    """The address at hand in another language; the front page if the address is none of ours."""
    endpoint = request.endpoint or ""
    if not endpoint.startswith(f"{NAME}.") or endpoint == f"{NAME}.static":
        return url_for(f"{NAME}.search_page", lang=code)
    return url_for(endpoint, **_asked(), **(request.view_args or {}), lang=code)


def _without(parameter: str) -> str:
    """The search at hand without one parameter."""
    asked = {name: values for name, values in _asked().items() if name != parameter}
    return url_for(f"{NAME}.search_page", **asked, **_asked_language())


def _asked() -> dict[str, Any]:
    """The parameters of the request: only our own, as url_for takes _scheme and the like for orders."""
    return {name: request.args.getlist(name) for name in PARAMETERS}


def _headers(response: Response) -> Response:
    if request.endpoint == f"{NAME}.static" and response.status_code < 400:
        response.cache_control.public = True
        response.cache_control.max_age = YEAR_IN_SECONDS if "v" in request.args else 300
        response.cache_control.no_cache = None
    elif response.mimetype == "text/html":
        response.vary.add("Accept-Language")
    return response
