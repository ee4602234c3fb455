"""Fixtures of real OpenSearch nodes: one that all tests share, and clusters of three, one at a time."""

from __future__ import annotations

import fcntl
import os
import secrets
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NoReturn

import pytest

from bench.cluster.cluster import Cluster, start
from bench.cluster.java import MissingError
from bench.cluster.node import ask
from bench.cluster.shared import folder_in_memory, shared_node


@pytest.fixture(scope="session")
def run_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder that all workers of a test run share."""
    base = tmp_path_factory.getbasetemp()
    return base.parent if "PYTEST_XDIST_WORKER" in os.environ else base


@pytest.fixture(scope="session")
def opensearch(run_folder: Path, missing: Callable[[str], NoReturn]) -> Iterator[str]:
    """Address of the one node of a test run; what a test makes there is named by :func:`own_names`."""
    try:
        with shared_node(run_folder / "opensearch") as url:
            yield url
    except MissingError as error:
        missing(str(error))


@pytest.fixture
def opensearch_prefix(opensearch: str) -> Iterator[str]:
    """What names of a test's indexes begin with on that node, see :func:`own_names`."""
    with own_names(opensearch) as prefix:
        yield prefix


@pytest.fixture(scope="module")
def opensearch_cluster(
    request: pytest.FixtureRequest,
    run_folder: Path,
    tmp_path_factory: pytest.TempPathFactory,
    missing: Callable[[str], NoReturn],
) -> Iterator[Cluster]:
    """Three nodes of a module's own, which it may kill; ``CLUSTER_SETTINGS`` of the module are theirs.

    No two modules have theirs at the same time, whatever worker they run on.
    """
    with (run_folder / "cluster.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        settings = getattr(request.module, "CLUSTER_SETTINGS", {})
        folder = folder_in_memory(tmp_path_factory.mktemp("cluster"))
        try:
            with start(folder, 3, settings) as cluster:
                yield cluster
        except MissingError as error:
            missing(str(error))
        finally:
            shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def own_names(url: str) -> Iterator[str]:
    """A beginning of names that nobody else uses; indexes of such names, and so their aliases, go at the end.

    :param url: of a node that answers at the end, too.
    """
    prefix = f"test-{secrets.token_hex(6)}-"
    yield prefix
    _, indexes = ask(url, "GET", f"/_cat/indices/{prefix}*?format=json&h=index&expand_wildcards=all")
    for index in indexes:
        ask(url, "DELETE", f"/{index['index']}")
