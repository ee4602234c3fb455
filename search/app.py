"""The application factory: pages, API and health checks in one Flask application."""

from __future__ import annotations

import logging
from urllib.parse import urlsplit, urlunsplit

from flask import Flask, Response, request
from flask.logging import default_handler, has_level_handler
from werkzeug.exceptions import BadHost

from index.settings import Settings
from search.api.blueprint import create_blueprint as create_api
from search.api.health import create_health_blueprint
from search.api.responses import error_response
from search.http import hooks
from search.http.cache import ResponseCache
from search.http.site import Site
from search.opened.searcher import Searcher
from search.web.blueprint import create_blueprint as create_pages
from search.web.branding import Branding
from search.web.rendering import Pages

EXTENSION = "telusur"


def create_app(
    settings: Settings | None = None,
    searcher: Searcher | None = None,
    branding: Branding | None = None,
) -> Flask:
    """Make the application.

    :param settings: by default those of ``telusur.toml`` and the environment.
    :param searcher: an open index to answer from; by default one opened as the settings say. No index has to
        be there yet: the pages say so until there is one.
    :param branding: how the pages look; by default read as the settings say.
    :returns: an application whose ``extensions["telusur"]`` is its :class:`~search.http.site.Site`.
    :raises SettingError: if the settings have to be read and hold a mistake, or name what cannot be used.
    """
    site = Site.of(settings, searcher)
    # Flask would look for templates of the application in the working directory, before those of the pages.
    app = Flask("telusur", static_folder=None, template_folder=None)
    # Werkzeug would answer a doubled slash with a redirect that repeats the Host header.
    app.url_map.merge_slashes = False
    app.extensions[EXTENSION] = site
    pages = Pages(site, branding)
    register(app, site, pages=pages)
    _answer_everything_else(app, pages)
    _add_commands(app)
    _remember(app, site)
    _log_somewhere()
    return app


def register(app: Flask, site: Site, url_prefix: str = "", pages: Pages | None = None) -> None:
    """Put the pages, the API and the health checks on an application, also on one that is not ours.

    :param url_prefix: where they begin, for instance ``/arsip``.
    :param pages: how they look; by default as the settings say.
    :raises SettingError: if these name what cannot be used.
    """
    app.before_request(site.searcher.keep_verified)  # not before: a server may fork what it has made
    app.register_blueprint(create_pages(pages or Pages(site)), url_prefix=url_prefix or None)
    app.register_blueprint(create_api(site), url_prefix=f"{url_prefix}/api/v1")
    app.register_blueprint(create_health_blueprint(site), url_prefix=url_prefix or None)


def _answer_everything_else(app: Flask, pages: Pages) -> None:
    """Errors outside of every blueprint (no such address, wrong method) look like those inside."""
    hooks.install(app)
    app.after_request(_without_host)

    def failed(error: Exception) -> Response:
        of_api = request.path == "/api" or request.path.startswith("/api/")
        # Without a usable Host header there are no addresses, which a page consists of.
        if of_api or isinstance(error, BadHost):
            return error_response(pages.site.preferred_translator, error)
        return pages.error_page(error)

    app.register_error_handler(Exception, failed)


def _without_host(response: Response) -> Response:
    """Routing redirects (an empty path to ``/``) to where the visitor is, not to where Host says."""
    if 300 <= response.status_code < 400 and response.location:
        response.location = urlunsplit(("", "", *urlsplit(response.location)[2:]))
        response.data = b""
    return response


def _remember(app: Flask, site: Site) -> None:
    capacity = int(site.settings.number("response_cache_mb") * (1 << 20))
    app.wsgi_app = ResponseCache(app.wsgi_app, site.searcher.version, capacity)  # type: ignore[method-assign]  # as Flask says


def _log_somewhere() -> None:
    """Give our loggers Flask's handler, which adds time and level, where nobody else set up logging."""
    for package in ("index", "search"):
        logger = logging.getLogger(package)
        if not has_level_handler(logger):
            logger.addHandler(default_handler)


def _add_commands(app: Flask) -> None:
    from index.cli import reindex

    app.cli.add_command(reindex)
