"""Parses JSON from strangers: fast, without unbounded recursion, with the slips that scrapers make."""

from __future__ import annotations

import json
import re
from typing import Any

import orjson

from index.messages import _
from index.sources.base import UnreadableError

# A lone surrogate's escape, a number that JSON has not, a control character.
_SLIP = re.compile(r"\\u[dD]|NaN|Infinity|[\x00-\x09\x0b\x0c\x0e-\x1f]")


def parse_json(text: str) -> Any:
    """The value of a JSON text. Lone surrogates and ``NaN`` are let through; callers clean what they keep.

    :raises UnreadableError: if it is not JSON, and where it breaks.
    """
    try:
        return orjson.loads(text)
    except (orjson.JSONDecodeError, UnicodeEncodeError) as error:
        problem = str(error)
    if _SLIP.search(text):
        try:
            return json.loads(text, strict=False)
        except (ValueError, RecursionError):
            pass
    raise UnreadableError(_("bukan JSON yang sah: {problem}", problem=problem))
