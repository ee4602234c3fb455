"""Progress on a terminal: how much there is so far, which part of the work that is, and what is left."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable

import click

from index.messages import _, number

_REDRAW = 0.1
"""Seconds between two looks of the line."""

_SURE_SECONDS, _SURE_SHARE = 3.0, 0.02
"""From then on it is told how long the rest will take."""

_MINUTE = 60


class TerminalProgress:
    """Progress on standard error: notes always, counts in one line that is redrawn, if it is a terminal.

    :param clock: seconds that only grow.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._drawn = 0
        self._next = clock() + _REDRAW
        self._begun = clock()
        self._is_writing = False
        self._before = 0.0
        self.measures = sys.stderr.isatty()

    def note(self, message: str) -> None:
        """Print a line of its own."""
        self.clear()
        click.echo(message, err=True)

    def begin(self, share: float) -> None:
        """Tell from now on how long the rest will take."""
        self._begun, self._before = self._clock(), share

    def step(self, inputs: int, seen: int, written: int, share: float) -> None:
        """Redraw the counts, ten times a second at most."""
        if not self.measures:
            return
        now = self._clock()
        if self._is_writing != bool(written):
            self._is_writing, self._begun, self._before = bool(written), now, 0.0
        if now < self._next:
            return
        line = _(
            "{inputs} berkas, {seen} artikel, {written} diolah",
            inputs=number(inputs),
            seen=number(seen),
            written=number(written),
        )
        line += f"; {self._left(share, now - self._begun)}"
        click.echo("\r" + line.ljust(self._drawn), nl=False, err=True)
        self._drawn = len(line)
        self._next = now + _REDRAW

    def _left(self, share: float, seconds: float) -> str:
        percent = number(int(100 * min(share, 0.99)))
        stage = _("mengindeks {percent} %") if self._is_writing else _("membaca {percent} %")
        told = stage.format(percent=percent)
        done = share - self._before
        if seconds < _SURE_SECONDS or done < _SURE_SHARE:
            return told
        return _("{stage}, sisa {time}", stage=told, time=duration(seconds * (1 - share) / done))

    def clear(self) -> None:
        """Remove the counts from the terminal."""
        if self._drawn:
            click.echo("\r" + " " * self._drawn + "\r", nl=False, err=True)
            self._drawn = 0


def duration(seconds: float) -> str:
    """About how long something takes, for the owner."""
    if seconds < _MINUTE:
        return _("kurang dari 1 menit")
    hours, minutes = divmod(round(seconds / _MINUTE), 60)
    if not hours:
        return _("sekitar {minutes} menit", minutes=number(minutes))
    return _("sekitar {hours} jam {minutes} menit", hours=number(hours), minutes=number(minutes))
