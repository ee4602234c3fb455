"""What search engines read: what is worth a visit, and the list of all articles (sitemaps.org)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from html import escape

from flask import Response, abort, request, url_for

from search.http.site import Site
from search.opened.turning import turning
from search.web.assets import Assets

LARGEST_PART = 50_000
"""Addresses that one file may list by the protocol."""

_NAMESPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"


def robots(site: Site, assets: Assets) -> Callable[[], Response]:
    """``/robots.txt`` (RFC 9309): articles are worth a visit, their lists in every order and filter are not.

    It counts at the root of a host only; where the pages begin further down it says what belongs there.
    """

    def view() -> Response:
        if own := assets.own("robots.txt"):
            return own
        root = url_for(".search_page")
        lines = [
            "User-agent: *",
            f"Allow: {root}aset/",
            # Without the star readers that know none, such as Python's own, would take it for the root.
            f"Disallow: {root}*?",
            f"Disallow: {root}api/",
            f"Disallow: {root}bahasa/",
            "",
            f"Sitemap: {site.base_address}{url_for('.sitemap')}",
            "",
        ]
        return _for_host(Response("\n".join(lines), mimetype="text/plain"))

    return view


def sitemap(site: Site) -> Callable[[], Response]:
    """``/sitemap.xml``: the index of the parts."""

    def view() -> Response:
        parts = _parts(site)
        base = site.base_address
        return _listing(
            "sitemapindex",
            (
                f"<sitemap><loc>{escape(base + url_for('.sitemap_part', part=part))}</loc></sitemap>"
                for part in range(1, parts + 1)
            ),
        )

    return view


def sitemap_part(site: Site) -> Callable[[int], Response]:
    """``/sitemap-<part>.xml``: some of the articles, oldest first, so that older parts stay as they are.

    An article was last changed on its day of publication; one without, when the index was made.
    """

    def view(part: int) -> Response:
        if not 1 <= part <= _parts(site):
            abort(404)
        articles, indexed = _articles(site, part)
        # The rest of an address is an id, which needs no escape.
        start = escape(site.base_address + url_for(".article_page", id="-")[:-1])
        return _listing(
            "urlset",
            (
                f"<url><loc>{start}{id_}</loc><lastmod>{day or indexed}</lastmod></url>"
                for id_, day in articles
            ),
        )

    return view


@turning
def _parts(site: Site) -> int:
    with site.searcher.use() as snapshot:
        return max(1, -(-snapshot.reader.count() // LARGEST_PART))


@turning
def _articles(site: Site, part: int) -> tuple[Sequence[tuple[str, date | None]], date]:
    """The ids and days of the articles of a part, and the day when the index was made."""
    with site.searcher.use() as snapshot:
        articles = snapshot.reader.chronology((part - 1) * LARGEST_PART, LARGEST_PART)
        return articles, snapshot.index.generation.created.date()


def _listing(root: str, lines: Iterable[str]) -> Response:
    head = f'<?xml version="1.0" encoding="utf-8"?>\n<{root} xmlns="{_NAMESPACE}">\n'
    response = Response(f"{head}{chr(10).join(lines)}\n</{root}>\n", mimetype="application/xml")
    response.add_etag()
    response.make_conditional(request.environ)
    return _for_host(response)


def _for_host(response: Response) -> Response:
    response.vary.add("Host")
    return response
