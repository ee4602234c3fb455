"""A new index is made beside the live one and takes its place in one step, for a reason that is said."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from index.engines.base import IndexBrokenError
from index.reindex.report import Report
from index.reindex.sync import sync
from index.settings import Settings
from index.store.durable import read_checked, replace_checked
from index.store.generations import Generations
from index.store.opened import open_current

if TYPE_CHECKING:
    from tests.index.conftest import Archive

Reindexed = Callable[..., Report]
Found = Callable[[str], list[str]]


def counts(report: Report) -> tuple[int, int, int, int]:
    return report.added, report.changed, report.removed, report.unchanged


def generations(settings: Settings) -> list[str]:
    return sorted(path.name for path in (Path(settings.text("index")) / "generations").iterdir())


@pytest.fixture(autouse=True)
def two_articles(archive: Archive) -> None:
    archive.article("banjir", "Banjir merendam sawah.", id="banjir")
    archive.article("gempa", "Gempa mengguncang pasar.", id="gempa")


def test_a_full_run_makes_a_new_generation_and_counts_against_the_old_one(
    archive: Archive, reindexed: Reindexed, found: Found
) -> None:
    reindexed()
    archive.article("gempa", "Gempa susulan.", id="gempa")
    report = reindexed(full=True)
    assert counts(report) == (0, 1, 0, 1)
    assert report.generation == "000002-whoosh"
    assert "--full" in (report.rebuilt or "")
    assert found("susulan") == ["gempa"]


def test_only_the_live_generation_and_the_one_before_are_kept(
    reindexed: Reindexed, settings: Settings
) -> None:
    for _ in range(4):
        reindexed(full=True)
    assert generations(settings) == ["000003-whoosh", "000004-whoosh"]


def test_a_generation_that_a_reader_has_open_is_kept_until_it_is_closed(
    reindexed: Reindexed, settings: Settings
) -> None:
    reindexed()
    with open_current(settings) as opened:
        for _ in range(3):
            reindexed(full=True)
        assert "000001-whoosh" in generations(settings)
        assert opened.reader.documents(["banjir"])[0] is not None
    reindexed(full=True)
    assert generations(settings) == ["000004-whoosh", "000005-whoosh"]


def test_an_open_index_says_when_a_newer_one_is_there(
    archive: Archive, reindexed: Reindexed, settings: Settings
) -> None:
    reindexed()
    with open_current(settings) as opened:
        assert opened.is_current()
        archive.article("panen", id="panen")
        reindexed()
        assert not opened.is_current()
        assert opened.reader.count() == 2
    with open_current(settings) as opened:
        reindexed(full=True)
        assert not opened.is_current()


@pytest.mark.parametrize("part", ["analyzer", "lexicon", "engine", "readers", "trafilatura"])
def test_an_index_made_with_another_fingerprint_is_made_anew_and_the_reason_is_said(
    reindexed: Reindexed, settings: Settings, part: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    reindexed()
    live = Generations.of(settings).current()
    assert live is not None
    meta = live.directory / "meta.json"
    record = json.loads(read_checked(meta))
    now = record["fingerprint"][part]
    record["fingerprint"][part] = "as it was"
    replace_checked(meta, json.dumps(record) + "\n")

    with open_current(settings) as opened:
        stale = opened.stale
    report = reindexed()

    assert stale == report.rebuilt
    assert f"berubah dari as it was menjadi {now}" in (stale or "")
    assert counts(report) == (0, 0, 0, 2)
    assert report.generation == "000002-whoosh"
    with open_current(settings) as opened:
        assert opened.stale is None
    assert reindexed().rebuilt is None


def test_an_edited_lexicon_makes_the_index_anew(
    reindexed: Reindexed, archive: Archive, settings: Settings, tmp_path: Path
) -> None:
    lexicon = tmp_path / "leksikon.txt"
    lexicon.write_text("[akar]\nsawah = ladang\n", encoding="utf-8")
    own = settings.replace(lexicon=str(lexicon))
    sync(own, [str(archive.root)], jobs=1)
    lexicon.write_text("[akar]\nsawah = huma\n", encoding="utf-8")
    report = sync(own, [str(archive.root)], jobs=1)
    assert "leksikon" in (report.rebuilt or "")
    assert report.generation == "000002-whoosh"


@pytest.mark.parametrize(
    "section",
    [
        "[sinonim]\nsawah = ladang",
        "[akronim]\nPSB = panitia sawah bersama",
        "[akronim]\n-BPLK",
        "[kata henti]\nsawah",
        "[kata henti]\n-yang",
        "[kata tanya]\nsawahkah",
    ],
)
def test_what_only_questions_use_is_applied_without_a_rebuild(
    archive: Archive, settings: Settings, tmp_path: Path, section: str
) -> None:
    lexicon = tmp_path / "leksikon.txt"
    lexicon.write_text("", encoding="utf-8")
    own = settings.replace(lexicon=str(lexicon))
    sync(own, [str(archive.root)], jobs=1)
    with open_current(own) as opened:
        lexicon.write_text(section, encoding="utf-8")
        report = sync(own, [str(archive.root)], jobs=1)
        assert not opened.is_current()
    assert (report.rebuilt, report.generation, report.unchanged) == (None, "000001-whoosh", 2)
    with open_current(own) as opened:
        assert opened.stale is None
        assert opened.is_current()
        sync(own, [str(archive.root)], jobs=1)
        assert opened.is_current()


@pytest.mark.parametrize(
    "section", ["[lindungi]\nladangan", "[lindungi]\n-Balangan", "[lindungi]\n-sarani", "[kata dasar]\nsaw"]
)
def test_what_may_change_a_stem_makes_the_index_anew(
    archive: Archive, settings: Settings, tmp_path: Path, section: str
) -> None:
    lexicon = tmp_path / "leksikon.txt"
    lexicon.write_text("", encoding="utf-8")
    own = settings.replace(lexicon=str(lexicon))
    sync(own, [str(archive.root)], jobs=1)
    lexicon.write_text(section, encoding="utf-8")
    report = sync(own, [str(archive.root)], jobs=1)
    assert report.generation == "000002-whoosh"


def test_another_engine_makes_a_new_generation_and_the_old_one_answers_until_then(
    reindexed: Reindexed, settings: Settings, archive: Archive, found: Found
) -> None:
    pytest.importorskip("index.engines.tantivy")
    reindexed()
    wanted = settings.replace(engine="tantivy")
    with open_current(wanted) as opened:
        assert "tantivy" in (opened.stale or "")
        assert opened.generation.engine_name == "whoosh"
        assert opened.reader.count() == 2
    report = sync(wanted, [str(archive.root)], jobs=1)
    assert report.engine == "tantivy"
    assert report.generation == "000002-tantivy"
    assert counts(report) == (0, 0, 0, 2)
    with open_current(wanted) as opened:
        assert opened.stale is None
        assert opened.reader.count() == 2


@pytest.mark.parametrize("damage", ["pointer", "pointer to nothing", "meta", "engine"])
def test_a_damaged_index_is_made_anew(
    reindexed: Reindexed, settings: Settings, found: Found, damage: str
) -> None:
    reindexed()
    live = Generations.of(settings).current()
    assert live is not None
    root = Path(settings.text("index"))
    match damage:
        case "pointer":
            (root / "current").write_bytes(b"\xff\0nonsense")
        case "pointer to nothing":
            (root / "current").write_text("000007-whoosh\n")
        case "meta":
            (live.directory / "meta.json").write_text("{")
        case "engine":
            for path in live.location.directory.iterdir():
                path.unlink()
    with pytest.raises(IndexBrokenError):
        open_current(settings)

    report = reindexed()

    assert report.rebuilt
    assert report.documents == 2
    assert found("gempa") == ["gempa"]


def test_a_generation_number_is_never_used_twice(reindexed: Reindexed, settings: Settings) -> None:
    reindexed()
    (Path(settings.text("index")) / "current").write_text("000007-whoosh\n")
    assert reindexed().generation == "000008-whoosh"


def test_what_killed_runs_left_behind_is_removed(reindexed: Reindexed, settings: Settings) -> None:
    reindexed()
    folder = Path(settings.text("index")) / "generations"
    for name in ("000002-whoosh", ".removed-000000-whoosh"):
        (folder / name / "data").mkdir(parents=True)
        (folder / name / "data" / "half").write_text("x")
    reindexed()
    assert generations(settings) == ["000001-whoosh"]
