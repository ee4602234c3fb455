"""SearchService: parse -> plan -> engine -> snippets -> Answer; one call for every face."""

from __future__ import annotations

import time
from dataclasses import asdict, dataclass, replace
from typing import Any, Literal

from index.documents import Document
from index.engines.base import EngineError
from index.query import Boolean, Facet, Published, Query, SearchPage, SearchRequest, Sort, TextField
from index.settings import Settings
from search.answer import Answer, Question, Result, ScorePart
from search.answering.inspecting import Inspection, inspect_text
from search.answering.second_look import (
    FIRST_RESULTS,
    Findings,
    answers_first,
    look_again,
    with_first_results,
)
from search.opened.documents import Prepared
from search.opened.searcher import Searcher
from search.opened.snapshot import Snapshot
from search.plan import recipe
from search.plan.explaining import score_parts
from search.plan.planning import Plan, Planner, Unit
from search.query.parsing import parse
from search.query.syntax import without_phrases
from search.snippets.markup import join_passages, mark_passage, mark_spans, mark_text
from search.snippets.matching import Match
from search.snippets.passages import choose_passages
from search.snippets.targets import Targets
from search.spelling.speller import RARE, Speller

__all__ = ["FACETS", "DocumentPage", "SearchService", "Stats"]

FACETS = (Facet.SOURCE, Facet.PLACE, Facet.AUTHOR, Facet.YEAR)
"""Facets that every answer counts."""


@dataclass(frozen=True)
class DocumentPage:
    """One article to be shown whole. ``*_html`` holds escaped text whose only element is ``<mark>``.

    :param body_html: the body with its line breaks; ``paragraphs_html`` the same cut at blank lines.
    """

    document: Document
    title_html: str
    body_html: str
    paragraphs_html: tuple[str, ...]

    def to_dict(self) -> dict[str, Any]:
        """The object that ``/api/v1/documents/<id>`` gives."""
        record = self.document.to_dict()
        del record["origin"]  # where the owner keeps files is nobody else's business
        return record | {"title_html": self.title_html, "body_html": self.body_html}


@dataclass(frozen=True)
class Stats:
    """What is being served.

    :param documents: number of articles.
    :param engine: name of the engine; ``generation`` names the index, made at ``created`` (ISO 8601).
    :param stale: why the index should be made anew, or ``None``.
    :param problem: why a newer index could not be opened, or ``None``.
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
    """Answers questions about the index that a searcher owns. Safe to share between threads."""

    def __init__(self, searcher: Searcher, settings: Settings) -> None:
        self.searcher = searcher
        self.settings = settings
        self._weights = recipe.Weights.of(settings)
        self._planners: dict[tuple[int, bool], Planner] = {}

    def search(self, question: Question) -> Answer:
        """Answer a question.

        :raises IndexMissingError: if nothing was indexed yet.
        :raises IndexBrokenError: if the index cannot be read.
        :raises EngineUnavailableError: if the engine does not answer.
        """
        began = time.perf_counter()
        with self.searcher.use() as snapshot:
            parsed = parse(question.text, self.settings.whole("max_query_chars"))
            speller = Speller(
                snapshot.reader,
                snapshot.analyzer,
                snapshot.vocabulary,
                snapshot.expander,
                snapshot.frequency,
            )
            spelling = speller.unknown(parsed) if question.correct else None
            if spelling and spelling.certain:
                parsed = replace(parse(spelling.suggestion.query), ignored=parsed.ignored)
            ranked = question.sort is Sort.RELEVANCE
            plan = self._planner(snapshot, question.expand).plan(parsed, question.match, ranked)
            query, page, findings = _ask(snapshot, plan, question, ranked)
            if not page.total and question.match == "auto" and (loose := without_phrases(parsed)):
                parsed, plan = loose, self._planner(snapshot, question.expand).plan(loose, "auto", ranked)
                query, page, findings = _ask(snapshot, plan, question, ranked)
            results = _results(snapshot, plan, page, query, question, findings)
            matched = _matched(snapshot, plan, page, query, question)
            if question.correct and not spelling and _is_doubtful(plan, page, matched):
                spelling = speller.rare(parsed)
        return Answer(
            query=question.text,
            total=page.total,
            page=question.page,
            per_page=question.per_page,
            took_ms=(time.perf_counter() - began) * 1000,
            results=results,
            facets=page.facets,
            did_you_mean=spelling.suggestion if spelling and not spelling.certain else None,
            corrected=spelling.suggestion if spelling and spelling.certain else None,
            expansions=plan.expansions,
            matched=matched,
            ignored=tuple((reason.value, text) for reason, text in (*parsed.ignored, *plan.ignored)),
            capped=page.capped,
            explain=question.explain,
        )

    def warm_up(self) -> None:
        """Do before the first request what it would have to wait for; nothing if there is no index."""
        try:
            with self.searcher.use() as snapshot:
                snapshot.read_ahead()
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
            limit = self.settings.whole("max_query_chars")
            return inspect_text(text[:limit], snapshot.analyzer, snapshot.expander)

    def document(self, id: str, query_text: str = "") -> DocumentPage | None:
        """One article with the words of a query marked; ``None`` if there is none of that id.

        :raises IndexMissingError: as :meth:`search`; likewise the other errors.
        """
        with self.searcher.use() as snapshot:
            prepared = snapshot.prepared.get([id])[0]
            if prepared is None:
                return None
            plan = self._planner(snapshot).plan(parse(query_text, self.settings.whole("max_query_chars")))
        document = prepared.document
        body_matches = snapshot.finder.find(document.body, plan.body)
        return DocumentPage(
            document,
            mark_text(document.title, snapshot.finder.find(document.title, plan.title)),
            mark_text(document.body, body_matches),
            tuple(
                mark_spans(document.body, body_matches, start, end)
                for start, end in _paragraph_spans(document.body)
            ),
        )

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

    def _planner(self, snapshot: Snapshot, expand: bool = True) -> Planner:
        """The planner of a snapshot, the same for every query; earlier snapshots' are let go."""
        key = snapshot.number, expand
        planner = self._planners.get(key)
        if planner is None:
            planner = Planner(
                snapshot.analyzer,
                snapshot.frequency,
                snapshot.reader.count(),
                snapshot.expander if expand else None,
                self._weights,
                lambda pairs: snapshot.reader.joint_frequencies(TextField.BODY, pairs),
            )
            others = {other: known for other, known in self._planners.items() if other[0] == key[0]}
            self._planners = {**others, key: planner}
        return planner


def _results(
    snapshot: Snapshot,
    plan: Plan,
    page: SearchPage,
    query: Query,
    question: Question,
    findings: Findings,
) -> tuple[Result, ...]:
    found = snapshot.prepared.get([hit.id for hit in page.hits])
    in_title = snapshot.finder.matcher(plan.title, snapshot.forms)
    in_body = in_title if plan.body == plan.title else snapshot.finder.matcher(plan.body, snapshot.forms)
    results: list[Result] = []
    for hit, prepared in zip(page.hits, found, strict=True):
        if prepared is None:
            continue
        document = prepared.document
        title_matches = in_title.find(prepared.title)
        matches = findings.matches.get(hit.id)
        snippets = _snippets(prepared, plan, in_body.find(prepared.body) if matches is None else matches)
        parts: tuple[ScorePart, ...] = ()
        if question.explain:
            tree = query
            if plan.wanted and hit.id in findings.answering:
                tree = Boolean(must=(query, plan.wanted.bonus))
            parts = score_parts(tree, snapshot.reader.score_parts(tree, hit.id))
        results.append(
            Result(
                id=document.id,
                title=document.title,
                title_html=mark_text(document.title, title_matches),
                url=document.url,
                source=document.source,
                place=document.place,
                author=document.author,
                published=document.published,
                score=hit.score,
                snippet_html=join_passages(snippets),
                snippets=snippets,
                parts=parts,
            )
        )
    return tuple(results)


def _matched(
    snapshot: Snapshot, plan: Plan, page: SearchPage, query: Query, question: Question
) -> Literal["all", "some"]:
    """Whether any article that was found holds every plain word of the query.

    It is said of the query, not of the page that happens to be looked at.
    """
    if not page.total or len(plan.units) < 2:
        return "all"
    ranked = question.sort is Sort.RELEVANCE
    strictest = recipe.minimums(len(plan.units), question.match, ranked, plan.question)[0]
    if query is plan.attempts[0] and strictest == len(plan.units):
        return "all"
    if page.hits:
        first = snapshot.prepared.get([page.hits[0].id])[0]
        if first is not None and _holds_all(snapshot, first, plan.units):
            return "all"
    every = Boolean(must=(query, *(unit.query for unit in plan.units)))
    holding = snapshot.reader.search(_request(every, question, 0, question.sort))
    return "all" if holding.total else "some"


def _ask(
    snapshot: Snapshot, plan: Plan, question: Question, ranked: bool
) -> tuple[Query, SearchPage, Findings]:
    """Ask the plan's trees in turn until one finds enough.

    :returns: the tree, its page, and what a second look at the first results found.
    """
    enough = recipe.ENOUGH if ranked else 1
    wanted = plan.wanted if ranked else None
    for query in plan.attempts:
        sort = Sort.NEWEST if ranked and not plan.scored else question.sort
        request = _request(query, question, question.per_page, sort, FACETS)
        asked = with_first_results(request) if wanted else request
        page = snapshot.reader.search(asked)
        if page.total >= enough:
            break
    findings = Findings()
    if wanted:
        if asked is not request:
            first = snapshot.prepared.get([hit.id for hit in page.hits[:FIRST_RESULTS]])
            findings = look_again(wanted, first, snapshot.finder.matcher(plan.body, snapshot.forms))
        page = answers_first(page, request, findings.answering, wanted.bonus.score)
    return query, page, findings


def _request(
    query: Query, question: Question, limit: int, sort: Sort, facets: tuple[Facet, ...] = ()
) -> SearchRequest:
    """The page of a tree that a question asks for."""
    return SearchRequest(
        query=query,
        filters=tuple((facet, values) for facet, values in question.filters.items() if values),
        published=Published(question.first, question.last) if question.first or question.last else None,
        sort=sort,
        offset=(question.page - 1) * question.per_page,
        limit=limit,
        facets=facets,
    )


def _is_doubtful(plan: Plan, page: SearchPage, matched: str) -> bool:
    """Whether so little was found that a known word may be a slip."""
    if len(plan.units) == 1:
        return page.total <= RARE
    return matched == "some" or not page.total


def _snippets(prepared: Prepared, plan: Plan, matches: list[Match]) -> tuple[str, ...]:
    text = prepared.document.body
    passages = choose_passages(text, prepared.sentences, matches, plan.body.weights)
    return tuple(mark_passage(text, matches, passage) for passage in passages)


def _holds_all(snapshot: Snapshot, prepared: Prepared, units: tuple[Unit, ...]) -> bool:
    """Whether every plain word is surely somewhere in the document."""
    if not all(unit.certain for unit in units):
        return False
    wanted: dict[str, int] = {}
    for unit in units:
        for form in (unit.tokens, *unit.others):
            for token in form:
                wanted.setdefault(token.stem, len(wanted))
    matcher = snapshot.finder.matcher(Targets(stems=wanted), snapshot.forms)
    found = {concept for text in (prepared.body, prepared.title) for _, _, concept in matcher.find(text)}
    held = {stem for stem, concept in wanted.items() if concept in found}
    if len(held) < len(wanted):
        document = prepared.document
        held |= snapshot.finder.stems(
            " ".join((document.source, document.place, document.author, document.editor))
        )
    return all(
        any(held.issuperset(token.stem for token in form) for form in (unit.tokens, *unit.others))
        for unit in units
    )


def _paragraph_spans(text: str) -> list[tuple[int, int]]:
    spans: list[tuple[int, int]] = []
    start = 0
    for paragraph in text.split("\n\n"):
        if paragraph.strip():
            spans.append((start, start + len(paragraph)))
        start += len(paragraph) + 2
    return spans
