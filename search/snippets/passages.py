"""Choose the passages of a text that show most of what was asked for."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from typing import NamedTuple

from search.snippets.matching import Match

__all__ = ["Passage", "Shape", "choose_passages"]

_MAX_CANDIDATES = 400
"""Matches that are tried as the heart of a passage; a longer list is thinned out evenly."""

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
    sentences: list[tuple[int, int]],
    matches: list[Match],
    weights: tuple[float, ...],
    shape: Shape = _DEFAULT_SHAPE,
) -> list[Passage]:
    """Up to ``shape.count`` passages in text order, without overlaps.

    Greedy weighted coverage: each round takes the passage that adds most weight of concepts not shown yet
    (the greedy choice covers at least 1 - 1/e of what the best choice could: Nemhauser, Wolsey and Fisher
    1978). Without matches: the opening of the text.

    :param sentences: from :func:`~search.snippets.sentences.sentence_spans`.
    :param matches: from :func:`~search.snippets.matching.find_matches`, in text order.
    :param weights: worth of each concept.
    """
    if not sentences:
        return []
    cutter = _Cutter(text, sentences, shape)
    if not matches:
        return [cutter.passage(sentences[0][0], sentences[0][0], [])]
    starts = [match.start for match in matches]
    step = -(-len(matches) // _MAX_CANDIDATES)
    shown: set[int] = set()
    taken: list[Passage] = []
    while len(taken) < shape.count:
        best: Passage | None = None
        best_gain, best_new = 0.0, 0.0
        for anchor in matches[::step]:
            for candidate in cutter.around(anchor, taken):
                inside = matches[bisect_left(starts, candidate.start) : bisect_right(starts, candidate.end)]
                concepts = {match.concept for match in inside if match.end <= candidate.end}
                new = sum(weights[concept] for concept in concepts - shown)
                gain = new + _REPETITION * sum(
                    weights[match.concept] for match in inside if match.end <= candidate.end
                )
                if gain > best_gain:
                    best, best_gain, best_new = candidate, gain, new
        if best is None or (best_new <= 0 and len(taken) >= shape.repeats):
            break
        taken.append(best)
        shown.update(
            match.concept for match in matches if best.start <= match.start and match.end <= best.end
        )
    return sorted(taken)


class _Cutter:
    """Cuts passages out of one text, on sentence borders where they fit and on word borders elsewhere."""

    def __init__(self, text: str, sentences: list[tuple[int, int]], shape: Shape) -> None:
        self._text = text
        self._sentences = sentences
        self._starts = [start for start, _ in sentences]
        self._sentence_starts = frozenset(self._starts)
        self._sentence_ends = frozenset(end for _, end in sentences)
        self._shape = shape

    def around(self, match: Match, taken: list[Passage]) -> list[Passage]:
        """Candidates that show the match and keep clear of what is taken."""
        if any(passage.start < match.end and match.start < passage.end for passage in taken):
            return []
        longest, context = self._shape.longest, self._shape.context
        sentence = max(bisect_right(self._starts, match.start) - 1, 0)
        begin, end = self._sentences[sentence]
        candidates: list[Passage] = []
        if match.end - begin <= longest:
            candidates.append(self.passage(begin, match.end, taken))
        if end - begin > longest and match.start - context > begin:
            candidates.append(
                self.passage(self._word_start(match.start - context, match.start), match.end, taken)
            )
        elif sentence and end - self._starts[sentence - 1] <= longest:
            candidates.append(self.passage(self._starts[sentence - 1], match.end, taken))
        return candidates

    def passage(self, start: int, needed: int, taken: list[Passage]) -> Passage:
        """The passage from ``start`` that reaches at least to ``needed``."""
        text, shape = self._text, self._shape
        stop = len(text)
        for other in taken:
            if start < other.end <= needed:
                start = other.end
                while start < needed and text[start].isspace():
                    start += 1
            elif other.start >= needed:
                stop = min(stop, other.start)
        first = max(bisect_right(self._starts, start) - 1, 0)
        limit = min(start + shape.longest, stop)
        end = start
        for _, sentence_end in self._sentences[first:]:
            if sentence_end > limit:
                break
            end = max(end, sentence_end)
        if end < needed or (end - start < shape.shortest and end < stop):
            end = max(self._word_end(limit, start), end, needed)
        return Passage(start, end, start not in self._sentence_starts, end not in self._sentence_ends)

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
