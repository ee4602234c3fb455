"""Question -> answer -> page.

What programs of others import stands here by its name, and its module is loaded when it is asked for:
``from search import open_searcher`` for Python,
``from search import Site, register`` for a Flask application.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from search.app import create_app as create_app
    from search.app import register as register
    from search.hosted.archive import Archive as Archive
    from search.hosted.archive import open_searcher as open_searcher
    from search.http.site import Site as Site

__all__ = [
    "answer",
    "answering",
    "api",
    "app",
    "cli",
    "hosted",
    "http",
    "i18n",
    "meili",
    "openapi",
    "opened",
    "params",
    "plan",
    "query",
    "similar",
    "snippets",
    "spelling",
    "web",
]

_FOR_OTHERS = {
    "Archive": "search.hosted.archive",
    "Site": "search.http.site",
    "create_app": "search.app",
    "open_searcher": "search.hosted.archive",
    "register": "search.app",
}


def __getattr__(name: str) -> Any:
    if name not in _FOR_OTHERS:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(_FOR_OTHERS[name]), name)
