"""Keys of the API: made, kept as hashes in a file beside the index, and recognised.

A key is 32 random bytes. One pass of SHA-256 is enough for its hash: what makes slow hashes necessary for
passwords is that they can be guessed, and nobody guesses one of 2^256 keys, however fast guesses are checked.
"""

from __future__ import annotations

import fcntl
import hashlib
import hmac
import json
import logging
import os
import secrets
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import date
from enum import StrEnum
from pathlib import Path

from msgspec import Struct
from msgspec.structs import asdict

from index.messages import _
from index.store.durable import read_checked, replace_checked
from search.query.periods import today_in_jakarta

logger = logging.getLogger(__name__)

KEYS_FILE = "keys.json"
LOOK_SECONDS = 1.0
"""How often a server looks whether the file has changed."""

LONGEST_NAME = 100
_BYTES = 32
_PREFIX = "telusur"


class KeysError(Exception):
    """Keys cannot be read or changed; the message is for the owner."""


class Role(StrEnum):
    """What a key opens. The later ones open what the earlier ones do."""

    SEARCH = "search"
    ADMIN = "admin"


class Key(Struct, frozen=True):
    """One key, without what is secret of it.

    :param id: stands in the key itself, so that it is found without trying all.
    :param name: whom the owner gave it to.
    :param hash: SHA-256 of the whole key, hexadecimal.
    :param created: day; likewise ``expires``, the last one on which it opens anything.
    :param rate: how often all who use it may ask, together; ``""`` if each is counted like everybody else.
    """

    id: str
    name: str
    role: Role
    hash: str
    created: date
    expires: date | None = None
    rate: str = ""

    @property
    def expired(self) -> bool:
        """Whether its last day is over, in Jakarta."""
        return self.expires is not None and today_in_jakarta() > self.expires

    def opens(self, role: Role) -> bool:
        """Whether it opens what is for a role."""
        return self.role is role or self.role is Role.ADMIN

    def to_dict(self) -> dict[str, str | None]:
        """What the owner is told of it: all but the hash."""
        told = asdict(self) | {"expires": self.expires and self.expires.isoformat()}
        del told["hash"]
        return told | {"created": self.created.isoformat()}


def make_key(name: str, role: Role, expires: date | None = None, rate: str = "") -> tuple[str, Key]:
    """A new key: its text, which is kept nowhere, and what is kept of it."""
    key_id = secrets.token_hex(4)
    text = f"{_PREFIX}_{key_id}_{secrets.token_urlsafe(_BYTES)}"
    return text, Key(key_id, name, role, _hash(text), today_in_jakarta(), expires, rate)


def looks_like_a_key(text: str) -> bool:
    """Whether it may be one of ours."""
    return text.startswith(f"{_PREFIX}_")


class KeyFile:
    """The keys of an index, as the owner changes them.

    :param index: folder of the index; they stand beside its generations, which come and go.
    """

    def __init__(self, index: Path) -> None:
        self.path = index / KEYS_FILE

    def read(self) -> dict[str, Key]:
        """All keys by their ids, in the order they were made.

        :raises KeysError: if the file is there and cannot be read.
        """
        try:
            records = json.loads(read_checked(self.path))["keys"]
            return {record["id"]: _key(record) for record in records}
        except FileNotFoundError:
            return {}
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise KeysError(_("{path} tidak dapat dibaca: {error}", path=self.path, error=error)) from error

    def add(self, key: Key) -> None:
        """Keep a key.

        :raises KeysError: if another one has its name, or the file cannot be read or written.
        """
        with self._changing() as keys:
            if any(each.name == key.name for each in keys.values()):
                raise KeysError(_("sudah ada kunci bernama {name}", name=key.name))
            self._write([*keys.values(), key])

    def revoke(self, name: str) -> Key:
        """Forget a key, so that it opens nothing any more.

        :param name: its name or id.
        :raises KeysError: if there is none, or the file cannot be read or written.
        """
        with self._changing() as keys:
            revoked = next((key for key in keys.values() if name in (key.name, key.id)), None)
            if revoked is None:
                raise KeysError(_("tidak ada kunci bernama {name}", name=name))
            self._write(key for key in keys.values() if key is not revoked)
            return revoked

    @contextmanager
    def _changing(self) -> Iterator[dict[str, Key]]:
        """One change at a time, whoever makes it."""
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            folder = os.open(self.path.parent, os.O_RDONLY | os.O_CLOEXEC)
            try:
                fcntl.flock(folder, fcntl.LOCK_EX)
                yield self.read()
            finally:
                os.close(folder)
        except OSError as error:
            raise KeysError(_("{path} tidak dapat ditulis: {error}", path=self.path, error=error)) from error

    def _write(self, keys: Iterable[Key]) -> None:
        records = [key.to_dict() | {"hash": key.hash} for key in keys]
        replace_checked(self.path, json.dumps({"keys": records}, indent=1) + "\n", secret=True)


class Keys:
    """The keys in force in a server; safe to share between threads.

    :param file: looked at as requests come, so that every process knows of a change within a second. While it
        cannot be read those stay in force that were.
    :param look_seconds: how often.
    """

    def __init__(self, file: KeyFile, look_seconds: float = LOOK_SECONDS) -> None:
        self._file = file
        self._look_seconds = look_seconds
        self._next_look = 0.0
        self._seen: tuple[int, ...] | str = ()
        self._keys: dict[str, Key] = {}
        self._broken = False

    @property
    def are_used(self) -> bool:
        """Whether the owner gave out any; if not, what programs send as one means nothing."""
        self._look()
        return bool(self._keys) or self._broken

    def find(self, text: str) -> Key | None:
        """The key that a text is, if it is in force."""
        self._look()
        key = self._keys.get(text.split("_", 2)[1] if text.count("_") > 1 else "")
        if key is None or not hmac.compare_digest(key.hash, _hash(text)) or key.expired:
            return None
        return key

    def _look(self) -> None:
        now = time.monotonic()
        if now < self._next_look:
            return
        self._next_look = now + self._look_seconds
        try:
            status = self._file.path.stat()
            seen: tuple[int, ...] | str = (status.st_ino, status.st_mtime_ns, status.st_size, status.st_mode)
        except OSError as error:
            seen = type(error).__name__
        if seen == self._seen:
            return
        self._seen = seen
        try:
            self._keys, self._broken = self._file.read(), False
        except KeysError as error:
            self._broken = True
            logger.error("the keys in force stay in force: %s", error)


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def _key(record: dict[str, str]) -> Key:
    expires = record["expires"]
    return Key(
        str(record["id"]),
        str(record["name"]),
        Role(record["role"]),
        str(record["hash"]),
        date.fromisoformat(record["created"]),
        date.fromisoformat(expires) if expires else None,
        str(record["rate"]),
    )
