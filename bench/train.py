"""Weights of what reading the first results of a question tells, learned of one half of each set.

Run it with ``make train``. The score of a result is that of the engine, and ``passage`` and ``beside``
(:mod:`search.answering.surroundings`) times a weight each. The two weights are taken of a grid, so that
anybody can read and check them, by nDCG@10, the mean over the sets. A question is of the half of the first
article that answers it, so that no article is in both. Weights of all questions are written into the table of
``index/config/weights.py`` if those of each half win on the other half of every set.
"""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Iterable, Mapping
from contextlib import ExitStack, closing
from itertools import product
from math import log2
from pathlib import Path
from statistics import mean
from typing import NamedTuple
from zlib import crc32

import index.config.weights
from bench.data import DataMissingError, RelevanceSet, relevance_sets
from bench.evaluate import indexed, safe_id
from index.engines.registry import DEFAULT_ENGINE, engine_names
from search.answer import Question
from search.answering.reranking import RERANKED
from search.answering.service import SearchService
from search.opened.searcher import Searcher

SETS = ("facqa", "tydi")
"""Sets of questions."""

PASSAGE = (0.0, 0.3, 0.6, 0.9)
BESIDE = (0.0, 0.25, 0.5, 0.75, 1.0)
GRID = tuple(product(PASSAGE, BESIDE))

_TABLE = Path(index.config.weights.__file__)
_RESULTS = 10


class Candidate(NamedTuple):
    """One of the first results: its grade, its score by the engine, and what reading it tells."""

    grade: int
    score: float
    passage: float
    beside: float


class Asked(NamedTuple):
    """A question with its first results and the grades of all that answer it."""

    half: int
    candidates: list[Candidate]
    grades: list[int]

    def ndcg(self, passage: float, beside: float) -> float:
        """nDCG@10 with weights (Järvelin and Kekäläinen 2002, as ``ir_measures`` computes it)."""
        ranked = sorted(
            self.candidates, key=lambda each: -(each.score + passage * each.passage + beside * each.beside)
        )
        best = sorted(self.grades, reverse=True)
        return _gain(each.grade for each in ranked) / _gain(best)


def main(arguments: list[str] | None = None) -> int:
    """Learn, print, and write what wins; 1 if nothing does, 2 if data is missing."""
    parser = argparse.ArgumentParser(description="Learn the weights of what reading tells.")
    parser.add_argument("--engine", default=DEFAULT_ENGINE, choices=engine_names())
    parser.add_argument("--set", action="append", help="folder under relevance/; may be repeated")
    parser.add_argument("--dry-run", action="store_true", help="write nothing")
    options = parser.parse_args(arguments)
    try:
        asked = {
            each.name: _asked(each, options.engine) for each in relevance_sets(options.set or list(SETS))
        }
    except DataMissingError as error:
        print(error, file=sys.stderr)
        return 2
    wins = [_tried(asked, half) for half in (0, 1)]
    passage, beside = learned([*asked.values()])
    print(f"of all questions: passage {passage}, beside {beside}")
    if not all(wins):
        print("no win on the other half of every set: the table stays")
        return 1
    if not options.dry_run:
        table = with_weights(_TABLE.read_text("utf-8"), {"passage": passage, "beside": beside})
        _TABLE.write_text(table, "utf-8")
    return 0


def learned(sets: Iterable[list[Asked]]) -> tuple[float, float]:
    """The weights of the grid with which the mean over some sets is best."""
    questions = [asked for asked in sets if asked]
    return max(GRID, key=lambda weights: mean(_mean(asked, weights) for asked in questions))


def with_weights(table: str, weights: Mapping[str, float]) -> str:
    """The text of the table with other defaults."""
    for name, weight in weights.items():
        table, found = re.subn(rf'(?<="{name}",)(\s+)[\d.]+', rf"\g<1>{weight}", table)
        if found != 1:
            raise ValueError(f"{_TABLE}: {name!r} stands there {found} times, once was expected")
    return table


def _tried(asked: Mapping[str, list[Asked]], half: int) -> bool:
    """Whether the weights of one half win on the other half of every set."""
    weights = learned([each for each in some if each.half == half] for some in asked.values())
    print(f"half {half}: passage {weights[0]}, beside {weights[1]}; on the other half:")
    wins = True
    for name, some in asked.items():
        others = [each for each in some if each.half != half]
        before, after = _mean(others, (0.0, 0.0)), _mean(others, weights)
        wins = wins and after > before
        print(f"  {name:16} {len(others):5} {before:.4f} {after:.4f} {after - before:+.4f}")
    return wins


def _mean(asked: list[Asked], weights: tuple[float, float]) -> float:
    return mean(each.ndcg(*weights) for each in asked)


def _asked(each: RelevanceSet, engine: str) -> list[Asked]:
    print(f"asking {each.name}", file=sys.stderr)
    with indexed(each, engine) as service, ExitStack() as opened:

        def weighed(passage: float, beside: float) -> SearchService:
            changed = service.searcher.settings.replace(weight_passage=passage, weight_beside=beside)
            return SearchService(opened.enter_context(closing(Searcher(changed))))

        services = [weighed(0.0, 0.0), weighed(1.0, 0.0), weighed(0.0, 1.0)]
        return [
            _first_results(services, text, each.judgements[query]) for query, text in each.queries.items()
        ]


def _first_results(services: list[SearchService], text: str, judgements: Mapping[str, int]) -> Asked:
    """All of what is ranked anew, whatever the weights: so their scores are of the same results.

    :param services: without the weights, with one of them, and with the other.
    """
    grades = {safe_id(name): grade for name, grade in judgements.items()}
    question = Question(text, per_page=RERANKED, fields=frozenset({"id"}), facets=())
    engine, passage, beside = (
        {result.id: result.score for result in service.search(question).results} for service in services
    )
    candidates = [
        Candidate(grades.get(name, 0), score, passage[name] - score, beside[name] - score)
        for name, score in engine.items()
    ]
    return Asked(crc32(min(grades).encode()) & 1, candidates, [*grades.values()])


def _gain(grades: Iterable[int]) -> float:
    return sum(grade / log2(rank + 2) for rank, grade in zip(range(_RESULTS), grades, strict=False))


if __name__ == "__main__":
    sys.exit(main())
