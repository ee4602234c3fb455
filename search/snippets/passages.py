"""Choose the passages of a text that show most of what was asked for."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from typing import NamedTuple

from msgspec import Struct

from search.snippets.sentences import Sentences
from search.snippets.targets import Highlight

_MOST_HIGHLIGHTS = 2000
"""Highlights that are looked at; of more, the first."""

_REPETITION = 0.02
"""Worth of showing a word once more, as a share of its weight: decides between equals."""


class Shape(Struct, frozen=True):
    """Measures of a snippet.

    :param count: most passages.
    :param shortest: characters that a passage is filled up to with part of the next sentence.
    :param longest: characters of a passage, at most.
    :param context: characters kept before the first marked word where a long sentence is cut.
    :param repeats: passages shown, at most, when the others show nothing new.
    """

    count: int = 3
    shortest: int = 160
    longest: int = 220
    context: int = 40
    repeats: int = 2


class Passage(NamedTuple):
    """Characters ``start`` to ``end``, and whether words were cut off before or behind."""

    start: int
    end: int
    cut_before: bool
    cut_behind: bool


_DEFAULT_SHAPE = Shape()

_Window = tuple[int, int]
"""Where a passage may start and end."""


def choose_passages(
    text: str,
    sentences: Sentences,
    highlights: list[Highlight],
    weights: tuple[float, ...],
    shape: Shape = _DEFAULT_SHAPE,
) -> list[Passage]:
    """Up to ``shape.count`` passages in text order, without overlaps.

    Greedy weighted coverage: each round takes the passage that adds most weight of concepts not shown yet
    (the greedy choice covers at least 1 - 1/e of what the best choice could: Nemhauser, Wolsey and Fisher
    1978). Without highlights: the opening of the text.

    :param highlights: places that show a concept, in text order.
    :param weights: worth of each concept.
    """
    starts = sentences.up_to(0).starts
    if not starts:
        return []
    cutter = _Cutter(text, sentences, shape)
    if not highlights:
        first = starts[0]
        cutter.look_around(first)
        return [cutter.passage(*cutter.window(first, first, []))]
    if len(highlights) > _MOST_HIGHLIGHTS:
        highlights = highlights[:_MOST_HIGHLIGHTS]
    scorer = _Scorer(highlights, weights, shape.longest)
    taken: list[_Window] = []
    shown = 0
    while len(taken) < shape.count and not (shown == scorer.present and len(taken) >= shape.repeats):
        best: _Window | None = None
        best_gain, best_new, best_concepts = 0.0, 0.0, 0
        for window in cutter.candidates(scorer.anchors(shown, taken), taken):
            concepts, repetition = scorer.contents(window)
            new = scorer.worth(concepts & ~shown)
            gain = new + repetition
            if gain > best_gain:
                best, best_gain, best_new, best_concepts = window, gain, new, concepts
        if best is None or (not best_new and len(taken) >= shape.repeats):
            break
        taken.append(best)
        shown |= best_concepts
    taken.sort()
    return [cutter.passage(start, end) for start, end in taken]


class _Scorer:
    """What a window of the text shows, as a set of bits, and what that is worth."""

    def __init__(self, highlights: list[Highlight], weights: tuple[float, ...], longest: int) -> None:
        self._highlights = highlights
        self._weights = weights
        starts: list[int] = []
        ends: list[int] = []
        bits: list[int] = []
        totals = [0.0]
        total, present = 0.0, 0
        for start, end, concept in highlights:
            starts.append(start)
            ends.append(end)
            bit = 1 << concept
            bits.append(bit)
            present |= bit
            total += weights[concept]
            totals.append(total)
        self._starts = starts
        self._ends = ends
        self._bits = bits
        self._totals = totals
        self.present = present
        self._worth: dict[int, float] = {0: 0.0}
        self._ahead: list[tuple[int, float]] = []
        ahead = self._ahead
        several = present & (present - 1) != 0
        last, count = 0, len(starts)
        for first in range(count):
            limit = starts[first] + longest
            while last < count and ends[last] <= limit:
                last += 1
            if last <= first:
                ahead.append((0, 0.0))
                continue
            concepts = present
            if several:
                concepts = 0
                for index in range(first, last):
                    concepts |= bits[index]
            ahead.append((concepts, _REPETITION * (totals[last] - totals[first])))

    def anchors(self, shown: int, taken: list[_Window]) -> list[Highlight]:
        """The two highlights with most to show in the text that a passage from there could hold."""
        hidden = ~shown
        starts, known = self._starts, self._worth
        best = second = -1
        most = more = 0.0
        for index, (concepts, gained) in enumerate(self._ahead):
            concepts &= hidden
            worth = known.get(concepts)
            gained += self.worth(concepts) if worth is None else worth
            if gained > more:
                start = starts[index]
                for taken_start, taken_end in taken:
                    if taken_start <= start < taken_end:
                        break
                else:
                    if gained > most:
                        second, more = best, most
                        best, most = index, gained
                    else:
                        second, more = index, gained
        return [self._highlights[index] for index in (best, second) if index >= 0]

    def contents(self, window: _Window) -> tuple[int, float]:
        """The concepts that the window shows whole, and the worth of their repetitions."""
        start, end = window
        first, last = bisect_left(self._starts, start), bisect_right(self._ends, end)
        if last <= first:
            return 0, 0.0
        bits, totals = self._bits, self._totals
        concepts = bits[first]
        for index in range(first + 1, last):
            concepts |= bits[index]
        return concepts, _REPETITION * (totals[last] - totals[first])

    def worth(self, concepts: int) -> float:
        """The weights of concepts together."""
        found = self._worth.get(concepts)
        if found is None:
            found = 0.0
            left = concepts
            while left:
                lowest = left & -left
                found += self._weights[lowest.bit_length() - 1]
                left ^= lowest
            self._worth[concepts] = found
        return found


class _Cutter:
    """Cuts passages out of one text, on sentence borders where they fit and on word borders elsewhere."""

    def __init__(self, text: str, sentences: Sentences, shape: Shape) -> None:
        self._text = text
        self._sentences = sentences
        self._shape = shape
        self._starts, self._ends, self._reached, _ = sentences.up_to(0)

    def look_around(self, needed: int) -> None:
        """Know the sentences that a passage that reaches at least to ``needed`` may have."""
        if needed + self._shape.longest > self._reached:
            known = self._sentences.up_to(needed + self._shape.longest)
            self._starts, self._ends, self._reached, _ = known

    def candidates(self, anchors: list[Highlight], taken: list[_Window]) -> set[_Window]:
        """Windows around the anchors that keep clear of what is taken."""
        shape, window = self._shape, self.window
        longest = shape.longest
        found: set[_Window] = set()
        for anchor, anchor_end, _ in anchors:
            self.look_around(anchor_end)
            starts = self._starts
            sentence = bisect_right(starts, anchor) - 1
            if sentence < 0:
                sentence = 0
            begin, end = starts[sentence], self._ends[sentence]
            if anchor_end - begin <= longest:
                found.add(window(begin, anchor_end, taken))
            if end - begin > longest and anchor - shape.context > begin:
                found.add(window(self._word_start(anchor - shape.context, anchor), anchor_end, taken))
            elif sentence and end - starts[sentence - 1] <= longest:
                found.add(window(starts[sentence - 1], anchor_end, taken))
        return found

    def window(self, start: int, needed: int, taken: list[_Window]) -> _Window:
        """Where the passage from ``start`` ends if it reaches at least to ``needed``; both ends.

        :meth:`look_around` it first.
        """
        text, shape = self._text, self._shape
        stop = len(text)
        for other_start, other_end in taken:
            if start < other_end <= needed:
                start = other_end
                while start < needed and text[start].isspace():
                    start += 1
            elif needed <= other_start < stop:
                stop = other_start
        limit = start + shape.longest
        if limit > stop:
            limit = stop
        whole = bisect_right(self._ends, limit)
        end = self._ends[whole - 1] if whole else start
        if end < needed or (end < stop and end - start < shape.shortest):
            end = max(self._word_end(limit, start), end, needed)
        return start, end

    def passage(self, start: int, end: int) -> Passage:
        """A window that knows where it cuts a sentence."""
        starts, ends = self._starts, self._ends
        first, last = bisect_left(starts, start), bisect_left(ends, end)
        whole_start = first < len(starts) and starts[first] == start
        whole_end = last < len(ends) and ends[last] == end
        return Passage(start, end, not whole_start, not whole_end)

    def _word_start(self, position: int, before: int) -> int:
        """The first start of a word from ``position`` on."""
        text = self._text
        if position <= 0:
            return 0
        while position < before and not text[position - 1].isspace():
            position += 1
        while position < before and text[position].isspace():
            position += 1
        return position

    def _word_end(self, position: int, after: int) -> int:
        """The last end of a word up to ``position``; within one endless word, the position itself."""
        text = self._text
        if position >= len(text):
            return len(text.rstrip())
        end = position
        while end > after and not text[end].isspace():
            end -= 1
        while end > after and text[end - 1].isspace():
            end -= 1
        return end if end > after else position
