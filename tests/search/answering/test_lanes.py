"""Who waits for whom when threads of one process work on plain and dear questions."""

from __future__ import annotations

from collections.abc import Callable
from threading import Event, Thread

import pytest

from search.answer import Question
from search.answering.lanes import BusyError, Lanes
from search.answering.service import SearchService


def started(work: Callable[[], None]) -> Thread:
    thread = Thread(target=work, daemon=True)
    thread.start()
    return thread


def test_plain_requests_take_turns() -> None:
    lanes, inside = Lanes(), Event()

    def work() -> None:
        with lanes.plain():
            inside.set()

    with lanes.plain():
        thread = started(work)
        assert not inside.wait(0.05)
    thread.join()

    assert inside.is_set()


def test_a_dear_question_lets_plain_ones_pass_and_other_dear_ones_wait() -> None:
    lanes, passed, second = Lanes(), Event(), Event()

    def plain() -> None:
        with lanes.plain():
            passed.set()

    def other_dear() -> None:
        with lanes.plain():
            lanes.dear(second.set)

    def answer() -> tuple[Thread, bool]:
        threads = [started(other_dear), started(plain)]
        threads[1].join()
        return threads[0], passed.is_set() and not second.is_set()

    with lanes.plain():
        other, as_told = lanes.dear(answer)
    other.join()

    assert as_told
    assert second.is_set()


def test_after_a_dear_question_others_find_all_as_it_was() -> None:
    lanes = Lanes()

    for _ in range(3):
        with lanes.plain():
            assert lanes.dear(lambda: 7) == 7
        with lanes.plain():
            pass
    with pytest.raises(ZeroDivisionError):
        lanes.dear(lambda: 1 / 0)
    assert lanes.dear(lambda: 7) == 7


def test_more_dear_questions_than_places_are_refused() -> None:
    lanes, done = Lanes(places=3), Event()

    def wait() -> None:
        lanes.dear(done.wait)

    try:
        waiting = [started(wait) for _ in range(3)]
        while lanes._places._value:
            pass
        with pytest.raises(BusyError):
            lanes.dear(done.wait)
    finally:
        done.set()
    for thread in waiting:
        thread.join()
    assert lanes.dear(lambda: 7) == 7


def test_a_dear_question_that_pauses_lets_the_plain_one_at_work_finish() -> None:
    lanes, at_work, finished = Lanes(), Event(), Event()
    order: list[str] = []

    def plain() -> None:
        with lanes.plain():
            at_work.set()
            finished.wait(0.2)  # would end the sooner if nobody waited for it
            order.append("plain")

    def answer() -> Thread:
        thread = started(plain)
        at_work.wait()
        lanes.let_pass()
        order.append("dear")
        return thread

    lanes.dear(answer).join()

    assert order == ["plain", "dear"]


def test_who_is_not_dear_waits_for_nobody_at_a_pause() -> None:
    lanes = Lanes()

    with lanes.plain():
        lanes.let_pass()


def test_a_dear_question_holds_nothing_that_plain_ones_need_while_it_lets_them_pass(
    service_of: Callable[..., SearchService], monkeypatch: pytest.MonkeyPatch
) -> None:
    # Before Python 3.12 all objects of a class share the lock of a functools.cached_property.
    service = service_of("Banjir surut di Demak.", "Banjir rob di Semarang.")
    passed: list[bool] = []

    def let_pass() -> None:
        if not all(passed):
            return
        monkeypatch.setattr("search.answering.service.DEAR_SECONDS", 1e9)
        totals: list[int] = []
        plain = started(lambda: totals.append(service.search(Question("banjir")).total))
        plain.join(10)
        passed.append(totals == [2])

    monkeypatch.setattr("search.answering.service.DEAR_SECONDS", 0.0)
    monkeypatch.setattr(service.lanes, "let_pass", let_pass)

    assert service.search(Question("banjir")).total == 2
    assert passed
    assert all(passed)
