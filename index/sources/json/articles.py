"""Articles of a value: which objects within a parsed JSON value are articles, however they are wrapped.

An object with the text of an article is one. Where an object is none, its articles stand deeper: in lists
under any key, in numbered objects, in an envelope (a search hit, a document with attributes), or by columns.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import Any

from index.sources.base import UnreadableError
from index.sources.cuts import NotRecord, Record
from index.sources.fields.names import known_field
from index.sources.fields.values import text_of
from index.sources.json.columns import rows_of
from index.sources.json.parts import evidence, gather, gather_all, unnamed_parts
from index.sources.json.plain import plain
from index.sources.json.values import parse_json
from index.sources.rich_text.html import is_rich_text

_DEEPEST = 16
_LONG_TEXT = 80
_TELLING_TEXT = 200
_FEWEST_WORDS = 8

_FIRST_KEY = re.compile(r'\s*\{\s*("[^"\\]{1,80}"\s*:)')
_ENVELOPES = ("_source", "doc", "node", "attributes", "fields", "Item", "record", "document")
_ABOUT = ("meta", "metadata", "meta_data", "info")
"""Keys under which datasets keep what they know of a text."""

_CONTAINERS = frozenset(
    re.findall(
        r"\w+",
        """
        data items results result hits docs entries rows records list posts articles artikel berita news feed
        channel response values edges payload output hasil daftar
        """,
    )
)
"""Keys that lists of articles stand under."""

_BESIDE = frozenset(
    re.findall(
        r"\w+",
        """
        highlight highlighting comments komentar replies tanggapan author authors penulis user users media
        images gambar foto tags categories kategori seo meta related terkait relationships included links
        """,
    )
)
"""Keys of what has text, stands beside articles and is none."""


def articles_in(value: Any) -> list[Record]:
    """The articles of a parsed value in their order, and what stands in their lists and is no article.

    :param value: of JSON. It is changed: without wrappers of databases.
    :returns: nothing if there is no article at all.
    """
    return _search(plain(value), 0)


def is_plain_article(value: Mapping[str, Any]) -> bool:
    """Whether an object is an article without any lists and objects: mostly it is, and that is soon known."""
    has_body = False
    for name, held in value.items():
        if isinstance(held, (dict, list)):
            return False
        if isinstance(held, str) and known_field(name) == "body":
            if held[:1] in "{[":  # nothing, or perhaps JSON in a text
                return False
            has_body = True
    return has_body


def is_furniture(value: Any) -> bool:
    """Whether a value is there for the program that wrote it: a head of phpMyAdmin, a view of CouchDB."""
    if not isinstance(value, dict):
        return False
    if value.get("type") in ("header", "database") and value.keys() & {"version", "name"}:
        return len(value) <= 4
    return str(value.get("_id") or value.get("id") or "").startswith("_design/")


def simplified(record: dict[str, Any]) -> dict[str, Any]:
    """A record with texts for what is written in blocks, and values for lists of one value."""
    _take_from_beside(record)
    for name, held in record.items():
        if isinstance(held, (dict, list)):
            record[name] = _simple(name, held)
    return record


def _take_from_beside(record: dict[str, Any]) -> None:
    """Give a record the fields that it has not and that an object of data about it names."""
    beside = [held for name in _ABOUT if isinstance(held := record.get(name), dict)]
    if not beside:
        return
    own = {known_field(name) for name, held in record.items() if held}
    for held in beside:
        for name, value in held.items():
            if (field := known_field(name)) and field != "body" and field not in own and name not in record:
                record[name] = value


def _simple(name: str, held: Any) -> Any:
    field = known_field(name)
    if field == "body" or is_rich_text(held):
        return text_of(held) or held
    if field and isinstance(held, list) and len(held) == 1 and isinstance(held[0], (str, int, float)):
        return held[0]
    return held


def _search(value: Any, depth: int) -> list[Record]:
    if depth > _DEEPEST:
        return []
    if isinstance(value, list):
        return _in_list(value, depth)
    if isinstance(value, dict):
        return _in_object(value, depth)
    return []


def _in_list(value: list[Any], depth: int) -> list[Record]:
    if value and isinstance(value[0], list) and (rows := rows_of({"rows": value})):
        return list(rows)
    found: list[Record] = []
    is_any = False
    for item in value:
        inner = _search(item, depth + 1) if isinstance(item, (dict, list)) else []
        if not is_furniture(item):
            found += inner or [NotRecord(item)]
        is_any = is_any or bool(inner)
    return found if is_any else []


def _in_object(value: dict[str, Any], depth: int) -> list[Record]:
    if rows := rows_of(value):
        return list(rows)
    has_body, has_title = evidence(value)
    if gather(value) or has_body:
        return [value]
    for name in _ENVELOPES:
        if isinstance(inner := value.get(name), dict) and len(found := _search(inner, depth + 1)) == 1:
            return [_merged(value, found[0])]
    beneath = [
        (name, held, found)
        for name, held in value.items()
        if isinstance(held, (dict, list)) and (found := _search(held, depth + 1))
    ]
    beneath = _best(beneath)
    singles = [found[0] for _name, held, found in beneath if isinstance(held, dict) and len(found) == 1]
    if len(singles) == len(beneath) == 1 and not _is_page(value):
        return [_merged(value, singles[0])]
    if has_title and beneath and not _are_articles(beneath):
        gather_all(value, [name for name, _held, _found in beneath])
        return [value]
    if beneath and not (has_title and _longest(value) > _TELLING_TEXT):
        return [
            _named(name, item) if len(singles) > 1 and isinstance(held, dict) and len(found) == 1 else item
            for name, held, found in beneath
            for item in found
        ]
    if not _tells(value, has_title):
        parts = [name for name in unnamed_parts(value) if name.lower() not in _BESIDE] if has_title else []
        if not parts:
            return []
        gather_all(value, parts)
    return [value]


def _tells(value: dict[str, Any], has_title: bool) -> bool:
    """Whether an object without a text under a known name has one under another."""
    return _longest(value) >= (_LONG_TEXT if has_title else _TELLING_TEXT)


def _longest(value: dict[str, Any]) -> int:
    """Length of the longest text in words."""
    texts = [held for held in value.values() if isinstance(held, str) and held.count(" ") >= _FEWEST_WORDS]
    return max(map(len, texts), default=0)


_Beneath = tuple[str, Any, list[Record]]


def _best(beneath: list[_Beneath]) -> list[_Beneath]:
    """Without what only stands beside articles: of these there are some with a title, or under other keys."""
    if len(beneath) < 2:
        return beneath
    main = [item for item in beneath if item[0].lower() not in _BESIDE] or beneath
    titled = [item for item in main if any(isinstance(f, dict) and evidence(f)[1] for f in item[2])]
    return titled or main


def _are_articles(beneath: list[_Beneath]) -> bool:
    """Whether what has texts is more than texts: it has titles, or stands where articles stand."""
    return any(
        name.lower() in _CONTAINERS or any(isinstance(f, dict) and evidence(f)[1] for f in found)
        for name, _held, found in beneath
    )


def _is_page(value: Mapping[str, Any]) -> bool:
    """Whether an object is the answer of an interface: with a count or a state beside its one article."""
    return bool(value.keys() & {"status", "total", "totalResults", "count", "page", "meta", "success"})


def _merged(outer: Mapping[str, Any], inner: Record) -> Record:
    """An article with what its envelope knows besides: its id first of all."""
    if isinstance(inner, NotRecord):
        return inner
    for name, held in outer.items():
        if name not in inner and isinstance(held, (str, int, float)) and not isinstance(held, bool):
            inner[name] = held
    if "pk" in inner and not any(known_field(name) == "id" for name in inner):
        inner["id"] = inner.pop("pk")
    return inner


def _named(name: str, item: Record) -> Record:
    """An article of an object of articles; its key is its id, unless it is only a number in a row."""
    if isinstance(item, dict) and not name.isdigit() and not any(known_field(n) == "id" for n in item):
        item["id"] = name
    return item


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
