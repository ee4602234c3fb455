"""What a web page names as its day of publication, in whatever form: for machines first, then for readers."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from index.sources.dates import parse_date

_METAS = (
    "article:published_time", "og:article:published_time", "datepublished", "publishdate", "publish-date",
    "publish_date", "published_time", "pubdate", "date", "dc.date.issued", "dcterms.issued", "dc.date",
    "dcterms.date", "dcterms.created", "sailthru.date", "parsely-pub-date", "content_publisheddate",
)  # fmt: skip
_TIMES = (
    ".//*[@itemprop='datePublished']",
    ".//time[@pubdate]",
    ".//abbr[contains(@class, 'published')]",
    ".//article//time[@datetime]",
    ".//time[@datetime]",
    ".//*[contains(@class, 'publish') or contains(@class, 'tanggal') or contains(@class, 'date')]",
)
_HELD_IN = ("content", "datetime", "title")
_LONGEST_SCRIPT = 1 << 20
_LONGEST_DAY = 100
_MOST_NODES, _MOST_FOUND = 2000, 20


def day_of_page(page: str) -> str:
    """What stands for the day of publication, as it is written: the first that can be read, or that there is.

    :param page: HTML.
    :returns: ``""`` if nothing does.
    """
    from lxml import etree, html  # type: ignore[import-untyped]  # as in markup

    try:
        parser = html.HTMLParser(encoding="utf-8")
        tree = html.document_fromstring(page.encode("utf-8", "replace"), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        return ""
    for_machines = [*_in_scripts(tree), *_in_metas(tree)]
    found = next(filter(parse_date, (*for_machines, *_in_times(tree))), "")
    return found or next(filter(None, for_machines), "")


def _in_scripts(tree: Any) -> Iterator[str]:
    for script in tree.iterfind(".//script[@type='application/ld+json']"):
        text = script.text or ""
        if "datePublished" not in text or len(text) > _LONGEST_SCRIPT:
            continue
        try:
            waiting = [json.loads(text, strict=False)]
        except (ValueError, RecursionError):
            continue
        for _node in range(_MOST_NODES):
            if not waiting:
                break
            node = waiting.pop(0)
            if isinstance(node, dict):
                if isinstance(day := node.get("datePublished"), str):
                    yield day[:_LONGEST_DAY]
                waiting += node.values()
            elif isinstance(node, list):
                waiting += node


def _in_metas(tree: Any) -> Iterator[str]:
    named: dict[str, str] = {}
    for meta in tree.iterfind(".//meta"):
        for attribute in ("property", "name", "itemprop"):
            if name := meta.get(attribute):
                named.setdefault(name.strip().lower(), (meta.get("content") or "")[:_LONGEST_DAY])
    for name in _METAS:
        if name in named:
            yield named[name]


def _in_times(tree: Any) -> Iterator[str]:
    for path in _TIMES:
        for element in tree.xpath(path)[:_MOST_FOUND]:
            told = next((held for name in _HELD_IN if (held := element.get(name))), None)
            text = told or " ".join(element.itertext()).strip()
            if len(text) <= _LONGEST_DAY:
                yield text
