"""A visitor who follows every kind of link that a site prints, and notes which of them lead astray."""

from __future__ import annotations

import json
import re
from collections import Counter, deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any
from urllib.parse import parse_qsl, urljoin, urlsplit, urlunsplit
from xml.etree import ElementTree

FOLLOWED = ("href", "src", "action", "formaction", "poster", "data", "data-suggest", "data-article")
"""Attributes that hold addresses; our scripts read the last two."""

OF_EACH, OF_A_PATH = 1, 8
"""Addresses that are followed of one kind: found in the same way, with the same parameters; of the same shape
of path."""


@dataclass(frozen=True)
class Answer:
    """What a server sent."""

    status: int
    headers: list[tuple[str, str]]
    body: bytes

    def all(self, name: str) -> list[str]:
        return [value for each, value in self.headers if each.lower() == name]

    @property
    def mimetype(self) -> str:
        return ";".join(self.all("content-type")).partition(";")[0]


@dataclass
class Crawl:
    """What became of the links of a site.

    :param printed: how often which kind of link into the site was printed; one address of each was asked.
    :param astray: what led out of the site, or to nothing.
    :param outside: hosts of others that were linked, never asked.
    """

    printed: Counter[str] = field(default_factory=Counter)
    asked: int = 0
    astray: list[str] = field(default_factory=list)
    outside: set[str] = field(default_factory=set)


class _Page(HTMLParser):
    """Addresses of a page, each with how it is printed."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.found: list[tuple[str, str]] = []
        self._json = False
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        self._json = tag == "script" and given.get("type") == "application/ld+json"
        for name in FOLLOWED:
            if given.get(name):
                rel = f" rel={given['rel']}" if tag == "link" else ""
                self.found.append((f"<{tag} {name}{rel}>", given[name]))
        if tag == "form" and given.get("action"):
            self.found.append(("<form> sent", f"{given['action']}?q=banjir"))
        if given.get("property") == "og:url":
            self.found.append(("<meta og:url>", given["content"]))
        self.found += [("srcset", each.split()[0]) for each in given.get("srcset", "").split(",") if each]

    def handle_data(self, data: str) -> None:
        if self._json:
            self.found += [(f"json-ld {key}", text) for key, text in _strings(json.loads(data))]
            self._json = False


def _strings(value: Any, key: str = "") -> Iterator[tuple[str, str]]:
    """Texts of JSON that are addresses, with the name they stand under."""
    if isinstance(value, dict):
        for name, each in value.items():
            if name == "servers":  # of an OpenAPI document: what its addresses begin with
                yield from ((name, f"{server['url']}/stats") for server in each)
            else:
                yield from _strings(each, name)
    elif isinstance(value, list):
        for each in value:
            yield from _strings(each, key)
    elif isinstance(value, str) and re.match(r"https?://|/\w", value):
        yield key, value


def links_of(answer: Answer) -> Iterator[tuple[str, str]]:
    """How an address is printed, and the address."""
    yield from (("Location", each) for each in answer.all("location"))
    yield from (("Link", each) for line in answer.all("link") for each in re.findall("<(.*?)>", line))
    kind, text = answer.mimetype, answer.body.decode("utf-8", "replace")
    if kind == "text/html":
        yield from _Page(text).found
    elif kind == "text/css":
        yield from (("css url()", each) for each in re.findall(r"url\(['\"]?(.*?)['\"]?\)", text))
    elif kind.endswith("json"):
        for line in text.splitlines() if kind.endswith("ndjson") else [text]:
            yield from ((f"json {key}", each) for key, each in _strings(json.loads(line)))
    elif kind.endswith("xml") and kind != "image/svg+xml":
        for element in ElementTree.fromstring(text).iter():
            tag = element.tag.rpartition("}")[2]
            values = [("", element.text or ""), *element.attrib.items()]
            for name, value in values:
                if re.match(r"https?://|/\w", value.strip()) and name != "type":
                    yield f"xml {tag} {name}".strip(), value.strip().replace("{searchTerms}", "banjir")
    elif kind == "text/plain":
        yield from (("robots", each) for each in re.findall(r"(?m)^Sitemap: (.*)$", text))
    elif "bibtex" in kind or "research-info" in kind:
        yield from (("citation", each) for each in re.findall(r"(?m)(?:url = \{|^UR  - )([^}\s]+)", text))


def _shape(kind: str, address: str) -> str:
    """What links of one kind have in common."""
    parts = urlsplit(address)
    path = re.sub(r"[\w%-]*\d[\w%-]*|(?<=/dokumen/)[^/]+", "#", parts.path)
    return f"{kind} {path}?{'&'.join(sorted({name for name, _ in parse_qsl(parts.query)}))}"


def crawl(
    fetch: Callable[[str], Answer], starts: list[str], inside: str, *, article: str = "banjir-01"
) -> Crawl:
    """Follow links until each kind was followed a few times.

    :param fetch: asks for an absolute address; redirects are links like others.
    :param starts: absolute addresses to begin at.
    :param inside: how every address of the site begins, with its scheme and host.
    :param article: id of one, for addresses in which a script puts it.
    """
    crawl, shapes, seen = Crawl(), Counter[str](), set(starts)
    waiting = deque(("start", each) for each in starts)
    ours = urlsplit(inside).netloc
    while waiting:
        how, address = waiting.popleft()
        answer = fetch(address)
        crawl.asked += 1
        if answer.status >= 400:
            crawl.astray.append(f"{how}: {address} -> {answer.status}")
        for cookie in answer.all("set-cookie"):
            path = re.search(r"(?i)path=([^;]*)", cookie)
            if not path or path[1] != urlsplit(inside).path:
                crawl.astray.append(f"cookie on {address}: {cookie}")
        for kind, printed in links_of(answer):
            target = printed.replace("/_", f"/{article}") if kind.endswith("data-article>") else printed
            parts = urlsplit(urljoin(address, target))
            if parts.scheme not in ("http", "https"):
                continue
            if parts.netloc != ours:
                crawl.outside.add(parts.netloc)
                continue
            plain = urlunsplit(parts._replace(fragment=""))
            if not plain.startswith(inside):
                crawl.astray.append(f"{kind} on {address}: {printed}")
                continue
            crawl.printed[kind] += 1
            shape = _shape(kind, plain)
            path = shape.partition("?")[0]
            if plain not in seen and shapes[shape] < OF_EACH and shapes[path] < OF_A_PATH:
                shapes.update((shape, path))
                seen.add(plain)
                waiting.append((kind, plain))
    return crawl
