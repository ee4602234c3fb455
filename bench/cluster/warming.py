"""Keeps the classes of a node as the Java runtime has them in memory, which halves the time of a start."""

from __future__ import annotations

import json
import tempfile
from pathlib import Path

from bench.cluster.distribution import Distribution, alone, distribution
from bench.cluster.node import Node, ask, free_port

_DOCUMENTS = [{"text": f"banjir ke-{number}", "day": f"2024-01-{number:02}"} for number in range(1, 20)]
_SEARCH = {
    "query": {
        "bool": {"must": [{"match_phrase": {"text": "banjir ke"}}], "filter": [{"prefix": {"text": "ba"}}]}
    },
    "aggs": {"days": {"terms": {"field": "day"}}},
    "sort": ["_score", "day"],
    "track_total_hits": True,
}


def prepare() -> Distribution:
    """What nodes run, ready to be run; the first call of a user takes a minute.

    :raises MissingError: if the machine has no Java or Maven for it, or nothing can be built.
    :raises NodeError: if a node does not start.
    """
    with alone():
        found = distribution()
        if not found.archive.exists():
            _archive_classes(found)
        return found


def _archive_classes(found: Distribution) -> None:
    """Run a node, ask it what tests ask most, and have the runtime write its classes as it ends."""
    partial = found.archive.with_suffix(".partial")
    with tempfile.TemporaryDirectory(prefix="telusur-cluster-") as folder:
        options = (f"-XX:ArchiveClassesAtExit={partial}", "-Xlog:cds=off", "-Xlog:cds*=off")
        settings = {"discovery.type": "single-node", "transport.port": free_port()}
        node = Node(found, Path(folder) / "node", free_port(), settings, options=options)
        try:
            node.launch()
            node.wait()
            _use(node)
        finally:
            node.stop()
    # A runtime that cannot do it leaves nothing: that is not to be tried at each start.
    partial.touch()
    partial.rename(found.archive)


def _use(node: Node) -> None:
    lines = "".join(f'{{"index": {{}}}}\n{json.dumps(document)}\n' for document in _DOCUMENTS)
    fields = {"text": {"type": "text"}, "day": {"type": "keyword"}}
    for method, path, body in (
        ("PUT", "/words", {"mappings": {"properties": fields}}),
        ("POST", "/words/_bulk?refresh=true", lines),
        ("POST", "/words/_search", _SEARCH),
        ("POST", "/words/_forcemerge?max_num_segments=1", None),
        ("POST", "/_aliases", {"actions": [{"add": {"index": "words", "alias": "known"}}]}),
        ("GET", "/known", None),
        ("DELETE", "/words", None),
    ):
        status, answer = ask(node.url, method, path, body)
        if status >= 400:
            raise node.error(f"{method} {path} was answered {status}: {answer}")
