"""Plain values: what databases and languages wrap a value in so that JSON can hold it, taken off again.

MongoDB's extended JSON (https://www.mongodb.com/docs/manual/reference/mongodb-extended-json/), the typed
values of Firestore's REST interface and of DynamoDB's exports, moments as PHP and Firebase write them.
"""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from datetime import datetime
from typing import Any

from index.sources.days.numbers import WIB

_DEEPEST = 32
_FIRESTORE = {
    f"{kind}Value"
    for kind in ("string", "integer", "double", "boolean", "timestamp", "null", "reference", "map", "array")
}
_DYNAMO = {"S", "N", "BOOL", "NULL", "L", "M", "SS", "NS"}
_SECONDS = ("seconds", "_seconds")
_LANGUAGES = {"id", "en", "in", "ms", "jv", "su", "ar", "zh", "default"}


def plain(value: Any, depth: int = 0) -> Any:
    """A JSON value without wrappers: of each the value that it stands for.

    :param depth: how deep it stands; what is deeper than 32 levels stays as it is.
    """
    if depth > _DEEPEST:
        return value
    if isinstance(value, dict):
        if len(value) <= 3 and (found := _unwrapped(value, depth)) is not None:
            return found[0]
        if value and all(_is_of_dynamo(held) for held in value.values()):
            return {name: _of_dynamo(held, depth) for name, held in value.items()}
        for name, held in value.items():
            if isinstance(held, (dict, list)):
                value[name] = plain(held, depth + 1)
        return value
    if isinstance(value, list):
        for number, held in enumerate(value):
            if isinstance(held, (dict, list)):
                value[number] = plain(held, depth + 1)
    return value


def _unwrapped(value: Mapping[str, Any], depth: int) -> tuple[Any] | None:
    """In a tuple, what a wrapper stands for."""
    if len(value) == 1:
        ((name, held),) = value.items()
        if name.startswith("$"):
            return (_of_mongo(name, plain(held, depth + 1)),)
        if name in _FIRESTORE:
            held = plain(held, depth + 1)
            if isinstance(held, dict):
                held = held.get("fields" if name == "mapValue" else "values", [])
            return (None if name == "nullValue" else held,)
        return None
    if "timezone" in value and isinstance(value.get("date"), str):  # PHP's DateTime
        return (value["date"],)
    for name in _SECONDS:
        if isinstance(value.get(name), int) and len(value) == 2:  # Firebase's Timestamp
            return (value[name],)
    if "id" in value and value.keys() <= _LANGUAGES and isinstance(value["id"], str):
        return (value["id"],) if not value["id"].isdigit() else None
    return None


def _of_mongo(name: str, held: Any) -> Any:
    if isinstance(held, list) and len(held) == 1:  # of a constructor
        held = held[0]
    if name == "$Timestamp" and isinstance(held, list) and held:
        return held[0]
    if name in ("$numberLong", "$numberInt", "$numberDouble", "$numberDecimal"):
        try:
            return int(held) if "." not in str(held) else float(held)
        except (TypeError, ValueError):
            return held
    if name.lower() == "$timestamp" and isinstance(held, dict):
        return held.get("t")
    if name == "$binary":
        return None
    if name == "$date" and isinstance(held, str):
        return _in_jakarta(held)
    return held


def _in_jakarta(instant: str) -> str:
    """An instant of ISO 8601 as clocks in Jakarta show it; what is none as it is."""
    with suppress(ValueError, OverflowError):
        told = datetime.fromisoformat(instant.strip())
        if told.tzinfo:
            return told.astimezone(WIB).isoformat()
    return instant


def _is_of_dynamo(value: Any) -> bool:
    return isinstance(value, dict) and len(value) == 1 and next(iter(value)) in _DYNAMO


def _of_dynamo(value: Any, depth: int) -> Any:
    if depth > _DEEPEST:
        return value
    ((kind, held),) = value.items()
    if kind == "NULL":
        return None
    if kind == "L" and isinstance(held, list):
        return [_of_dynamo(item, depth + 1) if _is_of_dynamo(item) else item for item in held]
    if kind == "M":
        return plain(held, depth + 1)
    return held
