"""Finds where on a page its article stands: by the text that an extractor took, and by the page itself."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from index.sources.pages.lines import Line

_MOST_OF_IT = 0.7
_ENOUGH = 0.5


def around_most(lines: Sequence[Line], wanted: Callable[[Line], bool]) -> Any | None:
    """The smallest element that holds most letters of some lines, ``None`` if there are none."""
    weights: defaultdict[Any, int] = defaultdict(int)
    total = 0
    for line in lines:
        if wanted(line):
            total += len(line.letters)
            for element in ancestry(line.element):
                weights[element] += len(line.letters)
    holding = [element for element, weight in weights.items() if weight >= _MOST_OF_IT * total]
    if not holding:
        return None
    smallest = max(holding, key=_depth)  # they stand in one another
    if smallest.tag in ("p", "li", "blockquote") and smallest.getparent() is not None:
        return smallest.getparent()
    return smallest


def article_of(lines: Sequence[Line], tree: Any) -> Any | None:
    """The element that a page's running text stands in, whatever an extractor took.

    What the page itself calls ``articleBody`` comes first; otherwise the element whose own paragraphs hold
    most text (half of it counts for what is around that), as in Readability.
    """
    scores: defaultdict[Any, float] = defaultdict(float)
    for line in lines:
        if line.is_prose and (parent := line.element.getparent()) is not None:
            scores[parent] += len(line.letters)
            if (outer := parent.getparent()) is not None:
                scores[outer] += len(line.letters) / 2
    densest = max(scores, key=lambda element: scores[element], default=None)
    declared = tree.xpath("//*[contains(concat(' ', normalize-space(@itemprop), ' '), ' articleBody ')]")
    best = max(declared, key=lambda element: prose_in(element, lines), default=None)
    if best is not None and prose_in(best, lines) >= _ENOUGH * prose_in(densest, lines):
        return best
    return densest


def prose_in(element: Any | None, lines: Iterable[Line]) -> int:
    """How many letters of running text stand in an element."""
    if element is None:
        return 0
    return sum(len(line.letters) for line in lines if line.is_prose and element in ancestry(line.element))


def ancestry(element: Any) -> list[Any]:
    """An element and all that it stands in, from the inside."""
    return [element, *element.iterancestors()]


def distance(element: Any, article: Any) -> int:
    """How many elements up from an article one comes to what it shares with another element."""
    outwards = {each: steps for steps, each in enumerate(ancestry(article))}
    return next((outwards[each] for each in ancestry(element) if each in outwards), len(outwards))


def _depth(element: Any) -> int:
    return sum(1 for _ in element.iterancestors())
