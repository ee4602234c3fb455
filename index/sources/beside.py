"""Which sitemaps lie beside a saved page, and whether pages lie beside a sitemap."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from contextlib import suppress
from functools import lru_cache
from pathlib import Path

from index.sources.base import InputFile

PAGE_ENDING = re.compile(r"\.x?html?(?:\.gz)?$", re.IGNORECASE)
"""How the name of a saved page ends."""

SitemapState = tuple[str, int, int, int]
"""Path, size, time of change (ns) and inode of a sitemap."""

_NAME = re.compile(r"[\w.-]*sitemap[\w.-]*\.xml(?:\.gz)?", re.IGNORECASE)


def state_beside(input: InputFile) -> bytes:
    """What changes when a sitemap changes that says something of a page; ``b""`` where there is none."""
    if not PAGE_ENDING.search(input.path.name):
        return b""
    return b"".join(repr(state).encode() for folder in folders_of(input) for state in sitemaps_in(folder))


def has_pages_beside(input: InputFile) -> bool:
    """Whether pages are saved in the folder of a sitemap or in one of those inside."""
    for _folder, folders, names in os.walk(input.path.parent):
        folders.sort()
        if any(PAGE_ENDING.search(name) for name in names):
            return True
    return False


def folders_of(input: InputFile) -> Iterator[Path]:
    """The folder of a file and those above it, as far as they are in its source."""
    parents = input.path.parents
    if input.root not in parents:  # it was named itself, or lies elsewhere for the time of being read
        return
    for folder in parents:
        yield folder
        if folder == input.root:
            return


def sitemaps_in(folder: Path) -> tuple[SitemapState, ...]:
    """The sitemaps that lie directly in a folder, as they are now."""
    found = []
    with suppress(OSError):
        for path in _sitemaps(str(folder), folder.stat().st_mtime_ns):
            status = os.stat(path)
            found.append((path, status.st_size, status.st_mtime_ns, status.st_ino))
    return tuple(found)


@lru_cache(1024)
def _sitemaps(folder: str, changed: int) -> tuple[str, ...]:
    """Their paths, as long as nothing comes or goes in the folder."""
    del changed
    return tuple(os.path.join(folder, name) for name in sorted(os.listdir(folder)) if _NAME.fullmatch(name))
