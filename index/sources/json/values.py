"""Parses JSON from strangers: fast, without unbounded recursion, with the slips that scrapers make."""

from __future__ import annotations

import json
import re
from contextlib import suppress
from typing import Any

import orjson

from index.messages import _
from index.sources.base import UnreadableError
from index.sources.json.relaxed import as_json, may_be_relaxed

# A lone surrogate's escape, a number that JSON has not, a control character.
_SLIP = re.compile(r"\\u[dD]|NaN|Infinity|[\x00-\x1f]")
_LAST_COMMA = re.compile(r'("[^"\\]*+(?:\\.[^"\\]*+)*+")|,(?=\s*+(?:[}\]]|$))', re.DOTALL)
_OF_PYTHON = re.compile(r"\s*[{\[]\s*'")


def parse_json(text: str) -> Any:
    """The value of a JSON text. Lone surrogates and ``NaN`` are let through, a comma behind the last value,
    and what shells and Python print; callers clean what they keep.

    :raises UnreadableError: if it is not JSON, and where it breaks.
    """
    try:
        return orjson.loads(text)
    except (orjson.JSONDecodeError, UnicodeEncodeError) as error:
        problem = str(error)
    without = _LAST_COMMA.sub(lambda match: match[1] or "", text)
    if without != text or _SLIP.search(text):
        try:
            return json.loads(without, strict=False)
        except (ValueError, RecursionError):
            pass
    if may_be_relaxed(without):
        with suppress(ValueError, RecursionError):
            return json.loads(as_json(without), strict=False)
    if _OF_PYTHON.match(text):
        raise UnreadableError(
            _("ditulis sebagai nilai Python (kutip tunggal), bukan JSON; tulis ulang dengan json.dumps")
        )
    raise UnreadableError(_("bukan JSON yang sah: {problem}", problem=problem))
