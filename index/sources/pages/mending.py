"""Holds what an extractor took against the page: puts back what is missing, leaves out what does not belong.

The extractor's own text stays as it is written, line by line; only whole lines come and go.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from index.sources.letters import NOT_LETTERS
from index.sources.pages.articles import ancestry, around_most, distance, prose_in
from index.sources.pages.furniture import asks_for_something, day_of_stamp, is_caption, is_label, is_stamp
from index.sources.pages.lines import Line

_LONG, _NEAR = 20, 200
_MOST_WORK = 400_000_000
_SMALL_PART = 0.3
_NEVER_PUT_BACK = frozenset(
    re.findall(
        r"[\w-]+",
        """
        nav footer aside button label fieldset figcaption header form select option menu th td
        """,
    )
)
_HEADINGS = frozenset({"h2", "h3", "h4", "h5", "h6"})
_FEWEST_TO_ASK = 3
_FARTHEST_LEAD = 4


class Extracted:
    """An extractor's text beside the lines of its page.

    :param text: as it was extracted, one line a paragraph.
    :param lines: of the page, in order.
    :param told: letters of the article's text as the page tells it to machines, or ``""``.
    """

    def __init__(self, text: str, lines: Sequence[Line], told: str = "") -> None:
        self.written = [line for line in text.split("\n") if line.strip()]
        self.lines = lines
        self._told = told
        self._keys = [NOT_LETTERS.sub("", line) for line in self.written]
        self._all = "".join(self._keys)
        self._places: defaultdict[str, list[int]] = defaultdict(list)
        for number in range(len(self.written)):
            for key in self._keys_of(number):
                self._places[key].append(number)
        is_huge = len(lines) * len(self._all) > _MOST_WORK
        self.kept = [not is_huge and self._holds(line) for line in lines]
        self.article = around_most(
            [line for line, kept in zip(lines, self.kept, strict=True) if kept], _is_running
        )
        if self.article is None:
            self.article = around_most(
                [line for line, kept in zip(lines, self.kept, strict=True) if kept], bool
            )

    def _holds(self, line: Line) -> bool:
        return line.letters in self._places or (len(line.letters) >= _LONG and line.letters in self._all)

    @property
    def day_above(self) -> str:
        """The day in the short lines above the text, as ISO 8601 has it."""
        first = _first_prose(self.lines, self.kept)
        days = (day_of_stamp(line.text) for line in self.lines[:first])
        return next((day.isoformat() for day in days if day), "")

    @property
    def prose(self) -> int:
        """How many letters of running text of the page it holds."""
        return sum(
            len(line.letters)
            for line, kept in zip(self.lines, self.kept, strict=True)
            if kept and line.is_prose
        )

    def prose_within(self, element: Any) -> int:
        """How many of those stand in an element."""
        kept = [line for line, kept in zip(self.lines, self.kept, strict=True) if kept]
        return prose_in(element, kept)

    @property
    def is_mostly_links(self) -> bool:
        """Whether it is a list of other articles."""
        kept = [line for line, kept in zip(self.lines, self.kept, strict=True) if kept]
        letters = sum(len(line.letters) for line in kept)
        return letters > 0 and sum(line.linked for line in kept) > letters / 2

    def mended(self) -> str:
        """The text with what is missing and without what is none of it."""
        if self.article is None:
            return "\n".join(self.written)
        inside = [self.article in ancestry(line.element) for line in self.lines]
        if True not in inside:
            return "\n".join(self.written)
        unwanted = _Unwanted(self.lines, self.article, inside, self.kept)
        gone = [unwanted.at(number) for number in range(len(self.lines))]
        back = self._missing(inside, gone, inside.index(True))
        return self._written_anew(gone, back)

    def _missing(self, inside: list[bool], gone: list[bool], first: int) -> list[bool]:
        kept_inside = [number for number, kept in enumerate(self.kept) if kept and inside[number]]
        if not kept_inside:
            return [False] * len(self.lines)
        parents = {
            self.lines[number].element.getparent() for number in kept_inside if self.lines[number].is_prose
        }
        first_kept, last_kept = kept_inside[0], kept_inside[-1]
        back = [False] * len(self.lines)
        for number, line in enumerate(self.lines):
            if self.kept[number] or gone[number] or _stands_aside(line.element, self.article):
                continue
            if inside[number]:
                is_told = len(line.letters) >= _LONG and line.letters in self._told
                is_next_to = line.element.getparent() in parents and first_kept < number < last_kept
                is_short_text = (line.ends_as_sentence or line.element.tag in _HEADINGS) and not line.is_link
                is_source = line.element.tag == "li" and line.outward and first_kept < number < last_kept
                back[number] = line.is_prose or is_told or (is_next_to and is_short_text) or is_source
            else:
                back[number] = number < first and line.is_prose and self._is_lead(number)
        return back

    def _is_lead(self, number: int) -> bool:
        """Whether a line stands between the headline and the article, close to both."""
        headlines = [place for place, line in enumerate(self.lines) if line.element.tag == "h1"]
        line = self.lines[number]
        return (
            any(place < number for place in headlines)
            and distance(line.element, self.article) <= _FARTHEST_LEAD
            and not is_caption(line.element, line.text)
        )

    def _written_anew(self, gone: list[bool], back: list[bool]) -> str:
        stays: dict[str, bool] = {}
        behind: defaultdict[int, list[str]] = defaultdict(list)
        at = -1
        for number, line in enumerate(self.lines):
            if self.kept[number]:
                stays[line.letters] = stays.get(line.letters, False) or not gone[number]
                at = self._place(line, at)
            elif back[number]:
                behind[at].append(line.text)
        text = behind[-1]
        for place, written in enumerate(self.written):
            verdicts = [stays[key] for key in self._keys_of(place) if key in stays]
            if any(verdicts) or not verdicts:
                text.append(written)
            text += behind[place]
        return "\n".join(text)

    def _keys_of(self, place: int) -> list[str]:
        """The letters of a written line, and of its cells."""
        written = self.written[place]
        cells = written.split("|") if written.startswith("|") else []
        return [self._keys[place], *(NOT_LETTERS.sub("", cell) for cell in cells)]

    def _place(self, line: Line, at: int) -> int:
        """The written line that a line of the page became, behind ``at``; ``at`` if there is none."""
        places = self._places.get(line.letters, [])
        if places:
            next_one = bisect_right(places, at)
            return places[next_one] if next_one < len(places) else at
        near = range(max(at, 0), min(max(at, 0) + _NEAR, len(self._keys)))
        return next((place for place in near if line.letters in self._keys[place]), at)


def _first_prose(lines: Sequence[Line], kept: Sequence[bool]) -> int:
    return next((number for number, line in enumerate(lines) if kept[number] and line.is_prose), 0)


def _is_running(line: Line) -> bool:
    return line.is_prose


def _stands_aside(element: Any, article: Any) -> bool:
    for each in ancestry(element):
        if each is article:
            return False
        if each.tag in _NEVER_PUT_BACK:
            return True
    return False


class _Unwanted:
    """Says which lines are none of the article."""

    def __init__(self, lines: Sequence[Line], article: Any, inside: list[bool], kept: list[bool]) -> None:
        self._lines, self._article, self._inside, self._kept = lines, article, inside, kept
        self._asking: dict[Any, bool] = {}
        self._letters = sum(len(line.letters) for line, within in zip(lines, inside, strict=True) if within)
        self._after_label = self._other_headlines()
        self._first = first = _first_prose(lines, kept)
        self._headline = next(
            (number for number, line in enumerate(lines[:first]) if line.element.tag == "h1"), -1
        )

    def at(self, number: int) -> bool:
        """Whether a line is none of it."""
        line = self._lines[number]
        if number in self._after_label or number == self._headline or is_caption(line.element, line.text):
            return True
        if number < self._first and is_stamp(line.text):
            return True
        box = self._box(line.element)
        if box is None:
            return False
        if box not in self._asking:
            text = " ".join("".join(box.itertext()).split())
            is_small = len(NOT_LETTERS.sub("", text)) <= _SMALL_PART * max(self._letters, 1)
            fewest = _FEWEST_TO_ASK if self._inside[number] else _FEWEST_TO_ASK - 1
            self._asking[box] = (is_small or not self._inside[number]) and asks_for_something(
                box, text, fewest
            )
        return self._asking[box]

    def _box(self, element: Any) -> Any | None:
        """The outermost element around a line that shares none with the article, or stands in it."""
        chain = ancestry(element)
        around = set(ancestry(self._article))
        box = None
        for each in chain:
            if each in around:
                break
            box = each
        return (
            box if box is not None and box.tag in ("div", "section", "aside", "form", "ul", "table") else None
        )

    def _other_headlines(self) -> set[int]:
        """Lines that are nothing but the headlines of other articles, and what announces them."""
        found: set[int] = set()
        run: list[int] = []
        for number, line in enumerate([*self._lines, None]):
            if line is not None and line.is_link and not line.outward and not line.ends_as_sentence:
                run.append(number)
                continue
            if run:
                label = run[0] - 1
                is_announced = label >= 0 and is_label(self._lines[label].text)
                headlines = [each for each in run if len(self._lines[each].text.split()) >= 3]
                if (is_announced or len(headlines) > 1) and len(run) < len(self._lines):
                    found.update(run)
                    found.update({label} if is_announced else ())
                elif is_label(self._lines[run[0]].text.split(":")[0]) and ":" in self._lines[run[0]].text:
                    found.update(run)
            run = []
        return found
