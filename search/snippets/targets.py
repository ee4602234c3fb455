"""Targets: what of a text is to be marked, as the planner understood the query, and where it stands."""

from __future__ import annotations

import re
from typing import NamedTuple

from msgspec import Struct, field


class Sequence(Struct, frozen=True):
    """Words in a row that are marked as one.

    :param terms: forms if ``exact``, else stems.
    :param offsets: position of each term relative to the first.
    :param concept: index into :attr:`Targets.weights`.
    """

    terms: tuple[str, ...]
    offsets: tuple[int, ...]
    exact: bool
    concept: int


class Targets(Struct, frozen=True):
    """What to mark. Each concept is one thing the reader asked for; showing it once is enough.

    :param weights: how much showing each concept is worth, by concept; rare words are worth more.
    :param stems: stem -> concept.
    :param sequences: phrases.
    :param patterns: regular expressions that a whole form has to match, with their concept.
    :param approximate: (form, greatest edit distance, concept).
    """

    weights: tuple[float, ...] = ()
    stems: dict[str, int] = field(default_factory=dict)
    sequences: tuple[Sequence, ...] = ()
    patterns: tuple[tuple[re.Pattern[str], int], ...] = ()
    approximate: tuple[tuple[str, int, int], ...] = ()

    def __bool__(self) -> bool:
        return bool(self.stems or self.sequences or self.patterns or self.approximate)


class Highlight(NamedTuple):
    """Characters ``start`` to ``end`` of a text show the concept."""

    start: int
    end: int
    concept: int
