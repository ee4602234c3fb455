"""The lines of a page as a reader sees them, each with the element that it stands in."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

from msgspec import Struct

from index.sources.letters import NOT_LETTERS
from index.sources.markup import BLOCKS, INVISIBLE

MOST_LINES = 20_000
"""A page of more is no article that is held against anything."""

_ENDS_AS_SENTENCE = re.compile(r"[.!?…][\"'”’)\]]*$")
_HAS_SENTENCE = re.compile(r"[a-z0-9%)\"”][.!?…](?:[\"'”’)\]]*\s|[\"'”’)\]]*$)")
_SHORTEST_PROSE = 40
_FEWEST_WORDS = 7
_MOST_LINKED = 0.4


class Line(Struct, frozen=True):
    """One line.

    :param text: tidy.
    :param letters: its letters and digits.
    :param linked: how many of them stand in a link.
    :param outward: whether a link in it leads to another site.
    :param element: the innermost block that it stands in.
    """

    text: str
    letters: str
    linked: int
    outward: bool
    element: Any

    @property
    def is_link(self) -> bool:
        """Whether nothing but links stands in it."""
        return self.linked >= len(self.letters)

    @property
    def is_prose(self) -> bool:
        """Whether it is running text: no headline, no menu, no button."""
        return (
            len(self.letters) >= _SHORTEST_PROSE
            and self.linked <= _MOST_LINKED * len(self.letters)
            and len(self.text.split()) >= _FEWEST_WORDS
            and bool(_HAS_SENTENCE.search(self.text))
        )

    @property
    def ends_as_sentence(self) -> bool:
        """Whether a full stop, or what does its work, ends it."""
        return bool(_ENDS_AS_SENTENCE.search(self.text))


def lines_of(tree: Any, host: str = "") -> list[Line]:
    """The lines of a tree in order, :data:`MOST_LINES` at most.

    :param host: of the page; links to others lead outward.
    """
    return list(_Reader(host).read(tree))


class _Reader:
    """One walk. Not recursive: pages may be nested deeply."""

    def __init__(self, host: str) -> None:
        self._host = host
        self._parts: list[str] = []
        self._linked = 0
        self._outward = False

    def read(self, tree: Any) -> Iterator[Line]:
        from lxml import etree  # type: ignore[import-untyped]  # as in markup

        opened = [tree]
        links = hidden = count = 0
        for event, element in etree.iterwalk(tree, events=("start", "end")):
            tag = element.tag if isinstance(element.tag, str) else ""
            if tag in BLOCKS and (line := self._line(opened[-1])):
                yield line
                count += 1
                if count >= MOST_LINES:
                    return
            if event == "start":
                hidden += tag in INVISIBLE
                if tag in BLOCKS and tag != "br":
                    opened.append(element)
                if tag == "a":
                    links += 1
                    self._outward = self._outward or self._leads_out(element.get("href"))
            else:
                hidden -= tag in INVISIBLE
                links -= tag == "a"
                if opened[-1] is element and len(opened) > 1:
                    opened.pop()
            text = element.text if event == "start" else element.tail if element is not tree else None
            if text and not hidden:
                self._parts.append(text)
                self._linked += len(NOT_LETTERS.sub("", text)) if links else 0
        if line := self._line(opened[0]):
            yield line

    def _line(self, element: Any) -> Line | None:
        text = " ".join("".join(self._parts).split())
        linked, outward = self._linked, self._outward
        self._parts, self._linked, self._outward = [], 0, False
        letters = NOT_LETTERS.sub("", text)
        return Line(text, letters, linked, outward, element) if letters else None

    def _leads_out(self, address: str | None) -> bool:
        try:
            host = urlsplit((address or "").strip()).hostname
        except ValueError:
            return False
        return bool(host) and not _same_site(host or "", self._host)


def _same_site(host: str, other: str) -> bool:
    """Whether two hosts share all but their first label, as ``bola.warta.com`` and ``www.warta.com`` do."""
    return not other or host.split(".")[-2:] == other.split(".")[-2:]
