"""A budget: what it allows, and what it then knows to be cut."""

from __future__ import annotations

from search.budget import Budget, Cut


def test_as_long_as_time_is_left_nothing_is_cut() -> None:
    now = [5.0]
    budget = Budget(1000, lambda: now[0])

    now[0] = 5.9

    assert budget.allows(Cut.MARKS)
    assert budget.cut == ()


def test_what_is_asked_for_when_no_time_is_left_is_cut() -> None:
    now = [5.0]
    budget = Budget(1000, lambda: now[0])
    assert budget.allows(Cut.MARKS)

    now[0] = 6.0

    assert not budget.allows(Cut.MARKS)
    assert not budget.allows(Cut.EXPLANATION)
    assert budget.cut == (Cut.MARKS, Cut.EXPLANATION)


def test_the_time_is_that_of_the_thread() -> None:
    budget = Budget(60_000)

    assert budget.allows(Cut.SUGGESTION)
