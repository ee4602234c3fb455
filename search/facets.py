"""FacetQuestion and FacetAnswer: which values of a facet are wanted, and what every face shows of them."""

from __future__ import annotations

from typing import Any, Literal

from msgspec import Struct

from index.query import Facet
from search.answer import Question

ValueOrder = Literal["count", "name"]
"""Values of a facet by the number of articles, most first; or by name, years the newest first."""


class FacetQuestion(Struct, frozen=True):
    """Which values of a facet are wanted, all of them being reachable page by page.

    :param question: whose articles are counted.
    :param find: text that a value has to hold, word by word, whatever their case and diacritics.
    :param page: 1 or more; ``per_page`` is the number of values on one.
    """

    question: Question
    facet: Facet
    find: str = ""
    order: ValueOrder = "count"
    page: int = 1
    per_page: int = 100


class FacetValue(Struct, frozen=True):
    """One value: how many articles it would leave, and whether it is chosen."""

    value: str
    count: int
    chosen: bool


class FacetAnswer(Struct, frozen=True):
    """Some values of a facet.

    :param asked: what was asked, its filters by the names that the archive knows the values by.
    :param articles: number of articles that the question finds, with all its filters.
    :param total: number of values that fit; ``values`` is one page of them.
    """

    asked: FacetQuestion
    articles: int
    total: int
    values: tuple[FacetValue, ...]
    took_ms: float

    @property
    def pages(self) -> int:
        """Number of pages; 0 without values."""
        return -(-self.total // self.asked.per_page)

    def to_dict(self) -> dict[str, Any]:
        """The object that ``/api/v1/facets/<name>`` gives."""
        asked = self.asked
        return {
            "facet": asked.facet.value,
            "query": asked.question.text,
            "find": asked.find,
            "order": asked.order,
            "articles": self.articles,
            "total": self.total,
            "page": asked.page,
            "per_page": asked.per_page,
            "pages": self.pages,
            "took_ms": round(self.took_ms, 3),
            "values": [
                {"value": each.value, "count": each.count, "chosen": each.chosen} for each in self.values
            ],
        }
