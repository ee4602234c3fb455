"""HTML of Quill's Delta (https://quilljs.com/docs/delta): inserts in a row; a line end has its block."""

from __future__ import annotations

from html import escape
from typing import Any

_MOST = 50_000


def html_of_delta(ops: list[Any]) -> str:
    """The HTML of a Delta's operations; pictures and videos have no text."""
    parts: list[str] = []
    line: list[str] = []
    open_list = ""
    for op in [*ops[:_MOST], {"insert": "\n"}]:
        text = op.get("insert") if isinstance(op, dict) else None
        if not isinstance(text, str):
            continue
        attributes = op.get("attributes") if isinstance(op.get("attributes"), dict) else {}
        for number, piece in enumerate(text.split("\n")):
            if number:
                kind, html = _block("".join(line), attributes)
                line = []
                if kind != open_list:
                    parts.append(f"</{open_list}>" if open_list else "")
                    parts.append(f"<{kind}>" if kind else "")
                    open_list = kind
                parts.append(html)
            link = attributes.get("link")
            piece = escape(piece, quote=False)
            line.append(f'<a href="{escape(link)}">{piece}</a>' if isinstance(link, str) and piece else piece)
    if open_list:
        parts.append(f"</{open_list}>")
    return "".join(parts)


def _block(text: str, attributes: dict[str, Any]) -> tuple[str, str]:
    """The list that a line is in, if any, and its HTML."""
    if not text.strip():
        return "", ""
    if kind := attributes.get("list"):
        return ("ol" if kind == "ordered" else "ul"), f"<li>{text}</li>"
    if isinstance(level := attributes.get("header"), int):
        level = min(max(level, 2), 6)
        return "", f"<h{level}>{text}</h{level}>"
    return "", f"<blockquote>{text}</blockquote>" if attributes.get("blockquote") else f"<p>{text}</p>"
