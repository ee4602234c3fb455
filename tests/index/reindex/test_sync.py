"""An index is made to hold exactly what its sources hold."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from index.reindex.removals import SMALL, RemovalsError
from index.reindex.report import Report
from index.reindex.sync import sync
from index.settings import Settings
from index.sources.base import SourceMissingError

if TYPE_CHECKING:
    from tests.index.conftest import Archive

Reindexed = Callable[..., Report]
Found = Callable[[str], list[str]]


def counts(report: Report) -> tuple[int, int, int, int]:
    return report.added, report.changed, report.removed, report.unchanged


@pytest.fixture
def three(archive: Archive, reindexed: Reindexed) -> Report:
    archive.article("banjir", "Banjir merendam sawah.", id="banjir")
    archive.article("gempa", "Gempa mengguncang pasar.", id="gempa")
    archive.article("panen", "Panen raya dimulai.", id="panen")
    return reindexed()


def test_the_first_run_adds_every_article(three: Report, found: Found) -> None:
    assert counts(three) == (3, 0, 0, 0)
    assert three.documents == 3
    assert three.generation == "000001-whoosh"
    assert three.engine == "whoosh"
    assert three.rebuilt is None
    assert found("gempa") == ["gempa"]


def test_a_second_run_changes_nothing(three: Report, reindexed: Reindexed, settings: Settings) -> None:
    before = snapshot(Path(settings.text("index")) / "generations")
    report = reindexed()
    assert counts(report) == (0, 0, 0, 3)
    assert report.documents == 3
    assert report.generation == three.generation
    assert snapshot(Path(settings.text("index")) / "generations") == before


def test_an_edited_article_is_the_only_one_that_changes(
    three: Report, archive: Archive, reindexed: Reindexed, found: Found
) -> None:
    archive.article("gempa", "Gempa susulan mengguncang masjid.", id="gempa")
    report = reindexed()
    assert counts(report) == (0, 1, 0, 2)
    assert found("masjid") == ["gempa"]
    assert found("pasar") == []


def test_a_deleted_article_is_removed(
    three: Report, archive: Archive, reindexed: Reindexed, found: Found
) -> None:
    (archive.root / "gempa.md").unlink()
    report = reindexed()
    assert counts(report) == (0, 0, 1, 2)
    assert report.documents == 2
    assert found("gempa") == []


def test_added_changed_and_removed_articles_arrive_together(
    three: Report, archive: Archive, reindexed: Reindexed, found: Found
) -> None:
    (archive.root / "gempa.md").unlink()
    archive.article("panen", "Panen gagal.", id="panen")
    archive.article("pemilu", "Pemilu serentak.", id="pemilu")
    report = reindexed()
    assert counts(report) == (1, 1, 1, 1)
    assert report.documents == 3
    assert (found("pemilu"), found("gagal"), found("gempa")) == (["pemilu"], ["panen"], [])


def test_a_new_time_of_change_alone_changes_nothing(
    three: Report, archive: Archive, reindexed: Reindexed
) -> None:
    os.utime(archive.root / "gempa.md", (1_000_000_000, 1_000_000_000))
    assert counts(reindexed()) == (0, 0, 0, 3)


def test_an_archive_that_moves_as_a_whole_changes_nothing(
    archive: Archive, reindexed: Reindexed, settings: Settings, tmp_path: Path
) -> None:
    archive.text("tanpa-id.txt", "Warga Lebak bergotong royong memperbaiki jembatan gantung.\n")
    reindexed()
    elsewhere = tmp_path / "lain"
    elsewhere.mkdir()
    archive.root.rename(elsewhere / archive.root.name)
    report = sync(settings, [str(elsewhere / archive.root.name)], jobs=1)
    assert counts(report) == (0, 0, 0, 1)


def test_a_lost_cache_costs_time_and_nothing_else(
    three: Report, reindexed: Reindexed, settings: Settings
) -> None:
    (Path(settings.text("index")) / "inputs.sqlite").unlink()
    assert counts(reindexed()) == (0, 0, 0, 3)


@pytest.mark.parametrize("garbage", [b"", b"not a database at all" * 500])
def test_a_damaged_cache_costs_time_and_nothing_else(
    three: Report, archive: Archive, reindexed: Reindexed, settings: Settings, garbage: bytes
) -> None:
    (Path(settings.text("index")) / "inputs.sqlite").write_bytes(garbage)
    archive.article("gempa", "Gempa susulan.", id="gempa")
    assert counts(reindexed()) == (0, 1, 0, 2)
    assert counts(reindexed()) == (0, 0, 0, 3)


def test_the_index_is_the_truth_and_not_the_cache(
    three: Report, archive: Archive, reindexed: Reindexed, settings: Settings, found: Found
) -> None:
    # The cache knows the edited file from this other index; the first index has never seen its content.
    archive.article("gempa", "Gempa susulan mengguncang masjid.", id="gempa")
    other = settings.replace(index=settings.text("index") + "-lain")
    sync(other, [str(archive.root)], jobs=1)
    (Path(other.text("index")) / "inputs.sqlite").rename(Path(settings.text("index")) / "inputs.sqlite")
    assert counts(reindexed()) == (0, 1, 0, 2)
    assert found("masjid") == ["gempa"]


def test_one_changed_line_of_many_changes_one_article(
    archive: Archive, reindexed: Reindexed, found: Found
) -> None:
    path = archive.lines("arsip.jsonl", 30)
    reindexed()
    path.write_text(path.read_text().replace("nomor kata17.", "nomor barulain."))
    report = reindexed()
    assert counts(report) == (0, 1, 0, 29)
    assert found("barulain") == ["banjir-17"]


def test_of_two_states_of_an_article_the_first_counts_and_the_other_is_reported(
    archive: Archive, reindexed: Reindexed, found: Found
) -> None:
    archive.article("a", "Teks pertama.", id="sama", title="Kabar")
    archive.article("b", "Teks kedua.", id="sama", title="Kabar")
    for expected in ((1, 0, 0, 0), (0, 0, 0, 1)):
        report = reindexed()
        assert counts(report) == expected
        assert [skip.source for skip in report.skipped] == ["arsip/b.md"]
        assert "arsip/a.md" in report.skipped[0].reason
    assert found("pertama") == ["sama"]
    assert found("kedua") == []


def test_when_the_first_of_two_states_of_an_article_goes_the_other_takes_its_place(
    archive: Archive, reindexed: Reindexed, found: Found
) -> None:
    first = archive.article("a", "Teks pertama.", id="sama", title="Kabar")
    archive.article("b", "Teks kedua.", id="sama", title="Kabar")
    reindexed()
    first.unlink()
    report = reindexed()
    assert counts(report) == (0, 1, 0, 0)
    assert report.skipped == []
    assert found("kedua") == ["sama"]


def test_an_id_twice_in_one_file_is_reported_every_time(archive: Archive, reindexed: Reindexed) -> None:
    line = '{"id": "sama", "title": "Judul", "body": "Isi yang %s."}\n'
    archive.text("arsip.jsonl", line % "pertama" + line % "kedua")
    for expected in ((1, 0, 0, 0), (0, 0, 0, 1)):
        report = reindexed()
        assert counts(report) == expected
        assert [skip.source for skip in report.skipped] == ["arsip/arsip.jsonl:2"]


def test_other_sources_replace_the_articles_of_the_former_ones(
    three: Report, settings: Settings, new_archive: Callable[[str], Archive], found: Found
) -> None:
    other = new_archive("lain")
    other.article("baru", "Kapal berlabuh.", id="baru")
    report = sync(settings, [str(other.root)], jobs=1)
    assert counts(report) == (1, 0, 3, 0)
    assert found("kapal") == ["baru"]


def test_the_configured_sources_are_read_when_none_are_named(archive: Archive, settings: Settings) -> None:
    archive.article("baru")
    report = sync(settings.replace(sources=(str(archive.root),)), jobs=1)
    assert report.documents == 1


def test_a_source_that_does_not_exist_leaves_the_index_as_it_was(
    three: Report, settings: Settings, archive: Archive, stored: Callable[[], dict[str, str]]
) -> None:
    before = stored()
    with pytest.raises(SourceMissingError, match="tiada"):
        sync(settings, [str(archive.root), "tiada"], jobs=1)
    assert stored() == before


def test_a_large_index_is_not_emptied_by_an_empty_folder(
    archive: Archive, reindexed: Reindexed, stored: Callable[[], dict[str, str]]
) -> None:
    path = archive.lines("arsip.jsonl", SMALL + 1)
    reindexed()
    before = stored()
    path.unlink()
    with pytest.raises(RemovalsError, match="--allow-removals"):
        reindexed()
    with pytest.raises(RemovalsError):
        reindexed(full=True)
    assert stored() == before


@pytest.mark.parametrize("full", [False, True])
def test_a_large_index_is_emptied_on_demand(archive: Archive, reindexed: Reindexed, full: bool) -> None:
    path = archive.lines("arsip.jsonl", SMALL + 1)
    reindexed()
    path.unlink()
    report = reindexed(allow_removals=True, full=full)
    assert counts(report) == (0, 0, SMALL + 1, 0)
    assert report.documents == 0


def test_the_last_article_of_a_small_index_can_be_removed(archive: Archive, reindexed: Reindexed) -> None:
    path = archive.article("satu")
    reindexed()
    path.unlink()
    report = reindexed()
    assert counts(report) == (0, 0, 1, 0)
    assert report.documents == 0


def test_an_empty_archive_gives_an_empty_index(archive: Archive, reindexed: Reindexed, found: Found) -> None:
    assert reindexed().documents == 0
    assert found("apa") == []


def test_a_dry_run_says_what_would_happen_and_writes_nothing(
    three: Report, archive: Archive, reindexed: Reindexed, settings: Settings
) -> None:
    archive.article("gempa", "Gempa susulan.", id="gempa")
    archive.article("pemilu", "Pemilu serentak.", id="pemilu")
    (archive.root / "panen.md").unlink()
    before = snapshot(Path(settings.text("index")))
    report = reindexed(dry_run=True)
    assert counts(report) == (1, 1, 1, 1)
    assert report.documents == 3
    assert report.generation == "000001-whoosh"
    assert snapshot(Path(settings.text("index"))) == before


def test_a_dry_run_before_the_first_run_creates_nothing(
    archive: Archive, reindexed: Reindexed, settings: Settings
) -> None:
    archive.article("baru")
    report = reindexed(dry_run=True)
    assert counts(report) == (1, 0, 0, 0)
    assert report.generation == "000001-whoosh"
    assert not Path(settings.text("index")).exists()


def test_a_dry_full_run_names_the_generation_it_would_make(
    three: Report, reindexed: Reindexed, settings: Settings
) -> None:
    before = snapshot(Path(settings.text("index")))
    report = reindexed(dry_run=True, full=True)
    assert counts(report) == (0, 0, 0, 3)
    assert report.generation == "000002-whoosh"
    assert snapshot(Path(settings.text("index"))) == before


def test_the_index_is_the_same_for_any_number_of_jobs(
    archive: Archive, settings: Settings, contents: Callable[[Settings], dict[str, Any]]
) -> None:
    archive.lines("arsip.jsonl", 400)
    for number in range(100):
        archive.text(f"kecil/{number:03d}.jsonl", "")
        archive.lines(f"kecil/{number:03d}.jsonl", 3, first=number * 3, word="kebakaran")
    archive.article("tengah", "Sisipan di antara.", id="banjir-3", title="Banjir hari ke-3 di Lebak")
    reports, indexes = [], []
    for jobs in (1, 2):
        own = settings.replace(index=f"{settings.text('index')}-{jobs}")
        reports.append(sync(own, [str(archive.root)], jobs=jobs))
        indexes.append(contents(own))
    assert counts(reports[0]) == counts(reports[1]) == (700, 0, 0, 0)
    assert reports[0].skipped == reports[1].skipped
    assert [skip.source for skip in reports[0].skipped] == ["arsip/tengah.md"]
    assert indexes[0] == indexes[1]


def test_many_changes_with_several_jobs_end_in_the_same_index_as_a_full_run(
    archive: Archive, settings: Settings, contents: Callable[[Settings], dict[str, Any]]
) -> None:
    archive.lines("arsip.jsonl", 300)
    sync(settings, [str(archive.root)], jobs=1)
    archive.lines("arsip.jsonl", 450, first=100, word="banjir")
    report = sync(settings, [str(archive.root)], jobs=2)
    assert report.rebuilt is None
    assert counts(report) == (250, 0, 100, 200)
    updated = contents(settings)
    sync(settings, [str(archive.root)], jobs=2, full=True)
    assert contents(settings) == updated


def snapshot(folder: Path) -> dict[str, tuple[int, bytes]]:
    """Name, time of change and content of every file below a folder."""
    return {
        str(path.relative_to(folder)): (path.stat().st_mtime_ns, path.read_bytes())
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }
