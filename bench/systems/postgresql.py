"""PostgreSQL's full-text search with a GIN index, in the database that ``TELUSUR_BENCH_PG`` names (a DSN)."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from bench.queries import Asked, Kind
from index.engines.base import AnalyzedDocument

try:
    import psycopg
except ModuleNotFoundError:
    psycopg = None

_TABLE = "telusur_bench"


class PostgreSql:
    """PostgreSQL."""

    title = "PostgreSQL, GIN"
    note = "no exact totals"

    def __init__(self) -> None:
        self._db: Any = None

    def missing(self) -> str:
        """Whether the driver is installed and a database named."""
        if psycopg is None:
            return "not installed (pip install psycopg)"
        return "" if os.environ.get("TELUSUR_BENCH_PG") else "no database named in TELUSUR_BENCH_PG"

    def index(self, documents: Iterator[AnalyzedDocument], folder: Path) -> None:
        """One COPY, then the indexes; the table is dropped and made anew."""
        with psycopg.connect(os.environ["TELUSUR_BENCH_PG"]) as db:
            db.execute(f"DROP TABLE IF EXISTS {_TABLE}")
            db.execute(
                f"CREATE TABLE {_TABLE} (id text, source text, year integer, day integer, title text,"
                " body text,"
                " words tsvector GENERATED ALWAYS AS (setweight(to_tsvector('simple', title), 'A')"
                " || to_tsvector('simple', body)) STORED)"
            )
            with db.cursor().copy(f"COPY {_TABLE} (id, source, year, day, title, body) FROM STDIN") as copy:
                for document in documents:
                    article = document.document
                    day = article.published.toordinal() if article.published else 0
                    title, body = " ".join(document.title.stems), " ".join(document.body.stems)
                    copy.write_row((article.id, article.source, article.year, day, title, body))
            db.execute(f"CREATE INDEX ON {_TABLE} USING gin (words)")

    def open(self, folder: Path) -> None:
        """One connection."""
        self._db = psycopg.connect(os.environ["TELUSUR_BENCH_PG"], autocommit=True)
        self._db.execute(f"ANALYZE {_TABLE}")

    def search(self, asked: Asked) -> list[str]:
        """Ids of the ten best."""
        quoted = ["'" + word.replace("'", "''") + "'" for word in asked.words]
        words = (" <-> " if asked.kind is Kind.PHRASE else " | ").join(quoted)
        if asked.kind is Kind.PREFIX:
            words = quoted[0] + ":*"
        where = f"FROM {_TABLE}, to_tsquery('simple', %s) AS asked WHERE words @@ asked"
        parameters: list[object] = [words]
        best = f"SELECT id {where}"
        if asked.kind is Kind.FILTERED:
            best += " AND source = %s"
            parameters.append(asked.source)
        elif asked.kind is Kind.FACETED:
            for column in ("source", "year"):
                counts = f"SELECT {column}, count(*) {where} GROUP BY {column} ORDER BY 2 DESC LIMIT 20"
                self._db.execute(counts, parameters).fetchall()
        order = "day DESC" if asked.kind is Kind.SORTED else "ts_rank(words, asked) DESC"
        return [
            row[0] for row in self._db.execute(f"{best} ORDER BY {order} LIMIT 10", parameters).fetchall()
        ]

    def disk_bytes(self, folder: Path) -> int:
        """The table with its indexes."""
        with psycopg.connect(os.environ["TELUSUR_BENCH_PG"]) as db:
            row = db.execute(f"SELECT pg_total_relation_size('{_TABLE}')").fetchone()
        return int(row[0])


system = PostgreSql()
