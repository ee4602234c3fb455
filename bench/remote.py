"""Settings for a measurement of an engine, also of one in a cluster: under names of its own, which go."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from secrets import token_hex
from typing import Any

from index.engines.opensearch.client import client_of
from index.engines.registry import is_remote
from index.settings import Settings, engine_options, load_settings

_OF_THE_CLUSTER = (
    "opensearch_urls",
    "opensearch_ca",
    "opensearch_timeout",
    "opensearch_shards",
    "opensearch_replicas",
)


@contextmanager
def settings_for(engine: str, **values: Any) -> Iterator[Settings]:
    """Settings with an engine in force; where that is in a cluster, it is the one of the environment.

    :param values: of settings, by name.
    """
    settings = Settings({**values, "engine": engine})
    if not is_remote(engine):
        yield settings
        return
    there = load_settings()
    own = {name: there[name] for name in _OF_THE_CLUSTER}
    settings = settings.replace(opensearch_index=f"bench-{token_hex(4)}", **own)
    try:
        yield settings
    finally:
        client = client_of(engine_options(settings))
        for index in client.ask("GET", f"/{client.prefix}-*", params={"expand_wildcards": "all"}):
            client.ask("DELETE", f"/{index}", seconds=60, or_none=True)
