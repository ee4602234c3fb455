"""SearchService: parse, correct, plan, ask, present; one call for every face."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass, replace
from time import perf_counter
from typing import Any, TypeVar

from index.engines.base import EngineError
from index.query import Sort
from search.answer import Answer, Question
from search.answering.asking import FACETS, ask
from search.answering.inspecting import Inspection, inspect_text
from search.answering.lanes import DEAR_SECONDS, Lanes
from search.answering.results import DocumentPage, document_page, present
from search.answering.similar import Similar, find_similar
from search.answering.standing import Standing, standing_of
from search.answering.ways_out import ways_out
from search.budget import Budget, Cut
from search.opened.searcher import Searcher
from search.opened.snapshot import Snapshot
from search.plan.planning import Plan
from search.plan.trimming import Trimmed, trim
from search.query.parsing import parse
from search.spelling.speller import RARE, Spelling

_T = TypeVar("_T")

ENGINE_SHARE = 0.6
"""How much of a question's budget its engine may be asked for, by the estimate; marks need the rest."""

CHARACTER_SECONDS = 2e-6
"""CPU time to mark one character of an article that is shown whole, about."""


@dataclass(frozen=True)
class Stats:
    """What is being served.

    :param documents: number of articles.
    :param engine: name of the engine; ``generation`` names the index, made at ``created`` (ISO 8601).
    :param stale: why the index should be made anew, or ``None``.
    :param problem: why the newest index is not served, or what is wrong with it, or ``None``.
    :param facets: how many distinct values each facet has.
    """

    documents: int
    engine: str
    generation: str
    created: str
    stale: str | None
    problem: str | None
    facets: dict[str, int]

    def to_dict(self) -> dict[str, Any]:
        """The object that ``/api/v1/stats`` and ``telusur stats --json`` give."""
        return asdict(self)


class SearchService:
    """Answers questions about the index of a searcher, by its settings, dear ones in ``lanes``. Safe to share
    between threads."""

    def __init__(self, searcher: Searcher) -> None:
        self.searcher = searcher
        self.lanes = Lanes()
        self._longest = searcher.settings.whole("max_query_chars")
        self._budget_ms = searcher.settings.whole("budget_ms")
        self._for_engine = ENGINE_SHARE * self._budget_ms / 1000

    def search(self, question: Question) -> Answer:
        """Answer a question.

        :raises IndexMissingError: if nothing was indexed yet.
        :raises IndexBrokenError: if the index cannot be read.
        :raises EngineUnavailableError: if the engine does not answer.
        :raises BusyError: if it is dear and too many such questions are waiting already.
        """
        began = perf_counter()
        with self.searcher.use() as snapshot:
            answer = self._answer(snapshot, question, began)
            if answer.total or not question.per_page:
                return answer
            unknown = snapshot.speller.unknown(parse(question.text, self._longest))

            def count(other: Question) -> int:
                return self._answer(snapshot, other, began).total

            words = tuple(word.text for word in unknown)
            return replace(answer, unknown=words, ways_out=ways_out(question, unknown, count))

    def _answer(self, snapshot: Snapshot, question: Question, began: float) -> Answer:
        spelling, trimmed, plans = self._planned(snapshot, question)
        seconds = trimmed.seconds + trimmed.presenting(question.per_page, question.explain)

        def answer(budget: Budget, spelling: Spelling = spelling) -> Answer:
            found = ask(snapshot, plans, question, budget)
            doubtful = question.correct and not spelling.proposed and found.is_little(RARE)
            if doubtful and question.per_page and budget.allows(Cut.SUGGESTION):
                proposed = snapshot.speller.propose(found.plan.parsed).proposed
                spelling = replace(spelling, proposed=proposed)
            return present(snapshot, question, spelling, found, began, budget)

        return self._in_lane(seconds, answer, Budget(self._budget_ms))

    def _planned(self, snapshot: Snapshot, question: Question) -> tuple[Spelling, Trimmed, Iterator[Plan]]:
        parsed = parse(question.text, self._longest)
        spelling = snapshot.speller.correct(parsed) if question.correct else Spelling(parsed)
        ranked = question.sort is Sort.RELEVANCE
        trimmed = trim(spelling.parsed, snapshot.planner.archive, self._for_engine, question.expand)
        plans = snapshot.planner.plans(trimmed.parsed, question.match, ranked, trimmed.expand)
        return spelling, trimmed, plans

    def _in_lane(self, seconds: float, answer: Callable[[Budget], _T], budget: Budget) -> _T:
        """What somebody answers within a budget.

        :param seconds: CPU time that it takes, about; if that is much, others pass and it has a budget anew.
        :raises BusyError: if it is much and too many such things are waiting already.
        """
        if seconds < DEAR_SECONDS:
            return answer(budget)
        pass_by = self.lanes.let_pass
        return self.lanes.dear(lambda: answer(Budget(self._budget_ms, breathe=pass_by)))

    def warm_up(self) -> None:
        """Do before the first request what it would have to wait for; nothing if there is no index."""
        try:
            with self.searcher.use() as snapshot:
                snapshot.read_ahead()
                self.searcher.keep_verified()
                self.search(Question(""))
                self.search(Question("yang"))
        except EngineError:
            return  # every request will say what is wrong

    def inspect(self, text: str) -> Inspection:
        """What becomes of a text in this archive: stems, why, and other forms.

        :param text: read as far as a query would be.
        :raises IndexMissingError: as :meth:`search`; likewise the other errors.
        """
        with self.searcher.use() as snapshot:
            return inspect_text(text[: self._longest], snapshot.analyzer, snapshot.expander)

    def document(
        self, id: str, query_text: str = "", *, expand: bool = True, correct: bool = True
    ) -> DocumentPage | None:
        """One article with the words of a query marked as its results have them; ``None`` if there is none of
        that id.

        :param expand: as in a :class:`Question`; ``correct`` too.
        :raises IndexMissingError: as :meth:`search`; likewise the other errors.
        """
        with self.searcher.use() as snapshot:
            ready = snapshot.documents.get([id])[0]
            if ready is None:
                return None
            document = ready.document
            question = Question(query_text, expand=expand, correct=correct)
            _, trimmed, plans = self._planned(snapshot, question)
            seconds = len(document.body) * CHARACTER_SECONDS * bool(trimmed.leaves)

            def show(budget: Budget) -> DocumentPage:
                # An article without the quoted phrase was found by the words of it.
                pages = (document_page(snapshot, plan, document, budget) for plan in plans)
                first = next(pages)
                return first if first.is_marked else next((page for page in pages if page.is_marked), first)

            return self._in_lane(seconds, show, Budget(self._budget_ms))

    def standing(self, id: str, question: Question, rank: int) -> Standing | None:
        """Where an article stands among the results of a question; ``None`` if that is dear to find out.

        :param rank: where it stood when somebody looked last, from 1.
        :raises IndexMissingError: as :meth:`search`; likewise the other errors but :class:`BusyError`.
        """
        with self.searcher.use() as snapshot:
            _, trimmed, plans = self._planned(snapshot, question)
            if trimmed.seconds >= DEAR_SECONDS:
                return None
            tried, budget = tuple(plans), Budget(self._budget_ms)
            return standing_of(id, question, rank, lambda page: ask(snapshot, tried, page, budget))

    def similar(self, id: str) -> Similar | None:
        """The versions and relatives of an article; ``None`` if there is none of that id.

        What it costs is bounded, whatever the article (:mod:`search.answering.similar`).

        :raises IndexMissingError: as :meth:`search`; likewise the other errors.
        """
        with self.searcher.use() as snapshot:
            ready = snapshot.documents.get([id])[0]
            return find_similar(snapshot, ready.document) if ready else None

    def stats(self) -> Stats:
        """What is being served.

        :raises IndexMissingError: as :meth:`search`; likewise the other errors.
        """
        with self.searcher.use() as snapshot:
            generation = snapshot.index.generation
            problem = self.searcher.problem
            return Stats(
                documents=snapshot.reader.count(),
                engine=generation.engine_name,
                generation=generation.name,
                created=generation.created.isoformat(timespec="seconds"),
                stale=snapshot.index.stale,
                problem=str(problem) if problem else None,
                facets={facet.value: len(snapshot.reader.facet_values(facet)) for facet in FACETS},
            )
