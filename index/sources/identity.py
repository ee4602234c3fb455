"""Ids that stay the same from run to run."""

from __future__ import annotations

import hashlib
import re
import unicodedata

_URL_SAFE = re.compile(r"[A-Za-z0-9._-]{1,120}")
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


def _slug_with_digest(readable: str, unique: str) -> str:
    ascii_only = unicodedata.normalize("NFKD", readable).encode("ascii", "ignore").decode()
    slug = re.sub(r"[^A-Za-z0-9_]+", "-", ascii_only).strip("-")[:60].rstrip("-")
    digest = hashlib.blake2b(unique.encode("utf-8", "surrogatepass"), digest_size=5).hexdigest()
    return f"{slug}-{digest}" if slug else digest
