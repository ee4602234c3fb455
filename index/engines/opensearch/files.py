"""Small files in the cluster, in pieces of a few megabytes: what belongs to an index and is no index.

One document for each owner lists his files; it is written last, so that a file is there whole or not at all.
Everything is read by its id, which finds what was written a moment ago, too.
"""

from __future__ import annotations

import secrets
from base64 import b64decode, b64encode
from collections.abc import Collection, Hashable, Iterable, Mapping
from hashlib import blake2b
from typing import Any

import orjson

from index.engines.opensearch.client import Client
from index.engines.opensearch.errors import RefusedError, incomplete, refused

_PIECE = 2 << 20  # bytes of a file in one document
_MOST = 10_000  # ids that one search gives
_SECONDS = 60.0
_ATTEMPTS = 20  # to read a file that is being replaced


class Files:
    """The files of one archive.

    :param client: asks the cluster.
    :param replicas: most copies on other nodes.
    """

    def __init__(self, client: Client, replicas: int = 1) -> None:
        self._client = client
        self.index = f"{client.prefix}-files"
        self._replicas = replicas

    def write(self, owner: str, files: Mapping[str, bytes]) -> None:
        """Keep files, in place of those of the same names; each is there whole or not at all.

        :param owner: letters, digits, ``-`` and ``_``.
        :raises EngineError: if they cannot be written; those of before are still there.
        """
        if not files:
            return
        self.make()
        before = self._list(owner)
        listed = dict(before)
        for name, content in files.items():
            listed[name] = self._write_pieces(owner, content)
        self._bulk([{"index": {"_id": owner}}, {"owner": owner, "files": listed}])
        replaced = (before[name] for name in files if name in before)
        self._delete(_piece(owner, old, number) for old in replaced for number in range(old["pieces"]))

    def read(self, owner: str, name: str) -> bytes | None:
        """A file, ``None`` if it is not there or not whole.

        :raises EngineUnavailableError: if the cluster does not answer.
        """
        before: dict[str, Any] | None = None
        for _attempt in range(_ATTEMPTS):
            listed = self._list(owner).get(name)
            if listed is None or listed == before:  # else it was replaced while its pieces were read
                return None
            before = listed
            content = self._read_pieces(owner, listed)
            if content is not None and digest(content) == listed["digest"]:
                return content
        return None

    def listed(self, owner: str) -> dict[str, str]:
        """An owner's files, and what :func:`digest` gives of each.

        :raises EngineUnavailableError: if the cluster does not answer.
        """
        return {name: str(listed["digest"]) for name, listed in self._list(owner).items()}

    def state(self, owner: str) -> Hashable:
        """Changes with every write to an owner's files; ``None`` if he has none."""
        found = self._client.ask(
            "GET", f"/{self.index}/_doc/{owner}", params={"_source": False}, or_none=True
        )
        return (found["_seq_no"], found["_primary_term"]) if found else None

    def remove(self, owner: str) -> None:
        """Remove all files of an owner; there need be none."""
        self._delete(id_ for id_ in self._ids() if id_.partition("/")[0] == owner)

    def keep(self, owners: Collection[str]) -> None:
        """Remove the files of all others, and pieces that a killed run has left."""
        wanted = {
            _piece(owner, listed, number)
            for owner in owners
            for listed in self._list(owner).values()
            for number in range(listed["pieces"])
        }
        self._delete(id_ for id_ in self._ids() if id_ not in wanted and id_ not in owners)

    def make(self) -> None:
        """Make the index that holds the files, unless it is there."""
        if self._client.ask("GET", f"/{self.index}/_settings/index.uuid", or_none=True) is not None:
            return
        copies: dict[str, Any] = (
            {"auto_expand_replicas": f"0-{self._replicas}"} if self._replicas else {"number_of_replicas": 0}
        )
        body = {"settings": {"number_of_shards": 1, **copies}, "mappings": {"dynamic": False}}
        try:
            self._client.ask("PUT", f"/{self.index}", body, seconds=_SECONDS)
        except RefusedError as error:
            if error.kind != "resource_already_exists_exception":
                raise

    def _write_pieces(self, owner: str, content: bytes) -> dict[str, Any]:
        """Write the pieces of a file under ids of their own; what is to be listed of it."""
        pieces = -(-len(content) // _PIECE)
        listed = {"token": secrets.token_hex(8), "pieces": pieces, "digest": digest(content)}
        for number in range(pieces):
            data = b64encode(content[number * _PIECE : (number + 1) * _PIECE]).decode()
            self._bulk([{"index": {"_id": _piece(owner, listed, number)}}, {"owner": owner, "data": data}])
        return listed

    def _read_pieces(self, owner: str, listed: Mapping[str, Any]) -> bytes | None:
        pieces = []
        for number in range(listed["pieces"]):
            piece = self._get(_piece(owner, listed, number))
            if piece is None:
                return None
            pieces.append(b64decode(piece["data"]))
        return b"".join(pieces)

    def _list(self, owner: str) -> dict[str, dict[str, Any]]:
        head = self._get(owner)
        return dict(head["files"]) if head else {}

    def _get(self, id_: str) -> dict[str, Any] | None:
        answer = self._client.ask("POST", f"/{self.index}/_mget", {"ids": [id_]}, or_none=True)
        if answer is None:
            return None
        found = answer["docs"][0]
        if "error" in found:
            if found["error"].get("type") == "index_not_found_exception":
                return None
            raise refused(503, found)
        return found["_source"] if found.get("found") else None

    def _ids(self) -> list[str]:
        """The ids of documents, but the lock's; of very many the rest is for the next time."""
        self._client.ask("POST", f"/{self.index}/_refresh", or_none=True)
        body = {"_source": False, "size": _MOST}
        found = self._client.ask("POST", f"/{self.index}/_search", body, seconds=_SECONDS, or_none=True)
        if found is None:
            return []
        if found["_shards"]["successful"] < found["_shards"]["total"]:
            raise incomplete()
        return [hit["_id"] for hit in found["hits"]["hits"] if hit["_id"] != LOCK]

    def _delete(self, ids: Iterable[str]) -> None:
        self._bulk([{"delete": {"_id": id_}} for id_ in ids])

    def _bulk(self, lines: list[dict[str, Any]]) -> None:
        if not lines:
            return
        body = b"".join(orjson.dumps(line) + b"\n" for line in lines)
        answer = self._client.insist("POST", f"/{self.index}/_bulk", body, seconds=_SECONDS)
        for item in answer["items"] if answer["errors"] else ():
            (told,) = item.values()
            if "error" in told:
                raise refused(told["status"], told)


LOCK = "lock"
"""The id of the document that says who writes."""


def digest(content: bytes) -> str:
    """What tells a content from any other: BLAKE2b of 16 bytes, in hexadecimal."""
    return blake2b(content, digest_size=16).hexdigest()


def _piece(owner: str, listed: Mapping[str, Any], number: int) -> str:
    return f"{owner}/{listed['token']}/{number}"
