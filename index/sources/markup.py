"""Plain text out of HTML: a fragment in a record's field, a whole page."""

from __future__ import annotations

import re
from typing import Any

_STARTS_AS_HTML = re.compile(
    r"\s*<(?:p|div|article|section|main|h[1-6]|html|body|!doctype|!--|span|strong|b|em|figure|img|a|ul|ol"
    r"|blockquote|table)\b[^<>]{0,500}>",
    re.IGNORECASE,
)
_HAS_BLOCKS = re.compile(r"</(?:p|div|article|h[1-6]|ul|ol|span|strong|b|em|a)>|<br\s?/?>", re.IGNORECASE)
_BLOCK_ENDS = r"</(?:p|div|center|h[1-6]|ul|ol|li|table|blockquote)>"
# As sentences and words are marked up; an article about HTML names tags without either.
_HAS_TAGS = re.compile(
    rf"""[.!?…:;,"”’)]\s*(?:<br\s?/?>|{_BLOCK_ENDS}) | <br\s?/?>\s*<br\s?/?> | \A\s*<br\s?/?>
      | {_BLOCK_ENDS}\s*<(?:p|div|center|h[1-6]|ul|ol|li)\b
      | <(strong|em|b|i|u|span|font|a)(?:\s[^<>]{{0,500}})?>[^<>]{{1,400}}</\1>""",
    re.IGNORECASE | re.VERBOSE,
)
_DELETED = re.compile(r"<(?:del|s|strike)[\s>]", re.IGNORECASE)
_STRUCK_THROUGH = "line-through"
_STRUCK = frozenset({"del", "s", "strike"})
BLOCKS = frozenset(
    re.findall(
        r"\w+",
        """
        address article aside blockquote br center dd div dl dt fieldset figcaption figure footer form h1 h2
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


def has_tags(text: str) -> bool:
    """Whether a text that does not begin as HTML is marked up with it further on."""
    return "<" in text and bool(_HAS_TAGS.search(text))


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
    if _DELETED.search(markup) or _STRUCK_THROUGH in markup.lower():
        for element in list(tree.iter(etree.Element)):
            if element.tag in _STRUCK or _STRUCK_THROUGH in element.get("style", ""):
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
