"""One small archive, indexed once, for every test that asks a whole site."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest

from index.messages import SOURCE_LANGUAGE, use_language
from index.reindex.sync import sync
from index.settings import Settings

ROOT = Path(__file__).parent.parent
START_SECONDS = 30
ATTACK = "<script>alert(1)</script>"

ARTICLES = [
    {
        "id": "netralitas-lebak",
        "title": "Pengawas Ingatkan Netralitas ASN di Lebak",
        "body": "Petugas pengawasan di Lebak mengingatkan netralitas aparatur sipil negara.\n\n"
        'Siapa pun yang melanggar akan diberi sanksi. "Kami mengawasi setiap hari," kata Wulan.',
        "source": "kabarlebak.example",
        "place": "Lebak",
        "author": "Sari Wulan",
        "editor": "Bagas",
        "date": "2024-11-12",
        "url": "https://kabarlebak.example/netralitas?a=1&b=2",
    },
    {
        "id": "bilik-suara",
        "title": "Bilik Suara Baru untuk Pemilih di Amuntai",
        "body": "Panitia menyiapkan bilik suara dari kardus. Netralitas petugas dijaga. "
        "Gudangnya pernah kena banjr.",
        "source": "amuntaipos.example",
        "place": "Amuntai",
        "author": "Rahmat",
        "date": "2020-10-20",
        "url": "javascript:alert(1)",
    },
    {
        "id": "serangan",
        "title": f"Judul {ATTACK} berbahaya",
        "body": f"Isi serangan {ATTACK} dan <img src=x onerror=alert(2)> serta &amp; tanda.",
        "source": f"jahat.example{ATTACK}",
        "place": '"><b>Kapuas',
        "author": "<i>Penulis</i>",
        "date": "2023-05-05",
        "url": "https://jahat.example/\"onmouseover='alert(3)'",
    },
    *(
        {
            "id": f"banjir-{number:02}",
            "title": f"Banjir ke-{number} Merendam Permukiman",
            "body": f"Air setinggi {number} sentimeter merendam rumah warga. Banjir surut menjelang sore.",
            "source": "warta.example" if number % 2 else "harian.example",
            "place": ("Demak", "Kudus", "Pati")[number % 3],
            "author": "Tim",
            "date": (date(2022, 1, 1) + timedelta(days=number * 30)).isoformat(),
            "url": f"https://warta.example/{number}",
        }
        for number in range(1, 36)
    ),
]


@pytest.fixture(autouse=True)
def _told_in_indonesian() -> None:
    """Commands and sites choose a language for the whole process."""
    use_language(SOURCE_LANGUAGE)


@pytest.fixture(scope="session")
def site_settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """Settings of a site whose index holds :data:`ARTICLES`."""
    folder = tmp_path_factory.mktemp("site")
    archive = folder / "arsip.jsonl"
    archive.write_text("\n".join(json.dumps(article) for article in ARTICLES), encoding="utf-8")
    settings = Settings({"index": str(folder / "index"), "sources": (str(archive),)})
    report = sync(settings, jobs=1)
    assert report.added == len(ARTICLES), report
    return settings


@pytest.fixture
def empty_settings(tmp_path: Path) -> Settings:
    """Settings of a site that was never indexed."""
    return Settings({"index": str(tmp_path / "index"), "sources": (str(tmp_path / "arsip"),)})


@pytest.fixture(scope="session")
def live_site(site_settings: Settings, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Address of a server of that site, started as its owner would."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    log = tmp_path_factory.mktemp("server") / "log"
    command = [sys.executable, "-c", "from search.cli.commands import telusur; telusur()", "serve"]
    options = ["--port", str(port), "--workers", "1", "--index", site_settings.text("index")]
    environment = {name: value for name, value in os.environ.items() if not name.startswith("TELUSUR_")}
    with log.open("wb") as output:
        server = subprocess.Popen(
            [*command, *options], cwd=ROOT, env=environment, stdout=output, stderr=subprocess.STDOUT
        )
    try:
        address = f"http://127.0.0.1:{port}"
        _wait_for(f"{address}/healthz", server, log)
        yield address
    finally:
        server.terminate()
        try:
            server.wait(15)
        except subprocess.TimeoutExpired:
            server.kill()
            server.wait()


def _wait_for(url: str, server: subprocess.Popen[bytes], log: Path) -> None:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline and server.poll() is None:
        try:
            with urllib.request.urlopen(url, timeout=1):
                return
        except (urllib.error.URLError, OSError):
            time.sleep(0.1)
    pytest.fail(f"the server did not answer: {log.read_text(encoding='utf-8', errors='replace')}")
