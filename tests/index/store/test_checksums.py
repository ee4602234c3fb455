"""Checksums name what was damaged, and nothing that a run is at work on."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from index.engines.base import IndexBrokenError
from index.engines.registry import embedded_names
from index.reindex.removals import RemovalsError
from index.reindex.report import Report
from index.reindex.sync import sync
from index.settings import Settings
from index.store.checksums import (
    UnverifiableError,
    is_sealed,
    open_checksums,
    seal_checksums,
    verify,
)
from index.store.durable import read_checked, replace_checked
from index.store.generations import Generations

if TYPE_CHECKING:
    from tests.index.conftest import Archive

Reindexed = Callable[..., Report]


def live(settings: Settings) -> Path:
    generation = Generations.of(settings).current()
    assert generation is not None
    return generation.directory


def flip(path: Path, place: int = -9) -> None:
    content = bytearray(path.read_bytes())
    content[place] ^= 4
    path.write_bytes(content)


@pytest.fixture(params=embedded_names())
def made(request: pytest.FixtureRequest, settings: Settings, archive: Archive) -> Settings:
    """An index that was made and then updated."""
    own = settings.replace(engine=request.param, sources=(str(archive.root),))
    archive.article("satu")
    archive.article("dua")
    sync(own, jobs=1)
    archive.article("tiga")
    (archive.root / "dua.md").unlink()
    sync(own, jobs=1, allow_removals=True)
    return own


def test_every_file_of_the_engine_is_known_and_any_bit_counts(made: Settings) -> None:
    folder = live(made)
    verify(folder)
    files = [path for path in (folder / "data").iterdir() if path.stat().st_size and path.name[0] != "."]
    assert files
    for path in files:
        whole = path.read_bytes()
        for place in (0, len(whole) // 2, len(whole) - 1):
            flip(path, place)
            with pytest.raises(IndexBrokenError, match=path.name):
                verify(folder)
        path.write_bytes(whole[:-1])
        with pytest.raises(IndexBrokenError, match=f"{path.name}.*panjangnya"):
            verify(folder)
        path.unlink()
        with pytest.raises(IndexBrokenError, match=f"{path.name}.*hilang"):
            verify(folder)
        path.write_bytes(whole)
        verify(folder)


@pytest.mark.parametrize("name", ["meta.json", "language.json"])
def test_our_own_files_are_verified_too(made: Settings, name: str) -> None:
    flip(live(made) / name)
    with pytest.raises(IndexBrokenError, match=name):
        verify(live(made))


@pytest.mark.parametrize("damage", [flip, Path.unlink])
def test_without_the_list_nobody_can_say(made: Settings, damage: Callable[[Path], None]) -> None:
    damage(live(made) / "checksums.json")
    with pytest.raises(UnverifiableError, match=r"checksums\.json.*jalankan `reindex`"):
        verify(live(made))
    assert "checksums.json" in (sync(made, jobs=1).rebuilt or "")
    verify(live(made))


@pytest.mark.parametrize("name", ["../../../outside", "{root}/outside", "sub/../../outside"])
def test_a_list_that_names_files_outside_of_the_index_is_none(
    made: Settings, tmp_path: Path, name: str
) -> None:
    (tmp_path / "outside").write_bytes(b"123456789")
    checksums = live(made) / "checksums.json"
    record = json.loads(read_checked(checksums))
    record["files"][name.format(root=tmp_path)] = [9, 0xCBF43926]
    replace_checked(checksums, json.dumps(record) + "\n")
    with pytest.raises(UnverifiableError, match="outside of data"):
        verify(live(made))


def test_what_was_verified_is_read_again_when_it_has_changed(made: Settings) -> None:
    verified: dict[str, tuple[int, int, int]] = {}
    verify(live(made), verified)
    assert verified
    name = max(verified, key=lambda name: verified[name][1])
    flip(live(made) / "data" / name)
    with pytest.raises(IndexBrokenError, match=name):
        verify(live(made), verified)


def test_what_a_run_is_writing_is_no_damage_and_what_it_found_still_is(made: Settings) -> None:
    folder = live(made)
    data = folder / "data"
    kept, changed = sorted(data.glob("[!.]*"), key=lambda path: path.stat().st_size)[-2:]
    before = open_checksums(folder)
    assert not is_sealed(folder)
    flip(changed)
    (data / "new").write_bytes(b"more")
    verify(folder)
    kept.unlink()
    verify(folder)

    seal_checksums(folder, before)

    assert is_sealed(folder)
    verify(folder)
    flip(data / "new", 0)
    with pytest.raises(IndexBrokenError, match="new"):
        verify(folder)


def test_a_run_that_was_killed_leaves_a_list_that_the_next_run_seals(
    made: Settings, archive: Archive
) -> None:
    open_checksums(live(made))
    assert sync(made, jobs=1).rebuilt is None
    assert is_sealed(live(made))
    archive.article("empat")
    open_checksums(live(made))
    report = sync(made, jobs=1)
    assert (report.rebuilt, report.documents) == (None, 3)
    assert is_sealed(live(made))
    verify(live(made))


def test_reindex_names_the_damage_makes_the_index_anew_and_keeps_the_last_whole_one(
    made: Settings, archive: Archive
) -> None:
    whole = live(made)
    sync(made, jobs=1, full=True)
    damaged = live(made)
    name = max((damaged / "data").glob("[!.]*"), key=lambda path: path.stat().st_size).name
    flip(damaged / "data" / name)

    report = sync(made, jobs=1)

    assert name in (report.rebuilt or "")
    assert report.documents == 2
    assert not damaged.exists()
    assert [earlier.directory for earlier in Generations.of(made).earlier()] == [whole]
    assert sync(made, jobs=1).rebuilt is None


def test_a_damaged_index_is_not_replaced_by_one_of_an_empty_folder(made: Settings, archive: Archive) -> None:
    for number in range(9):
        archive.article(f"lain-{number}")
    sync(made, jobs=1)
    folder = live(made)
    for path in archive.root.iterdir():
        path.unlink()
    flip(max((folder / "data").glob("[!.]*"), key=lambda path: path.stat().st_size))

    with pytest.raises(RemovalsError, match="tidak ada satu pun artikel"):
        sync(made, jobs=1)

    assert live(made) == folder
