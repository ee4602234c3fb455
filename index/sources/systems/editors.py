"""Documents of Ghost's editors, Lexical and Mobiledoc -> HTML. Not recursive: they may be nested deeply."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from html import escape
from typing import Any

import pyromark

_MOST_NODES = 100_000
_BLOCKS = {
    "paragraph": "p",
    "quote": "blockquote",
    "extended-quote": "blockquote",
    "aside": "blockquote",
    "listitem": "li",
    "table": "table",
    "tablerow": "tr",
    "tablecell": "td",
}
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
# Cards of both editors: keys that hold HTML or plain text for readers.
_HTML_KEYS = (
    "html",
    "calloutText",
    "heading",
    "header",
    "subheader",
    "content",
    "caption",
    "description",
    "title",
)
_CARDS_OF_OTHERS = frozenset(
    {"embed", "bookmark", "signup", "email", "email-cta", "button", "paywall", "file"}
)

Node = tuple[str, Any]
"""What is still to be written: HTML as it is (``""``, text), or a node."""


def html_of_lexical(document: Any) -> str:
    """The HTML of a document of Lexical.

    :param document: parsed JSON; anything of another shape is passed over.
    """
    parts: list[str] = []
    waiting: list[Node] = [("node", _mapping(_mapping(document).get("root")))]
    for _count in range(_MOST_NODES):
        if not waiting:
            break
        kind, node = waiting.pop()
        if not kind:
            parts.append(node)
            continue
        opened, closed = _tags_of(node)
        parts.append(opened)
        waiting.append(("", closed))
        waiting += [("node", child) for child in reversed(_list(node.get("children"))) if _mapping(child)]
    return "".join(parts)


def html_of_mobiledoc(document: Any) -> str:
    """The HTML of a document of Mobiledoc 0.3, likewise."""
    document = _mapping(document)
    cards, markups = _list(document.get("cards")), _list(document.get("markups"))
    return "".join(
        _section(section, cards, markups) for section in _list(document.get("sections"))[:_MOST_NODES]
    )


def _tags_of(node: Mapping[str, Any]) -> tuple[str, str]:
    """What is written before the children of a node of Lexical, and behind them."""
    kind = str(node.get("type") or "")
    if isinstance(text := node.get("text"), str) and kind in ("text", "extended-text", "code-highlight"):
        return escape(text, quote=False), ""
    if kind == "linebreak":
        return "<br>", ""
    if kind in ("link", "autolink"):
        return f'<a href="{escape(str(node.get("url") or ""))}">', "</a>"
    if kind in ("heading", "extended-heading"):
        tag = node.get("tag") if node.get("tag") in _HEADINGS else "h2"
        return f"<{tag}>", f"</{tag}>"
    if kind == "list":
        tag = "ol" if node.get("listType") == "number" or node.get("tag") == "ol" else "ul"
        return f"<{tag}>", f"</{tag}>"
    if kind in _BLOCKS:
        return f"<{_BLOCKS[kind]}>", f"</{_BLOCKS[kind]}>"
    return ("", "") if "children" in node else (_card(kind, node), "")


def _section(section: Any, cards: list[Any], markups: list[Any]) -> str:
    match section:
        case [1, str(tag), [*markers], *_]:
            tag = tag if tag in _HEADINGS or tag in ("p", "blockquote", "aside") else "p"
            return f"<{tag}>{''.join(_markers(markers, markups))}</{tag}>"
        case [2, str(address), *_]:
            return _image({"src": address})
        case [3, str(tag), [*items], *_]:
            tag = tag if tag in ("ol", "ul") else "ul"
            inner = (f"<li>{''.join(_markers(_list(item), markups))}</li>" for item in items)
            return f"<{tag}>{''.join(inner)}</{tag}>"
        case [10, int(number), *_] if 0 <= number < len(cards):
            match cards[number]:
                case [str(name), dict(payload), *_]:
                    return _card(name, payload)
    return ""


def _markers(markers: list[Any], markups: list[Any]) -> Iterator[str]:
    """Text with links. A marker opens markups, closes some of those that are open, and holds a text."""
    opened: list[str] = []
    for marker in markers:
        match marker:
            case [int(kind), [*opening], int(closing), text, *_]:
                for number in opening:
                    link = (
                        _link(markups[number])
                        if isinstance(number, int) and 0 <= number < len(markups)
                        else ""
                    )
                    opened.append("</a>" if link else "")
                    yield link
                # The second kind is an atom: a soft line break.
                yield escape(text, quote=False) if kind == 0 and isinstance(text, str) else "<br>"
                for _count in range(min(closing, len(opened))):
                    yield opened.pop()
    yield from reversed(opened)


def _link(markup: Any) -> str:
    match markup:
        case ["a", ["href", str(address), *_], *_]:
            return f'<a href="{escape(address)}">'
    return ""


def _card(kind: str, card: Mapping[str, Any]) -> str:
    """A card of either editor, as far as readers of the article read it."""
    if kind in ("markdown", "card-markdown") and isinstance(card.get("markdown"), str):
        return str(pyromark.html(card["markdown"], options=pyromark.Options.ENABLE_TABLES))
    if kind == "image":
        return _image(card)
    if kind == "gallery":
        return "".join(_image(_mapping(image)) for image in _list(card.get("images"))[:100])
    if kind in ("code", "codeblock") and isinstance(card.get("code"), str):
        return f"<pre>{escape(card['code'], quote=False)}</pre>"
    if kind in _CARDS_OF_OTHERS:
        return ""
    texts = [card[key] for key in _HTML_KEYS if isinstance(card.get(key), str)]
    return "".join(f"<div>{text}</div>" for text in texts)


def _image(image: Mapping[str, Any]) -> str:
    address, caption = image.get("src"), image.get("caption")
    if not isinstance(address, str):
        return ""
    shown = escape(str(image.get("alt") or ""))
    figure = f"<figcaption>{caption}</figcaption>" if isinstance(caption, str) and caption else ""
    return f'<figure><img src="{escape(address)}" alt="{shown}">{figure}</figure>'


def _mapping(value: Any) -> Mapping[str, Any]:
    return value if isinstance(value, Mapping) else {}


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []
