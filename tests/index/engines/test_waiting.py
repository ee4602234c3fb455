"""One question waits once, however many requests it takes."""

from __future__ import annotations

import time

from index.engines.waiting import one_wait, own_wait, seconds_left


def test_the_requests_of_a_question_share_its_patience() -> None:
    with one_wait():
        first = seconds_left(0.5)
        time.sleep(0.05)
        with one_wait():
            assert first - 0.5 <= 0 < first - seconds_left(0.5)
        time.sleep(0.5)
        # Not a little more for each of them: with fifty requests a question would wait ten seconds longer.
        assert seconds_left(0.5) == 0
    assert seconds_left(0.5) == 0.5


def test_a_question_that_had_to_wait_for_its_turn_has_a_little_for_all_of_its_requests() -> None:
    with one_wait():
        time.sleep(0.5)
        first = seconds_left(0.4)
        assert 0.1 < first < 0.21
        time.sleep(0.05)
        assert seconds_left(0.4) <= first - 0.05


def test_what_waits_by_itself_takes_nothing_of_the_question_around_it() -> None:
    with one_wait():
        first = seconds_left(0.3)
        with own_wait():
            time.sleep(0.2)
            assert seconds_left(0.3) < 0.21
        assert first - 0.05 < seconds_left(0.3) <= first
