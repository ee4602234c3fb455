"""Addresses of the page: every link a page shows is a question changed in one way."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from functools import cached_property
from types import MappingProxyType
from typing import Any
from urllib.parse import urlencode, urlsplit

from flask import request, url_for
from msgspec import Struct
from msgspec.structs import replace

from index.query import Facet, Sort
from search.answer import Question

FILTERS = (Facet.SOURCE, Facet.PLACE, Facet.AUTHOR, Facet.TOPIC, Facet.YEAR)

RESULT_ID = "hasil-"
"""How the id of a result on its page begins; its rank follows."""

MARK_ID = "cocok-"
"""How the id of a mark in an article begins; its number follows."""

_MOST_ADDRESSES = 2000
"""Built ones that are kept, those of a dozen places: a proxy may hand on places that visitors made up."""

Arguments = dict[str, Any]

PANEL = {"panel": "1"}
"""The parameter that opens the filters on a page whose screen has no room for them."""


class Links(Struct, frozen=True, dict=True):
    """Builds the addresses around one question.

    :param question: what was asked; its text may be long, see ``max_chars``.
    :param per_page: results a page has when nobody says otherwise, which addresses then leave out.
    :param max_chars: characters of a query that are read; links repeat no more than these.
    :param language: the language the visitor asked for in the address, or ``""``.
    :param pages: name of the blueprint whose pages they lead to.
    """

    question: Question
    per_page: int
    max_chars: int
    language: str = ""
    pages: str = "telusur"

    def arguments(self, question: Question) -> Arguments:
        """The parameters that ask a question, without those that say what holds anyway."""
        arguments: Arguments = {}
        if question.text:
            arguments["q"] = question.text[: self.max_chars]
        if question.sort is not Sort.RELEVANCE:
            arguments["sort"] = question.sort.value
        for facet in FILTERS:
            if values := question.filters.get(facet):
                arguments[facet.value] = list(values)
        if question.first:
            arguments["from"] = question.first.isoformat()
        if question.last:
            arguments["to"] = question.last.isoformat()
        if question.match != "auto":
            arguments["match"] = question.match
        if not question.expand:
            arguments["expand"] = "false"
        if not question.correct:
            arguments["correct"] = "false"
        if not question.period:
            arguments["period"] = "false"
        if question.fold is False:
            arguments["fold"] = "false"
        if question.per_page != self.per_page:
            arguments["per_page"] = str(question.per_page)
        if question.page > 1:
            arguments["page"] = str(question.page)
        if self.language:
            arguments["lang"] = self.language
        return arguments

    def to(self, question: Question) -> str:
        """The address of the page that answers a question."""
        return self._address(self._page, self.arguments(question))

    def page(self, number: int) -> str:
        """The same question, another page of its results."""
        return self.to(replace(self.question, page=number))

    def sort(self, sort: Sort) -> str:
        """The same question in another order."""
        return self.to(replace(self.question, sort=sort, page=1))

    def text(self, text: str, *, correct: bool = True) -> str:
        """Other words, everything else as it is."""
        return self.to(replace(self.question, text=text, correct=correct, page=1))

    def toggle(self, facet: Facet, value: str) -> str:
        """The same question with a value of a facet chosen, or no longer chosen."""
        return self.to(self.toggled(facet, value))

    def toggle_in_panel(self, facet: Facet, value: str) -> str:
        """Like :meth:`toggle`, of a page whose filters are open where they were left: at that facet."""
        arguments = self.arguments(self.toggled(facet, value)) | PANEL
        return f"{self._address(self._page, arguments)}#saring-{facet}"

    def toggled(self, facet: Facet, value: str) -> Question:
        """The question with a value of a facet chosen, or no longer chosen."""
        chosen = self.question.filters.get(facet, ())
        kept = tuple(other for other in chosen if other.casefold() != value.casefold())
        if len(kept) == len(chosen):
            kept = (*chosen, value)
        return replace(self.question, filters=self.question.filters | {facet: kept}, page=1)

    def values(
        self, facet: Facet, own: Mapping[str, str] = MappingProxyType({}), question: Question | None = None
    ) -> str:
        """The address of the list of all values of a facet.

        :param own: parameters of the list.
        :param question: by default the same.
        """
        arguments = self.arguments(replace(question or self.question, page=1)) | dict(own)
        return self._address(url_for(f"{self.pages}.values_page", name=facet.value), arguments)

    def chosen(self, facet: Facet, value: str) -> bool:
        """Whether the question is narrowed to a value of a facet."""
        return any(value.casefold() == other.casefold() for other in self.question.filters.get(facet, ()))

    def days(self, first: date, last: date) -> str:
        """The same question with these dates, both included, in place of its own."""
        return self.to(replace(self.question, first=first, last=last, page=1))

    def any_day(self) -> str:
        """The same question without dates."""
        return self.to(replace(self.question, first=None, last=None, page=1))

    def unfiltered(self) -> str:
        """The same question without filters and dates."""
        return self.to(replace(self.question, filters={}, first=None, last=None, page=1))

    def kept(self, *without: str) -> list[tuple[str, str]]:
        """What a form has to send along so that the rest of the question stays: names and values.

        :param without: parameters that the form asks for itself.
        """
        pairs: list[tuple[str, str]] = []
        for name, value in self.arguments(replace(self.question, page=1)).items():
            if name not in without:
                pairs += [(name, value)] if isinstance(value, str) else [(name, each) for each in value]
        return pairs

    def article(self, id: str, rank: int = 0, mark: int = 0) -> str:
        """The address of an article, with the question, so that its words are marked there too and the way
        back is known.

        :param rank: the number of the article among the results, from 1; 0 if it is none of them.
        :param mark: the number of a mark in the article to go to, from 1; 0 for its beginning.
        """
        arguments = self.arguments(replace(self.question, page=1) if rank else self.question)
        if rank:
            arguments["rank"] = str(rank)
        if mark:
            arguments["mark"] = str(mark)
        address = self._address(url_for(f"{self.pages}.article_page", id=id), arguments)
        return f"{address}#{MARK_ID}{mark}" if mark else address

    def results(self, rank: int, *, exact: bool = True) -> str:
        """The page of results that a rank is on.

        :param exact: whether that result is gone to, and not only the page.
        """
        question = replace(self.question, page=-(-rank // self.question.per_page))
        if not self.asks(question):
            question = replace(question, sort=Sort.NEWEST)  # the same; without it, it is the front page
        return self.to(question) + (f"#{RESULT_ID}{rank}" if exact else "")

    def asks(self, question: Question) -> bool:
        """Whether the address of a question asks for anything; else it is that of the front page."""
        return self.to(question) != self.to(self._nothing)

    def only(self, facet: Facet, value: str) -> str:
        """Everything in the archive that has a value of a facet."""
        return self.to(replace(self._nothing, filters={facet: (value,)}))

    @property
    def _nothing(self) -> Question:
        return Question("", per_page=self.question.per_page)

    @cached_property
    def _page(self) -> str:
        return url_for(f"{self.pages}.search_page")

    @staticmethod
    def _address(path: str, arguments: Arguments) -> str:
        """A page has dozens of links to the same path, and building one through the routes is slow."""
        return f"{path}?{urlencode(arguments, doseq=True)}" if arguments else path


def window(number: int, last: int, around: int = 1) -> Sequence[int | None]:
    """The page numbers worth showing: first, last, those around the current one; ``None`` is a gap.

    A gap of one page is filled, as a number takes no more room than the dots.
    """
    wanted = {1, last, *range(number - around, number + around + 1)}
    shown: list[int | None] = []
    for page in sorted(page for page in wanted if 1 <= page <= last):
        before = shown[-1] if shown else None
        if before is not None and page - before == 2:
            shown.append(page - 1)
        elif before is not None and page - before > 2:
            shown.append(None)
        shown.append(page)
    return shown


class Addresses:
    """Addresses that are the same on every page, built once for each place that the pages are served at:
    building one through the routes is slow."""

    def __init__(self) -> None:
        self._built: dict[tuple[object, ...], str] = {}

    def of(self, endpoint: str, **values: Any) -> str:
        """The address of an endpoint of the pages, with few different values."""
        key = (request.script_root, endpoint, *values.items())
        address = self._built.get(key)
        if address is None:
            if len(self._built) >= _MOST_ADDRESSES:
                self._built.clear()
            address = self._built[key] = url_for(endpoint, **values)
        return address


def web_address(url: str) -> str:
    """The address if it is one that a page may link to, else ``""``: an archive may hold ``javascript:``."""
    try:
        parts = urlsplit(url.strip())
    except ValueError:
        return ""
    return url.strip() if parts.scheme.lower() in ("http", "https") and parts.netloc else ""
