"""The registry of engines: name -> where its Engine object is found.

Adding an engine is one module here plus one line in ``_ENGINES``.
"""

from __future__ import annotations

from importlib import import_module
from typing import cast

from index.engines.base import Engine, EngineUnavailableError
from index.messages import _

DEFAULT_ENGINE = "whoosh"
"""The engine that is always installed, and used unless the setting ``engine`` names another."""

_ENGINES = {
    "whoosh": "index.engines.whoosh.engine:engine",
    "tantivy": "index.engines.tantivy.engine:engine",
    "opensearch": "index.engines.opensearch.engine:engine",
}

_REMOTE = frozenset({"opensearch"})
"""Engines with a home of their own. Others need not be imported to know that they have none."""


def engine_names() -> tuple[str, ...]:
    """The names that ``--engine`` and ``TELUSUR_ENGINE`` take."""
    return tuple(_ENGINES)


def embedded_names() -> tuple[str, ...]:
    """Those whose indexes are files of this machine."""
    return tuple(name for name in _ENGINES if not is_remote(name))


def is_remote(name: str) -> bool:
    """Whether an engine keeps generations elsewhere than in the index folder."""
    return name in _REMOTE


def get_engine(name: str) -> Engine:
    """The engine of that name.

    :raises EngineUnavailableError: if the name is unknown or the engine's library is not installed.
    """
    try:
        module_name, attribute = _ENGINES[name].split(":")
    except KeyError:
        known = ", ".join(engine_names())
        raise EngineUnavailableError(
            _("mesin {name!r} tidak dikenal; yang ada: {known}", name=name, known=known)
        ) from None
    try:
        return cast(Engine, getattr(import_module(module_name), attribute))
    except ModuleNotFoundError as error:
        raise EngineUnavailableError(
            _(
                "mesin {name!r} memerlukan paket Python {package!r}: pip install 'telusur[{name}]'",
                name=name,
                package=error.name,
            )
        ) from error
