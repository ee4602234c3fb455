"""Find what a query asks for in one text after another, looking closely at few of its words.

An article is not read whole to find the words asked for: the forms that the archive has of a word are looked
for as they stand, and only the pieces of text around them are taken apart. What cannot be found that way (a
text with other than plain letters, a pattern) is read word by word.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache, partial
from itertools import chain, islice
from typing import NamedTuple, TypeAlias, TypeVar

from rapidfuzz.distance import OSA

from index.analysis.analyzer import Analyzer
from search.snippets.targets import Highlight, Sequence, Targets
from search.snippets.texts import ReadyText, blanked
from search.snippets.words import CachingTokenizer, StemmedToken

Forms = Callable[[str], Iterable[str]]
"""Stem -> the forms of it that texts have."""

_Span: TypeAlias = tuple[int, int]
_Begun: TypeAlias = tuple[Sequence, dict[int, str]]
"""A sequence and its terms by their offsets."""

_Piece: TypeAlias = tuple[
    list[tuple[int, int, int]], bool, tuple[StemmedToken, ...], list[tuple[int, _Begun]]
]
"""What a piece of text shows: highlights with offsets into it, whether they may overlap, its tokens, and
which sequences may begin with which of them. Plain, because each search makes hundreds."""

_highlight: Callable[[tuple[int, int, int]], Highlight] = partial(tuple.__new__, Highlight)
"""A highlight in half the time that its own constructor takes."""

_Each = TypeVar("_Each")

_ASKED_EVERY = 512
"""Words between two questions whether to go on: they take half a millisecond at most."""

_MOST_PARTS = 256
"""Parts of words that are looked for in a text: of more, it is quicker read."""

_PARTS_KEPT = 1 << 12
_PLAIN_STEM = re.compile("[a-z0-9-]+")


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


class _Parts(NamedTuple):
    """What no form of a stem is without in a plain text.

    :param words: parts of words, the fewest that do.
    :param signs: forms of one letter or digit, which stand alone or right behind a currency.
    """

    words: tuple[str, ...]
    signs: tuple[str, ...]


def _parts(stem: str, forms: Forms) -> _Parts | None:
    """What to look for so that no form of a stem of letters and digits is missed.

    :returns: ``None`` for other stems, which are written in many ways.
    """
    if not _PLAIN_STEM.fullmatch(stem):
        return None
    plain = list(filter(str.isascii, (stem, *forms(stem))))  # a plain text has none but plain ones
    return _Parts(
        _fewest([form for form in plain if len(form) > 1]),
        tuple({form for form in plain if len(form) == 1}),
    )


class Highlighter:
    """Finds the targets of one query. Safe to share between threads."""

    def __init__(self, finder: Finder, targets: Targets, forms: Forms | None = None) -> None:
        self._finder = finder
        self._tokenizer = finder.tokenizer
        self._targets = targets
        stem = finder.analyzer.stem
        self._sequences: dict[str, list[_Begun]] = {}
        for sequence in targets.sequences:
            first = sequence.terms[0]
            terms = dict(zip(sequence.offsets, sequence.terms, strict=True))
            self._sequences.setdefault(stem(first) if sequence.exact else first, []).append((sequence, terms))
        self._words: tuple[str, ...] = ()
        self._signs: list[re.Pattern[str]] = []
        self._closely = not (forms is None or targets.patterns or targets.approximate) and self._plan(forms)
        self._meant: dict[str, int | None] = {}
        self._known: dict[str, _Piece] = {}

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
        if self._closely and ready.plain is not None:
            return self._highlights(ready.text, ready.plain, self._spans(ready, ready.plain), goes_on)
        spaced = blanked(ready.text)
        return self._highlights(spaced, spaced, self._read(spaced, goes_on), goes_on)

    # Where to look

    def _plan(self, forms: Forms) -> bool:
        """Set what to look for so that no form is missed, if that is quicker than to read."""
        words: dict[str, None] = {}
        signs: dict[str, None] = {}
        for stem in (*self._targets.stems, *self._sequences):
            parts = self._finder.parts(stem, forms)
            if parts is None:
                return False
            words.update(dict.fromkeys(parts.words))
            signs.update(dict.fromkeys(parts.signs))
        for kind, before in ((str.isalpha, "a-z0-9"), (str.isdigit, "0-9")):
            if some := "".join(filter(kind, signs)):
                # It begins with what it looks for: that is quicker than to look behind first.
                self._signs.append(re.compile(f"[{some}](?![a-z0-9])(?<![{before}].)"))
        self._words = tuple(words)
        return len(words) <= _MOST_PARTS

    def _spans(self, ready: ReadyText, plain: str) -> list[_Span]:
        """The pieces of text that may hold what is looked for, in order."""
        spans: dict[int, int] = {}
        find, rfind, length = plain.find, plain.rfind, len(plain)
        for part in self._words:
            at = find(part)
            while at >= 0:
                end = find(" ", at)
                if end < 0:
                    end = length
                spans[rfind(" ", 0, at) + 1] = end
                at = find(part, end)
        for signs in self._signs:
            for found in signs.finditer(plain):
                at = found.start()
                end = find(" ", at)
                spans[rfind(" ", 0, at) + 1] = end if end >= 0 else length
        for start, end, bare in ready.odd:
            if bare is None or self._signs or any(part in bare for part in self._words):
                spans[start] = end  # noqa: PERF403
        return sorted(spans.items())

    def _read(self, spaced: str, goes_on: Callable[[], bool]) -> list[_Span]:
        """The pieces that hold it, found by reading everything."""
        pieces = spaced.split(" ")
        tokens_of = list(_while(goes_on, self._tokenizer.read(pieces)))
        self._understand({token.form for tokens in tokens_of for token in tokens})
        stems, sequences, meant = self._targets.stems, self._sequences, self._meant
        spans: list[_Span] = []
        start = 0
        for piece, tokens in zip(pieces, tokens_of, strict=False):
            end = start + len(piece)
            for token in tokens:
                if token.stem in stems or token.stem in sequences or meant.get(token.form) is not None:
                    spans.append((start, end))
                    break
            start = end + 1
        return spans

    def _understand(self, forms: Iterable[str]) -> None:
        """Remember which of some forms patterns and approximate words stand for."""
        meant, targets = self._meant, self._targets
        if not targets.patterns and not targets.approximate:
            return
        for form in forms:
            if form not in meant:
                meant[form] = next(self._meanings(form), None)

    def _meanings(self, form: str) -> Iterator[int]:
        for pattern, concept in self._targets.patterns:
            if pattern.fullmatch(form):
                yield concept
        for wanted, distance, concept in self._targets.approximate:
            if OSA.distance(form, wanted, score_cutoff=distance) <= distance:
                yield concept

    # What is there

    def _highlights(
        self, text: str, plain: str, spans: list[_Span], goes_on: Callable[[], bool]
    ) -> list[Highlight]:
        """What pieces of text show: most of them are met again and again in the articles of a page.

        :param plain: has a space for each blank of the text.
        """
        known = self._known
        found: list[Highlight] = []
        crowded = False
        for start, end in spans if len(spans) <= _ASKED_EVERY else _while(goes_on, spans):
            written = text[start:end]
            piece = known.get(written)
            if piece is None:
                piece = known[written] = self._piece(written)
            highlights, may_overlap, tokens, begins = piece
            for first, last, concept in highlights:
                found.append(_highlight((start + first, start + last, concept)))
            if may_overlap:
                crowded = True
            for place, (sequence, terms) in begins:
                stop = self._sequence_end(text, plain, start, tokens[place:], sequence, terms)
                if stop is not None:
                    found.append(Highlight(start + tokens[place].start, stop, sequence.concept))
                    crowded = True
        return _without_overlaps(found) if crowded else found

    def _piece(self, written: str) -> _Piece:
        by_stem, by_form, sequences = self._targets.stems, self._meant, self._sequences
        tokens = self._tokenizer.tokens(written)
        highlights: list[tuple[int, int, int]] = []
        begins: list[tuple[int, _Begun]] = []
        for place, (form, stem, start, end, aside) in enumerate(tokens):
            if stem in by_stem:
                highlights.append((start, end, by_stem[stem]))
            elif by_form and (concept := by_form.get(form)) is not None:
                highlights.append((start, end, concept))
            if stem in sequences and not aside:
                begins += [(place, begun) for begun in sequences[stem]]
        return highlights, len(highlights) > 1, tokens, begins

    def _sequence_end(
        self,
        text: str,
        plain: str,
        start: int,
        tokens: tuple[StemmedToken, ...],
        sequence: Sequence,
        terms: dict[int, str],
    ) -> int | None:
        """Where a sequence ends that begins with the first of some tokens, ``None`` if none does.

        :param tokens: the last ones of the piece that begins at ``start``.
        :param terms: those of the sequence by their offsets.
        """
        position, last, exact = 0, sequence.offsets[-1], sequence.exact
        while True:
            for token in tokens:
                if token.aside:
                    continue
                term = terms.get(position)
                if term is not None and term != (token.form if exact else token.stem):
                    return None
                if position == last:
                    return start + token.end
                position += 1
            start = plain.find(" ", start) + 1
            if not start:
                return None
            end = plain.find(" ", start)
            tokens = self._tokenizer.tokens(text[start:] if end < 0 else text[start:end])


def _fewest(forms: list[str]) -> tuple[str, ...]:
    """The shortest forms that all others have as a part."""
    parts: list[str] = []
    for form in sorted(forms, key=len):
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
