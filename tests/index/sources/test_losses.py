"""What lines lose is told when somebody looks, and only then."""

from __future__ import annotations

import pytest

from index.sources.losses import note_cuts, seeing_cuts


@pytest.mark.parametrize(
    ("before", "after", "lost"),
    [
        (["satu dua", "tiga"], ["satu dua"], ["tiga"]),
        (["satu dua tiga empat"], ["satu dua empat"], ["tiga"]),
        (["satu dua tiga", "empat"], ["satu"], ["dua tiga", "empat"]),
        (["a b a b", "a b a b"], ["a b", "a b"], ["a b", "a b"]),
        (["satu", "* * *", ""], ["satu"], []),
        (["satu"], ["satu"], []),
        (["satu dua"], [], ["satu dua"]),
    ],
)
def test_what_is_gone_is_told(before: list[str], after: list[str], lost: list[str]) -> None:
    with seeing_cuts() as seen:
        note_cuts(before, after)
    assert seen == lost


def test_nothing_is_kept_when_nobody_looks() -> None:
    with seeing_cuts() as seen:
        pass
    note_cuts(["satu"], [])
    assert seen == []
