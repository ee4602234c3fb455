"""A limit of the cluster that long questions meet: how many words and phrases a query may have."""

from __future__ import annotations

import logging

from index.engines.base import EngineError
from index.engines.opensearch.client import Client

CLAUSES = "indices.query.bool.max_clause_count"
"""The cluster's setting: 1,024 by default, about a hundred words, each asked for in all fields."""

ENOUGH = 8192
"""More than the longest question has that is asked."""

_log = logging.getLogger(__name__)


def allow_long_questions(client: Client) -> None:
    """Raise the limit if it is too low. Where that is not allowed, the owner has to; the log says so."""
    try:
        told = client.ask(
            "GET",
            "/_cluster/settings",
            params={"include_defaults": True, "filter_path": f"*.{CLAUSES}"},
        )
        in_force = [
            told[kind]["indices"]["query"]["bool"]["max_clause_count"]
            for kind in ("transient", "persistent", "defaults")
            if kind in told
        ]
        if in_force and int(in_force[0]) < ENOUGH:
            client.ask("PUT", "/_cluster/settings", {"persistent": {CLAUSES: ENOUGH}})
    except (EngineError, KeyError, ValueError) as error:
        _log.warning("%s could not be raised to %d for long questions: %s", CLAUSES, ENOUGH, error)
