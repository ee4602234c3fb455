"""Prefix tables find the heaviest texts that begin in a certain way."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from search.spelling.prefixes import PrefixTable, TextArray

TEXTS = st.text("abé-\0\U0001f600\ud800", max_size=12)


@settings(deadline=None)
@given(st.dictionaries(TEXTS, st.integers(0, 9), max_size=30), TEXTS, st.integers(1, 40))
def test_the_heaviest_with_a_beginning_come_first(weights: dict[str, int], start: str, most: int) -> None:
    table = PrefixTable(PrefixTable.of(weights, "some"), "some")
    fitting = sorted(
        (item for item in weights.items() if item[0].startswith(start)), key=lambda item: (-item[1], item[0])
    )

    assert table.best(start, most) == fitting[:most]
    assert table.heaviest(start) == max((weight for _, weight in fitting), default=0)
    assert table.weight(start) == weights.get(start, 0)
    assert len(table) == len(weights)
    assert list(table.texts) == sorted(weights)
    assert [table.place(text) for text in table.texts] == list(range(len(weights)))
    low, high = table.span(start)
    assert list(table.texts)[low:high] == sorted(text for text in weights if text.startswith(start))


@given(st.lists(TEXTS, max_size=9))
def test_texts_come_back_by_their_number(texts: list[str]) -> None:
    array = TextArray(TextArray.of(texts, "some"), "some")

    assert list(array) == array.some(range(len(array))) == texts
