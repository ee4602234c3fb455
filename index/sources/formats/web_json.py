"""Recognises JSON that content systems write as a whole and not as a list of records."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

from index.settings import Settings
from index.sources.base import InputFile, Piece, Skip, UnreadableError
from index.sources.encoding import decode
from index.sources.files import DamagedError, open_input, read_whole
from index.sources.formats.ghost import is_ghost, read_ghost
from index.sources.formats.json_feed import is_json_feed, read_json_feed
from index.sources.json.values import parse_json

JsonReader = Callable[[Any, InputFile, Settings], Iterator[Skip | Piece]]

_START = 4096
_BEGINS_SO = re.compile(
    r'\s*\{\s*(?:"version"\s*:\s*"1\.0"[^{}]{0,60})?"(?:db"\s*:\s*\[|feed"\s*:\s*\{|meta"\s*:\s*\{\s*"exported_on")'
)
_FEED = re.compile(r"https?:(?:\\?/){2}jsonfeed\.org\\?/version")


def whole_format(input: InputFile, settings: Settings) -> Iterator[Skip | Piece] | None:
    """What such a file yields, ``None`` if it is records or anything else. Quick for files that are.

    :raises UnreadableError: if it is one, and larger than ``max_input_mb``.
    """
    with open_input(input.path) as file:
        try:
            start = file.read(_START).decode("utf-8", "ignore").removeprefix("\ufeff")
        except DamagedError:
            return None
    if not _BEGINS_SO.match(start) and not (start.lstrip().startswith("{") and _FEED.search(start)):
        return None
    text = decode(read_whole(input, settings))
    try:
        value = parse_json(text)
    except UnreadableError:  # several values, perhaps
        return None
    read = format_of(value)
    return read(value, input, settings) if read else None


def format_of(value: Any) -> JsonReader | None:
    """What reads a JSON value that is the whole of a file, ``None`` if it is records or anything else."""
    if is_ghost(value):
        return read_ghost
    return read_json_feed if is_json_feed(value) else None
