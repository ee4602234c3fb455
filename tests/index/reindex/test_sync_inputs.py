"""A bad input costs itself and nothing else, and what could not be read for now is not forgotten."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from index.reindex.report import Report
from index.reindex.sync import sync
from index.settings import Settings

if TYPE_CHECKING:
    from tests.index.conftest import Archive

Reindexed = Callable[..., Report]
Found = Callable[[str], list[str]]


@pytest.fixture
def permissions_count(tmp_path: Path) -> None:
    """For users whom permissions do not stop (root) a test of them says nothing."""
    probe = tmp_path / "terkunci"
    probe.touch(0)
    if os.access(probe, os.R_OK):
        pytest.skip("file permissions do not stop this user (root); the test is of what they stop")


def skipped(report: Report) -> list[str]:
    return [skip.source for skip in report.skipped]


@pytest.fixture(autouse=True)
def one_article(archive: Archive) -> None:
    archive.article("baik", "Teks yang baik.", id="baik")


@pytest.mark.parametrize("full", [False, True])
def test_each_bad_input_is_skipped_with_its_reason_and_the_rest_counts(
    archive: Archive, reindexed: Reindexed, found: Found, full: bool
) -> None:
    archive.text("kosong.txt", "")
    (archive.root / "gambar.txt").write_bytes(b"\xff\xd8\xff\xe0\0\x10JFIF\0\x01" + bytes(range(256)) * 20)
    archive.text("baris.jsonl", '{"id": "utuh", "title": "T", "body": "Baris yang utuh."}\n{"id": \n')
    archive.text("tabel.csv", "nama,umur\nBudi,9\n")
    (archive.root / "putaran").symlink_to(archive.root)
    (archive.root / "buntu.md").symlink_to(archive.root / "tiada.md")
    for _ in range(2):
        report = reindexed(full=full)
        assert sorted(skipped(report)) == [
            "arsip/baris.jsonl:2",
            "arsip/buntu.md",
            "arsip/gambar.txt",
            "arsip/kosong.txt",
            "arsip/putaran",
            "arsip/tabel.csv",
        ]
        assert all(skip.reason for skip in report.skipped)
        assert report.documents == 2
    assert found("utuh") == ["utuh"]


def test_a_file_over_the_limit_is_refused_by_its_size_and_the_limit_is_named(
    archive: Archive, settings: Settings
) -> None:
    archive.text("raksasa.txt", "a" * 300_000)
    report = sync(settings.replace(max_input_mb=0.1), [str(archive.root)], jobs=1)
    assert skipped(report) == ["arsip/raksasa.txt"]
    assert "max_input_mb" in report.skipped[0].reason
    assert report.documents == 1


def test_a_raised_limit_lets_a_refused_file_in(archive: Archive, settings: Settings) -> None:
    archive.text("besar.txt", "Hujan turun di Lebak. " * 10_000)
    assert sync(settings.replace(max_input_mb=0.1), [str(archive.root)], jobs=1).documents == 1
    assert sync(settings, [str(archive.root)], jobs=1).documents == 2


def test_an_index_inside_the_archive_is_not_read_as_a_source(archive: Archive, settings: Settings) -> None:
    inside = settings.replace(index=str(archive.root / "indeks"))
    for added in (1, 0):
        report = sync(inside, [str(archive.root)], jobs=1)
        assert (report.added, report.documents, report.skipped) == (added, 1, [])


def test_an_article_that_is_emptied_is_removed_and_reported(
    archive: Archive, reindexed: Reindexed, found: Found
) -> None:
    archive.text("surut.txt", "Air surut di Amuntai sejak pagi, kata warga.\n")
    reindexed()
    archive.text("surut.txt", "")
    report = reindexed()
    assert (report.removed, skipped(report)) == (1, ["arsip/surut.txt"])
    assert found("surut") == []


def test_a_line_that_breaks_is_removed_and_reported(
    archive: Archive, reindexed: Reindexed, found: Found
) -> None:
    path = archive.lines("arsip.jsonl", 3)
    reindexed()
    lines = path.read_text().splitlines()
    path.write_text("\n".join([lines[0], lines[1][:40], lines[2]]))
    report = reindexed()
    assert (report.removed, report.unchanged, skipped(report)) == (1, 3, ["arsip/arsip.jsonl:2"])


@pytest.mark.usefixtures("permissions_count")
@pytest.mark.parametrize("full", [False, True])
def test_a_file_without_permission_keeps_what_was_last_read_from_it(
    archive: Archive, reindexed: Reindexed, found: Found, full: bool
) -> None:
    path = archive.lines("arsip.jsonl", 3)
    reindexed()
    path.chmod(0)
    report = reindexed(full=full)
    path.chmod(0o644)
    assert (report.removed, report.unchanged, report.documents) == (0, 4, 4)
    assert skipped(report) == ["arsip/arsip.jsonl"]
    assert found("kata1") == ["banjir-1"]


@pytest.mark.skipif(not Path("/proc/self/mem").exists(), reason="needs a file whose reading fails")
@pytest.mark.parametrize("full", [False, True])
def test_a_file_on_a_failing_disk_keeps_what_was_last_read_from_it(
    archive: Archive, settings: Settings, found: Found, full: bool
) -> None:
    def reindexed(full: bool = False) -> Report:
        return sync(settings.replace(follow_links=True), [str(archive.root)], jobs=1, full=full)

    path = archive.lines("arsip.jsonl", 3)
    reindexed()
    path.unlink()
    path.symlink_to("/proc/self/mem")  # reading its first byte is an input/output error
    report = reindexed(full=full)
    assert (report.removed, report.unchanged, report.documents) == (0, 4, 4)
    assert skipped(report) == ["arsip/arsip.jsonl"]
    assert found("kata1") == ["banjir-1"]
    path.unlink()
    assert reindexed().removed == 3


@pytest.mark.usefixtures("permissions_count")
@pytest.mark.parametrize("full", [False, True])
@pytest.mark.parametrize("mode", [0o000, 0o400])
def test_a_folder_without_permission_keeps_what_was_last_read_from_it(
    archive: Archive, reindexed: Reindexed, found: Found, full: bool, mode: int
) -> None:
    archive.article("dalam/satu", "Teks di dalam.", id="satu")
    archive.article("dalaman", "Teks di sebelah.", id="sebelah")
    reindexed()
    (archive.root / "dalaman.md").unlink()
    (archive.root / "dalam").chmod(mode)
    report = reindexed(full=full)
    (archive.root / "dalam").chmod(0o755)
    assert (report.removed, report.unchanged) == (1, 2)
    assert found("dalam") == ["satu"]
    assert len(report.skipped) == 1


def test_what_stood_behind_a_link_that_is_no_longer_followed_is_removed_and_reported(
    archive: Archive, settings: Settings, found: Found
) -> None:
    outside = archive.root.with_name("luar")
    outside.mkdir()
    archive.lines("arsip.jsonl", 3).rename(outside / "arsip.jsonl")
    (archive.root / "taut").symlink_to(outside)
    followed = sync(settings.replace(follow_links=True), [str(archive.root)], jobs=1)
    assert (followed.documents, followed.skipped) == (4, [])
    report = sync(settings, [str(archive.root)], jobs=1)
    assert (report.removed, report.documents, skipped(report)) == (3, 1, ["arsip/taut"])
    assert "follow_links" in report.skipped[0].reason
    assert found("kata1") == []


def test_a_file_that_vanishes_while_the_run_is_at_work_is_reported(
    archive: Archive, settings: Settings, tmp_path: Path
) -> None:
    doomed = archive.article("zz-terakhir", id="terakhir")

    class Deletes:
        measures = False

        def note(self, message: str) -> None: ...

        def step(self, inputs: int, seen: int, written: int, share: float) -> None:
            doomed.unlink(missing_ok=True)

    # More files than are looked at together, so that the first of them are done before the last is met.
    for number in range(100):
        archive.article(f"berita-{number:03d}", id=f"berita-{number}")
    report = sync(settings, [str(archive.root)], jobs=1, progress=Deletes())
    assert report.documents == 101
    assert skipped(report) == ["arsip/zz-terakhir.md"]
