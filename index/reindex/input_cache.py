"""InputCache: what each input file yielded when it was last read, by the digest of its bytes.

An unchanged file is hashed and not parsed. The cache says what bytes yield, never what the index holds, and a
lost or damaged one is made anew: SQLite keeps no checksums, so each input has one of what it yielded. It also
knows where an article was read last, which the index does not once the article has moved: what cannot be read
for now is kept by that.
"""

from __future__ import annotations

import contextlib
import logging
import sqlite3
import zlib
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import TypeVar
from urllib.parse import quote

from index.errors import ReindexError
from index.messages import _
from index.reindex.articles import Article
from index.sources.base import Skip

CACHE_FILE = "inputs.sqlite"
_FORMAT = 3
_TABLES = f"""
CREATE TABLE inputs (key BLOB PRIMARY KEY, checksum INTEGER) WITHOUT ROWID;
CREATE TABLE yields (
    key BLOB, number INTEGER, id TEXT, hash TEXT, origin TEXT, identity TEXT, reason TEXT,
    PRIMARY KEY (key, number)
) WITHOUT ROWID;
PRAGMA user_version = {_FORMAT};
"""
_YIELDS = "SELECT number, id, hash, origin, identity, reason FROM yields WHERE key = ? ORDER BY number"
_ROWS = 1000

_log = logging.getLogger(__name__)
_T = TypeVar("_T")
_Row = tuple[bytes, int, str | None, str | None, str, str | None, str | None]


class CacheLostError(ReindexError):
    """The cache turned out to be damaged while it was read."""

    def __init__(self, path: Path) -> None:
        super().__init__(_("{path} rusak dan sudah dibuang; jalankan `reindex` lagi", path=path))


class InputCache:
    """What files yielded, kept beside the index.

    :param root: folder of the index.
    :param writable: whether this run may change the cache; if not, nothing is created either.
    """

    def __init__(self, root: Path, *, writable: bool = True) -> None:
        self._path = root / CACHE_FILE
        self._writable = writable
        self._database: sqlite3.Connection | None = None
        self._verified = b""  # the key of the input that was verified last
        if writable or self._path.is_file():
            try:
                self._database = self._open()
            except sqlite3.Error:
                if writable:
                    with contextlib.suppress(sqlite3.Error, OSError):
                        self._path.unlink()
                        self._database = self._open()

    def _open(self) -> sqlite3.Connection:
        mode = "rwc" if self._writable else "ro"
        address = f"file:{quote(str(self._path.absolute()))}?mode={mode}"
        database = sqlite3.connect(address, uri=True, isolation_level=None)
        try:
            is_other = database.execute("PRAGMA user_version").fetchone()[0] != _FORMAT
            if is_other and not self._writable:
                raise sqlite3.DatabaseError
            if is_other:
                for table in ("inputs", "yields"):
                    database.execute(f"DROP TABLE IF EXISTS {table}")
                database.executescript(_TABLES)
            database.execute("CREATE TEMP TABLE met (key BLOB PRIMARY KEY) WITHOUT ROWID")
            database.execute("BEGIN")
            database.execute("SELECT count(*) FROM inputs").fetchone()
        except sqlite3.Error:
            database.close()
            raise
        return database

    def knows(self, key: bytes) -> bool:
        """Whether it is known what the file of this key yields."""

        def read(database: sqlite3.Connection) -> bool:
            database.execute("INSERT OR IGNORE INTO met VALUES (?)", (key,))
            return database.execute("SELECT 1 FROM inputs WHERE key = ?", (key,)).fetchone() is not None

        return bool(self._try(read))

    def get(self, key: bytes) -> Iterator[Article | Skip]:
        """What the file of a known key yielded, in order; articles without their content.

        :raises CacheLostError: if it cannot be read; the cache is gone then.
        """
        if self._database is None:
            raise CacheLostError(self._path)
        try:
            if key != self._verified:
                self._verify(self._database, key)
            for _number, name, hashed, origin, identity, reason in self._database.execute(_YIELDS, (key,)):
                yield Skip(origin, reason) if name is None else Article(name, hashed, origin, identity)
        except (sqlite3.Error, OverflowError) as error:
            self.close()
            if self._writable:
                with contextlib.suppress(OSError):
                    self._path.unlink()
            raise CacheLostError(self._path) from error

    def _verify(self, database: sqlite3.Connection, key: bytes) -> None:
        expected = database.execute("SELECT checksum FROM inputs WHERE key = ?", (key,)).fetchone()
        if expected != (_checksum(database.execute(_YIELDS, (key,))),):
            raise sqlite3.DatabaseError(_("jumlah periksanya tidak ada atau salah"))
        self._verified = key

    def record(self, key: bytes) -> Recorder:
        """Begin to note what a file yields."""
        self._write(lambda database: database.execute("DELETE FROM yields WHERE key = ?", (key,)))
        return Recorder(self, key)

    def keep(self, is_unread: Callable[[str], bool]) -> None:
        """Do not forget, though this run has not met them, files of origins that could not be read now."""

        def meet(database: sqlite3.Connection) -> None:
            database.create_function("is_unread", 1, is_unread)
            database.execute("INSERT OR IGNORE INTO met SELECT key FROM yields WHERE is_unread(origin)")
            database.execute("CREATE TEMP TABLE places AS SELECT id, origin FROM yields")
            database.execute("CREATE INDEX places_by_id ON places (id)")

        self._try(meet)

    def places(self, id: str) -> list[str]:
        """After :meth:`keep`: every origin that an article was last read from, as far as that is known."""
        query = "SELECT origin FROM places WHERE id = ?"
        return self._try(lambda database: [row[0] for row in database.execute(query, (id,))]) or []

    def commit(self) -> None:
        """Keep what was noted, and forget every file that this run has not met."""

        def purge(database: sqlite3.Connection) -> None:
            for table in ("inputs", "yields"):
                database.execute(f"DELETE FROM {table} WHERE key NOT IN (SELECT key FROM met)")  # noqa: S608
            database.execute("COMMIT")
            database.execute("BEGIN")

        self._write(purge)

    def close(self) -> None:
        """Drop what was not kept. Idempotent."""
        if self._database is not None:
            self._database.close()
            self._database = None

    def insert(self, rows: list[_Row]) -> None:
        """Add rows of what a file yields."""
        self._write(lambda db: db.executemany("INSERT INTO yields VALUES (?, ?, ?, ?, ?, ?, ?)", rows))

    def complete(self, key: bytes, checksum: int) -> None:
        """Note that all of a file's rows are there."""

        def write(database: sqlite3.Connection) -> None:
            database.execute("INSERT OR REPLACE INTO inputs VALUES (?, ?)", (key, checksum))
            database.execute("INSERT OR IGNORE INTO met VALUES (?)", (key,))

        self._write(write)

    def _write(self, action: Callable[[sqlite3.Connection], object]) -> None:
        if self._writable:
            self._try(action)

    def _try(self, action: Callable[[sqlite3.Connection], _T]) -> _T | None:
        """Do something with the database; when it fails, this run goes on without a cache."""
        if self._database is None:
            return None
        try:
            return action(self._database)
        except sqlite3.Error as error:
            # A run that writes nothing loses nothing by it.
            _log.log(
                logging.WARNING if self._writable else logging.DEBUG, "%s is not used: %s", self._path, error
            )
            self.close()
            return None


class Recorder:
    """Notes what one file yields while it is read."""

    def __init__(self, cache: InputCache, key: bytes) -> None:
        self._cache = cache
        self._key = key
        self._count = 0
        self._checksum = 0
        self._rows: list[_Row] = []

    def add(self, found: Article | Skip) -> None:
        """It yielded an article, or something in it was skipped."""
        row = (
            (None, None, found.source, None, found.reason)
            if isinstance(found, Skip)
            else (found.id, found.content_hash, found.origin, found.identity, None)
        )
        self._rows.append((self._key, self._count, *row))
        self._checksum = _checksum([(self._count, *row)], self._checksum)
        self._count += 1
        if len(self._rows) >= _ROWS:
            self._cache.insert(self._rows)
            self._rows = []

    def finish(self) -> None:
        """The file was read to its end and has not changed meanwhile."""
        self._cache.insert(self._rows)
        self._cache.complete(self._key, self._checksum)


def _checksum(rows: Iterable[tuple[object, ...]], before: int = 0) -> int:
    for row in rows:
        before = zlib.crc32(repr(row).encode("utf-8", "surrogatepass"), before)
    return before
