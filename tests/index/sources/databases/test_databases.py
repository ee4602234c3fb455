"""Databases as sources: their rows are articles, on real servers of every kind."""

from __future__ import annotations

import resource
from collections.abc import Callable
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from index.documents import Document
from index.engines.registry import get_engine
from index.reindex import fetching
from index.reindex.report import Report, Silence
from index.reindex.sync import sync
from index.settings import Settings
from index.sources.base import SourceMissingError
from index.sources.databases.connecting import DatabaseError, rows_of
from index.sources.databases.description import Database
from index.store.generations import Generations
from tests.index.sources.databases.servers import PASSWORD, Server

QUERY = "SELECT nomor, kepala, isi_html, penulis, terbit, diubah FROM berita WHERE status = 'terbit'"
FIELDS = {"title": "kepala", "body": "isi_html", "published": "terbit"}


class Notes(Silence):
    """Hears what a run says."""

    def __init__(self) -> None:
        self.notes: list[str] = []

    def note(self, message: str) -> None:
        self.notes.append(message)


class Newsroom:
    """An index of one database."""

    def __init__(self, server: Server, folder: Path, **described: Any) -> None:
        table = {"url": server.url, "query": QUERY, "key": "nomor", "fields": FIELDS, **described}
        self.settings = Settings({"index": str(folder / "index"), "databases": {"redaksi": table}})
        self.server = server
        self.notes: list[str] = []
        self.server.run(
            "CREATE TABLE berita (nomor INTEGER PRIMARY KEY, kepala VARCHAR(200), isi_html TEXT, "
            "penulis VARCHAR(80), terbit DATE, diubah TIMESTAMP NULL, status VARCHAR(10))",
            *(row(number) for number in range(1, 4)),
            row(9, status="draf"),
        )

    def sync(self, **options: Any) -> Report:
        progress = Notes()
        report = sync(self.settings, jobs=1, progress=progress, **options)
        self.notes = progress.notes
        return report

    def documents(self) -> dict[str, Document]:
        generation = Generations.of(self.settings).current()
        assert generation is not None
        reader = get_engine(generation.engine_name).open_reader(generation.location)
        with closing(reader):
            names = [name for name, *_ in reader.hashes()]
            return {found.origin: found for found in reader.documents(names) if found is not None}


def row(number: int, *, changed: str = "2024-02-06 08:00:00", status: str = "terbit", text: str = "") -> str:
    body = text or f"<p>Kabar nomor {number} dari pelabuhan: kapal 100% “aman”.</p><p>Pukul 10:15 tiba.</p>"
    return (
        f"INSERT INTO berita VALUES ({number}, 'Kabar Pelabuhan {number}', '{body}', 'Laras Kinanti', "
        f"'2024-02-0{min(number, 9)}', '{changed}', '{status}')"
    )


@pytest.fixture
def newsroom(sqlite: Server, tmp_path: Path) -> Newsroom:
    return Newsroom(sqlite, tmp_path)


@pytest.fixture
def changing(sqlite: Server, tmp_path: Path) -> Newsroom:
    """One that asks only for what has changed."""
    return Newsroom(sqlite, tmp_path, incremental="diubah")


@pytest.fixture
def served(server: Server, tmp_path: Path) -> Newsroom:
    """One on each kind of server that asks only for what has changed."""
    return Newsroom(server, tmp_path, incremental="diubah")


def test_each_row_of_the_query_is_an_article(served: Newsroom) -> None:
    report = served.sync()

    assert (report.added, report.skipped) == (3, [])
    found = served.documents()["database:redaksi/2"]
    assert (found.id, found.title, found.author) == ("redaksi-2", "Kabar Pelabuhan 2", "Laras Kinanti")
    assert found.published == date(2024, 2, 2)
    assert found.body == "Kabar nomor 2 dari pelabuhan: kapal 100% “aman”.\n\nPukul 10:15 tiba."


def test_a_run_without_changes_changes_nothing(newsroom: Newsroom) -> None:
    newsroom.sync()
    report = newsroom.sync()
    assert (report.added, report.changed, report.removed, report.unchanged) == (0, 0, 0, 3)


def test_without_a_column_of_changes_every_run_is_whole(newsroom: Newsroom) -> None:
    newsroom.sync()
    newsroom.server.run(
        "DELETE FROM berita WHERE nomor = 1", "UPDATE berita SET kepala = 'Lain' WHERE nomor = 2"
    )
    report = newsroom.sync()
    assert (report.added, report.changed, report.removed, report.unchanged) == (0, 1, 1, 1)


def test_with_one_only_changes_are_asked_for_and_nothing_is_removed(served: Newsroom) -> None:
    assert served.sync().added == 3
    served.server.run(
        "DELETE FROM berita WHERE nomor = 1",
        "UPDATE berita SET kepala = 'Lain', diubah = '2024-02-07 09:00:00' WHERE nomor = 2",
        row(5, changed="2024-02-07 09:30:00"),
    )
    report = served.sync()
    assert (report.added, report.changed, report.removed, report.unchanged) == (1, 1, 0, 2)
    assert "--full" in served.notes[0]

    report = served.sync(full=True)
    assert report.documents == 3
    assert "database:redaksi/1" not in served.documents()


def test_after_some_days_all_rows_are_asked_for_again(sqlite: Server, tmp_path: Path) -> None:
    newsroom = Newsroom(sqlite, tmp_path, incremental="diubah", whole_every_days=1e-9)
    newsroom.sync()
    newsroom.server.run("DELETE FROM berita WHERE nomor = 1")
    assert newsroom.sync().removed == 1


def test_a_row_that_was_stamped_earlier_and_came_later_is_found(served: Newsroom) -> None:
    asked = described(served.server, incremental="diubah")
    since = max(row["diubah"] for row in rows_of(asked))
    served.server.run(row(5, changed="2024-02-06 07:45:00"), row(6, changed="2023-02-06 07:45:00"))
    found = {row["nomor"] for row in rows_of(asked, since)}
    # What SQLite has is a text, of which nothing is an hour before.
    assert found == ({1, 2, 3} if served.server.kind == "sqlite" else {1, 2, 3, 5})


def test_a_server_that_is_away_costs_no_article(newsroom: Newsroom) -> None:
    newsroom.sync()
    newsroom.server.run("DROP TABLE berita")
    report = newsroom.sync()

    assert (report.removed, report.documents) == (0, 3)
    (skipped,) = report.skipped
    assert skipped.source == "database:redaksi"
    assert "berita" in skipped.reason


def test_a_dry_run_writes_nothing(changing: Newsroom) -> None:
    changing.sync()
    mirror = Generations.of(changing.settings).root / fetching.FOLDER / "redaksi.rows"
    before = mirror.read_bytes()
    changing.server.run(row(5, changed="2024-02-07 09:30:00"))

    assert changing.sync(dry_run=True).added == 1
    assert mirror.read_bytes() == before
    assert changing.sync().added == 1


def test_a_damaged_mirror_begins_anew(newsroom: Newsroom) -> None:
    newsroom.sync()
    mirror = Generations.of(newsroom.settings).root / fetching.FOLDER / "redaksi.rows"
    mirror.write_bytes(b"rusak" * 1000)
    report = newsroom.sync()
    assert (report.unchanged, report.removed) == (3, 0)


def test_another_query_is_asked_whole(changing: Newsroom) -> None:
    changing.sync()
    described = dict(changing.settings.tables("databases")["redaksi"])
    described["query"] = QUERY.replace("'terbit'", "'draf'")
    changing.settings = changing.settings.replace(databases={"redaksi": described})
    report = changing.sync(allow_removals=True)
    assert (report.added, report.removed) == (1, 3)


def described(server: Server, **changes: Any) -> Database:
    said = {"url": server.url, "query": QUERY, "key": "nomor", "incremental": "", "fields": FIELDS}
    return Database(name="redaksi", **{**said, "whole_every_days": 7.0, **changes})


class TestReasons:
    @pytest.mark.parametrize("query", ["SELECT * FROM tidak_ada", "SELECT nomor, tidak_ada FROM berita"])
    def test_say_what_the_server_says(self, served: Newsroom, query: str) -> None:
        with pytest.raises(DatabaseError, match="tidak_ada"):
            list(rows_of(described(served.server, query=query)))

    def test_never_hold_a_password(self, served: Newsroom, monkeypatch: pytest.MonkeyPatch) -> None:
        url = served.server.url.replace("127.0.0.1", "tidak-ada.invalid")
        if served.server.kind == "sqlite":
            return
        for broken in (url, served.server.url.replace("pembaca:", "orang-lain:")):
            with pytest.raises(DatabaseError) as raised:
                list(rows_of(described(served.server, url=broken)))
            assert PASSWORD not in str(raised.value)
            assert raised.value.__cause__ is None
        monkeypatch.delenv("TELUSUR_TEST_PASSWORD")
        with pytest.raises(DatabaseError, match="TELUSUR_TEST_PASSWORD"):
            list(rows_of(described(served.server)))

    def test_name_a_column_that_the_query_does_not_give(self, newsroom: Newsroom) -> None:
        table = {**newsroom.settings.tables("databases")["redaksi"], "key": "id"}
        newsroom.settings = newsroom.settings.replace(databases={"redaksi": table})
        (skipped,) = newsroom.sync().skipped
        assert "id" in skipped.reason
        assert "nomor" in skipped.reason

    def test_nothing_is_written_to_a_database(self, served: Newsroom) -> None:
        query = "WITH satu AS (SELECT 1) DELETE FROM berita"
        with pytest.raises(DatabaseError):
            list(rows_of(described(served.server, query=query)))
        assert len(list(rows_of(described(served.server)))) == 3


def test_rows_are_not_all_held_at_once(server: Server) -> None:
    wide = {
        "postgresql": "SELECT n, repeat('kabar ', 3000) AS isi FROM generate_series(1, 8000) AS n",
        "mysql": "SELECT seq AS n, repeat('kabar ', 3000) AS isi FROM seq_1_to_8000",
        "sqlite": "WITH RECURSIVE t(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM t WHERE n < 8000) "
        "SELECT n, replace(hex(zeroblob(9000)), '0', 'k') AS isi FROM t",
    }[server.kind]
    if server.kind == "sqlite":
        server.run("CREATE TABLE berita (nomor INTEGER)")
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    assert sum(1 for _ in rows_of(described(server, query=wide))) == 8000
    grown = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
    assert grown < 60 * 1024  # KiB, of 140 MiB


def test_a_source_names_a_database_that_is_described(tmp_path: Path) -> None:
    settings = Settings({"index": str(tmp_path / "index")})
    with pytest.raises(SourceMissingError, match=r"databases\.berita"):
        sync(settings, ["database:berita"], jobs=1)


def test_a_file_of_sqlite_in_a_folder_says_how_it_is_read(read: Callable[..., list[Any]]) -> None:
    (skip,) = read("arsip.sqlite", b"SQLite format 3\0")
    assert "[databases.NAMA]" in skip.reason
