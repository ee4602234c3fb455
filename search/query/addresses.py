"""Addresses of articles that people paste where they could type words -> the keys of what they lead to."""

from __future__ import annotations

import re
from urllib.parse import unquote, urlsplit

from msgspec import Struct

from index.sources.addresses import address_key, id_key

MOST_WORDS = 20
"""Words of an address that are searched for where the archive does not know it."""

_ADDRESS = re.compile(r"(?<![^\s<\"'(])(?:https?://|www\.)[^\s<>\"]+", re.IGNORECASE)
_BARE = re.compile(r"[a-z0-9-]+(?:\.[a-z0-9-]+)*\.[a-z]{2,24}(?::\d{1,5})?/[^\s<>\"]+", re.IGNORECASE)
_PERMANENT = re.compile(r"/(?:dokumen|documents)/([^/?#]+)/?(?:[?#]|$)")
_ID = re.compile(r"(?=.*[\d._-])[A-Za-z0-9._-]{1,120}")
_AMP_HOST = re.compile(r"(https?://)amp\.([^/]+)/([a-z0-9-]+)/", re.IGNORECASE)
_TRAILING = ".,;:!?)]}'"
_EXTENSION = re.compile(r"\.[A-Za-z]{2,5}$")
_SLUG_WORD = re.compile(r"[^\W\d_]{2,}|(?<![^\W_])\d{1,4}(?![^\W_])")
_LETTERS = re.compile(r"[^\W\d_]{2,}")
_CERTAIN_WORDS = 3
"""Words in the path of what is written like an address without a scheme and surely is one."""


class Pasted(Struct, frozen=True):
    """An address in a query.

    :param text: the address as it stands there.
    :param keys: what its article may be kept by, the likeliest first.
    :param words: what to search for where there is no such article; ``None`` if the query may as well be
        meant as it stands.
    """

    text: str
    keys: tuple[str, ...]
    words: str | None


def pasted_address(query: str) -> Pasted | None:
    """The address that a query holds: alone, or the first one among words as a telephone shares them."""
    found = _ADDRESS.search(query)
    certain = found is not None
    if found is None:
        found = _BARE.fullmatch(query.strip(" \t\r\n<>"))
        if found is None:
            return None
    text = found[0].rstrip(_TRAILING)
    url = text if "://" in text else f"https://{text}"
    said = _words_of(url)
    if certain:
        start, end = found.span()
        around = " ".join(f"{query[:start]} {query[end:]}".strip(" \t\r\n<>").split())
        return Pasted(text, tuple(_keys(url)), around or said or None)
    return Pasted(text, tuple(_keys(url)), said if len(said.split()) >= _CERTAIN_WORDS else None)


def typed_id(query: str) -> str | None:
    """The key of what may be an article's id: one run that no ordinary word looks like."""
    query = query.strip()
    return id_key(query) if _ID.fullmatch(query) else None


def _keys(url: str) -> list[str]:
    plain = re.split("[?#]", url, maxsplit=1)[0]
    # Some sites serve the AMP pages of all sections from one host: amp.site.id/news of news.site.id.
    section = _AMP_HOST.sub(r"\1\3.\2/", plain, count=1)
    keys = [address_key(each) for each in (url, plain, section)]
    if permanent := _PERMANENT.search(url):
        keys.append(id_key(unquote(permanent[1])))
    return list(dict.fromkeys(filter(None, keys)))


def _words_of(url: str) -> str:
    """The words that an address is made of: those of the step of its path that has most, or of its host."""
    try:
        parts = urlsplit(url)
        host = (parts.hostname or "").removeprefix("www.")
    except ValueError:
        return ""
    steps = [_EXTENSION.sub("", step) for step in unquote(parts.path).split("/")]
    longest = max(steps, key=lambda step: len(_LETTERS.findall(step)))
    words = _SLUG_WORD.findall(longest)
    if not _LETTERS.search(longest):
        return host
    return " ".join(words[:MOST_WORDS])
