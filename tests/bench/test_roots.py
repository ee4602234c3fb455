"""The lists of words in use, as they are drawn from texts."""

from __future__ import annotations

import pytest

from bench.roots import COMMON, DERIVED, LIVING, content, words_in_use
from index.analysis import wordlists
from index.analysis.wordlists import DATA


def test_roots_count_as_they_are_used_and_derived_words_only_beside_them() -> None:
    bodies = [
        *["ia menganyam tikar dan anyaman lain"] * LIVING,
        *["air sungai"] * COMMON,
        *["di Serayu ada selili"] * LIVING,
        *["kampung itu bernama Selili"] * (6 * LIVING),
    ]
    found = words_in_use(bodies)
    assert {"anyam", "tikar", "air"} <= set(found["living"])
    assert "air" in found["common"]
    assert "anyam" not in found["common"]
    assert found["derived"] == ["anyaman"]
    assert "rayu" not in found["living"]


def test_a_word_seen_too_seldom_is_not_in_use() -> None:
    found = words_in_use(["menganyam anyaman"] * (DERIVED - 1))
    assert found == {"living": [], "common": [], "derived": []}


@pytest.mark.parametrize("name", ["living", "common", "derived"])
def test_a_rerun_that_finds_the_same_words_writes_the_same_file(name: str) -> None:
    written = (DATA / f"{name}.words").read_text(encoding="ascii")
    assert content(name, sorted(wordlists.words_in_use(name))) == written
