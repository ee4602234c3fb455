"""Counts reach the file, from several processes, within seconds; and trouble with it disturbs nobody."""

from __future__ import annotations

import logging
import os
import signal
import sqlite3
import stat
import subprocess
import sys
import time
from datetime import date
from pathlib import Path

import pytest

from search.asked import recorder as recorder_module
from search.asked import store as store_module
from search.asked.recorder import MOST, Recorder
from search.asked.report import QueriesError, Report, report
from search.asked.store import QUERIES_FILE, Store

TODAY = date(2027, 1, 31)


class Clock:
    """A clock that a test moves."""

    def __init__(self) -> None:
        self.seconds = 100.0
        self._day = TODAY

    @property
    def day(self) -> date:
        """The day that it shows; another one is later."""
        return self._day

    @day.setter
    def day(self, day: date) -> None:
        self._day = day
        self.seconds += 60

    def __call__(self) -> float:
        return self.seconds

    def today(self) -> date:
        return self.day


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store.of(str(tmp_path))


def recorder_of(store: Store, clock: Clock, days: int = 90) -> Recorder:
    return Recorder(store, days, clock.today, clock)


def told(store: Store, since: date = TODAY, until: date = TODAY) -> Report:
    return report(store, since, until, 100)


def searches(found: Report) -> dict[str, int]:
    return {row.query: row.searches for row in found.queries}


def test_counts_are_summed_up_by_query_and_day(store: Store, clock: Clock) -> None:
    recorder = recorder_of(store, clock)
    recorder.search("banjir", 35, True, "page")
    recorder.search("banjir", 36, False, "api")
    recorder.search("nakes", 0, True, "page")
    recorder.write()
    clock.day = date(2027, 2, 1)
    recorder.search("banjir", 40, True, "page")
    recorder.close()

    found = told(store, TODAY, clock.day)
    first, second = found.queries
    assert (first.query, first.searches, first.some, first.total) == ("banjir", 3, 1, 40)
    assert (second.query, second.empty, second.total) == ("nakes", 1, 0)
    assert [(day.searches, day.empty) for day in found.days] == [(3, 1), (1, 0)]
    assert found.not_found == (second,)
    assert found.faces == {"page": 3, "api": 1}


def test_a_query_that_finds_something_by_now_is_not_listed_as_failed(store: Store, clock: Clock) -> None:
    recorder = recorder_of(store, clock)
    recorder.search("nakes", 0, True, "page")
    recorder.write()
    recorder.search("nakes", 5, True, "page")
    recorder.close()

    assert told(store).not_found == ()
    assert told(store).queries[0].empty == 1


def test_the_file_is_for_its_owner_alone_and_holds_days_and_no_times(store: Store, clock: Clock) -> None:
    recorder = recorder_of(store, clock)
    recorder.search("banjir", 1, True, "page")
    recorder.close()

    assert stat.S_IMODE(store.path.stat().st_mode) == 0o600
    assert sqlite3.connect(store.path).execute("SELECT * FROM searches").fetchall() == [
        ("2027-01-31", "banjir", "page", 1, 0, 0, 1)
    ]


def test_nothing_is_there_before_something_is_asked(store: Store) -> None:
    assert told(store).searches == 0
    assert not store.path.exists()


def test_keys_of_one_who_types_are_one_search(store: Store, clock: Clock) -> None:
    recorder = recorder_of(store, clock)
    for text in ("b", "ba", "ban", "ban", "banj", "banjir", "banji", "ban", "banjir", "banjir d"):
        recorder.typed(text, len(text), True)
        clock.seconds += 0.3
    recorder.typed("nakes", 0, True)
    recorder.write()
    assert told(store).searches == 0  # perhaps somebody still types

    clock.seconds += 2
    recorder.write()
    assert searches(told(store)) == {"banjir d": 1, "nakes": 1}

    recorder.typed("banjir demak", 1, True)  # much later: another search
    recorder.close()
    assert searches(told(store)) == {"banjir d": 1, "banjir demak": 1, "nakes": 1}


def test_clicks_count_for_searches_of_the_day_alone(store: Store, clock: Clock) -> None:
    recorder = recorder_of(store, clock)
    recorder.search("banjir", 9, True, "page")
    for query, face in (("banjir", "page"), ("banjir", "component"), ("tak ditanya", "page")):
        recorder.click(query, face, 4)
    recorder.click("banjir", "page", 1)
    recorder.write()
    assert told(store).clicks == 0  # the search may be another process's to write

    clock.seconds += 3
    recorder.write()
    (row,) = told(store).queries
    assert (row.clicks, row.position) == (2, 2.5)

    for _time in range(100):
        recorder.click("banjir", "page", 1)
    recorder.close()
    assert told(store).clicks <= store_module.CLICKS_A_SEARCH
    clock.day = date(2027, 2, 1)
    recorder.click("banjir", "page", 1)
    recorder.close()
    assert told(store, clock.day, clock.day).clicks == 0


def test_days_that_are_over_are_forgotten(store: Store, clock: Clock) -> None:
    recorder = recorder_of(store, clock, days=7)
    recorder.search("rahasia lama", 1, True, "page")
    recorder.write()
    clock.day = date(2027, 2, 6)
    recorder.write()
    assert told(store).searches == 1

    clock.day = date(2027, 2, 7)
    recorder.write()
    assert told(store).searches == 0
    assert b"rahasia" not in store.path.read_bytes()


def test_memory_and_rows_of_a_day_are_bounded(
    store: Store, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(store_module, "MOST_A_DAY", 10)
    monkeypatch.setattr(recorder_module, "MOST", 30)
    recorder = recorder_of(store, clock)
    for number in range(50):
        recorder.search(f"q{number}", 1, True, "page")
        recorder.click(f"q{number}", "page", 1)
    assert len(recorder._searches) <= 31 < MOST
    recorder.write()
    recorder.search("q0", 1, True, "page")
    recorder.search("yang lain lagi", 1, True, "page")
    recorder.close()

    found = told(store)
    assert found.searches == 52
    assert found.different <= 10
    assert searches(found)["q0"] == 2
    assert found.others >= 41


def test_trouble_with_the_file_is_told_once_and_lost_to_nobody(
    store: Store, clock: Clock, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(store_module, "BUSY_SECONDS", 0.05)
    recorder = recorder_of(store, clock)
    recorder.search("banjir", 1, True, "page")
    recorder.write()
    with caplog.at_level(logging.INFO, "search"):
        holder = sqlite3.connect(store.path, isolation_level=None)
        holder.execute("BEGIN IMMEDIATE")
        for _time in range(3):
            recorder.search("banjir", 1, True, "page")
            recorder.write()
        holder.rollback()
        recorder.write()
    assert [record.levelname for record in caplog.records] == ["ERROR", "INFO"]
    assert "locked" in caplog.text
    assert searches(told(store)) == {"banjir": 4}


def test_a_broken_file_and_a_folder_that_is_gone_disturb_nothing(
    tmp_path: Path, clock: Clock, caplog: pytest.LogCaptureFixture
) -> None:
    broken = Store(tmp_path / QUERIES_FILE)
    broken.path.write_bytes(b"bukan basis data" * 100)
    for store in (broken, Store(tmp_path / "tidak-ada" / QUERIES_FILE)):
        recorder = recorder_of(store, clock)
        recorder.search("banjir", 1, True, "page")
        recorder.write()
        recorder.close()
        assert str(store.path) in caplog.text
    with pytest.raises(QueriesError, match=QUERIES_FILE):
        told(broken)
    with pytest.raises(sqlite3.DatabaseError):
        broken.probe()


def test_a_file_that_its_owner_removes_is_begun_anew(store: Store, clock: Clock) -> None:
    recorder = recorder_of(store, clock)
    recorder.search("banjir", 1, True, "page")
    recorder.write()
    store.path.unlink()
    recorder.search("nakes", 0, True, "page")
    recorder.close()

    assert searches(told(store)) == {"nakes": 1}


_WORKER = """
import sys, time
from pathlib import Path
from search.asked.recorder import Recorder
from search.asked.store import Store
recorder = Recorder(Store(Path(sys.argv[1])), 90)
number = 0
while number < int(sys.argv[2]):
    number += 1
    recorder.search(f"q{number % 5}", 1, True, "page")
    if number % 50 == 0:
        recorder.write()
    if number == 1000:
        print("seribu", flush=True)
if sys.argv[3] == "wait":
    print(f"selesai {time.time()}", flush=True)
    time.sleep(60)
"""


def worker(store: Store, count: int, then: str = "end") -> subprocess.Popen[str]:
    command = [sys.executable, "-c", _WORKER, str(store.path), str(count), then]
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True)


def test_several_processes_count_together_and_one_that_ends_writes_all(store: Store) -> None:
    workers = [worker(store, 1203) for _ in range(3)]
    for each in workers:
        each.communicate()
    assert [each.returncode for each in workers] == [0, 0, 0]

    today = recorder_module.today_in_jakarta()
    assert told(store, today, today).searches == 3 * 1203


def test_a_killed_process_loses_less_than_five_seconds_and_harms_nothing(store: Store) -> None:
    process = worker(store, 1203, "wait")
    assert process.stdout is not None
    lines = [process.stdout.readline() for _ in range(2)]
    done = float(lines[1].split()[1])
    time.sleep(max(0.0, done + 4.5 - time.time()))
    os.kill(process.pid, signal.SIGKILL)
    process.wait()
    process.stdout.close()

    today = recorder_module.today_in_jakarta()
    assert told(store, today, today).searches == 1203
    store.probe()


def test_processes_killed_while_they_write_leave_a_whole_file(store: Store) -> None:
    for _time in range(3):
        process = worker(store, 10**9)
        assert process.stdout is not None
        process.stdout.readline()
        process.kill()
        process.wait()
        process.stdout.close()

    today = recorder_module.today_in_jakarta()
    store.probe()
    assert told(store, today, today).searches >= 3 * 950
