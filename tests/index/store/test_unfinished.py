"""What a killed run left beside an index, the next run clears, and nothing else."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from shutil import copytree
from typing import TYPE_CHECKING

import pytest

from index.reindex.report import Report
from index.settings import Settings

if TYPE_CHECKING:
    from tests.index.conftest import Archive


def files(folder: Path) -> set[str]:
    return {str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file()}


@pytest.fixture(params=["whoosh", "tantivy"])
def settings(request: pytest.FixtureRequest, tmp_path: Path) -> Settings:
    pytest.importorskip(f"index.engines.{request.param}.engine")
    return Settings({"index": str(tmp_path / "indeks"), "engine": request.param})


def test_the_next_run_clears_what_a_run_had_replaced_that_was_killed_before_it_could(
    archive: Archive, reindexed: Callable[..., Report], settings: Settings, tmp_path: Path
) -> None:
    generations = Path(settings.text("index")) / "generations"
    archive.article("satu", id="satu")
    first = generations / reindexed().generation
    copytree(first, tmp_path / first.name)
    for _ in range(2):
        reindexed(full=True)
    usual = files(generations)
    copytree(tmp_path / first.name, first)
    assert files(generations) > usual
    assert reindexed().unchanged == 1
    assert files(generations) == usual


def test_the_next_run_clears_half_written_files_and_nothing_else(
    archive: Archive, reindexed: Callable[..., Report], settings: Settings
) -> None:
    root = Path(settings.text("index"))
    archive.article("satu", id="satu")
    reindexed()
    archive.article("dua", id="dua")
    live = root / "generations" / reindexed().generation
    (root / "catatan-pemilik.tmp").write_text("milik pemilik")
    (root / "catatan.json.2024-cadangan").write_text("milik pemilik")
    before = files(root)
    for leftover in (
        root / "current.new",
        root / "sources.json.new",
        root / "tmpab3_9xyz",  # of the standard library, where a file without a name cannot be made
        live / "meta.json.new",
        live / "stems.json.4711",
        live / "pieces.json-4711",
        live / "pieces.json-4711.4711",
        live / "data" / ".tmpQx81Zb",  # Tantivy's, on its way to meta.json
    ):
        leftover.write_text("setengah")
    assert files(root) > before
    report = reindexed()
    assert (report.unchanged, report.documents) == (2, 2)
    assert files(root) == before
    reindexed(full=True)
    assert before - files(root) == set()
