"""Weights are learned of the questions given, and written where the table has them."""

from __future__ import annotations

import pytest

from bench.train import Asked, Candidate, learned, with_weights
from index.config.weights import ROWS

BY_PASSAGE = Asked(0, [Candidate(0, 10.0, 0.0, 1.0), Candidate(1, 9.0, 4.0, 0.0)], [1])
BY_NEIGHBOUR = Asked(1, [Candidate(0, 10.0, 2.0, 0.0), Candidate(1, 9.0, 0.0, 8.0)], [1])


def test_ndcg_is_that_of_the_order_by_the_weights() -> None:
    assert BY_PASSAGE.ndcg(0.0, 0.0) == pytest.approx(0.6309, abs=1e-4)
    assert BY_PASSAGE.ndcg(0.6, 0.0) == 1.0
    assert Asked(0, [], [1]).ndcg(0.6, 0.0) == 0.0


def test_weights_are_those_that_bring_forward_what_answers() -> None:
    passage, beside = learned([[BY_PASSAGE], []])
    assert BY_PASSAGE.ndcg(passage, beside) == 1.0

    passage, beside = learned([[BY_PASSAGE], [BY_NEIGHBOUR]])
    assert BY_PASSAGE.ndcg(passage, beside) == BY_NEIGHBOUR.ndcg(passage, beside) == 1.0


def test_only_the_weights_that_were_learned_change_in_the_table() -> None:
    table = '("body", 1.0, "isi"),\n(\n    "passage",\n    0.6,\n    "kalimat",\n),\n("beside", 0.75, "x")'

    changed = with_weights(table, {"passage": 0.9, "beside": 0.5})

    assert changed == table.replace("0.6", "0.9").replace("0.75", "0.5")
    with pytest.raises(ValueError, match="neighbours"):
        with_weights(table, {"neighbours": 1.0})
    assert {"passage", "beside"} <= {name for name, _, _ in ROWS}
