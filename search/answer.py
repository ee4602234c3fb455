"""Question and Answer: what the service is asked and what every face (page, API, command line) shows."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, Literal, NamedTuple

from msgspec import Struct, field
from msgspec.structs import asdict, replace

from index.messages import Translator
from index.query import Facet, FacetCount, Query, Sort
from search.budget import Cut
from search.i18n.describing import describe
from search.i18n.describing_periods import describe_period
from search.query.syntax import Scope
from search.snippets.shown import Listing, Whole

Unit = Literal["day", "month", "year"]
"""What a bar of a :class:`Histogram` stands for."""

MatchingStrategy = Literal["auto", "all", "any"]
"""What becomes of plain words side by side: most of them are wanted, then any; all; or any at once."""


class Question(Struct, frozen=True):
    """One search, as checked by a face.

    :param text: what the reader typed, unparsed.
    :param page: 1 or more; ``per_page`` 1 to the setting ``max_per_page``, 0 if only numbers are wanted.
    :param filters: facet -> wanted values, any of them.
    :param first: earliest day of publication; ``last`` the latest; both included.
    :param match: ``auto`` (all words first, then most of them), ``all`` or ``any``.
    :param expand: also find acronyms and synonyms of the words.
    :param correct: search for corrected words at once when a word is unknown to the archive.
    :param period: offer, or apply at once, days of publication that are typed among the words.
    :param explain: add each result's score parts.
    :param histogram: say how what is found is spread over time.
    :param facets: those to be counted, ``None`` for the usual ones.
    :param facet_size: values of each facet to be counted, beside those chosen.
    :param fold: tell which results are versions of better ones; ``None``: as the face does by itself.
    :param fields: of each result that are wanted, of :data:`RESULT_FIELDS`; ``None`` for all.
    :param highlight: mark the words of the question in titles and passages.
    :param offset: results to pass over, instead of those of the pages before ``page``.
    :param restrict: a tree of values and days that chooses among what is found and what facets count.
    :param scopes: fields that the words have to be in, any of them; none for all.
    :param unfinished: whether the last word may be typed in part only.
    :param days: count what is found by day of publication.
    :param whole: whole articles with what is marked in them instead of passages, and no ways out.
    """

    text: str
    page: int = 1
    per_page: int = 10
    sort: Sort = Sort.RELEVANCE
    filters: dict[Facet, tuple[str, ...]] = field(default_factory=dict)
    first: date | None = None
    last: date | None = None
    match: MatchingStrategy = "auto"
    expand: bool = True
    correct: bool = True
    period: bool = True
    explain: bool = False
    histogram: bool = True
    facets: tuple[Facet, ...] | None = None
    facet_size: int = 20
    fold: bool | None = None
    fields: frozenset[str] | None = None
    highlight: bool = True
    offset: int | None = None
    restrict: Query | None = None
    scopes: tuple[Scope, ...] = ()
    unfinished: bool = False
    days: bool = False
    whole: bool = False

    @property
    def first_result(self) -> int:
        """How many results come before those that are wanted."""
        return (self.page - 1) * self.per_page if self.offset is None else self.offset


class ScorePart(Struct, frozen=True):
    """One addend of a score: what matched, in which field, how much it added."""

    field: str
    term: str
    why: str
    score: float


class Result(NamedTuple):
    """One article in a list of results. ``*_html`` holds escaped text whose only element is ``<mark>``.

    ``snippets`` has up to three passages; ``snippet_html`` is them joined by an ellipsis. ``all_words`` says
    whether it holds every word of the query. Of a question for ``whole`` articles there are no passages, and
    ``whole`` is there.
    """

    id: str
    title: str
    title_html: str
    url: str
    source: str
    place: str
    author: str
    published: date | None
    lang: str
    topics: tuple[str, ...]
    score: float
    snippet_html: str
    snippets: tuple[str, ...]
    all_words: bool = True
    parts: tuple[ScorePart, ...] = ()
    whole: Whole | None = None

    def to_dict(self, translator: Translator | None = None) -> dict[str, Any]:
        """The result as the API gives it.

        :param translator: explains the score; without one, it is not explained.
        """
        record: dict[str, Any] = {
            "id": self.id,
            "title": self.title,
            "title_html": self.title_html,
            "url": self.url,
            "source": self.source,
            "place": self.place,
            "author": self.author,
            "published": self.published.isoformat() if self.published else None,
            "lang": self.lang,
            "topics": list(self.topics),
            "score": self.score,
            "snippet_html": self.snippet_html,
            "snippets": [{"html": html} for html in self.snippets],
            "all_words": self.all_words,
        }
        if translator:
            record["explanation"] = [
                {
                    "field": part.field,
                    "term": part.term,
                    "why": part.why,
                    "text": describe(part.why, part.field, part.term, translator),
                    "score": part.score,
                }
                for part in self.parts
            ]
        return record


RESULT_FIELDS = tuple(name for name in Result._fields if name not in ("parts", "whole"))
"""Fields of a result that whoever names none of them gets."""


class Suggestion(Struct, frozen=True):
    """Another query: plain, and as HTML with the changed words in ``<mark>``."""

    query: str
    html: str


class Expansion(Struct, frozen=True):
    """A query word or run of words that also found other forms (acronym, long form, synonym)."""

    term: str
    matched: tuple[str, ...]


class Bar(Struct):
    """How many articles of a run of days were found; ``first`` and ``last`` are both included."""

    first: date
    last: date
    count: int


class Histogram(Struct, frozen=True):
    """How the articles that were found are spread over time.

    :param unit: what a bar stands for, ``None`` without any; far from most articles one bar may be longer.
    :param bars: from the oldest on, without a gap between them; some may be empty.
    :param undated: articles without a day: with those of the bars they are all that were found.
    """

    unit: Unit | None
    bars: tuple[Bar, ...]
    undated: int

    def to_dict(self) -> dict[str, Any]:
        """The histogram as the API gives it."""
        return {
            "unit": self.unit,
            "bars": [
                {"first": bar.first.isoformat(), "last": bar.last.isoformat(), "count": bar.count}
                for bar in self.bars
            ],
            "undated": self.undated,
        }


class WayOut(Struct, frozen=True):
    """A question that finds something where the one that was asked finds nothing.

    :param kind: what is different: ``word`` (a word is another), ``quotes`` (none), ``words`` (some of them
        will do), the name of a facet or ``date`` (it is not chosen), ``filters`` (nothing is chosen).
    :param text: the word that is another now, or what was chosen.
    :param question: the question, and ``count`` how many articles it finds.
    """

    kind: str
    text: str
    question: Question
    count: int

    def to_dict(self) -> dict[str, Any]:
        """The object that the API gives."""
        return {"kind": self.kind, "text": self.text, "query": self.question.text, "count": self.count}


class Period(Struct, frozen=True):
    """Days of publication that were typed among the words.

    :param query: the question without the words that say so.
    :param first: earliest day, ``None`` if it has none; ``last`` the latest.
    :param count: how many articles that question finds among those of these days.
    :param applied: whether these are what was found; else they are only offered.
    """

    query: str
    first: date | None
    last: date | None
    count: int
    applied: bool

    def to_dict(self, translator: Translator) -> dict[str, Any]:
        """The period as the API gives it."""
        return {
            "label": describe_period(self.first, self.last, translator),
            "query": self.query,
            "first": self.first.isoformat() if self.first else None,
            "last": self.last.isoformat() if self.last else None,
            "count": self.count,
            "applied": self.applied,
        }


def dated(question: Question, period: Period | None) -> Question:
    """The question that was answered: the one that was asked, or that of the period applied to it."""
    if period is None or not period.applied:
        return question
    return replace(question, text=period.query, first=period.first, last=period.last)


class Address(Struct, frozen=True):
    """An address, or an id, that was typed for its article.

    :param text: as typed.
    :param found: whether the archive has its article, which then is what was found.
    :param words: what was searched for instead, if not.
    """

    text: str
    found: bool
    words: str = ""

    def to_dict(self) -> dict[str, Any]:
        """The address as the API gives it."""
        return asdict(self)


class Answer(Struct, frozen=True):
    """What every face shows.

    :param query: the text as typed.
    :param corrected: what was searched instead, when unknown words were replaced at once.
    :param did_you_mean: a better known neighbour of the query, only proposed.
    :param total: number of articles found, ``total_all`` of which hold every word of the query.
    :param all_first: whether the articles with every word come first; if not, they stand among the others, as
        their score has it.
    :param most: how many of the page's results, behind those with every word, come before the rest although
        days decide the order, because they hold most of the words.
    :param matched: ``all`` if some article found holds every word of the query, ``some`` if none does.
    :param ignored: parts of the query that could not be read as written, one message key and text each.
    :param capped: patterns that stand for more words than are searched.
    :param cut: what the question's budget left no time for.
    :param unknown: words that no article holds, if nothing was found.
    :param ways_out: questions that find something, if nothing was found.
    :param histogram: ``None`` if nobody asked for it.
    :param filters: the filters in force, by the names that the archive knows the values by.
    :param period: days that the query names among its words, if any article is found there.
    :param address: what became of an address that was typed for its article.
    :param days: day of publication (proleptic Gregorian ordinal, 0 when unknown) -> articles found of it, if
        somebody asked for that.
    :param versions: id of a result -> those behind it on the page that are versions of it; ``None`` if nobody
        asked for that. They are among the results all the same.
    """

    query: str
    total: int
    page: int
    per_page: int
    took_ms: float
    results: tuple[Result, ...]
    facets: dict[Facet, tuple[FacetCount, ...]]
    total_all: int = 0
    all_first: bool = True
    most: int = 0
    did_you_mean: Suggestion | None = None
    corrected: Suggestion | None = None
    expansions: tuple[Expansion, ...] = ()
    matched: Literal["all", "some"] = "all"
    ignored: tuple[tuple[str, str], ...] = ()
    capped: tuple[str, ...] = ()
    cut: tuple[Cut, ...] = ()
    explain: bool = False
    unknown: tuple[str, ...] = ()
    ways_out: tuple[WayOut, ...] = ()
    histogram: Histogram | None = None
    filters: dict[Facet, tuple[str, ...]] = field(default_factory=dict)
    period: Period | None = None
    address: Address | None = None
    versions: dict[str, tuple[Listing, ...]] | None = None
    days: Mapping[int, int] = field(default_factory=dict)

    @property
    def folded(self) -> frozenset[str]:
        """Ids of the results that are versions of others."""
        return frozenset(each.id for versions in (self.versions or {}).values() for each in versions)

    @property
    def pages(self) -> int:
        """Number of pages; 0 when nothing was found, or nothing was to be listed."""
        return -(-self.total // self.per_page) if self.per_page else 0

    @property
    def holding_all(self) -> int | None:
        """How many of the results hold every word and come first; ``None`` if the order is another."""
        if not self.all_first:
            return None
        return max(min(self.total_all - (self.page - 1) * self.per_page, len(self.results)), 0)

    def to_dict(self, translator: Translator) -> dict[str, Any]:
        """The object that ``/api/v1/search`` and ``telusur search --json`` print.

        :param translator: for what explains a score.
        """
        return {
            "query": self.query,
            "total": self.total,
            "total_all": self.total_all,
            "page": self.page,
            "per_page": self.per_page,
            "pages": self.pages,
            "took_ms": round(self.took_ms, 3),
            "results": self._results_dicts(translator if self.explain else None),
            "facets": {
                facet.value: [{"value": count.value, "count": count.count} for count in counts]
                for facet, counts in self.facets.items()
            },
            "histogram": self.histogram.to_dict() if self.histogram else None,
            "did_you_mean": _suggestion(self.did_you_mean),
            "corrected": _suggestion(self.corrected),
            "expansions": [
                {"term": expansion.term, "matched": list(expansion.matched)} for expansion in self.expansions
            ],
            "matched": self.matched,
            "all_first": self.all_first,
            "ignored": [{"reason": reason, "text": text} for reason, text in self.ignored],
            "capped": list(self.capped),
            "cut": list(self.cut),
            "unknown": list(self.unknown),
            "ways_out": [way.to_dict() for way in self.ways_out],
            "period": self.period.to_dict(translator) if self.period else None,
            "address": self.address.to_dict() if self.address else None,
        }

    def _results_dicts(self, translator: Translator | None) -> list[dict[str, Any]]:
        """The results, those that are versions of others with these."""
        if self.versions is None:
            return [result.to_dict(translator) for result in self.results]
        folded, behind = self.folded, self.versions.get
        return [
            result.to_dict(translator) | {"versions": [each.to_dict() for each in behind(result.id, ())]}
            for result in self.results
            if result.id not in folded
        ]


def _suggestion(suggestion: Suggestion | None) -> dict[str, str] | None:
    return {"query": suggestion.query, "html": suggestion.html} if suggestion else None
