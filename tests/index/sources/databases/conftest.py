"""Starts real database servers, each once, with a password that would part an address."""

from __future__ import annotations

import sqlite3
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NoReturn

import pytest

from tests.index.sources.databases.servers import (
    PASSWORD,
    Server,
    folder_of_server,
    program_called,
    running,
)


@pytest.fixture(autouse=True)
def _password(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TELUSUR_TEST_PASSWORD", PASSWORD)


@pytest.fixture(scope="session")
def postgresql(missing: Callable[[str], NoReturn], free_port: Callable[[], int]) -> Iterator[Server]:
    import psycopg

    program = program_called("postgres", "/usr/lib/postgresql/*/bin/postgres")
    if program is None:
        missing("PostgreSQL is not on this machine")
    port = free_port()
    with folder_of_server() as (folder, who):
        (folder / "password").write_text(PASSWORD)
        (folder / "password").chmod(0o644)
        initdb = str(Path(program).with_name("initdb"))
        create = [initdb, "-D", f"{folder}/data", "-U", "pembaca", "--pwfile", f"{folder}/password"]
        create += ["-A", "scram-sha-256", "-E", "UTF8", "--locale=C", "-N"]
        subprocess.run(create, check=True, capture_output=True, **who)
        start = [program, "-D", f"{folder}/data", "-p", str(port), "-h", "127.0.0.1", "-k", str(folder), "-F"]

        def connect() -> Any:
            return psycopg.connect(
                host="127.0.0.1", port=port, user="pembaca", password=PASSWORD, dbname="postgres"
            )

        with running(start, connect, folder / "log", who):
            url = f"postgresql://pembaca:${{TELUSUR_TEST_PASSWORD}}@127.0.0.1:{port}/postgres"
            yield Server("postgresql", url, connect)


@pytest.fixture(scope="session")
def mysql(missing: Callable[[str], NoReturn], free_port: Callable[[], int]) -> Iterator[Server]:
    import pymysql

    program = program_called("mariadbd", "/usr/sbin/mariadbd")
    install = program_called("mariadb-install-db", "/usr/bin/mariadb-install-db")
    if program is None or install is None:
        missing("MariaDB is not on this machine")
    port = free_port()
    with folder_of_server() as (folder, who):
        create = [install, "--no-defaults", f"--datadir={folder}/data", "--skip-test-db"]
        create += ["--auth-root-authentication-method=normal", "--skip-name-resolve"]
        subprocess.run(create, check=True, capture_output=True, **who)
        socket = f"{folder}/socket"
        start = [program, "--no-defaults", f"--datadir={folder}/data", f"--port={port}", f"--socket={socket}"]
        start += [
            "--bind-address=127.0.0.1",
            "--innodb-flush-log-at-trx-commit=0",
            f"--pid-file={folder}/pid",
        ]

        def as_root() -> Any:
            if not Path(socket).exists():  # the library leaves a socket of its own open then
                raise FileNotFoundError(socket)
            return pymysql.connect(unix_socket=socket, user="root")

        def connect() -> Any:
            return pymysql.connect(
                host="127.0.0.1",
                port=port,
                user="pembaca",
                password=PASSWORD,
                database="redaksi",
                charset="utf8mb4",
            )

        with running(start, as_root, folder / "log", who):
            root = Server("mysql", "", as_root)
            root.run(
                "CREATE DATABASE redaksi CHARACTER SET utf8mb4",
                f"CREATE USER pembaca@'127.0.0.1' IDENTIFIED BY '{PASSWORD}'",
                "GRANT ALL ON redaksi.* TO pembaca@'127.0.0.1'",
            )
            url = f"mysql://pembaca:${{TELUSUR_TEST_PASSWORD}}@127.0.0.1:{port}/redaksi"
            yield Server("mysql", url, connect)


@pytest.fixture
def sqlite(tmp_path: Path) -> Server:
    path = tmp_path / "redaksi.sqlite"
    return Server("sqlite", f"sqlite:///{path}", lambda: sqlite3.connect(path))


@pytest.fixture(params=["sqlite", "postgresql", "mysql"])
def server(request: pytest.FixtureRequest) -> Server:
    """Each kind of database in turn, without the table of the tests."""
    found: Server = request.getfixturevalue(request.param)
    found.run("DROP TABLE IF EXISTS berita")
    return found
