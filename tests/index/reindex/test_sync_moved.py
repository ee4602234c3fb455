"""What cannot be read for now is kept by where it was read last, also after its folder was renamed."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from index.reindex.report import Report
from index.settings import Settings
from index.store.opened import open_current

if TYPE_CHECKING:
    from tests.index.conftest import Archive

Reindexed = Callable[..., Report]
Found = Callable[[str], list[str]]


@pytest.fixture(params=["whoosh", "tantivy"], autouse=True)
def settings(request: pytest.FixtureRequest, tmp_path: Path) -> Settings:
    pytest.importorskip(f"index.engines.{request.param}.engine")
    return Settings({"index": str(tmp_path / "indeks"), "engine": request.param})


def hide(folder: Path) -> None:
    """Let a folder be as one whose disk is not mounted: a link is there and nothing behind it."""
    folder.rename(folder.with_name(f".{folder.name}"))
    folder.symlink_to(folder.with_name("belum-terpasang"))


@pytest.fixture
def moved(archive: Archive, reindexed: Reindexed) -> Path:
    """A folder of three articles that was called otherwise when they were written to the index."""
    archive.article("baik", "Teks yang baik.", id="baik")
    archive.lines("lama/arsip.jsonl", 3)
    reindexed()
    folder = (archive.root / "lama").rename(archive.root / "baru")
    report = reindexed()
    assert (report.unchanged, report.changed, report.skipped) == (4, 0, [])
    return folder


@pytest.mark.parametrize("full", [False, True])
def test_a_renamed_folder_that_cannot_be_read_keeps_its_articles(
    moved: Path, reindexed: Reindexed, found: Found, full: bool
) -> None:
    hide(moved)
    assert reindexed(dry_run=True, full=full).removed == 0
    for _ in range(3):
        report = reindexed(full=full)
        assert (report.removed, report.documents) == (0, 4)
        assert [skip.source for skip in report.skipped] == ["arsip/baru"]
    assert found("kata1") == ["banjir-1"]
    moved.unlink()
    assert reindexed().removed == 3


def test_a_rebuild_without_the_folder_says_where_its_articles_are_now(
    moved: Path, reindexed: Reindexed, settings: Settings
) -> None:
    hide(moved)
    reindexed(full=True)
    with open_current(settings) as opened:
        (document,) = opened.reader.documents(["banjir-1"])
    assert document is not None
    assert document.origin == "arsip/baru/arsip.jsonl:2"


def test_a_folder_of_the_former_name_keeps_nothing(moved: Path, reindexed: Reindexed) -> None:
    moved.rename(moved.with_name("lama"))
    hide(moved.with_name("lama"))
    moved.mkdir()
    assert reindexed().removed == 3


def test_without_the_cache_the_index_says_where_articles_were(
    archive: Archive, reindexed: Reindexed, settings: Settings
) -> None:
    archive.lines("dalam/arsip.jsonl", 3)
    archive.article("baik", id="baik")
    reindexed()
    (Path(settings.text("index")) / "inputs.sqlite").unlink()
    hide(archive.root / "dalam")
    (archive.root / "baik.md").unlink()
    report = reindexed()
    assert (report.removed, report.unchanged) == (1, 3)


def test_a_copy_that_cannot_be_read_keeps_what_its_readable_twin_loses(
    archive: Archive, reindexed: Reindexed
) -> None:
    twin = archive.lines("arsip.jsonl", 3)
    archive.text("salinan/arsip.jsonl", twin.read_text())
    archive.article("baik", id="baik")
    reindexed()
    hide(archive.root / "salinan")
    assert reindexed().removed == 0
    twin.unlink()
    report = reindexed()
    assert (report.removed, report.unchanged) == (0, 4)


@pytest.mark.skipif(not Path("/proc/self/mem").exists(), reason="needs a file whose reading fails")
def test_a_disk_that_fails_between_two_looks_at_a_file_removes_nothing(
    archive: Archive, reindexed: Reindexed, found: Found
) -> None:
    archive.article("baik", "Teks yang baik.", id="baik")
    path = archive.lines("arsip.jsonl", 3)
    reindexed()
    path = archive.lines("arsip.jsonl", 4)
    opened = []

    def fail_at_the_second(event: str, arguments: tuple[Any, ...]) -> None:
        if event == "open" and str(arguments[0]) == str(path):
            opened.append(event)
            if len(opened) == 2:
                path.unlink()
                path.symlink_to("/proc/self/mem")  # reading its first byte is an input/output error

    sys.addaudithook(fail_at_the_second)
    report = reindexed()
    assert len(opened) == 2
    assert (report.removed, report.unchanged) == (0, 4)
    assert [skip.source for skip in report.skipped] == ["arsip/arsip.jsonl"]
    path.unlink()
    archive.lines("arsip.jsonl", 4)
    assert (reindexed().added, found("kata3")) == (1, ["banjir-3"])
