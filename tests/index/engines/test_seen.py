"""SeenIds: what was added is never forgotten, and little else is taken for it."""

from __future__ import annotations

import sys

from index.engines.seen import SeenIds


def test_nothing_added_is_forgotten_and_little_else_is_doubted() -> None:
    seen = SeenIds()
    for number in range(20_000):
        seen.add(f"artikel-{number}")

    assert all(f"artikel-{number}" in seen for number in range(20_000))
    assert sum(f"berita-{number}" in seen for number in range(20_000)) < 20


def test_nothing_is_in_it_at_first() -> None:
    assert not any(name in SeenIds() for name in ("", "a", "artikel-1"))


def test_memory_does_not_grow() -> None:
    seen = SeenIds()
    before = sys.getsizeof(seen._bits)
    for number in range(1000):
        seen.add(str(number))

    assert sys.getsizeof(seen._bits) == before
