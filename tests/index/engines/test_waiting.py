"""One question waits once, however many requests it takes."""

from __future__ import annotations

import time

from index.engines.waiting import one_wait, own_wait, waiting


def test_the_requests_of_a_question_share_its_patience() -> None:
    with one_wait():
        with waiting(0.5) as first:
            time.sleep(0.05)
        with one_wait(), waiting(0.5) as second:
            time.sleep(0.5)
        assert first - 0.5 <= 0 < first - second
        # Not a little more for each of them: with fifty requests a question would wait ten seconds longer.
        with waiting(0.5) as third:
            assert third == 0
    with waiting(0.5) as whole:
        assert whole == 0.5


def test_what_else_takes_its_time_is_no_wait_for_the_engine() -> None:
    with one_wait():
        time.sleep(0.3)
        with waiting(0.2) as first:
            assert first > 0.19


def test_a_request_that_fails_has_taken_its_time() -> None:
    with one_wait():
        try:
            with waiting(0.2):
                time.sleep(0.2)
                raise OSError
        except OSError:
            pass
        with waiting(0.2) as left:
            assert left == 0


def test_what_waits_by_itself_takes_nothing_of_the_question_around_it() -> None:
    with one_wait():
        with own_wait(), waiting(0.2) as first:
            time.sleep(0.2)
        with waiting(0.2) as second:
            assert second == first
