"""Budget: the CPU time that one question may cost, and what was left out of its answer to keep to it."""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum
from time import thread_time


class Cut(StrEnum):
    """What an answer can go without, and say so: none of it changes what is found or in which order."""

    MARKS = "marks"
    EXPLANATION = "explanation"
    SUGGESTION = "suggestion"


class Budget:
    """The time of one question, to be made and asked in the thread that answers it.

    :param milliseconds: of CPU, from now on.
    :param clock: CPU time of the thread in seconds.
    :param breathe: called every millisecond or so, by engines too: there others may pass.
    """

    def __init__(
        self,
        milliseconds: float,
        clock: Callable[[], float] = thread_time,
        breathe: Callable[[], None] | None = None,
    ) -> None:
        self.breathe = breathe
        self._clock = clock
        self._end = clock() + milliseconds / 1000
        self._cut: dict[Cut, None] = {}

    def allows(self, what: Cut) -> bool:
        """Whether there is time left for more of something; if not, it is known from then on to be cut."""
        if self.breathe:
            self.breathe()
        if self._clock() >= self._end:
            self._cut[what] = None
        return what not in self._cut

    @property
    def cut(self) -> tuple[Cut, ...]:
        """What was left out, wholly or in part."""
        return tuple(self._cut)
