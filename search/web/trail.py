"""The way of a reader through the results, seen from one article: back to them, and to the next one."""

from __future__ import annotations

import re

from msgspec import Struct
from werkzeug.datastructures import MultiDict

from index.documents import Document
from index.settings import Settings
from search.answer import Question
from search.answering.service import SearchService
from search.params import MAX_PAGE, question_and_errors
from search.web.links import Links


class Step(Struct, frozen=True):
    """A neighbour of an article among the results."""

    title: str
    url: str
    lang: str


class Trail(Struct, frozen=True):
    """What an article page says about the results that led to it.

    :param back_url: the page of results that the article is on, or ``""`` if nothing was asked.
    :param rank: the number of the article among them, of ``total``; 0 if it is not known.
    """

    back_url: str = ""
    rank: int = 0
    total: int = 0
    previous: Step | None = None
    next: Step | None = None


def readable_question(arguments: MultiDict[str, str], settings: Settings) -> Question:
    """The question that the parameters ask, those left out that cannot be used: an article can be read
    whatever is wrong with the question that led to it."""
    return question_and_errors(arguments, settings)[0]


def number_from(arguments: MultiDict[str, str], name: str) -> int:
    """A parameter that counts from 1; 0 if it is missing or cannot be used."""
    value = arguments.get(name, "")
    return int(value) if re.fullmatch("[0-9]{1,7}", value) and int(value) <= MAX_PAGE else 0


def trail(service: SearchService, links: Links, id: str, rank: int) -> Trail:
    """The way from an article through the results of the question of ``links``.

    :param rank: where the article stood when the reader left them, or 0; where it stands now may differ.
    """
    if not rank:
        return Trail(links.to(links.question) if links.asks(links.question) else "")
    standing = service.standing(id, links.question, rank)
    if standing is None:
        return Trail(links.results(rank, exact=False))
    if standing.rank is None:
        return Trail(links.results(max(1, min(rank, standing.total)), exact=False))

    def step(document: Document | None, rank: int) -> Step | None:
        if document is None:
            return None
        return Step(document.title, links.article(document.id, rank), document.lang)

    return Trail(
        links.results(standing.rank),
        standing.rank,
        standing.total,
        step(standing.previous, standing.rank - 1),
        step(standing.next, standing.rank + 1),
    )
