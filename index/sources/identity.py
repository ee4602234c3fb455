"""Ids that stay the same from run to run, and what tells articles apart that have the same one.

An id that a record names is unique among those of its own file, and says nothing of other files: many exports
number from 1. The address is what identifies an article everywhere.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata

from index.documents import Document
from index.sources.addresses import address_key

_URL_SAFE = re.compile(r"[A-Za-z0-9._-]{1,120}")
_SINGULAR = re.compile(r"(?:^|[^A-Za-z0-9])(?=[0-9]*[a-f])(?=[a-f]*[0-9])[0-9a-f]{10,}$", re.IGNORECASE)
"""Ids of databases and programs that nobody counts or writes: UUIDs, object ids, digests."""

_ADDRESS, _TITLE = "a:", "t:"

_ENDINGS = re.compile(r"(?:\.[A-Za-z]{1,8})?(?:\.gz)?$", re.IGNORECASE)


def id_from_record(own: str) -> str:
    """The record's own id where it can stand in a URL, else its readable part with a digest of the whole."""
    if _URL_SAFE.fullmatch(own) and own.strip("."):
        return own
    return _slug_with_digest(own, own)


def id_from_file(origin: str) -> str:
    """An id for a file that names none: its name, and a digest of where it is in the archive."""
    name = origin.rsplit("/", 1)[-1]
    return _slug_with_digest(_ENDINGS.sub("", name), origin)


def id_from_content(title: str, url: str, body: str) -> str:
    """An id for a record that names none; not from its position, which other records shift."""
    return _slug_with_digest(title, "\0".join((url, title) if url else (title, body)))


def identity_of(document: Document) -> str:
    """What tells an article from others whose records name the same id: its address, without one its title.

    :returns: ``""`` where the id says enough, because no two articles are likely to have it.
    """
    if _SINGULAR.search(document.id):
        return ""
    key = address_key(document.url)
    return f"{_ADDRESS}{key}" if key else f"{_TITLE}{_digest(' '.join(document.title.casefold().split()))}"


def are_apart(first: str, second: str) -> bool:
    """Whether two records of one file are different articles though they name the same id: each has an
    address, and it is another."""
    return first != second and first.startswith(_ADDRESS) and second.startswith(_ADDRESS)


def other_id(id: str, identity: str) -> str:
    """The id of an article where another file has one of the same id."""
    return _slug_with_digest(id, identity)


def _slug_with_digest(readable: str, unique: str) -> str:
    ascii_only = unicodedata.normalize("NFKD", readable).encode("ascii", "ignore").decode()
    slug = re.sub(r"[^A-Za-z0-9_]+", "-", ascii_only).strip("-")[:60].rstrip("-")
    digest = _digest(unique)
    return f"{slug}-{digest}" if slug else digest


def _digest(text: str) -> str:
    return hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=5).hexdigest()
