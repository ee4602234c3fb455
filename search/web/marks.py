"""The marked words of an article as places to go to, one after the other."""

from __future__ import annotations

import re
from collections.abc import Callable

from markupsafe import Markup

from search.web.links import MARK_ID


class Marks:
    """Numbers the marks of one page, from 1, in the order in which its parts are given.

    :param address: the address of the article at the mark of a number.
    :param current: the number of the mark that the reader asked for, or 0.
    """

    def __init__(self, address: Callable[[int], str], current: int = 0) -> None:
        self.total = 0
        self._address = address
        self._asked = current

    def numbered(self, html: Markup) -> Markup:
        """A part of the page with an id on each mark. Text in it is escaped, so ``<mark>`` is always ours."""

        def tag(_: re.Match[str]) -> str:
            self.total += 1
            return f'<mark id="{MARK_ID}{self.total}">'

        return Markup(re.sub("<mark>", tag, html))  # noqa: S704 - escaped before, and ids are numbers

    @property
    def current(self) -> int:
        """The number of the mark the reader is at, or 0."""
        return self._asked if self._asked <= self.total else 0

    @property
    def previous_url(self) -> str:
        """The mark before; that is the last one before the first, as in the search of a browser."""
        return self._address(self.current - 1 if self.current > 1 else self.total)

    @property
    def next_url(self) -> str:
        """The mark behind; that is the first one behind the last."""
        return self._address(self.current % self.total + 1)
