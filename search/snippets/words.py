"""The words of a text: cut at blanks, each piece looked up in bounded caches that know its tokens.

No token spans a blank (see :mod:`index.analysis`), so the tokens are the analyzer's own; most pieces were met
before, which makes this cheaper than analysing the text.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache, partial
from typing import NamedTuple, TypeAlias

from index.analysis.glued import has_seam
from index.analysis.tokens import Token

_LONGEST_WORD = 64
"""Characters of a piece up to which it is kept among the words."""

_LONGEST_KEPT = 512
"""Characters of a piece up to which it is kept at all."""

_LONGEST_READ = 50_000
"""Characters of a piece that are read: what goes on for longer without a blank is no text for readers."""

_WORDS_KEPT = 1 << 13  # about 3 MB
_LONG_KEPT = 1 << 10
"""Pieces longer than words that are kept: addresses, which are met in many articles and have many tokens."""

_EDGES = ".,;:!?()\"'\u201c\u201d\u2018\u2019"


Stem: TypeAlias = Callable[[str], str]
Tokenize: TypeAlias = Callable[[str], tuple[list[Token], list[Token]]]


class StemmedToken(NamedTuple):
    """One token of a piece.

    :param aside: it reads a glued word otherwise, and is no neighbour of the words around it.
    """

    form: str
    stem: str
    start: int
    end: int
    aside: bool = False


class CachingTokenizer:
    """Finds the tokens of pieces of text without blanks. Safe to share between threads.

    :param stem: gives the stem of a form.
    :param tokenize: gives the tokens of a text, and those that read glued words otherwise.
    """

    def __init__(self, stem: Stem, tokenize: Tokenize) -> None:
        self._cut = partial(_cut, stem, tokenize)
        self._word = lru_cache(_WORDS_KEPT)(self._cut)
        self._long = lru_cache(_LONG_KEPT)(self._cut)

    def tokens(self, piece: str) -> tuple[StemmedToken, ...]:
        """The tokens of one piece, with offsets into it."""
        if len(piece) <= _LONGEST_WORD:
            return self._word(piece)
        return self._long(piece) if len(piece) <= _LONGEST_KEPT else self._cut(piece[:_LONGEST_READ])

    def read(self, pieces: Sequence[str]) -> Iterator[tuple[StemmedToken, ...]]:
        """The tokens of each piece."""
        return map(self._word if max(map(len, pieces)) <= _LONGEST_WORD else self.tokens, pieces)


def _cut(stem: Stem, tokenize: Tokenize, piece: str) -> tuple[StemmedToken, ...]:
    core = piece.strip(_EDGES)
    if core.isascii() and core.isalpha() and not has_seam(core):  # one token, whatever stands around it
        form = core.lower()
        start = piece.index(core)
        return (StemmedToken(form, stem(form), start, start + len(core)),)
    placed, aside = tokenize(piece)
    tokens = [StemmedToken(form, stem(form), start, end) for form, start, end in placed]
    tokens += [StemmedToken(form, stem(form), start, end, True) for form, start, end in aside]
    return tuple(tokens)
