"""`telusur check` compares the index with the settings of now."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from index.messages import use_language
from index.settings import Settings
from search.cli.checking import Check, run_checks
from search.cli.commands import telusur


def up_to_date(settings: Settings) -> Check:
    use_language("id")
    (check,) = [check for check in run_checks(settings) if check.name == "mutakhir"]
    return check


def test_an_index_made_with_other_aliases_is_out_of_date(make_archive: Any) -> None:
    archive = make_archive()
    archive.write({"id": "a", "title": "Banjir", "body": "Air naik.", "source": "Okezone"})
    assert up_to_date(archive.settings).ok

    check = up_to_date(archive.settings.replace(source_aliases={"Okezone": "okezone.com"}))

    assert (check.ok, check.detail) == (False, "daftar nama lain berubah; jalankan `reindex`")


def test_a_column_that_no_file_has_is_a_warning(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("judul,isi\nPasar,Pedagang senang.\n")
    ruled = {"index": str(tmp_path / "index"), "sources": (str(tmp_path / "a.csv"),)}
    use_language("id")

    def columns(**fields: str) -> Check:
        (check,) = [
            each for each in run_checks(Settings({**ruled, "fields": fields})) if each.name == "kolom"
        ]
        return check

    there, missing = columns(penulis="judul"), columns(penulis="wartawan_kami")

    assert (there.ok, there.warning) == (True, False)
    assert (missing.ok, missing.warning) == (True, True)
    assert "kolom wartawan_kami tidak ada" in missing.detail


def test_check_of_files_shows_their_columns(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "a.csv").write_text("kepala,isi\nPasar Dibuka Lagi,Pedagang senang.\n")
    (tmp_path / "a.txt").write_text("Pedagang senang.\n")

    shown = CliRunner().invoke(telusur, ["check", "a.csv"])
    as_json = CliRunner().invoke(telusur, ["check", "--json", "a.csv"])
    none = CliRunner().invoke(telusur, ["check", "a.txt"])
    missing = CliRunner().invoke(telusur, ["check", "b.csv"])

    assert shown.stdout.split("\n")[1].split()[:4] == ["kepala", "judul", "dari", "isinya"]
    assert json.loads(as_json.stdout)["tables"][0]["columns"][1]["field"] == "body"
    assert (none.exit_code, missing.exit_code) == (1, 2)


def test_a_database_among_the_sources_is_asked(tmp_path: Path) -> None:
    path = tmp_path / "redaksi.sqlite"
    with closing(sqlite3.connect(path)) as database:
        database.execute("CREATE TABLE berita (id INTEGER, judul TEXT, isi TEXT)")
        database.execute("INSERT INTO berita VALUES (1, 'Panen', 'Panen raya dimulai.')")
        database.commit()

    def found(query: str) -> Check:
        table = {"url": f"sqlite:///{path}", "query": query}
        use_language("id")
        checks = run_checks(Settings({"databases": {"redaksi": table}, "index": str(tmp_path / "index")}))
        (check,) = [check for check in checks if check.detail.startswith("database:redaksi")]
        return check

    check = found("SELECT id, judul, isi FROM berita")
    assert (check.ok, check.detail) == (True, "database:redaksi: dapat dibaca; kolom: id, judul, isi")
    assert found("SELECT id FROM berita WHERE id > 5").warning
    assert not found("SELECT id FROM tidak_ada").ok
