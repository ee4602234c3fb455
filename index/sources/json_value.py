"""Parses JSON from strangers: fast, without unbounded recursion, with the slips that scrapers make."""

from __future__ import annotations

import json
from typing import Any

import orjson

from index.sources.base import UnreadableError


def parse_json(text: str) -> Any:
    """The value of a JSON text. Lone surrogates and ``NaN`` are let through; callers clean what they keep.

    :raises UnreadableError: if it is not JSON, and where it breaks.
    """
    try:
        return orjson.loads(text)
    except (orjson.JSONDecodeError, UnicodeEncodeError) as error:
        problem = str(error)
    if "\\ud" in text or "\\uD" in text or "NaN" in text or "Infinity" in text or "\x00" <= min(text) < " ":
        try:
            return json.loads(text, strict=False)
        except (ValueError, RecursionError):
            pass
    raise UnreadableError(f"is not valid JSON: {problem}")
