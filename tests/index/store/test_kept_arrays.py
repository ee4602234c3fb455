"""Arrays that were worked out once are mapped by all who know of what; nothing depends on their files."""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from index.store.kept_arrays import Arrays, KeptArrays

MADE: Arrays = {
    "numbers": np.arange(1000, dtype=np.uint32),
    "empty": np.empty(0, np.float32),
    "flags": np.array([True, False, True]),
}


def maker() -> tuple[Callable[[], Arrays], list[int]]:
    """A function that makes arrays, and how often it was asked."""
    calls: list[int] = []

    def make() -> Arrays:
        calls.append(1)
        return MADE

    return make, calls


def assert_made(found: Arrays) -> None:
    assert found.keys() == MADE.keys()
    for name, array in MADE.items():
        assert found[name].dtype == array.dtype
        assert found[name].tolist() == array.tolist()


def test_they_are_made_once_and_mapped_by_everybody(tmp_path: Path) -> None:
    make, calls = maker()

    found = [KeptArrays(tmp_path, "key").get("some", make) for _ in range(3)]

    for arrays in found:
        assert_made(arrays)
        assert not arrays["numbers"].flags.owndata
        assert not arrays["numbers"].flags.writeable
    assert len(calls) == 1


def test_what_was_made_of_something_else_is_made_anew(tmp_path: Path) -> None:
    KeptArrays(tmp_path, "key").get("some", lambda: {"numbers": np.zeros(3)})
    make, calls = maker()

    assert_made(KeptArrays(tmp_path, "other").get("some", make))
    assert_made(KeptArrays(tmp_path, "other").get("some", make))
    assert len(calls) == 1


@pytest.mark.parametrize("place", [0, 5, 45, 200, -1])
def test_a_damaged_file_is_made_anew(tmp_path: Path, place: int) -> None:
    make, calls = maker()
    KeptArrays(tmp_path, "key").get("some", make)
    file = tmp_path / "some.arrays"
    content = bytearray(file.read_bytes())
    content[place] ^= 1
    file.write_bytes(content)

    assert_made(KeptArrays(tmp_path, "key").get("some", make))
    assert len(calls) == 2


@pytest.mark.parametrize("length", [0, 1, 40, -1])
def test_a_cut_file_is_made_anew(tmp_path: Path, length: int) -> None:
    make, calls = maker()
    KeptArrays(tmp_path, "key").get("some", make)
    file = tmp_path / "some.arrays"
    file.write_bytes(file.read_bytes()[:length])

    assert_made(KeptArrays(tmp_path, "key").get("some", make))
    assert len(calls) == 2


def test_others_wait_for_who_makes_them(tmp_path: Path) -> None:
    begun, go_on = threading.Event(), threading.Event()
    calls: list[int] = []
    found: list[Arrays] = []

    def make() -> Arrays:
        calls.append(1)
        begun.set()
        assert go_on.wait(30)
        return MADE

    def ask() -> None:
        found.append(KeptArrays(tmp_path, "key").get("some", make))

    threads = [threading.Thread(target=ask) for _ in range(3)]
    threads[0].start()
    assert begun.wait(30)
    for thread in threads[1:]:
        thread.start()
    go_on.set()
    for thread in threads:
        thread.join()

    assert len(calls) == 1
    for arrays in found:
        assert_made(arrays)


def test_what_nobody_wants_any_more_is_not_kept(tmp_path: Path) -> None:
    KeptArrays(tmp_path, "key").get("some", lambda: {"cut": np.zeros(1)}, lambda: False)
    make, calls = maker()

    assert_made(KeptArrays(tmp_path, "key").get("some", make))
    assert len(calls) == 1


def test_what_making_raises_is_raised_and_nothing_is_left(tmp_path: Path) -> None:
    def fail() -> Arrays:
        raise ValueError("no words")

    with pytest.raises(ValueError, match="no words"):
        KeptArrays(tmp_path, "key").get("some", fail)
    assert list(tmp_path.glob("*.arrays")) == []


def test_where_nothing_can_be_written_a_temporary_folder_has_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    (tmp_path / "berkas").touch()
    nowhere = tmp_path / "berkas" / "generation"
    make, calls = maker()

    assert_made(KeptArrays(nowhere, "key").get("some", make))
    assert_made(KeptArrays(nowhere, "key").get("some", make))
    assert len(calls) == 1
    assert list(tmp_path.rglob("some.arrays"))


def test_where_not_even_that_can_be_written_they_are_its_own(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    no_folder = tmp_path / "berkas"
    no_folder.touch()
    monkeypatch.setattr("tempfile.tempdir", str(no_folder))
    make, calls = maker()

    assert_made(KeptArrays(no_folder / "generation", "key").get("some", make))
    assert len(calls) == 1
