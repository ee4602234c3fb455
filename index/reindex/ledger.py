"""Ledger: which documents an index holds and which of them one run has seen in the sources.

It lives in a private temporary database that SQLite keeps in memory while small, so that an archive of a
million articles needs no more memory than one of a thousand.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from index.reindex.articles import Article, Change


class Known(NamedTuple):
    """What is known of an id.

    :param indexed: content hash of the document that the live index has under it, ``None`` if it has none.
    :param seen: content hash of the article that has it in this run, ``None`` if none has it yet.
    :param origin: where that was read from.
    :param input: number of its input file in this run.
    :param identity: its, see :class:`index.reindex.articles.Article`; ``None`` before it was seen.
    """

    indexed: str | None
    seen: str | None
    origin: str
    input: int
    identity: str | None


class Ledger:
    """Compares what is seen with what was indexed.

    :param indexed: (id, content hash) of every document of the live index.
    """

    def __init__(self, indexed: Iterable[tuple[str, str]] = ()) -> None:
        # The empty name is SQLite's private database that spills to a temporary file and vanishes on close.
        self._database = sqlite3.connect("", isolation_level=None)
        self._database.execute("PRAGMA journal_mode = OFF")
        self._database.execute(
            "CREATE TABLE documents (id TEXT PRIMARY KEY, indexed TEXT, seen TEXT, origin TEXT,"
            " input INTEGER, identity TEXT) WITHOUT ROWID"
        )
        self._database.execute(
            "CREATE TABLE addresses (address TEXT, input INTEGER, id TEXT,"
            " PRIMARY KEY (address, input, id)) WITHOUT ROWID"
        )
        self._database.execute("BEGIN")
        self._database.executemany("INSERT INTO documents (id, indexed) VALUES (?, ?)", indexed)

    def known(self, id: str) -> Known | None:
        """What is known of an id, ``None`` if nobody has it."""
        row = self._database.execute(
            "SELECT indexed, seen, origin, input, identity FROM documents WHERE id = ?", (id,)
        ).fetchone()
        return Known(*row) if row else None

    def see(self, article: Article, input: int, known: Known | None) -> Change:
        """Note an article of an input file under its id, which no other has had in this run.

        :param known: of that id.
        :returns: what becomes of it.
        """
        noted = article.content_hash, article.origin, input, article.identity, article.id
        if known is None:
            self._database.execute(
                "INSERT INTO documents (seen, origin, input, identity, id) VALUES (?, ?, ?, ?, ?)", noted
            )
            return Change.ADDED
        self._database.execute(
            "UPDATE documents SET seen = ?, origin = ?, input = ?, identity = ? WHERE id = ?", noted
        )
        return Change.UNCHANGED if known.indexed == article.content_hash else Change.CHANGED

    def stands_at(self, address: str, id: str, input: int) -> None:
        """Note that an article of an input file was seen at an address.

        :param address: its key.
        :param id: of the article that it is.
        """
        self._database.execute(
            "INSERT OR IGNORE INTO addresses (address, input, id) VALUES (?, ?, ?)", (address, input, id)
        )

    def at(self, address: str) -> list[tuple[str, int]]:
        """Articles that were seen at an address, and in which input files, at most a few."""
        return self._database.execute(
            "SELECT id, input FROM addresses WHERE address = ? LIMIT 20", (address,)
        ).fetchall()

    def unseen(self) -> Iterator[str]:
        """Ids of the index that no source had, in ascending order. Nothing may be noted meanwhile."""
        rows = self._database.execute(
            "SELECT id FROM documents WHERE seen IS NULL AND indexed IS NOT NULL ORDER BY id"
        )
        for row in rows:
            yield row[0]

    def close(self) -> None:
        """Release the temporary database. Idempotent."""
        self._database.close()
