"""Found: what the index has for a question, between asking for it and presenting it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from index.query import Boolean, Query, SearchPage
from search.opened.documents import ReadyDocument
from search.plan.planning import Plan
from search.snippets.targets import Highlight


@dataclass(frozen=True, slots=True)
class Found:
    """What the index has for a question.

    :param plan: the plan that found it, and ``query`` the one of its trees that did.
    :param page: the results that were asked for.
    :param answering: ids of results that hold what the question wants.
    :param highlights: id -> where the body shows the words of the question, as far as it was looked for.
    :param documents: those of the page's hits, in their order.
    :param matched: ``all`` if any article that was found holds every plain word; it is said of the query,
        not of the page that happens to be looked at.
    """

    plan: Plan
    query: Query
    page: SearchPage
    answering: frozenset[str]
    highlights: Mapping[str, list[Highlight]]
    documents: list[ReadyDocument | None]
    matched: Literal["all", "some"]

    def is_little(self, few: int) -> bool:
        """Whether so little was found that a known word may be a slip.

        :param few: documents that a single word may be in and still be one.
        """
        if len(self.plan.units) == 1:
            return self.page.total <= few
        return self.matched == "some" or not self.page.total

    def ranked_by(self) -> list[tuple[Query, list[str]]]:
        """The trees whose scores results were ranked by, each with the ids of those results."""
        ids = [hit.id for hit in self.page.hits]
        others = [name for name in ids if name not in self.answering]
        trees: list[tuple[Query, list[str]]] = [(self.query, others)]
        if self.plan.wanted and self.answering:
            answered = Boolean(must=(self.query, self.plan.wanted.bonus))
            trees.append((answered, [name for name in ids if name in self.answering]))
        return trees
