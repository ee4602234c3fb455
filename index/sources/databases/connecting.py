"""Asks a database for rows through SQLAlchemy: reading only, not all at once, passwords unseen."""

from __future__ import annotations

import os
import re
from collections.abc import Generator, Iterator
from contextlib import closing, contextmanager
from datetime import datetime, timedelta
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from index.messages import _
from index.sources.databases.description import Database

if TYPE_CHECKING:
    from sqlalchemy import URL, Connection, Engine

Row = dict[str, Any]

OVERLAP = timedelta(hours=1)
"""How far before the last change known the next question begins: transactions end in another order than their
rows were stamped, and clocks differ."""

_DRIVERS = {
    "postgresql": ("postgresql+psycopg", "psycopg", "postgresql"),
    "mysql": ("mysql+pymysql", "pymysql", "mysql"),
    "mariadb": ("mariadb+pymysql", "pymysql", "mysql"),
    "sqlite": ("sqlite", "sqlite3", "sql"),
}
"""Kind -> SQLAlchemy's name of it, the module of its driver, and our extra that brings both."""

_CONNECT_SECONDS = 15
_ROWS_AHEAD = 200
_VARIABLE = re.compile(r"\$\{([A-Za-z_][A-Za-z0-9_]*)\}")
_SECRET = "***"  # noqa: S105  # what stands in its place
_LONGEST = 500  # characters of what a server says


class DatabaseError(Exception):
    """A database cannot be read; the message says why and holds no password."""


def rows_of(database: Database, since: Any = None, most: int | None = None) -> Generator[Row, None, None]:
    """The rows that its query gives, column -> value, without holding them all.

    :param since: a value of its ``incremental`` column; then only rows that have a later one or none, and
        those of :data:`OVERLAP` before it.
    :param most: so many rows and no more.
    :raises DatabaseError: if it cannot be asked, before or while rows come.
    """
    from sqlalchemy import text

    with _connected(database) as connection:
        query = database.query.strip().rstrip(";").rstrip()
        written = query.replace("\\", "\\\\").replace(":", "\\:")  # no parameter of ours
        values: dict[str, Any] = {}
        if since is not None:
            column = connection.dialect.identifier_preparer.quote(database.incremental)
            later = f"{column} >= :telusur_since OR {column} IS NULL"
            written = f"SELECT * FROM ({written}\n) telusur_rows WHERE {later}"  # noqa: S608  # the owner's query
            values["telusur_since"] = since - OVERLAP if isinstance(since, datetime) else since
        if most is not None:
            written = f"SELECT * FROM ({written}\n) telusur_some LIMIT {most:d}"  # noqa: S608  # likewise
        with closing(connection.execute(text(written), values)) as result:
            for row in result.mappings():
                yield dict(row)


@contextmanager
def _connected(database: Database) -> Iterator[Connection]:
    """An open connection that only reads.

    :raises DatabaseError: if there can be none, or for what fails in the block.
    """
    engine, secrets = _engine(database)
    from sqlalchemy.exc import SQLAlchemyError

    try:
        with engine.connect() as connection:
            kind = engine.dialect.name
            options: dict[str, Any] = {"stream_results": True, "max_row_buffer": _ROWS_AHEAD}
            if kind == "postgresql":
                options["postgresql_readonly"] = True
            connection = connection.execution_options(**options)
            if kind in ("mysql", "mariadb"):
                connection.exec_driver_sql("SET SESSION TRANSACTION READ ONLY")
                connection.commit()
            yield connection
    except (SQLAlchemyError, ValueError, OSError) as error:
        raise DatabaseError(_told(error, secrets)) from None  # the cause may name the password
    finally:
        engine.dispose()


def _engine(database: Database) -> tuple[Engine, list[str]]:
    """What connects, and what must not be told of it."""
    written, colon, rest = database.url.partition(":")
    kind = "postgresql" if written == "postgres" else written
    family = kind.split("+", 1)[0]
    name, module, extra = _DRIVERS[family]
    try:
        import sqlalchemy

        if kind == family:
            import_module(module)
    except ImportError as error:
        raise DatabaseError(
            _("butuh pustaka tambahan; pasang dengan: pip install 'telusur[{extra}]'", extra=extra)
        ) from error
    try:
        url = sqlalchemy.make_url((name if kind == family else kind) + colon + rest)
    except (sqlalchemy.exc.ArgumentError, ValueError):
        raise DatabaseError(_("alamatnya (url) tidak dapat dibaca")) from None
    url = _filled(url)
    secrets = [url.password] if isinstance(url.password, str) and url.password else []
    options = {} if family == "sqlite" else {"connect_timeout": _CONNECT_SECONDS}
    if family == "sqlite":
        url = _read_only_file(url)
    elif family != "postgresql" and "charset" not in url.query:
        url = url.update_query_dict({"charset": "utf8mb4"})
    engine = sqlalchemy.create_engine(url, poolclass=sqlalchemy.pool.NullPool, connect_args=options)
    return engine, secrets


def _filled(url: URL) -> URL:
    """An address with the values of the environment variables that it names.

    They are put in part by part: a password may hold what parts an address.
    """

    def fill(part: str | None) -> str | None:
        return part and _VARIABLE.sub(lambda found: _variable(found[1]), part)

    return url.set(
        username=fill(url.username),
        password=fill(str(url.password)) if url.password is not None else None,
        host=fill(url.host),
        database=fill(url.database),
    )


def _variable(name: str) -> str:
    try:
        return os.environ[name]
    except KeyError:
        raise DatabaseError(_("peubah lingkungan {name} tidak diisi", name=name)) from None


def _read_only_file(url: URL) -> URL:
    if not url.database or not Path(url.database).is_file():
        raise DatabaseError(_("berkas basis datanya tidak ada: {path}", path=url.database or "?"))
    return url.set(database=f"file:{quote(url.database)}").update_query_dict({"mode": "ro", "uri": "true"})


def _told(error: Exception, secrets: list[str]) -> str:
    """What went wrong in one line, without what SQLAlchemy adds to it and without secrets."""
    cause = getattr(error, "orig", None) or error
    text = " ".join(str(cause).split())
    for secret in secrets:
        for form in (secret, quote(secret, safe="")):
            text = text.replace(form, _SECRET)
    return text[:_LONGEST] or type(error).__name__
