"""Presents what was found: results with marked titles and passages, and one article shown whole."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from time import perf_counter
from typing import Any

from msgspec import Struct

from index.documents import Document, Span, is_sound
from search.answer import Answer, Question, Result, ScorePart
from search.answering.found import Found
from search.answering.timeline import histogram
from search.budget import Budget, Cut
from search.opened.documents import ReadyDocument
from search.opened.snapshot import Snapshot
from search.plan.explaining import score_parts
from search.plan.planning import Plan
from search.similar.folding import fold
from search.snippets.articles import Labels, write_article
from search.snippets.markup import join_passages, mark_passage, mark_text
from search.snippets.passages import choose_passages
from search.snippets.sanitising import sanitised_article, sanitised_marks
from search.snippets.shown import Listing, Whole
from search.snippets.targets import Highlight
from search.spelling.speller import Spelling

_NUMBERS = {"h": "level", "ol": "first", "th": "columns", "td": "columns"}
"""What the number of a span is called in the API."""


class DocumentPage(Struct, frozen=True):
    """One article to be shown whole. ``*_html`` holds escaped text whose only element is ``<mark>``.

    :param body_html: the body with its line breaks.
    :param layout: of the document, nothing if it is not sound.
    :param highlights: what is marked in the body.
    :param cut: what the query's budget left no time for.
    """

    document: Document
    title_html: str
    body_html: str
    layout: tuple[Span, ...] = ()
    highlights: tuple[Highlight, ...] = ()
    cut: tuple[Cut, ...] = ()

    @property
    def is_marked(self) -> bool:
        """Whether anything is marked."""
        return any("<mark>" in html for html in (self.title_html, self.body_html))

    def content_html(self, picture: str, table: str) -> str:
        """The article as a page shows it: paragraphs, headings, lists, quotes, tables, links, ``<mark>``.

        :param picture: the word for a picture; ``table``: that for a table.
        """
        labels = Labels(picture, table)
        return sanitised_article(write_article(self.document.body, self.layout, self.highlights, labels))

    def to_dict(self) -> dict[str, Any]:
        """The object that ``/api/v1/documents/<id>`` gives."""
        record = self.document.to_dict()
        del record["origin"]  # where the owner keeps files is nobody else's business
        return record | {
            "topics": list(self.document.topics),
            "metadata": dict(self.document.metadata),
            "title_html": self.title_html,
            "body_html": self.body_html,
            "layout": [_element(span) for span in self.layout],
            "cut": list(self.cut),
        }


def present(
    snapshot: Snapshot, question: Question, spelling: Spelling, found: Found, began: float, budget: Budget
) -> Answer:
    """The answer to a question.

    :param spelling: what became of the question's words.
    :param began: when the question came, as ``time.perf_counter`` tells it.
    :param budget: what is left of it is spent on marks, then on explanations.
    """
    plan, page = found.plan, found.page
    results = tuple(_results(snapshot, question, found, budget))
    if question.explain:
        explained = _explanations(snapshot, found, budget)
        results = tuple(result._replace(parts=explained.get(result.id, ())) for result in results)
    return Answer(
        query=question.text,
        total=page.total,
        page=question.page,
        per_page=question.per_page,
        took_ms=(perf_counter() - began) * 1000,
        results=results,
        facets=page.facets,
        did_you_mean=spelling.proposed,
        corrected=spelling.corrected,
        expansions=plan.expansions,
        matched=found.matched,
        total_all=found.total_all,
        most=found.most,
        all_first=found.all_first,
        ignored=tuple((reason.value, text) for reason, text in plan.ignored),
        capped=page.capped,
        cut=budget.cut,
        explain=question.explain,
        histogram=(
            histogram(page.days, question.first, question.last)
            if question.histogram and question.per_page
            else None
        ),
        filters=question.filters,
        versions=_versions(snapshot, found) if question.fold else None,
        days=page.days if question.days else {},
    )


def document_page(snapshot: Snapshot, plan: Plan, document: Document, budget: Budget) -> DocumentPage:
    """An article with the words of a query marked, as far as the budget goes."""
    ready = ReadyDocument.of(document, snapshot.analyzer.old_spelling)
    in_title = snapshot.finder.highlighter(plan.title).find(ready.title)
    in_body = snapshot.finder.highlighter(plan.body).find(ready.body, partial(budget.allows, Cut.MARKS))
    return DocumentPage(
        document,
        sanitised_marks(mark_text(document.title, in_title)),
        sanitised_marks(mark_text(document.body, in_body)),
        document.layout if is_sound(document.body, document.layout) else (),
        tuple(in_body),
        budget.cut,
    )


def _results(snapshot: Snapshot, question: Question, found: Found, budget: Budget) -> Iterator[Result]:
    plan = found.plan
    title_is_marked = question.whole or (question.highlight and _wants(question, "title_html"))
    has_snippets = not question.whole and _wants(question, "snippets", "snippet_html")
    body_is_marked = question.whole or has_snippets
    in_title = snapshot.finder.highlighter(plan.title, snapshot.forms)
    in_body = in_title if plan.body == plan.title else snapshot.finder.highlighter(plan.body, snapshot.forms)
    goes_on = partial(budget.allows, Cut.MARKS)
    listed = zip(found.page.hits, found.documents, strict=True)
    for rank, (hit, ready) in enumerate(listed, question.first_result):
        if ready is None:
            continue
        document = ready.document
        highlights = found.highlights.get(hit.id)
        is_marked = (title_is_marked or body_is_marked) and goes_on()
        if highlights is None:
            highlights = in_body.find(ready.body, goes_on) if is_marked and body_is_marked else []
        marks_of_title = in_title.find(ready.title) if is_marked and title_is_marked else []
        snippets = _snippets(ready, plan, highlights, question.highlight) if has_snippets else ()
        yield Result(
            id=document.id,
            title=document.title,
            title_html=mark_text(document.title, marks_of_title),
            url=document.url,
            source=document.source,
            place=document.place,
            author=document.author,
            published=document.published,
            lang=document.lang,
            topics=document.topics,
            score=hit.score,
            snippet_html=join_passages(snippets),
            snippets=snippets,
            all_words=rank < found.total_all if found.all_first else hit.id in found.page.listed_within,
            whole=Whole(document, tuple(marks_of_title), tuple(highlights)) if question.whole else None,
        )


def _wants(question: Question, *fields: str) -> bool:
    """Whether any of some fields of results is wanted."""
    return question.fields is None or not question.fields.isdisjoint(fields)


def _versions(snapshot: Snapshot, found: Found) -> dict[str, tuple[Listing, ...]]:
    """Which results of the page are versions of better ones."""
    shown = {ready.document.id: ready.document for ready in found.documents if ready is not None}
    folded = fold((id_, snapshot.signatures.of(document)) for id_, document in shown.items())
    return {id_: tuple(Listing.of(shown[other]) for other in others) for id_, others in folded.items()}


def _snippets(
    ready: ReadyDocument, plan: Plan, highlights: list[Highlight], are_marked: bool
) -> tuple[str, ...]:
    text = ready.document.body
    passages = choose_passages(text, ready.sentences, highlights, plan.body.weights)
    marks = highlights if are_marked else []
    return tuple(mark_passage(text, marks, passage) for passage in passages)


def _explanations(snapshot: Snapshot, found: Found, budget: Budget) -> dict[str, tuple[ScorePart, ...]]:
    """The parts of the score of each hit, of the first ones at least as long as there is time."""
    explained: dict[str, tuple[ScorePart, ...]] = {}
    goes_on = partial(budget.allows, Cut.EXPLANATION)
    for tree, hits in found.parts:
        if not goes_on():
            break
        ids = [hit.id for hit in hits]
        # None of them has parts if the time was up before all leaves were asked for.
        for name, leaves in zip(ids, snapshot.reader.score_parts(tree, ids, goes_on), strict=False):
            if not goes_on():
                break
            explained[name] = score_parts(tree, leaves, found.bonuses.get(name, ()))
    return explained


def _element(span: Span) -> dict[str, Any]:
    record: dict[str, Any] = {"kind": span.kind, "start": span.start, "end": span.end}
    if span.kind in _NUMBERS:
        record[_NUMBERS[span.kind]] = span.number
    if span.address:
        record["url"] = span.address
    if span.kind == "img":
        record["text"] = span.text
    return record
