"""Mirror: the rows of one database as they were read last, in a file beside the index.

Rows lie in buckets in the order of their first arrival, so that new ones, and with them most that change,
share few. A fetch is one transaction: when the server goes away meanwhile, the mirror is as it was before.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import sqlite3
import time
import zlib
from collections.abc import Iterable, Iterator
from datetime import date, datetime
from datetime import time as clock
from decimal import Decimal
from pathlib import Path
from typing import Any, NamedTuple
from uuid import UUID

from index.messages import _
from index.sources.base import InputFile, printable
from index.sources.databases.connecting import DatabaseError, Row, rows_of
from index.sources.databases.description import Database

ENDING = ".rows"
"""How the name of a mirror's file ends."""

_BUCKET = 256  # rows
_DAY = 86_400  # seconds
_USUAL_KEY = "id"
_FORMAT = 1
_TABLES = f"""
CREATE TABLE rows (key TEXT PRIMARY KEY, bucket INTEGER NOT NULL, digest BLOB NOT NULL, row BLOB NOT NULL);
CREATE INDEX rows_by_bucket ON rows (bucket);
CREATE TABLE about (name TEXT PRIMARY KEY, value TEXT);
PRAGMA user_version = {_FORMAT};
"""


class Fetched(NamedTuple):
    """What a fetch found.

    :param rows: that came.
    :param changed: of them, new ones and such as differ from before.
    :param removed: that were there before and are no more.
    :param is_whole: it asked for all rows; only then it is known which are no more.
    """

    rows: int
    changed: int
    removed: int
    is_whole: bool


class Mirror:
    """The mirror of one database. A context manager that closes it.

    :param path: its file; made if there is none.
    """

    def __init__(self, database: Database, path: Path) -> None:
        self._database = database
        self.path = path
        self._file = _opened(path)

    def __enter__(self) -> Mirror:
        return self

    def __exit__(self, *error: object) -> None:
        self._file.close()

    def fetch(self, *, whole: bool = False) -> Fetched:
        """Bring it up to date.

        :param whole: ask for all rows, also if those that have changed could be asked for.
        :raises DatabaseError: if the database cannot be read; the mirror is as before.
        """
        known = self._said("fingerprint") == self._database.fingerprint
        asks_all = whole or not known or not self._database.incremental or self._is_due()
        since = None if asks_all else _from_text(self._said("since"))
        with self._file:
            self._file.execute("BEGIN IMMEDIATE")
            self._file.execute("CREATE TEMP TABLE IF NOT EXISTS seen (key TEXT PRIMARY KEY) WITHOUT ROWID")
            self._file.execute("DELETE FROM seen")
            with contextlib.closing(rows_of(self._database, since)) as rows:
                found = self._take(rows, is_whole=since is None)
            self._say("fingerprint", self._database.fingerprint)
            if found.is_whole:
                self._say("whole", str(time.time()))
        return found

    def inputs(self) -> Iterator[InputFile]:
        """Its buckets, for ``reindex`` to read."""
        for (bucket,) in self._file.execute("SELECT DISTINCT bucket FROM rows ORDER BY bucket").fetchall():
            yield InputFile(self.path, f"{self._database.source}/{bucket}", self.path, part=bucket)

    def copied_to(self, path: Path) -> None:
        """Copy it into another file."""
        with contextlib.closing(sqlite3.connect(path)) as copy:
            self._file.backup(copy)

    def _take(self, rows: Iterable[Row], *, is_whole: bool) -> Fetched:
        count = changed = 0
        column = self._database.incremental
        latest: Any = None if is_whole else _from_text(self._said("since"))
        bucket, room = self._last_bucket()
        for row in rows:
            if not count:
                _check_columns(self._database, row)
            count += 1
            if column:
                latest = _later(latest, row[column])
            key, content = _kept(self._database, row)
            digest = hashlib.blake2b(content, digest_size=16).digest()
            if is_whole:
                self._file.execute("INSERT OR IGNORE INTO seen VALUES (?)", (key,))
            before = self._file.execute("SELECT digest FROM rows WHERE key = ?", (key,)).fetchone()
            if before is not None and before[0] == digest:
                continue
            changed += 1
            packed = zlib.compress(content, 1)
            if before is not None:
                self._file.execute("UPDATE rows SET digest = ?, row = ? WHERE key = ?", (digest, packed, key))
                continue
            bucket, room = (bucket, room - 1) if room else (bucket + 1, _BUCKET - 1)
            self._file.execute("INSERT INTO rows VALUES (?, ?, ?, ?)", (key, bucket, digest, packed))
        removed = 0
        if is_whole:
            gone = "DELETE FROM rows WHERE NOT EXISTS (SELECT 1 FROM seen WHERE seen.key = rows.key)"
            removed = self._file.execute(gone).rowcount
        self._say("since", "" if latest is None else _to_text(latest))
        return Fetched(count, changed, removed, is_whole)

    def _is_due(self) -> bool:
        """Whether all rows were asked for too long ago for what was deleted to be still here."""
        days = self._database.whole_every_days
        return days > 0 and time.time() - float(self._said("whole") or 0) > days * _DAY

    def _last_bucket(self) -> tuple[int, int]:
        """The last bucket, and how many rows there is room for in it."""
        last = self._file.execute("SELECT max(bucket) FROM rows").fetchone()[0]
        if last is None:
            return 0, 0
        held = self._file.execute("SELECT count(*) FROM rows WHERE bucket = ?", (last,)).fetchone()[0]
        return last, max(0, _BUCKET - held)

    def _said(self, name: str) -> str:
        found = self._file.execute("SELECT value FROM about WHERE name = ?", (name,)).fetchone()
        return found[0] if found else ""

    def _say(self, name: str, value: str) -> None:
        self._file.execute("INSERT OR REPLACE INTO about VALUES (?, ?)", (name, value))


def _opened(path: Path) -> sqlite3.Connection:
    """The file of a mirror; a damaged one, or one of another form, begins anew."""
    path.parent.mkdir(parents=True, exist_ok=True)
    for _attempt in range(2):
        file = sqlite3.connect(path, isolation_level=None)
        try:
            version = file.execute("PRAGMA user_version").fetchone()[0]
            if version == _FORMAT:
                file.execute("SELECT count(*) FROM about").fetchone()
                return file
            if not file.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]:
                file.executescript(_TABLES)
                return file
        except sqlite3.DatabaseError:
            pass
        file.close()
        path.unlink(missing_ok=True)
    raise OSError(0, _("salinan basis data tidak dapat dibuat: {path}", path=path))


def _check_columns(database: Database, row: Row) -> None:
    for column in filter(None, (database.key, database.incremental, *database.fields.values())):
        if column not in row:
            raise DatabaseError(
                _(
                    "query tidak memberi kolom {column}; yang ada: {columns}",
                    column=column,
                    columns=", ".join(row),
                )
            )


def _kept(database: Database, row: Row) -> tuple[str, bytes]:
    """The key of a row, and the row as it is kept."""
    record = {column: plain for column, value in row.items() if (plain := _plain(value)) is not None}
    content = json.dumps(record, ensure_ascii=False, sort_keys=True).encode("utf-8", "surrogatepass")
    key = record.get(database.key or _USUAL_KEY)
    return printable(str(key)) if key is not None else hashlib.blake2b(
        content, digest_size=16
    ).hexdigest(), content


def _plain(value: Any) -> Any:
    """A value as JSON has it."""
    if value is None or isinstance(value, (bool, int, float, str)):
        return value
    if isinstance(value, (datetime, date, clock)):
        return value.isoformat()
    if isinstance(value, (bytes, bytearray, memoryview)):
        return bytes(value).decode("utf-8", "replace")
    if isinstance(value, (Decimal, UUID)):
        return str(value)
    if isinstance(value, (list, tuple, set, frozenset)):
        return [_plain(each) for each in value]
    if isinstance(value, dict):
        return {str(name): _plain(each) for name, each in value.items()}
    return str(value)


_KINDS: dict[str, Any] = {
    "int": int,
    "float": float,
    "Decimal": Decimal,
    "str": str,
    "datetime": datetime.fromisoformat,
    "date": date.fromisoformat,
}


def _later(one: Any, other: Any) -> Any:
    """The later of two values of a column; what cannot be compared or kept counts for nothing."""
    if type(other).__name__ not in _KINDS:
        return one
    try:
        return other if one is None or other > one else one
    except TypeError:
        return other


def _to_text(value: Any) -> str:
    written = value.isoformat() if isinstance(value, date) else str(value)
    return f"{type(value).__name__}:{written}"


def _from_text(text: str) -> Any | None:
    kind, colon, written = text.partition(":")
    try:
        return _KINDS[kind](written) if colon else None
    except (KeyError, ValueError, ArithmeticError):
        return None
