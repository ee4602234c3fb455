"""SearchService: parse, correct, plan, ask, present; one call for every face."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack
from datetime import date
from functools import partial
from time import perf_counter
from typing import Any, TypeVar

from msgspec import Struct
from msgspec.structs import asdict, replace

from index.engines.base import EngineError
from index.query import Query, SearchPage, SearchRequest, Sort
from search.answer import Address, Answer, Question, dated
from search.answering.asking import FACETS, ask, find
from search.answering.dating import with_period
from search.answering.exporting import Export
from search.answering.facet_values import answer_values, counting, with_chosen
from search.answering.inspecting import Inspection, inspect_text
from search.answering.lanes import DEAR_SECONDS, Lanes
from search.answering.reading import read
from search.answering.restricting import named, scoped
from search.answering.results import DocumentPage, document_page, present
from search.answering.similar import Similar, find_similar
from search.answering.standing import Standing, standing_of
from search.answering.unfinished import with_unfinished_word
from search.answering.ways_out import ways_out
from search.budget import Budget, Cut
from search.facets import FacetAnswer, FacetQuestion
from search.opened.searcher import Searcher
from search.opened.snapshot import QUIET_SECONDS, Snapshot
from search.opened.turning import turning
from search.plan.planning import Plan
from search.plan.trimming import Trimmed, trim
from search.query.addresses import pasted_address
from search.query.periods import period_of, today_in_jakarta
from search.query.syntax import ParsedQuery
from search.spelling.speller import Spelling
from search.spelling.vocabulary import RARE
from search.suggesting.completion import Completions

_T = TypeVar("_T")

ENGINE_SHARE = 0.6
"""How much of a question's budget its engine may be asked for, by the estimate; marks need the rest."""

CHARACTER_SECONDS = 2e-6
"""CPU time to mark one character of an article that is shown whole, about."""


class Stats(Struct, frozen=True):
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
        """The object that ``telusur stats --json`` gives."""
        return asdict(self)

    def to_public_dict(self) -> dict[str, Any]:
        """The object that ``/api/v1/stats`` gives: what exactly is wrong names files, and is the owner's."""
        status = "broken" if self.problem else "stale" if self.stale else "ready"
        told = {name: value for name, value in self.to_dict().items() if name not in ("stale", "problem")}
        return {"status": status, **told}


class _Ready(Struct, frozen=True):
    """A question ready to be asked.

    :param typed: as read; ``spelling`` and ``trimmed`` say what became of it then.
    :param seconds: CPU time that the answer takes, about.
    """

    question: Question
    typed: ParsedQuery
    address: Address | None
    spelling: Spelling
    trimmed: Trimmed
    seconds: float

    @property
    def may_be_dated(self) -> bool:
        """Whether days among its words are looked for: none are chosen, and it may be asked twice."""
        question = self.question
        chosen = question.first or question.last or self.address
        return question.period and not chosen and self.seconds < DEAR_SECONDS


class SearchService:
    """Answers questions about the index of a searcher, by its settings, dear ones in ``lanes``. Safe to share
    between threads.

    :param today: the day from which ``minggu lalu`` is counted.
    """

    def __init__(self, searcher: Searcher, today: Callable[[], date] = today_in_jakarta) -> None:
        self.searcher = searcher
        self._today = today
        self.lanes = Lanes()
        self._longest = searcher.settings.whole("max_query_chars")
        self._budget_ms = searcher.settings.whole("budget_ms")
        self._for_engine = ENGINE_SHARE * self._budget_ms / 1000

    @turning
    def search(self, question: Question) -> Answer:
        """Answer a question.

        :raises IndexMissingError: if nothing was indexed yet.
        :raises IndexBrokenError: if the index cannot be read.
        :raises EngineUnavailableError: if the engine does not answer.
        :raises BusyError: if it is dear and too many such questions are waiting already.
        """
        began = perf_counter()
        with self.searcher.use() as snapshot:
            question = _named(snapshot, question)
            answer = self._answer_or_dated(snapshot, question, began)
            if answer.total or not question.per_page or question.whole:
                return answer
            ready = self._prepare(snapshot, dated(question, answer.period))
            unknown = snapshot.speller.unknown(ready.typed)
            answer = replace(answer, unknown=tuple(word.text for word in unknown))
            if ready.seconds >= DEAR_SECONDS:
                return answer

            def count(other: Question) -> int:
                return self._answer_or_dated(snapshot, other, began).total

            return replace(answer, ways_out=ways_out(ready.question, unknown, count))

    def _answer_or_dated(self, snapshot: Snapshot, question: Question, began: float) -> Answer:
        """The answer to the words, or to what is left of them in the days that they name."""
        ready = self._prepare(snapshot, question)
        answer = self._answer(snapshot, ready, began)
        if not ready.may_be_dated or not (period := period_of(ready.typed, self._today())):
            return answer

        def ask(other: Question) -> Answer:
            return self._answer(snapshot, self._prepare(snapshot, other), began)

        return with_period(question, period, answer, ask)

    def _prepare(self, snapshot: Snapshot, question: Question) -> _Ready:
        typed, address = read(question.text, self._longest, snapshot.reader, partial(self._holds, snapshot))
        if question.unfinished:
            typed = with_unfinished_word(typed, snapshot)
        spelling = snapshot.speller.correct(typed) if question.correct else Spelling(typed)
        parsed = scoped(spelling.parsed, question.scopes)
        trimmed = trim(parsed, snapshot.planner.archive, self._for_engine, question.expand)
        seconds = trimmed.seconds + trimmed.presenting(question.per_page, question.explain)
        return _Ready(question, typed, address, spelling, trimmed, seconds)

    def _answer(self, snapshot: Snapshot, ready: _Ready, began: float) -> Answer:
        question, plans = ready.question, self._plans(snapshot, ready)

        def answer(budget: Budget) -> Answer:
            spelling = ready.spelling
            found = ask(snapshot, plans, question, budget)
            if question.filters:
                others = partial(_page_of, snapshot, (found.plan,), budget)
                found = replace(found, page=with_chosen(found.page, question, others))
            doubtful = question.correct and not spelling.proposed and found.is_little(RARE)
            if doubtful and question.per_page and budget.allows(Cut.SUGGESTION):
                proposed = snapshot.speller.propose(found.plan.parsed).proposed
                spelling = replace(spelling, proposed=proposed)
            presented = present(snapshot, question, spelling, found, began, budget)
            return replace(presented, address=ready.address) if ready.address else presented

        return self._in_lane(ready.seconds, answer, Budget(self._budget_ms))

    @turning
    def facet_values(self, wanted: FacetQuestion) -> FacetAnswer:
        """Every value of a facet among the articles that a question finds, page by page.

        :raises IndexMissingError: as :meth:`search`; likewise the other errors.
        """
        began, budget = perf_counter(), Budget(self._budget_ms)
        with self.searcher.use() as snapshot:
            ready = self._ready(snapshot, _named(snapshot, wanted.question), began)

            def answer(budget: Budget) -> FacetAnswer:
                plans = self._plans(snapshot, ready)
                page = _page_of(snapshot, plans, budget, counting(ready.question, wanted.facet))
                return answer_values(page, replace(wanted, question=ready.question), began)

            return self._in_lane(ready.trimmed.seconds, answer, budget)

    def planned(self, question: Question) -> tuple[Plan, ...]:
        """What is tried in turn for a question: of one index, equal plans find the same articles.

        :raises IndexMissingError: as :meth:`search`; likewise the other errors but :class:`BusyError`.
        """
        with self.searcher.use() as snapshot:
            return tuple(self._plans(snapshot, self._prepare(snapshot, _named(snapshot, question))))

    @turning
    def found_by(self, question: Question) -> Query:
        """The tree that finds the articles of a question, whatever it chooses among them.

        :raises IndexMissingError: as :meth:`search`; likewise the other errors.
        """
        with self.searcher.use() as snapshot:
            ready = self._ready(snapshot, _named(snapshot, question), perf_counter())
            counted = replace(ready.question, per_page=0, facets=(), histogram=False, sort=Sort.RELEVANCE)

            def answer(budget: Budget) -> Query:
                return find(snapshot, self._plans(snapshot, ready), counted, budget).parts[-1].tree

            return self._in_lane(ready.trimmed.seconds, answer, Budget(self._budget_ms))

    @turning
    def export(self, question: Question, most: int) -> Export:
        """The articles that a question finds, in its order, whatever page of them it asks for.

        :param most: how many at most.
        :returns: what has to be closed, also if nobody reads it.
        :raises BusyError: if others are being read already, or too many dear questions are waiting.
        :raises IndexMissingError: as :meth:`search`; likewise the other errors.
        """
        with ExitStack() as stack:
            stack.enter_context(self.lanes.export())
            snapshot = stack.enter_context(self.searcher.use())
            plain = replace(_named(snapshot, question), page=1, per_page=0, facets=(), histogram=False)
            ready = self._ready(snapshot, plain, perf_counter())
            listed = replace(ready.question, per_page=most)

            def answer(budget: Budget) -> SearchPage:
                return _page_of(snapshot, self._plans(snapshot, ready), budget, listed)

            page = self._in_lane(ready.trimmed.seconds, answer, Budget(self._budget_ms))
            ids = [hit.id for hit in page.hits]
            created = snapshot.index.generation.created
            return Export(page.total, ids, created, snapshot.reader, self.lanes, stack.pop_all())

    def _ready(self, snapshot: Snapshot, question: Question, began: float) -> _Ready:
        """A question, or what is left of it in the days that it names, if an answer would apply these."""
        ready = self._prepare(snapshot, question)
        if not ready.may_be_dated or not period_of(ready.typed, self._today()):
            return ready
        period = self._answer_or_dated(snapshot, replace(question, per_page=0), began).period
        return self._prepare(snapshot, dated(question, period))

    def _holds(self, snapshot: Snapshot, parsed: ParsedQuery) -> bool:
        """Whether an article holds all words of a query."""
        whole = snapshot.planner.plan(parsed).whole
        return snapshot.reader.search(SearchRequest(whole, limit=0)).total > 0

    def _plans(self, snapshot: Snapshot, ready: _Ready) -> Iterator[Plan]:
        question, trimmed = ready.question, ready.trimmed
        ranked = question.sort is Sort.RELEVANCE
        return snapshot.planner.plans(trimmed.parsed, question.match, ranked, trimmed.expand)

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
                for text in ("", "yang"):  # one result: no later one waits for what others of these need
                    self.search(Question(text, per_page=1))
                snapshot.read_ahead(QUIET_SECONDS)
                self.searcher.keep_verified()
        except EngineError:
            return  # every request will say what is wrong

    def inspect(self, text: str) -> Inspection:
        """What becomes of a text in this archive: stems, why, and other forms.

        :param text: read as far as a query would be.
        :raises IndexMissingError: as :meth:`search`; likewise the other errors.
        """
        with self.searcher.use() as snapshot:
            return inspect_text(text[: self._longest], snapshot.analyzer, snapshot.expander)

    @turning
    def suggest(self, text: str, limit: int) -> Completions:
        """What somebody who has typed a text so far may want to ask, and titles that hold it.

        :param limit: how much at most, 1 or more.
        :raises IndexMissingError: as :meth:`search`; likewise the other errors.
        """
        with self.searcher.use() as snapshot:
            if not snapshot.suggester.is_read:
                snapshot.read_ahead()
            return snapshot.suggester.suggest(text, limit)

    @turning
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
            words = "" if pasted_address(query_text[: self._longest]) else query_text  # its own, say
            asked = self._prepare(snapshot, Question(words, expand=expand, correct=correct))
            plans = self._plans(snapshot, asked)
            seconds = len(document.body) * CHARACTER_SECONDS * bool(asked.trimmed.leaves)

            def show(budget: Budget) -> DocumentPage:
                # An article without the quoted phrase was found by the words of it.
                pages = (document_page(snapshot, plan, document, budget) for plan in plans)
                first = next(pages)
                return first if first.is_marked else next((page for page in pages if page.is_marked), first)

            return self._in_lane(seconds, show, Budget(self._budget_ms))

    @turning
    def standing(self, id: str, question: Question, rank: int) -> Standing | None:
        """Where an article stands among the results of a question; ``None`` if that is dear to find out.

        :param rank: where it stood when somebody looked last, from 1.
        :raises IndexMissingError: as :meth:`search`; likewise the other errors but :class:`BusyError`.
        """
        with self.searcher.use() as snapshot:
            question = _named(snapshot, question)
            ready = self._prepare(snapshot, question)
            if ready.trimmed.seconds >= DEAR_SECONDS:
                return None
            tried, budget = tuple(self._plans(snapshot, ready)), Budget(self._budget_ms)
            return standing_of(id, question, rank, lambda page: ask(snapshot, tried, page, budget))

    @turning
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


def _named(snapshot: Snapshot, question: Question) -> Question:
    """The question with its filters by the names that the index knows their values by."""
    if not question.filters and not question.restrict:
        return question
    restrict = named(question.restrict, snapshot.aliases.name) if question.restrict else None
    return replace(question, filters=snapshot.aliases.filters(question.filters), restrict=restrict)


def _page_of(snapshot: Snapshot, plans: Iterable[Plan], budget: Budget, question: Question) -> SearchPage:
    return find(snapshot, plans, question, budget).page
