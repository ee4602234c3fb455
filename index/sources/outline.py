"""Outline: the structure of a marked-up text, read beside the plain text that is taken from it.

It holds the letters and digits of the whole source in order, and says of each element which of them it is
made of. What cleaning does to the plain text later (blanks, bullets, whole lines that go) leaves them alone,
so that :mod:`index.sources.aligning` finds them again in the body.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import urljoin

from msgspec import Struct, field

from index.documents import INSIDE, LONGEST_ADDRESS, may_be_linked
from index.sources.letters import letters_of
from index.sources.markdown_text import without_attributes, without_comments
from index.sources.markup import BLOCKS, INVISIBLE, tree_of_html

_HAS_STRUCTURE = re.compile(r"<(?:h[1-6]|ul|ol|blockquote|table|a|img)\b", re.IGNORECASE)
# Between lines of running text; in a list or a table a blank line would change what it is.
_SINGLE_BREAK = re.compile(r"\n(?<=[^\s|]\n)(?=[^\s|>*+\-=#\d~`])")
_KINDS = {f"h{level}": "h" for level in range(1, 7)} | {
    tag: tag for tag in ("ul", "ol", "li", "blockquote", "tr", "th", "td", "a")
}
_CELLS = frozenset({"th", "td"})
_WRITTEN = frozenset({"h", "a", *_CELLS})
_NOT_IN_CELLS = BLOCKS - {"p", "br", "td", "th", "tr", "table"}
_SOURCES = ("data-src", "data-original", "data-lazy-src", "src")
_PICTURE_FILE = re.compile(r"\.(?:jpe?g|png|gif|webp|avif)(?:[?#]|$)", re.IGNORECASE)
_SMALLEST_PICTURE = 48
_MOST_ELEMENTS = 20_000
_DEEPEST = 12


class Element(Struct):
    """One element, or the whole text (``kind`` is ``""``).

    :param start: its first letter or digit among those of the outline; ``end`` the one behind its last.
    :param text: as it is written; of an ``img``: what it shows.
    :param number: as in :class:`index.documents.Span`; of a heading the level in the source.
    :param caption: of an ``img``: what its figure says below it.
    :param around: of an ``img``: the first and last letter of its figure, caption included.
    """

    kind: str
    start: int
    end: int = 0
    number: int = 0
    address: str = ""
    text: str = ""
    caption: str = ""
    around: tuple[int, int] = (0, 0)
    children: list[Element] = field(default_factory=list)


class Outline(Struct, frozen=True):
    """The structure of one text.

    :param letters: all its letters and digits.
    :param lines: where among them its lines begin, rising.
    :param root: stands for the whole text.
    :param is_page: whether it is of a whole page, with much that is not the article.
    """

    letters: str
    lines: tuple[int, ...]
    root: Element
    is_page: bool = False

    def lines_before(self, letter: int, count: int) -> Iterator[tuple[int, int]]:
        """The nearest lines before a letter, as far as they stand before it: first letter, one behind."""
        line = bisect_left(self.lines, letter)
        end = letter
        for start in reversed(self.lines[max(0, line - count) : line]):
            yield start, end
            end = start

    def lines_behind(self, letter: int, count: int) -> Iterator[tuple[int, int]]:
        """The nearest lines from a letter on, likewise."""
        line = bisect_right(self.lines, letter)
        start = letter
        for end in (*self.lines[line : line + count], len(self.letters))[:count]:
            yield start, end
            start = end


OutlineOf = Callable[[str], Outline | None]
"""Makes the outline of a source, given the address that its relative addresses start from."""


def outline_of_html(
    markup: str, base: str = "", *, is_page: bool = False, numbered: bool = False
) -> Outline | None:
    """The outline of HTML, ``None`` if it has nothing but paragraphs.

    :param base: address of the page, which relative addresses start from; without it they lead nowhere.
    :param is_page: whether it is a whole page and not just an article.
    :param numbered: whether the plain text has the numbers of an ordered list, as Markdown has.
    """
    if not _HAS_STRUCTURE.search(markup):
        return None
    tree = tree_of_html(markup)
    return None if tree is None else _Walk(base, numbered).outline(tree, is_page)


def outline_of_page(tree: Any, base: str = "") -> Outline:
    """The outline of a whole page, of its tree."""
    return _Walk(base, False).outline(tree, True)


def outline_of_markdown(markdown: str, base: str = "") -> Outline | None:
    """The outline of Markdown with tables, likewise."""
    import pyromark  # here, because most archives hold no Markdown

    plain = without_attributes(without_comments(markdown))
    if plain.count("\n") > 2 * plain.count("\n\n"):
        plain = _SINGLE_BREAK.sub("\n\n", plain)
    page = pyromark.html(
        plain, options=pyromark.Options.ENABLE_TABLES | pyromark.Options.ENABLE_STRIKETHROUGH
    )
    return outline_of_html(page, base, numbered=True)


class _Walk:
    """One walk through a tree. Not recursive: pages may be nested deeply."""

    def __init__(self, base: str, numbered: bool) -> None:
        self._base, self._numbered = base, numbered
        self._parts: list[str] = []
        self._at = 0
        self._lines = [0]
        self._open: list[tuple[Any, Element]] = []
        self._figures: list[tuple[Any, int, list[Element]]] = []
        self._raw: list[str] = []
        self._raw_at: dict[int, int] = {}
        self._counters: list[int] = []
        self._left = _MOST_ELEMENTS

    def outline(self, tree: Any, is_page: bool) -> Outline:
        from lxml import etree  # type: ignore[import-untyped]  # as in markup

        root = Element("", 0)
        self._open.append((None, root))
        hidden = 0
        for event, element in etree.iterwalk(tree, events=("start", "end", "comment", "pi")):
            tag = element.tag
            if event == "start":
                hidden += tag in INVISIBLE
                if not hidden:
                    self._start(tag, element)
                    self._text(element.text)
                continue
            if event == "end":
                if not hidden:
                    self._end(tag, element)
                hidden -= tag in INVISIBLE
            if not hidden and element is not tree:
                self._text(element.tail)
        root.end = self._at
        return Outline("".join(self._parts), tuple(self._lines), root, is_page)

    def _text(self, text: str | None) -> None:
        if text:
            self._raw.append(text)
            if text == "\n":  # between most blocks
                return
            letters = letters_of(text)
            self._parts.append(letters)
            self._at += len(letters)

    def _start(self, tag: str, element: Any) -> None:
        if tag in BLOCKS:
            self._new_line()
        if tag == "img":
            self._picture(element)
        elif tag == "figure":
            self._figures.append((element, self._at, []))
        elif tag == "li" and self._numbered:
            self._count()
        kind = "table" if tag == "table" and _is_data(element) else _KINDS.get(tag, "")
        around = self._open[-1][1]
        if not kind or kind not in INSIDE[around.kind] or len(self._open) > _DEEPEST or not self._left:
            return
        self._left -= 1
        made = Element(kind, self._at, number=self._number(kind, tag, element))
        if kind == "a":
            made.address = self._address(element.get("href"))
        self._raw_at[id(made)] = len(self._raw)
        around.children.append(made)
        self._open.append((element, made))
        if kind == "ol":
            self._counters.append(made.number)

    def _end(self, tag: str, element: Any) -> None:
        opened, made = self._open[-1]
        if opened is element:
            self._open.pop()
            made.end = self._at
            first = self._raw_at.pop(id(made))
            if made.kind in _WRITTEN:
                made.text = " ".join("".join(self._raw[first:]).split())
            if made.kind == "ol":
                self._counters.pop()
        if self._figures and self._figures[-1][0] is element:
            _, start, pictures = self._figures.pop()
            caption = element.find(".//figcaption")
            said = "" if caption is None else " ".join("".join(caption.itertext()).split())
            for picture in pictures:
                picture.around = (start, self._at)
                picture.caption = said
        if tag in BLOCKS:
            self._new_line()

    def _new_line(self) -> None:
        self._raw.append("\n")
        if self._lines[-1] != self._at:
            self._lines.append(self._at)

    def _count(self) -> None:
        around = self._open[-1][1]
        if around.kind == "ol":
            self._text(str(self._counters[-1]))
            self._counters[-1] += 1

    def _number(self, kind: str, tag: str, element: Any) -> int:
        if kind == "h":
            return int(tag[1])
        if kind == "ol":
            return _whole(element.get("start"), 1)
        return _whole(element.get("colspan"), 1) if kind in _CELLS else 0

    def _address(self, written: str | None) -> str:
        written = (written or "").strip()
        if not written or len(written) > LONGEST_ADDRESS or written.startswith("#"):
            return ""
        try:
            address = urljoin(self._base, written)
        except ValueError:
            return ""
        return address if may_be_linked(address) else ""

    def _picture(self, element: Any) -> None:
        sides = (_whole(element.get(side), _SMALLEST_PICTURE) for side in ("width", "height"))
        if not self._left or min(sides) < _SMALLEST_PICTURE:
            return
        link = next((made for _, made in reversed(self._open) if made.kind == "a"), None)
        if link and not self._figures and not _PICTURE_FILE.search(link.address):
            return  # an advertisement, or the picture of another article
        addresses = (self._address(element.get(name)) for name in _SOURCES)
        address = next(filter(None, addresses), "")
        if not address:
            return
        self._left -= 1
        shown = " ".join((element.get("alt") or element.get("title") or "").split())
        made = Element("img", self._at, self._at, address=address, text=shown, around=(self._at, self._at))
        self._open[0][1].children.append(made)
        if self._figures:
            self._figures[-1][2].append(made)


def _whole(written: str | None, otherwise: int) -> int:
    written = (written or "").strip()
    return int(written) if written.isascii() and written.isdigit() and len(written) < 7 else otherwise


def _is_data(table: Any) -> bool:
    """Whether a table holds data, cell by cell, not a page's columns."""
    rows = widest = 0
    for element in table.iter():
        tag = element.tag
        if tag == "tr":
            rows += 1
            widest = max(widest, sum(cell.tag in _CELLS for cell in element))
        is_nested = tag == "table" and element is not table
        is_tall = tag in _CELLS and _whole(element.get("rowspan"), 1) != 1
        if is_nested or is_tall or tag in _NOT_IN_CELLS:
            return False
    return rows > 1 and widest > 1
