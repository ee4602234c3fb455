"""The application factory: pages, API and health checks in one Flask application."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit, urlunsplit

from flask import Flask, Response, request
from flask.logging import default_handler
from werkzeug.exceptions import BadHost

from index.settings import Settings, cache_bytes
from search.access.entrance import Entrance
from search.access.guard import guard
from search.admin.blueprint import create_blueprint as create_admin
from search.api.blueprint import create_blueprint as create_api
from search.api.clicks import create_clicks_blueprint
from search.api.describing import create_description_blueprint
from search.api.health import create_health_blueprint
from search.api.metrics import create_metrics_blueprint
from search.api.responses import error_response
from search.embed.blueprint import create_blueprint as create_embed
from search.hosted.commands import add_command
from search.hosted.sites import take_in
from search.http import hooks
from search.http.cache import KeptViews, ResponseCache
from search.http.proxies import behind_proxies
from search.http.site import Site
from search.meili.blueprint import create_blueprint as create_meili
from search.observing import logs
from search.observing.asked import AskedWatcher
from search.observing.folder import Folder
from search.observing.metrics import Metrics
from search.observing.observer import Observer, Tell, log_request
from search.observing.shared import Shared
from search.opened.searcher import Searcher
from search.web.blueprint import create_blueprint as create_pages
from search.web.branding import Branding
from search.web.rendering import Pages

EXTENSION = "telusur"


class _Application(Flask):
    """Without coroutines, for which Flask would look at each function before each call of it."""

    def ensure_sync(self, func: Callable[..., Any]) -> Callable[..., Any]:
        return func


ENTRANCE = "telusur.entrance"
"""Where an application of ours has its :class:`~search.access.entrance.Entrance`."""


def create_app(
    settings: Settings | None = None,
    searcher: Searcher | None = None,
    branding: Branding | None = None,
    shared: Shared | None = None,
) -> Flask:
    """Make the application.

    :param settings: by default those of ``telusur.toml`` and the environment.
    :param searcher: an open index to answer from; by default one opened as the settings say. No index has to
        be there yet: the pages say so until there is one.
    :param branding: how the pages look; by default read as the settings say.
    :param shared: with other processes that serve the site under ``telusur serve``; by default this one
        counts for itself, and the application has the command ``flask reindex``.
    :returns: an application whose ``extensions["telusur"]`` is its :class:`~search.http.site.Site`.
    :raises SettingError: if the settings have to be read and hold a mistake, or name what cannot be used.
    """
    site = Site.of(settings, searcher, shared.counters if shared else None)
    # Flask would look for templates of the application in the working directory, before those of the pages.
    app = _Application("telusur", static_folder=None, template_folder=None)
    # Werkzeug would answer a doubled slash with a redirect that repeats the Host header.
    app.url_map.merge_slashes = False
    app.extensions[EXTENSION] = site
    pages = Pages(site, branding)
    _put_on(app, pages, "")
    if shared is None:  # else nobody reaches the commands of the application
        _add_reindex(app)
    _answer_everything_else(app, pages)
    _stand_before(app, site, shared.folder if shared else None)
    logs.set_up(site.settings, default_handler)
    return app


def register(
    app: Flask, site: Site, url_prefix: str = "", pages: Pages | None = None, *, name: str = ""
) -> None:
    """Put the pages, the API, the health checks and ``flask reindex`` on an application that is not ours.

    What the application does before and after each request it does for these too; everything else of it,
    its errors, templates and headers, stays as it is. Several sites stay apart: each has its own index,
    templates, files, cookie, endpoints (``<name>.search_page``, ``<name>_api.search``) and kept answers.

    :param url_prefix: where they begin, for instance ``/arsip``.
    :param pages: how they look; by default as the settings say.
    :param name: tells this site from others of the application; by default that of the site, ``telusur``.
    :raises SettingError: if the settings name what cannot be used.
    :raises ValueError: if another site of the application has the name or the prefix.
    """
    site = site.named(name or (pages.site if pages else site).name)
    if pages is None or pages.site.name != site.name:
        pages = Pages(site, pages.branding if pages else None)
    _put_on(app, pages, url_prefix.rstrip("/"), watched=True)
    _add_reindex(app)
    kept = KeptViews(site.searcher.version, _capacity(site), cookie=site.languages.cookie)
    for endpoint, view in app.view_functions.items():
        # Not of pages: templates of the application may say there who somebody is.
        if endpoint.startswith(f"{site.name}_api."):
            app.view_functions[endpoint] = kept.around(view)


def _put_on(app: Flask, pages: Pages, url_prefix: str, *, watched: bool = False) -> None:
    site = pages.site
    watcher = AskedWatcher(site.recorder) if watched and site.recorder else None
    take_in(app, site, url_prefix)
    for blueprint, prefix in (
        (create_pages(pages), url_prefix),
        (create_embed(pages), url_prefix),
        (create_api(site), f"{url_prefix}/api/v1"),
        (create_description_blueprint(site), url_prefix),
        (create_meili(site), f"{url_prefix}/meili"),
        (create_health_blueprint(site), url_prefix),
        (create_admin(pages), url_prefix),
        *([(create_clicks_blueprint(site, site.recorder), url_prefix)] if site.recorder else []),
    ):
        # Not before the first request: a server may fork what it has made.
        blueprint.before_request(site.searcher.keep_verified)
        if watcher:
            blueprint.after_request(watcher.after)
        app.register_blueprint(blueprint, url_prefix=prefix or None)


def _add_reindex(app: Flask) -> None:
    from index.cli import reindex  # here: a server of our own needs nothing that makes an index

    add_command(app, reindex)


def _capacity(site: Site) -> int:
    """Bytes of answers that are kept."""
    return cache_bytes(site.settings, "response_cache_mb")


def _answer_everything_else(app: Flask, pages: Pages) -> None:
    """Errors outside of every blueprint (no such address, wrong method) look like those inside."""
    hooks.install(app)
    guard(app, pages.site.gate)
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


def _stand_before(app: Flask, site: Site, folder: Folder | None) -> None:
    """Put before the application, from the outside in: what sees all requests, what believes proxies, who may
    ask, and kept answers.
    """
    kept = ResponseCache(app.wsgi_app, site.searcher.version, _capacity(site))
    entrance = Entrance(site.gate, refusing=app.wsgi_app, answering=kept)
    app.extensions[ENTRANCE] = entrance
    tell: list[Tell] = [log_request] if site.settings.flag("access_log") else []
    if site.recorder:
        tell.append(AskedWatcher(site.recorder).see)
    if site.settings.text("metrics") != "off":
        metrics = Metrics(site, app, lambda: kept.size, folder)
        app.register_blueprint(create_metrics_blueprint(site, metrics))
        tell.append(metrics.see)
    application = behind_proxies(entrance, site.settings, app.url_map)
    app.wsgi_app = Observer(application, tell)  # type: ignore[method-assign]  # as Flask says
