"""Counts are shared by processes, never lost, bounded in memory, and freed by those who die."""

from __future__ import annotations

import os
import signal
import time
from concurrent.futures import ThreadPoolExecutor

from search.access.counters import SharedCounters
from search.access.rates import Rates

HOUR = 3600


def in_processes(number: int, work: object) -> None:
    """Runs something in so many forked processes at the same time."""
    children = []
    for _ in range(number):
        child = os.fork()
        if not child:
            try:
                work()  # type: ignore[operator]
            finally:
                os._exit(0)
        children.append(child)
    for child in children:
        os.waitpid(child, 0)


def test_processes_and_their_threads_count_together_without_losing_one() -> None:
    counters = SharedCounters(buckets=2)

    def count() -> None:
        with ThreadPoolExecutor(3) as pool:
            list(pool.map(lambda n: counters.add(f"visitor {n % 3}", HOUR, 1), range(600)))

    in_processes(3, count)
    assert [counters.look(f"visitor {n}")[0] for n in range(3)] == [600, 600, 600]
    assert counters.look("somebody else") == (0, 0.0)


def test_a_process_killed_while_it_counts_stops_nobody() -> None:
    counters = SharedCounters(buckets=1)

    def hold() -> None:
        with counters._locked(0):
            os.kill(os.getpid(), signal.SIGKILL)

    in_processes(1, hold)
    assert counters.add("visitor", HOUR, 1)[0] == 1


def test_a_window_ends_and_begins_anew_with_the_next_request() -> None:
    counters = SharedCounters(buckets=1)
    assert [counters.add("visitor", 1, 1)[0] for _ in range(3)] == [1, 2, 3]
    count, seconds = counters.look("visitor")
    assert count == 3
    assert 0 < seconds <= 1
    time.sleep(seconds + 0.01)
    assert counters.look("visitor") == (0, 0.0)
    assert counters.add("visitor", 1, 1)[0] == 1


def test_more_visitors_than_there_is_room_for_push_out_whose_window_ends_first() -> None:
    counters = SharedCounters(buckets=1)
    counters.add("patient", HOUR, 5)
    for number in range(100):
        counters.add(f"visitor {number}", HOUR // 2, 1)
    assert counters.look("patient")[0] == 5
    assert counters.look("visitor 99")[0] == 1
    assert counters.look("visitor 0")[0] == 0


def test_one_count_or_all_can_be_forgotten() -> None:
    counters = SharedCounters(buckets=1)
    for name in ("a", "b", "c"):
        counters.add(name, HOUR, 1)
    counters.clear("a")
    counters.clear("nobody")
    assert [counters.look(name)[0] for name in "abc"] == [0, 1, 1]
    counters.reset()
    assert [counters.look(name)[0] for name in "abc"] == [0, 0, 0]


def test_nobody_can_be_told_from_the_memory() -> None:
    counters = SharedCounters()
    counters.add("203.0.113.7", HOUR, 1)
    memory = bytes(counters._memory)
    assert any(memory)
    assert b"203" not in memory
    assert memory != bytes(SharedCounters()._memory)


def test_a_client_is_told_how_it_stands_and_when_it_may_ask_again() -> None:
    rates = Rates(SharedCounters(buckets=1))
    standings = [rates.count("2/minute", "visitor") for _ in range(4)]

    assert [bool(standing.wait_seconds) for standing in standings] == [False, False, True, True]
    assert {dict(standing.headers)["RateLimit-Policy"] for standing in standings} == {'"default";q=2;w=60'}
    assert [dict(standing.headers)["RateLimit"].split(";t=")[0] for standing in standings] == [
        f'"default";r={left}' for left in (1, 0, 0, 0)
    ]
    assert 1 <= standings[2].wait_seconds <= 60
    assert rates.count("2/minute", "another").wait_seconds == 0
