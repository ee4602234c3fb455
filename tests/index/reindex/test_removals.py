"""A run whose sources nobody named keeps to those of the index, and asks before it removes much of it."""

from __future__ import annotations

import json
import os
import signal
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner, Result

from index.cli import reindex
from index.settings import Settings

if TYPE_CHECKING:
    from tests.index.conftest import Archive, Command

Stored = Callable[[], dict[str, str]]
Run = Callable[..., Result]
MANY = 20


@pytest.fixture
def run(settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """``reindex`` into the index, in a working folder that holds nothing."""
    for variable in [name for name in os.environ if name.startswith("TELUSUR_")]:
        monkeypatch.delenv(variable)
    monkeypatch.setenv("TELUSUR_LANGUAGE", "en")
    monkeypatch.setenv("TELUSUR_INDEX", settings.text("index"))
    folder = tmp_path / "kerja"
    folder.mkdir()
    monkeypatch.chdir(folder)
    return lambda *arguments: CliRunner().invoke(reindex, ["--jobs", "1", "--json", *arguments])


@pytest.fixture
def many(archive: Archive, run: Run) -> Path:
    """A file of many articles that an index was made of, by name."""
    path = archive.lines("arsip.jsonl", MANY)
    assert counts(run(str(archive.root))) == (MANY, 0, 0)
    return path


def counts(result: Result) -> tuple[int, int, int]:
    assert result.exit_code == 0, result.stderr
    report = json.loads(result.stdout)
    return report["added"], report["removed"], report["unchanged"]


def refusal(result: Result) -> str:
    assert result.exit_code == 1, result.output
    assert result.stdout == ""
    return result.stderr


def samples() -> None:
    """Samples of one article in the working folder, as in a checkout."""
    Path("seeds").mkdir()
    Path("seeds", "contoh.txt").write_text("Pasar contoh dibuka pekan ini. Pedagang senang.")


def configure(*sources: Path) -> None:
    Path("telusur.toml").write_text(f"sources = {json.dumps([str(source) for source in sources])}")


def test_without_any_source_the_owner_is_told_what_to_name(run: Run) -> None:
    result = run()
    assert result.exit_code == 2
    assert "reindex FOLDER" in result.stderr
    assert "TELUSUR_SOURCES" in result.stderr


def test_the_samples_are_read_where_nothing_else_is_known(run: Run) -> None:
    samples()
    assert counts(run()) == (1, 0, 0)


def test_the_sources_of_the_last_run_are_read_again_from_any_folder_and_not_the_samples(
    many: Path, run: Run, archive: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(archive.root.parent)
    assert counts(run(archive.root.name, "--full")) == (0, 0, MANY)
    monkeypatch.chdir("kerja")
    samples()
    archive.article("baru")
    assert counts(run()) == (1, 0, MANY)
    assert counts(run("--full")) == (0, 0, MANY + 1)
    assert counts(run()) == (0, 0, MANY + 1)


def test_configured_sources_go_before_remembered_ones_and_named_ones_before_both(
    many: Path, run: Run, new_archive: Callable[[str], Archive]
) -> None:
    wider = new_archive("lebih")
    wider.lines("arsip.jsonl", MANY + 5)
    configure(wider.root)
    assert counts(run()) == (5, 0, MANY)
    assert counts(run(str(many.parent))) == (0, 5, MANY)


@pytest.mark.parametrize("arguments", [[], ["--full"], ["--dry-run"], ["--dry-run", "--full"]])
def test_configured_sources_that_lack_much_are_refused_and_nothing_changes(
    many: Path,
    run: Run,
    new_archive: Callable[[str], Archive],
    stored: Stored,
    settings: Settings,
    arguments: list[str],
) -> None:
    other = new_archive("lain")
    other.article("lain")
    configure(other.root)
    before, files = stored(), generations(settings)
    said = refusal(run(*arguments))
    assert f"the index holds 20 articles from {many.parent}, and 20 of them" in said
    assert f"setting `sources` ({other.root})" in said
    assert "--allow-removals" in said
    assert (stored(), generations(settings)) == (before, files)
    assert counts(run(str(many.parent))) == (0, 0, MANY)


@pytest.mark.parametrize("flag", ["--allow-removals", "--allow-empty"])
def test_they_replace_the_index_on_demand_and_are_remembered(
    many: Path, run: Run, new_archive: Callable[[str], Archive], flag: str
) -> None:
    other = new_archive("lain")
    other.article("lain")
    configure(other.root)
    assert counts(run(flag)) == (1, MANY, 0)
    configure()
    assert counts(run()) == (0, 0, 1)


def test_remembered_sources_may_lose_a_tenth_and_no_more(many: Path, run: Run, stored: Stored) -> None:
    lines = many.read_text().splitlines(keepends=True)
    many.write_text("".join(lines[3:]))
    assert "3 of them are not in the sources that were used last" in refusal(run())
    assert len(stored()) == MANY
    many.write_text("".join(lines[2:]))
    assert counts(run()) == (0, 2, MANY - 2)


def test_who_names_the_sources_is_not_asked(many: Path, run: Run) -> None:
    many.write_text("".join(many.read_text().splitlines(keepends=True)[:3]))
    assert counts(run(str(many.parent))) == (0, MANY - 3, 3)


def test_a_small_index_may_lose_articles(archive: Archive, run: Run) -> None:
    path = archive.lines("arsip.jsonl", 10)
    run(str(archive.root))
    path.write_text("".join(path.read_text().splitlines(keepends=True)[:3]))
    assert counts(run()) == (0, 7, 3)


def test_articles_that_cannot_be_read_for_now_are_not_removed(
    many: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TELUSUR_FOLLOW_LINKS", "true")
    many.unlink()
    many.symlink_to("/proc/self/mem")  # reading its first byte is an input/output error
    assert counts(run()) == (0, 0, MANY)


def test_the_samples_never_replace_articles_of_unknown_sources(
    archive: Archive, run: Run, settings: Settings, stored: Stored
) -> None:
    archive.article("satu", id="satu")
    run(str(archive.root))
    (Path(settings.text("index")) / "sources.json").write_text("{")
    samples()
    assert "the samples (seeds)" in refusal(run())
    assert list(stored()) == ["satu"]


def test_lessons_that_are_known_do_not_hide_what_would_be_removed(
    many: Path, run: Run, archive: Archive, stored: Stored, settings: Settings
) -> None:
    before = many.read_text()
    archive.lines("arsip.jsonl", MANY, first=5)
    assert counts(run(str(archive.root))) == (5, 5, MANY - 5)
    many.write_text(before)  # as it was when it was learned from
    held, files = stored(), generations(settings)
    assert "5 of them" in refusal(run("--full"))
    assert (stored(), generations(settings)) == (held, files)


@pytest.mark.parametrize("argument", ["--dry-run", "tiada"])
def test_only_a_run_that_succeeds_is_remembered(
    many: Path, run: Run, new_archive: Callable[[str], Archive], argument: str
) -> None:
    other = new_archive("lain")
    other.article("lain")
    assert run(str(other.root), argument).exit_code == (argument == "tiada")
    assert counts(run()) == (0, 0, MANY)


def test_watching_keeps_to_the_remembered_sources(command: Command, archive: Archive) -> None:
    archive.article("satu", id="satu")
    assert command.run("--json", "--jobs", "1")[0] == 0
    bare = command.bare()
    process = bare.start("--watch", "--json", "--jobs", "1")
    assert process.stdout is not None
    try:
        assert json.loads(process.stdout.readline())["unchanged"] == 1
        archive.article("dua", id="dua")
        assert json.loads(process.stdout.readline())["added"] == 1
    finally:
        process.send_signal(signal.SIGINT)
        process.communicate(timeout=30)
    assert process.returncode == 0


def generations(settings: Settings) -> list[str]:
    return sorted(os.listdir(Path(settings.text("index")) / "generations"))
