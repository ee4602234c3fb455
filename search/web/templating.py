"""Templates of the site at hand: an application may hold several, and override those of each of them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import flask
from flask import Flask, current_app, g
from jinja2 import BaseLoader, ChoiceLoader, Environment, FunctionLoader, TemplateNotFound

from search.web.branding import Branding
from search.web.overrides import OUR_LOADER, environment_of, loader_of

_Source = tuple[str, str | None, Callable[[], bool] | None]


class Templates:
    """Finds and renders the templates of one site.

    A template ``telusur/<page>`` is, whichever is there first: ``<name>/<page>`` of the application,
    ``telusur/<page>`` of the application, that of the owner's folder, ours. ``bawaan/<page>`` is always ours.
    Flask alone would find the owner's template of the first site for all of them.

    :param name: of the site.
    """

    def __init__(self, branding: Branding, name: str) -> None:
        self._owners = loader_of(branding.templates, branding.sources)
        self._name = name
        self._key = f"telusur.templates.{name}"

    def choose(self) -> None:
        """Have :func:`render_template` take these for the rest of the request."""
        g.telusur_templates = self

    def render(self, name: str, values: dict[str, Any]) -> str:
        """A page, with what the application and its blueprint give to all templates."""
        return flask.render_template(self._environment().get_template(name), **values)

    def _environment(self) -> Environment:
        """One for the application at hand."""
        app: Flask = current_app
        environment: Environment | None = app.extensions.get(self._key)
        if environment is None:
            environment = environment_of(app, self._loader(app))
            app.extensions[self._key] = environment
        return environment

    def _loader(self, app: Flask) -> BaseLoader:
        hosts, everything = app.jinja_loader, app.jinja_env.loader
        loaders = [self._owners, OUR_LOADER]
        if hosts:
            loaders = [FunctionLoader(self._of_this_site(app, hosts)), hosts, *loaders]
        return ChoiceLoader([*loaders, everything] if everything else loaders)

    def _of_this_site(self, app: Flask, hosts: BaseLoader) -> Callable[[str], _Source | None]:
        def read(name: str) -> _Source | None:
            folder, _, page = name.partition("/")
            if folder != "telusur":
                return None
            try:
                return hosts.get_source(app.jinja_env, f"{self._name}/{page}")
            except TemplateNotFound:
                return None

        return read


def render_template(name: str, **values: Any) -> str:
    """A page of the site that the request at hand is for, like Flask's function of the same name."""
    templates: Templates = g.telusur_templates
    return templates.render(name, values)
