"""Which sites an application holds, by name."""

from __future__ import annotations

import re
from collections.abc import Mapping

from flask import Flask
from msgspec import Struct

from search.http.site import Site

_SITES = "telusur.sites"
_NAME = re.compile("[A-Za-z][A-Za-z0-9_-]{0,39}")
_PREFIX = re.compile(r"(/[^/<>\s?#]+)*")


class _Held(Struct, frozen=True):
    site: Site
    prefix: str


def sites_of(app: Flask) -> Mapping[str, Site]:
    """The sites that were registered on an application, in that order, by their names."""
    return {name: held.site for name, held in _held(app).items()}


def take_in(app: Flask, site: Site, prefix: str) -> None:
    """Note a site of an application.

    :raises ValueError: if its name cannot be one, or another site of the application has it or its prefix.
    """
    if not _NAME.fullmatch(site.name):
        raise ValueError(f"name: {site.name!r} has to be a letter, then letters, digits, - and _, at most 40")
    if not _PREFIX.fullmatch(prefix):
        raise ValueError(f"url_prefix: {prefix!r} has to be empty or begin with a slash, such as '/cari'")
    held = _held(app)
    if site.name in held:
        raise ValueError(f"name: this application has a site {site.name!r} already; give this one another")
    for name, other in held.items():
        if other.prefix == prefix:
            raise ValueError(f"url_prefix: {prefix or '/'!r} belongs to the site {name!r} already")
    held[site.name] = _Held(site, prefix)


def _held(app: Flask) -> dict[str, _Held]:
    held: dict[str, _Held] = app.extensions.setdefault(_SITES, {})
    return held
