"""The arrays that everything is made of, and runs within them."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

Bytes = npt.NDArray[np.uint8]
Ints = npt.NDArray[np.int64]
Numbers = npt.NDArray[Any]
"""Whole numbers of any width."""

Docs = npt.NDArray[np.int64]
"""Numbers of documents, ascending."""

Scores = npt.NDArray[np.float32]
Mask = npt.NDArray[np.bool_]

# One of so many runs is wanted, or fewer: starts of the others are not worked out.
_FEW = 4


def starts_of(sizes: Numbers) -> Ints:
    """Where each of some consecutive runs starts."""
    starts = np.zeros(len(sizes), np.int64)
    sizes[:-1].cumsum(out=starts[1:])
    return starts


def starts_at(sizes: Numbers, places: Ints) -> Ints:
    """Where some of the runs of :func:`starts_of` start."""
    if len(places) * _FEW > len(sizes):
        return starts_of(sizes)[places]
    # What lies between one place and the next is added up without a number for each.
    between = np.add.reduceat(sizes, places, dtype=np.int64)
    starts = np.empty(len(places), np.int64)
    starts[0] = sizes[: places[0]].sum(dtype=np.int64)
    between[:-1].cumsum(out=starts[1:])
    starts[1:] += starts[0]
    return starts


def bounds_of(sizes: Numbers) -> Ints:
    """Where each of some consecutive runs starts, and behind them where the last one ends."""
    bounds = np.zeros(len(sizes) + 1, np.int64)
    sizes.cumsum(out=bounds[1:])
    return bounds


def flat_index(starts: Numbers, sizes: Numbers) -> Ints:
    """``starts[i], starts[i] + 1, ...`` for ``sizes[i]`` steps, for every i, one after the other."""
    index = (starts - starts_of(sizes)).repeat(sizes)
    index += np.arange(len(index))
    return index


def compact(starts: Ints) -> Numbers:
    """Ascending places in a file in half the bytes each, unless it is too large for that."""
    return starts.astype(np.uint32) if not len(starts) or starts[-1] < 1 << 32 else starts


def narrow(numbers: Numbers) -> Numbers:
    """Non-negative numbers in as few bytes each as the largest one needs."""
    return numbers.astype(np.min_scalar_type(int(numbers.max()) if len(numbers) else 0), copy=False)
