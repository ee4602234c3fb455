"""Lays out a body: the elements of its source's outline as spans of characters of the body."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator

from index.documents import MOST_SPANS, Span, is_sound
from index.sources.aligning import Alignment, Found
from index.sources.encoding import clean
from index.sources.letters import NOT_LETTERS
from index.sources.outline import Element, Outline

_MARKER = re.compile(r"(?:[-*+•·–]|\d{1,9}[.)])\s+")
_LETTER = re.compile(r"[^\W_]")
_NEAR = 3
_MOST_PICTURES = 100
_MOST_COLUMNS = 50
_LONGEST_TEXT = 300


def lay_out(body: str, outline: Outline | None) -> tuple[Span, ...]:
    """What of a body is a heading, a list, a link ...; nothing that is not certain.

    :param outline: of the source that the body was taken from.
    """
    if outline is None or not outline.root.children:
        return ()
    alignment = Alignment(body, outline)
    if not alignment:
        return ()
    groups = _levelled(_Carrier(body, outline, alignment).groups())
    layout: list[Span] = []
    end = 0
    for group in _with_pictures(groups):
        if len(layout) + len(group) > MOST_SPANS:
            break
        if group[0].start >= end and is_sound(body, group):
            layout += group
            end = group[0].end
    return tuple(layout)


Group = tuple[Span, ...]
"""An element that stands directly in the article, and all inside it."""


class _Carrier:
    """Carries elements from an outline to a body."""

    def __init__(self, body: str, outline: Outline, alignment: Alignment) -> None:
        self._body, self._outline, self._alignment = body, outline, alignment

    def groups(self) -> list[Group]:
        return [group for child in self._outline.root.children for group in self._carried(child)]

    def _carried(self, element: Element) -> list[Group]:
        """An element with all inside it; what is inside it, if it cannot be carried over."""
        if element.kind == "img":
            return self._picture(element)
        if element.end == element.start:
            return []
        if element.kind == "table":
            made = self._table(element)
            return [made] if made else list(self._links(element))
        inside = [group for child in element.children for group in self._carried(child)]
        if element.kind in ("ul", "ol"):
            made = self._list(element, inside)
            # Items are nothing without their list.
            return [made] if made else list(self._links(element))
        span = self._span(element)
        return [(span, *(each for group in inside for each in group))] if span else inside

    def _links(self, element: Element) -> Iterator[Group]:
        for child in element.children:
            if child.kind == "a":
                yield from self._carried(child)
            else:
                yield from self._links(child)

    def _span(self, element: Element) -> Span | None:
        if element.kind == "a":
            return self._link(element)
        found = self._alignment.within(element.start, element.end)
        if not found or element.end < found[-1].end or not self._is_certain(element, found):
            return None
        if element.kind == "li":
            return self._item(element, found)
        if element.start > found[0].start:
            return None
        if element.kind == "h" and (len(found) > 1 or not self._is_whole(element, found)):
            return None
        if element.kind == "h" and len(element.text) > _LONGEST_TEXT:
            return None
        return Span(element.kind, found[0].begin, found[-1].stop, element.number)

    def _is_certain(self, element: Element, found: list[Found]) -> bool:
        return self._is_whole(element, found) or self._alignment.is_closed(found)

    def _is_whole(self, element: Element, found: list[Found]) -> bool:
        return self._alignment.is_whole(found, element.start, element.end)

    def _link(self, element: Element) -> Span | None:
        if not element.address:
            return None
        place = self._written(element)
        return Span("a", *place, 0, element.address) if place and place[0] < place[1] else None

    def _item(self, element: Element, found: list[Found]) -> Span | None:
        first = found[0]
        at = self._alignment.place(first, max(element.start, first.start))
        marker = _MARKER.match(self._body, first.begin, first.stop)
        for start in (marker.end() if marker else -1, first.begin):
            letter = _LETTER.search(self._body, start, first.stop) if start >= 0 else None
            if letter and letter.start() == at:
                return Span("li", start, found[-1].stop)
        return None

    def _list(self, element: Element, items: list[Group]) -> Group | None:
        found = self._alignment.within(element.start, element.end)
        if not items or any(group[0].kind != "li" for group in items) or not self._is_certain(element, found):
            return None
        first = element.number if element.kind == "ol" else 0
        span = Span(element.kind, found[0].begin, items[-1][0].end, first)
        made = (span, *(each for group in items for each in group))
        return made if is_sound(self._body, made) else None

    def _table(self, element: Element) -> Group | None:
        rows: list[Group] = []
        end = 0
        for row in element.children:
            if row.end > row.start:
                cells = self._row(row, end)
                if not cells:
                    return None
                rows.append(cells)
                end = cells[0].end
        if len(rows) < 2:
            return None
        # What stands in a table and in no row is its caption.
        found = self._alignment.within(element.children[0].start, element.end)
        if not found:
            return None
        span = Span("table", found[0].begin, found[-1].stop)
        made = (span, *(each for row in rows for each in row))
        return made if is_sound(self._body, made) else None

    def _row(self, row: Element, end: int) -> Group | None:
        """A row and its cells, which stand behind ``end``."""
        spans: list[Span] = []
        for cell in row.children:
            place = self._written(cell) if cell.end > cell.start else self._sign(cell, end)
            if not place or (place[0] < end and spans):
                return None
            end = place[1]
            columns = min(max(1, cell.number), _MOST_COLUMNS)
            spans.append(Span(cell.kind, *place, columns))
            spans += [each for group in self._links(cell) for each in group]
        first = next((span for span in spans if span.end > span.start), None)
        if first is None:
            return None
        # Cells without text at the beginning of a row stand where its text begins.
        spans = [
            span._replace(start=first.start, end=first.start) if span.end < first.start else span
            for span in spans
        ]
        return (Span("tr", first.start, end), *spans)

    def _sign(self, cell: Element, end: int) -> tuple[int, int]:
        """The place of a cell without letters: behind ``end``, before the next letter."""
        if not cell.text:
            return end, end
        letter = _LETTER.search(self._body, end)
        at = self._body.find(cell.text, end, letter.start() if letter else len(self._body))
        # What cleaning took away, as a lone dash, leaves an empty cell.
        return (at, at + len(cell.text)) if at >= 0 else (end, end)

    def _written(self, element: Element) -> tuple[int, int] | None:
        """The characters of an element inside of one paragraph, if they are just what it says."""
        found = self._alignment.within(element.start, element.end)
        if len(found) != 1 or not self._is_whole(element, found):
            return None
        start = self._alignment.place(found[0], element.start)
        end = self._alignment.place(found[0], element.end - 1) + 1
        text = " ".join(clean(element.text).split())
        first, last = _LETTER.search(text), _LETTER.search(text[::-1])
        if first is None or last is None:
            return None
        start, end = start - first.start(), end + last.start()
        if start < found[0].begin or end > found[0].stop or self._body[start:end] != text:
            return None
        return start, end

    def _picture(self, element: Element) -> list[Group]:
        start, end = element.around
        at = self._near(start, end)
        if at is None:
            return []
        text = element.text[:_LONGEST_TEXT]
        caption = self._alignment.within(start, end) if end > start else []
        if not caption:
            text = element.caption[:_LONGEST_TEXT] or text
        elif NOT_LETTERS.sub("", text) in self._outline.letters[start:end]:
            text = ""  # the caption says it
        return [(Span("img", at, at, 0, element.address, text),)]

    def _near(self, start: int, end: int) -> int | None:
        """Where in the body something stands whose letters are not in it: beside lines that are."""
        if end > start and (caption := self._alignment.within(start, end)):
            return caption[0].begin
        count = _NEAR if end > start else 1
        for first, last in self._outline.lines_before(start, count):
            if before := self._alignment.within(first, last):
                return before[-1].stop
        for first, last in self._outline.lines_behind(end, count):
            if behind := self._alignment.within(first, last):
                return behind[0].begin
        return None


def _levelled(groups: list[Group]) -> list[Group]:
    """Headings from 2 on without a gap: that of the article is 1, whatever the levels of the source."""
    above: list[int] = []
    levelled: list[Group] = []
    for first, *others in groups:
        if first.kind == "h":
            while above and above[-1] >= first.number:
                above.pop()
            above.append(first.number)
            first = first._replace(number=min(4, len(above) + 1))
        levelled.append((first, *others))
    return levelled


def _with_pictures(groups: Iterable[Group]) -> list[Group]:
    """The groups in order, pictures between them and not inside."""
    pictures: list[Group] = []
    others: list[Group] = []
    for group in groups:
        (pictures if group[0].kind == "img" else others).append(group)
    blocks = [group[0] for group in others if group[0].kind != "a"]
    starts = [span.start for span in blocks]
    placed: list[Group] = []
    seen: set[str] = set()
    for (picture,) in pictures[:_MOST_PICTURES]:
        if picture.address in seen:
            continue
        seen.add(picture.address)
        around = bisect_right(starts, picture.start) - 1
        if around >= 0 and blocks[around].start < picture.start < blocks[around].end:
            picture = picture._replace(start=blocks[around].end, end=blocks[around].end)
        placed.append((picture,))
    return sorted([*placed, *others], key=lambda group: (group[0].start, group[0].end))
