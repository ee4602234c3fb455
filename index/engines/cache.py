"""A cache bounded by bytes: what was used longest ago goes first."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Hashable
from typing import Any


class ByteCache:
    """Least recently used values, safe to share between threads.

    :param capacity: most bytes kept. A value larger than a quarter of it is not kept at all.
    """

    def __init__(self, capacity: int) -> None:
        self.capacity = capacity
        self._values: OrderedDict[Hashable, tuple[Any, int]] = OrderedDict()
        self._lock = threading.Lock()
        self.bytes = 0

    def get(self, key: Hashable) -> Any:
        """The value, or ``None``."""
        with self._lock:
            found = self._values.get(key)
            if found is None:
                return None
            self._values.move_to_end(key)
            return found[0]

    def put(self, key: Hashable, value: Any, size: int) -> None:
        """Keep a value.

        :param size: its size in bytes.
        """
        size += 500  # what the key and the objects around the arrays take
        if size > self.capacity // 4:
            return
        with self._lock:
            before = self._values.pop(key, None)
            if before is not None:
                self.bytes -= before[1]
            self._values[key] = (value, size)
            self.bytes += size
            while self.bytes > self.capacity:
                _, (_, gone) = self._values.popitem(last=False)
                self.bytes -= gone
