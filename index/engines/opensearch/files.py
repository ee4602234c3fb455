"""Files in the cluster, as documents of a few megabytes: what belongs to an index and is no index."""

from __future__ import annotations

from base64 import b64decode, b64encode
from collections.abc import Mapping
from hashlib import blake2b
from typing import Any

import orjson

from index.engines.opensearch.client import Client

_PIECE = 2 << 20  # bytes of a file in one document
_SECONDS = 60.0


class Files:
    """The files of one archive.

    :param client: asks the cluster.
    :param replicas: most copies on other nodes.
    """

    def __init__(self, client: Client, replicas: int = 1) -> None:
        self._client = client
        self._index = f"{client.prefix}-files"
        self._replicas = replicas

    def write(self, owner: str, files: Mapping[str, bytes]) -> None:
        """Keep files, in place of those of the same names; each is there whole or not at all.

        :raises EngineError: if they cannot be written.
        """
        self._make()
        for name, content in files.items():
            pieces = [content[at : at + _PIECE] for at in range(0, len(content), _PIECE)]
            for number, piece in enumerate(pieces):
                self._put(f"{owner}/{name}/{number}", {"owner": owner, "data": b64encode(piece).decode()})
            digest = blake2b(content, digest_size=16).hexdigest()
            self._put(f"{owner}/{name}", {"owner": owner, "pieces": len(pieces), "digest": digest})

    def read(self, owner: str, name: str) -> bytes | None:
        """A file, ``None`` if it is not there or not whole.

        :raises EngineUnavailableError: if the cluster does not answer.
        """
        head = self._get(f"{owner}/{name}")
        if head is None:
            return None
        pieces = []
        for number in range(head["pieces"]):
            piece = self._get(f"{owner}/{name}/{number}")
            if piece is None:
                return None
            pieces.append(b64decode(piece["data"]))
        content = b"".join(pieces)
        return content if blake2b(content, digest_size=16).hexdigest() == head["digest"] else None

    def remove(self, owner: str) -> None:
        """Remove all files of an owner; there need be none."""
        self._client.ask(
            "POST",
            f"/{self._index}/_delete_by_query",
            {"query": {"term": {"owner": owner}}},
            params={"refresh": True, "ignore_unavailable": True, "conflicts": "proceed"},
            seconds=_SECONDS,
            or_none=True,
        )

    def _make(self) -> None:
        if self._client.ask("GET", f"/{self._index}/_settings/index.uuid", or_none=True) is not None:
            return
        body = {
            "settings": {"number_of_shards": 1, "auto_expand_replicas": f"0-{self._replicas}"},
            "mappings": {"dynamic": False, "properties": {"owner": {"type": "keyword"}}},
        }
        self._client.ask("PUT", f"/{self._index}", body, seconds=_SECONDS)

    def _put(self, key: str, content: dict[str, Any]) -> None:
        lines = orjson.dumps({"index": {"_id": key}}) + b"\n" + orjson.dumps(content) + b"\n"
        answer = self._client.ask(
            "POST", f"/{self._index}/_bulk", lines, params={"refresh": True}, seconds=_SECONDS
        )
        if answer["errors"]:
            from index.engines.opensearch.errors import refused

            item = answer["items"][0]["index"]
            raise refused(item["status"], item)

    def _get(self, key: str) -> dict[str, Any] | None:
        answer = self._client.ask("POST", f"/{self._index}/_mget", {"ids": [key]}, or_none=True)
        if answer is None:
            return None
        found = answer["docs"][0]
        return found["_source"] if found.get("found") else None
