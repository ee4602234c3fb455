"""Words of a query in old spelling (``oentoek``): as they are written today, where an archive has them so."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache, partial
from weakref import proxy

from index.analysis.old_spelling import OldSpelling
from index.analysis.types import Analysis
from search.plan.tokens import Piece, QueryToken, Run, Variant

_KEPT = 1 << 12
_SIGNS = re.compile("[dtsn]j")
_LONG = 6
_PLAIN = re.compile(r"[^\W\d_²]+(?:['’‘`][^\W\d_²]+)*['’‘`]?(?:-?[2²][^\W\d_²]*)?")


class OldWays:
    """Reads old spelling in queries. Immutable but for what it remembers; safe to share between threads.

    One word is too little to tell a spelling by: ``jaya`` is not ``yaya``. An article in old spelling holds
    its words as they would be written today too, so a word is read in such a way only if it is none of
    today's and nobody has it, or most articles that have it have that other word as well.

    :param spelling: reads old spelling.
    :param analyze: analyses a text as the words of the archive were.
    :param frequency: number of articles whose body holds a stem.
    :param together: numbers of articles whose body holds two stems.
    """

    def __init__(
        self,
        spelling: OldSpelling,
        analyze: Callable[[str], Analysis],
        frequency: Callable[[str], int],
        together: Callable[[Sequence[tuple[str, str]]], list[int]],
    ) -> None:
        self._spelling = spelling
        self._analyze = analyze
        self._frequency = frequency
        self._together = together
        # What is remembered holds nobody who remembers, or a circle would keep a whole index open.
        self._known = lru_cache(_KEPT)(partial(OldWays._find, proxy(self)))

    def find(self, pieces: Sequence[Piece]) -> Iterator[Run]:
        """The pieces that were written otherwise once, each with the way of today."""
        for index, (text, tokens) in enumerate(pieces):
            if len(tokens) == 1 and _PLAIN.fullmatch(text):
                today = self._spelling.today(text).text
                if today != text and (found := self._known(tokens[0].form, tokens[0].stem, today)):
                    yield Run(index, 1, (found,))

    def _find(self, form: str, stem: str, today: str) -> Variant | None:
        analysis = self._analyze(today)
        if len(analysis.forms) != 1 or analysis.forms[0] == form or self._spelling.is_word(form):
            return None
        token = QueryToken(analysis.forms[0], analysis.stems[0])
        known = self._frequency(token.stem)
        if not known or not self._is_so_read(form, stem, token):
            return None
        return Variant((token,), known, (known,), older=True)

    def _is_so_read(self, form: str, stem: str, today: QueryToken) -> bool:
        if typed := self._frequency(stem):
            return 2 * self._together([(stem, today.stem)])[0] > typed
        # A short name that nobody has may as well be a slip.
        sure = len(form) >= _LONG or _SIGNS.search(form)
        return bool(sure) or self._spelling.is_word(today.form)
