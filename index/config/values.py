"""Values of settings: how owners write them and are told them."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Callable, Iterable, Mapping
from typing import Any, TypeAlias

Colour: TypeAlias = tuple[int, int, int]
"""Red, green and blue of sRGB, 0 to 255 each."""
_BOOLEANS = {
    **dict.fromkeys(("1", "true", "yes", "on"), True),
    **dict.fromkeys(("0", "false", "no", "off"), False),
}
_ORIGIN = re.compile(r"https?://(?:\[[\da-f:.]+\]|[^\s/?#@:\[\]\\]+)(?::\d{1,5})?/?", re.IGNORECASE)
_PATH = re.compile(r"(?:/(?!\.{1,2}(?:/|$))[\w.~-]+)*/?", re.ASCII)
_FRAMING = re.compile(r"self|https?://(?:\*\.)?[a-z\d.-]+(?::\d{1,5})?/?", re.IGNORECASE | re.ASCII)
_RATE = re.compile(r"[1-9]\d{0,8}/(?:second|minute|hour|day)")
_HEX = re.compile(r"#(?:([0-9a-f]{3})|([0-9a-f]{6}))", re.IGNORECASE)
_RGB = re.compile(r"rgb\(\s*(\d{1,3})\s*[,\s]\s*(\d{1,3})\s*[,\s]\s*(\d{1,3})\s*\)", re.IGNORECASE)
_USER = re.compile(r"//[^/\s]*@")
"""Who asks, in an address, and by which password: never repeated."""
_LONGEST = 200
"""Characters of a value that a message repeats."""


def written(value: Any) -> str:
    """A value as it would stand in ``telusur.toml``, cut if it is long."""
    if isinstance(value, (list, tuple)):
        text = f"[{', '.join(map(written, value))}]"
    elif isinstance(value, Mapping):
        text = f"{{{', '.join(f'{written(name)} = {written(each)}' for name, each in value.items())}}}"
    elif isinstance(value, (str, bool)):
        text = json.dumps(value, ensure_ascii=False)
        if isinstance(value, str) and "@" in value:
            text = _USER.sub("//***@", text)
    else:
        text = str(value)
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"


def nearest(name: str, names: Iterable[str]) -> str:
    """The one that somebody meant who wrote ``name``; ``""`` if none is like it."""
    from difflib import get_close_matches  # only for mistakes

    return next(iter(get_close_matches(name.strip().lower().replace("-", "_"), list(names), 1)), "")


def parse_colour(text: str) -> Colour | None:
    """``#rgb``, ``#rrggbb`` or ``rgb(r, g, b)``; ``None`` if it is none of them."""
    text = text.strip()
    if found := _HEX.fullmatch(text):
        digits = found[2] or "".join(digit * 2 for digit in found[1])
        return int(digits[:2], 16), int(digits[2:4], 16), int(digits[4:], 16)
    if (found := _RGB.fullmatch(text)) and all(int(part) <= 255 for part in found.groups()):
        return int(found[1]), int(found[2]), int(found[3])
    return None


def is_colour(text: str) -> bool:
    """Whether a text is a colour, or nothing."""
    return not text or parse_colour(text) is not None


def is_origin(text: str) -> bool:
    """Whether a text is an address of scheme and host alone, as RFC 6454 calls it, or nothing."""
    return not text or _ORIGIN.fullmatch(text) is not None


def is_address(text: str) -> bool:
    """Whether a text is the address of a site, of scheme, host and perhaps a path, or nothing."""
    scheme, slashes, rest = text.partition("//")
    host, slash, path = rest.partition("/")
    return is_origin(f"{scheme}{slashes}{host}") and _PATH.fullmatch(f"{slash}{path}") is not None


def is_node(text: str) -> bool:
    """Whether a text is the address of a server, of scheme, host and perhaps a path."""
    return bool(text) and is_address(text)


def is_reader(text: str) -> bool:
    """Whether a text names a site whose pages may read answers: its origin, or ``*`` for all of them."""
    return text == "*" or (bool(text) and "*" not in text and is_origin(text))


def is_network(text: str) -> bool:
    """Whether a text is an IP address, or a network of them in CIDR notation."""
    from ipaddress import ip_network  # few owners name any

    try:
        ip_network(text, strict=False)
    except ValueError:
        return False
    return True


def may_frame(text: str) -> bool:
    """Whether a text is an origin, or stands for some, as ``frame-ancestors`` of a content security policy
    takes them: ``https://koran.example``, ``https://*.koran.example``, or ``self`` for our own."""
    return _FRAMING.fullmatch(text) is not None


def is_rate(text: str) -> bool:
    """Whether a text says how often something may happen, or nothing."""
    return not text or _RATE.fullmatch(text) is not None


def _texts(value: Any) -> tuple[str, ...] | None:
    if isinstance(value, str):
        return tuple(part for part in value.split(os.pathsep) if part)
    if isinstance(value, (list, tuple)) and all(isinstance(part, str) for part in value):
        return tuple(value)
    return None


def _flag(value: Any) -> bool | None:
    return value if isinstance(value, bool) else _BOOLEANS.get(str(value).strip().lower())


def _number(value: Any) -> float | None:
    try:
        return None if isinstance(value, bool) else float(value)
    except (TypeError, ValueError, OverflowError):
        return None


def _whole(value: Any) -> int | None:
    number = _number(value)
    return int(number) if number is not None and number.is_integer() else None


def _text(value: Any) -> str | None:
    return value if isinstance(value, str) else None


READERS: Mapping[type, Callable[[Any], Any]] = {
    tuple: _texts,
    bool: _flag,
    int: _whole,
    float: _number,
    str: _text,
}
"""Type of a setting -> makes one of what a file or, as text, the environment says; ``None`` if it is none."""
