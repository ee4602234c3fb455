"""HTML of a body in blocks, whatever editor wrote it: its text and what of it is a heading, a list, a link.

Editor.js, Draft.js, Quill, ProseMirror and TipTap, Slate, Lexical, Portable Text and Contentful agree on more
than they differ in: a node has a type, and text or further nodes under one of a few names. So one walk reads
them all, what their cousins write, and sections that are no more than a title and a text. Quill's Delta and
Mobiledoc are flat: :mod:`index.sources.rich_text.delta`, :mod:`index.sources.rich_text.mobiledoc`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from html import escape
from typing import Any

from index.sources.markup import looks_like_html
from index.sources.rich_text.cards import html_of_card
from index.sources.rich_text.delta import html_of_delta
from index.sources.rich_text.mobiledoc import html_of_mobiledoc, is_mobiledoc
from index.sources.rich_text.nodes import (
    BREAKS,
    INNER,
    ITEMS,
    LISTED,
    LISTS,
    QUOTES,
    TABLES,
    UNREAD,
    address_of,
    contents_of,
    inner_of,
    is_inline,
    is_typed,
    kind_of,
    level_of,
    named_texts,
    title_of,
)
from index.sources.rich_text.tokens import sentence_of, sentences_of

_DEEPEST = 24
_MOST_NODES = 50_000
_LOWEST_TITLE = 4
_TAG = re.compile(r"<[^<>]{0,2000}>")

Block = tuple[str, str]
"""The list that a block belongs to (``ul``, ``ol`` or none), and its HTML."""


def html_of(value: Any) -> str:
    """The HTML of a body that is a list or an object; ``""`` if there is no text in it.

    :param value: of JSON. What is deeper than 24 levels has its text without any structure; what is beyond
        50,000 nodes is not read.
    """
    walk = _Walk()
    return "".join(_grouped(walk.blocks(value, 0)))


def has_text(value: Any, words: int = 1) -> bool:
    """Whether a list or an object is a body with a paragraph of some words at least. Stops at the first.

    :param words: that a paragraph must have.
    """
    blocks = _Walk().blocks(value, 0)
    return any(len(_TAG.sub(" ", html).split()) >= words for _list, html in blocks)


def is_rich_text(value: Any) -> bool:
    """Whether a value is a body in blocks beyond doubt, under whatever name it stands."""
    if isinstance(value, dict):
        for name in ("blocks", "ops", "children", "content"):
            if isinstance(held := value.get(name), list) and held and all(isinstance(n, dict) for n in held):
                if name == "ops":
                    return "insert" in held[0]
                return is_typed(held[0]) and not _is_typed_article(held[0])
        return (isinstance(value.get("root"), dict) and is_rich_text(value["root"])) or is_mobiledoc(value)
    if isinstance(value, list) and value and isinstance(value[0], dict):
        first = value[0]
        return is_typed(first) and any(isinstance(first.get(name), list) for name in ("children", "content"))
    return False


def _is_typed_article(node: Any) -> bool:
    return any(name in node for name in ("title", "judul", "headline", "url", "link"))


class _Walk:
    """One walk through a body, bounded in depth and nodes."""

    def __init__(self) -> None:
        self._nodes = 0
        self._links: dict[str, str] = {}
        self._title = ""  # of the last part
        self._parts = 0  # around the present one

    def blocks(self, value: Any, depth: int) -> Iterator[Block]:
        """Each block."""
        self._nodes += 1
        if self._nodes > _MOST_NODES:
            return
        if depth > _DEEPEST:
            yield from self._flat(value)
        elif isinstance(value, str):
            if looks_like_html(value):
                yield "", value
            else:
                yield from (("", f"<p>{line}</p>") for line in _lines(value))
        elif isinstance(value, list):
            yield from self._list(value, depth)
        elif isinstance(value, dict):
            yield from self._block(value, depth)

    def _flat(self, value: Any) -> Iterator[Block]:
        """The texts of what is nested too deeply, in their order."""
        waiting = [value]
        while waiting and self._nodes <= _MOST_NODES:
            self._nodes += 1
            match waiting.pop():
                case str(text):
                    yield from (("", f"<p>{line}</p>") for line in _lines(text))
                case list(values):
                    waiting += reversed(values)
                case dict(node) if kind_of(node) not in UNREAD:
                    waiting += reversed([held for name in INNER if (held := node.get(name))])

    def _list(self, value: list[Any], depth: int) -> Iterator[Block]:
        if value and isinstance(value[0], dict) and "insert" in value[0]:
            yield "", html_of_delta(value)
        elif sentence := sentence_of(value) or sentences_of(value):
            yield "", f"<p>{escape(sentence)}</p>"
        elif _is_line(value) and any(isinstance(item, dict) and kind_of(item) for item in value):
            yield "", f"<p>{self._inline(value, depth + 1)}</p>"
        else:
            for item in value:
                yield from self.blocks(item, depth + 1)

    def _block(self, node: dict[str, Any], depth: int) -> Iterator[Block]:
        kind = kind_of(node)
        if (card := html_of_card(kind, node)) is not None:
            yield "", card
        elif kind in UNREAD:
            return
        elif node and all(name.isdigit() for name in node):
            yield from self.blocks(list(node.values()), depth + 1)
        elif isinstance(node.get("ops"), list):
            yield "", html_of_delta(node["ops"])
        elif is_mobiledoc(node):
            yield "", html_of_mobiledoc(node, lambda card: "".join(_grouped(self._block(card, depth + 1))))
        elif isinstance(node.get("innerBlocks"), list) and node["innerBlocks"]:
            yield from self._nested(node, depth)
        elif texts := named_texts(node):
            for name, text in texts:
                yield from self._titled(name, 0, self.blocks(text, depth + 1))
        else:
            self._note_links(node)
            yield from self._of_kind(node, kind, inner_of(node), depth)

    def _of_kind(self, node: dict[str, Any], kind: str, inner: Any, depth: int) -> Iterator[Block]:
        if kind in LISTS or kind in TABLES:
            yield from self._structure(node, kind, inner, depth)
        elif kind in ITEMS or node.get("listItem"):
            tag = "ol" if node.get("listItem") == "number" else "ul"
            yield (tag if node.get("listItem") else "ul"), f"<li>{self._within(inner, depth)}</li>"
        elif kind in LISTED:
            yield LISTED[kind], f"<li>{self._within(inner, depth)}</li>"
        elif level := level_of(node, kind):
            if text := self._inline(inner if inner is not None else title_of(node)[0], depth + 1):
                yield "", f"<h{level}>{_TAG.sub('', text) if isinstance(inner, str) else text}</h{level}>"
        elif kind in QUOTES or node.get("style") == "blockquote":
            if text := self._within(inner, depth):
                yield "", f"<blockquote>{text}</blockquote>"
            data = node.get("data")
            if isinstance(data, dict) and isinstance(said := data.get("caption"), str) and said.strip():
                yield "", f"<p>{_line(said)}</p>"
        elif isinstance(inner, list) and _is_line(inner) and (kind or not title_of(node)[0]):
            if text := self._inline(inner, depth + 1):
                yield "", f"<p>{text}</p>"
        else:
            yield from self._part(node, depth)

    def _part(self, node: dict[str, Any], depth: int) -> Iterator[Block]:
        """A node that is all of its contents, below its title if it has one and they are not empty."""
        title, level = title_of(node)
        if title and len(node) == 1:
            yield "", _heading(title, level or self._level())
        else:
            yield from self._titled(title, level, self._contents(node, depth))

    def _titled(self, title: str, level: int, blocks: Iterator[Block]) -> Iterator[Block]:
        """Blocks below their title, if they have one that was not said last, and are not empty."""
        if not title:
            yield from blocks
            return
        level = level or self._level()
        self._parts += 1
        first = next(blocks, None)
        if first:
            if title != self._title:
                self._title = title
                yield "", _heading(title, level)
            yield first
            yield from blocks
        self._parts -= 1

    def _level(self) -> int:
        return min(2 + self._parts, _LOWEST_TITLE)

    def _contents(self, node: dict[str, Any], depth: int) -> Iterator[Block]:
        contents = contents_of(node)
        if len(contents) == 1:
            yield from self.blocks(contents[0], depth + 1)
            return
        # The same is often there in two forms: as HTML and as text, as a whole and in pieces.
        written = [list(self.blocks(held, depth + 1)) for held in contents]
        letters = [_letters(blocks) for blocks in written]
        for number, blocks in enumerate(written):
            others = (*letters[:number], *(each for each in letters[number + 1 :] if each != letters[number]))
            if letters[number] and not any(letters[number] in each for each in others):
                yield from blocks

    def _nested(self, node: dict[str, Any], depth: int) -> Iterator[Block]:
        """A block of WordPress with others inside it: its HTML has gaps where they stand."""
        blocks = iter(node["innerBlocks"])
        pieces = node.get("innerContent")
        if not isinstance(pieces, list) or None not in pieces:
            html = node.get("innerHTML")
            inside = "".join(_grouped(self.blocks(list(blocks), depth + 1)))
            opened, closed = _halves(html if isinstance(html, str) else "")
            yield "", f"{opened}{inside}{closed}"
            return
        filled = (
            "".join(_grouped(self.blocks(next(blocks, None), depth + 1))) if piece is None else piece
            for piece in pieces
        )
        yield "", "".join(piece for piece in filled if isinstance(piece, str))

    def _structure(self, node: dict[str, Any], kind: str, inner: Any, depth: int) -> Iterator[Block]:
        if kind in LISTS:
            data: dict[str, Any] = node["data"] if isinstance(node.get("data"), dict) else node
            names = ("style", "listType", "list_type", "format", "tag")
            style = next((told for name in names if (told := data.get(name))), "")
            tag = "ol" if style in ("ordered", "number", "numbered", "ol") else LISTS[kind]
            if isinstance(inner, str) and looks_like_html(inner):
                yield "", inner
                return
            items = inner if isinstance(inner, list) else [inner]
            yield "", f"<{tag}>{''.join(self._item(item, depth + 1) for item in items)}</{tag}>"
        elif kind == "table":
            rows = inner if isinstance(inner, list) else []
            cells = "".join(self._row(row, depth + 1) for row in rows)
            yield "", f"<table>{cells}</table>" if cells else ""
        else:
            yield "", self._row(node, depth)

    def _item(self, item: Any, depth: int) -> str:
        if isinstance(item, dict) and kind_of(item) in LISTS:
            return "".join(html for _tag, html in self.blocks(item, depth + 1))
        if isinstance(item, dict) and isinstance(text := item.get("content") or item.get("text"), str):
            below = item.get("items")
            rest = (
                self._item({"type": "list", "items": below}, depth + 1) if below and depth < _DEEPEST else ""
            )
            return f"<li>{_line(text)}{rest}</li>"
        inner = inner_of(item) if isinstance(item, dict) else item
        return f"<li>{self._within(inner, depth)}</li>"

    def _row(self, row: Any, depth: int) -> str:
        cells = row if isinstance(row, list) else inner_of(row) if isinstance(row, dict) else None
        if not isinstance(cells, list) or depth > _DEEPEST:
            return ""
        texts = (
            self._inline(inner_of(cell) if isinstance(cell, dict) else cell, depth + 1) for cell in cells
        )
        return f"<tr>{''.join(f'<td>{text}</td>' for text in texts)}</tr>"

    def _within(self, inner: Any, depth: int) -> str:
        """What stands in a list's item or a quotation: text, or blocks."""
        if isinstance(inner, list) and not _is_line(inner):
            return "".join(_grouped(self.blocks(inner, depth + 1)))
        return self._inline(inner, depth + 1)

    def _inline(self, value: Any, depth: int) -> str:
        """Text without blocks."""
        self._nodes += 1
        if self._nodes > _MOST_NODES:
            return ""
        if depth > _DEEPEST:
            return " ".join(html for _list, html in self._flat(value))
        if isinstance(value, str):
            return _line(value)
        if isinstance(value, list):
            return sentence_of(value) or "".join(self._inline(item, depth + 1) for item in value)
        if not isinstance(value, dict) or (kind := kind_of(value)) in UNREAD:
            return ""
        if kind in BREAKS:
            return "<br>"
        inner = inner_of(value)
        text = escape(inner, quote=False) if isinstance(inner, str) else self._inline(inner, depth + 1)
        address = address_of(value, kind) or self._marked(value)
        return f'<a href="{escape(address)}">{text}</a>' if address and text.strip() else text

    def _note_links(self, node: dict[str, Any]) -> None:
        """Portable Text names the links of a block beside its text."""
        for mark in node.get("markDefs") or () if isinstance(node.get("markDefs"), list) else ():
            if isinstance(mark, dict) and isinstance(mark.get("href"), str):
                self._links[str(mark.get("_key"))] = mark["href"]

    def _marked(self, node: Mapping[str, Any]) -> str:
        marks = node.get("marks")
        for mark in marks if isinstance(marks, list) else ():
            if isinstance(mark, str) and mark in self._links:
                return self._links[mark]
            if isinstance(mark, dict) and (address := address_of(mark, str(mark.get("type", "")))):
                return address
        return ""


def _is_line(values: list[Any]) -> bool:
    """Whether the children of a node are pieces of one line: such nodes, with texts between them."""
    return all(isinstance(each, str) or is_inline(each) for each in values) and any(map(is_inline, values))


def _grouped(blocks: Iterator[Block]) -> Iterator[str]:
    """HTML with the items of one list put in it."""
    open_list = ""
    for tag, html in blocks:
        if tag != open_list:
            if open_list:
                yield f"</{open_list}>"
            if tag:
                yield f"<{tag}>"
            open_list = tag
        yield html
    if open_list:
        yield f"</{open_list}>"


def _heading(title: str, level: int) -> str:
    return f"<h{level}>{_TAG.sub('', _line(title))}</h{level}>"


def _letters(blocks: list[Block]) -> str:
    """What tells texts apart: their letters and digits alone."""
    return "".join(filter(str.isalnum, "".join(_TAG.sub("", html) for _list, html in blocks)))


def _halves(html: str) -> tuple[str, str]:
    """The tags that open and that close around what is nested."""
    place = html.find("</")
    return (html[:place], html[place:]) if place >= 0 else (html, "")


def _line(text: str) -> str:
    """A text within a block as HTML: as it is where it already is HTML, as Editor.js keeps it."""
    return text if re.search(r"</\w|<br|&\w+;", text) else escape(text, quote=False)


def _lines(text: str) -> Iterator[str]:
    return (_line(line) for line in text.split("\n") if line.strip())
