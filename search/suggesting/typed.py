"""Typed: a text that somebody is still typing, taken apart into what is done and the word at its end."""

from __future__ import annotations

import re
from bisect import bisect_left

from msgspec import Struct

from index.analysis.folding import fold
from index.analysis.types import Analysis
from search.plan.tokens import QueryToken

LONGEST = 120
"""Characters of the longest text that is completed: nobody types on for suggestions behind it."""

_PLAIN_END = re.compile(r"[\w'’][\w'’.&/-]*")


class Typed(Struct, frozen=True):
    """A text of plain words.

    :param text: without blanks before it.
    :param tokens: its words, the one being typed among them.
    :param starts: where each of them stands.
    :param last: letters of the word being typed, ``""`` after a blank.
    :param run: the same with what is joined to it by dashes, which may be one word: ``undang-un``.
    :param run_first: index of the first word of the run.
    """

    text: str
    tokens: tuple[QueryToken, ...]
    starts: tuple[int, ...]
    last: str
    run: str
    run_first: int

    @classmethod
    def of(cls, text: str, columns: Analysis) -> Typed | None:
        """What was typed; ``None`` if it is too long, or ends in no word.

        :param text: plain words, without blanks before them.
        :param columns: what it was analysed to.
        """
        if len(text) > LONGEST or not columns.forms:
            return None
        begun = text.split()[-1] if not text[-1].isspace() else ""
        if begun and not _PLAIN_END.fullmatch(begun):
            return None
        tokens = tuple(map(QueryToken, columns.forms, columns.stems, columns.positions))
        starts = tuple(columns.starts)
        last = len(tokens) - 1
        if not begun or not begun[-1].isalnum():
            return cls(text, tokens, starts, "", "", last + 1)
        run_first = bisect_left(starts, len(text) - len(begun))
        return cls(text, tokens, starts, fold(text[starts[-1] :]), fold(begun), min(run_first, last))

    @property
    def done(self) -> int:
        """How many words are done."""
        return len(self.tokens) - bool(self.last)

    @property
    def head(self) -> str:
        """The text before the word being typed."""
        return self.before(self.done)

    def key(self, first: int = 0) -> str:
        """The forms from one word on, side by side, as phrases are looked up; a blank at the end stays."""
        forms = [token.form for token in self.tokens[first : self.done]]
        return " ".join((*forms, self.last))

    def before(self, first: int) -> str:
        """The text before one of its words."""
        return self.text[: self.starts[first]] if first < len(self.starts) else self.text

    def with_end(self, first: int, end: str) -> str:
        """The text with another end from one of its words on."""
        return self.before(first) + end
