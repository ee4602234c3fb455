"""PrefixTable: texts in order, each with a weight; the heaviest that begin in a certain way are found.

All of it lies in arrays, which processes share by mapping them (:mod:`index.store.kept_arrays`): Python's own
texts would take eight times as much in each of them.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

_KEY = 8
"""Bytes of a text that are looked for as one number, before any text is looked at."""

_ABOVE = b"\xff"
"""Behind every character."""

_ERRORS = "surrogatepass"


class TextArray:
    """Texts by their number. Immutable; safe to share between threads.

    :param arrays: has what :meth:`of` gave for this ``name``.
    """

    def __init__(self, arrays: Mapping[str, NDArray[Any]], name: str) -> None:
        self._joined = arrays[f"{name}.text"].data
        self._ends = arrays[f"{name}.ends"].data

    @staticmethod
    def of(texts: Iterable[str], name: str) -> dict[str, NDArray[Any]]:
        """The arrays of some texts."""
        encoded = [text.encode("utf-8", _ERRORS) for text in texts]
        ends = np.cumsum(np.fromiter(map(len, encoded), np.uint64, len(encoded)))
        narrow = np.uint32 if not encoded or ends[-1] < 1 << 32 else np.uint64
        return {
            f"{name}.text": np.frombuffer(b"".join(encoded), np.uint8),
            f"{name}.ends": ends.astype(narrow),
        }

    def __len__(self) -> int:
        return len(self._ends)

    def __getitem__(self, place: int) -> str:
        return str(self.encoded(place), "utf-8", _ERRORS)

    def __iter__(self) -> Iterator[str]:
        return map(self.__getitem__, range(len(self)))

    def some(self, places: Iterable[int]) -> list[str]:
        """Several texts, sooner than one by one."""
        joined, ends = self._joined, self._ends
        return [
            str(joined[ends[place - 1] if place else 0 : ends[place]], "utf-8", _ERRORS) for place in places
        ]

    def encoded(self, place: int) -> bytes:
        """A text in UTF-8."""
        return bytes(self._joined[self._ends[place - 1] if place else 0 : self._ends[place]])


class PrefixTable:
    """Immutable; safe to share between threads. ``texts`` has them in order.

    :param arrays: has what :meth:`of` gave for this ``name``.
    """

    def __init__(self, arrays: Mapping[str, NDArray[Any]], name: str) -> None:
        self.texts = TextArray(arrays, name)
        self._keys = arrays[f"{name}.keys"].data
        self._weights = arrays[f"{name}.weights"]

    @staticmethod
    def of(weights: Mapping[str, int], name: str) -> dict[str, NDArray[Any]]:
        """The arrays of a table.

        :param weights: text -> weight, 0 or more.
        """
        texts = sorted(weights)
        return {
            **TextArray.of(texts, name),
            f"{name}.keys": np.fromiter((_key(text.encode("utf-8", _ERRORS)) for text in texts), np.uint64),
            f"{name}.weights": np.fromiter(map(weights.__getitem__, texts), np.uint32, len(texts)),
        }

    def __len__(self) -> int:
        return len(self.texts)

    def place(self, text: str) -> int:
        """Where a text stands in ``texts``, -1 if it is not there."""
        encoded = text.encode("utf-8", _ERRORS)
        place = self._first(encoded)
        return place if place < len(self) and self.texts.encoded(place) == encoded else -1

    def span(self, start: str) -> tuple[int, int]:
        """Where the texts that begin with ``start`` stand in ``texts``: from one place up to another."""
        encoded = start.encode("utf-8", _ERRORS)
        return self._first(encoded), self._first(encoded + _ABOVE)

    def weight(self, text: str) -> int:
        """The weight of one text, 0 if it is not there."""
        place = self.place(text)
        return int(self._weights[place]) if place >= 0 else 0

    def heaviest(self, start: str) -> int:
        """The most that a text weighs that begins with ``start``, 0 if none does."""
        low, high = self.span(start)
        return int(self._weights[low:high].max()) if low < high else 0

    def best(self, start: str, most: int) -> list[tuple[str, int]]:
        """(text, weight) of the heaviest texts that begin with ``start``, those first; ties by text.

        :param most: how many, at most.
        """
        low, high = self.span(start)
        weights = self._weights[low:high]
        places = np.arange(len(weights))
        if len(weights) > most:
            # Of those that weigh as much as the last one, any may be among them: all are sorted.
            least = np.partition(weights, len(weights) - most)[len(weights) - most]
            places = np.flatnonzero(weights >= least)
        order = places[np.argsort(-weights[places].astype(np.int64), kind="stable")][:most]
        return [(self.texts[low + place], int(weights[place])) for place in order.tolist()]

    def _first(self, encoded: bytes) -> int:
        """The place of the first text that is not before some bytes."""
        key = _key(encoded)
        low = bisect_left(self._keys, key)
        if low == len(self) or self._keys[low] != key:
            return low
        return bisect_left(
            range(len(self)), encoded, low, bisect_right(self._keys, key, low), key=self.texts.encoded
        )


def _key(encoded: bytes) -> int:
    return int.from_bytes(encoded[:_KEY].ljust(_KEY, b"\0"), "big")
