"""Who waits for whom when threads of one process work on plain and dear questions."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import ExitStack
from threading import Event, Thread

import pytest

from search.answering.lanes import BusyError, Lanes


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

    def dear() -> None:
        with lanes.plain(), lanes.dear():
            second.set()

    with lanes.plain(), lanes.dear():
        threads = [started(dear), started(plain)]
        threads[1].join()
        assert passed.is_set()
        assert not second.is_set()
    threads[0].join()

    assert second.is_set()


def test_after_a_dear_question_others_find_all_as_it_was() -> None:
    lanes = Lanes()

    for _ in range(3):
        with lanes.plain(), lanes.dear():
            pass
        with lanes.plain():
            pass


def test_more_dear_questions_than_places_are_refused() -> None:
    lanes, done, waiting = Lanes(places=3), Event(), []

    def dear() -> None:
        with lanes.dear():
            done.wait()

    with ExitStack() as stack:
        stack.callback(done.set)
        for _ in range(3):
            began = Event()

            def work(began: Event = began) -> None:
                began.set()
                dear()

            waiting.append(started(work))
            began.wait()
        while lanes._places._value:
            pass
        with pytest.raises(BusyError), lanes.dear():
            pass
    for thread in waiting:
        thread.join()
    with lanes.dear():
        pass


def test_a_dear_question_that_pauses_lets_the_plain_one_at_work_finish() -> None:
    lanes, at_work, finished = Lanes(), Event(), Event()

    def plain() -> None:
        with lanes.plain():
            at_work.set()
            finished.wait(0.2)  # would end the sooner if nobody waited for it
            order.append("plain")

    order: list[str] = []
    with lanes.dear():
        thread = started(plain)
        at_work.wait()
        lanes.let_pass()
        order.append("dear")
    thread.join()

    assert order == ["plain", "dear"]


def test_who_is_not_dear_waits_for_nobody_at_a_pause() -> None:
    lanes = Lanes()

    with lanes.plain():
        lanes.let_pass()
