"""A real node takes the example's settings, is asked for what its roles allow, and does as the page says."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any, NamedTuple, NoReturn

import pytest
import yaml
from click.testing import CliRunner

from bench.cluster.cluster import Cluster, start
from bench.cluster.java import MissingError
from bench.cluster.node import ask
from search.app import create_app
from search.cli.commands import telusur
from tests.cluster.conftest import ARTICLES, TIMEOUT, Archive, articles
from tests.conftest import ROOT

CLUSTER = ROOT / "deploy" / "cluster"
ACTIONS = "actions"
"""Where the node writes down every action that it is asked for; roles allow them by their names."""

OF_OTHERS = ("plugins.security.", "discovery.", "cluster.initial", "network.", "cluster.name")
"""Beginnings of settings for a plugin that is not there, and of those that make it a node of this machine."""


CLUSTER_WIDE = (
    "cluster:",
    "indices:data/read/scroll",
    "indices:admin/template/",
    "indices:admin/index_template/",
)
"""Beginnings of actions that the plugin asks a role's ``cluster_permissions`` for."""

CLUSTER_WIDE_TOO = {
    f"indices:data/{name}" for name in ("write/bulk", "read/mget", "read/msearch", "write/reindex")
}

OF_NODES = ("internal:", "indices:admin/seq_no/")
"""What nodes do among themselves, whoever asked."""

OF_EACH_DOCUMENT = {"indices:data/write/index", "indices:data/write/delete"}
"""What the plugin asks for besides, for the documents of a bulk request."""

WHEN_SOMEBODY_WRITES = {"indices:data/read/get"}
"""What a run asks for only if another one is under way."""

PAGES = (
    "/readyz",
    "/",
    "/?q=banjir&sort=newest",
    "/dokumen/artikel-0101",
    "/api/v1/search?q=banjri+lebak&explain=true",
    "/api/v1/search?q=air+naik&page=9&place=Demak",
    "/api/v1/suggest?q=ban",
    "/api/v1/documents/artikel-0102/similar",
    "/api/v1/export?q=banjir&format=csv",
    "/api/v1/facets/place?q=banjir",
    "/api/v1/stats",
)


class Role(NamedTuple):
    """What a role allows: patterns of actions."""

    cluster: list[str]
    indexes: list[str]

    def denies(self, action: str, named: list[str]) -> bool:
        """Whether it does not allow an action on some indexes."""
        if action.startswith(CLUSTER_WIDE) or action in CLUSTER_WIDE_TOO:
            return not any(fnmatchcase(action, pattern) for pattern in self.cluster)
        if any(name != "telusur" and not name.startswith("telusur-") for name in named):
            return True
        return not any(fnmatchcase(action, pattern) for pattern in self.indexes)


class Recorder:
    """What a node was asked for."""

    def __init__(self, file: Path) -> None:
        self._file = file
        self._read = 0

    def since(self) -> dict[str, list[str]]:
        """Actions since the last call, with the indexes that they named."""
        lines = self._file.read_text(encoding="utf-8").splitlines()
        found: dict[str, list[str]] = {}
        for line in lines[self._read :]:
            action, _, named = line.partition("\t")
            if not action.startswith(OF_NODES):
                found.setdefault(action, []).extend(filter(None, named.split(",")))
        self._read = len(lines)
        return found


class Recorded(NamedTuple):
    """Actions of servers, and of those who write, and the archive that was left."""

    archive: Archive
    reader: dict[str, list[str]]
    writer: dict[str, list[str]]


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
        cluster = start(folder, settings=settings, options=(f"-Dcluster.actions={folder / ACTIONS}",))
    except MissingError as error:
        missing(str(error))
    with cluster:
        yield cluster


@pytest.fixture(scope="module")
def recorded(cluster: Cluster, tmp_path_factory: pytest.TempPathFactory) -> Recorded:
    """What Telusur asks of the node: an index is made, updated, made anew, served, chosen and dropped."""
    archive = Archive(
        tmp_path_factory.mktemp("archive"), cluster.urls, opensearch_replicas=0, opensearch_shards=2
    )
    recorder = Recorder(cluster.nodes[0].folder.parent / ACTIONS)
    cluster.ask("GET", "/")
    recorder.since()
    archive.write(articles())
    assert archive.reindex().added == ARTICLES
    archive.write(articles(ARTICLES + 5)[3:])
    assert archive.reindex().removed == 3
    assert archive.reindex(full=True).documents == ARTICLES + 2
    writer = recorder.since()
    # Another timeout is another client, which asks anew what it is connected to.
    archive.settings = archive.settings.replace(opensearch_timeout=TIMEOUT + 1)
    client = create_app(archive.settings).test_client()
    for page in PAGES:
        assert client.get(page).status_code == 200, page
    reader = recorder.since()
    names = [f"00000{number}-opensearch" for number in (1, 2)]
    for command in (["list"], ["use", names[0]], ["drop", names[1]]):
        run(archive, "generations", *command)
    writer |= recorder.since()
    return Recorded(archive, reader, writer)


def run(archive: Archive, *command: str) -> None:
    """Run a command of ``telusur`` on the archive."""
    environment = {
        f"TELUSUR_{name.upper()}": ",".join(value) if isinstance(value, tuple) else str(value)
        for name, value in archive.settings.items()
        if name.startswith("opensearch") or name in ("engine", "index")
    }
    done = CliRunner().invoke(telusur, command, env=environment, catch_exceptions=False)
    assert done.exit_code == 0, done.output


def role(name: str) -> Role:
    """A role of the example."""
    read: Any = yaml.safe_load((ROOT / "deploy" / "cluster" / "roles.yml").read_text(encoding="utf-8"))[name]
    (indexes,) = read["index_permissions"]
    assert indexes["index_patterns"] == ["telusur", "telusur-*"]
    return Role(read["cluster_permissions"], indexes["allowed_actions"])


def requests_of_the_page(word: str) -> list[Asked]:
    """Requests on the page about clusters whose path holds a word."""
    page = (ROOT / "docs" / "kluster.md").read_text(encoding="utf-8")
    found = re.findall(r"```http\n(\w+) (\S+)\n(.*?)```", page, re.DOTALL)
    return [Asked(method, path, json.loads(body)) for method, path, body in found if word in path]


@pytest.mark.parametrize("name", ["reader", "writer"])
def test_a_role_allows_all_that_is_asked(recorded: Recorded, name: str) -> None:
    own = role(f"telusur_{name}")
    denied = {action: named for action, named in getattr(recorded, name).items() if own.denies(action, named)}
    assert not denied


@pytest.mark.parametrize("name", ["reader", "writer"])
def test_a_role_allows_nothing_that_is_never_asked(recorded: Recorded, name: str) -> None:
    own = role(f"telusur_{name}")
    asked = {*getattr(recorded, name), *OF_EACH_DOCUMENT, *WHEN_SOMEBODY_WRITES}
    unused = [
        pattern
        for pattern in (*own.cluster, *own.indexes)
        if not any(fnmatchcase(action, pattern) for action in asked)
    ]
    assert not unused


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


def test_a_snapshot_brings_back_the_archive_and_nothing_of_others(
    cluster: Cluster, recorded: Recorded
) -> None:
    register, take, restore = requests_of_the_page("_snapshot")
    assert register.body["settings"]["location"] == "/snapshots"
    register.body["settings"]["location"] = cluster.nodes[0].settings["path.repo"][0]
    right = recorded.archive.all_seen()
    cluster.ask("PUT", "/strangers", {"settings": {"number_of_replicas": 0}})
    cluster.ask(*register)
    taken = cluster.ask(*take)["snapshot"]
    assert (taken["state"], "strangers" in taken["indices"]) == ("SUCCESS", False)
    for each in cluster.ask("GET", "/_cat/indices/telusur*?format=json&h=index"):
        cluster.ask("DELETE", f"/{each['index']}")
    assert recorded.archive.ask(0).error

    assert cluster.ask(*restore)["snapshot"]["shards"]["failed"] == 0

    assert recorded.archive.all_seen() == right
    assert recorded.archive.reindex().unchanged == ARTICLES + 2
