"""Turning: a question whose index was removed on another machine is asked of the one that is live by now.

However often an engine elsewhere is asked for it, it waits no longer than for one answer.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec, Protocol, TypeVar

from index.engines.base import IndexMissingError
from index.engines.waiting import one_wait


class Turnable(Protocol):
    """A searcher."""

    def turn(self) -> bool:
        """See :meth:`search.opened.searcher.Searcher.turn`."""


class Asking(Protocol):
    """Has a searcher."""

    @property
    def searcher(self) -> Turnable:
        """Owns the open index."""


_A = TypeVar("_A", bound=Asking)
_P = ParamSpec("_P")
_T = TypeVar("_T")


def turning(ask: Callable[Concatenate[_A, _P], _T]) -> Callable[Concatenate[_A, _P], _T]:
    """Let a method that asks the index of its searcher do so once more where that is gone."""

    @wraps(ask)
    def turn(asking: _A, /, *arguments: _P.args, **options: _P.kwargs) -> _T:
        with one_wait():
            try:
                return ask(asking, *arguments, **options)
            except IndexMissingError:
                if not asking.searcher.turn():
                    raise
            return ask(asking, *arguments, **options)

    return turn
