"""SQLite FTS5: a table of ready tokens beside a table of what filters and sorts."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

from bench.queries import Asked, Kind
from bench.systems import folder_bytes
from index.engines.base import AnalyzedDocument

_FILE = "fts5.sqlite"


class SqliteFts5:
    """SQLite."""

    title = "SQLite FTS5"
    note = "no exact totals"

    def __init__(self) -> None:
        self._db: sqlite3.Connection | None = None

    def missing(self) -> str:
        """Whether this SQLite has FTS5."""
        try:
            with closing(sqlite3.connect(":memory:")) as database:
                database.execute("CREATE VIRTUAL TABLE t USING fts5(a)")
        except sqlite3.OperationalError as error:
            return f"this SQLite has no FTS5 ({error})"
        return ""

    def index(self, documents: Iterator[AnalyzedDocument], folder: Path) -> None:
        """One transaction, then FTS5's own optimize."""
        db = sqlite3.connect(folder / _FILE)
        db.execute("CREATE TABLE articles (id TEXT, source TEXT, year INTEGER, day INTEGER)")
        db.execute(
            "CREATE VIRTUAL TABLE words USING fts5(title, body, tokenize = 'unicode61 remove_diacritics 0')"
        )
        for number, document in enumerate(documents, 1):
            article = document.document
            day = article.published.toordinal() if article.published else 0
            db.execute(
                "INSERT INTO articles VALUES (?, ?, ?, ?)", (article.id, article.source, article.year, day)
            )
            db.execute(
                "INSERT INTO words (rowid, title, body) VALUES (?, ?, ?)",
                (number, " ".join(document.title.stems), " ".join(document.body.stems)),
            )
        db.execute("INSERT INTO words (words) VALUES ('optimize')")
        db.commit()
        db.close()

    def open(self, folder: Path) -> None:
        """One connection."""
        self._db = sqlite3.connect(folder / _FILE)

    def search(self, asked: Asked) -> list[str]:
        """Ids of the ten best."""
        assert self._db is not None
        quoted = [f'"{word}"' for word in asked.words]
        match = " OR ".join(quoted)
        if asked.kind is Kind.PHRASE:
            match = f'body : "{" ".join(asked.words)}"'
        elif asked.kind is Kind.PREFIX:
            match = f"{quoted[0]} *"
        joined = "FROM words JOIN articles ON articles.rowid = words.rowid WHERE words MATCH ?"
        if asked.kind is Kind.FACETED:
            for column in ("source", "year"):
                counts = f"SELECT {column}, count(*) {joined} GROUP BY {column} ORDER BY 2 DESC LIMIT 20"
                self._db.execute(counts, (match,)).fetchall()
        if asked.kind is Kind.FILTERED:
            found = self._db.execute(
                f"SELECT id {joined} AND source = ? ORDER BY rank LIMIT 10", (match, asked.source)
            )
        elif asked.kind is Kind.SORTED:
            found = self._db.execute(f"SELECT id {joined} ORDER BY day DESC LIMIT 10", (match,))
        else:
            best = "SELECT rowid FROM words WHERE words MATCH ? ORDER BY rank LIMIT 10"
            found = self._db.execute(
                f"SELECT id FROM ({best}) AS best JOIN articles ON articles.rowid = best.rowid", (match,)
            )
        return [row[0] for row in found.fetchall()]

    def disk_bytes(self, folder: Path) -> int:
        """The database."""
        return folder_bytes(folder)


system = SqliteFts5()
