"""Whether versions and relatives of articles are found: ``python -m bench.similar [--engine NAME]``.

Versions: all pairs of news articles are compared exactly, whole texts as sets of runs of four words. Printed:
how many pairs are versions of each other by that, how many of these are found, and how many others.
Relatives: the first five of an article of the set ``topics`` are about its topic or not; and an article of
which others share some runs, but not enough to be versions, has one of these among its first five or not.
Beside both stands what a search for the article's headline gives.
"""

from __future__ import annotations

import argparse
import re
import sys
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from random import Random
from statistics import mean

import numpy as np
from scipy import sparse

from bench.data import DataMissingError, RelevanceSet, data_folder, relevance_sets
from bench.evaluate import indexed, safe_id
from index.documents import Document
from index.engines.registry import DEFAULT_ENGINE, engine_names
from search.answer import Question
from search.answering.service import SearchService
from search.answering.similar import RELATED
from search.similar.folding import fold
from search.similar.signatures import DAYS, RESEMBLANCE, Signature

_WORD = re.compile(r"\w+")
_RUN = 4
_LEAST_SHARED = 0.15
"""Resemblance from which on two reports of about the same days are taken to be about one event."""

_STEP = 500
_SOME = 500
"""Articles drawn for what would take too long with all."""

Find = Callable[[Document], list[str]]


@dataclass
class Pairs:
    """Pairs of articles by their ids, the lesser first.

    :param alike: with enough runs in common, whatever their days and numbers.
    :param versions: of these, published about the same days and with the same numbers.
    :param sisters: with fewer runs in common, published about the same days.
    """

    alike: int = 0
    versions: set[tuple[str, str]] = field(default_factory=set)
    sisters: set[tuple[str, str]] = field(default_factory=set)


def main(arguments: list[str] | None = None) -> int:
    """Measure and print; 2 if data is missing."""
    parser = argparse.ArgumentParser(description="Measure versions and relatives.")
    parser.add_argument("--engine", choices=engine_names(), default=DEFAULT_ENGINE)
    engine = parser.parse_args(arguments).engine
    news = RelevanceSet("news", data_folder() / "news.jsonl.gz", True, {}, {})
    try:
        (topics,) = relevance_sets(["topics"])
        with indexed(news, engine) as service:
            _measure_news(service)
    except DataMissingError as error:
        print(error, file=sys.stderr)
        return 2
    with indexed(topics, engine) as service:
        _measure_topics(service, topics)
    return 0


def _measure_news(service: SearchService) -> None:
    documents = _documents(service)
    pairs = _all_pairs(documents)
    print(f"articles {len(documents)}; pairs alike {pairs.alike}, versions {len(pairs.versions)}")
    signed = [(document.id, Signature.of(document)) for document in documents]
    folded = {_pair(leader, other) for leader, others in fold(signed).items() for other in others}
    standing = {id_ for pair in pairs.versions for id_ in pair}
    print(f"versions among {len(standing)} articles; folded in a list of all: {len(folded)}", end=" ")
    print(f"of which versions {_share(folded & pairs.versions, folded)}")
    random = Random(1)
    others = random.sample([document for document in documents if document.id not in standing], _SOME)
    found = {
        _pair(document.id, other.id)
        for document in (*(document for document in documents if document.id in standing), *others)
        if (similar := service.similar(document.id))
        for other in similar.versions
    }
    print(f"beside articles: {len(found)} pairs, precision {_share(found & pairs.versions, found)},", end=" ")
    print(f"recall {_share(found & pairs.versions, pairs.versions)}")
    sisters: defaultdict[str, set[str]] = defaultdict(set)
    for one, other in pairs.sisters:
        sisters[one].add(other)
        sisters[other].add(one)
    some = random.sample([document for document in documents if document.id in sisters], _SOME)
    for name, find in (("relatives", _relatives(service)), ("search for headline", _headline(service))):
        hits = [bool(sisters[document.id].intersection(find(document))) for document in some]
        print(f"{len(some)} articles with another about one event: {name} hold one {mean(hits):.3f}")


def _measure_topics(service: SearchService, topics: RelevanceSet) -> None:
    about: defaultdict[str, set[str]] = defaultdict(set)
    for topic, grades in topics.judgements.items():
        for id_, grade in grades.items():
            if grade > 0:
                about[safe_id(id_)].add(topic)
    sizes = [len(judged) for judged in topics.judgements.values()]
    chance = mean(sizes) / len(about)
    documents = [document for document in _documents(service) if document.id in about]
    print(f"{len(documents)} articles on {len(sizes)} topics; any of these for another: about {chance:.3f}")
    for name, find in (("relatives", _relatives(service)), ("search for headline", _headline(service))):
        lists = [(about[document.id], find(document)) for document in documents]
        judged = [[bool(own & about[id_]) for id_ in ids if id_ in about] for own, ids in lists]
        on_topic = sum(map(sum, judged))
        shown = sum(len(ids) for _, ids in lists)
        print(f"{name}: {shown / len(lists):.2f} each, on its topic {on_topic / shown:.3f} of all,", end=" ")
        print(f"{on_topic / sum(map(len, judged)):.3f} of those with any topic")


def _relatives(service: SearchService) -> Find:
    def find(document: Document) -> list[str]:
        similar = service.similar(document.id)
        return [each.id for each in similar.results] if similar else []

    return find


def _headline(service: SearchService) -> Find:
    def find(document: Document) -> list[str]:
        results = service.search(Question(document.title, per_page=RELATED + 1)).results
        return [result.id for result in results if result.id != document.id][:RELATED]

    return find


def _documents(service: SearchService) -> list[Document]:
    with service.searcher.use() as snapshot:
        ids = sorted(id_ for id_, _ in snapshot.reader.hashes())
        return [document for document in snapshot.reader.documents(ids) if document is not None]


def _all_pairs(documents: list[Document]) -> Pairs:
    """Every pair that has runs in common, by the words of whole texts, not by signatures."""
    words = [_WORD.findall(document.body.lower()) for document in documents]
    runs = [{hash(tuple(each[i : i + _RUN])) for i in range(len(each) - _RUN + 1)} for each in words]
    numbers = [{word for word in each if word.isdecimal()} for each in words]
    sizes = np.array([len(each) for each in runs])
    columns = np.unique(np.concatenate([np.fromiter(each, np.int64) for each in runs]), return_inverse=True)[
        1
    ]
    ones = np.ones(len(columns), np.int32)
    matrix = sparse.csr_matrix((ones, (np.repeat(np.arange(len(runs)), sizes), columns)))
    transposed = matrix.T.tocsr()
    found = Pairs()
    for first in range(0, len(runs), _STEP):
        common = (matrix[first : first + _STEP] @ transposed).tocoo()
        rows = common.row + first
        share = common.data / (sizes[rows] + sizes[common.col] - common.data)
        some = (common.col > rows) & (share >= _LEAST_SHARED)
        for one, other, value in zip(rows[some], common.col[some], share[some], strict=True):
            near = _is_near(documents[one], documents[other])
            pair = _pair(documents[one].id, documents[other].id)
            if value < RESEMBLANCE:
                found.sisters |= {pair} if near else set()
                continue
            found.alike += 1
            fewer = min(len(numbers[one]), len(numbers[other]))
            if near and fewer - len(numbers[one] & numbers[other]) <= max(1, fewer / 5):
                found.versions.add(pair)
    return found


def _is_near(one: Document, other: Document) -> bool:
    if one.published is None or other.published is None:
        return True
    return abs((one.published - other.published).days) <= DAYS


def _pair(one: str, other: str) -> tuple[str, str]:
    return (one, other) if one < other else (other, one)


def _share(part: Iterable[object], whole: Iterable[object]) -> str:
    return f"{len(set(part)) / max(1, len(set(whole))):.3f}"


if __name__ == "__main__":
    sys.exit(main())
