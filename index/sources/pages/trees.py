"""Brings a page into the shape that extractors expect: each piece of running text a paragraph of its own.

Pages of content systems say the same in many ways: text straight in a ``<div>``, a ``<span>`` around blocks,
paragraphs parted by ``<br><br>``, a dateline in front of the first ``<p>``.
"""

from __future__ import annotations

import re
from typing import Any

from index.sources.markup import BLOCKS, INVISIBLE, drop

_FLOWS = frozenset(
    re.findall(
        r"[\w-]+",
        """
        article aside blockquote body center details div footer form header main section td
        """,
    )
)
"""Elements whose loose text becomes paragraphs."""

_INLINE_AROUND_BLOCKS = frozenset(
    re.findall(
        r"[\w-]+",
        """
        span b strong i em font u big small center ins abbr label
        """,
    )
)
_DASH_END = re.compile(r"[-–—−]\s*$")
_LONGEST_DATELINE = 110
_SHORTEST_PROSE = 80


def put_in_paragraphs(tree: Any) -> None:
    """Wrap loose text of a page's tree, in place, and put a dateline into the paragraph that it opens.

    What nobody sees goes: scripts, styles, comments.
    """
    from lxml import etree  # type: ignore[import-untyped]  # as in markup

    etree.strip_tags(tree, etree.Comment, etree.ProcessingInstruction)
    for element in list(tree.iter(*(INVISIBLE - {"head", "title"}))):
        if element.getparent() is not None and element.getparent().tag != "head":
            drop(element)
    for element in list(tree.iter(*_INLINE_AROUND_BLOCKS)):
        if _has_block(element):
            element.tag = "div"
    for element in list(tree.iter("p")):
        _split_at_breaks(element)
    for element in list(tree.iter(*_FLOWS)):
        if any(_is_block(child) for child in element) or _first_double_break(element) is not None:
            _wrap(element)
        elif element.tag == "div" and _is_prose(element):
            element.tag = "p"
    for table in list(tree.iter("table")):
        if any(_is_column(cell) for cell in table.iter("td")):
            for part in list(table.iter("table", "tbody", "thead", "tr", "td", "th")):
                part.tag = "div"
    for element in list(tree.iter("p", "div")):
        if _DASH_END.search(_short_text(element)):
            _join_with_next(element)


def _is_block(element: Any) -> bool:
    return isinstance(element.tag, str) and element.tag in BLOCKS and element.tag != "br"


def _has_block(element: Any) -> bool:
    return any(_is_block(inside) for inside in element.iterdescendants())


def _is_column(cell: Any) -> bool:
    """Whether a cell is a column of the page, not a value."""
    inside = [child.tag for child in cell if _is_block(child)]
    return inside.count("p") > 1 or any(tag not in ("p", "hr") for tag in inside)


def _is_prose(element: Any) -> bool:
    text = "".join(element.itertext())
    return len(text) >= _SHORTEST_PROSE and any(mark in text for mark in ".!?")


def _short_text(element: Any) -> str:
    """The text of an element, ``""`` if it is longer than a dateline."""
    parts: list[str] = []
    left = _LONGEST_DATELINE
    for part in element.itertext():
        parts.append(part)
        left -= len(part.strip())
        if left < 0:
            return ""
    return "".join(parts)


def _first_double_break(element: Any) -> Any | None:
    for child in element:
        if child.tag == "br" and not (child.tail or "").strip():
            following = child.getnext()
            if following is not None and following.tag == "br":
                return child
    return None


def _split_at_breaks(paragraph: Any) -> None:
    """Make of a ``<p>`` with ``<br><br>`` in it a ``<div>``, whose runs become paragraphs."""
    if _first_double_break(paragraph) is not None:
        paragraph.tag = "div"


def _wrap(container: Any) -> None:
    """Put each run of text and inline elements that stands directly in a container into a ``<p>``."""
    children = list(container)
    run = _Run(container)
    run.text(container.text)
    container.text = None
    breaks = 0
    for child in children:
        tail, child.tail = child.tail, None
        if child.tag == "br":
            breaks += 1
            if breaks > 1:
                run.close()
            run.put(child)
        elif _is_block(child):
            run.close()
            breaks = 0
        else:
            run.put(child)
            breaks = 0
        if tail and tail.strip():
            breaks = 0
        run.text(tail, after=child)
    run.close()


class _Run:
    """Text and inline elements that will be one paragraph."""

    def __init__(self, container: Any) -> None:
        self._container = container
        self._paragraph: Any = None
        self._last: Any = None

    def text(self, text: str | None, after: Any = None) -> None:
        if not text:
            return
        if self._paragraph is None:
            if not text.strip():
                return
            self._open(after)
        if self._last is None:
            self._paragraph.text = (self._paragraph.text or "") + text
        else:
            self._last.tail = (self._last.tail or "") + text

    def put(self, element: Any) -> None:
        if self._paragraph is None:
            if element.tag == "br":
                return
            self._open(element, before=True)
        self._paragraph.append(element)
        self._last = element

    def close(self) -> None:
        self._paragraph = self._last = None

    def _open(self, beside: Any, before: bool = False) -> None:
        self._paragraph = self._container.makeelement("p")
        self._last = None
        place = 0 if beside is None else self._container.index(beside) + (not before)
        self._container.insert(place, self._paragraph)


def _join_with_next(element: Any) -> None:
    """Put a short text that ends with a dash in front of the paragraph behind it."""
    following = element.getnext()
    if following is None or following.tag != "p" or (element.tail or "").strip() or _has_block(element):
        return
    text, following.text = following.text, element.text
    inside = list(element)
    for place, child in enumerate(inside):
        following.insert(place, child)
    if inside:
        inside[-1].tail = f"{inside[-1].tail or ''} {text or ''}"
    else:
        following.text = f"{following.text or ''} {text or ''}"
    element.getparent().remove(element)
