"""What visitors asked, summed up for the owner."""

from __future__ import annotations

import sqlite3
from datetime import date, timedelta
from typing import Any

from msgspec import Struct, to_builtins

from index.messages import _
from search.asked.store import OTHERS, Store


class QueriesError(Exception):
    """The file cannot be read; the message is for the owner."""


class AskedQuery(Struct, frozen=True):
    """One query of some days.

    :param searches: how often it was asked; ``empty`` how often nothing was found, ``some`` how often no
        article had all its words.
    :param total: articles found the last time.
    :param clicks: on its results; ``position`` is their mean one, ``None`` without any.
    """

    query: str
    searches: int
    empty: int
    some: int
    total: int
    clicks: int
    position: float | None


class Day(Struct, frozen=True):
    """One day; ``empty`` are those of its searches that found nothing."""

    day: date
    searches: int
    empty: int


class Report(Struct, frozen=True):
    """Some days, this one the last.

    :param queries: those asked most, or of those the ones that found nothing the last time.
    :param different: how many queries there are of the kind that is listed.
    :param others: searches for queries that are not told apart.
    """

    since: date
    until: date
    searches: int
    empty: int
    clicks: int
    faces: dict[str, int]
    days: tuple[Day, ...]
    queries: tuple[AskedQuery, ...]
    not_found: tuple[AskedQuery, ...]
    different: int
    different_not_found: int
    others: int

    def to_dict(self) -> dict[str, Any]:
        """What ``telusur queries --json`` prints."""
        record: dict[str, Any] = to_builtins(self)
        return record


_QUERIES = """
SELECT s.query, s.searches, s.empty, s.some, s.total, coalesce(c.clicks, 0), c.position FROM (
    SELECT query, sum(searches) AS searches, sum(empty) AS empty, sum(some) AS some, total, max(day)
    FROM searches WHERE day BETWEEN :since AND :until AND query <> :others GROUP BY query
) AS s LEFT JOIN (
    SELECT query, sum(clicks) AS clicks, sum(clicks * position) * 1.0 / sum(clicks) AS position
    FROM clicks WHERE day BETWEEN :since AND :until GROUP BY query
) AS c ON c.query = s.query
"""
_BY_DAY = """
SELECT day, sum(searches), sum(empty) FROM searches WHERE day BETWEEN :since AND :until GROUP BY day
"""
_BY_FACE = """
SELECT face, sum(searches) FROM searches WHERE day BETWEEN :since AND :until GROUP BY face ORDER BY 2 DESC
"""


def report(store: Store, since: date, until: date, limit: int) -> Report:
    """What was asked from one day to another.

    :param limit: queries that are listed of each kind.
    :raises QueriesError: if the file cannot be read.
    """
    try:
        with store.reading() as connection:
            if connection is None or not connection.execute("SELECT 1 FROM sqlite_master").fetchone():
                return _report(since, until, {}, {}, [], limit)
            days = {"since": since.isoformat(), "until": until.isoformat(), "others": OTHERS}
            by_day = {row[0]: row[1:] for row in connection.execute(_BY_DAY, days)}
            faces = dict(connection.execute(_BY_FACE, days).fetchall())
            rows = [AskedQuery(*row) for row in connection.execute(_QUERIES, days)]
            return _report(since, until, by_day, faces, rows, limit)
    except (OSError, sqlite3.Error) as error:
        raise QueriesError(_("{path} tidak dapat dibaca: {error}", path=store.path, error=error)) from error


def _report(
    since: date,
    until: date,
    by_day: dict[str, tuple[int, int]],
    faces: dict[str, int],
    rows: list[AskedQuery],
    limit: int,
) -> Report:
    every = [since + timedelta(days=number) for number in range((until - since).days + 1)]
    days = tuple(Day(day, *by_day.get(day.isoformat(), (0, 0))) for day in every)
    rows.sort(key=lambda row: (-row.searches, row.query))
    not_found = sorted((row for row in rows if not row.total), key=lambda row: (-row.empty, row.query))
    searches = sum(day.searches for day in days)
    return Report(
        since,
        until,
        searches,
        sum(day.empty for day in days),
        sum(row.clicks for row in rows),
        faces,
        days,
        tuple(rows[:limit]),
        tuple(not_found[:limit]),
        len(rows),
        len(not_found),
        searches - sum(row.searches for row in rows),
    )
