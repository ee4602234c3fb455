"""An archive with a lexicon and a log of what visitors asked, on every engine."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from index.engines.registry import embedded_names
from index.settings import Settings
from search.asked.store import Asked, Count, Store
from search.query.periods import today_in_jakarta

ARTICLES = {
    "short": "Nakes berjaga di puskesmas.",
    "long": "Tenaga kesehatan berjaga di puskesmas.",
    "nurse": "Perawat berjaga di klinik.",
    "two": "Dua perawat pulang; kebun bunga dekat klinik.",
    "three": "Tiga perawat datang, warga mengepoi tetangga.",
    "curious": "Kepo itu tidak baik kata warga. Mereka mengepoinya.",
    "garden": "Kebun bunga ramai, konon oleh warga.",
    "market": "Pasar ramai oleh warga.",
    "town": "Kota ramai oleh warga.",
    "rain": "Hujan turun di kota, warga berteduh.",
}

LEXICON = "# milik saya\n\n[sinonim]\nnakes = tabib\n\n[lindungi]\nTuhalus\n"

ASKED = {
    "nakes": 9,
    "klinik nakes": 7,
    "perawat klinik": 5,
    "konon bunga": 4,
    "kepo": 3,
    "pasar": 2,
    "hubungi •••": 8,
}


@dataclass
class Owner:
    """Somebody who has an archive."""

    settings: Settings
    lexicon: Path


@pytest.fixture(scope="module", params=sorted(embedded_names()))
def owner(make_archive: Callable[..., Any], tmp_path_factory: pytest.TempPathFactory, request: Any) -> Owner:
    """The owner of :data:`ARTICLES`, :data:`LEXICON` and a log of :data:`ASKED`."""
    lexicon = tmp_path_factory.mktemp("leksikon") / "leksikon.txt"
    lexicon.write_text(LEXICON, encoding="utf-8")
    archive = make_archive(request.param)
    archive.settings = archive.settings.replace(lexicon=str(lexicon))
    archive.write(*({"id": name, "title": "Kabar", "body": body} for name, body in ARTICLES.items()))
    day = today_in_jakarta().isoformat()
    counts = {Asked(day, query, "page"): Count(searches) for query, searches in ASKED.items()}
    Store.of(archive.settings.text("index")).add(counts, {})
    return Owner(archive.settings, lexicon)
