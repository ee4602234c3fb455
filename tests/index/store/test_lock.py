"""One run at a time writes to an index."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from index.store.lock import LockedError, WriteLock


def test_a_lock_that_is_held_is_refused_and_its_holder_is_named(tmp_path: Path) -> None:
    with WriteLock(tmp_path), pytest.raises(LockedError) as refused, WriteLock(tmp_path):
        pass
    assert refused.value.holder is not None
    assert refused.value.holder.pid == os.getpid()
    assert str(os.getpid()) in str(refused.value)


def test_a_lock_can_be_taken_again_after_its_release(tmp_path: Path) -> None:
    for _ in range(2):
        with WriteLock(tmp_path):
            pass


def test_a_lock_is_released_when_the_work_fails(tmp_path: Path) -> None:
    with pytest.raises(ZeroDivisionError), WriteLock(tmp_path):
        raise ZeroDivisionError
    with WriteLock(tmp_path):
        pass


def test_a_holder_that_has_not_named_itself_is_still_refused(tmp_path: Path) -> None:
    with WriteLock(tmp_path):
        (tmp_path / "lock").write_text("{half")
        with pytest.raises(LockedError) as refused, WriteLock(tmp_path):
            pass
    assert refused.value.holder is None
    assert str(tmp_path / "lock") in str(refused.value)


def test_the_text_of_a_dead_holder_locks_nothing(tmp_path: Path) -> None:
    (tmp_path / "lock").write_text('{"pid": 1, "host": "mati", "started": "", "command": "reindex"}')
    with WriteLock(tmp_path):
        pass
