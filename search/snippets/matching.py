"""Find what a query asks for in one text after another, looking closely at few of its words.

An article is not read whole to find the words asked for: the forms that the archive has of a word are looked
for as they stand, and only the pieces of text around them are taken apart. What cannot be found that way (a
text with other than plain letters, a pattern) is read word by word.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

from rapidfuzz.distance import OSA

from index.analysis import Analyzer
from index.analysis.glued import seams
from search.snippets.targets import Sequence, Targets
from search.snippets.words import PlainToken, WordReader, blanked

__all__ = ["Finder", "Match", "Matcher"]

Forms = Callable[[str], Iterable[str]]
"""Stem -> the forms of it that texts have."""

_SHORTEST_PART = 4
"""Letters from which on a form is looked for as a part of words: shorter ones are part of too many."""

_MOST_PARTS = 24
_APOSTROPHES = "\u2018\u2019"
_ORNAMENTS = "\u201c\u201d\u2013\u2014\u2026\u2022"
_NOT_A_LETTER = re.compile("[^a-z-]")
_NOT_ASCII = re.compile(r"[^\x00-\x7f]")


class Match(NamedTuple):
    """Characters ``start`` to ``end`` of the text show the concept."""

    start: int
    end: int
    concept: int


class Finder:
    """Finds targets in texts. Safe to share between threads.

    :param analyzer: the one the targets were made with.
    """

    def __init__(self, analyzer: Analyzer) -> None:
        self.analyzer = analyzer
        self.reader = WordReader(analyzer)

    def matcher(self, targets: Targets, forms: Forms | None = None) -> Matcher:
        """What finds the targets in one text after another.

        :param forms: knows every form that the texts have; without it they are read word by word.
        """
        return Matcher(self, targets, forms)

    def find(self, text: str, targets: Targets) -> list[Match]:
        """Every place of the text that shows a target; see :meth:`Matcher.find`."""
        return self.matcher(targets).find(text)

    def stems(self, text: str) -> set[str]:
        """The stems of the text."""
        return self.reader.stems(text)


class Matcher:
    """Finds the targets of one query. Safe to share between threads."""

    def __init__(self, finder: Finder, targets: Targets, forms: Forms | None = None) -> None:
        self._finder = finder
        self._reader = finder.reader
        self._targets = targets
        stem = finder.analyzer.stem
        self._sequences: dict[str, list[Sequence]] = {}
        for sequence in targets.sequences:
            first = sequence.terms[0]
            self._sequences.setdefault(stem(first) if sequence.exact else first, []).append(sequence)
        self._wanted = frozenset((*targets.stems, *self._sequences))
        self._parts = None if forms is None or targets.patterns or targets.approximate else self._plan(forms)

    def find(self, text: str) -> list[Match]:
        """Every place of the text that shows a target, in text order, without overlaps.

        Where matches overlap the longer one wins, so that a phrase is marked as one.
        """
        if not self._targets:
            return []
        spaced = blanked(text)
        if self._parts is not None:
            plain = _plain(spaced)
            if plain is not None:
                return self._matches(text, spaced, self._spans_of_parts(plain, spaced))
        return self._read(text, spaced)

    # Where to look

    def _plan(self, forms: Forms) -> re.Pattern[str] | tuple[str, ...] | None:
        """What to look for so that no form is missed: parts of words, or a pattern of whole words."""
        if any(_NOT_A_LETTER.search(stem) for stem in self._wanted):
            return None  # numbers are written in many ways
        # A text of plain letters has no other forms.
        wanted = {form for stem in self._wanted for form in (stem, *forms(stem)) if form.isascii()}
        parts: list[str] = []
        for form in sorted(wanted, key=len):
            if not any(part in form for part in parts):
                parts.append(form)
        if len(parts) <= _MOST_PARTS and all(len(part) >= _SHORTEST_PART for part in parts):
            return tuple(parts)
        longest_first = sorted(wanted, key=len, reverse=True)
        return re.compile(f"(?<![a-z])(?:{'|'.join(map(re.escape, longest_first))})(?![a-z])")

    def _spans_of_parts(self, plain: str, spaced: str) -> list[tuple[int, int]]:
        """The pieces of text that hold what is looked for.

        :param plain: the text as forms are written.
        :param spaced: as it stands.
        """
        spans = [span for span in _odd_spans(plain) if self._may_hold(plain[slice(*span)])]
        if isinstance(self._parts, re.Pattern):
            spans += [_piece_at(plain, place.start()) for place in self._parts.finditer(plain)]
            spans += [_piece_at(plain, place) for place in seams(spaced)]
            return sorted(set(spans))
        find = plain.find
        for part in self._parts or ():
            at = find(part)
            while at >= 0:
                spans.append(_piece_at(plain, at))
                at = find(part, spans[-1][1])
        return sorted(set(spans))

    def _may_hold(self, piece: str) -> bool:
        """Whether a piece with odd signs may hold what is looked for; such signs count for nothing."""
        if not piece.isascii():
            return True
        bare = piece.replace("'", "").replace("`", "").replace(".", "")
        if isinstance(self._parts, re.Pattern):
            return self._parts.search(bare) is not None
        return any(part in bare for part in self._parts or ())

    # What is there

    def _read(self, text: str, spaced: str) -> list[Match]:
        words = self._reader.read(spaced)
        by_form = self._resolve_forms(spaced)
        wanted = self._wanted
        if by_form:
            wanted |= {self._finder.analyzer.stem(form) for form in by_form}
        numbers = [number for number, stem in enumerate(words.stems) if stem in wanted]
        if words.several:
            numbers += [
                number
                for number, tokens in words.several.items()
                if any(token.stem in wanted for token in tokens)
            ]
            numbers.sort()
        return self._matches(text, spaced, list(map(words.span, numbers)), by_form)

    def _matches(
        self, text: str, spaced: str, spans: list[tuple[int, int]], by_form: dict[str, int] | None = None
    ) -> list[Match]:
        by_stem, sequences, tokens_of = self._targets.stems, self._sequences, self._reader.tokens
        found: list[Match] = []
        for start, end in spans:
            for place, token in enumerate(tokens_of(spaced[start:end])):
                concept = by_stem.get(token.stem)
                if concept is None and by_form:
                    concept = by_form.get(token.form)
                if concept is not None:
                    found.append(Match(start + token.start, start + token.end, concept))
                for sequence in () if token.aside else sequences.get(token.stem, ()):
                    stop = self._sequence_end(spaced, start, place, sequence)
                    if stop is not None:
                        found.append(Match(start + token.start, stop, sequence.concept))
        return _without_overlaps(found) if sequences else found

    def _resolve_forms(self, spaced: str) -> dict[str, int]:
        """The forms of the text that patterns and approximate words stand for."""
        resolved: dict[str, int] = {}
        targets = self._targets
        if not targets.patterns and not targets.approximate:
            return resolved
        for form in {token.form for token, _ in self._tokens_from(spaced, 0, 0)}:
            for pattern, concept in targets.patterns:
                if pattern.fullmatch(form):
                    resolved.setdefault(form, concept)
            for wanted, distance, concept in targets.approximate:
                if OSA.distance(form, wanted, score_cutoff=distance) <= distance:
                    resolved.setdefault(form, concept)
        return resolved

    def _sequence_end(self, spaced: str, start: int, place: int, sequence: Sequence) -> int | None:
        """Where a sequence ends that begins with a token; ``None`` if it does not begin there."""
        terms = dict(zip(sequence.offsets, sequence.terms, strict=True))
        last = sequence.offsets[-1]
        placed = (found for found in self._tokens_from(spaced, start, place) if not found[0].aside)
        for position, (token, end) in enumerate(placed):
            term = terms.get(position)
            if term is not None and term != (token.form if sequence.exact else token.stem):
                return None
            if position == last:
                return end
        return None

    def _tokens_from(self, spaced: str, start: int, place: int) -> Iterator[tuple[PlainToken, int]]:
        """Tokens from one on, with the end of each in the text."""
        length = len(spaced)
        while start < length:
            end = spaced.find(" ", start)
            if end < 0:
                end = length
            for token in self._reader.tokens(spaced[start:end])[place:]:
                yield token, start + token.end
            start, place = end + 1, 0


def _plain(spaced: str) -> str | None:
    """The text as its forms are written, character by character; ``None`` if that cannot be."""
    plain = spaced.lower()
    if not plain.isascii():
        for sign in _APOSTROPHES:
            plain = plain.replace(sign, "'")
        for sign in _ORNAMENTS:
            plain = plain.replace(sign, '"')
    return plain if len(plain) == len(spaced) else None


def _odd_spans(plain: str) -> Iterator[tuple[int, int]]:
    """The pieces whose forms may be written otherwise than they stand there."""
    for sign in "'`.":  # Jum'at, a.n.
        at = plain.find(sign)
        while at >= 0:
            if plain[at + 1 : at + 2].isalpha() and plain[at - 1 : at].isalpha():
                yield _piece_at(plain, at)
            at = plain.find(sign, at + 1)
    if not plain.isascii():
        for place in _NOT_ASCII.finditer(plain):
            yield _piece_at(plain, place.start())


def _piece_at(plain: str, at: int) -> tuple[int, int]:
    end = plain.find(" ", at)
    return plain.rfind(" ", 0, at) + 1, len(plain) if end < 0 else end


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
