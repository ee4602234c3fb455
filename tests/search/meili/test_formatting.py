"""Where texts are cut, and how marks are written into what is left."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.meili.formatting import Format, formatted, window
from search.snippets.targets import Highlight

KEPT = Format(frozenset({"body"}), {}, "<", ">", "…")


def marks_on(text: str, concepts: dict[str, int]) -> list[Highlight]:
    return [
        Highlight(found.start(), found.end(), concepts[found[0]])
        for found in re.finditer("[a-z]", text)
        if found[0] in concepts
    ]


@given(st.text("abcxyz ", max_size=120), st.integers(1, 8))
def test_a_window_shows_as_many_concepts_as_any_of_its_size(text, size):
    found = marks_on(text, {"a": 0, "b": 1, "c": 2})
    start, end = window(text, found, size)
    words = [word.span() for word in re.finditer(r"\S+", text)]

    def shown(begin, stop):
        return len({each.concept for each in found if begin <= each.start and each.end <= stop})

    runs = [words[at : at + size] for at in range(len(words))]
    assert len(text[start:end].split()) == min(size, len(words))
    assert shown(start, end) == max((shown(run[0][0], run[-1][1]) for run in runs), default=0)


def test_a_long_text_is_cut_around_its_marks_wherever_they_are():
    words = ["kata"] * 300_000
    words[200_000] = "banjir"
    text = " ".join(words)
    at = text.index("banjir")

    start, end = window(text, [Highlight(at, at + 6, 0)], 3)

    assert text[start:end] == "kata banjir kata"
    assert window(text, [], 2) == (0, 9)
    one_word = "x" * 200_000
    assert window(one_word, [Highlight(150_000, 150_001, 0)], 3) == (150_000, 200_000)


@pytest.mark.parametrize(
    ("text", "places", "shown"),
    [
        ("abc", [(0, 1), (2, 3)], "<a>b<c>"),
        ("abc", [], "abc"),
        ("a & <b>", [(4, 7)], "a & <<b>>"),
        ("", [], ""),
    ],
)
def test_marks_are_written_as_they_are(text, places, shown):
    marks = {"body": [Highlight(start, end, 0) for start, end in places]}

    assert formatted({"body": text, "year": None}, marks, KEPT) == {"body": shown, "year": None}


def test_what_is_cut_off_is_marked_only_where_words_were():
    cut = Format(frozenset({"body"}), {"body": 2}, "<", ">", "…")
    text = "  satu dua tiga  "

    assert formatted({"body": text}, {}, cut) == {"body": "  satu dua…"}
    marked = {"body": [Highlight(11, 15, 0)]}
    assert formatted({"body": text}, marked, cut) == {"body": "…dua <tiga>"}
    assert formatted({"body": "satu dua "}, {}, cut) == {"body": "satu dua "}
