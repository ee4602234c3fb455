"""A real node takes the settings of the example, and does what the page about clusters has it do."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NamedTuple, NoReturn

import pytest
import yaml

from bench.cluster.cluster import Cluster, start
from bench.cluster.java import MissingError
from bench.cluster.node import ask
from tests.conftest import ROOT

CLUSTER = ROOT / "deploy" / "cluster"
OF_OTHERS = ("plugins.security.", "discovery.", "cluster.initial", "network.", "cluster.name")
"""Beginnings of settings for a plugin that is not there, and of those that make it a node of this machine."""


class Asked(NamedTuple):
    """A request as the page writes it."""

    method: str
    path: str
    body: Any


@pytest.fixture(scope="module")
def cluster(
    tmp_path_factory: pytest.TempPathFactory, missing: Callable[[str], NoReturn]
) -> Iterator[Cluster]:
    """A node with the settings of the example."""
    folder = tmp_path_factory.mktemp("node")
    settings = yaml.safe_load((CLUSTER / "opensearch.yml").read_text(encoding="utf-8"))
    settings = {name: value for name, value in settings.items() if not name.startswith(OF_OTHERS)}
    settings |= {"path.repo": [str(folder / "snapshots")], "bootstrap.memory_lock": False}
    try:
        cluster = start(folder, settings=settings)
    except MissingError as error:
        missing(str(error))
    with cluster:
        yield cluster


def requests_of_the_page(word: str) -> list[Asked]:
    """Requests on the page about clusters whose path holds a word."""
    page = (ROOT / "docs" / "kluster.md").read_text(encoding="utf-8")
    found = re.findall(r"```http\n(\w+) (\S+)\n(.*?)```", page, re.DOTALL)
    return [Asked(method, path, json.loads(body)) for method, path, body in found if word in path]


def test_a_late_write_makes_no_index_of_ours_by_accident(cluster: Cluster) -> None:
    url = cluster.urls[0]
    refused, told = ask(url, "PUT", "/telusur-late/_doc/1", {"title": "Banjir"})
    assert (refused, told["error"]["type"]) == (404, "index_not_found_exception")
    assert ask(url, "PUT", "/others/_doc/1", {"title": "Banjir"})[0] == 201


def test_indexes_are_not_deleted_by_a_pattern(cluster: Cluster) -> None:
    cluster.ask("PUT", "/telusur-kept", {"settings": {"number_of_replicas": 0}})
    status, _ = ask(cluster.urls[0], "DELETE", "/telusur-*")
    assert status == 400
    assert ask(cluster.urls[0], "HEAD", "/telusur-kept")[0] == 200
    cluster.ask("DELETE", "/telusur-kept")


def test_a_snapshot_brings_back_indexes_and_which_of_them_is_served(cluster: Cluster) -> None:
    register, take, restore = requests_of_the_page("_snapshot")
    folder = Path(cluster.nodes[0].settings["path.repo"][0])
    assert register.body["settings"]["location"] == "/snapshots"
    register.body["settings"]["location"] = str(folder)
    none = {"settings": {"number_of_replicas": 0}}
    cluster.ask("PUT", "/telusur-old", none)
    cluster.ask("PUT", "/telusur-new", {**none, "aliases": {"telusur-live": {}}})
    cluster.ask("PUT", "/telusur-new/_doc/1?refresh=true", {"title": "Banjir"})
    cluster.ask("PUT", "/strangers", none)

    cluster.ask(*register)
    taken = cluster.ask(*take)["snapshot"]
    assert (taken["state"], "strangers" in taken["indices"]) == ("SUCCESS", False)
    for name in ("telusur-old", "telusur-new"):
        cluster.ask("DELETE", f"/{name}")
    restored = cluster.ask(*restore)
    assert restored["snapshot"]["shards"]["failed"] == 0

    assert list(cluster.ask("GET", "/_alias/telusur-live")) == ["telusur-new"]
    assert cluster.ask("GET", "/telusur-live/_count")["count"] == 1
    assert ask(cluster.urls[0], "HEAD", "/telusur-old")[0] == 200
