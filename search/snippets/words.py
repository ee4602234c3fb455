"""The words of a text: cut at blanks, each piece looked up in bounded caches that know its tokens.

No token spans a blank (see :mod:`index.analysis`), so the tokens are the analyzer's own; most pieces were met
before, which makes this cheaper than analysing the text.
"""

from __future__ import annotations

from array import array
from dataclasses import dataclass
from itertools import accumulate
from typing import NamedTuple

from index.analysis.analyzer import Analyzer
from index.analysis.glued import has_seam

__all__ = ["PlainToken", "WordReader", "Words", "blanked"]

_CACHED_STEMS = 1 << 17
_CACHED_TOKENS = 1 << 17
"""Tokens of pieces that are kept: about 40 MB with their pieces."""

_LONGEST_CACHED = 64
_LONGEST_TAKEN_APART = 512
"""Characters of a piece whose tokens are kept: addresses have many, and are met in many articles."""
_EDGES = ".,;:!?()\"'\u201c\u201d\u2018\u2019"
_BLANKS = "\n\t\r\u00a0"

_SEVERAL = " "
"""Stands for the stem of a piece with several tokens (``TNI-Polri``); no stem holds a blank."""

_NO_TOKEN = ""


class PlainToken(NamedTuple):
    """One token of a piece.

    :param aside: it reads a glued word otherwise, and is no neighbour of the words around it.
    """

    form: str
    stem: str
    start: int
    end: int
    aside: bool = False


class _Pieces(dict[str, tuple[PlainToken, ...]]):
    """Piece of text between blanks -> its tokens, with offsets into the piece; emptied when full."""

    def __init__(self, analyzer: Analyzer) -> None:
        super().__init__()
        self._analyzer = analyzer
        self._held = 0

    def __missing__(self, piece: str) -> tuple[PlainToken, ...]:
        tokens = self._tokens(piece)
        if len(piece) <= _LONGEST_TAKEN_APART:
            if self._held >= _CACHED_TOKENS:
                self.clear()
                self._held = 0
            self._held += len(tokens) + 1
            self[piece] = tokens
        return tokens

    def _tokens(self, piece: str) -> tuple[PlainToken, ...]:
        stem = self._analyzer.stem
        core = piece.strip(_EDGES)
        if _is_plain(core):  # one token, whatever stands around it
            form = core.lower()
            start = piece.index(core)
            return (PlainToken(form, stem(form), start, start + len(core)),)
        placed, aside = self._analyzer.tokens(piece)
        tokens = [PlainToken(form, stem(form), start, end) for form, start, end in placed]
        tokens += [PlainToken(form, stem(form), start, end, True) for form, start, end in aside]
        return tuple(tokens)


class _Stems(dict[str, str]):
    """Piece -> the stem of its only token, or one of the two stand-ins."""

    def __init__(self, analyzer: Analyzer, pieces: _Pieces) -> None:
        super().__init__()
        self._analyzer = analyzer
        self._pieces = pieces
        self._older: dict[str, str] = {}

    def __missing__(self, piece: str) -> str:
        stem = self._older.get(piece)
        if stem is None:
            stem = self._compute(piece)
        if len(piece) <= _LONGEST_CACHED:
            if len(self) >= _CACHED_STEMS:
                self._older = dict(self)
                self.clear()
            self[piece] = stem
        return stem

    def _compute(self, piece: str) -> str:
        core = piece.strip(_EDGES)
        if _is_plain(core):
            return self._analyzer.stem(core.lower())
        tokens = self._pieces[piece]
        if len(tokens) > 1:
            return _SEVERAL
        return tokens[0].stem if tokens else _NO_TOKEN


@dataclass(frozen=True, slots=True)
class Words:
    """A text cut at blanks.

    :param stems: one for each piece, or a stand-in.
    :param lengths: characters of all pieces up to and with each, blanks left out.
    :param several: the tokens of the pieces that have several, by the number of the piece.
    """

    stems: list[str]
    lengths: array[int]
    several: dict[int, tuple[PlainToken, ...]]

    def span(self, number: int) -> tuple[int, int]:
        """Where a piece starts and ends."""
        before = self.lengths[number - 1] if number else 0
        return before + number, self.lengths[number] + number


class WordReader:
    """Cuts texts into words. Safe to share between threads."""

    def __init__(self, analyzer: Analyzer) -> None:
        self._pieces = _Pieces(analyzer)
        self._stems = _Stems(analyzer, self._pieces)

    def read(self, text: str) -> Words:
        """Cut a text."""
        pieces = blanked(text).split(" ")
        stems = list(map(self._stems.__getitem__, pieces))
        several: dict[int, tuple[PlainToken, ...]] = {}
        at = -1
        for _ in range(stems.count(_SEVERAL)):
            at = stems.index(_SEVERAL, at + 1)
            several[at] = self._pieces[pieces[at]]
        return Words(stems, array("I", accumulate(map(len, pieces))), several)

    def stems(self, text: str) -> set[str]:
        """The stems of a text."""
        words = self.read(text)
        stems = set(words.stems)
        for tokens in words.several.values():
            stems.update(token.stem for token in tokens)
        return stems - {_SEVERAL, _NO_TOKEN}

    def tokens(self, piece: str) -> tuple[PlainToken, ...]:
        """The tokens of one piece, with offsets into it."""
        return self._pieces[piece]


def _is_plain(core: str) -> bool:
    return core.isascii() and core.isalpha() and not has_seam(core)


def blanked(text: str) -> str:
    """The text with spaces for other blanks, of the same length."""
    for blank in _BLANKS:
        text = text.replace(blank, " ")
    return text
