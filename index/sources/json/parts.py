"""Parts: what under an object's keys is its own text, in one piece or in parts, and what is other articles.

A list of objects with titles and texts is either. It is an article's sections where the object around it is
an article by its title, day or address, its key is not one of lists of articles, and none of its objects
stands alone: with an address of its own, or a day that the object around it has not.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from index.sources.addresses import is_homepage
from index.sources.dates import parse_date
from index.sources.fields.names import known_field, meaning, words_of
from index.sources.fields.values import text_of, url_of
from index.sources.fields.vocabulary import EXCERPT
from index.sources.rich_text.html import has_text, html_of
from index.sources.rich_text.tokens import sentence_of, sentences_of

_LISTS = frozenset({"articles", "artikel", "berita", "news", "posts", "documents", "stories"})
"""Keys of a text that are those of articles where a list of objects stands there."""

_SUMMARIES = frozenset(
    re.findall(r"\w+", "description deskripsi summary ringkasan excerpt kutipan contentsnippet lead abstract")
)
_PART_WORDS = frozenset(
    re.findall(
        r"\w+",
        """
        section bagian bab chapter part block blok paragraph paragraf alinea page halaman slide component
        komponen element slice layout layer sentence kalimat body content isi konten text teks mobiledoc
        lexical
        """,
    )
)
"""Words of keys that texts in parts stand under."""

_MOST_PARTS = 200
_MOST_OBJECTS = 2000
_DEEPEST = 16
_FEWEST_WORDS, _WORDS_OF_PROSE = 5, 10
_SAME = 60


def evidence(value: Mapping[str, Any]) -> tuple[bool, bool]:
    """Whether an object has the text of an article, and whether it has a title, by the names of its keys."""
    has_title = any(bool(held) and known_field(name) == "title" for name, held in value.items())
    has_body = False
    for name, held in value.items():
        if not has_body and known_field(name) == "body" and name.lower() not in _SUMMARIES:
            has_body = _is_text(name, held, value)
    return has_body, has_title


def is_list_of_objects(held: Any) -> bool:
    """Whether a value is a list with an object in it."""
    return isinstance(held, list) and any(isinstance(item, dict) for item in held)


def gather(value: dict[str, Any]) -> bool:
    """Put the text that an object has in parts under keys of other names (``sections``) under ``text``.

    :returns: whether it has any.
    """
    names = [name for name, held in value.items() if _is_parts(name, held, value)]
    written = [html for name in names if (html := html_of(value.pop(name)))]
    if not written:
        return False
    own = next((name for name, held in value.items() if known_field(name) == "body" and held), "")
    before = text_of(value[own]) if own else ""
    value[own or "text"] = "\n".join(
        [before, *(html for html in written if not _repeats(html, before))]
    ).strip()
    return True


def gather_all(value: dict[str, Any], names: list[str]) -> None:
    """Put what stands under keys of an article that say nothing under ``text``."""
    value["text"] = "\n".join(html_of(value.pop(name)) for name in names)


def unnamed_parts(value: Mapping[str, Any]) -> list[str]:
    """Keys that say nothing, of an object without any text, under which texts in parts stand."""
    return [
        name
        for name, held in value.items()
        if isinstance(held, (list, dict))
        and not meaning(name).field
        and has_text(held, _WORDS_OF_PROSE)
        and not _only_describes(held)
    ]


def _is_parts(name: str, held: Any, value: Mapping[str, Any]) -> bool:
    if not isinstance(held, (list, dict)) or known_field(name) == "body":
        return False
    words = {word.removesuffix("s") for word in words_of(name)}
    if not words & _PART_WORDS:
        return False
    lists = [held] if isinstance(held, list) else [each for each in held.values() if isinstance(each, list)]
    names = held if isinstance(held, list) else ()  # if they are texts: of sections of a newspaper, perhaps
    if not any(lists) or any(isinstance(each, str) and not _is_prose(each) for each in names):
        return False
    return (
        has_text(held, _FEWEST_WORDS)
        and not _only_describes(held)
        and _is_own(held, value, is_page="page" in words)
    )


def _only_describes(held: Any) -> bool:
    """Whether all texts in a value describe something (a section of a newspaper) and none is a text."""
    names = {name for item in _objects(held) for name, text in item.items() if _is_prose(text)}
    return bool(names) and all(meaning(name).field == EXCERPT for name in names)


def _is_prose(text: Any) -> bool:
    return isinstance(text, str) and text.count(" ") >= _FEWEST_WORDS


def _is_text(name: str, held: Any, value: Mapping[str, Any]) -> bool:
    """Whether what stands under a name of texts is the text of the object."""
    if isinstance(held, str):
        return not held.isspace() and held != ""
    if isinstance(held, list):
        if all(isinstance(item, str) for item in held):
            return bool(held)
        if sentence_of(held) or sentences_of(held[:3]):
            return True
    elif not isinstance(held, dict):
        return False
    if name.lower() in _LISTS and is_list_of_objects(held):
        return False
    return has_text(held) and _is_own(held, value)


def _is_own(held: Any, value: Mapping[str, Any], *, is_page: bool = False) -> bool:
    """Whether the objects below a key are parts of the object, and no articles.

    :param is_page: the key is one of pages: of an article they have no titles.
    """
    fields = {known_field(name): item for name, item in value.items() if item}
    is_dated = "published" in fields
    address = url_of(fields.get("url"))
    is_site = bool(address) and is_homepage(address)
    tells = not is_site and bool(address or "title" in fields or is_dated)
    titled = 0
    for item in _objects(held):
        if any(name.lower() in _LISTS and is_list_of_objects(inner) for name, inner in item.items()):
            return False
        if not {"title", "body"} <= {known_field(name) for name, inner in item.items() if inner}:
            continue
        titled += 1
        if is_page or not tells or titled > _MOST_PARTS or _stands_alone(item, address, is_dated):
            return False
    return True


def _stands_alone(item: Mapping[str, Any], around: str, is_dated: bool) -> bool:
    addresses = (url_of(held) for name, held in item.items() if known_field(name) == "url")
    if any(each and each.partition("#")[0] != around.partition("#")[0] for each in addresses):
        return True
    return not is_dated and any(
        known_field(name) == "published" and parse_date(held) is not None for name, held in item.items()
    )


def _objects(held: Any) -> Iterator[Mapping[str, Any]]:
    """The objects in a value, at any depth, as many as are looked at."""
    waiting = [(held, 0)]
    count = 0
    while waiting and count < _MOST_OBJECTS:
        value, depth = waiting.pop()
        if isinstance(value, dict):
            count += 1
            yield value
        inner = value.values() if isinstance(value, dict) else value
        if depth < _DEEPEST:
            waiting += [(each, depth + 1) for each in inner if isinstance(each, (dict, list))]


def _repeats(html: str, text: str) -> bool:
    """Whether a text says what parts say that stand beside it."""
    start = "".join(filter(str.isalnum, re.sub(r"<[^<>]*>", "", html)))[:_SAME]
    return bool(text) and start in "".join(filter(str.isalnum, re.sub(r"<[^<>]*>", "", text)))
