"""Writes a whole article as HTML: its elements, its escaped text, and ``<mark>``."""

from __future__ import annotations

import html
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from index.documents import Span, parents_of
from search.snippets.markup import mark_spans
from search.snippets.targets import Highlight

OUTWARD_REL, OUTWARD_TARGET = "noopener nofollow ugc", "_top"
OUTWARD = f'target="{OUTWARD_TARGET}" rel="{OUTWARD_REL}"'
"""What every link says that an author of an article has set, not the owner of the site. Where the page stands
in a frame of another site, it leads out of it: few sites would let themselves be shown in there."""


class Labels(NamedTuple):
    """Words that are not of the article.

    :param picture: stands before what a picture shows.
    :param table: names a table, before its number.
    """

    picture: str
    table: str


def write_article(
    text: str, layout: tuple[Span, ...], highlights: Sequence[Highlight], labels: Labels
) -> str:
    """An article as HTML. What it says is the text; bullets and lines of a table become elements.

    :param layout: one that :func:`index.documents.is_sound` holds for.
    :param highlights: in text order and without overlaps. One across the border of an element is marked on
        both sides of it; one across a blank line is marked nowhere.
    """
    return _Article(text, layout, highlights, labels).whole()


class _Article:
    def __init__(
        self, text: str, layout: tuple[Span, ...], highlights: Sequence[Highlight], labels: Labels
    ) -> None:
        self._text, self._layout, self._labels = text, layout, labels
        inside = [each for each in highlights if text.find("\n\n", each.start, each.end) < 0]
        self._highlights = list(_split(text, inside, layout)) if layout else inside
        self._children: dict[int, list[int]] = {}
        for number, parent in enumerate(parents_of(layout)):
            self._children.setdefault(parent, []).append(number)
        self._tables = 0

    def whole(self) -> str:
        return "\n".join(self._flow(-1, 0, len(self._text)))

    def _flow(self, parent: int, start: int, end: int) -> list[str]:
        """Paragraphs and the blocks between them."""
        blocks: list[str] = []
        links: list[Span] = []
        for number in self._children.get(parent, ()):
            span = self._layout[number]
            if span.kind == "a":
                links.append(span)
                continue
            blocks += self._paragraphs(start, span.start, links)
            blocks.append(self._block(number, span))
            start, links = span.end, []
        return blocks + self._paragraphs(start, end, links)

    def _paragraphs(self, start: int, end: int, links: Sequence[Span]) -> list[str]:
        return [f"<p>{html}</p>" for html in self._lines(start, end, links)]

    def _lines(self, start: int, end: int, links: Sequence[Span]) -> Iterator[str]:
        while start < end:
            stop = self._text.find("\n\n", start, end)
            stop = end if stop < 0 else stop
            if self._text[start:stop].strip():
                yield self._line(start, stop, [link for link in links if start <= link.start < stop])
            start = stop + 2

    def _line(self, start: int, end: int, links: Sequence[Span]) -> str:
        parts: list[str] = []
        for link in links:
            parts.append(self._marked(start, link.start))
            inside = self._marked(link.start, link.end)
            parts.append(f'<a href="{html.escape(link.address)}" {OUTWARD}>{inside}</a>')
            start = link.end
        parts.append(self._marked(start, end))
        return "".join(parts)

    def _marked(self, start: int, end: int) -> str:
        return mark_spans(self._text, self._highlights, start, end)

    def _inside(self, number: int, span: Span) -> str:
        links = [self._layout[child] for child in self._children.get(number, ())]
        return self._line(span.start, span.end, links)

    def _block(self, number: int, span: Span) -> str:
        match span.kind:
            case "h":
                return f"<h{span.number}>{self._inside(number, span)}</h{span.number}>"
            case "img":
                return self._picture(span)
            case "table":
                return self._table(number)
            case "blockquote":
                inside = "\n".join(self._flow(number, span.start, span.end))
                return f"<blockquote>\n{inside}\n</blockquote>"
        items = "\n".join(self._item(item) for item in self._children[number])
        start = f' start="{span.number}"' if span.kind == "ol" and span.number != 1 else ""
        return f"<{span.kind}{start}>\n{items}\n</{span.kind}>"

    def _item(self, number: int) -> str:
        span = self._layout[number]
        inside = self._flow(number, span.start, span.end)
        # A short item is one line; only several paragraphs are worth the space between them.
        if sum(block.startswith("<p>") for block in inside) == 1 and inside[0].startswith("<p>"):
            inside[0] = inside[0].removeprefix("<p>").removesuffix("</p>")
        return "<li>" + "\n".join(inside) + "</li>"

    def _picture(self, span: Span) -> str:
        shown = " ".join("".join(c for c in span.text if c.isprintable()).split())
        label = f"{self._labels.picture}: {shown}" if shown else self._labels.picture
        link = f'<a href="{html.escape(span.address)}" {OUTWARD}>{html.escape(label)}</a>'
        return f'<p class="picture">{link}</p>'

    def _table(self, number: int) -> str:
        self._tables += 1
        rows = [self._children[row] for row in self._children[number]]
        has_head = all(self._layout[cell].kind == "th" for cell in rows[0])
        head = f"<thead>\n{self._row(rows[0], 'col')}\n</thead>\n" if has_head else ""
        body = "\n".join(self._row(row, "row") for row in rows[has_head:])
        label = html.escape(f"{self._labels.table} {self._tables}")
        # Too wide for a phone, it is moved sideways, by the keyboard too.
        return (
            f'<div class="table" role="region" aria-label="{label}" tabindex="0"><table>\n'
            f"{head}<tbody>\n{body}\n</tbody>\n</table></div>"
        )

    def _row(self, cells: Sequence[int], scope: str) -> str:
        return "<tr>" + "".join(self._cell(cell, scope, cell == cells[0]) for cell in cells) + "</tr>"

    def _cell(self, number: int, scope: str, is_first: bool) -> str:
        span = self._layout[number]
        columns = f' colspan="{span.number}"' if span.number > 1 else ""
        scoped = f' scope="{scope}"' if span.kind == "th" and (scope == "col" or is_first) else ""
        if span.start == span.end:  # a heading without words names nothing
            return f"<td{columns}></td>"
        return f"<{span.kind}{scoped}{columns}>{self._inside(number, span)}</{span.kind}>"


def _split(text: str, highlights: Sequence[Highlight], layout: tuple[Span, ...]) -> Iterator[Highlight]:
    """Highlights cut at the borders of elements."""
    borders = sorted({place for span in layout for place in (span.start, span.end)})
    for start, end, concept in highlights:
        cuts = borders[bisect_right(borders, start) : bisect_left(borders, end)]
        for first, last in zip((start, *cuts), (*cuts, end), strict=True):
            if not text[first:last].isspace():
                yield Highlight(first, last, concept)
