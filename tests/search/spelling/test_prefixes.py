"""Prefix tables find the heaviest texts that begin in a certain way."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from search.suggesting.prefixes import PrefixTable

TEXTS = st.text("abé-\U0001f600", max_size=4)


@settings(deadline=None)
@given(st.dictionaries(TEXTS, st.integers(0, 9), max_size=30), TEXTS, st.integers(1, 40))
def test_the_heaviest_with_a_beginning_come_first(weights: dict[str, int], start: str, most: int) -> None:
    table = PrefixTable(weights)
    fitting = sorted(
        (item for item in weights.items() if item[0].startswith(start)), key=lambda item: (-item[1], item[0])
    )

    assert table.best(start, most) == fitting[:most]
    assert table.heaviest(start) == max((weight for _, weight in fitting), default=0)
    assert table.weight(start) == weights.get(start, 0)
    assert len(table) == len(weights)
