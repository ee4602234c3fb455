"""Records of a value: what a part of a JSON file holds, found in whatever process it is parsed."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import Any

from index.sources.base import UnreadableError
from index.sources.cuts import NotRecord, Record
from index.sources.json.articles import articles_in, is_furniture, is_plain_article, simplified
from index.sources.json.values import parse_json

_FIRST_KEY = re.compile(r'\s*\{\s*("[^"\\]{1,80}"\s*:)')


def of_text(text: str) -> Sequence[Record]:
    """The articles of a value as it was cut out.

    :raises UnreadableError: if it is no JSON.
    """
    try:
        value = parse_json(text)
    except UnreadableError:
        if len(parts := _parts(text)) < 2:
            raise
        return [record for part in parts for record in _of_part(part)]
    return of_value(value)


def of_action(content: tuple[str, str]) -> Sequence[Record]:
    """The article below an action of Elasticsearch's bulk files; the action names its id."""
    text, name = content
    value = parse_json(text)
    if isinstance(value, dict):
        value = value["doc"] if isinstance(value.get("doc"), dict) else value
        value.setdefault("_id", name)
    return of_value(value)


def of_item(found: Record) -> Sequence[Record]:
    """What was found already: an article, or what stands among articles."""
    return (simplified(found) if isinstance(found, dict) else found,)


def of_value(value: Any) -> Sequence[Record]:
    """The articles of a parsed value; itself if it holds none, which tells why it is none."""
    if isinstance(value, dict) and is_plain_article(value):
        return (value,)
    if found := articles_in(value):
        return [simplified(record) if isinstance(record, dict) else record for record in found]
    if is_furniture(value):
        return ()
    return (simplified(value) if isinstance(value, dict) else NotRecord(value),)


def _parts(text: str) -> list[str]:
    """What is no JSON in parts that begin alike: an unclosed quotation mark took the next values with it."""
    first = _FIRST_KEY.match(text)
    if first is None:
        return [text]
    starts = [match.start() for match in re.finditer(r"\{\s*" + re.escape(first[1]), text)]
    return [text[a:b].rstrip(", \t\r\n") for a, b in pairwise([0, *starts[1:], len(text)])]


def _of_part(part: str) -> Sequence[Record]:
    try:
        return of_value(parse_json(part))
    except UnreadableError as error:
        return (NotRecord(error),)
