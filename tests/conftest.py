"""One small archive, indexed once, for every test that asks a whole site."""

from __future__ import annotations

import json
from datetime import date, timedelta
from pathlib import Path

import pytest

from index.settings import Settings
from index.sync import sync

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
        "body": "Panitia menyiapkan bilik suara dari kardus. Netralitas petugas dijaga.",
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
