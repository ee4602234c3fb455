"""Choose the passages of a text that show most of what was asked for."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from search.snippets.matching import Match
from search.snippets.sentences import Sentences

__all__ = ["Passage", "Shape", "choose_passages"]

_MAX_MATCHES = 2000
"""Matches that are looked at; of more, the first."""

_TRIED = 2
"""Matches tried as the heart of a passage in each round: those with most to show behind them."""

_REPETITION = 0.02
"""Worth of showing a word once more, as a share of its weight: decides between equals."""


@dataclass(frozen=True, slots=True)
class Shape:
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


def choose_passages(
    text: str,
    sentences: Sentences,
    matches: list[Match],
    weights: tuple[float, ...],
    shape: Shape = _DEFAULT_SHAPE,
) -> list[Passage]:
    """Up to ``shape.count`` passages in text order, without overlaps.

    Greedy weighted coverage: each round takes the passage that adds most weight of concepts not shown yet
    (the greedy choice covers at least 1 - 1/e of what the best choice could: Nemhauser, Wolsey and Fisher
    1978). Without matches: the opening of the text.

    :param matches: places that show a concept, in text order.
    :param weights: worth of each concept.
    """
    if not sentences.starts:
        return []
    cutter = _Cutter(text, sentences, shape)
    if not matches:
        first = sentences.starts[0]
        return [cutter.passage(*cutter.window(first, first, ()))]
    matches = matches[:_MAX_MATCHES]
    scorer = _Scorer(matches, weights, shape.longest)
    taken: list[tuple[int, int]] = []
    shown = 0
    while len(taken) < shape.count and not (shown == scorer.present and len(taken) >= shape.repeats):
        best: tuple[int, int] | None = None
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
    return [cutter.passage(*window) for window in sorted(taken)]


class _Scorer:
    """What a window of the text shows, as a set of bits, and what that is worth."""

    def __init__(self, matches: list[Match], weights: tuple[float, ...], longest: int) -> None:
        self._matches = matches
        self._starts = starts = [start for start, _, _ in matches]
        self._ends = ends = [end for _, end, _ in matches]
        self._bits = bits = [1 << concept for _, _, concept in matches]
        self._weights = weights
        self._totals = totals = [0.0]
        total, present = 0.0, 0
        for (_, _, concept), bit in zip(matches, bits, strict=True):
            total += weights[concept]
            totals.append(total)
            present |= bit
        self.present = present
        self._worth: dict[int, float] = {0: 0.0}
        self._ahead: list[tuple[int, float]] = []
        last, count = 0, len(starts)
        for first, start in enumerate(starts):
            limit = start + longest
            while last < count and ends[last] <= limit:
                last += 1
            concepts = 0
            for bit in bits[first:last]:
                concepts |= bit
            gained = _REPETITION * (totals[last] - totals[first]) if last > first else 0.0
            self._ahead.append((concepts, gained))

    def anchors(self, shown: int, taken: list[tuple[int, int]]) -> list[Match]:
        """The matches with most to show in the text that a passage from there could hold."""
        worth = self.worth
        if len(self._matches) == 1:
            concepts, repetition = self._ahead[0]
            return self._matches if not taken and worth(concepts) + repetition > 0 else []
        hidden = ~shown
        known = self._worth
        free: list[tuple[float, int]] = []
        for index, (concepts, repetition) in enumerate(self._ahead):
            gained = known.get(concepts & hidden)
            if gained is None:
                gained = worth(concepts & hidden)
            free.append((gained + repetition, -index))
        for start, end in taken:
            first, last = bisect_left(self._starts, start), bisect_left(self._starts, end)
            free[first:last] = [(-1.0, 0)] * (last - first)
        free.sort(reverse=True)  # faster than a heap for the few matches of a text
        return [self._matches[-negative] for most, negative in free[:_TRIED] if most > 0]

    def contents(self, window: tuple[int, int]) -> tuple[int, float]:
        """The concepts that the window shows whole, and the worth of their repetitions."""
        first, last = bisect_left(self._starts, window[0]), bisect_right(self._ends, window[1])
        concepts = 0
        for bit in self._bits[first:last]:
            concepts |= bit
        repetition = _REPETITION * (self._totals[last] - self._totals[first]) if last > first else 0.0
        return concepts, repetition

    def worth(self, concepts: int) -> float:
        """The weights of concepts together."""
        found = self._worth.get(concepts)
        if found is None:
            found = self._worth[concepts] = sum(
                weight for concept, weight in enumerate(self._weights) if concepts >> concept & 1
            )
        return found


class _Cutter:
    """Cuts passages out of one text, on sentence borders where they fit and on word borders elsewhere."""

    def __init__(self, text: str, sentences: Sentences, shape: Shape) -> None:
        self._text = text
        self._starts, self._ends = sentences
        self._shape = shape

    def candidates(self, anchors: list[Match], taken: list[tuple[int, int]]) -> set[tuple[int, int]]:
        """Windows around the anchors that keep clear of what is taken."""
        longest, context = self._shape.longest, self._shape.context
        starts, window = self._starts, self.window
        found: set[tuple[int, int]] = set()
        for anchor, anchor_end, _ in anchors:
            sentence = max(bisect_right(starts, anchor) - 1, 0)
            begin, end = starts[sentence], self._ends[sentence]
            if anchor_end - begin <= longest:
                found.add(window(begin, anchor_end, taken))
            if end - begin > longest and anchor - context > begin:
                found.add(window(self._word_start(anchor - context, anchor), anchor_end, taken))
            elif sentence and end - starts[sentence - 1] <= longest:
                found.add(window(starts[sentence - 1], anchor_end, taken))
        return found

    def window(self, start: int, needed: int, taken: Sequence[tuple[int, int]]) -> tuple[int, int]:
        """Where the passage from ``start`` ends if it reaches at least to ``needed``; both ends."""
        text, shape = self._text, self._shape
        stop = len(text)
        for other_start, other_end in taken:
            if start < other_end <= needed:
                start = other_end
                while start < needed and text[start].isspace():
                    start += 1
            elif needed <= other_start < stop:
                stop = other_start
        limit = min(start + shape.longest, stop)
        whole = bisect_right(self._ends, limit)
        end = self._ends[whole - 1] if whole else start
        if end < needed or (end - start < shape.shortest and end < stop):
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
