"""Ledger: which documents an index holds and which of them one run has seen in the sources.

It lives in a private temporary database that SQLite keeps in memory while small, so that an archive of a
million articles needs no more memory than one of a thousand.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from index.reindex.articles import Article, Change


class First(NamedTuple):
    """The article that has an id already in this run.

    :param origin: where it was read from.
    :param input: number of the input file in this run.
    """

    origin: str
    input: int


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
            " input INTEGER) WITHOUT ROWID"
        )
        self._database.execute("BEGIN")
        self._database.executemany("INSERT INTO documents (id, indexed) VALUES (?, ?)", indexed)

    def see(self, article: Article, input: int) -> Change | First:
        """Note an article of an input file; the first of several with the same id counts.

        :returns: what becomes of it, or which other article was the first.
        """
        row = self._database.execute(
            "SELECT indexed, seen, origin, input FROM documents WHERE id = ?", (article.id,)
        ).fetchone()
        if row is None:
            self._database.execute(
                "INSERT INTO documents VALUES (?, NULL, ?, ?, ?)",
                (article.id, article.content_hash, article.origin, input),
            )
            return Change.ADDED
        indexed, seen, *first = row
        if seen is not None:
            return First(*first)
        self._database.execute(
            "UPDATE documents SET seen = ?, origin = ?, input = ? WHERE id = ?",
            (article.content_hash, article.origin, input, article.id),
        )
        return Change.UNCHANGED if indexed == article.content_hash else Change.CHANGED

    def holds(self, article: Article) -> bool:
        """Whether an article needs no reading: indexed just so, or seen already in this run."""
        row = self._database.execute(
            "SELECT indexed, seen FROM documents WHERE id = ?", (article.id,)
        ).fetchone()
        return row is not None and (row[1] is not None or row[0] == article.content_hash)

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
