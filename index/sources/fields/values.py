"""What a value of a record says as a field: text of any wrapping, names, titles, addresses, languages."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Any
from urllib.parse import urlsplit

from index.sources.dateline import domain_of
from index.sources.encoding import clean
from index.sources.fields.cells import list_in_cell
from index.sources.markup import looks_like_html, text_of_html
from index.sources.paragraphs import tidy
from index.sources.rich_text.html import html_of
from index.sources.rich_text.tokens import sentence_of

LONGEST_ADDRESS = 2000
_LONGEST_NAME, _LONGEST_TITLE, _MOST_NAMES = 200, 500, 10
_LONGEST_LIST = 4000  # characters of a cell that may be a list of names
_LONGEST_MARK, _DEEPEST = 24, 4
_LONGEST_KEPT, _MOST_KEPT = 60, 4096  # names that many records repeat are read once

# As programs write what is missing. "Nan" and "Null" are people, and a poem may be called "Kosong".
_MARKS = frozenset(
    r"""
    nan NaN NAN -nan null NULL None NONE none nil NIL \N \\N NA N/A n/a N/a #N/A #NA <NA> n.a. N.A.
    n.a N.A NaT nat undefined (null) (NULL) <null> <NULL> [null] (none) (None) #NULL! #REF! #VALUE!
    #NUM! #ERROR! #NAME? #DIV/0! [None] [nan] [NaN] [NULL]
    """.split()  # noqa: SIM905  # a hundred of them in quotes could not be read
)
_WORDS_FOR_NOTHING = frozenset({
    "tidak ada", "tidak ada data", "tidak diketahui", "tidak tersedia", "tidak disebutkan", "belum ada",
    "belum diketahui", "kosong", "(kosong)", "data kosong", "unknown", "not available", "not found",
    "missing", "no data", "no author", "unknown author", "tanpa nama", "tanpa penulis",
    "tanpa keterangan", "belum diisi", "nihil", "(blank)", "(empty)", "empty",
})  # fmt: skip
_NO_TITLES = frozenset({"untitled", "(untitled)", "no title", "(no title)", "tanpa judul", "(tanpa judul)"})
_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")
_TYPOGRAPHIC = re.compile(
    r"&(?:nbsp|[lr][ds]quo|[bs]bquo|[mn]dash|hellip|quot|apos|bull|middot|rsaquo|lsaquo|#0?39|#34|#160|#82\d\d);"
)

# What wraps a value, by the names that APIs and exports give it.
_NAME_KEYS = (
    "name", "nama", "display_name", "displayName", "full_name", "fullName", "fullname", "nama_lengkap",
    "title", "judul", "label", "rendered", "raw", "main", "original", "#text", "$t", "_", "@value",
    "value", "text",
)  # fmt: skip
_TEXT_KEYS = ("rendered", "processed", "html", "value", "@value", "#text", "$t", "_", "__cdata")
_ID_KEYS = ("$oid", "$numberLong", "$numberInt", "$uuid", "id", "_id", "value", "#text", "rendered", "_")
_URL_KEYS = ("href", "url", "link", "@id", "rendered", "canonical", "#text", "value", "_")
_FIRST_LAST = (("first_name", "last_name"), ("firstName", "lastName"), ("nama_depan", "nama_belakang"))

_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8}){0,3}")
_LANGUAGE_NAMES = {
    "indonesian": "id",
    "indonesia": "id",
    "bahasa indonesia": "id",
    "english": "en",
    "inggris": "en",
    "bahasa inggris": "en",
    "in": "id",
    "ind": "id",
    "eng": "en",
}


def is_missing(value: Any, *, said: bool = True) -> bool:
    """Whether a value stands for none: ``-``, ``nan``, ``NULL``, ``\\N``, ``[]``, ``tidak ada``.

    :param said: whether words that people write for it count, which may be a title too.
    """
    if value is None or isinstance(value, bool):
        return True
    if isinstance(value, str):
        return len(value) <= _LONGEST_MARK and (not value or _stands_for_none(value, said))
    if isinstance(value, float):
        return value != value
    return isinstance(value, (list, tuple, dict)) and not value


@lru_cache(_MOST_KEPT)
def _stands_for_none(text: str, said: bool) -> bool:
    text = text.strip()
    if text in _MARKS or not any(map(str.isalnum, text)):
        return True
    if not text.strip("0-:/. T"):
        return len(text) >= 8  # a day of MySQL: 0000-00-00
    return said and text.casefold() in _WORDS_FOR_NOTHING


def has_words(text: str) -> bool:
    """Whether a text has a letter at all."""
    return any(map(str.isalpha, text))


def decoded(text: str) -> str:
    """A text without tags with its entities as characters, once: ``&amp;lt;`` is ``&lt;``.

    Only with its semicolon is an entity one: ``?a=1&copy=2`` is an address.
    """
    return _ENTITY.sub(lambda match: html.unescape(match[0]), text) if "&" in text else text


def decoded_twice(text: str) -> str:
    """A text with those entities as characters that were written as text: blanks, quotation marks, dashes.

    Nobody means them in an article. ``&lt;`` stays: it may be meant.
    """
    return _TYPOGRAPHIC.sub(lambda match: html.unescape(match[0]), text) if "&" in text else text


def plain_text(value: Any) -> str:
    """A text, or a number as it is written; nothing of anything else."""
    if isinstance(value, str):
        return clean(value)
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        try:
            return str(int(value) if isinstance(value, float) and value.is_integer() else value)
        except (ValueError, OverflowError):  # an integer of more digits than Python converts
            return ""
    return ""


def text_of(value: Any) -> str:
    """An article's text as it stands, HTML or not; paragraphs of a list are parted by blank lines.

    What is written in blocks is HTML, see :mod:`index.sources.rich_text.html`.
    """
    if isinstance(value, str):
        return _listed_text(value) or clean(value)
    if isinstance(value, (list, tuple)):
        if all(isinstance(item, str) for item in value) and not sentence_of(value):
            texts = (clean(item).strip() for item in value)
            return "\n\n".join(text for text in texts if not is_missing(text, said=False))
        return clean(html_of(list(value)))
    if isinstance(value, Mapping):
        rendered = next((value[key] for key in _TEXT_KEYS if isinstance(value.get(key), str)), "")
        return text_of(rendered) if rendered else clean(html_of(value))
    return plain_text(value)


def _listed_text(cell: str) -> str:
    """The text of a list that was written into a cell, ``""`` if the cell holds none."""
    start = cell[:_LONGEST_MARK].lstrip()
    if start[:1] not in ("[", "(", "{") and not start.startswith("array("):
        return ""
    if cell[-_LONGEST_MARK:].rstrip()[-1:] not in ("]", ")", "}"):
        return ""
    listed = list_in_cell(cell)
    return text_of(listed) if isinstance(listed, (list, tuple, dict)) else ""


def name_of(value: Any) -> str:
    """A name, or several with commas between. A number is no name: it is that of an account."""
    if isinstance(value, str) and len(value) <= _LONGEST_KEPT:
        return _short_name(value)
    return _names(value, 0)[:_LONGEST_NAME]


@lru_cache(_MOST_KEPT)
def _short_name(text: str) -> str:
    return _names(text, 0)


def _names(value: Any, depth: int) -> str:
    if is_missing(value) or depth > _DEEPEST:
        return ""
    if isinstance(value, str):
        listed = (
            list_in_cell(value)
            if value.lstrip()[:1] in ("[", "(", "{") and len(value) < _LONGEST_LIST
            else None
        )
        return _names(listed, depth + 1) if isinstance(listed, (list, tuple, dict)) else _one_name(value)
    if isinstance(value, (list, tuple)):
        names = (_names(item, depth + 1) for item in value[:_MOST_NAMES])
        return ", ".join(dict.fromkeys(filter(None, names)))
    if isinstance(value, Mapping):
        keys = (key for key in _NAME_KEYS if value.get(key))
        if name := next(filter(None, (_names(value[key], depth + 1) for key in keys)), ""):
            return name
        parts = (value.get(key) for pair in _FIRST_LAST for key in pair)
        return _one_name(" ".join(part for part in parts if isinstance(part, str)))
    return ""


def _one_name(text: str) -> str:
    name = _line(text)
    if ";" in name and "," not in name:  # as programs write several
        name = ", ".join(part.strip() for part in name.split(";") if part.strip())
    return name if has_words(name) else ""


def _is_plain(text: str) -> bool:
    """Whether a text has nothing to clean and to decode."""
    return text.isascii() and text.isprintable() and "&" not in text


def _line(text: str) -> str:
    """A text on one line, without tags and entities."""
    if _is_plain(text) and "  " not in text and "<" not in text:
        return text.strip(" ")  # the rule; the same as below
    text = text_of_html(text) if looks_like_html(text) else decoded(text)
    return tidy(clean(text).replace("\n", " "))


def title_of(value: Any) -> str:
    """A title, on one line."""
    if is_missing(value, said=False):
        return ""
    if isinstance(value, str):
        if value.lstrip()[:1] == "[" and isinstance(listed := list_in_cell(value), list):
            return title_of(listed) or _line(value)[:_LONGEST_TITLE].strip()
        title = _line(value)[:_LONGEST_TITLE].strip()
        return "" if title.casefold() in _NO_TITLES else title
    if isinstance(value, (list, tuple)):
        return next(filter(None, map(title_of, value[:_MOST_NAMES])), "")
    if isinstance(value, Mapping):
        wrapped = (value[key] for key in ("rendered", "main", *_NAME_KEYS) if isinstance(value.get(key), str))
        return title_of(next(wrapped, ""))
    return plain_text(value)


def id_of(value: Any) -> str:
    """An identifier: text, a number, or what a database wraps one in."""
    if is_missing(value, said=False):
        return ""
    if isinstance(value, Mapping):
        return id_of(next((value[key] for key in _ID_KEYS if isinstance(value.get(key), (str, int))), ""))
    if isinstance(value, str) and _is_plain(value) and " " not in value:
        return value[:_LONGEST_NAME]  # the rule; the same as below
    return tidy(plain_text(value).replace("\n", " "))[:_LONGEST_NAME]


def source_of(value: Any) -> str:
    """A publisher: of an address its site, of a domain that in lower case."""
    return _site_called(name_of(value))


@lru_cache(_MOST_KEPT)
def _site_called(name: str) -> str:
    if "//" in name:
        return host_of(name) or name
    return domain_of(name) or name


def url_of(value: Any) -> str:
    """An address of the web, ``""`` if it is none."""
    if isinstance(value, (list, tuple)):
        return next(filter(None, map(url_of, value[:_MOST_NAMES])), "")
    if isinstance(value, Mapping):
        return url_of(next((value[key] for key in _URL_KEYS if isinstance(value.get(key), str)), ""))
    if not isinstance(value, str) or len(value) > LONGEST_ADDRESS:
        return ""
    url = _address(value)
    return url if url.lower().startswith(("http://", "https://")) and " " not in url else ""


def _address(text: str) -> str:
    if _is_plain(text):
        return text.strip(" ")  # the rule; the same as below
    return tidy(clean(decoded(text)).replace("\n", " "))


def host_of(url: str) -> str:
    """The site of an address, without ``www.``, or ``""``."""
    try:
        return (urlsplit(url).hostname or "").removeprefix("www.")
    except ValueError:
        return ""


def language_of(value: Any) -> str:
    """A language tag, ``""`` if the value is none."""
    name = name_of(value).replace("_", "-")
    if (known := _LANGUAGE_NAMES.get(name.lower())) is not None:
        return known
    return name if _LANGUAGE.fullmatch(name) else ""


def first_read(values: Iterable[Any], read: Any) -> Any:
    """What the first value says that says something; ``""`` if none does."""
    for value in values:
        if found := read(value):
            return found
    return ""
