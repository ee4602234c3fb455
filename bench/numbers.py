"""Whether the numbers of answers contradict each other: ``python -m bench.numbers [--questions N]``.

Random questions of words, operators, filters, dates, orders and pages are asked of the news archive on each
engine. Whatever a reader would compare is compared:

- the same number of articles is found in every order and on every page, and as many are listed, each once;
- the articles that hold all words are as many as ``match=all`` finds, the same, and first where that is said;
- a facet's number is what the question narrowed to that value finds, for every value that is shown;
- filters and dates never find more than there was without them.
"""

from __future__ import annotations

import argparse
import random
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import date, timedelta

from msgspec.structs import replace

from bench.data import DataMissingError, data_folder, existing
from bench.remote import settings_for
from index.engines.base import Reader
from index.engines.registry import embedded_names, engine_names
from index.query import Facet, Sort, TextField
from index.reindex.sync import sync
from search.answer import Answer, MatchingStrategy, Question
from search.answering.service import SearchService
from search.opened.searcher import Searcher

FACETS = (Facet.SOURCE, Facet.PLACE, Facet.AUTHOR, Facet.TOPIC, Facet.YEAR)
_PER_PAGE = 7
_MOST_LISTED = 40
"""Articles of one question that are listed page by page."""

_FREQUENT = 0.005
"""Share of the articles that a word is in to be frequent; half of the words of questions are."""


@dataclass(frozen=True)
class Material:
    """What random questions are made of.

    :param frequent: words that many articles hold; ``words`` are any.
    :param phrases: words as they stand side by side in articles.
    :param values: the values of each facet, the most frequent first.
    :param days: first and last day of publication.
    """

    frequent: Sequence[str]
    words: Sequence[str]
    phrases: Sequence[str]
    values: dict[Facet, list[str]]
    days: tuple[date, date]

    @classmethod
    def of(cls, reader: Reader, service: SearchService) -> Material:
        """The words, phrases and values of an index."""
        least = _FREQUENT * reader.count()
        counted = [(form, n) for form, n in reader.terms(TextField.BODY_EXACT) if form.isalpha()]
        values = {}
        for facet in FACETS:
            counts = reader.facet_values(facet)
            values[facet] = sorted(counts, key=lambda value: (-counts[value], value))
        oldest = service.search(Question("", sort=Sort.OLDEST, per_page=100)).results
        newest = service.search(Question("", sort=Sort.NEWEST, per_page=100)).results
        texts = [" ".join(result.title.split()[:3]) for result in (*oldest, *newest)]
        days = sorted(result.published for result in (*oldest, *newest) if result.published)
        return cls(
            [form for form, n in counted if n >= least],
            [form for form, _ in counted],
            texts,
            values,
            (days[0], days[-1]) if days else (date(2020, 1, 1), date(2020, 12, 31)),
        )


def random_question(rng: random.Random, material: Material) -> Question:
    """A question as a reader might come to ask it, words first, then narrowed."""
    words = [rng.choice(material.frequent if rng.random() < 0.7 else material.words) for _ in range(9)]
    text = " ".join(words[: rng.choice((1, 1, 2, 2, 2, 2, 3, 3, 3, 4, 5, 7))])
    kind = rng.random()
    if kind < 0.08:
        text = f'"{rng.choice(material.phrases)}" {text}'
    elif kind < 0.14:
        text = f"{text} -{words[-1]}"
    elif kind < 0.20:
        text = f"{text} {words[-1][:4]}*"
    elif kind < 0.26:
        text = f"{text} +{words[-1]}"
    elif kind < 0.32:
        text = f"berapa {text}"
    elif kind < 0.38:
        text = _with_slip(rng, text)
    elif kind < 0.42:
        text = f"{words[-1]}-{words[-2]} {text}"
    elif kind < 0.45:
        text = ""
    filters = {}
    for facet in FACETS:
        if material.values[facet] and rng.random() < 0.15:
            some = material.values[facet][: rng.choice((3, 20, 1000))]
            filters[facet] = tuple(rng.sample(some, min(len(some), rng.choice((1, 1, 2)))))
    first = last = None
    if rng.random() < 0.25:
        begin, end = material.days
        first = begin + timedelta(rng.randrange((end - begin).days + 1))
        last = first + timedelta(rng.choice((0, 6, 30, 365, 3650)))
        first, last = rng.choice(((first, last), (first, None), (None, last)))
    match: MatchingStrategy = rng.choice(("auto", "auto", "auto", "all", "any"))
    return Question(text, 1, _PER_PAGE, rng.choice(list(Sort)), filters, first, last, match)


def contradictions(service: SearchService, question: Question) -> Iterator[str]:
    """What contradicts what in the answers around one question; nothing if all is well."""
    asked = replace(question, per_page=1, page=1)
    answer = service.search(replace(question, page=1))
    yield from _by_order_and_page(service, question, answer)
    yield from _by_words(service, question, answer)
    yield from _by_time(service, asked, answer)
    for facet, counts in answer.facets.items():
        for count in counts:
            clicked = service.search(replace(asked, filters=question.filters | {facet: (count.value,)}))
            if clicked.total != count.count:
                yield f"{facet.value}={count.value}: {count.count} announced, {clicked.total} found"
    if question.filters or question.first or question.last:
        wide = service.search(replace(asked, filters={}, first=None, last=None))
        if wide.total < answer.total or wide.total_all < answer.total_all:
            yield f"{answer.total}, {answer.total_all} found; {wide.total}, {wide.total_all} without filters"


def _by_order_and_page(service: SearchService, question: Question, answer: Answer) -> Iterator[str]:
    numbers = answer.total, answer.total_all
    for sort in Sort:
        other = service.search(replace(question, sort=sort, per_page=1))
        if (other.total, other.total_all) != numbers:
            yield f"{numbers} found, {(other.total, other.total_all)} by {sort.value}"
    listed: list[str] = []
    for page in range(1, min(answer.pages, _MOST_LISTED // question.per_page) + 2):
        other = service.search(replace(question, page=page))
        if (other.total, other.total_all) != numbers:
            yield f"{numbers} found, {(other.total, other.total_all)} on page {page}"
        listed += [result.id for result in other.results]
    expected = min(answer.total, question.per_page * (_MOST_LISTED // question.per_page + 1))
    if len(listed) < expected or len(set(listed)) < len(listed):
        yield f"{answer.total} found, {len(listed)} listed, {len(set(listed))} of them once"


def _by_words(service: SearchService, question: Question, answer: Answer) -> Iterator[str]:
    strict = service.search(replace(question, match="all", per_page=1))
    if strict.total != answer.total_all:
        yield f"{answer.total_all} hold all words, {strict.total} found by match=all"
    loose = service.search(replace(question, match="any", per_page=1))
    if loose.total < answer.total:
        yield f"{answer.total} found, {loose.total} by match=any"
    told = [result.all_words for result in answer.results]
    if answer.all_first and told != sorted(told, reverse=True):
        yield f"articles with all words do not come first: {told}"
    if strict.total <= _MOST_LISTED:
        every = service.search(replace(question, match="all", page=1, per_page=_MOST_LISTED)).results
        held = {result.id for result in every}
        if told != [result.id in held for result in answer.results]:
            yield f"{sorted(held)} hold all words; {told} told of {[result.id for result in answer.results]}"


def _by_time(service: SearchService, question: Question, answer: Answer) -> Iterator[str]:
    if (histogram := answer.histogram) is None:
        return
    bars = histogram.bars
    counted = sum(bar.count for bar in bars) + histogram.undated
    if counted != answer.total:
        yield f"{answer.total} found, {counted} in bars or undated"
    for bar in bars[:: len(bars) // 4 + 1]:
        clicked = service.search(replace(question, first=bar.first, last=bar.last))
        if clicked.total != bar.count:
            yield f"{bar.first} to {bar.last}: {bar.count} announced, {clicked.total} found"


def _with_slip(rng: random.Random, text: str) -> str:
    """The text with two letters exchanged."""
    place = rng.randrange(max(len(text) - 1, 1))
    return text[:place] + text[place : place + 2][::-1] + text[place + 2 :]


def main(arguments: list[str] | None = None) -> int:
    """Ask and print; 1 if anything contradicts anything, 2 if data is missing."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--questions", type=int, default=2000)
    parser.add_argument("--seed", type=int, default=12)
    parser.add_argument("--engine", action="append", choices=engine_names())
    parser.add_argument("--index", help="an index that is there already, instead of one of the news")
    options = parser.parse_args(arguments)
    try:
        return max(_engine(engine, options) for engine in options.engine or embedded_names())
    except DataMissingError as error:
        print(error, file=sys.stderr)
        return 2


def _engine(engine: str, options: argparse.Namespace) -> int:
    wrong = 0
    with (
        tempfile.TemporaryDirectory() as folder,
        settings_for(engine, index=options.index or folder, budget_ms=3_600_000) as settings,
    ):
        if not options.index:
            sync(settings.replace(sources=(str(existing(data_folder() / "news.jsonl.gz")),)))
        with closing(Searcher(settings)) as searcher:
            service = SearchService(searcher)
            with searcher.use() as snapshot:
                material = Material.of(snapshot.reader, service)
            rng = random.Random(options.seed)
            for _ in range(options.questions):
                question = random_question(rng, material)
                for told in contradictions(service, question):
                    wrong += 1
                    print(f"{engine}: {question}\n    {told}", flush=True)
    print(f"{engine}: {options.questions} questions, {wrong} contradictions")
    return int(wrong > 0)


if __name__ == "__main__":
    sys.exit(main())
