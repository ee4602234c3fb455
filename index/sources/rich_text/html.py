"""HTML of a body in blocks, whatever editor wrote it: its text and what of it is a heading, a list, a link.

Editor.js, Draft.js, Quill, ProseMirror and TipTap, Slate, Lexical, Portable Text and Contentful agree on more
than they differ in: a node has a type, and text or further nodes under one of a few names. So one walk reads
them all, and what their cousins write. Quill's alone is flat, see :mod:`index.sources.rich_text.delta`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import escape
from typing import Any

from index.sources.markup import looks_like_html
from index.sources.rich_text.delta import html_of_delta
from index.sources.rich_text.tokens import sentence_of, sentences_of

_DEEPEST = 24
_MOST_NODES = 50_000

_INNER = (
    "children", "content", "blocks", "nodes", "items", "paragraphs", "rich_text", "innerHTML", "plain_text",
    "text", "value", "html", "rendered", "data",
)  # fmt: skip
"""Where a node holds its text or further nodes, by preference."""

_TYPE_NAMES = ("type", "_type", "nodeType", "blockType", "blockName", "tag")
_HEADING = re.compile(
    r"(?:head(?:er|ing)?|h|title|subtitle|judul|subjudul)(one|two|three|four|five|six|[1-6])?"
)
_LEVELS = {"one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6}
_QUOTES = {"quote", "blockquote", "pullquote", "kutipan"}
_ITEMS = {"listitem", "li", "checklistitem", "taskitem", "todolist"}
_DRAFT_ITEMS = {
    "unorderedlistitem": "ul",
    "orderedlistitem": "ol",
    "bulletedlistitem": "ul",
    "numberedlistitem": "ol",
}
_LISTS = {
    **dict.fromkeys(
        ("list", "ul", "bulletlist", "bulletedlist", "unorderedlist", "checklist", "tasklist"), "ul"
    ),
    **dict.fromkeys(("ol", "orderedlist", "numberedlist"), "ol"),
}
_LINKS = {"link", "a", "hyperlink", "autolink", "linktool"}
_INLINE = _LINKS | set(
    re.findall(r"\w+", "text span linebreak hardbreak br bold strong em italic underline mention lic tab")
)
_BREAKS = {"linebreak", "hardbreak", "br"}
_UNREAD = set(
    re.findall(
        r"\w+",
        """
        image img figure picture photo gambar foto video embed gallery carousel audio file attaches iframe
        script horizontalrule hr thematicbreak divider delimiter separator advertisement ads iklan adunit
        """,
    )
)
_TABLES = {
    "table",
    "tr",
    "tablerow",
    "td",
    "th",
    "tablecell",
    "tableheader",
    "tableheadercell",
    "tablecellheader",
}


def html_of(value: Any) -> str:
    """The HTML of a body that is a list or an object; ``""`` if there is no text in it.

    :param value: of JSON. What is deeper than 24 levels, or beyond 50,000 nodes, is not read.
    """
    walk = _Walk()
    return "".join(_grouped(walk.blocks(value, 0)))


def is_rich_text(value: Any) -> bool:
    """Whether a value is a body in blocks beyond doubt, under whatever name it stands."""
    if isinstance(value, dict):
        for name in ("blocks", "ops", "children", "content"):
            if isinstance(held := value.get(name), list) and held and all(isinstance(n, dict) for n in held):
                if name == "ops":
                    return "insert" in held[0]
                return any(kind in held[0] for kind in _TYPE_NAMES) and not _is_typed_article(held[0])
        return isinstance(value.get("root"), dict) and is_rich_text(value["root"])
    if isinstance(value, list) and value and isinstance(value[0], dict):
        first = value[0]
        return any(kind in first for kind in _TYPE_NAMES) and any(
            isinstance(first.get(name), list) for name in ("children", "content")
        )
    return False


def _is_typed_article(node: Any) -> bool:
    return any(name in node for name in ("title", "judul", "headline", "url", "link"))


class _Walk:
    """One walk through a body, bounded in depth and nodes."""

    def __init__(self) -> None:
        self._nodes = 0
        self._links: dict[str, str] = {}

    def blocks(self, value: Any, depth: int) -> Iterator[tuple[str, str]]:
        """Each block: the list that it belongs to (``ul``, ``ol`` or none), and its HTML."""
        self._nodes += 1
        if depth > _DEEPEST or self._nodes > _MOST_NODES:
            return
        if isinstance(value, str):
            if looks_like_html(value):
                yield "", value
            else:
                yield from (("", f"<p>{line}</p>") for line in _lines(value))
        elif isinstance(value, list):
            if (sentence := sentence_of(value)) or (sentence := sentences_of(value)):
                yield "", f"<p>{escape(sentence)}</p>"
            elif value and all(_is_inline(item) for item in value) and any("type" in i for i in value):
                yield "", f"<p>{self._inline(value, depth + 1)}</p>"
            else:
                for item in value:
                    yield from self.blocks(item, depth + 1)
        elif isinstance(value, dict):
            yield from self._block(value, depth)

    def _block(self, node: dict[str, Any], depth: int) -> Iterator[tuple[str, str]]:
        kind = _kind(node)
        if kind in _UNREAD:
            return
        if node and all(name.isdigit() for name in node):
            yield from self.blocks(list(node.values()), depth + 1)
            return
        if isinstance(node.get("ops"), list):
            yield "", html_of_delta(node["ops"])
            return
        self._note_links(node)
        inner = _inner(node)
        if kind in _LISTS or kind in _TABLES:
            yield from self._structure(node, kind, inner, depth)
        elif kind in _ITEMS or node.get("listItem"):
            tag = "ol" if node.get("listItem") == "number" else "ul"
            yield (tag if node.get("listItem") else "ul"), f"<li>{self._within(inner, depth)}</li>"
        elif kind in _DRAFT_ITEMS:
            yield _DRAFT_ITEMS[kind], f"<li>{self._within(inner, depth)}</li>"
        elif level := _level(node, kind):
            if text := self._inline(inner, depth + 1):
                yield "", f"<h{level}>{text}</h{level}>"
        elif kind in _QUOTES or node.get("style") == "blockquote":
            if text := self._within(inner, depth):
                yield "", f"<blockquote>{text}</blockquote>"
            data = node.get("data")
            if isinstance(data, dict) and isinstance(said := data.get("caption"), str) and said.strip():
                yield "", f"<p>{_line(said)}</p>"
        elif isinstance(inner, str):
            if inner.strip():
                yield from self.blocks(inner, depth + 1)
        elif isinstance(inner, list) and inner and all(_is_inline(item) for item in inner):
            if text := self._inline(inner, depth + 1):
                yield "", f"<p>{text}</p>"
        elif inner is not None:
            yield from self.blocks(inner, depth + 1)
        elif isinstance(node.get("root"), dict):
            yield from self.blocks(node["root"], depth + 1)

    def _structure(
        self, node: dict[str, Any], kind: str, inner: Any, depth: int
    ) -> Iterator[tuple[str, str]]:
        if kind in _LISTS:
            data: dict[str, Any] = node["data"] if isinstance(node.get("data"), dict) else node
            style = str(
                data.get("style") or data.get("listType") or data.get("format") or data.get("tag") or ""
            )
            tag = "ol" if style in ("ordered", "number", "numbered", "ol") else _LISTS[kind]
            items = inner if isinstance(inner, list) else [inner]
            yield "", f"<{tag}>{''.join(self._item(item, depth + 1) for item in items)}</{tag}>"
        elif kind == "table":
            rows = inner if isinstance(inner, list) else []
            cells = "".join(self._row(row, depth + 1) for row in rows)
            yield "", f"<table>{cells}</table>" if cells else ""
        else:
            yield "", self._row(node, depth)

    def _item(self, item: Any, depth: int) -> str:
        if isinstance(item, dict) and _kind(item) in _LISTS:
            return "".join(html for _tag, html in self.blocks(item, depth + 1))
        if isinstance(item, dict) and isinstance(text := item.get("content") or item.get("text"), str):
            below = item.get("items")
            rest = (
                self._item({"type": "list", "items": below}, depth + 1) if below and depth < _DEEPEST else ""
            )
            return f"<li>{_line(text)}{rest}</li>"
        inner = _inner(item) if isinstance(item, dict) else item
        return f"<li>{self._within(inner, depth)}</li>"

    def _row(self, row: Any, depth: int) -> str:
        cells = row if isinstance(row, list) else _inner(row) if isinstance(row, dict) else None
        if not isinstance(cells, list) or depth > _DEEPEST:
            return ""
        texts = (self._inline(_inner(cell) if isinstance(cell, dict) else cell, depth + 1) for cell in cells)
        return f"<tr>{''.join(f'<td>{text}</td>' for text in texts)}</tr>"

    def _within(self, inner: Any, depth: int) -> str:
        """What stands in a list's item or a quotation: text, or blocks."""
        if isinstance(inner, list) and not all(_is_inline(item) for item in inner):
            return "".join(_grouped(self.blocks(inner, depth + 1)))
        return self._inline(inner, depth + 1)

    def _inline(self, value: Any, depth: int) -> str:
        """Text without blocks."""
        self._nodes += 1
        if depth > _DEEPEST or self._nodes > _MOST_NODES:
            return ""
        if isinstance(value, str):
            return _line(value)
        if isinstance(value, list):
            return sentence_of(value) or "".join(self._inline(item, depth + 1) for item in value)
        if not isinstance(value, dict) or (kind := _kind(value)) in _UNREAD:
            return ""
        if kind in _BREAKS:
            return "<br>"
        inner = _inner(value)
        text = escape(inner, quote=False) if isinstance(inner, str) else self._inline(inner, depth + 1)
        address = _address(value, kind) or self._marked(value)
        return f'<a href="{escape(address)}">{text}</a>' if address and text.strip() else text

    def _note_links(self, node: dict[str, Any]) -> None:
        """Portable Text names the links of a block beside its text."""
        for mark in node.get("markDefs") or () if isinstance(node.get("markDefs"), list) else ():
            if isinstance(mark, dict) and isinstance(mark.get("href"), str):
                self._links[str(mark.get("_key"))] = mark["href"]

    def _marked(self, node: dict[str, Any]) -> str:
        marks = node.get("marks")
        for mark in marks if isinstance(marks, list) else ():
            if isinstance(mark, str) and mark in self._links:
                return self._links[mark]
            if isinstance(mark, dict) and (address := _address(mark, str(mark.get("type", "")))):
                return address
        return ""


def _grouped(blocks: Iterator[tuple[str, str]]) -> Iterator[str]:
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


def _kind(node: dict[str, Any]) -> str:
    """``heading-one``, ``core/heading`` and ``Heading_one`` -> ``headingone``, ``heading``."""
    for name in _TYPE_NAMES:
        if isinstance(held := node.get(name), str):
            return re.sub(r"[^a-z0-9]", "", held.rsplit("/", 1)[-1].lower())
    return ""


def _level(node: dict[str, Any], kind: str) -> int:
    """The level of a heading, 2 to 6, or 0 if it is none."""
    style = node.get("style")
    match = _HEADING.fullmatch(kind) or (_HEADING.fullmatch(style) if isinstance(style, str) else None)
    if not match:
        return 0
    beside = (node, node.get("data"), node.get("attrs"))
    told = next((d["level"] for d in beside if isinstance(d, dict) and isinstance(d.get("level"), int)), 2)
    tag = node.get("tag")
    if match[1]:
        told = _LEVELS.get(match[1]) or int(match[1])
    elif isinstance(tag, str) and re.fullmatch("h[1-6]", tag):
        told = int(tag[1])
    return min(max(told, 2), 6)


def _inner(node: dict[str, Any]) -> Any:
    """What a node holds: text, a list of nodes, or another object of the kind."""
    for name in _INNER:
        held = node.get(name)
        if isinstance(held, (str, list)) and held:
            return held
    for name in ("data", str(node.get("type")), "text"):
        deeper = node.get(name)
        if isinstance(deeper, dict) and any(isinstance(deeper.get(n), (str, list)) for n in _INNER):
            return _inner(deeper)
    texts = [held for name, held in node.items() if isinstance(held, str) and " " in held.strip()]
    return max(texts, key=len, default=None)


def _is_inline(value: Any) -> bool:
    if not isinstance(value, dict):
        return False
    kind = _kind(value)
    return (
        kind in _INLINE
        or (not kind and isinstance(value.get("text"), str))
        or (kind == "" and set(value) <= {"text", "marks", "bold", "italic"})
    )


def _address(node: dict[str, Any], kind: str) -> str:
    if re.sub(r"[^a-z]", "", kind.lower()) not in _LINKS:
        return ""
    for held in (node, node.get("attrs"), node.get("data"), node.get("fields")):
        if isinstance(held, dict):
            for name in ("href", "url", "uri", "link"):
                if isinstance(address := held.get(name), str):
                    return address
    return ""


def _line(text: str) -> str:
    """A text within a block as HTML: as it is where it already is HTML, as Editor.js keeps it."""
    return text if re.search(r"</\w|<br|&\w+;", text) else escape(text, quote=False)


def _lines(text: str) -> Iterator[str]:
    return (_line(line) for line in text.split("\n") if line.strip())
