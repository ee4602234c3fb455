"""The versions of one index: each commit is an index of its own, and an alias says which one is in force.

Nothing is written to a version that is in force: readers on any machine have it open. A transaction writes
into the next one, a copy by hard links; one call moves the alias.
"""

from __future__ import annotations

import re
import secrets
import time
from collections.abc import Mapping
from contextlib import suppress
from typing import Any, NamedTuple

from index.engines.base import (
    EngineError,
    EngineUnavailableError,
    IndexBrokenError,
    IndexMissingError,
    Location,
)
from index.engines.opensearch.client import WAITS, client_of
from index.engines.opensearch.errors import BusyError, RefusedError
from index.engines.opensearch.limits import allow_long_questions
from index.engines.opensearch.schema import REBALANCED, mapping, settings
from index.messages import _

SECONDS = 120.0
"""Longest wait for something that changes an index: nobody waits for a page meanwhile."""

GRACE_SECONDS = 60.0
"""How long a version that was replaced goes on answering, at least."""

_CLOSE_SECONDS = 60.0
_COPY_SECONDS = 30  # wait for copies on other nodes; they come later too
_WAIT = {"timeout": "60s", "cluster_manager_timeout": "60s"}
_ALONE = {"index.auto_expand_replicas": False, "index.number_of_replicas": 0, REBALANCED: "none"}
_SETTINGS = "/_settings/index.number_of_shards,index.creation_date"
_MADE = {"filter_path": "*.settings.index"}


class Version(NamedTuple):
    """One index of the cluster.

    :param name: what the cluster calls it.
    :param number: 0 for the empty one that an index begins with.
    :param mark: tells it from every other of its name: when it was made, in milliseconds. A snapshot brings
        that back, unlike the UUID.
    :param shards: parts that answer each for itself.
    :param made: when it was made, in seconds, on the cluster's clock.
    """

    name: str
    number: int
    mark: str
    shards: int
    made: float

    @property
    def owner(self) -> str:
        """Whose its files are."""
        return f"{self.name}-{self.mark}"


class Versions:
    """The versions of the index at a location."""

    def __init__(self, location: Location) -> None:
        self.client = client_of(location.options)
        self.alias = f"{self.client.prefix}-{location.name}"
        self._shards = int(location.options.get("opensearch_shards") or 1)
        self.replicas = int(location.options.get("opensearch_replicas", 1))
        self._token = secrets.token_hex(4)
        self._numbered = re.compile(re.escape(self.alias) + r"-(\d+)")

    @property
    def writing(self) -> str:
        """The alias of the version that is being written, for this transaction alone: one that was away so
        long that another has taken its place writes nowhere."""
        return f"{self.alias}-writing-{self._token}"

    def committed(self) -> Version:
        """The version in force.

        :raises IndexMissingError: if there is none.
        :raises IndexBrokenError: if nobody can say which.
        """
        found = self.client.ask("GET", f"/{self.alias}{_SETTINGS}", params=_MADE, or_none=True)
        versions = self._read(found)
        if found is None or not found:
            raise IndexMissingError(
                _("belum ada indeks {name} di OpenSearch; jalankan `reindex`", name=self.alias)
            )
        if len(found) != 1 or len(versions) != 1:
            raise IndexBrokenError(
                _(
                    "alias {name} di OpenSearch menunjuk {found}; jalankan `reindex --full`",
                    name=self.alias,
                    found=", ".join(sorted(found)),
                )
            )
        return versions[0]

    def every(self) -> list[Version]:
        """All versions there are, in their order, in force or not."""
        found = self.client.ask(
            "GET",
            f"/{self.alias}-*{_SETTINGS}",
            params={**_MADE, "expand_wildcards": "all"},
        )
        return self._read(found)

    def begin(self) -> Version:
        """Make the empty version that is in force from the beginning.

        :raises EngineError: if there is an index already.
        """
        there = EngineError(_("sudah ada indeks {name} di OpenSearch; pilih nama lain", name=self.alias))
        with suppress(IndexMissingError):
            self.committed()
            raise there
        allow_long_questions(self.client)
        for leftover in self.every():
            self.drop(leftover)
        try:
            return self._make(0, self.alias)
        except RefusedError as error:
            if error.kind == "resource_already_exists_exception":
                raise there from error
            raise

    def next(self, base: Version) -> Version:
        """A version to be written, with what the base holds."""
        if not base.number:
            return self._make(1, self.writing)
        number = base.number + 1
        name = f"{self.alias}-{number}"
        body = {
            "settings": {"index.blocks.write": None, **_ALONE},
            "aliases": {self.writing: {}},
        }
        path = f"/{base.name}/_clone/{name}"
        try:
            self._change("PUT", path, body, again=False)
        except RefusedError as error:
            if error.kind != "resource_already_exists_exception":
                raise
            # A run that was killed just now had asked for it; it has come since leftovers were looked for.
            self.drop(self._named(name))
            self._change("PUT", path, body, again=False)
        return self._named(name)

    def serve(self, version: Version, similarity: Mapping[str, Any]) -> None:
        """Have a version that was written searched as long as it lasts, with copies on other nodes.

        :param similarity: how its fields score: of an index that is closed, it may change.
        """
        if self._named(version.name) != version:
            raise EngineError(_("indeks {name} di OpenSearch sudah diganti proses lain", name=version.name))
        self._close(version)
        self._change(
            "PUT",
            f"/{version.name}/_settings",
            {
                "index.similarity": similarity,
                "index.blocks.write": True,
                REBALANCED: None,
                "index.auto_expand_replicas": f"0-{self.replicas}" if self.replicas else False,
            },
        )
        self._change("POST", f"/{version.name}/_open")
        with suppress(EngineUnavailableError):  # what is not copied yet will be
            self.client.ask(
                "GET",
                f"/_cluster/health/{version.name}",
                params={"wait_for_status": "green", "timeout": f"{_COPY_SECONDS}s"},
                seconds=_COPY_SECONDS + 5.0,
            )

    def publish(self, base: Version, version: Version) -> None:
        """Put a version in force in one step, also as the live one if its base is that."""
        live = self.client.prefix
        aliases = self.client.ask("GET", f"/{base.name}/_alias")[base.name]["aliases"]
        actions: list[dict[str, Any]] = [{"remove": {"index": version.name, "alias": self.writing}}]
        for alias in (self.alias, *([live] if live in aliases else ())):
            actions += (
                {"remove": {"index": base.name, "alias": alias, "must_exist": True}},
                {"add": {"index": version.name, "alias": alias}},
            )
        try:
            self._change("POST", "/_aliases", {"actions": actions}, again=False)
        except EngineError:
            # Whether it was done, when nobody answered, can be seen.
            if self.committed() != version:
                raise

    def outdated(self, version: Version) -> list[Version]:
        """What nobody asks any more.

        :param version: the one in force.
        """
        found = [each for each in self.every() if each.number < version.number]
        # The one before stays: servers may not have seen the new one yet. Likewise any that was replaced
        # just now: an answer that takes its time is finished on what it began with.
        replaced = [after.made for after in found[1:]]
        old = [
            each for each, made in zip(found, replaced, strict=False) if version.made - made > GRACE_SECONDS
        ]
        return [*old, *[each for each in found if not each.number and each not in old]]

    def drop(self, version: Version) -> None:
        """Remove a version; it need not be there, and another of its name stays."""
        path = f"/{version.name}{_SETTINGS}"
        found = self._read(self.client.ask("GET", path, params=_MADE, or_none=True))
        if found and found[0].mark != version.mark:
            return
        self.client.insist("DELETE", f"/{version.name}", params=_WAIT, seconds=SECONDS, or_none=True)

    def _close(self, version: Version) -> None:
        deadline = time.monotonic() + _CLOSE_SECONDS
        while True:
            try:
                self._change("POST", f"/{version.name}/_close")
                return
            except EngineUnavailableError as error:
                # A shard that moves just now, off a node that is full or leaves, is not closed, which is told
                # at once.
                if isinstance(error, BusyError) or time.monotonic() > deadline:
                    raise
                time.sleep(WAITS[0])

    def _make(self, number: int, alias: str) -> Version:
        name = f"{self.alias}-{number}"
        body = {"settings": settings(self._shards), "mappings": mapping(), "aliases": {alias: {}}}
        self._change("PUT", f"/{name}", body, again=False)
        return self._named(name)

    def _named(self, name: str) -> Version:
        (version,) = self._read(self.client.ask("GET", f"/{name}{_SETTINGS}", params=_MADE))
        return version

    def _read(self, found: Any) -> list[Version]:
        versions = []
        for name, told in (found or {}).items():
            if numbered := self._numbered.fullmatch(name):
                index = told["settings"]["index"]
                shards, mark = int(index["number_of_shards"]), index["creation_date"]
                versions.append(Version(name, int(numbered[1]), mark, shards, int(mark) / 1000))
        return sorted(versions, key=lambda version: version.number)

    def _change(self, method: str, path: str, body: Any = None, *, again: bool = True) -> None:
        answer = self.client.insist(method, path, body, params=_WAIT, seconds=SECONDS, again=again)
        if not (answer.get("acknowledged") and answer.get("shards_acknowledged", True)):
            raise EngineUnavailableError(
                _("gugus OpenSearch belum menyelesaikan {request}; coba lagi", request=f"{method} {path}")
            )
