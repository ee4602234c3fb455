"""Ids that stay the same from run to run, and what tells articles apart that have the same one.

An id that a record names is unique among those of its own file, and says nothing of other files: many exports
number from 1. The address is what identifies an article everywhere: under which id ever, it is one article in
all files, if it also begins or is called alike. Not in a single file, and not if nothing but the address is
the same: some files name for each article the page that lists them all.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata

from index.documents import Document
from index.sources.addresses import address_key, is_homepage
from index.sources.letters import letters_of

_URL_SAFE = re.compile(r"[A-Za-z0-9._-]{1,120}")
_SINGULAR = re.compile(r"(?:^|[^A-Za-z0-9])(?=[0-9]*[a-f])(?=[a-f]*[0-9])[0-9a-f]{10,}$", re.IGNORECASE)
"""Ids of databases and programs that nobody counts or writes: UUIDs, object ids, digests."""

_ADDRESS, _TITLE, _SINGLE = "a", "t", "s"
_LETTERS_OF_OPENING = 160

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


def _is_of_file(id: str, origin: str) -> bool:
    return id.endswith(_digest(origin)) and id == id_from_file(origin)


def id_from_content(title: str, url: str, body: str) -> str:
    """An id for a record that names none; not from its position, which other records shift."""
    return _slug_with_digest(title, "\0".join((url, title) if url else (title, body)))


def identity_of(document: Document) -> str:
    """What tells an article from others of the same id, and tells the same one under another id.

    :returns: ``""`` where the id says enough, because no two articles are likely to have it, and it has no
        address; else what the other functions of this module understand.
    """
    is_single = bool(_SINGULAR.search(document.id))
    address = "" if is_homepage(document.url) else address_key(document.url)
    if not address and is_single:
        return ""
    # Pages of one article, saved each in a file, have its address and its title.
    is_page = is_single and _is_of_file(document.id, document.origin)
    title = "" if is_page else _digest(" ".join(document.title.casefold().split()))
    if not address:
        return f"{_TITLE}:{title}"
    opening = letters_of(document.body[: 2 * _LETTERS_OF_OPENING])[:_LETTERS_OF_OPENING]
    opening = _digest(opening.casefold())
    return f"{_SINGLE if is_single else _ADDRESS}:{address}:{title}:{opening}"


def address_in(identity: str) -> str:
    """The key of the article's address, ``""`` if it has none."""
    return identity.split(":")[1] if identity.startswith((_ADDRESS, _SINGLE)) else ""


def is_singular(identity: str) -> bool:
    """Whether no two articles are likely to have the article's id."""
    return not identity or identity.startswith(_SINGLE)


def is_same(first: str, second: str) -> bool:
    """Whether articles of the same id are the same: by their address, or without one by their title."""
    return _named(first) == _named(second)


def are_apart(first: str, second: str) -> bool:
    """Whether two records of one file are different articles though they name the same id: each has an
    address, and it is another."""
    return not is_same(first, second) and first.startswith(_ADDRESS) and second.startswith(_ADDRESS)


def is_at_same_address(first: str, second: str) -> bool:
    """Whether articles of different ids are the same."""
    if not address_in(first) or address_in(first) != address_in(second):
        return False
    pairs = zip(first.split(":")[2:], second.split(":")[2:], strict=False)
    return any(mark and mark == other for mark, other in pairs)


def _named(identity: str) -> str:
    """What tells an article from others of its id."""
    return ":".join(identity.split(":")[:2])


def other_id(id: str, identity: str) -> str:
    """The id of an article where another file has one of the same id."""
    return _slug_with_digest(id, _named(identity))


def _slug_with_digest(readable: str, unique: str) -> str:
    ascii_only = unicodedata.normalize("NFKD", readable).encode("ascii", "ignore").decode()
    slug = re.sub(r"[^A-Za-z0-9_]+", "-", ascii_only).strip("-")[:60].rstrip("-")
    digest = _digest(unique)
    return f"{slug}-{digest}" if slug else digest


def _digest(text: str) -> str:
    return hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=5).hexdigest()
