"""Whether what a server holds stays the same.

After the warm-up, in which caches fill, the samples are cut into fifths. A figure is flat if its median in
the last fifth is at most that of the first fifth and what :data:`LIMITS` allows it to grow: a tenth for
memory, for counts a few that come and go with the segments of the index, for the disk what is merged later.
If updates only began after the warm-up, the samples before them take the place of the first fifth. Medians,
because an update opens the new index before it closes the old one. What leaks with every update or request
grows by far more: an update every ten seconds is 240 updates from one fifth to the other in an hour.
"""

from __future__ import annotations

from collections.abc import Sequence
from statistics import median
from typing import NamedTuple

from bench.soak.figures import Sample

LONGEST_WARM_UP = 600.0
"""Seconds."""

_WARM_UP_SHARE = 1 / 3
_FIFTHS = 5


class Limit(NamedTuple):
    """How much a figure may grow: a share of what it was, and some more."""

    share: float
    more: float


LIMITS = {
    "pss_mb": Limit(0.10, 0),
    "descriptors": Limit(0.0, 16),
    "maps": Limit(0.10, 32),
    "deleted_maps": Limit(0.0, 32),
    "threads": Limit(0.0, 4),
    "disk_mb": Limit(0.25, 4),
}


class Growth(NamedTuple):
    """How one figure went on.

    :param before: its median after the warm-up.
    :param after: its median at the end.
    :param most: what it may be at the end.
    """

    figure: str
    before: float
    after: float
    most: float

    @property
    def flat(self) -> bool:
        """Whether it is no more than it may be."""
        return self.after <= self.most

    def __str__(self) -> str:
        return f"{self.figure}: {self.before:,.1f} -> {self.after:,.1f} (at most {self.most:,.1f})"


def warm_up(seconds: float) -> float:
    """How much of a run of so many seconds is not counted."""
    return min(LONGEST_WARM_UP, seconds * _WARM_UP_SHARE)


def growths(samples: Sequence[Sample], warm_until: float) -> list[Growth]:
    """How every figure of :data:`LIMITS` went on.

    :param warm_until: seconds from which samples count.
    :raises ValueError: if no two of them do.
    """
    counted = [sample for sample in samples if sample.seconds >= warm_until]
    if len(counted) < 2:
        raise ValueError(f"{len(counted)} samples after the warm-up are too few")
    fifth = max(1, len(counted) // _FIFTHS)
    quiet = [sample for sample in counted if not sample.updates]
    first, last = quiet or counted[:fifth], counted[-fifth:]
    found = []
    for figure, limit in LIMITS.items():
        before, after = (median(getattr(sample, figure) for sample in part) for part in (first, last))
        found.append(Growth(figure, before, after, before * (1 + limit.share) + limit.more))
    return found
