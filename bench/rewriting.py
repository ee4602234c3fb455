"""Pairs of sets for relevance: headlines of the news archive with a part rewritten, and the same unchanged.

What is lost between the two is what the way of writing costs. Of each headline one article is right, its own,
and of the article's text alone is asked (the news are indexed without titles).
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

from bench.data import RelevanceSet, data_folder, existing, records

_SEED = 17
_FEWEST_WORDS, _MOST_WORDS = 4, 16


class Change(NamedTuple):
    """A part of a question that may be written otherwise.

    :param kind: what is changed, for the report.
    :param start: where the part begins; ``end`` is where it ends.
    :param other: what is written instead.
    """

    kind: str
    start: int
    end: int
    other: str


class Asked(NamedTuple):
    """One question in both ways of writing.

    :param article: id of the article whose headline it is.
    """

    kind: str
    article: str
    text: str
    rewritten: str


Changes = Callable[[str, str], Iterable[Change]]
"""(headline, text of its article) -> what may be changed."""


def questions(changes: Changes, most: int, every: bool = False) -> list[Asked]:
    """Headlines that can be rewritten, the same ones in every run.

    :param most: most of each kind.
    :param every: rewrite all parts that may be changed, instead of one that is drawn.
    """
    chance = random.Random(_SEED)
    by_kind: dict[str, list[Asked]] = {}
    for article, title, body in _headlines():
        found = sorted(changes(title, body), key=lambda change: change.start)
        if not found:
            continue
        if every:
            kind, rewritten = found[0].kind, title
            for change in reversed(found):
                rewritten = rewritten[: change.start] + change.other + rewritten[change.end :]
        else:
            change = chance.choice(found)
            kind = change.kind
            rewritten = title[: change.start] + change.other + title[change.end :]
        by_kind.setdefault(kind, []).append(Asked(kind, article, title, rewritten))
    return [
        asked
        for _, several in sorted(by_kind.items())
        for asked in (several if len(several) <= most else chance.sample(several, most))
    ]


def as_sets(name: str, asked: list[Asked]) -> list[RelevanceSet]:
    """The rewritten questions as the set of that name, the unchanged ones as ``<name>_base``."""
    news = existing(data_folder() / "news.jsonl.gz")
    queries = {name: {each.article: each.rewritten for each in asked}}
    queries[f"{name}_base"] = {each.article: each.text for each in asked}
    judgements = {each.article: {each.article: 1} for each in asked}
    return [RelevanceSet(key, news, False, texts, judgements) for key, texts in queries.items()]


def _headlines() -> Iterator[tuple[str, str, str]]:
    """(id, headline, text) of the news, of two articles with the same headline the first."""
    seen: set[str] = set()
    for record in records(existing(data_folder() / "news.jsonl.gz")):
        title = " ".join((record.get("title") or "").split())
        if _FEWEST_WORDS <= len(title.split()) <= _MOST_WORDS and title.lower() not in seen:
            seen.add(title.lower())
            yield record["id"], title, record["body"]
