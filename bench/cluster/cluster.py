"""Nodes that make a cluster: ready when :func:`start` returns, gone when it is left."""

from __future__ import annotations

import secrets
from pathlib import Path
from types import TracebackType
from typing import Any
from urllib.parse import urlencode

from bench.cluster.node import HOST, START_SECONDS, Node, NodeError, Settings, ask, free_port
from bench.cluster.warming import prepare

_HEAP_MB = {1: 512}
_HEAP_OF_SEVERAL_MB = 320


class Cluster:
    """Running nodes. As a context manager it stops them all at the end."""

    def __init__(self, nodes: list[Node]) -> None:
        self.nodes = nodes

    @property
    def urls(self) -> list[str]:
        """Addresses of all nodes, of those that do not run too."""
        return [node.url for node in self.nodes]

    def ask(self, method: str, path: str, body: Any = None, *, seconds: float = 30) -> Any:
        """Ask the first running node for something that has to be well.

        :param body: an object that is sent as JSON, or lines of JSON as text.
        :returns: the answer, read from JSON.
        :raises NodeError: if the answer is an error, saying which.
        """
        node = next(node for node in self.nodes if node.running)
        status, answer = ask(node.url, method, path, body, seconds=seconds)
        if status >= 400:
            raise NodeError(f"{method} {path} of {node.url} was answered {status}: {answer}")
        return answer

    def wait(
        self, status: str = "green", *, nodes: int | None = None, seconds: float = START_SECONDS
    ) -> None:
        """Wait until all shards are there, and none is on its way from one node to another.

        :param status: ``green`` with all replicas, ``yellow`` without.
        :param nodes: how many the cluster has to have; all by default.
        :raises NodeError: if it does not become so in time.
        """
        wanted = {"wait_for_nodes": nodes or len(self.nodes), "wait_for_status": status}
        asked = urlencode({**wanted, "wait_for_no_relocating_shards": "true", "timeout": f"{int(seconds)}s"})
        running = next(node for node in self.nodes if node.running)
        try:
            answer = ask(running.url, "GET", f"/_cluster/health?{asked}", seconds=seconds + 5)
        except OSError as error:
            raise running.error(f"asked for the cluster's health: {error}") from error
        if answer[0] != 200:
            raise running.error(f"the cluster did not become {status}: {answer[1]}")

    def stop(self) -> None:
        """Stop all nodes."""
        for node in self.nodes:
            node.thaw()
        for node in self.nodes:
            node.stop()

    def __enter__(self) -> Cluster:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()


def start(
    folder: Path,
    nodes: int = 1,
    settings: Settings | None = None,
    *,
    heap_mb: int | None = None,
    options: tuple[str, ...] = (),
) -> Cluster:
    """Start a cluster on free ports of 127.0.0.1 and wait until it is ready.

    :param folder: for data and logs, kept; a folder for each node comes to lie in it.
    :param settings: of every node, by their full names.
    :param heap_mb: of each node, in MiB.
    :param options: of the Java runtime of every node.
    :raises MissingError: if the machine has no Java or Maven for it.
    :raises NodeError: if it does not become ready, with the end of a log.
    """
    distribution = prepare()
    heap_mb = heap_mb or _HEAP_MB.get(nodes, _HEAP_OF_SEVERAL_MB)
    cluster = Cluster(
        [
            Node(distribution, folder / name, free_port(), own, heap_mb=heap_mb, options=options)
            for name, own in _settings(nodes, settings or {}).items()
        ]
    )
    try:
        for node in cluster.nodes:
            node.launch()
        for node in cluster.nodes:
            node.wait()
        cluster.wait()
    except BaseException:
        cluster.stop()
        raise
    return cluster


def _settings(count: int, settings: Settings) -> dict[str, Settings]:
    """Name of each node -> what it has to know to find the others, and no strangers."""
    ports = {f"node{number}": free_port() for number in range(1, count + 1)}
    if count == 1:
        together: dict[str, Any] = {"discovery.type": "single-node"}
    else:
        together = {
            "discovery.seed_hosts": [f"{HOST}:{port}" for port in ports.values()],
            "cluster.initial_cluster_manager_nodes": list(ports),
        }
    together["cluster.name"] = f"telusur-{secrets.token_hex(4)}"
    return {name: {**together, "transport.port": port, **settings} for name, port in ports.items()}
