"""``telusur generations`` as an owner types it: look, go back, clear away."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from index.reindex.sync import sync
from index.settings import Settings
from search.cli.commands import telusur
from search.opened.searcher import Searcher
from tests.machines import Machine


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An index of two generations: of one article, and the live one of two."""
    archive = tmp_path / "arsip.jsonl"
    for count in (1, 2):
        archive.write_text("\n".join(json.dumps({"id": f"a{n}", "body": "Banjir."}) for n in range(count)))
        sync(Settings({"index": str(tmp_path / "index")}), [str(archive)], jobs=1, full=True)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("TELUSUR_INDEX", str(tmp_path / "index"))
    monkeypatch.setenv("TELUSUR_SOURCES", str(archive))
    return tmp_path


def run(*arguments: str) -> Result:
    return CliRunner().invoke(telusur, ["generations", *arguments])


def listed() -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(run("list", "--json").stdout)["generations"]
    return found


def test_an_owner_looks_goes_back_and_forth_and_clears_away(folder: Path) -> None:
    table = run("list").stdout.splitlines()
    assert [row.split()[0] for row in table] == ["nama", "000002-whoosh", "000001-whoosh"]
    assert table[1].split()[-2:] == ["melayani", "utuh"]
    assert table[2].split()[-2:] == ["sebelumnya", "utuh"]
    with_articles = [(each["name"], each["documents"], each["role"], each["problem"]) for each in listed()]
    assert with_articles == [("000002-whoosh", 2, "live", None), ("000001-whoosh", 1, "previous", None)]

    searcher = Searcher(Settings({"index": str(folder / "index")}), check_seconds=0)
    with searcher.use() as snapshot:
        assert snapshot.reader.count() == 2
    back = run("use", "000001-whoosh").stdout
    assert back == (
        "Yang melayani sekarang: 000001-whoosh.\n`reindex` berikutnya akan menyamakannya dengan sumber.\n"
    )
    with searcher.use() as snapshot:
        assert snapshot.reader.count() == 1
    searcher.close()
    assert json.loads(run("use", "000001-whoosh", "--json").stdout) == {
        "live": "000001-whoosh",
        "rebuilds": None,
    }

    refused = run("drop", "000001-whoosh")
    assert (refused.exit_code, refused.stdout) == (1, "")
    assert "000001-whoosh sedang melayani" in refused.stderr
    dropped = json.loads(run("drop", "000002-whoosh", "--json").stdout)
    assert dropped["dropped"] == "000002-whoosh"
    assert dropped["bytes"] > 0
    assert [each["name"] for each in listed()] == ["000001-whoosh"]


def test_who_has_changed_the_engine_is_told_that_the_next_run_makes_the_index_anew(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TELUSUR_ENGINE", "tantivy")
    told = run("use", "000001-whoosh")
    assert told.exit_code == 0
    assert "akan membangun ulang: mesin berubah dari whoosh menjadi tantivy" in told.stdout


def test_generations_of_a_cluster_are_looked_at_chosen_and_cleared_away_alike(
    machine: Machine, articles: Callable[..., None], monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = machine("reindex")
    for names in (["satu"], ["satu", "dua"]):
        articles(*names)
        sync(settings, jobs=1, full=True)
    monkeypatch.setenv("TELUSUR_INDEX", str(machine("lain").text("index")))
    monkeypatch.setenv("TELUSUR_ENGINE", "opensearch")
    monkeypatch.setenv("TELUSUR_OPENSEARCH_URLS", ",".join(settings.texts("opensearch_urls")))
    monkeypatch.setenv("TELUSUR_OPENSEARCH_INDEX", settings.text("opensearch_index"))
    monkeypatch.setenv("TELUSUR_OPENSEARCH_TIMEOUT", "20")
    first, second = "000001-opensearch", "000002-opensearch"

    found = [(each["name"], each["documents"], each["role"], each["problem"]) for each in listed()]
    assert found == [(second, 2, "live", None), (first, 1, "previous", None)]
    assert all(each["bytes"] > 0 for each in listed())
    assert run("drop", second).exit_code == 1
    searcher = Searcher(settings)
    with searcher.use() as snapshot:
        assert snapshot.reader.count() == 2
    assert json.loads(run("use", first, "--json").stdout) == {"live": first, "rebuilds": None}
    until = time.monotonic() + 30
    while True:
        with searcher.use() as snapshot:
            if snapshot.reader.count() == 1:
                break
        assert time.monotonic() < until
    searcher.close()
    report = sync(settings, jobs=1)
    assert (report.generation, report.added, report.rebuilt) == (first, 1, None)
    assert json.loads(run("drop", second, "--json").stdout)["dropped"] == second
    assert [each["name"] for each in listed()] == [first]
    assert run("list", "--engine", "whoosh").stdout == "Belum ada indeks; jalankan `reindex`.\n"


@pytest.mark.parametrize("command", ["use", "drop"])
def test_an_unknown_name_is_refused_with_where_to_look(folder: Path, command: str) -> None:
    refused = run(command, "000009-whoosh")
    assert refused.exit_code == 1
    assert "telusur generations list" in refused.stderr
    assert [each["name"] for each in listed()] == ["000002-whoosh", "000001-whoosh"]


def test_before_the_first_run_there_is_nothing_to_list(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TELUSUR_INDEX", str(tmp_path / "kosong"))
    assert run("list").stdout == "Belum ada indeks; jalankan `reindex`.\n"
    assert run("list", "--json").stdout.strip() == '{"generations": []}'
    assert run("use", "000001-whoosh").exit_code == 1
