"""Work in several processes: each of them is asked once, whatever was handed out before."""

from __future__ import annotations

import os
from dataclasses import dataclass

from index.reindex.workers import Workers


@dataclass(frozen=True)
class Counting:
    """Counts what was handed to its process."""

    start_after: int = 0
    modules: tuple[str, ...] = ()

    def start(self) -> None:
        """Nothing to get ready."""

    def finish(self) -> None:
        """Nothing to leave."""

    def work(self, item: int) -> int:
        """Take one item."""
        _taken.append(item)
        return item

    def taken(self) -> tuple[int, list[int]]:
        """The process, and what it took."""
        return os.getpid(), list(_taken)


_taken: list[int] = []


def test_each_process_is_asked_once_for_what_it_alone_knows() -> None:
    _taken.clear()
    items = list(range(600))
    with Workers(Counting(), 3) as workers:
        assert [
            found for _, found in workers.map(Counting.work, ((None, item, 1) for item in items))
        ] == items
        asked = list(workers.each(Counting.taken))

    assert len({process for process, _ in asked}) == len(asked) == 4
    assert asked[0][0] == os.getpid()
    assert sorted(item for _, taken in asked for item in taken) == items
    assert sum(bool(taken) for _, taken in asked) > 1


def test_where_no_process_was_started_this_one_alone_is_asked() -> None:
    _taken.clear()
    with Workers(Counting(), 3) as workers:
        list(workers.map(Counting.work, [(None, 7, 1)]))
        assert list(workers.each(Counting.taken)) == [(os.getpid(), [7])]
