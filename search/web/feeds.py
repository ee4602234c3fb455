"""What other programs read: a search as an Atom feed, and the site as a search engine of the browser."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, date, datetime, time

from flask import Response, request, url_for
from msgspec.structs import replace

from index.query import Sort
from search.answer import Question
from search.http.site import Site
from search.params import question_from
from search.web.links import Links
from search.web.templating import render_template

ENTRIES = 20
"""Entries of a feed when the request does not say."""

SHORT_NAME = 16
"""Characters of the name of a search engine (OpenSearch 1.1)."""

_NOT_IN_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def feed(site: Site, links_for: Callable[[Site, Question], Links]) -> Callable[[], Response]:
    """``/feed.atom``: the newest articles that a question finds (RFC 4287)."""

    def view() -> Response:
        question = replace(question_from(request.args, site.settings), histogram=False)
        if "per_page" not in request.args:
            question = replace(question, per_page=min(ENTRIES, site.settings.whole("max_per_page")))
        if "sort" not in request.args:
            question = replace(question, sort=Sort.NEWEST)
        answer = site.service.search(question)
        if question.match == "auto" and 0 < answer.total_all < answer.total:
            # Who follows a search means all of its words: the newest of those with some are of anything.
            answer = site.service.search(replace(question, match="all"))
        with site.searcher.use() as snapshot:
            indexed = snapshot.index.generation.created
        links = links_for(site, question)
        days = [result.published for result in answer.results if result.published]
        page = replace(question, per_page=site.settings.whole("per_page"))
        return _xml(
            "telusur/feed.xml",
            "application/atom+xml",
            base=site.base_address,
            question=question,
            results=answer.results,
            page_url=links.to(page),
            feed_url=url_for(".feed", **links.arguments(question)),
            article_url=lambda name: url_for(".article_page", id=name),
            moment=_moment,
            indexed=indexed,
            updated=_moment(max(days), indexed) if days else _moment(None, indexed),
        )

    return view


def browser_search(site: Site) -> Callable[[], Response]:
    """``/opensearch.xml``: lets a browser offer the site among its search engines (OpenSearch 1.1)."""

    def view() -> Response:
        return _xml(
            "telusur/opensearch.xml",
            "application/opensearchdescription+xml",
            base=site.base_address,
            short_name=short_name(xml_text(site.settings.text("site_name"))),
        )

    return view


def short_name(name: str) -> str:
    """A name of 16 characters at most, as OpenSearch wants it: whole words, if there is room for one."""
    name = " ".join(name.split())
    return name if len(name) <= SHORT_NAME else name[: SHORT_NAME + 1].rpartition(" ")[0] or name[:SHORT_NAME]


def xml_text(text: object) -> str:
    """A text without the characters that XML 1.0 cannot hold in any way (section 2.2)."""
    return _NOT_IN_XML.sub("", str(text))


def _xml(template: str, mimetype: str, **values: object) -> Response:
    response = Response(render_template(template, xml_text=xml_text, **values), mimetype=mimetype)
    response.vary.update(("Accept-Language", "Host"))
    return response


def _moment(day: date | None, otherwise: datetime) -> str:
    """A day as the moment it begins (RFC 3339); an article has no hour."""
    moment = datetime.combine(day, time(), UTC) if day else otherwise.astimezone(UTC)
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")
