"""What a running server takes over at SIGHUP, and what it says about settings that wait for a restart."""

from __future__ import annotations

import json
import os
import signal
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from index.config.table import SETTINGS, Effect
from index.reindex.sync import sync
from index.settings import Settings

pytestmark = pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="finds processes under /proc")

LOGO = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 30 10"/>'


@pytest.fixture
def site(serve: Callable[..., Any], tmp_path: Path) -> tuple[Any, Path]:
    """A server of one worker, and the settings file that it reads."""
    config = tmp_path / "telusur.toml"
    config.write_text('site_name = "Arsip Lama"\nidle_seconds = 20')
    return serve(1, tmp_path), config


def reload(server: Any) -> None:
    """Have the settings read again, and wait until no worker of before is left."""
    before = server.workers()
    server.process.send_signal(signal.SIGHUP)
    server.eventually(lambda: not server.workers() & before and server.answers())


def test_pages_questions_and_words_follow_the_settings(site: tuple[Any, Path], tmp_path: Path) -> None:
    server, config = site
    (tmp_path / "logo.svg").write_text(LOGO)
    (tmp_path / "templates").mkdir()
    (tmp_path / "templates" / "help.html").write_text("Bantuan milik situs")
    values = {
        "site_name": "Arsip Baru",
        "logo": str(tmp_path / "logo.svg"),
        "logo_only": True,
        "accent": "#8a1538",
        "footer": "Kaki situs",
        "about": "Tentang kami",
        "site_dir": str(tmp_path),
        "public_url": "https://arsip.example",
        "language": "en",
        "languages": ["en"],
        "per_page": 3,
        "max_per_page": 4,
        "max_query_chars": 12,
        "weight_title": 30.0,
    }
    score = json.loads(server.get("/api/v1/search?q=asn")[1])["results"][0]["score"]

    lines = [f"{name} = {json.dumps(value)}" for name, value in values.items()]
    config.write_text("\n".join([*lines, "idle_seconds = 20"]))
    reload(server)

    home = server.get("/?q=netralitas")[1]
    for shown in ('alt="Arsip Baru"', "Kaki situs", "/tentang", '<html lang="en">', "/aset/logo.svg?v="):
        assert shown in home
    assert "hreflang" not in home
    assert "#8a1538" in server.get("/aset/telusur.css")[1]
    assert "Tentang kami" in server.get("/tentang")[1]
    assert server.get("/bantuan")[1] == "Bantuan milik situs"
    assert "Sitemap: https://arsip.example/sitemap.xml" in server.get("/robots.txt")[1]
    answer = json.loads(server.get("/api/v1/search?q=asn")[1])
    assert answer["per_page"] == 3
    assert answer["results"][0]["score"] > score
    assert server.get("/api/v1/search?q=asn&per_page=5")[0] == 400
    assert json.loads(server.get("/api/v1/search?q=asn+asn+asn+asn")[1])["ignored"]
    assert "no sooner" not in server.log()


def test_a_lexicon_and_an_engine_wait_for_reindex_too(serve: Callable[..., Any], tmp_path: Path) -> None:
    (tmp_path / "leksikon.txt").write_text("[sinonim]\nkeadilan = netralitas\n", encoding="utf-8")
    archive = tmp_path / "arsip.jsonl"
    archive.write_text(json.dumps({"id": "a", "title": "Netralitas ASN", "body": "Soal netralitas."}))
    plain = Settings({"index": str(tmp_path / "index"), "sources": (str(archive),)})
    sync(plain, jobs=1)
    server = serve(1, tmp_path, tmp_path / "index")
    changed = plain.replace(lexicon=str(tmp_path / "leksikon.txt"), engine="tantivy")

    (tmp_path / "telusur.toml").write_text(f"lexicon = '{changed.text('lexicon')}'\nengine = 'tantivy'")
    reload(server)

    assert json.loads(server.get("/readyz")[1])["reason"] == "stale"
    assert server.total() == 1
    sync(changed, jobs=1)
    server.eventually(lambda: server.get("/readyz")[0] == 200)
    assert json.loads(server.get("/readyz")[1])["engine"] == "tantivy"
    assert json.loads(server.get("/api/v1/search?q=keadilan")[1])["total"] == 1


def test_settings_that_wait_for_a_restart_are_named(site: tuple[Any, Path]) -> None:
    server, config = site
    config.write_text('site_name = "Arsip Baru"\nidle_seconds = 25\nhost = "127.0.0.2"\nfollow_links = true')

    reload(server)

    assert "in force once the server is restarted, no sooner: host, idle_seconds\n" in server.log()
    assert "Arsip Baru" in server.get("/")[1]  # at the old address


def test_looks_that_cannot_be_used_leave_those_of_before(site: tuple[Any, Path], tmp_path: Path) -> None:
    server, config = site
    logo = tmp_path / "logo.svg"
    logo.write_text(LOGO)
    config.write_text(f"site_name = 'Arsip Baru'\nlogo = '{logo}'\nidle_seconds = 20")
    reload(server)

    logo.unlink()
    for pid in server.workers():
        os.kill(pid, signal.SIGKILL)
    assert server.total() == 1  # those who take their place have read it before
    assert "/aset/logo.svg" in server.get("/")[1]
    server.process.send_signal(signal.SIGHUP)
    server.eventually(lambda: '"reason":"settings"' in server.get("/readyz")[1])

    assert str(logo) in server.log()
    assert "Arsip Baru" in server.get("/")[1]


def test_a_template_that_breaks_leaves_the_one_of_before(site: tuple[Any, Path], tmp_path: Path) -> None:
    server, config = site
    template = tmp_path / "templates" / "help.html"
    template.parent.mkdir()
    template.write_text("Bantuan milik situs")
    config.write_text(f"site_dir = '{tmp_path}'\nidle_seconds = 20")
    reload(server)

    template.write_text("\n{{ asset('peta.png') }}")
    server.process.send_signal(signal.SIGHUP)
    server.eventually(lambda: '"reason":"settings"' in server.get("/readyz")[1])
    for pid in server.workers():
        os.kill(pid, signal.SIGKILL)
    assert server.total() == 1  # from those who take their place

    assert f"{template} baris 2: " in server.log()
    assert server.get("/bantuan")[1] == "Bantuan milik situs"


@pytest.mark.parametrize(
    ("name", "value"),
    [("TELUSUR_LOGO", "tiada.svg"), ("TELUSUR_ACCENT", "merah"), ("TELUSUR_SITE_DIR", "tiada")],
)
def test_a_server_does_not_start_with_looks_that_cannot_be_used(
    start_program: Callable[..., Any], tmp_path: Path, name: str, value: str
) -> None:
    log = tmp_path / "log"
    with log.open("wb") as output:
        process = start_program(
            "from search.cli.commands import telusur; telusur()",
            *("serve", "--port", "0", "--workers", "1"),
            cwd=tmp_path,
            env={name: value},
            stderr=output,
        )
        assert process.wait(60) == 2

    assert value in log.read_text()


def test_the_table_names_what_the_server_binds_to_and_counts_once() -> None:
    restarts = {setting.name for setting in SETTINGS if setting.effect is Effect.RESTART}

    assert restarts == {"host", "port", "workers", "idle_seconds", "drain_seconds", "log_format"}
