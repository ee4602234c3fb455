"""One question waits once, however many requests it takes."""

from __future__ import annotations

import time

from index.engines.waiting import one_wait, seconds_left


def test_a_question_has_its_patience_once_and_a_little_for_each_request() -> None:
    with one_wait():
        first = seconds_left(0.5)
        time.sleep(0.05)
        with one_wait():
            assert first - 0.5 <= 0 < first - seconds_left(0.5)
        time.sleep(0.5)
        assert 0 < seconds_left(0.5) < 0.5
    assert seconds_left(0.5) == 0.5
