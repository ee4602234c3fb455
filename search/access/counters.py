"""Counters that all processes of a server share.

They lie in memory that worker processes inherit from their parent: a table of fixed size, so that no number
of visitors fills the machine. Who is counted cannot be read from it: names are hashed with a secret key.
"""

from __future__ import annotations

import fcntl
import hashlib
import mmap
import os
import secrets
import struct
import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from threading import Lock

BUCKETS = 8192
_SLOTS = 8
_REMEMBERED = 1024
_SLOT = struct.Struct("<8sdQ")  # whose, until when (of the clock that never jumps), how many
_BUCKET = _SLOT.size * _SLOTS


class SharedCounters:
    """Counts that expire, for all threads and for the processes forked from the one that made them.

    Where more are counted at once than there is room for, the count that expires first is forgotten.

    :param buckets: of eight counters each; by default 65,536 counters in 1.5 MiB.
    """

    def __init__(self, buckets: int = BUCKETS) -> None:
        self._buckets = buckets
        self._file = os.memfd_create("telusur-counters")
        os.truncate(self._file, buckets * _BUCKET)
        self._memory = mmap.mmap(self._file, buckets * _BUCKET)
        self._secret = secrets.token_bytes(16)
        self._threads = Lock()
        self._place = lru_cache(_REMEMBERED)(self._work_out_place)

    def add(self, key: str, seconds: int, amount: int) -> tuple[int, float]:
        """Count.

        :param key: what; a first time opens its window.
        :param seconds: that a window lasts.
        :returns: as :meth:`look` does afterwards.
        """
        whose, bucket = self._place(key)
        with self._locked(bucket):
            now = time.monotonic()
            offset, until, count = self._find(whose, bucket, now)
            if not count:
                until = now + seconds
            _SLOT.pack_into(self._memory, offset, whose, until, count + amount)
            return count + amount, until - now

    def look(self, key: str) -> tuple[int, float]:
        """How many there are in the window at hand, and the seconds until it ends."""
        now = time.monotonic()
        _, until, count = self._find(*self._place(key), now)
        return count, max(0.0, until - now)

    def clear(self, key: str) -> None:
        """Forget one count."""
        whose, bucket = self._place(key)
        with self._locked(bucket):
            offset, _, count = self._find(whose, bucket, time.monotonic())
            if count:
                self._memory[offset : offset + _SLOT.size] = bytes(_SLOT.size)

    def reset(self) -> None:
        """Forget everything."""
        self._memory[:] = bytes(len(self._memory))

    def _work_out_place(self, key: str) -> tuple[bytes, int]:
        digest = hashlib.blake2b(key.encode(), digest_size=12, key=self._secret).digest()
        return digest[:8], int.from_bytes(digest[8:]) % self._buckets

    def _find(self, whose: bytes, bucket: int, now: float) -> tuple[int, float, int]:
        """The slot of a count, until when it holds, and the count; a slot to begin one, with 0."""
        start = bucket * _BUCKET
        soonest, free = float("inf"), start
        slots = _SLOT.iter_unpack(self._memory[start : start + _BUCKET])
        for offset, (name, until, count) in enumerate(slots):
            if until > now and name == whose:
                return start + offset * _SLOT.size, until, count
            if until < soonest:
                soonest, free = until, start + offset * _SLOT.size
        return free, 0.0, 0

    @contextmanager
    def _locked(self, bucket: int) -> Iterator[None]:
        """Whoever dies meanwhile leaves no lock behind: the system gives back what a process held."""
        with self._threads:
            fcntl.lockf(self._file, fcntl.LOCK_EX, 1, bucket)
            try:
                yield
            finally:
                fcntl.lockf(self._file, fcntl.LOCK_UN, 1, bucket)
