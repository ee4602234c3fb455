"""Titles without the name of their site: ``Judul | Warta.com`` -> ``Judul``.

What stands behind a bar or a dash goes only if it is known to be the site's name: titles have dashes too.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from itertools import pairwise

from index.sources.dateline import domain_of, known_places
from index.sources.people import is_of_site, squashed

_BAR = re.compile(r"\s+[-–—|»«•·/\\<>:]+\s+|\s*(?:\s::\s?|::|[|»«•·])\s*")
_HAS_BAR = re.compile(r"\s[-–—|»«•·/\\<>:]+\s|::|[|»«•·]")
"""Whether there is one, sooner known."""

_COLON = re.compile(r":\s+")
_PAGE = re.compile(
    r"\s+halaman\s(?:all|semua)\s*$|\s*[-–—|,(]\s*(?:halaman|hal|page|laman)\s(?:all|semua|\d{1,3})\)?\s*$",
    re.IGNORECASE,
)
_SIGNS = frozenset("-–—|»«•·/\\<>:")
_PAGE_WORDS = ("hal", "page", "laman")
_PAGE_ENDS = (*"0123456789)", "all", "semua", "All", "Semua")
_HOST = re.compile(r"https?://(?:[^/@]{0,100}@)?([^/:?#]{1,250})", re.IGNORECASE)
_SHORTEST, _LONGEST_SITE, _MOST_KEPT = 3, 40, 1024
_MOST_PARTS = 4
_SUFFIXES = frozenset(
    re.findall(
        r"[\w-]+",
        """
        com co id net org go or ac sch my news info tv press asia online today media live xyz site
        biz web example
        """,
    )
)


@lru_cache(_MOST_KEPT)
def names_of_host(host: str) -> tuple[str, ...]:
    """What a site may be called, by its host: ``www.warta.co.id`` -> ``warta.co.id``, ``warta``.

    Not what a place is called, as that of a region's government: its name may stand in a title.
    """
    labels = [label for label in host.lower().removeprefix("www.").split(".") if label]
    stem = list(labels)
    while len(stem) > 1 and stem[-1] in _SUFFIXES:
        stem.pop()
    names = (".".join(labels), stem[-1], ".".join(stem)) if labels else ()
    return tuple(name for name in names if name not in known_places())


def sites_of(source: str, url: str) -> tuple[str, ...]:
    """What the site of a record may be called, by its publisher and its address."""
    host = _HOST.match(url)
    return _sites(source, host[1] if host else "")


@lru_cache(_MOST_KEPT)
def _sites(source: str, host: str) -> tuple[str, ...]:
    return (source, *names_of_host(host)) if source else names_of_host(host)


@lru_cache(_MOST_KEPT)
def _known(sites: tuple[str, ...]) -> frozenset[str]:
    return frozenset(map(squashed, sites)) - {""}


def title_of_record(title: str, source: str, url: str) -> str:
    """As :func:`without_site`, by what a record says of its site. Quick: most titles hold a colon at most."""
    if _SIGNS.isdisjoint(title) and not title.endswith(_PAGE_ENDS):
        return title
    if not _HAS_BAR.search(title) and not _names_page(title):
        before, colon, _ = title.partition(": ")
        if not colon or len(before) > _LONGEST_SITE or squashed(before) not in _known(sites_of(source, url)):
            return title
    return without_site(title, sites_of(source, url), url)


def _names_page(title: str) -> bool:
    lower = title.lower()
    return any(word in lower for word in _PAGE_WORDS) and bool(_PAGE.search(title))


def without_site(title: str, sites: Iterable[str] = (), path: str = "") -> str:
    """A title without its site's name on either side, nor a rubric beside that.

    :param sites: names of the site: as the page says, by :func:`names_of_host`, its publisher.
    :param path: of the article's address, whose first parts may be the rubric.
    """
    known = _known(tuple(sites))
    title = _PAGE.sub("", title)
    found = False
    for _ in range(_MOST_PARTS):
        shorter = _shortened(title, known)
        if shorter == title:
            break
        title, found = shorter, True
        title = _PAGE.sub("", title)
    return _without_rubric(title, path) if found else title


def _shortened(title: str, known: frozenset[str]) -> str:
    bars = list(_BAR.finditer(title))
    if bars:
        last, first = bars[-1], bars[0]
        if _is_site(title[last.end() :], known) and len(squashed(title[: last.start()])) >= _SHORTEST:
            return title[: last.start()].rstrip(" -–—|")
        if _is_site(title[: first.start()], known) and len(squashed(title[first.end() :])) >= _SHORTEST:
            return title[first.end() :]
    for bar, following in pairwise(bars):
        # Behind the site's own name stands what it says of itself.
        if squashed(title[bar.end() : following.start()]) in known and len(title[: bar.start()].split()) > 1:
            return title[: bar.start()]
    colon = _COLON.search(title)
    if colon and squashed(title[: colon.start()]) in known and colon.end() < len(title):
        return title[colon.end() :]
    return title


def _is_site(part: str, known: frozenset[str]) -> bool:
    part = part.strip(" -–—|")
    return bool(part) and (bool(domain_of(part)) or is_of_site(part, known))


def _without_rubric(title: str, path: str) -> str:
    """``Judul - Ekonomi`` of ``/ekonomi/judul``, when the site's name has gone from behind it."""
    bars = list(_BAR.finditer(title))
    rubrics = {squashed(part) for part in path.split("/")[:-1]} - {""}
    if bars and squashed(title[bars[-1].end() :]) in rubrics:
        return title[: bars[-1].start()]
    return title


def part_shown(title: str, lines: Iterable[str]) -> str:
    """The part of a page's ``<title>`` that its page shows as a line of its own, ``""`` if it shows none.

    :param lines: of the page. Of several parts the longest one is the title: a site's name is short.
    """
    parts = {squashed(part): part.strip() for part in _BAR.split(title) if len(part.split()) > 1}
    shown = [parts[key] for line in lines if (key := squashed(line)) in parts]
    return max(shown, key=len, default="")


def shortest_of(title: str, others: Iterable[str]) -> str:
    """A title, or what another title of its page leaves of it: all but what stands behind or before a bar.

    :param others: as headline, ``og:title`` and ``<h1>`` say.
    """
    for other in sorted(filter(None, others), key=len, reverse=True):
        if len(squashed(other)) < _SHORTEST or len(other) >= len(title) or len(other.split()) < 2:
            continue
        start = title.casefold().find(other.casefold())
        if start < 0:
            continue
        before, behind = title[:start], title[start + len(other) :]
        if (not before or _BAR.search(f"{before} ") or before.endswith(": ")) and (
            not behind or _BAR.match(behind if behind[0].isspace() else f" {behind}")
        ):
            return other
    return title
