"""Aliases say which generation is live and which version of it counts; a call moves them all or none."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import pytest

from index.engines.base import IndexBrokenError
from index.engines.opensearch.client import client_of
from index.engines.opensearch.files import Files
from index.engines.opensearch.home import OpenSearchHome
from tests.nodes import own_names

FIRST, SECOND, THIRD = (f"00000{number}-opensearch" for number in (1, 2, 3))


class Cluster:
    """A home, and what engines and others do to the indexes of its archive."""

    def __init__(self, options: Mapping[str, Any]) -> None:
        self.home = OpenSearchHome(options)
        self.client = client_of(options)
        self.prefix = self.client.prefix

    def make(self, name: str, version: int, *, committed: bool = True, meta: bool = True) -> str:
        """Make a version of a generation; gives the name of its index."""
        index = f"{self.prefix}-{name}-{version}"
        self.client.ask("PUT", f"/{index}", {"settings": {"number_of_replicas": 0}}, seconds=60)
        if committed:
            self.commit(name, version)
        if meta:
            self.home.write(name, {"meta.json": name.encode()})
        return index

    def commit(self, name: str, version: int) -> None:
        alias, index = f"{self.prefix}-{name}", f"{self.prefix}-{name}-{version}"
        actions = [
            {"remove": {"index": f"{alias}-*", "alias": alias, "must_exist": False}},
            {"add": {"index": index, "alias": alias}},
        ]
        self.client.ask("POST", "/_aliases", {"actions": actions}, seconds=60)

    def indexes(self) -> set[str]:
        found = self.client.ask("GET", f"/{self.prefix}-*/_settings/index.uuid")
        return {index.removeprefix(f"{self.prefix}-") for index in found} - {"files"}


@pytest.fixture
def cluster(opensearch: str) -> Iterator[Cluster]:
    with own_names(opensearch) as prefix:
        yield Cluster(
            {
                "opensearch_urls": (opensearch,),
                "opensearch_index": prefix.rstrip("-"),
                "opensearch_timeout": 20.0,
                "opensearch_replicas": 0,
            }
        )


def test_an_empty_cluster_has_no_generations(cluster: Cluster) -> None:
    home = cluster.home
    assert (home.live(), home.names(), home.replaced(), home.state()) == (None, [], [], None)
    assert not home.is_whole(FIRST)
    home.remove(FIRST)
    home.remove_unfinished()


def test_what_is_published_is_live_and_what_it_replaced_is_known_in_order(cluster: Cluster) -> None:
    home = cluster.home
    states = [home.state()]
    for name in (FIRST, SECOND, THIRD):
        cluster.make(name, 1)
        home.publish(name)
        states.append(home.state())
        assert home.live() == name
    assert home.replaced() == [FIRST, SECOND]
    home.publish(SECOND)  # back
    assert (home.live(), home.replaced()) == (SECOND, [FIRST, THIRD])
    assert len(set(states)) == 4
    assert home.state() == states[2]
    home.publish(SECOND)
    assert (home.live(), home.replaced()) == (SECOND, [FIRST, THIRD])


def test_its_state_tells_of_every_commit_and_of_every_file_of_the_live_one(cluster: Cluster) -> None:
    home = cluster.home
    cluster.make(FIRST, 1)
    home.publish(FIRST)
    before = home.state()
    assert home.state() == before
    cluster.make(SECOND, 1)
    assert home.state() == before  # another's
    home.write(FIRST, {"language.json": b"{}"})
    written = home.state()
    assert written != before


def test_a_generation_without_an_index_is_not_published_and_the_live_one_stays(cluster: Cluster) -> None:
    home = cluster.home
    cluster.make(FIRST, 1)
    home.publish(FIRST)
    with pytest.raises(IndexBrokenError):
        home.publish(SECOND)
    assert (home.live(), home.replaced()) == (FIRST, [])


def test_files_of_a_generation_are_kept_with_it_and_go_with_it(cluster: Cluster) -> None:
    home = cluster.home
    cluster.make(FIRST, 1)
    home.write(FIRST, {"language.json": b"bahasa"})
    assert home.read(FIRST, "language.json") == b"bahasa"
    assert set(home.files(FIRST)) == {"meta.json", "language.json"}
    assert home.is_whole(FIRST)
    assert home.size(FIRST) > 0
    with pytest.raises(FileNotFoundError):
        home.read(FIRST, "lain")
    home.remove(FIRST)
    assert not home.is_whole(FIRST)
    assert home.files(FIRST) == {}
    assert cluster.indexes() == set()


def test_versions_that_are_not_in_force_and_files_of_what_is_gone_are_cleared(cluster: Cluster) -> None:
    home = cluster.home
    index = cluster.make(FIRST, 1)
    home.publish(FIRST)
    cluster.make(FIRST, 2)  # committed: the first is not in force any more
    cluster.make(FIRST, 3, committed=False)  # killed
    cluster.make(SECOND, 1, committed=False, meta=False)
    cluster.make(THIRD, 1)
    found = cluster.client.ask("GET", f"/{index}/_settings/index.creation_date")
    made = found[index]["settings"]["index"]["creation_date"]
    files = Files(cluster.client)
    files.write(f"{index}-{made}", {"kata": b"1"})
    files.write("000009-opensearch", {"meta.json": b"1"})
    cluster.client.ask("PUT", f"/{cluster.prefix}-lain", {"settings": {"number_of_replicas": 0}}, seconds=60)
    home.remove_unfinished()
    assert cluster.indexes() == {f"{FIRST}-2", f"{THIRD}-1", "lain"}
    assert files.listed(f"{index}-{made}") == files.listed("000009-opensearch") == {}
    assert home.is_whole(FIRST)
    assert home.is_whole(THIRD)


def test_that_somebody_has_removed_the_live_index_is_told_and_what_was_before_is_known(
    cluster: Cluster,
) -> None:
    home = cluster.home
    for name in (FIRST, SECOND):
        index = cluster.make(name, 1)
        home.publish(name)
    cluster.client.ask("DELETE", f"/{index}", seconds=60)
    with pytest.raises(IndexBrokenError, match=f"alias {cluster.prefix}"):
        home.live()
    assert home.names() == [FIRST]
    assert FIRST in home.replaced()
    home.publish(FIRST)
    assert home.live() == FIRST


def test_an_index_of_others_under_our_name_is_told_from_one_of_ours(cluster: Cluster) -> None:
    cluster.client.ask("PUT", f"/{cluster.prefix}", {"settings": {"number_of_replicas": 0}}, seconds=60)
    with pytest.raises(IndexBrokenError, match="opensearch_index"):
        cluster.home.live()
    cluster.client.ask("DELETE", f"/{cluster.prefix}", seconds=60)


def test_archives_of_similar_names_do_not_meet(cluster: Cluster, opensearch: str) -> None:
    other = Cluster(
        {
            "opensearch_urls": (opensearch,),
            "opensearch_index": f"{cluster.prefix}-dua",
            "opensearch_timeout": 20.0,
        }
    )
    for each in (cluster, other):
        each.make(FIRST, 1)
        each.home.publish(FIRST)
    cluster.home.remove_unfinished()
    cluster.home.remove(FIRST)
    assert other.home.live() == FIRST
    assert other.home.is_whole(FIRST)
    assert cluster.home.names() == []
