"""Find what a query asks for in one text after another, looking closely at few of its words.

An article is not read whole to find the words asked for: the forms that the archive has of a word are looked
for as they stand, and only the pieces of text around them are taken apart. What cannot be found that way (a
text with other than plain letters, a pattern) is read word by word.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache
from itertools import chain, islice
from typing import TypeVar

from rapidfuzz.distance import OSA

from index.analysis.analyzer import Analyzer
from index.analysis.glued import seams
from search.snippets.targets import Highlight, Sequence, Targets
from search.snippets.texts import ReadyText, blanked
from search.snippets.words import CachingTokenizer, StemmedToken

Forms = Callable[[str], Iterable[str]]
"""Stem -> the forms of it that texts have."""

_Span = tuple[int, int]
_Each = TypeVar("_Each")

_SHORTEST_PART = 2
"""Letters from which on a form is looked for as a part of words: single ones are part of too many."""

_ASKED_EVERY = 512
"""Words between two questions whether to go on: they take half a millisecond at most."""

_MOST_PARTS = 64
_PARTS_KEPT = 1 << 14
_PLAIN_STEM = re.compile("[a-z-]+|[0-9]{2,}")


def _always() -> bool:
    return True


def _while(goes_on: Callable[[], bool], some: Iterable[_Each]) -> Iterator[_Each]:
    """Things one after the other, as long as whoever is asked every now and then says so."""
    left = iter(some)
    yield from islice(left, _ASKED_EVERY)
    while (first := next(left, None)) is not None and goes_on():
        yield from chain((first,), islice(left, _ASKED_EVERY - 1))


class Finder:
    """Finds targets in texts. Safe to share between threads.

    :param analyzer: the one the targets were made with.
    """

    def __init__(self, analyzer: Analyzer) -> None:
        self.analyzer = analyzer
        self.tokenizer = CachingTokenizer(analyzer.stem, analyzer.tokens)
        self.parts = lru_cache(_PARTS_KEPT)(_parts)

    def highlighter(self, targets: Targets, forms: Forms | None = None) -> Highlighter:
        """What finds the targets in one text after another.

        :param forms: knows every form that the texts have; without it they are read word by word.
        """
        return Highlighter(self, targets, forms)

    def find(self, text: str, targets: Targets) -> list[Highlight]:
        """Every place of the text that shows a target; see :meth:`Highlighter.find`."""
        return self.highlighter(targets).find(text)


def _parts(stem: str, forms: Forms) -> tuple[str, ...] | None:
    """Parts of words that no form of a stem of letters, or of digits, is without in a plain text.

    :returns: ``None`` for other stems, which are written in many ways.
    """
    return _fewest_parts([stem, *forms(stem)]) if _PLAIN_STEM.fullmatch(stem) else None


class Highlighter:
    """Finds the targets of one query. Safe to share between threads."""

    def __init__(self, finder: Finder, targets: Targets, forms: Forms | None = None) -> None:
        self._finder = finder
        self._tokenizer = finder.tokenizer
        self._targets = targets
        stem = finder.analyzer.stem
        self._sequences: dict[str, list[tuple[Sequence, dict[int, str]]]] = {}
        for sequence in targets.sequences:
            first = sequence.terms[0]
            terms = dict(zip(sequence.offsets, sequence.terms, strict=True))
            self._sequences.setdefault(stem(first) if sequence.exact else first, []).append((sequence, terms))
        self._wanted = frozenset((*targets.stems, *self._sequences))
        self._parts = None if forms is None or targets.patterns or targets.approximate else self._plan(forms)
        self._known: dict[str, tuple[Highlight, ...]] = {}

    def find(self, text: str | ReadyText, goes_on: Callable[[], bool] = _always) -> list[Highlight]:
        """Every place of the text that shows a target, in text order, without overlaps.

        Where highlights overlap the longer one wins, so that a phrase is marked as one.

        :param goes_on: asked every few hundred words; once it says no, the rest has no highlights.
        """
        if not self._targets:
            return []
        ready = ReadyText.of(text) if isinstance(text, str) else text
        found = self._found(ready, goes_on)
        if ready.today is None:
            return found
        today, printed = ready.today
        for start, end, concept in self._found(today, goes_on):
            found.append(Highlight(*printed(start, end), concept))
        return _without_overlaps(found)

    def _found(self, ready: ReadyText, goes_on: Callable[[], bool]) -> list[Highlight]:
        if self._parts is None or ready.plain is None:
            return self._read(ready.text, goes_on)
        spans = self._spans(ready, ready.plain)
        if self._sequences:
            return self._highlights(ready.text, spans, goes_on)
        return self._words(ready.text, spans, goes_on)

    # Where to look

    def _plan(self, forms: Forms) -> re.Pattern[str] | tuple[str, ...] | None:
        """What to look for so that no form is missed: parts of words, or a pattern of whole words."""
        found: dict[str, None] = {}
        for stem in self._wanted:
            parts = self._finder.parts(stem, forms)
            if parts is None:
                return None
            found.update(dict.fromkeys(parts))
        if len(found) <= _MOST_PARTS and all(len(part) >= _SHORTEST_PART for part in found):
            return tuple(found)
        if any(map(str.isdigit, self._wanted)):
            return None  # letters may stand right before a number
        wanted = {form for stem in self._wanted for form in (stem, *forms(stem)) if form.isascii()}
        longest_first = sorted(wanted, key=len, reverse=True)
        return re.compile(f"(?<![a-z])(?:{'|'.join(map(re.escape, longest_first))})(?![a-z])")

    def _spans(self, ready: ReadyText, plain: str) -> list[tuple[int, int]]:
        """The pieces of text that may hold what is looked for, in order."""
        spans: list[tuple[int, int]] = []
        find, rfind, length = plain.find, plain.rfind, len(plain)
        looks = 1
        if isinstance(self._parts, re.Pattern):
            whole = (found.start() for found in self._parts.finditer(plain))
            for at in (*whole, *seams(ready.text)):
                end = find(" ", at)
                spans.append((rfind(" ", 0, at) + 1, end if end >= 0 else length))
            looks = 2
        elif self._parts:
            looks = len(self._parts)
            for part in self._parts:
                at = find(part)
                while at >= 0:
                    end = find(" ", at)
                    if end < 0:
                        end = length
                    spans.append((rfind(" ", 0, at) + 1, end))
                    at = find(part, end)
        for start, end, bare in ready.odd:
            if bare is None or self._may_hold(bare):
                spans.append((start, end))
                looks += 1
        return sorted(set(spans)) if looks > 1 else spans

    def _may_hold(self, bare: str) -> bool:
        if isinstance(self._parts, re.Pattern):
            return self._parts.search(bare) is not None
        return any(part in bare for part in self._parts or ())

    # What is there

    def _words(self, text: str, spans: list[_Span], goes_on: Callable[[], bool]) -> list[Highlight]:
        """Single words: most pieces of text are met again and again in the articles of a page."""
        known = self._known
        found: list[Highlight] = []
        for start, end in spans if len(spans) <= _ASKED_EVERY else _while(goes_on, spans):
            piece = text[start:end]
            highlights = known.get(piece)
            if highlights is None:
                by_stem = self._targets.stems
                there = [
                    Highlight(token.start, token.end, by_stem[token.stem])
                    for token in self._tokenizer.tokens(piece)
                    if token.stem in by_stem
                ]
                highlights = known[piece] = tuple(_without_overlaps(there) if len(there) > 1 else there)
            for first, last, concept in highlights:
                found.append(Highlight(start + first, start + last, concept))
        return found

    def _read(self, text: str, goes_on: Callable[[], bool]) -> list[Highlight]:
        """Everything, word by word."""
        spaced = blanked(text)
        pieces = spaced.split(" ")
        tokens_of = list(_while(goes_on, self._tokenizer.read(pieces)))
        by_form = self._forms_meant({token.form for tokens in tokens_of for token in tokens})
        wanted = self._wanted.union(map(self._finder.analyzer.stem, by_form))
        spans: list[tuple[int, int]] = []
        start = 0
        for piece, tokens in zip(pieces, tokens_of, strict=False):
            end = start + len(piece)
            for token in tokens:
                if token.stem in wanted:
                    spans.append((start, end))
                    break
            start = end + 1
        return self._highlights(spaced, spans, goes_on, by_form)

    def _highlights(
        self,
        text: str,
        spans: list[_Span],
        goes_on: Callable[[], bool],
        by_form: dict[str, int] | None = None,
    ) -> list[Highlight]:
        spaced = blanked(text)
        by_stem, sequences, tokens_of = self._targets.stems, self._sequences, self._tokenizer.tokens
        found: list[Highlight] = []
        for start, end in spans if len(spans) <= _ASKED_EVERY else _while(goes_on, spans):
            tokens = tokens_of(spaced[start:end])
            for place, token in enumerate(tokens):
                concept = by_stem.get(token.stem)
                if concept is None and by_form:
                    concept = by_form.get(token.form)
                if concept is not None:
                    found.append(Highlight(start + token.start, start + token.end, concept))
                for sequence, terms in () if token.aside else sequences.get(token.stem, ()):
                    following = self._tokens_from(spaced, start, tokens, place)
                    stop = _sequence_end(following, sequence, terms)
                    if stop is not None:
                        found.append(Highlight(start + token.start, stop, sequence.concept))
        return _without_overlaps(found)

    def _forms_meant(self, forms: Iterable[str]) -> dict[str, int]:
        """Those of some forms that patterns and approximate words stand for."""
        meant: dict[str, int] = {}
        targets = self._targets
        if not targets.patterns and not targets.approximate:
            return meant
        for form in forms:
            for pattern, concept in targets.patterns:
                if pattern.fullmatch(form):
                    meant.setdefault(form, concept)
            for wanted, distance, concept in targets.approximate:
                if OSA.distance(form, wanted, score_cutoff=distance) <= distance:
                    meant.setdefault(form, concept)
        return meant

    def _tokens_from(
        self, spaced: str, start: int, tokens: tuple[StemmedToken, ...], place: int
    ) -> Iterator[tuple[StemmedToken, int]]:
        """Tokens from one on, with the end of each in the text.

        :param tokens: those of the piece that begins at ``start``; the first is at ``place`` among them.
        """
        while True:
            for index in range(place, len(tokens)):
                token = tokens[index]
                yield token, start + token.end
            start, place = spaced.find(" ", start) + 1, 0
            if not start:
                return
            end = spaced.find(" ", start)
            tokens = self._tokenizer.tokens(spaced[start:] if end < 0 else spaced[start:end])


def _sequence_end(
    following: Iterator[tuple[StemmedToken, int]], sequence: Sequence, terms: dict[int, str]
) -> int | None:
    """Where a sequence ends that begins with the first of some tokens; ``None`` if it does not begin there.

    :param following: the tokens, with the end of each in the text.
    :param terms: those of the sequence by their offsets.
    """
    last = sequence.offsets[-1]
    placed = (found for found in following if not found[0].aside)
    for position, (token, end) in enumerate(placed):
        term = terms.get(position)
        if term is not None and term != (token.form if sequence.exact else token.stem):
            return None
        if position == last:
            return end
    return None


def _fewest_parts(forms: list[str]) -> tuple[str, ...]:
    """The shortest forms that all others have as a part; a text of plain letters has none but plain ones."""
    parts: list[str] = []
    for form in sorted(filter(str.isascii, forms), key=len):
        if not any(part in form for part in parts):
            parts.append(form)
    return tuple(parts)


def _without_overlaps(highlights: list[Highlight]) -> list[Highlight]:
    highlights.sort(key=lambda each: (each.start, -each.end))
    kept: list[Highlight] = []
    for each in highlights:
        if kept and each.start < kept[-1].end:
            if each.end - each.start > kept[-1].end - kept[-1].start:
                kept[-1] = each
        else:
            kept.append(each)
    return kept
