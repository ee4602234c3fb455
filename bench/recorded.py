"""Whether engines answer real questions alike: ``python -m bench.recorded ENGINE=FOLDER ENGINE=FOLDER ...``.

Questions of the relevance sets are asked of indexes of the news archive, as a reader would go on: the
second page, the newest first, narrowed to a value and to a year. Answers of the first index are compared with
those of every other: the same totals, facet numbers and bars of time, and the same results in the
same order but for ties. Where the engine is ``opensearch``, its cluster is that of the settings.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import closing
from datetime import date
from statistics import median
from time import perf_counter

from msgspec.structs import replace

from bench.data import DataMissingError, relevance_sets
from index.engines.registry import DEFAULT_ENGINE
from index.query import Facet, Sort
from index.settings import load_settings
from search.answer import Answer, Question
from search.answering.service import SearchService
from search.opened.searcher import Searcher

QUESTIONS = 161
CLOSE = 1e-4
"""Scores that differ by less, relative to them, are the same."""

STEPS = 0.05
"""Likewise beside the default engine, which alone keeps the lengths of long texts to the word."""

_NAMED = 5  # differences of a kind that are printed


def real_questions(count: int) -> list[str]:
    """Questions of all relevance sets in turn, each once."""
    queries = [list(each.queries.values()) for each in relevance_sets()]
    found: dict[str, None] = {}
    for place in range(max(map(len, queries))):
        found.update(dict.fromkeys([texts[place * 7 % len(texts)] for texts in queries]))
        if len(found) >= count:
            break
    return list(found)[:count]


def variants(text: str, answer: Answer) -> Iterator[Question]:
    """A question as it may go on.

    :param answer: to the question as it was typed.
    """
    plain = Question(text, explain=True)
    yield plain
    yield replace(plain, page=2)
    yield replace(plain, sort=Sort.NEWEST)
    yield replace(plain, sort=Sort.OLDEST, page=2)
    yield replace(plain, match="any")
    for facet in (Facet.SOURCE, Facet.PLACE, Facet.AUTHOR):
        if counts := answer.facets.get(facet):
            yield replace(plain, filters={facet: (counts[min(1, len(counts) - 1)].value,)})
    if years := answer.facets.get(Facet.YEAR):
        year = int(years[0].value)
        yield replace(plain, filters={Facet.YEAR: (years[0].value,)}, page=2)
        yield replace(plain, first=date(year, 3, 1), last=date(year, 8, 31))


def differences(question: Question, one: Answer, other: Answer, close: float = CLOSE) -> Iterator[str]:
    """The kinds in which two answers differ.

    :param close: see :data:`CLOSE`.
    """
    if (one.total, one.total_all) != (other.total, other.total_all):
        yield f"total {one.total}/{one.total_all} and {other.total}/{other.total_all}"
    for facet, counts in one.facets.items():
        if counts != other.facets.get(facet):
            yield f"facet {facet}"
    if one.histogram != other.histogram:
        yield "histogram"
    if (one.did_you_mean, one.corrected, one.matched) != (other.did_you_mean, other.corrected, other.matched):
        yield "spelling"
    yield from _order(question, one, other, close)


def _order(question: Question, one: Answer, other: Answer, close: float) -> Iterator[str]:
    if len(one.results) != len(other.results):
        yield "length of page"
        return
    if question.sort is not Sort.RELEVANCE:
        if [each.published for each in one.results] != [each.published for each in other.results]:
            yield "order of days"
        return
    mine = {each.id: each.score for each in one.results}
    theirs = {each.id: each.score for each in other.results}
    edges = [each.score for each in (*one.results[:1], *one.results[-1:])]
    for left, right in zip(one.results, other.results, strict=True):
        if not _are_close(left.score, right.score, close):
            yield f"score {left.score:.6f} and {right.score:.6f}"
            return
        if left.id == right.id:
            continue
        # Those that tie may change places, also with some of the pages around.
        expected = [mine[right.id]] if right.id in mine else edges
        if not any(_are_close(score, right.score, close) for score in expected):
            yield f"order: {left.id} and {right.id}"
            return
    if any(not _are_close(score, theirs[name], close) for name, score in mine.items() if name in theirs):
        yield "score of a result"


def _are_close(one: float, other: float, close: float) -> bool:
    return abs(one - other) <= close * max(abs(one), abs(other), 1.0)


class Target:
    """An index that is asked.

    :param named: ``ENGINE=FOLDER``.
    """

    def __init__(self, named: str) -> None:
        self.engine, _, folder = named.partition("=")
        self.name = named
        settings = load_settings().replace(index=folder, engine=self.engine, budget_ms=60_000)
        self.searcher = Searcher(settings)
        self.service = SearchService(self.searcher)
        self.seconds: list[float] = []

    def ask(self, question: Question) -> Answer:
        """Ask, and note how long it took."""
        began = perf_counter()
        answer = self.service.search(question)
        self.seconds.append(perf_counter() - began)
        return answer


def compare(targets: Sequence[Target], texts: Sequence[str]) -> dict[str, Counter[str]]:
    """Ask everything of every index: name of another than the first -> kind of difference -> how often."""
    first, *others = targets
    found: dict[str, Counter[str]] = {other.name: Counter() for other in others}
    for text in texts:
        for question in variants(text, first.ask(Question(text))):
            expected = first.ask(question)
            for other in others:
                counted = found[other.name]
                counted["asked"] += 1
                engines = {first.engine, other.engine}
                close = STEPS if DEFAULT_ENGINE in engines and len(engines) > 1 else CLOSE
                for difference in differences(question, expected, other.ask(question), close):
                    kind = difference.split()[0]
                    counted[kind] += 1
                    if counted[kind] <= _NAMED:
                        told = {**question.filters, "sort": question.sort, "page": question.page}
                        print(f"{other.name}: {text!r} {told}: {difference}")
    return found


def main() -> None:
    """Compare and print."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--questions", type=int, default=QUESTIONS)
    parser.add_argument("targets", nargs="+", metavar="ENGINE=FOLDER")
    arguments = parser.parse_args()
    try:
        texts = real_questions(arguments.questions)
    except DataMissingError as error:
        sys.exit(str(error))
    targets = [Target(named) for named in arguments.targets]
    found = compare(targets, texts)
    for target in targets:
        times = sorted(target.seconds)
        slow = 1000 * times[len(times) * 95 // 100]
        print(f"{target.name}: p50 {1000 * median(times):.1f} ms, p95 {slow:.1f} ms")
        with closing(target.searcher):
            pass
    for name, counted in found.items():
        print(f"{name}: {dict(counted)}")
    sys.exit(any(len(counted) > 1 for counted in found.values()))


if __name__ == "__main__":
    main()
