"""Buckets: some rows of a mirror, which ``reindex`` knows and reads like a file."""

from __future__ import annotations

import contextlib
import hashlib
import json
import sqlite3
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

from index.messages import _
from index.sources.base import UnreadableError


def digest_of_part(path: Path, part: int) -> bytes:
    """What a bucket holds, as a digest.

    :raises OSError: if the mirror cannot be read.
    """
    digest = hashlib.blake2b(digest_size=16)
    with _reading(path) as file:
        for key, row in file.execute("SELECT key, digest FROM rows WHERE bucket = ? ORDER BY key", (part,)):
            digest.update(f"{len(key)}:{key}".encode("utf-8", "surrogateescape") + row)
    return digest.digest()


def size_of_part(path: Path, part: int) -> int:
    """Bytes that a bucket takes.

    :raises OSError: if the mirror cannot be read.
    """
    with _reading(path) as file:
        found = file.execute("SELECT sum(length(row)) FROM rows WHERE bucket = ?", (part,)).fetchone()
    return found[0] or 0


def records_of_part(path: Path, part: int) -> Iterator[tuple[str, bytes]]:
    """The keys of a bucket's rows, and each row as JSON.

    :raises OSError: if the mirror cannot be read.
    """
    with _reading(path) as file:
        for key, row in file.execute("SELECT key, row FROM rows WHERE bucket = ? ORDER BY rowid", (part,)):
            yield key, zlib.decompress(row)


@contextlib.contextmanager
def _reading(path: Path) -> Iterator[sqlite3.Connection]:
    address = f"file:{quote(str(path.absolute()))}?mode=ro"
    try:
        with contextlib.closing(sqlite3.connect(address, uri=True)) as file:
            yield file
    except (sqlite3.Error, zlib.error) as error:
        raise OSError(0, _("salinan basis data rusak: {error}", error=error)) from error


def json_of(content: bytes) -> Any:
    """A kept row.

    :raises UnreadableError: if it is damaged.
    """
    try:
        return json.loads(content.decode("utf-8", "surrogatepass"))
    except ValueError as error:
        raise UnreadableError(_("salinan basis data rusak: {error}", error=error)) from error
