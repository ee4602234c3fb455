"""HTML of Mobiledoc 0.3 (https://github.com/bustle/mobiledoc-kit): sections of markers and cards."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from html import escape
from typing import Any

_MOST = 50_000
_TAGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6", "p", "blockquote", "aside"})


def is_mobiledoc(document: Mapping[str, Any]) -> bool:
    """Whether an object is a document of Mobiledoc."""
    sections = document.get("sections")
    return isinstance(sections, list) and "version" in document and {"cards", "markups"} <= document.keys()


def html_of_mobiledoc(document: Mapping[str, Any], card: Callable[[dict[str, Any]], str]) -> str:
    """The HTML of a document.

    :param card: the HTML of a card, which is a node whose ``type`` is its name.
    """
    cards, markups = _list(document.get("cards")), _list(document.get("markups"))
    sections = _list(document.get("sections"))[:_MOST]
    return "".join(_section(section, cards, markups, card) for section in sections)


def _section(
    section: Any, cards: list[Any], markups: list[Any], card: Callable[[dict[str, Any]], str]
) -> str:
    match section:
        case [1, str(tag), [*markers], *_]:
            tag = tag if tag in _TAGS else "p"
            return f"<{tag}>{''.join(_markers(markers, markups))}</{tag}>"
        case [2, str(address), *_]:
            return card({"type": "image", "src": address})
        case [3, str(tag), [*items], *_]:
            tag = tag if tag in ("ol", "ul") else "ul"
            inner = (f"<li>{''.join(_markers(_list(item), markups))}</li>" for item in items)
            return f"<{tag}>{''.join(inner)}</{tag}>"
        case [10, int(number), *_] if 0 <= number < len(cards):
            match cards[number]:
                case [str(name), dict(payload), *_]:
                    return card({**payload, "type": name})
    return ""


def _markers(markers: list[Any], markups: list[Any]) -> Iterator[str]:
    """Text with links. A marker opens markups, closes some of those that are open, and holds a text."""
    opened: list[str] = []
    for marker in markers:
        match marker:
            case [int(kind), [*opening], int(closing), text, *_]:
                for number in opening:
                    is_known = isinstance(number, int) and 0 <= number < len(markups)
                    link = _link(markups[number]) if is_known else ""
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


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []
