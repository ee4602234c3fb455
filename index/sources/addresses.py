"""Addresses of articles on the web: which ones lead to the same page, and what an index keeps to find them.

The same article is shared with and without ``www.``, from a phone, as AMP, and with what advertisers and
newsletters add to count their readers.
"""

from __future__ import annotations

import re
from hashlib import blake2b
from unicodedata import normalize
from urllib.parse import parse_qsl, unquote, urlencode, urlsplit

_SCHEME = re.compile(r"https?://", re.IGNORECASE)
_PLAIN = re.compile(r"https?://([a-z0-9.-]+)(/[\w./~+,@-]*)?", re.IGNORECASE | re.ASCII)
"""An address without port, query, fragment and anything encoded, as most are."""

_SAME_SITE = re.compile(r"\A(?:(?:www|m|mobile|amp)\.)+(?=[^.]+\.)")
_COUNTING = re.compile(
    r"utm_.*|[a-z]{1,2}clid|gbraid|wbraid|msclkid|igshid|igsh|mc_[ce]id|_ga|_gl|fb_action_ids"
    r"|ref|ref_src|ref_url|amp|outputtype|single"
)
_WHOLE = ("page", "all")
_AMP = "amp"
_FRONT = frozenset({"index.html", "index.htm"})
_KEY_BYTES = 8


def canonical(address: str) -> str:
    """What all addresses of one page have in common: neither scheme nor fragment, no ``www.`` and its like,
    and nothing that only counts readers.

    :param address: with ``http://`` or ``https://``.
    :returns: ``""`` for what is no address of a page.
    """
    address = address.strip()
    if plain := _PLAIN.fullmatch(address):
        host = plain[1].lower().rstrip(".")
        return _page(host, plain[2] or "") if host else ""
    if not _SCHEME.match(address):
        return ""
    try:
        parts = urlsplit(address)
        host, port = (parts.hostname or "").rstrip("."), parts.port
    except ValueError:
        return ""
    if not host:
        return ""
    pairs = [
        (name, value)
        for name, value in parse_qsl(parts.query, keep_blank_values=True)
        if not _COUNTING.fullmatch(name.lower()) and (name.lower(), value.lower()) != _WHOLE
    ]
    # Like the path, a query is compared by what it says, not by how it is written.
    query = f"?{urlencode(sorted(pairs), errors='replace')}" if pairs else ""
    path = normalize("NFC", unquote(parts.path))
    return _page(host, path, f":{port}" if port and port not in (80, 443) else "") + query


def _page(host: str, path: str, port: str = "") -> str:
    steps = [step for step in path.split("/") if step and step.lower() != _AMP]
    if steps and steps[-1].lower() in _FRONT:
        steps.pop()
    return "/".join((_SAME_SITE.sub("", host, count=1) + port, *steps))


def address_key(address: str) -> str:
    """A short name for a page, the same for each of its addresses; ``""`` for what is no address."""
    page = canonical(address)
    return _key(f"url {page}") if page else ""


def is_homepage(url: str) -> bool:
    """Whether an address is that of a site as a whole."""
    host, _, path = url.partition("://")[2].partition("/")
    return "?" not in host and path.partition("#")[0].strip("/") in ("", "index.html", "index.php")


def id_key(id: str) -> str:
    """A short name for an article by its id, unlike that of any address."""
    return _key(f"id {id}")


def _key(text: str) -> str:
    return blake2b(text.encode("utf-8", "surrogatepass"), digest_size=_KEY_BYTES).hexdigest()
