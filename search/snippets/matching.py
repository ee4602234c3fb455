"""Find the targets in a text, looking at every word once and at few of them twice.

A text is cut at blanks and each piece is looked up in a bounded cache that knows its tokens; no token spans a
blank (see :mod:`index.analysis`), so the tokens are the analyzer's own. Only pieces whose stem is wanted are
looked at again. That makes marking an article cheaper than analysing it.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import accumulate
from operator import add
from typing import NamedTuple

from rapidfuzz.distance import OSA

from index.analysis import Analyzer
from search.snippets.targets import Sequence, Targets

__all__ = ["Finder", "Match", "Words"]

_CACHED_STEMS = 1 << 17
_CACHED_PIECES = 1 << 14
_LONGEST_CACHED = 64
_EDGES = ".,;:!?()\"'\u201c\u201d\u2018\u2019"

_SEVERAL = " "
"""Stands for the stem of a piece with several tokens (``TNI-Polri``); no stem holds a blank."""

_NO_TOKEN = ""


class Match(NamedTuple):
    """Characters ``start`` to ``end`` of the text show the concept."""

    start: int
    end: int
    concept: int


class _Token(NamedTuple):
    form: str
    stem: str
    start: int
    end: int


class _Pieces(dict[str, tuple[_Token, ...]]):
    """Piece of text between blanks -> its tokens, with offsets into the piece."""

    def __init__(self, analyzer: Analyzer) -> None:
        super().__init__()
        self._analyzer = analyzer

    def __missing__(self, piece: str) -> tuple[_Token, ...]:
        forms, stems, starts, ends, _ = self._analyzer.analyze(piece)
        tokens = tuple(map(_Token, forms, stems, starts, ends))
        if len(piece) <= _LONGEST_CACHED:
            if len(self) >= _CACHED_PIECES:
                self.clear()
            self[piece] = tokens
        return tokens


class _Stems(dict[str, str]):
    """Piece -> the stem of its only token, or one of the two stand-ins."""

    def __init__(self, analyzer: Analyzer) -> None:
        super().__init__()
        self._analyzer = analyzer
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
        if core.isascii() and core.isalpha():  # plain letters are one token, whatever stands around them
            return self._analyzer.stem(core.lower())
        stems = self._analyzer.analyze(piece).stems
        return stems[0] if len(stems) == 1 else _SEVERAL if stems else _NO_TOKEN


@dataclass(frozen=True, slots=True)
class Words:
    """A text cut at blanks.

    :param stems: one for each piece, or a stand-in.
    :param starts: where each piece starts, and one more behind the last.
    """

    stems: list[str]
    starts: array[int]


class Finder:
    """Finds targets in texts. Safe to share between threads.

    :param analyzer: the one the targets were made with.
    """

    def __init__(self, analyzer: Analyzer) -> None:
        self._analyzer = analyzer
        self._pieces = _Pieces(analyzer)
        self._stems = _Stems(analyzer)

    def read(self, text: str) -> Words:
        """Cut a text. Worth keeping where the same text is marked again and again."""
        for blank in "\n\t\r\u00a0":
            text = text.replace(blank, " ")
        pieces = text.split(" ")
        starts = array("I", map(add, accumulate(map(len, pieces), initial=0), range(len(pieces) + 1)))
        return Words(list(map(self._stems.__getitem__, pieces)), starts)

    def find(self, text: str, targets: Targets, words: Words | None = None) -> list[Match]:
        """Every place of the text that shows a target, in text order, without overlaps.

        Where matches overlap the longer one wins, so that a phrase is marked as one.

        :param words: what :meth:`read` made of the text, if that was kept.
        """
        if not targets:
            return []
        words = words or self.read(text)
        by_stem, by_form = targets.stems, self._resolve_forms(text, words, targets)
        sequences: dict[str, list[Sequence]] = {}
        for sequence in targets.sequences:
            first = sequence.terms[0]
            sequences.setdefault(self._analyzer.stem(first) if sequence.exact else first, []).append(sequence)
        wanted = {_SEVERAL, *by_stem, *map(self._analyzer.stem, by_form), *sequences}
        found: list[Match] = []
        for index in [index for index, stem in enumerate(words.stems) if stem in wanted]:
            start = words.starts[index]
            for number, token in enumerate(self._tokens(text, words, index)):
                concept = by_stem.get(token.stem)
                if concept is None and by_form:
                    concept = by_form.get(token.form)
                if concept is not None:
                    found.append(Match(start + token.start, start + token.end, concept))
                for sequence in sequences.get(token.stem, ()):
                    end = self._sequence_end(text, words, index, number, sequence)
                    if end is not None:
                        found.append(Match(start + token.start, end, sequence.concept))
        return _without_overlaps(found) if targets.sequences else found

    def stems(self, text: str, words: Words | None = None) -> set[str]:
        """The stems of the text."""
        words = words or self.read(text)
        stems = set(words.stems)
        if _SEVERAL in stems:
            several = (index for index, stem in enumerate(words.stems) if stem == _SEVERAL)
            stems.update(token.stem for index in several for token in self._tokens(text, words, index))
        return stems - {_SEVERAL, _NO_TOKEN}

    def _tokens(self, text: str, words: Words, index: int) -> tuple[_Token, ...]:
        return self._pieces[text[words.starts[index] : words.starts[index + 1] - 1]]

    def _all_tokens(self, text: str, words: Words) -> Iterator[_Token]:
        for index in range(len(words.stems)):
            yield from self._tokens(text, words, index)

    def _resolve_forms(self, text: str, words: Words, targets: Targets) -> dict[str, int]:
        """The forms of the text that patterns and approximate words stand for."""
        resolved: dict[str, int] = {}
        if not targets.patterns and not targets.approximate:
            return resolved
        for form in {token.form for token in self._all_tokens(text, words)}:
            for pattern, concept in targets.patterns:
                if pattern.fullmatch(form):
                    resolved.setdefault(form, concept)
            for wanted, distance, concept in targets.approximate:
                if OSA.distance(form, wanted, score_cutoff=distance) <= distance:
                    resolved.setdefault(form, concept)
        return resolved

    def _sequence_end(
        self, text: str, words: Words, index: int, number: int, sequence: Sequence
    ) -> int | None:
        """Where a sequence ends that begins with a token; ``None`` if it does not begin there."""
        terms = dict(zip(sequence.offsets, sequence.terms, strict=True))
        last = sequence.offsets[-1]
        for position, (token, end) in enumerate(self._tokens_from(text, words, index, number)):
            term = terms.get(position)
            if term is not None and term != (token.form if sequence.exact else token.stem):
                return None
            if position == last:
                return end
        return None

    def _tokens_from(self, text: str, words: Words, index: int, number: int) -> Iterator[tuple[_Token, int]]:
        """Tokens from one on, with the end of each in the text."""
        while index < len(words.stems):
            for token in self._tokens(text, words, index)[number:]:
                yield token, words.starts[index] + token.end
            index, number = index + 1, 0


def _without_overlaps(matches: list[Match]) -> list[Match]:
    matches.sort(key=lambda match: (match.start, -match.end))
    kept: list[Match] = []
    for match in matches:
        if kept and match.start < kept[-1].end:
            if match.end - match.start > kept[-1].end - kept[-1].start:
                kept[-1] = match
        else:
            kept.append(match)
    return kept
