"""Watching runs when the sources have changed and come to rest, and goes on after a failure."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from index.reindex.watch import watch
from index.settings import Settings

if TYPE_CHECKING:
    from tests.index.conftest import Archive


class EnoughError(Exception):
    """Ends a watch."""


def watched(settings: Settings, archive: Archive, run: Callable[[], bool], looks: Iterator[object]) -> None:
    """Watch the archive; between two looks the next step of ``looks`` is taken; its end ends the watch."""

    def sleep(_seconds: float) -> None:
        if next(looks, EnoughError) is EnoughError:
            raise EnoughError

    with pytest.raises(EnoughError):
        watch(settings, [str(archive.root)], run, pause=0.0, sleep=sleep)


def test_it_runs_at_once_and_then_only_after_a_change(archive: Archive, settings: Settings) -> None:
    runs: list[list[str]] = []

    def run() -> bool:
        runs.append(sorted(path.name for path in archive.root.iterdir()))
        return True

    def looks() -> Iterator[object]:
        yield from range(5)
        archive.article("satu")
        yield from range(5)
        (archive.root / "satu.md").unlink()
        yield from range(5)

    watched(settings, archive, run, looks())
    assert runs == [[], ["satu.md"], []]


def test_it_waits_until_a_file_that_is_being_written_comes_to_rest(
    archive: Archive, settings: Settings
) -> None:
    sizes: list[int] = []
    path = archive.text("arsip.txt", "")

    def run() -> bool:
        sizes.append(path.stat().st_size)
        return True

    def looks() -> Iterator[object]:
        yield None
        for length in range(1, 6):
            path.write_text("x" * length)
            yield None
        yield from range(3)

    watched(settings, archive, run, looks())
    assert sizes == [0, 5]


def test_a_failed_run_is_tried_again(archive: Archive, settings: Settings) -> None:
    outcomes = iter([False, False, True])
    runs: list[bool] = []

    def run() -> bool:
        runs.append(next(outcomes))
        return runs[-1]

    watched(settings, archive, run, iter(range(10)))
    assert runs == [False, False, True]


def test_an_edited_lexicon_is_a_change(archive: Archive, settings: Settings, tmp_path: Path) -> None:
    lexicon = tmp_path / "leksikon.txt"
    lexicon.write_text("[akar]\n")
    runs: list[str] = []

    def run() -> bool:
        runs.append(lexicon.read_text())
        return True

    def looks() -> Iterator[object]:
        yield from range(3)
        lexicon.write_text("[akar]\nsawah = huma\n")
        yield from range(3)

    watched(settings.replace(lexicon=str(lexicon)), archive, run, looks())
    assert runs == ["[akar]\n", "[akar]\nsawah = huma\n"]


def test_sources_that_go_missing_and_come_back_are_changes(archive: Archive, settings: Settings) -> None:
    there: list[bool] = []
    elsewhere = archive.root.with_name("pindah")

    def run() -> bool:
        there.append(archive.root.is_dir())
        return archive.root.is_dir()

    def looks() -> Iterator[object]:
        yield from range(3)
        archive.root.rename(elsewhere)
        yield from range(2)
        elsewhere.rename(archive.root)
        yield from range(3)

    watched(settings, archive, run, looks())
    assert there[0] is True
    assert False in there
    assert there[-1] is True
