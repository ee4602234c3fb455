"""Sitemaps that lie beside saved pages: the addresses of the pages, and for news their titles and days.

``lastmod`` is when a page was changed, not when it was published, and is not read.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from functools import lru_cache
from itertools import chain, islice
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import unquote, urlsplit

from index.documents import Document
from index.settings import Settings
from index.sources.addresses import canonical
from index.sources.base import InputFile, UnreadableError
from index.sources.beside import PAGE_ENDING, SitemapState, folders_of, sitemaps_in
from index.sources.dates import parse_date
from index.sources.encoding import clean
from index.sources.files import open_input
from index.sources.systems.feeds import children_of
from index.sources.systems.fields import plain
from index.sources.xml_stream import XmlStream, local_name, text_in

_FRONT = re.compile(r"(?:^|/)(?:index|default)$", re.IGNORECASE)
_MOST_ADDRESSES = 100_000  # of one folder; two sitemaps may be as long
_MOST_KEPT = 4
_NEWS = ("publication_date", "title")


class Listed(NamedTuple):
    """What a sitemap says of one page; ``""`` where it does not."""

    url: str
    published: str = ""
    title: str = ""


class _Site(NamedTuple):
    """The pages that the sitemaps of a folder list.

    :param pages: by canonical address.
    :param places: by the path, within the folder, that a copy of the site saves them under.
    """

    pages: dict[str, Listed]
    places: dict[str, Listed]


def listed_page(input: InputFile, url: str = "") -> Listed | None:
    """What a sitemap in the folder of a saved page, or above it in the same source, says of the page.

    :param url: the address that the page gives itself, if it does.
    """
    for folder in folders_of(input):
        if states := sitemaps_in(folder):
            site = _site(states)
            place = _place(os.path.relpath(input.path, folder).replace(os.sep, "/"))
            if found := site.pages.get(canonical(url)) if url else site.places.get(place):
                return found
    return None


def listed(document: Document, input: InputFile) -> Document:
    """The document of a saved page with what it lacks and a sitemap says."""
    page = listed_page(input, document.url)
    if page is None:
        return document
    return replace(
        document,
        url=document.url or page.url,
        source=document.source or (urlsplit(page.url).hostname or "").removeprefix("www."),
        title=document.headline or page.title or document.title,
        published=document.published or parse_date(page.published),
    )


@lru_cache(_MOST_KEPT)
def _site(states: tuple[SitemapState, ...]) -> _Site:
    pages: dict[str, Listed] = {}
    places: dict[str, Listed] = {}
    last: dict[str, Listed | None] = {}
    for page in islice(chain.from_iterable(_read(path) for path, *_state in states), _MOST_ADDRESSES):
        place = _place(unquote(urlsplit(page.url).path).strip("/"))
        pages[canonical(page.url)] = places[place] = page
        name = place.rpartition("/")[2]
        last[name] = None if name in last else page
    # A page that was saved by hand has only the last part of its address as its name.
    return _Site(pages, {name: page for name, page in last.items() if page and name} | places)


def _read(path: str) -> Iterator[Listed]:
    with suppress(OSError, UnreadableError), open_input(Path(path)) as file:
        for found in XmlStream(file, Settings()).elements(("url",)):
            if page := _listed(found.element):
                yield page


def _listed(url: Any) -> Listed | None:
    children = children_of(url)
    address = next((text_in(loc) for loc in children.get("other:loc", children.get("loc", []))), "")
    if not canonical(address):
        return None
    news = {
        local_name(part): plain(clean(text_in(part))) for part in url.iter("*") if local_name(part) in _NEWS
    }
    return Listed(address, news.get("publication_date", ""), news.get("title", ""))


def _place(path: str) -> str:
    """A path without the endings that saving adds."""
    return _FRONT.sub("", PAGE_ENDING.sub("", path)).strip("/").lower()
