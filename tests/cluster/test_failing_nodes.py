"""Nodes are killed, frozen, lost, full, or have too much to do: answers are right, or are not given."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from typing import Any

import pytest

from bench.cluster.cluster import Cluster
from bench.cluster.node import Node, NodeError, ask
from index.engines.base import EngineError, EngineUnavailableError
from tests.cluster.conftest import ARTICLES, Archive, articles, slow, until, wrong

pytestmark = pytest.mark.long
ENOUGH = 15
"""Questions that are asked before something is done, and again afterwards."""

CLUSTER_SETTINGS = {
    # A cluster notices within seconds what it otherwise bears for half a minute.
    "cluster.fault_detection.follower_check.timeout": "1s",
    "cluster.fault_detection.follower_check.retry_count": 2,
    "cluster.fault_detection.leader_check.timeout": "1s",
    "cluster.fault_detection.leader_check.retry_count": 2,
    # The least that there is: how often disks are looked at.
    "cluster.info.update.interval": "10s",
}
PATIENCE = 30
"""Seconds until copies of small indexes are made, at most."""

DISK = "cluster.routing.allocation.disk"


@pytest.fixture(autouse=True)
def _whole_again(archive: Archive, opensearch_cluster: Cluster) -> Iterator[None]:
    """Every test begins with three nodes, all copies, and the same articles."""
    yield
    for node in opensearch_cluster.nodes:
        node.thaw()
        if not node.running:
            node.launch()
    for node in opensearch_cluster.nodes:
        node.wait()
    set_cluster(opensearch_cluster, **{"*": None})
    try:
        opensearch_cluster.wait("green", seconds=PATIENCE)
    except NodeError:
        # OpenSearch 3.9 may leave a primary that takes no writes where a majority was lost under one; it
        # takes them again once its node is started anew.
        for node in opensearch_cluster.nodes:
            node.stop()
        for node in opensearch_cluster.nodes:
            node.launch()
        for node in opensearch_cluster.nodes:
            node.wait()
        opensearch_cluster.wait("green")
    archive.write(articles())
    archive.reindex()


def holder(cluster: Cluster, pattern: str = "telusur") -> Node:
    """A node that holds a primary shard of an index of the archive."""
    shards = cluster.ask("GET", f"/_cat/shards/{pattern}?format=json&h=prirep,node")
    name = next(shard["node"] for shard in shards if shard["prirep"] == "p")
    return next(node for node in cluster.nodes if node.folder.name == name)


def set_cluster(cluster: Cluster, **settings: Any) -> None:
    """Change settings of the running cluster; ``None`` for the usual."""
    cluster.ask("PUT", "/_cluster/settings", {"transient": settings})


def set_watermarks(cluster: Cluster, low: str, high: str, flood: str) -> None:
    """Have the cluster mind its disks, and say how much has to be left on them."""
    stages = {"low": low, "high": high, "flood_stage": flood}
    watermarks = {f"{DISK}.watermark.{stage}": left for stage, left in stages.items()}
    set_cluster(cluster, **watermarks, **{f"{DISK}.threshold_enabled": True})


def is_blocked(cluster: Cluster) -> bool:
    """Whether the cluster lets nobody write to indexes of ours."""
    told = cluster.ask("GET", "/telusur-*/_settings/index.blocks.read_only_allow_delete?flat_settings=true")
    return bool(told) and all(index["settings"] for index in told.values())


def size(node: Node) -> int:
    """How many nodes the cluster has, as far as one of them knows and tells."""
    try:
        return int(ask(node.url, "GET", "/_cluster/health")[1].get("number_of_nodes", 0))
    except OSError:
        return 0


def generations(cluster: Cluster) -> set[str]:
    """Indexes of the archive, beside the one for files."""
    return {each["index"] for each in cluster.ask("GET", "/_cat/indices/telusur-0*?format=json&h=index")}


def test_a_node_is_killed_under_searches_and_nobody_notices_but_by_waiting(
    archive: Archive, opensearch_cluster: Cluster
) -> None:
    right = archive.all_seen()
    with archive.asked_meanwhile() as asked:
        until(lambda: len(asked) > ENOUGH)
        holder(opensearch_cluster).kill()
        until(lambda: len(asked) > 4 * ENOUGH)
    assert not wrong(asked, right)
    assert not slow(asked)
    assert archive.all_seen() == right


def test_a_frozen_node_costs_no_more_than_the_timeout(archive: Archive, opensearch_cluster: Cluster) -> None:
    right = archive.all_seen()
    frozen = holder(opensearch_cluster)
    with archive.asked_meanwhile() as asked:
        until(lambda: len(asked) > ENOUGH)
        frozen.freeze()
        others = [node for node in opensearch_cluster.nodes if node is not frozen]
        until(lambda: size(others[0]) == 2)
        # The cluster has put it out: who asks goes elsewhere, though it is frozen still.
        passed = len(asked)
        until(lambda: sum(each.error is None for each in asked[passed:]) > ENOUGH)
        frozen.thaw()
    assert not wrong(asked, right)
    assert not slow([each for each in asked if each.error])
    assert all(isinstance(each.error, EngineUnavailableError) for each in asked if each.error)
    assert archive.all_seen() == right


def test_when_the_node_of_a_new_index_is_killed_the_old_one_stays(
    archive: Archive, opensearch_cluster: Cluster
) -> None:
    before, there = archive.all_seen(), generations(opensearch_cluster)
    archive.write([*articles(), *articles(ARTICLES + 20, "gempa")[-20:]])
    killed = threading.Event()

    def kill_under_it() -> None:
        until(lambda: generations(opensearch_cluster) - there)
        # While it is written an index has no copies: this is all of it.
        new = max(generations(opensearch_cluster) - there)
        until(lambda: holder(opensearch_cluster, new))
        holder(opensearch_cluster, new).kill()
        killed.set()

    with archive.asked_meanwhile(1) as asked:
        killing = threading.Thread(target=kill_under_it)
        killing.start()
        try:
            archive.reindex(full=True)
        except EngineError:
            assert not wrong([archive.ask(number) for number in range(5)], before)
        killing.join()
    assert killed.is_set()
    for node in opensearch_cluster.nodes:
        if not node.running:
            node.restart()
    opensearch_cluster.wait("yellow")
    assert archive.reindex(full=True).documents == ARTICLES + 20
    after = archive.all_seen()
    for each in asked:
        number = each.number % len(before)
        assert each.seen in (None, before[number], after[number]), "an answer that is neither old nor new"
    assert len(generations(opensearch_cluster)) <= 2, "what was not finished is still there"


def test_at_the_flood_stage_reindex_says_so_and_what_is_served_stays(
    archive: Archive, opensearch_cluster: Cluster
) -> None:
    right = archive.all_seen()
    # No disk has so much left.
    set_watermarks(opensearch_cluster, "1003tb", "1002tb", "1001tb")
    until(lambda: is_blocked(opensearch_cluster))
    archive.write(articles(ARTICLES + 5))
    for all_anew in (False, True):
        with pytest.raises(EngineError, match="diska sebuah simpul OpenSearch hampir penuh"):
            archive.reindex(full=all_anew)
    assert archive.all_seen() == right

    set_watermarks(opensearch_cluster, "3b", "2b", "1b")
    until(lambda: not is_blocked(opensearch_cluster))
    assert archive.reindex().added == 5


@pytest.mark.parametrize("breaker", ["indices.breaker.total.limit", "indices.breaker.request.limit"])
def test_what_is_refused_for_want_of_memory_is_told_as_busy_and_nothing_is_lost(
    archive: Archive, opensearch_cluster: Cluster, breaker: str
) -> None:
    right = archive.all_seen()
    archive.write(articles(ARTICLES + 5))
    with archive.asked_meanwhile() as asked:
        set_cluster(opensearch_cluster, **{breaker: "1%" if "total" in breaker else "1b"})
        until(lambda: any(each.error for each in asked))
        if "total" in breaker:
            with pytest.raises(EngineUnavailableError, match="sibuk"):
                archive.reindex()
        set_cluster(opensearch_cluster, **{breaker: None})
        until(lambda: archive.ask(0).error is None)
    errors = [each.error for each in asked if each.error]
    assert all(isinstance(error, EngineUnavailableError) for error in errors), errors
    assert any("sibuk" in str(error) for error in errors), errors
    assert not wrong(asked, right)
    assert not slow(asked)
    assert archive.reindex().added == 5


def test_without_a_majority_nothing_is_written_and_what_is_answered_is_right(
    archive: Archive, opensearch_cluster: Cluster
) -> None:
    right = archive.all_seen()
    for node in opensearch_cluster.nodes[:2]:
        node.kill()
    asked = [archive.ask(number) for number in range(10)]
    assert not wrong(asked, right)
    assert not slow(asked)
    archive.write(articles(ARTICLES + 1))
    began = time.monotonic()
    with pytest.raises(EngineUnavailableError):
        archive.reindex()
    assert time.monotonic() - began < 30
    with pytest.raises(NodeError):
        opensearch_cluster.wait("green", seconds=1)
