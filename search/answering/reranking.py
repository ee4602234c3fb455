"""Ranks the first results of a question anew by what only reading them tells.

No engine can tell whether an article holds what a question asks for (:mod:`search.plan.questions`), nor where
its words stand in it and in its neighbours (:mod:`search.answering.surroundings`).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from msgspec import Struct, field
from msgspec.structs import replace

from index.query import Constant, Hit, SearchPage, SearchRequest
from search.answering.surroundings import Read, best_sentence, words_beside
from search.opened.documents import ReadyDocument
from search.plan.questions import Kind, Wanted
from search.plan.recipe import Recipe
from search.similar.names import names_in
from search.snippets.targets import Highlight
from search.snippets.texts import ReadyText

RERANKED = 20
"""Results ranked anew; with 30 facqa and tydi gain no more, and with 10 half as much."""

_LONGEST = 20_000
"""Characters of a body that are looked through, ten times a usual one: not the clock but this bounds what it
costs, for it changes the order of results."""

_Bonuses = Mapping[str, tuple[Constant, ...]]


class Reranked(Struct, frozen=True):
    """A page, perhaps in a new order.

    :param bonuses: id -> what was added to the score of a result.
    :param highlights: id -> where the body shows the words of the question, as far as it was looked for.
    """

    page: SearchPage
    bonuses: _Bonuses = field(default_factory=dict)
    highlights: Mapping[str, list[Highlight]] = field(default_factory=dict)


def to_rerank(request: SearchRequest) -> SearchRequest:
    """The request that gives what :meth:`Reranking.rerank` needs: all first results, if any of them."""
    if request.offset >= RERANKED or not request.limit:
        return request
    return replace(request, offset=0, limit=max(RERANKED, request.offset + request.limit))


class Reranking(Struct, frozen=True):
    """How the results of one question are ranked anew.

    :param weights: of the concepts that ``find`` tells.
    :param read: reads documents by their ids.
    :param find: finds the question's words in a text.
    :param telling: the idf of a name, as it is written in articles.
    """

    wanted: Wanted
    recipe: Recipe
    weights: Sequence[float]
    read: Callable[[Sequence[str]], Sequence[ReadyDocument | None]]
    find: Callable[[ReadyText], list[Highlight]]
    telling: Callable[[str], float]

    def rerank(self, page: SearchPage, request: SearchRequest) -> Reranked:
        """The page of a request, with those results forward that tell most about the question.

        :param page: the answer to :func:`to_rerank` of ``request``.
        """
        if request.offset >= RERANKED or not request.limit:
            return Reranked(page)
        first = page.hits[:RERANKED]
        highlights: dict[str, list[Highlight]] = {}
        bonuses = self._bonuses(first, highlights)
        scored = [
            Hit(hit.id, hit.score + sum(bonus.score for bonus in bonuses.get(hit.id, ()))) for hit in first
        ]
        scored.sort(key=lambda hit: -hit.score)
        hits = (*scored, *page.hits[RERANKED:])[request.offset : request.offset + request.limit]
        return Reranked(replace(page, hits=hits), bonuses, highlights)

    def _bonuses(self, hits: Sequence[Hit], highlights: dict[str, list[Highlight]]) -> _Bonuses:
        """What is added to each score; ``highlights`` are filled on the way."""
        ready = [each for each in self.read([hit.id for hit in hits]) if each]
        found: list[Read] = []
        answers: list[Kind | None] = []
        for each in ready:
            body, id_ = each.document.body[:_LONGEST], each.document.id
            if len(body) == len(each.document.body):
                shown = highlights[id_] = self.find(each.body)
            else:
                shown = self.find(ReadyText.of(body))
            found.append(self._read(each, shown))
            holds = self.wanted.held_by(body, ((start, end) for start, end, _ in shown))
            answers.append(self.wanted.kind if holds else None)
        beside = words_beside(found, self.weights, self.wanted.typed, self.telling)
        return {
            each.document.id: self.recipe.found_out(kind, read.passage, lacking)
            for each, kind, read, lacking in zip(ready, answers, found, beside, strict=True)
        }

    def _read(self, ready: ReadyDocument, shown: Sequence[Highlight]) -> Read:
        return Read(
            frozenset(concept for _, _, concept in (*shown, *self.find(ready.title))),
            best_sentence(ready.sentences, shown, self.weights),
            names_in(ready.document.body),
        )
