"""Topics of an article: sections, categories and tags that its record or page names, however it does so."""

from __future__ import annotations

import ast
import csv
import html
import re
import warnings
from collections.abc import Iterable, Iterator, Mapping
from itertools import islice
from typing import Any

import orjson

from index.sources.base import UnreadableError
from index.sources.encoding import clean
from index.sources.json.values import parse_json
from index.sources.markup import looks_like_html, text_of_html
from index.sources.paragraphs import tidy

MOST_TOPICS = 50
"""Topics of one article."""

LONGEST_TOPIC = 100
"""Characters of a topic; what is longer is a sentence and no name."""

NAME_KEYS = ("name", "nama", "title", "judul", "label", "term", "rendered", "value", "slug")
"""Keys under which an object of a record says what it is called, the likeliest first."""

_LONGEST_CELL = 20_000
_MOST_ITEMS = 500
_DEEPEST = 4
# Between names on one line; a path such as "Nasional > Politik" names two.
_PARTING = re.compile(r"[,;|\n\t\u201a\u3001]|\s[>»›→]\s|\s?[»›]\s?")
# What content systems write where nobody chose a category, and exports where there is nothing.
_NOTHING = frozenset(
    [
        *("nan", "null", "none", "nil", "n/a", "na", "undefined", "unknown"),
        *("uncategorized", "uncategorised", "tak berkategori", "tidak berkategori", "tanpa kategori"),
    ]
)
_SERIALISED = re.compile(r"[aOsibd]:\d+[:;]")
_NO_NAME = re.compile(r"[{}\\]|^(?:https?://|www\.)", re.IGNORECASE)
_AROUND = " \t#-–—•*.:"
# What stands around a whole name and is no part of it.
_PAIRS = ("()", "[]", '""', "''", "“”", "‘’", "``")
# Nothing but texts, numbers and brackets, as Python writes lists and objects.
_LITERAL = re.compile(
    r"(?:'(?:[^'\\]|\\.)*'|\"(?:[^\"\\]|\\.)*\"|-?\d[\d.]*|None|True|False|[\[\](){},:\s])*", re.DOTALL
)

_META = re.compile(r"<meta\b[^>]{1,2000}>", re.IGNORECASE)
_ATTRIBUTE = re.compile(r"([a-z:_-]{2,30})\s*=\s*(?:\"([^\"]*)\"|'([^']*)')", re.IGNORECASE)
_SAYING = frozenset({"article:section", "article:tag", "news_keywords"})
_LINKED_DATA = re.compile(r"<script\b[^>]{0,300}application/ld\+json[^>]{0,300}>", re.IGNORECASE)
_SCRIPT_END = re.compile("</script", re.IGNORECASE)
_ARTICLES = re.compile(r"(?:\w*Article|\w*Posting|Report|Review)", re.ASCII)
_LINK = re.compile(r"<a\s([^>]{1,2000})>(.{1,300}?)</a", re.IGNORECASE | re.DOTALL)
_REL = re.compile(r"([a-z-]{2,30})\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s>]+))", re.IGNORECASE)
_TAGS = re.compile(r"<[^>]*>")
_MOST_SCRIPTS, _MOST_METAS, _MOST_LINKS = 20, 500, 5000


def topics_of(values: Iterable[Any]) -> tuple[str, ...]:
    """The topics that some values of a record name, each once whatever its case, in their order.

    Read are text with a separator between names, lists as JSON, Python or PostgreSQL write them in a cell,
    lists, and objects with a name. Numbers are ids of something and no topics.
    """
    topics: dict[str, str] = {}
    for value in values:
        for name in _names(value, 0):
            if topic := _tidied(name):
                topics.setdefault(topic.casefold(), topic)
                if len(topics) >= MOST_TOPICS:
                    return tuple(topics.values())
    return tuple(topics.values())


def name_of(value: Mapping[Any, Any]) -> str:
    """What an object of a record is called, ``""`` if it does not say."""
    return next((value[key] for key in NAME_KEYS if isinstance(value.get(key), str) and value[key]), "")


def topics_of_page(page: str) -> tuple[str, ...]:
    """The topics that a web page names for machines: ``article:section``, ``article:tag``, ``news_keywords``,
    and ``articleSection`` and ``keywords`` of what its JSON-LD calls an article; where it names none so, the
    texts of its links with ``rel="tag"`` (https://microformats.org/wiki/rel-tag).

    ``<meta name="keywords">`` is left aside, as on most sites it says what the site is about; so are links to
    categories, which cards of other articles have too.
    """
    values: list[Any] = []
    for number, meta in enumerate(_META.finditer(page)):
        if number >= _MOST_METAS:
            break
        said = {name.lower(): double or single for name, double, single in _ATTRIBUTE.findall(meta[0])}
        if (said.get("property") or said.get("name", "")).lower() in _SAYING:
            values.append(html.unescape(said.get("content", "")))
    for number, script in enumerate(_LINKED_DATA.finditer(page)):
        end = _SCRIPT_END.search(page, script.end())
        if end is None or number >= _MOST_SCRIPTS:
            break
        try:
            found = parse_json(page[script.end() : end.start()].strip())
        except UnreadableError:
            continue
        for article in _articles(found, 0):
            values += [article.get("articleSection"), article.get("keywords")]
    return topics_of(values) or topics_of([_tag_links(page)])


def _tag_links(page: str) -> list[str]:
    found = []
    for link in islice(_LINK.finditer(page), _MOST_LINKS):
        rel = next((a or b or c for name, a, b, c in _REL.findall(link[1]) if name.lower() == "rel"), "")
        if "tag" in (kinds := rel.lower().split()) and "category" not in kinds:
            found.append(_TAGS.sub("", link[2]))
    # Of one item the commas would part names.
    return [*found, ""] if found else []


def _articles(value: Any, depth: int) -> Iterator[Mapping[str, Any]]:
    """The objects of JSON-LD that are articles."""
    if depth > _DEEPEST:
        return
    if isinstance(value, list):
        for item in value[:_MOST_ITEMS]:
            yield from _articles(item, depth + 1)
    elif isinstance(value, dict):
        kinds = value.get("@type")
        if any(
            isinstance(kind, str) and _ARTICLES.fullmatch(kind)
            for kind in (kinds if isinstance(kinds, list) else [kinds])
        ):
            yield value
        for key in ("@graph", "mainEntity", "mainEntityOfPage"):
            yield from _articles(value.get(key), depth + 1)


def _names(value: Any, depth: int) -> Iterator[str]:
    if isinstance(value, str):
        yield from _names_in_text(value, depth)
    elif depth > _DEEPEST:
        return
    elif isinstance(value, Mapping):
        if name := name_of(value):
            yield name
        else:  # lists whose items are numbered, or kept under the names of their kinds
            for item in [*value.values()][:_MOST_ITEMS]:
                if not isinstance(item, str) or depth == 0:
                    yield from _names(item, depth + 1)
    elif isinstance(value, (list, tuple)):
        for item in value[:_MOST_ITEMS]:
            # One of several items is one name, commas and all.
            is_name = isinstance(item, str) and len(value) > 1
            yield from [item] if is_name else _names(item, depth + 1)


def _names_in_text(text: str, depth: int) -> Iterator[str]:
    text = text[:_LONGEST_CELL].strip()
    if text[:1] in ("[", "{", "(") and depth == 0 and (listed := _written_list(text)) is not None:
        yield from _names(listed, depth + 1)
        return
    if _SERIALISED.match(text):  # by PHP, which names nothing that a reader could read
        return
    if looks_like_html(text):
        text = text_of_html(text)
    if "&" in text:
        text = html.unescape(text)
    if "#" in text and not _PARTING.search(text):
        yield from text.split("#")  # "#banjir #demak"
        return
    yield from _PARTING.split(text)


def _written_list(text: str) -> Any:
    """The list or object that a cell holds as text, ``None`` if it holds none."""
    try:
        return orjson.loads(text)
    except orjson.JSONDecodeError:
        pass
    if text.startswith("{") and text.endswith("}") and ":" not in text:
        try:
            return next(csv.reader([text[1:-1]]), [])  # PostgreSQL's {satu,"dua tiga"}
        except csv.Error:
            return None
    if not _LITERAL.fullmatch(text):
        return None
    try:
        with warnings.catch_warnings():  # of backslashes that Python would write otherwise
            warnings.simplefilter("ignore")
            return ast.literal_eval(text)
    except (ValueError, SyntaxError, MemoryError, RecursionError, TypeError):
        return None


def _tidied(name: str) -> str:
    """The name as it is shown, ``""`` if it is none."""
    if len(name) > 10 * LONGEST_TOPIC:
        return ""
    if looks_like_html(name):
        name = text_of_html(name)
    name = tidy(clean(html.unescape(name) if "&" in name else name)).strip(_AROUND)
    if name.count('"') == 1:  # of a list that was cut apart
        name = name.strip('" ')
    if name[:1] + name[-1:] in _PAIRS and not {name[0], name[-1]}.intersection(name[1:-1]):
        name = name[1:-1].strip(_AROUND)
    if len(name) > LONGEST_TOPIC or not any(map(str.isalpha, name)) or name.casefold() in _NOTHING:
        return ""
    return "" if _NO_NAME.search(name) else name
