"""Analyzer: a text -> its tokens with forms, stems, offsets and positions.

Most of a text is words seen before. It is cut at blanks, each piece is looked up in a bounded cache that
holds its tokens ready, and only unseen pieces go through the tokenizer and the stemmer. No token spans a
blank, so the result is the tokenizer's own.
"""

from __future__ import annotations

import hashlib
import sys
import unicodedata
from dataclasses import dataclass
from importlib.metadata import version
from itertools import accumulate, chain, compress
from operator import add
from typing import Any

from index.analysis.lexicon import Lexicon
from index.analysis.stemmer import Stemmer
from index.analysis.tokens import tokenize
from index.analysis.types import Analysis

VERSION = 2
"""Raised with every change of tokenizer or stemmer that changes what is indexed."""

_CACHE_SIZE = 1 << 16
_LONGEST_CACHED = 64

# (form, stem, start, end, advance): offsets relative to where the entry begins, and the characters it covers.
_Entry = tuple[str, str, int, int, int]


@dataclass(frozen=True, slots=True)
class TokenExplanation:
    """One token and why it has its stem.

    :param token: the word as written.
    :param form: its folded form.
    :param stem: its stem.
    :param start: offset of its first character.
    :param end: offset behind its last.
    :param why: the rule or lexicon line that decided the stem, in Indonesian.
    """

    token: str
    form: str
    stem: str
    start: int
    end: int
    why: str


class _Stems(dict[str, str]):
    """Form -> stem, computed when first met; bounded by dropping the half not asked for lately."""

    def __init__(self, stemmer: Stemmer) -> None:
        super().__init__()
        self._stemmer = stemmer
        self._older: dict[str, str] = {}

    def __missing__(self, form: str) -> str:
        if len(self) >= _CACHE_SIZE:
            self._older = dict(self)
            self.clear()
        stem = self._older.get(form) or self._stemmer.stem(form).stem
        self[form] = stem
        return stem


class _Pieces(dict[str, tuple[_Entry, ...]]):
    """Piece of text between blanks -> its tokens, computed when first met; bounded likewise."""

    def __init__(self, stems: _Stems | None) -> None:
        super().__init__()
        self._stems = stems
        self._older: dict[str, tuple[_Entry, ...]] = {}

    def __missing__(self, piece: str) -> tuple[_Entry, ...]:
        entries = self._older.get(piece) or self._compute(piece)
        if len(piece) <= _LONGEST_CACHED:
            if len(self) >= _CACHE_SIZE:
                self._older = dict(self)
                self.clear()
            self[piece] = entries
        return entries

    def _compute(self, piece: str) -> tuple[_Entry, ...]:
        stems = self._stems
        entries: list[_Entry] = []
        cursor = 0
        tokens = tokenize(piece)
        for index, (form, start, end) in enumerate(tokens):
            stop = len(piece) + 1 if index == len(tokens) - 1 else end
            stem = form if stems is None else stems[form]
            form = sys.intern(form) if len(piece) <= _LONGEST_CACHED else form
            entries.append((form, stem, start - cursor, end - cursor, stop - cursor))
            cursor = stop
        return tuple(entries) or (("", "", 0, 0, len(piece) + 1),)


class Analyzer:
    """Turns texts into tokens. Safe to share between threads; pickles without its caches.

    :param lexicon: corrections and protected words; the built-in lexicon by default.
    """

    def __init__(self, lexicon: Lexicon | None = None) -> None:
        self.lexicon = Lexicon.load() if lexicon is None else lexicon
        self._stemmer = Stemmer(self.lexicon)
        self._stems = _Stems(self._stemmer)
        self._pieces = _Pieces(self._stems)
        self._names = _Pieces(None)

    def __reduce__(self) -> tuple[Any, ...]:
        return (Analyzer, (self.lexicon,))

    @property
    def fingerprint(self) -> str:
        """Changes whenever an index made with this analyzer must be rebuilt: 16 hexadecimal digits."""
        parts = (str(VERSION), self.lexicon.fingerprint, version("pysastrawi"), unicodedata.unidata_version)
        return hashlib.blake2b("\0".join(parts).encode(), digest_size=8).hexdigest()

    def analyze(self, text: str) -> Analysis:
        """Tokens of a text with their stems.

        :returns: never an empty form or stem; offsets are into ``text`` itself.
        """
        return _columns(text, self._pieces)

    def analyze_names(self, text: str) -> Analysis:
        """Tokens of a text whose words are names: the stems are the forms."""
        return _columns(text, self._names)

    def stem(self, form: str) -> str:
        """The stem of one folded form."""
        return self._stems[form] if form else form

    def explain(self, text: str) -> list[TokenExplanation]:
        """What :meth:`analyze` makes of a text and why, token by token."""
        explanations = []
        for form, start, end in tokenize(text):
            stem, why = self._stemmer.stem(form)
            explanations.append(TokenExplanation(text[start:end], form, stem, start, end, why))
        return explanations


def _columns(text: str, pieces: _Pieces) -> Analysis:
    for blank in "\n\t\r\u00a0":
        text = text.replace(blank, " ")
    entries = list(chain.from_iterable(map(pieces.__getitem__, text.split(" "))))
    forms, stems, starts, ends, advances = zip(*entries, strict=True)
    cursors = list(accumulate(advances, initial=0))
    first, behind = list(map(add, cursors, starts)), list(map(add, cursors, ends))
    if "" not in forms:
        return Analysis(list(forms), list(stems), first, behind, list(range(len(forms))))
    kept = list(compress(forms, forms))
    return Analysis(
        kept,
        list(compress(stems, forms)),
        list(compress(first, forms)),
        list(compress(behind, forms)),
        list(range(len(kept))),
    )
