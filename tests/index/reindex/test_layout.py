"""A change of nothing but the structure of an article is a change that ``reindex`` sees."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from index.reindex.sync import sync
from index.settings import Settings


@pytest.mark.parametrize("engine", ["whoosh", "tantivy"])
def test_a_link_that_leads_elsewhere_is_a_change(tmp_path: Path, engine: str) -> None:
    archive = tmp_path / "arsip.jsonl"
    settings = Settings({"index": str(tmp_path / "index"), "sources": (str(archive),), "engine": engine})

    def write(address: str) -> tuple[int, int, int]:
        record = {
            "id": "a",
            "isi": f'<p>Baca <a href="https://kabar.example/{address}">aturan itu</a> dahulu.</p>',
        }
        archive.write_text(json.dumps(record), encoding="utf-8")
        report = sync(settings, jobs=1)
        return report.added, report.changed, report.unchanged

    assert write("satu") == (1, 0, 0)
    assert write("satu") == (0, 0, 1)
    assert write("dua") == (0, 1, 0)
