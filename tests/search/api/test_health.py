"""Health checks tell whoever runs the server what is wrong."""

from __future__ import annotations

import json
from importlib.metadata import version
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from whoosh.filedb.filestore import FileStorage
from whoosh.index import TOC

from index.engines.whoosh.listed import INDEX_NAME
from index.engines.whoosh.schema import make_schema
from index.reindex.sync import sync
from index.settings import Settings
from index.store.checksums import seal_checksums
from search.app import create_app


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    archive = tmp_path / "arsip.jsonl"
    record = {"id": "a", "title": "Banjir di Demak", "text": "Air merendam rumah warga sejak pagi."}
    archive.write_text(json.dumps(record), encoding="utf-8")
    return Settings({"index": str(tmp_path / "index"), "sources": (str(archive),)})


def client_for(settings: Settings) -> FlaskClient:
    return create_app(settings).test_client()


def test_a_live_process_says_so_even_without_an_index(empty_settings: Settings) -> None:
    response = client_for(empty_settings).get("/healthz")

    assert (response.status_code, response.json) == (200, {"status": "ok"})
    assert "no-store" in response.headers["Cache-Control"]


def test_a_fresh_index_is_ready(settings: Settings) -> None:
    sync(settings, jobs=1)

    response = client_for(settings).get("/readyz")

    assert response.status_code == 200
    assert response.json["status"] == "ready"
    assert response.json["documents"] == 1
    assert response.json["engine"] == settings.text("engine")


def test_a_missing_index_is_named(empty_settings: Settings) -> None:
    response = client_for(empty_settings).get("/readyz")

    assert (response.status_code, response.json["reason"]) == (503, "missing")
    assert response.mimetype == "application/problem+json"


def test_the_version_is_told_with_an_index_and_without(settings: Settings) -> None:
    client = client_for(settings)
    before = client.get("/readyz").json

    sync(settings, jobs=1)

    assert before["version"] == client.get("/readyz").json["version"] == version("telusur")


def test_a_server_becomes_ready_when_the_index_appears(settings: Settings) -> None:
    client = client_for(settings)
    before = client.get("/readyz").status_code

    sync(settings, jobs=1)

    assert (before, client.get("/readyz").status_code) == (503, 200)


def test_a_broken_index_is_named(settings: Settings) -> None:
    sync(settings, jobs=1)
    for file in Path(settings.text("index")).rglob("*"):
        if file.is_file() and file.name not in ("current", "lock"):
            file.write_bytes(b"broken")

    response = client_for(settings).get("/readyz")

    assert (response.status_code, response.json["reason"]) == (503, "broken")
    assert "reindex" in response.json["detail"]


def test_an_index_of_a_version_that_kept_pickles_is_broken_until_it_is_made_anew(
    settings: Settings, caplog: pytest.LogCaptureFixture
) -> None:
    sync(settings, jobs=1)
    for contents in Path(settings.text("index")).rglob("*.toc"):
        directory, number = contents.parent, int(contents.stem.rpartition("_")[2])
        contents.unlink()
        TOC(make_schema(), [], number).write(FileStorage(str(directory)), INDEX_NAME)
        seal_checksums(directory.parent)
    client = client_for(settings)

    response = client.get("/readyz")

    assert (response.status_code, response.json["reason"]) == (503, "broken")
    assert "reindex" in response.json["detail"]
    assert "versi lama" in caplog.text
    assert client.get("/api/v1/search?q=banjir").status_code == 503
    assert "versi lama" in (sync(settings, jobs=1).rebuilt or "")
    assert client.get("/readyz").status_code == 200
    assert client.get("/api/v1/search?q=banjir").json["total"] == 1


def test_an_index_made_with_other_words_is_stale(settings: Settings, tmp_path: Path) -> None:
    sync(settings, jobs=1)
    lexicon = tmp_path / "leksikon.txt"
    lexicon.write_text("[lindungi]\nDemak\n", encoding="utf-8")

    response = client_for(settings.replace(lexicon=str(lexicon))).get("/readyz")

    assert (response.status_code, response.json["reason"]) == (503, "stale")
    assert "reindex" in response.json["detail"]


def test_a_server_without_the_lexicon_of_the_index_says_how_it_gets_it(
    settings: Settings, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    lexicon = tmp_path / "leksikon.txt"
    lexicon.write_text("[lindungi]\nDemak\n", encoding="utf-8")
    sync(settings.replace(lexicon=str(lexicon)), jobs=1)

    response = client_for(settings).get("/readyz")

    assert (response.status_code, response.json["reason"]) == (503, "stale")
    assert "leksikon berubah" in response.json["detail"]
    assert "kirim SIGHUP" in response.json["detail"]
    assert "send SIGHUP" in caplog.text


def test_why_an_index_is_stale_or_broken_follows_the_language_of_the_request(
    settings: Settings, tmp_path: Path
) -> None:
    sync(settings, jobs=1)
    lexicon = tmp_path / "leksikon.txt"
    lexicon.write_text("[lindungi]\nDemak\n", encoding="utf-8")
    client = client_for(settings.replace(lexicon=str(lexicon)))

    def told(language: str) -> str:
        return str(client.get("/readyz", headers={"Accept-Language": language}).json["detail"])

    assert "leksikon berubah dari" in told("id")
    assert "; lexicon changed from " in told("en")
    Path(settings.text("index"), "current").write_text("bukan nama", encoding="utf-8")
    assert "berisi 'bukan nama', bukan nama indeks" in told("id")
    assert "holds 'bukan nama', which is not the name of an index" in told("en")


def test_settings_that_could_not_be_read_are_told(settings: Settings) -> None:
    sync(settings, jobs=1)
    settings.problem = "telusur.toml: rusak"

    response = client_for(settings).get("/readyz")

    assert (response.status_code, response.json["reason"]) == (503, "settings")
    assert "telusur.toml: rusak" in response.json["detail"]
