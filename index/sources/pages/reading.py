"""Reads one saved page: its article, and what the page says of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any
from urllib.parse import urlsplit

from index.documents import Document
from index.messages import _
from index.settings import Settings
from index.sources.base import UnreadableError
from index.sources.days.pages import day_of_page
from index.sources.fields.values import host_of
from index.sources.letters import NOT_LETTERS
from index.sources.markup import looks_like_html, text_of_html, text_of_tree, tree_of_html
from index.sources.outline import Outline, outline_of_page
from index.sources.pages.articles import article_of, prose_in
from index.sources.pages.claims import Claims, claims_of
from index.sources.pages.credits import Credits, first_people, nearest, take_credits
from index.sources.pages.extracting import Extraction, extract
from index.sources.pages.furniture import drop_furniture
from index.sources.pages.lines import Line, lines_of
from index.sources.pages.mending import Extracted
from index.sources.pages.trees import put_in_paragraphs
from index.sources.people import is_of_site, people, squashed
from index.sources.records import document_from_record
from index.sources.titles import names_of_host, part_shown, shortest_of, without_site
from index.sources.topics import topics_of_page

_XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_ENOUGH = 0.5
_LONGEST_TITLE, _MOST_LINES = 500, 500


def document_of_page(
    page: str,
    origin: str,
    settings: Settings,
    id_if_none: str = "",
    url: str = "",
    changed: date | None = None,
) -> Document:
    """The document of a page's main article; of all its visible text, where none is found.

    :param page: HTML, decoded.
    :param origin: where it stands, for messages.
    :param url: its address where that is known, which comes before what the page says.
    :param changed: the day its file was last changed.
    :raises UnreadableError: if it has no text, or more than ``max_article_kb``.
    """
    tree = tree_of_html(page)
    if tree is None:
        raise UnreadableError(_("tidak berisi teks untuk dibaca"))
    everything = text_of_tree(tree)
    read = _Page(tree, url)
    published = read.published or day_of_page(page) or read.day_above
    text = read.text or everything
    if not text.strip():
        raise UnreadableError(_("tidak berisi teks untuk dibaca"))
    record = {
        "title": read.title,
        "body": text,
        "author": read.author,
        "editor": read.editor,
        "published": published,
        "source": host_of(read.url) or read.found.site,
        "url": read.url,
        "lang": tree.get("lang") or tree.get(_XML_LANG) or "",
        "topics": topics_of_page(page),
    }
    made = document_from_record(record, origin, settings, id_if_none, read.outline, changed)
    # The author of <meta> is often the site's company, so what the text says comes first.
    return made if made.author else replace(made, author=read.site_author)


class _Page:
    """A page, read step by step: each takes away what the next would stumble over."""

    def __init__(self, tree: Any, url: str) -> None:
        self.claims: Claims = claims_of(tree)
        self._title = next((title.text_content() for title in tree.iter("title")), "")
        put_in_paragraphs(tree)
        drop_furniture(tree)
        self._named: Credits = take_credits(tree)
        self._tree = tree
        self.found: Extraction = extract(tree)
        self.url = url or self.found.url
        self.lines: Sequence[Line] = lines_of(tree, host_of(self.url))
        self.sites = _sites(self.claims, self.found.site, host_of(self.url))
        self.text, self._article = self._read_article()

    def outline(self, base: str) -> Outline:
        return outline_of_page(self._tree, base)

    def _read_article(self) -> tuple[str, Any | None]:
        told_text = text_of_html(self.claims.body) if looks_like_html(self.claims.body) else self.claims.body
        told = NOT_LETTERS.sub("", told_text)
        extracted = Extracted(self.found.text, self.lines, told)
        densest = article_of(self.lines, self._tree)
        there = prose_in(densest, self.lines)
        if there and (extracted.is_mostly_links or extracted.prose_within(densest) < _ENOUGH * there):
            extracted = Extracted(_text_within(densest), self.lines, told)
        self.day_above = extracted.day_above
        if len(told) > 2 * max(extracted.prose, 1) and len(told_text.split()) > 20:
            return "\n".join(line for line in told_text.split("\n") if line.strip()), densest
        return extracted.mended(), extracted.article if extracted.article is not None else densest

    @property
    def title(self) -> str:
        headlines = [line.text for line in self.lines if line.element.tag == "h1"]
        shown = part_shown(self._title[:_LONGEST_TITLE], (line.text for line in self.lines[:_MOST_LINES]))
        candidates = [*self.claims.headlines, *headlines[:1], shown, self.found.title, self._title]
        path = urlsplit(self.url).path if self.url else ""
        titles = [
            without_site(" ".join(each.split())[:_LONGEST_TITLE], self.sites, path) for each in candidates
        ]
        known = {squashed(site) for site in self.sites}
        best = next((title for title in titles if title and not is_of_site(title, known)), "")
        return shortest_of(best, titles) or next(filter(None, titles), "")

    @property
    def published(self) -> str:
        return self.claims.published or self.found.published

    @property
    def author(self) -> str:
        """Names by what is said of the article: by labels, microdata, JSON-LD, links, classes."""
        named, article = self._named, self._article
        return first_people(
            (
                lambda: nearest(named.writers, article),
                lambda: nearest(named.microdata, article),
                lambda: self.claims.authors,
                lambda: nearest(named.linked, article),
                lambda: nearest(named.called, article),
            ),
            self.sites,
        )

    @property
    def editor(self) -> str:
        named, article = self._named, self._article
        return first_people(
            (
                lambda: nearest(named.editors, article),
                lambda: nearest(named.edited, article),
                lambda: self.claims.editors,
            ),
            self.sites,
        )

    @property
    def site_author(self) -> str:
        """The author of the page's ``<meta>``."""
        return people((self.claims.site_author,), self.sites)


def _sites(claims: Claims, site: str, host: str) -> list[str]:
    return list(dict.fromkeys(filter(None, [*claims.sites, site, *names_of_host(host)])))


def _text_within(element: Any) -> str:
    """The text of an element alone, as the extractor writes it; all its lines where it finds none in it."""
    from copy import deepcopy

    from lxml import html  # type: ignore[import-untyped]  # as in markup

    page = html.document_fromstring("<html><body><article></article></body></html>")
    page.find(".//article").append(deepcopy(element))
    found = extract(page, with_metadata=False).text
    return found or "\n".join(line.text for line in lines_of(element))
