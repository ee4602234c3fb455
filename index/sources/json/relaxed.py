"""Values as programs print them that are not quite JSON: MongoDB's shells, JavaScript, Python.

``{_id: ObjectId("65c9..."), tanggal: ISODate("2025-02-02T03:15:00Z")}``, ``{'judul': None}``: what is called
becomes an object as MongoDB's extended JSON has it, so that :mod:`index.sources.json.plain` reads both alike.
"""

from __future__ import annotations

import ast
import json
import re

_LIKE_IT = re.compile(
    r"[{\[,]\s*+(?:'|[A-Za-z_$][\w$]*+\s*+:)|:\s*+(?:'|(?:new\s++)?[A-Za-z_][\w.]*+\(|None\b|True\b|False\b)"
)
_TOKEN = re.compile(
    r"""(?P<double>"[^"\\]*+(?:\\.[^"\\]*+)*+")
      | (?P<single>'[^'\\]*+(?:\\.[^'\\]*+)*+')
      | (?:new\s++)?+(?P<called>[A-Za-z_][\w.]*+)\s*+\(
      | (?P<closed>\))
      | (?P<word>[A-Za-z_$][\w$]*+)(?P<key>\s*+:)?+""",
    re.VERBOSE | re.DOTALL,
)
_WORDS = {"None": "null", "True": "true", "False": "false", "undefined": "null"}
_NAMES = {
    "ISODate": "$date",
    "Date": "$date",
    "ObjectId": "$oid",
    "ObjectID": "$oid",
    "NumberLong": "$numberLong",
    "NumberInt": "$numberInt",
    "NumberDecimal": "$numberDecimal",
    "Long": "$numberLong",
    "Int32": "$numberInt",
    "Double": "$numberDouble",
    "Decimal128": "$numberDecimal",
    "BinData": "$binary",
}


def may_be_relaxed(text: str) -> bool:
    """Whether a text that is no JSON looks like such a value. Quick."""
    return _LIKE_IT.search(text) is not None


def as_json(text: str) -> str:
    """The value as JSON, as far as it is one. Linear in the text."""
    return _TOKEN.sub(_written, text)


def _written(match: re.Match[str]) -> str:
    if match["double"]:
        return match[0]
    if match["single"]:
        return _string(match["single"])
    if match["called"]:
        return f'{{"{_NAMES.get(match["called"], "$" + match["called"])}":['
    if match["closed"]:
        return "]}"
    return f'"{match["word"]}":' if match["key"] else _WORDS.get(match["word"], match["word"])


def _string(literal: str) -> str:
    """A text in apostrophes as JSON."""
    try:
        value = ast.literal_eval(literal.replace("\n", "\\n"))
    except (ValueError, SyntaxError, MemoryError):
        value = literal[1:-1]
    return json.dumps(value if isinstance(value, str) else literal[1:-1])
