"""Whatever ends a run, the index that was served before it answers as before, and the next run succeeds."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from index.reindex.report import Report
from index.settings import Settings
from index.store.lock import WriteLock

if TYPE_CHECKING:
    from tests.index.conftest import Archive, Command

Stored = Callable[[], dict[str, str]]
Found = Callable[[str], list[str]]

# More than a run reads alone, so that it starts workers if it may.
MANY = 800

finds_processes = pytest.mark.skipif(
    not Path("/proc/self/stat").exists(), reason="finds processes under /proc"
)


def wait_until(condition: Callable[[], object], process: subprocess.Popen[str], seconds: float = 60) -> None:
    deadline = time.monotonic() + seconds
    while not condition():
        assert process.poll() is None, process.communicate()
        assert time.monotonic() < deadline
        time.sleep(0.005)


def files(folder: Path) -> set[str]:
    return {str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file()}


@pytest.fixture
def generations(settings: Settings) -> Path:
    return Path(settings.text("index")) / "generations"


@pytest.fixture
def served(archive: Archive, reindexed: Callable[..., Report], stored: Stored) -> dict[str, str]:
    """An index of one article, and then an archive of many more."""
    archive.article("awal", "Kata pertama.", id="awal")
    reindexed()
    archive.lines("arsip.jsonl", MANY)
    return stored()


@pytest.fixture
def outgrown(archive: Archive, reindexed: Callable[..., Report], stored: Stored) -> dict[str, str]:
    """An index of some articles, and then an archive of more, but not so many that they need a full run."""
    archive.lines("lama.jsonl", 300, word="lama")
    reindexed()
    archive.lines("arsip.jsonl", 250)
    return stored()


def killed(process: subprocess.Popen[str]) -> None:
    process.kill()
    process.communicate()
    assert process.returncode == -signal.SIGKILL


@pytest.mark.parametrize("jobs", [1, 2])
def test_a_full_run_that_is_killed_leaves_the_answers_and_nothing_else(
    served: dict[str, str], command: Command, generations: Path, stored: Stored, found: Found, jobs: int
) -> None:
    process = command.start("--full", "--jobs", str(jobs))
    wait_until((generations / "000002-whoosh" / "data").is_dir, process)
    killed(process)
    assert stored() == served
    assert found("pertama") == ["awal"]

    code, output, _errors = command.run("--json", "--jobs", "1")

    assert code == 0
    assert json.loads(output)["documents"] == MANY + 1
    assert sorted(path.name for path in generations.iterdir()) == ["000001-whoosh", "000002-whoosh"]
    assert json.loads(output)["generation"] == "000002-whoosh"


def test_an_update_that_is_killed_leaves_the_answers(
    outgrown: dict[str, str], command: Command, generations: Path, stored: Stored, found: Found
) -> None:
    before = files(generations)
    process = command.start("--jobs", "1")
    wait_until(lambda: files(generations) != before, process)
    killed(process)
    assert stored() == outgrown
    assert found("banjir") == []

    code, output, errors = command.run("--json", "--jobs", "1")

    assert (code, errors) == (0, "")
    assert (json.loads(output)["added"], json.loads(output)["unchanged"]) == (250, 300)
    assert len(stored()) == len(found("banjir")) + len(outgrown) == 550


@finds_processes
@pytest.mark.parametrize("sent", [signal.SIGINT, signal.SIGTERM])
def test_a_run_that_is_interrupted_cleans_up_and_says_so(
    served: dict[str, str], command: Command, generations: Path, stored: Stored, sent: int
) -> None:
    process = command.start("--full", "--jobs", "2")
    wait_until(lambda: len(workers(process)) == 2, process)
    process.send_signal(sent)
    _output, errors = process.communicate(timeout=60)
    assert process.returncode == 1
    assert "intact" in errors
    assert "Traceback" not in errors
    assert stored() == served
    assert sorted(path.name for path in generations.iterdir()) == ["000001-whoosh"]


@pytest.mark.parametrize("full", [False, True])
def test_a_full_disk_fails_with_a_message_and_leaves_the_answers(
    served: dict[str, str],
    command: Command,
    generations: Path,
    stored: Stored,
    found: Found,
    full: bool,
) -> None:
    before = files(generations)

    small_disk = "import resource; resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, 100_000))"
    arguments = ["--json", "--jobs", "1", *(["--full"] if full else [])]

    code, output, errors = command.run(*arguments, before=small_disk)

    assert code == 1
    assert output == ""
    assert "File too large" in errors
    assert "Traceback" not in errors
    assert stored() == served
    assert found("pertama") == ["awal"]
    assert not full or files(generations) == before


def children(parent: int) -> Iterator[int]:
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                fields = (entry / "stat").read_text().rpartition(")")[2].split()
            except OSError:
                continue
            if int(fields[1]) == parent:
                yield int(entry.name)


def workers(process: subprocess.Popen[str]) -> list[int]:
    """Processes that the fork server of a run has made for it."""
    return [worker for server in children(process.pid) for worker in children(server)]


@finds_processes
def test_a_run_whose_worker_is_killed_fails_with_a_message_and_leaves_the_answers(
    served: dict[str, str], command: Command, generations: Path, stored: Stored
) -> None:
    process = command.start("--full", "--jobs", "2")
    wait_until(lambda: len(workers(process)) == 2, process)
    os.kill(workers(process)[0], signal.SIGKILL)
    _output, errors = process.communicate(timeout=60)
    assert process.returncode == 1
    assert "--jobs 1" in errors
    assert "Traceback" not in errors
    assert stored() == served
    assert sorted(path.name for path in generations.iterdir()) == ["000001-whoosh"]


@finds_processes
def test_workers_of_a_killed_run_end_with_it_and_do_not_hold_the_lock(
    served: dict[str, str], command: Command, settings: Settings
) -> None:
    process = command.start("--full", "--jobs", "2")
    wait_until(lambda: workers(process), process)
    orphans = workers(process)
    killed(process)
    with WriteLock(Path(settings.text("index"))):
        pass
    deadline = time.monotonic() + 30
    while any(Path(f"/proc/{orphan}").exists() for orphan in orphans):
        assert time.monotonic() < deadline
        time.sleep(0.05)


@pytest.fixture
def first(served: dict[str, str], command: Command, generations: Path) -> subprocess.Popen[str]:
    """A run that has come to a standstill in its midst."""
    process = command.start("--full", "--jobs", "1")
    wait_until((generations / "000002-whoosh" / "data").is_dir, process)
    process.send_signal(signal.SIGSTOP)
    return process


def test_a_second_run_says_who_holds_the_lock_and_fails(
    first: subprocess.Popen[str], command: Command
) -> None:
    code, output, errors = command.run("--json")
    killed(first)
    assert code == 1
    assert output == ""
    assert f"process {first.pid} on {os.uname().nodename}" in errors
    assert "--full" in errors


def test_a_dry_run_does_not_wait_for_the_lock(first: subprocess.Popen[str], command: Command) -> None:
    code, output, _errors = command.run("--json", "--dry-run", "--jobs", "1")
    killed(first)
    assert code == 0
    assert json.loads(output)["added"] == MANY
