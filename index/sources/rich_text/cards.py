"""HTML of what editors put between paragraphs and readers read too: Markdown, pictures with captions."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape
from typing import Any

import pyromark

_MARKDOWN = frozenset({"markdown", "cardmarkdown", "md"})
_MOST_PICTURES = 100


def html_of_card(kind: str, node: Mapping[str, Any]) -> str | None:
    """The HTML of a node that is a card, ``None`` if it is another.

    :param kind: as :func:`~index.sources.rich_text.nodes.kind_of` tells it.
    """
    if kind in _MARKDOWN:
        names = ("markdown", "value", "text", "content", "body")
        text = next((held for name in names if isinstance(held := node.get(name), str) and held), None)
        return None if text is None else str(pyromark.html(text, options=pyromark.Options.ENABLE_TABLES))
    if kind == "image" and isinstance(node.get("src"), str):
        return _picture(node)
    if kind == "gallery" and isinstance(pictures := node.get("images"), list):
        return "".join(_picture(each) for each in pictures[:_MOST_PICTURES] if isinstance(each, Mapping))
    if kind in ("code", "codeblock") and isinstance(code := node.get("code"), str):
        return f"<pre>{escape(code, quote=False)}</pre>"
    return None


def _picture(picture: Mapping[str, Any]) -> str:
    address, caption = picture.get("src"), picture.get("caption")
    if not isinstance(address, str):
        return ""
    shown = escape(str(picture.get("alt") or ""))
    figure = f"<figcaption>{caption}</figcaption>" if isinstance(caption, str) and caption else ""
    return f'<figure><img src="{escape(address)}" alt="{shown}">{figure}</figure>'
