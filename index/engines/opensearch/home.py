"""The home of an archive's generations in a cluster: aliases say which indexes count, files what they need.

::

    <prefix>                            alias: the live one, of the index
    <prefix>-000002-opensearch          alias: the last commit of a generation, of the index
    <prefix>-000002-opensearch-3        an index: one version of a generation
    <prefix>-files                      an index: files of generations and versions, and who writes
"""

from __future__ import annotations

import contextlib
import re
from collections.abc import Hashable, Iterator, Mapping
from contextlib import AbstractContextManager
from typing import Any

import orjson

from index.engines.base import EngineError, EngineUnavailableError, IndexBrokenError
from index.engines.opensearch.client import Client, client_of
from index.engines.opensearch.files import Files
from index.engines.opensearch.lease import Lease
from index.messages import _

_META = "meta.json"
_PUBLICATIONS = "publications"
_HISTORY = "names.json"
_SECONDS = 120.0  # nobody waits for a page meanwhile
_WAIT = {"timeout": "60s", "cluster_manager_timeout": "60s"}
_MADE = {"filter_path": "*.settings.index.creation_date", "expand_wildcards": "all"}


class OpenSearchHome:
    """See :class:`index.engines.base.Home`.

    :param options: of a location.
    """

    def __init__(self, options: Mapping[str, Any]) -> None:
        self._options = options
        self._lease: Lease | None = None
        prefix = re.escape(str(self._client.prefix))
        self._version = re.compile(rf"{prefix}-(\d{{6,}}-[a-z0-9]+)-\d+")

    @property
    def _client(self) -> Client:
        return client_of(self._options)  # each process has its own

    @property
    def _files(self) -> Files:
        return Files(self._client, int(self._options.get("opensearch_replicas", 1)))

    def live(self) -> str | None:
        """Name of the live generation."""
        found = self._indexes(self._client.prefix)
        if not found:
            if self._history():
                raise IndexBrokenError(
                    _(
                        "indeks yang melayani hilang dari OpenSearch (alias {name}); jalankan `reindex`",
                        name=self._client.prefix,
                    )
                )
            return None
        (index, *others) = sorted(found)
        named = self._version.fullmatch(index)
        if others or not named:
            raise IndexBrokenError(
                _(
                    "{name} di OpenSearch menunjuk {found}, bukan satu indeks Telusur; periksa pengaturan "
                    "opensearch_index",
                    name=self._client.prefix,
                    found=", ".join(sorted(found)),
                )
            )
        return named[1]

    def names(self) -> list[str]:
        """Every generation of which there is an index."""
        return sorted({name for name, _index, _made in self._versions()})

    def replaced(self) -> list[str]:
        """Those that were live before."""
        live = None
        with contextlib.suppress(IndexBrokenError):
            live = self.live()
        return [name for name in self._history() if name != live]

    def publish(self, name: str) -> None:
        """Move the alias that says which generation is live."""
        if self._lease is not None:
            self._lease.check()
        before = None
        with contextlib.suppress(IndexBrokenError):
            before = self.live()
        there = set(self.names())
        history = [each for each in self._history() if each in there and each not in (before, name)]
        history += [before] if before not in (None, name) else []
        if before is not None:
            self._note(history)
        self._point(name)
        self._note([*history, name])

    def remove(self, name: str) -> None:
        """Remove the files and all indexes of a generation."""
        self._files.remove(name)  # without them it is unfinished, should this be interrupted
        for owner, index, made in self._versions():
            if owner == name:
                self._drop(index)
                self._files.remove(_owner(index, made))

    def remove_unfinished(self) -> None:
        """Remove versions that were not committed, or are not any more, and files of what is gone."""
        committed = self._aliases()
        owners = {_PUBLICATIONS}
        for name, index, made in self._versions():
            if f"{self._client.prefix}-{name}" in committed.get(index, ()):
                owners |= {name, _owner(index, made)}
            else:
                self._drop(index)
        self._files.keep(owners)

    def files(self, name: str) -> Mapping[str, str]:
        """The files of a generation."""
        return self._files.listed(name)

    def read(self, name: str, file: str) -> bytes:
        """A file of a generation."""
        content = self._files.read(name, file)
        if content is None:
            raise FileNotFoundError(_("{file} tidak ada di OpenSearch, atau tidak utuh", file=file))
        return content

    def write(self, name: str, files: Mapping[str, bytes]) -> None:
        """Keep files of a generation."""
        self._files.write(name, files)

    def is_whole(self, name: str) -> bool:
        """Whether a generation has an index and is known."""
        return bool(self._indexes(self._alias(name))) and _META in self._files.listed(name)

    def is_used(self, name: str) -> bool:
        """Nobody knows; who reads one that is removed turns to the live one."""
        return False

    def size(self, name: str) -> int:
        """Bytes of the last commit of a generation on all nodes."""
        told = self._client.ask(
            "GET",
            f"/{self._alias(name)}/_stats/store",
            params={"filter_path": "_all.total.store"},
            or_none=True,
        )
        return int(told["_all"]["total"]["store"]["size_in_bytes"]) if told else 0

    def state(self) -> Hashable:
        """The version that is live, and of which state the files of its generation are."""
        found = self._indexes(self._client.prefix)
        if not found:
            return None
        named = self._version.fullmatch(next(iter(found)))
        return tuple(sorted(found.items())), self._files.state(named[1]) if named else None

    def lock(self, holder: Mapping[str, Any], ended: str | None) -> AbstractContextManager[None]:
        """Hold the lease."""
        self._lease = Lease(self._client, self._files)
        return self._lease.held(holder, ended)

    def _point(self, name: str) -> None:
        """Have the alias of the live one point to the last commit of a generation, and to nothing else."""
        live = self._client.prefix
        target = next(iter(self._indexes(self._alias(name))), None)
        if target is None:
            raise IndexBrokenError(_("indeks {name} tidak ada di OpenSearch", name=self._alias(name)))
        before = [index for index in self._indexes(live) if index != target]
        actions: list[dict[str, Any]] = [
            {"remove": {"index": index, "alias": live, "must_exist": True}} for index in before
        ]
        actions.append({"add": {"index": target, "alias": live}})
        try:
            told = self._client.ask(
                "POST", "/_aliases", {"actions": actions}, params=_WAIT, seconds=_SECONDS, again=False
            )
            if not told.get("acknowledged"):
                raise EngineUnavailableError(_("OpenSearch belum memastikan indeks yang melayani; coba lagi"))
        except EngineError:
            # Whether it was done, when nobody answered, can be seen.
            if list(self._indexes(live)) != [target]:
                raise

    def _drop(self, index: str) -> None:
        self._client.ask("DELETE", f"/{index}", params=_WAIT, seconds=_SECONDS, or_none=True)

    def _versions(self) -> Iterator[tuple[str, str, str]]:
        """(generation, index, when it was made) of every version there is."""
        for index, made in self._indexes(f"{self._client.prefix}-*").items():
            if named := self._version.fullmatch(index):
                yield named[1], index, made

    def _indexes(self, pattern: str) -> dict[str, str]:
        """Indexes and when they were made, by a name, an alias or a pattern of names."""
        found = (
            self._client.ask("GET", f"/{pattern}/_settings/index.creation_date", params=_MADE, or_none=True)
            or {}
        )
        return {index: told["settings"]["index"]["creation_date"] for index, told in found.items()}

    def _aliases(self) -> dict[str, set[str]]:
        """The aliases of every index."""
        pattern = f"/{self._client.prefix}-*/_alias"
        found = self._client.ask("GET", pattern, params={"expand_wildcards": "all"}, or_none=True) or {}
        return {index: set(told["aliases"]) for index, told in found.items()}

    def _alias(self, name: str) -> str:
        return f"{self._client.prefix}-{name}"

    def _history(self) -> list[str]:
        """Names of those that were live, the last one last."""
        content = self._files.read(_PUBLICATIONS, _HISTORY)
        return [str(name) for name in orjson.loads(content)] if content else []

    def _note(self, history: list[str]) -> None:
        self._files.write(_PUBLICATIONS, {_HISTORY: orjson.dumps(history)})


def _owner(index: str, made: str) -> str:
    """Whose the files of a version are."""
    return f"{index}-{made}"
