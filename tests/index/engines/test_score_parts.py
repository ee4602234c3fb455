"""Explaining scores costs one look at each leaf, for however many documents."""

from __future__ import annotations

from collections import Counter

from index.engines.semantics import score_parts
from index.query import Boolean, Boost, Constant, DisMax, Query, Term, TextField

LEAVES = [Term(TextField.BODY, f"kata{number}") for number in range(9)]


def test_each_leaf_is_asked_for_once_and_nothing_else_is() -> None:
    asked: Counter[Query] = Counter()

    def score(leaf: Query) -> dict[int, float]:
        asked[leaf] += 1
        return dict.fromkeys(range(100), 1.0)

    constant = Constant(Boolean(must=(LEAVES[0], LEAVES[1])), 2.0)
    query = Boolean(
        must=(Boost(LEAVES[2], 3.0), Boolean(should=(LEAVES[3], LEAVES[4]), minimum=2)),
        should=(DisMax((LEAVES[5], Boost(LEAVES[6], 0.5))), constant),
    )

    parts = score_parts(query, 100, score, lambda: True)

    assert asked == Counter([*LEAVES[2:7], constant])
    assert len(parts) == 100
    assert all([leaf for leaf, _ in each] == [*LEAVES[2:7], constant] for each in parts)


def test_no_leaf_is_asked_for_once_the_time_is_up() -> None:
    asked: list[Query] = []

    def score(leaf: Query) -> dict[int, float]:
        asked.append(leaf)
        return {0: 1.0}

    query = Boolean(should=tuple(LEAVES))

    assert score_parts(query, 1, score, lambda: len(asked) < 3) == []
    assert asked == LEAVES[:3]
