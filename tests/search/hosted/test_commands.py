"""``flask reindex`` of an application with several sites."""

from __future__ import annotations

import json
from pathlib import Path

import click
import pytest
from click.testing import Result
from flask import Flask

from index.settings import Settings
from search import Site, register
from search.app import create_app


def site(folder: Path, name: str, articles: int) -> Site:
    path = folder / f"{name}.jsonl"
    lines = [json.dumps({"id": f"{name}{n}", "title": f"Judul {n}", "body": "Isi."}) for n in range(articles)]
    path.write_text("\n".join(lines))
    return Site.of(Settings({"index": str(folder / f"{name}-index"), "sources": (str(path),)}))


@pytest.fixture
def app(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Flask:
    monkeypatch.chdir(tmp_path)
    app = Flask("koran")
    for number, name in enumerate(("berita", "warta"), 1):
        register(app, site(tmp_path, name, number), f"/{name}", name=name)
    return app


def run(app: Flask, *arguments: str) -> Result:
    return app.test_cli_runner().invoke(args=["reindex", "--jobs", "1", *arguments])


def test_it_knows_both(app: Flask) -> None:
    done = run(app, "--json")

    assert done.exit_code == 0
    assert [json.loads(line)["added"] for line in done.stdout.splitlines()] == [1, 2]
    assert [line for line in done.stderr.splitlines() if line.endswith(":")] == ["berita:", "warta:"]
    assert app.test_client().get("/warta/readyz").json["documents"] == 2


def test_one_of_them_is_named(app: Flask, tmp_path: Path) -> None:
    done = run(app, "--site", "warta", "--json")

    assert json.loads(done.stdout)["added"] == 2
    assert not (tmp_path / "berita-index").exists()


def test_what_cannot_be_meant_for_both_is_told(app: Flask) -> None:
    for arguments in (["warta.jsonl"], ["--index", "lain"], ["--watch"]):
        done = run(app, *arguments)
        assert done.exit_code == 2
        assert "sebutlah --site: berita, warta" in done.stderr
    done = run(app, "--site", "tiada")
    assert "tidak ada situs tiada; yang ada: berita, warta" in done.stderr


def test_a_failure_of_one_keeps_no_other_from_its_turn(app: Flask, tmp_path: Path) -> None:
    (tmp_path / "berita.jsonl").unlink()

    done = run(app, "--quiet")

    assert done.exit_code == 1
    assert app.test_client().get("/warta/readyz").json["documents"] == 2


def test_a_site_without_sources_keeps_no_other_from_its_turn(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    app = Flask("koran")
    register(app, Site.of(Settings({"index": str(tmp_path / "kosong")})), "/kosong", name="kosong")
    register(app, site(tmp_path, "warta", 2), "/warta", name="warta")

    done = run(app)

    assert done.exit_code == 2
    assert "`sources`" in done.stderr
    assert app.test_client().get("/warta/readyz").json["documents"] == 2


def test_an_application_of_ours_reads_the_settings_that_it_was_made_with(tmp_path: Path) -> None:
    app = create_app(site(tmp_path, "arsip", 3).settings)

    assert json.loads(run(app, "--json").stdout)["added"] == 3
    assert json.loads(run(app, str(tmp_path / "arsip.jsonl"), "--json").stdout)["unchanged"] == 3


def test_a_command_of_the_host_stays_its_own(tmp_path: Path) -> None:
    app = Flask("koran")
    own = click.Command("reindex")
    app.cli.add_command(own)
    register(app, site(tmp_path, "arsip", 1), "/arsip")

    assert app.cli.commands["reindex"] is own
    done = app.test_cli_runner().invoke(args=["telusur-reindex", "--json"])
    assert json.loads(done.stdout)["added"] == 1
