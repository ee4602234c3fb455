"""Plain text out of markup: HTML fragments in a record's field, and Markdown."""

from __future__ import annotations

import re
from typing import Any

_STARTS_AS_HTML = re.compile(
    r"\s*<(?:p|div|article|section|main|h[1-6]|html|body|!doctype|!--|span|strong|b|em|figure|img|a|ul|ol"
    r"|blockquote|table)\b[^<>]{0,500}>",
    re.IGNORECASE,
)
_HAS_BLOCKS = re.compile(r"</(?:p|div|article|h[1-6]|ul|ol|span|strong|b|em|a)>|<br\s?/?>", re.IGNORECASE)
_HAS_DELETED = re.compile(r"<(?:del|s|strike)[\s>]|line-through", re.IGNORECASE)
_STRUCK = frozenset({"del", "s", "strike"})
BLOCKS = frozenset(
    re.findall(
        r"\w+",
        """
        address article aside blockquote br dd div dl dt fieldset figcaption figure footer form h1 h2
        h3 h4 h5 h6 header hr li main nav ol p pre section table td th tr ul
        """,
    )
)
"""Elements that stand on lines of their own."""

INVISIBLE = frozenset({"script", "style", "noscript", "template", "iframe", "object", "svg", "head", "title"})
"""Elements whose text nobody sees."""


def looks_like_html(text: str) -> bool:
    """Whether a field holds HTML, as exports of content systems do: a tag in mid-text is no sign of it."""
    return "<" in text and bool(_STARTS_AS_HTML.match(text) and _HAS_BLOCKS.search(text))


def text_of_html(markup: str) -> str:
    """The visible text of HTML, one paragraph a line, entities decoded."""
    tree = tree_of_html(markup)
    return "" if tree is None else text_of_tree(tree)


def tree_of_html(markup: str) -> Any | None:
    """HTML as an lxml tree, ``None`` if it is none."""
    from lxml import etree, html  # type: ignore[import-untyped]  # lxml ships no types; here: only some archives need it, and it takes time to load

    markup = re.sub(r"^\s*<\?xml[^>]{0,200}\?>", "", markup)
    try:
        tree = html.document_fromstring(markup or " ")
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        return None
    if _HAS_DELETED.search(markup):
        for element in list(tree.iter(etree.Element)):
            if element.tag in _STRUCK or "line-through" in element.get("style", ""):
                _delete(element)
    return tree


def _delete(element: Any) -> None:
    """Take out what an author struck through. Blanks at its edges part the words around it."""
    text = "".join(element.itertext())
    is_apart = text != text.strip() or any(child.tag in BLOCKS for child in element.iterdescendants())
    drop(element, " " if is_apart else "")


def drop(element: Any, between: str = "") -> None:
    """Take an element out of its tree; what stands behind it stays, after ``between``."""
    parent, before = element.getparent(), element.getprevious()
    if parent is None:
        return
    tail = between + (element.tail or "")
    if before is not None:
        before.tail = (before.tail or "") + tail
    else:
        parent.text = (parent.text or "") + tail
    element.tail = None
    parent.remove(element)


def text_of_tree(tree: Any) -> str:
    """The visible text of an lxml element, one block a line. Not recursive: pages may be nested deeply."""
    from lxml import etree

    parts: list[str] = []
    hidden = 0
    for event, element in etree.iterwalk(tree, events=("start", "end", "comment", "pi")):
        tag = element.tag if isinstance(element.tag, str) else ""
        if event in ("comment", "pi"):
            if not hidden:
                parts.append(_flat(element.tail))
            continue
        if tag in BLOCKS:
            parts.append("\n")
        if event == "start":
            hidden += tag in INVISIBLE
            if not hidden:
                parts.append(_flat(element.text))
        else:
            hidden -= tag in INVISIBLE
            if not hidden and element is not tree:
                parts.append(_flat(element.tail))
    lines = (" ".join(line.split()) for line in "".join(parts).split("\n"))
    return "\n\n".join(line for line in lines if line)


def _flat(text: str | None) -> str:
    return text.replace("\n", " ") if text else ""


_FENCE = re.compile(r"^ {0,3}(?:```|~~~).*$", re.MULTILINE)
_IMAGE = re.compile(r"!\[([^\[\]\n]{0,300})\]\([^()\n]{0,1000}(?:\([^()\n]{0,200}\)[^()\n]{0,200})?\)")
_LINK = re.compile(r"\[([^\[\]\n]{1,500})\]\([^()\n]{0,1000}(?:\([^()\n]{0,200}\)[^()\n]{0,200})?\)")
_REFERENCE = re.compile(r"\[([^\[\]\n]{1,500})\]\[[^\[\]\n]{0,100}\]")
_DEFINITION = re.compile(r"^ {0,3}\[[^\[\]\n]{1,100}\]:\s.*$", re.MULTILINE)
_HEADING = re.compile(r"^ {0,3}#{1,6}[ \t]([^\n]*)$", re.MULTILINE)
_UNDERLINE = re.compile(r"^ {0,3}(?:=+|-{2,})[ \t]*$", re.MULTILINE)
_QUOTE = re.compile(r"^ {0,3}(?:>[ \t]?)+", re.MULTILINE)
_BULLET = re.compile(r"^([ \t]{0,8})[*+][ \t]", re.MULTILINE)
_STRONG = re.compile(r"(?<![\w*])\*{1,3}(?=\S)([^*\n]{1,1000})(?<=\S)\*{1,3}(?![\w*])")
_EMPHASIS = re.compile(r"(?<![\w_])_{1,3}(?=\S)([^_\n]{1,1000})(?<=\S)_{1,3}(?![\w_])")
_CODE = re.compile(r"`{1,2}([^`\n]{1,1000})`{1,2}")
_ESCAPE = re.compile(r"\\([\\`*_{}\[\]()#+.!|>~-])")
_AUTOLINK = re.compile(r"<((?:https?://|mailto:)[^<>\s]{1,1000})>")


def text_of_markdown(markdown: str) -> str:
    """Markdown without its marks: what a reader sees, headings as lines of their own."""
    text = _HEADING.sub(_heading, without_comments(markdown))
    for pattern, replacement in (
        (_FENCE, ""),
        (_DEFINITION, ""),
        (_IMAGE, ""),
        (_LINK, r"\1"),
        (_REFERENCE, r"\1"),
        (_AUTOLINK, r"\1"),
        (_UNDERLINE, ""),
        (_QUOTE, ""),
        (_BULLET, r"\1- "),
        (_STRONG, r"\1"),
        (_EMPHASIS, r"\1"),
        (_CODE, r"\1"),
        (_ESCAPE, r"\1"),
    ):
        text = pattern.sub(replacement, text)
    return text


def first_heading(markdown: str) -> tuple[str, str]:
    """The heading that opens a Markdown text, and the text after it; ``""`` if it does not open with one."""
    line, _, rest = markdown.lstrip().partition("\n")
    if not re.match(r"#{1,2}[ \t]", line):
        return "", markdown
    return " ".join(text_of_markdown(line).split()), rest


def _heading(match: re.Match[str]) -> str:
    text = match[1].strip(" \t#")
    return f"\n{text}\n"


def without_comments(markdown: str) -> str:
    """Markdown without ``<!-- ... -->``; a comment that is never closed stays."""
    parts: list[str] = []
    position = 0
    while (start := markdown.find("<!--", position)) >= 0 and (end := markdown.find("-->", start)) >= 0:
        parts.append(markdown[position:start])
        position = end + 3
    return "".join(parts) + markdown[position:]
