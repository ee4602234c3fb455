"""The slips of a text are its neighbours, each at the price that correcting it has elsewhere."""

from __future__ import annotations

from string import ascii_lowercase

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rapidfuzz.distance import OSA

from search.spelling.vocabulary import slips, typing_cost

WORDS = st.text("abehijktuz", min_size=2, max_size=6)


@settings(deadline=None)
@given(WORDS)
def test_each_slip_is_one_edit_at_its_usual_price(typed: str) -> None:
    cheapest: dict[str, float] = {}
    for meant, cost in slips(typed):
        cheapest[meant] = min(cost, cheapest.get(meant, cost))

    assert all(OSA.distance(typed, meant) == 1 for meant in cheapest)
    for meant, cost in cheapest.items():
        assert cost == pytest.approx(typing_cost(typed, meant))


@settings(deadline=None)
@given(WORDS, st.sampled_from(ascii_lowercase), st.data())
def test_no_slip_within_a_text_is_missed(typed: str, letter: str, data: st.DataObject) -> None:
    place = data.draw(st.integers(0, len(typed) - 1))
    found = {meant for meant, _ in slips(typed)}

    changed = typed[:place] + letter + typed[place + 1 :]
    assert changed == typed or changed in found
    assert typed[:place] + letter + typed[place:] in found
    assert typed[:place] + typed[place + 1 :] in found
