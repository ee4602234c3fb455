"""Analyzer: a text -> its tokens with forms, stems, offsets and positions.

Most of a text is words seen before. It is cut at blanks, each piece is looked up in a bounded cache that
holds its tokens ready, and only unseen pieces go through the tokenizer and the stemmer. No token spans a
blank, so the result is the tokenizer's own.
"""

from __future__ import annotations

import hashlib
import sys
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.metadata import version
from itertools import islice
from typing import Any

from index.analysis.lexicon import Lexicon
from index.analysis.stemmer import Stemmer
from index.analysis.tokens import MAX_FORM, tokenize
from index.analysis.types import Analysis

VERSION = 9
"""Raised with every change of tokenizer or stemmer that changes what is indexed."""

_STEMS_KEPT = 1 << 18
_PIECES_KEPT = 400_000  # about 110 MB
_LONGEST_KEPT = 48
# Never part of a token when they stand at the edge of a piece. U+001F fills gaps.
_EDGES = ".,;:!?()[]{}\"'“”‘’*…-–\x1f"
# What stands between words without being one is kept with the word behind it: a piece that holds no token
# costs more than one that does. Lengths stay the same.
_GAPS = (
    *((blank, " ") for blank in "\t\r\u00a0"),
    *(("\n\n", " \x1f"), ("\n", " "), (" - ", " \x1f\x1f"), (" – ", " \x1f\x1f")),
)

# What is kept for a piece of text between blanks. A piece with exactly one token: (form, stem, start, end,
# advance), offsets relative to the piece, advance the characters it covers with its blank. Any other piece
# has an empty form, and in the stem's place the entries of its tokens.
_Entry = tuple[str, Any, int, int, int]


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
    """Form -> stem, worked out when first met; bounded by dropping what was not asked for lately."""

    def __init__(self, stemmer: Stemmer) -> None:
        super().__init__()
        self._stemmer = stemmer
        self._older: dict[str, str] = {}

    def __missing__(self, form: str) -> str:
        stem = self._older.get(form) or self._stemmer.stem(form).stem
        if len(self) >= _STEMS_KEPT:
            self._older = dict(self)
            self.clear()
        self[form] = stem
        return stem

    def kept(self) -> dict[str, str]:
        """Everything that is in the cache."""
        return {**self._older, **self}


class _Pieces(dict[str, _Entry]):
    """Piece of text between blanks -> its entry, worked out when first met; emptied when full."""

    def __init__(self, stems: _Stems | None) -> None:
        super().__init__()
        self._stems = stems

    def __missing__(self, piece: str) -> _Entry:
        entry = self._entry(piece)
        if len(piece) <= _LONGEST_KEPT:
            if len(self) >= _PIECES_KEPT:
                self.clear()
            self[piece] = entry
        return entry

    def _entry(self, piece: str) -> _Entry:
        stems = self._stems
        core = piece.strip(_EDGES)
        if core.isascii() and core.isalpha() and len(core) <= MAX_FORM:
            # what the tokenizer would say of nine pieces in ten, sooner
            form = sys.intern(core.lower())
            start = len(piece) - len(piece.lstrip(_EDGES))
            stem = form if stems is None else stems[form]
            return form, stem, start, start + len(core), len(piece) + 1
        entries: list[_Entry] = []
        for form, start, end in tokenize(piece):
            stem = form if stems is None else stems[form]
            # Equal words share one string, whatever punctuation they were met with.
            entries.append((sys.intern(form), sys.intern(stem), start, end, len(piece) + 1))
        if len(entries) == 1:
            return entries[0]
        return "", tuple(entries), 0, 0, len(piece) + 1


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

    def export_cache(self) -> dict[str, str]:
        """The stems worked out so far, form -> stem, to be kept with an index of the same fingerprint."""
        return self._stems.kept()

    def import_cache(self, stems: Mapping[str, str]) -> None:
        """Start with stems that :meth:`export_cache` gave an analyzer of the same fingerprint."""
        self._stems.update(islice(stems.items(), _STEMS_KEPT))

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
    for gap, filled in _GAPS:
        text = text.replace(gap, filled)
    forms: list[str] = []
    stems: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    cursor = 0
    for form, stem, start, end, advance in map(pieces.__getitem__, text.split(" ")):
        if form:
            forms.append(form)
            stems.append(stem)
            starts.append(cursor + start)
            ends.append(cursor + end)
        else:
            for inner_form, inner_stem, inner_start, inner_end, _ in stem:
                forms.append(inner_form)
                stems.append(inner_stem)
                starts.append(cursor + inner_start)
                ends.append(cursor + inner_end)
        cursor += advance
    return Analysis(forms, stems, starts, ends, list(range(len(forms))))
