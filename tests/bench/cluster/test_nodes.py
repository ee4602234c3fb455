"""Nodes on this machine do what tests of a cluster ask of them, and are gone afterwards."""

from __future__ import annotations

import signal
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any, NoReturn

import pytest

from bench.cluster.cluster import Cluster, start
from bench.cluster.java import MissingError
from bench.cluster.node import NodeError, ask
from tests.conftest import ROOT, Start
from tests.nodes import own_names

JOIN = """
import sys
from contextlib import suppress
from pathlib import Path
from signal import pause
from bench.cluster.shared import shared_node
with suppress(KeyboardInterrupt), shared_node(Path(sys.argv[1])) as url:
    print(url, flush=True)
    pause()
"""


def answers(url: str, seconds: float = 30) -> bool:
    """Whether a node says who it is."""
    try:
        return ask(url, "GET", "/", seconds=seconds)[0] == 200
    except OSError:
        return False


def started(folder: Path, missing: Callable[[str], NoReturn], settings: dict[str, Any]) -> Cluster:
    """A node of the test's own."""
    try:
        return start(folder, settings=settings, heap_mb=256)
    except MissingError as error:
        missing(str(error))


def test_the_node_of_a_run_answers(opensearch: str) -> None:
    status, told = ask(opensearch, "GET", "/")
    assert (status, told["version"]["distribution"]) == (200, "opensearch")


def test_what_a_test_made_on_it_goes_with_the_test_and_nothing_else(opensearch: str) -> None:
    with own_names(opensearch) as mine, own_names(opensearch) as other:
        with own_names(opensearch) as passing:
            for prefix in (passing, other):
                aliased = {"aliases": {f"{prefix}alias": {}}}
                assert ask(opensearch, "PUT", f"/{prefix}news", aliased)[0] == 200
        asked = {
            name: ask(opensearch, "HEAD", f"/{name}")[0] for name in (f"{passing}news", f"{passing}alias")
        }
        assert set(asked.values()) == {404}
        assert ask(opensearch, "HEAD", f"/{other}alias")[0] == 200
        assert mine not in (passing, other)


def test_a_node_is_frozen_thawed_killed_and_back_with_its_data(
    tmp_path: Path, missing: Callable[[str], NoReturn]
) -> None:
    with started(tmp_path, missing, {}) as cluster:
        node = cluster.nodes[0]
        cluster.ask("PUT", "/news", {"settings": {"number_of_replicas": 0}})
        cluster.ask("POST", "/news/_bulk", '{"index": {"_id": "banjir"}}\n{"title": "Banjir"}\n')

        node.freeze()
        assert node.running
        assert not answers(node.url, 0.5)
        node.thaw()
        assert answers(node.url)

        node.freeze()
        node.kill()
        assert not node.running
        assert not answers(node.url)

        node.restart()
        cluster.wait()
        assert cluster.ask("GET", "/news/_doc/banjir")["_source"] == {"title": "Banjir"}
    assert not answers(node.url)


def test_a_node_that_does_not_start_shows_its_log(tmp_path: Path, missing: Callable[[str], NoReturn]) -> None:
    with pytest.raises(NodeError, match=r"it did not start(?s:.*)unknown setting \[no\.such\.setting\]"):
        started(tmp_path, missing, {"no.such.setting": 1})


def test_a_shared_node_survives_who_started_it_and_ends_with_the_last(
    tmp_path: Path, opensearch: str, start_program: Start
) -> None:
    del opensearch  # what nodes need is here

    def join() -> Any:
        return start_program(JOIN, str(tmp_path / "shared"), cwd=ROOT, stdout=subprocess.PIPE)

    first, second = join(), join()
    urls = {program.stdout.readline().decode().strip() for program in (first, second)}
    url = urls.pop()
    assert not urls, "both were given the same node"
    assert answers(url)

    first.send_signal(signal.SIGKILL)
    first.wait()
    assert answers(url)

    second.send_signal(signal.SIGINT)
    assert second.wait(60) == 0
    assert not answers(url)
