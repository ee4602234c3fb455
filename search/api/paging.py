"""The pages beside a page of an answer: in the JSON, and as links of the response (RFC 8288)."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from typing import Any
from urllib.parse import quote, urlencode

from flask import request

LONGEST_LINKS = 2000
"""Characters of a Link header: proxies refuse a response whose headers are longer than a few kilobytes."""


def add_neighbours(
    record: dict[str, Any], address: str, parameters: Iterable[tuple[str, str]]
) -> dict[str, Any]:
    """An answer with the whole addresses of the pages before and behind its own, ``None`` if there is none.

    :param record: with ``page`` and ``pages``.
    :param address: that answers the question whose names and values ``parameters`` are.
    """
    page, pages = record["page"], record["pages"]
    record["previous"] = record["next"] = None
    if not pages or (page == 1 == pages):
        return record
    question = urlencode([(name, value) for name, value in parameters if name != "page"])
    numbered = f"{address}?{question}{'&' if question else ''}page="
    if page > 1:
        record["previous"] = f"{numbered}{min(page - 1, pages)}"
    if page < pages:
        record["next"] = f"{numbered}{page + 1}"
    return record


def asked_address(base: str) -> str:
    """The address that the request at hand asks, without its parameters. Building it anew through the routes
    would take ten times as long.

    :param base: scheme and host of the site.
    """
    return base + _quoted(request.script_root + request.path)


_quoted = lru_cache(256)(quote)


def link_header(previous: str | None, behind: str | None) -> str:
    """The pages beside one as a header; ``""`` if there are none, or a header has no room for them."""
    links = [f'<{url}>; rel="{name}"' for url, name in ((previous, "prev"), (behind, "next")) if url]
    header = ", ".join(links)
    return header if len(header) <= LONGEST_LINKS and header.isascii() else ""
