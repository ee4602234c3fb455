"""Found: what the index has for a question, between asking for it and presenting it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal, NamedTuple

from msgspec import Struct, field
from msgspec.structs import replace

from index.query import Constant, Hit, Query, SearchPage
from search.answering.reranking import Reranked
from search.opened.documents import ReadyDocument
from search.plan.planning import Plan
from search.snippets.targets import Highlight


class Part(NamedTuple):
    """Some results in a row and the tree that scored them."""

    tree: Query
    hits: tuple[Hit, ...]


class Found(Struct, frozen=True):
    """What the index has for a question.

    :param plan: the plan that found it.
    :param page: the results that were asked for.
    :param total_all: number of articles that hold every word of the question, of ``page.total``.
    :param parts: the results of the page by the trees that scored them.
    :param all_first: whether those come first.
    :param most: how many of the results are listed before the last because they hold most words, if not all.
    :param bonuses: id -> what was added to the score that a tree gave a result.
    :param highlights: id -> where the body shows the words of the question, as far as it was looked for.
    :param documents: those of the page's hits, in their order.
    """

    plan: Plan
    page: SearchPage
    total_all: int
    parts: tuple[Part, ...]
    all_first: bool = True
    most: int = 0
    bonuses: Mapping[str, tuple[Constant, ...]] = field(default_factory=dict)
    highlights: Mapping[str, list[Highlight]] = field(default_factory=dict)
    documents: list[ReadyDocument | None] = field(default_factory=list)

    @property
    def matched(self) -> Literal["all", "some"]:
        """``all`` if any article that was found holds every word; it is said of the query, not of the page
        that happens to be looked at."""
        return "all" if self.total_all or not self.page.total else "some"

    @property
    def is_mixed(self) -> bool:
        """Whether articles with every word may stand anywhere among the others."""
        return not self.plan.all_first and 0 < self.total_all < self.page.total

    def reranked(self, reranked: Reranked) -> Found:
        """The same with its page in another order; it has one part."""
        page = reranked.page
        return replace(
            self,
            page=page,
            parts=(Part(self.parts[0].tree, page.hits),),
            bonuses=reranked.bonuses,
            highlights=reranked.highlights,
        )

    def is_little(self, few: int) -> bool:
        """Whether so few articles hold every word that a known word may be a slip.

        :param few: documents that a word may be in and still be one.
        """
        return self.total_all <= few
