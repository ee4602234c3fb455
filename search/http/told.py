"""What a view tells of its answer to those who count: told again each time that a kept answer is given."""

from __future__ import annotations

from flask import request
from msgspec import Struct

from index.query import Sort
from search.answer import Answer, Question

TOLD = "telusur.told"
"""Where the environment of a request holds it."""


class Told(Struct, frozen=True):
    """One search that somebody asked for in words.

    :param total: articles found.
    :param text: the words; ``""`` if it goes on with a search that was told of before, to another page.
    :param has_all: whether some article found has all the words.
    :param narrowed: whether more than words was asked for: filters, days, another order.
    :param typed: whether it was asked while somebody types.
    :param before: another one of the same request.
    """

    total: int
    text: str = ""
    has_all: bool = True
    narrowed: bool = False
    typed: bool = False
    before: Told | None = None


def tell_search(
    text: str,
    total: int,
    *,
    is_first: bool = False,
    has_all: bool = True,
    narrowed: bool = False,
    typed: bool = False,
) -> None:
    """Tell of the search that the request at hand asked for; an empty one is none.

    :param is_first: whether its first page was asked for; the others are those of :class:`Told`.
    """
    if text.strip():
        environ = request.environ
        before = environ.get(TOLD)
        environ[TOLD] = Told(total, text if is_first else "", has_all, narrowed, typed, before)


def tell_answer(question: Question, answer: Answer) -> None:
    """Tell of a question and its answer."""
    is_first = question.page == 1 and bool(question.per_page)
    has_all = answer.matched == "all"
    narrowed = not _is_plain(question)
    tell_search(question.text, answer.total, is_first=is_first, has_all=has_all, narrowed=narrowed)


def _is_plain(question: Question) -> bool:
    """Whether it asks for the first page of what its words find, the best first, and chooses no further."""
    asked = question
    chosen = asked.filters or asked.first or asked.last or asked.restrict or asked.scopes or asked.days
    usual = asked.expand and asked.correct and asked.period and asked.match == "auto"
    begins = asked.page == 1 and asked.offset is None and asked.sort is Sort.RELEVANCE
    return begins and usual and not (chosen or asked.unfinished or asked.whole)
