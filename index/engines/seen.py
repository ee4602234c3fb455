"""SeenIds: whether an id was met before, in memory that does not grow with the number of ids."""

from __future__ import annotations

_BITS = 26
"""Two bits of 2**26 for each id, 8 MiB in all: of a million ids one in a thousand is doubted for nothing."""

_MASK = (1 << _BITS) - 1


class SeenIds:
    """Remembers ids; may take one for another (a Bloom filter), but never forgets any."""

    def __init__(self) -> None:
        self._bits = bytearray(1 << (_BITS - 3))

    def add(self, id: str) -> None:
        """Remember an id."""
        first, second = _places(id)
        self._bits[first >> 3] |= 1 << (first & 7)
        self._bits[second >> 3] |= 1 << (second & 7)

    def __contains__(self, id: str) -> bool:
        """Whether the id may have been added; if not, it has not."""
        first, second = _places(id)
        bits = self._bits
        return bool(bits[first >> 3] >> (first & 7) & bits[second >> 3] >> (second & 7) & 1)


def _places(id: str) -> tuple[int, int]:
    number = hash(id)
    return number & _MASK, number >> _BITS & _MASK
