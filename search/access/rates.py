"""How often one client may ask, and what it is told about that.

The headers are those of the IETF's draft "RateLimit header fields for HTTP" (httpapi-ratelimit-headers-10).
"""

from __future__ import annotations

import math
import time
from functools import lru_cache
from threading import local

from limits import RateLimitItem, parse
from limits.storage import Storage
from limits.strategies import FixedWindowRateLimiter
from msgspec import Struct

from search.access.counters import SharedCounters

Headers = list[tuple[str, str]]


class Standing(Struct, frozen=True):
    """How a client stands.

    :param headers: what it is told.
    :param wait_seconds: until it may ask again; 0 if it may now.
    """

    headers: Headers
    wait_seconds: int


class _Last(local):
    """What a thread counted last: the limiter itself says no more than whether there were too many."""

    count = 0
    left = 0.0


class _Storage(Storage):
    """Keeps the counts in memory that processes share; the library itself does so only with a service."""

    STORAGE_SCHEME = None
    base_exceptions = OSError

    def __init__(self, counters: SharedCounters) -> None:
        super().__init__()
        self._counters = counters
        self.last = _Last()

    def incr(self, key: str, expiry: int, amount: int = 1) -> int:
        self.last.count, self.last.left = self._counters.add(key, expiry, amount)
        return self.last.count

    def get(self, key: str) -> int:
        return self._counters.look(key)[0]

    def get_expiry(self, key: str) -> float:
        return time.time() + self._counters.look(key)[1]

    def check(self) -> bool:
        return True

    def reset(self) -> None:
        self._counters.reset()

    def clear(self, key: str) -> None:
        self._counters.clear(key)


class Rates:
    """Counts the requests of each client.

    A window begins with a client's first request and not by the clock, so that not all begin theirs at once.

    :param counters: shared by all processes that serve; by default this one counts for itself.
    """

    def __init__(self, counters: SharedCounters | None = None) -> None:
        self._storage = _Storage(counters or SharedCounters())
        self._limiter = FixedWindowRateLimiter(self._storage)

    def count(self, rate: str, client: str) -> Standing:
        """Count one request.

        :param rate: how many there may be, for instance ``600/minute``.
        :param client: whose.
        """
        item, policy = _policy(rate)
        allowed = self._limiter.hit(item, client)
        last = self._storage.last
        seconds = max(1, math.ceil(last.left))
        state = f'"default";r={max(0, item.amount - last.count)};t={seconds}'
        return Standing([("RateLimit-Policy", policy), ("RateLimit", state)], 0 if allowed else seconds)


@lru_cache(64)
def _policy(rate: str) -> tuple[RateLimitItem, str]:
    item = parse(rate)
    return item, f'"default";q={item.amount};w={item.get_expiry()}'
