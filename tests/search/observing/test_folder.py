"""Figures of several processes lie in one folder, which does not fill up and is left behind by nobody."""

from __future__ import annotations

import os
import signal
import tempfile
from pathlib import Path

import pytest

from search.observing.folder import Folder


@pytest.fixture(autouse=True)
def _place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))


def start(folder: Folder) -> tuple[int, str]:
    """A process that has taken a place, and lives on."""
    reader, writer = os.pipe()
    child = os.fork()
    if not child:
        os.write(writer, folder.take_place().encode())
        signal.pause()
        os._exit(0)
    place = os.read(reader, 10).decode()
    os.close(reader)
    os.close(writer)
    return child, place


def end(child: int) -> None:
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)


def test_each_living_process_has_a_place_of_its_own_and_the_next_one_gets_that_of_a_dead_one() -> None:
    folder = Folder.make()
    first, second = start(folder), start(folder)
    assert (first[1], second[1]) == ("0", "1")
    assert folder.living() == 2
    assert list(folder.vacant()) == []

    end(first[0])
    assert folder.living() == 1
    assert list(folder.vacant()) == ["0"]
    third = start(folder)
    assert third[1] == "0"
    assert folder.living() == 2
    end(second[0])
    end(third[0])
    folder.remove()
    assert not folder.path.exists()


def test_what_a_killed_server_left_is_removed_and_what_others_use_is_not(tmp_path: Path) -> None:
    left = tmp_path / "telusur-metrics-left"
    left.mkdir()
    (left / "counter_0.db").write_bytes(b"1")
    foreign = tmp_path / "telusur-metrics-elsewhere"
    foreign.symlink_to(tmp_path.parent)
    used = Folder.make()

    assert not left.exists()
    assert tmp_path.parent.exists()
    another = Folder.make()
    assert used.path.exists()
    assert another.path != used.path


def test_a_folder_is_in_use_while_one_of_its_workers_lives() -> None:
    made = os.fork()
    if not made:  # a server that starts a worker and is killed
        start(Folder.make())
        os._exit(0)
    os.waitpid(made, 0)
    (folder,) = Path(tempfile.gettempdir()).glob("telusur-metrics-*")
    Folder.make()
    assert folder.exists()
    worker = next(
        int(path.parent.name) for path in Path("/proc").glob("[0-9]*/fd") if _holds(path, folder / "0.lock")
    )
    os.kill(worker, signal.SIGKILL)


def _holds(descriptors: Path, file: Path) -> bool:
    try:
        return any(os.readlink(each) == str(file) for each in descriptors.iterdir())
    except OSError:
        return False
