"""The file of what visitors asked: counts by day, query and face, beside the index.

Each writing opens the file, makes one short transaction and closes it: several processes take turns, an owner
may remove the file at any time, and a process that is killed leaves nothing half written.
"""

from __future__ import annotations

import errno
import os
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from datetime import date, timedelta
from pathlib import Path
from typing import NamedTuple

from msgspec import Struct

QUERIES_FILE = "queries.sqlite3"

MOST_A_DAY = 20_000
"""Different queries of a day that are told apart; more are counted together, as :data:`OTHERS`."""

OTHERS = ""

CLICKS_A_SEARCH = 10
"""Clicks that are believed for each search; nobody opens more of its results."""

BUSY_SECONDS = 1.0
"""How long a process waits for another one that writes."""

_SCHEMA = """
CREATE TABLE IF NOT EXISTS searches (
    day TEXT NOT NULL, query TEXT NOT NULL, face TEXT NOT NULL,
    searches INTEGER NOT NULL, empty INTEGER NOT NULL, some INTEGER NOT NULL, total INTEGER NOT NULL,
    PRIMARY KEY (day, query, face)
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS clicks (
    day TEXT NOT NULL, query TEXT NOT NULL, face TEXT NOT NULL, position INTEGER NOT NULL,
    clicks INTEGER NOT NULL,
    PRIMARY KEY (day, query, face, position)
) WITHOUT ROWID;
"""
_ADD_SEARCHES = """
INSERT INTO searches VALUES (?, ?, ?, ?, ?, ?, ?)
ON CONFLICT DO UPDATE SET searches = searches + excluded.searches, empty = empty + excluded.empty,
    some = some + excluded.some, total = excluded.total
"""
_ADD_CLICKS = """
INSERT INTO clicks SELECT :day, :query, :face, :position, :clicks
WHERE (SELECT searches FROM searches WHERE day = :day AND query = :query AND face = :face) * :most
    >= :clicks + (SELECT coalesce(sum(clicks), 0) FROM clicks
                  WHERE day = :day AND query = :query AND face = :face)
ON CONFLICT DO UPDATE SET clicks = clicks + excluded.clicks
"""


class Asked(NamedTuple):
    """What is counted together.

    :param day: in Jakarta, as ``2027-01-31``.
    :param query: normalised.
    :param face: where it was asked: ``page``, ``component``, ``api`` or ``meili``.
    """

    day: str
    query: str
    face: str


class Count(Struct):
    """How often it was asked.

    :param empty: searches that found nothing.
    :param some: searches in which no article had all words.
    :param total: articles that the last one found.
    """

    searches: int = 0
    empty: int = 0
    some: int = 0
    total: int = 0

    def add(self, other: Count) -> None:
        """Count what came later."""
        self.searches += other.searches
        self.empty += other.empty
        self.some += other.some
        self.total = other.total


class Store:
    """The file.

    :param path: made when something is written first, for its owner's eyes alone.
    """

    def __init__(self, path: Path) -> None:
        self.path = path

    @classmethod
    def of(cls, index: str) -> Store:
        """That of an index, by its folder."""
        return cls(Path(index) / QUERIES_FILE)

    def add(self, searches: Mapping[Asked, Count], clicks: Mapping[tuple[Asked, int], int]) -> None:
        """Count searches, and clicks on results of searches that are counted already.

        :raises OSError: if the file cannot be made; :class:`sqlite3.Error` if it cannot be written.
        """
        with self._writing() as connection:
            rows = _bounded(connection, searches)
            connection.executemany(
                _ADD_SEARCHES,
                [(*asked, each.searches, each.empty, each.some, each.total) for asked, each in rows.items()],
            )
            connection.executemany(
                _ADD_CLICKS,
                [
                    asked._asdict() | {"position": position, "clicks": count, "most": CLICKS_A_SEARCH}
                    for (asked, position), count in clicks.items()
                ],
            )

    def forget(self, today: date, days: int) -> None:
        """Keep the last days alone, this one among them.

        :raises OSError: as for :meth:`add`.
        """
        first = (today - timedelta(days=days - 1)).isoformat()
        with self._writing() as connection:
            connection.execute("DELETE FROM searches WHERE day < ?", (first,))
            connection.execute("DELETE FROM clicks WHERE day < ?", (first,))

    def probe(self) -> None:
        """Find out whether it can be written, and is whole. It is not made: who looks may be another user
        than the server's.

        :raises OSError: as for :meth:`add`.
        """
        if not self.path.exists():
            if not os.access(self.path.parent, os.W_OK | os.X_OK):
                raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))
            return
        with self._writing() as connection:
            found = connection.execute("PRAGMA quick_check(1)").fetchone()[0]
            if found != "ok":
                raise sqlite3.DatabaseError(found)

    @contextmanager
    def reading(self) -> Iterator[sqlite3.Connection | None]:
        """A connection that reads; ``None`` if nothing was ever counted.

        :raises sqlite3.Error: if the file cannot be read.
        """
        if not self.path.exists():
            yield None
            return
        with closing(self._connect()) as connection:
            connection.execute("BEGIN")
            yield connection

    @contextmanager
    def _writing(self) -> Iterator[sqlite3.Connection]:
        os.close(os.open(self.path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600))
        with closing(self._connect()) as connection:
            # What is deleted is overwritten, and nobody finds it in the file.
            connection.execute("PRAGMA secure_delete = ON")
            connection.execute("BEGIN IMMEDIATE")
            if not connection.execute("SELECT 1 FROM sqlite_master").fetchone():
                for statement in _SCHEMA.split(";"):
                    connection.execute(statement)
            yield connection
            connection.execute("COMMIT")

    def _connect(self) -> sqlite3.Connection:
        # The name as it is: an address would make other characters of some.
        return sqlite3.connect(self.path, timeout=BUSY_SECONDS, isolation_level=None)


def _bounded(connection: sqlite3.Connection, searches: Mapping[Asked, Count]) -> dict[Asked, Count]:
    """The counts, those of new queries together where a day has too many."""
    rows: dict[Asked, Count] = {}
    for day in {asked.day for asked in searches}:
        have = connection.execute("SELECT count(*) FROM searches WHERE day = ?", (day,)).fetchone()[0]
        room = MOST_A_DAY - have
        mine = {asked: count for asked, count in searches.items() if asked.day == day}
        if len(mine) <= room:
            rows |= mine
            continue
        for asked, count in mine.items():
            known = connection.execute(
                "SELECT 1 FROM searches WHERE (day, query, face) = (?, ?, ?)", asked
            ).fetchone()
            if not known:
                room -= 1
            kept = asked if known or room >= 0 else asked._replace(query=OTHERS)
            rows.setdefault(kept, Count()).add(count)
    return rows
