"""Which of the questions that visitors asked would be answered otherwise."""

from __future__ import annotations

import time
from collections.abc import Iterable, Sequence
from datetime import timedelta

from index.settings import Settings
from search.answer import Question
from search.answering.lanes import BusyError
from search.asked.normalising import MASKED_ADDRESS, MASKED_NUMBER
from search.asked.report import AskedQuery, report
from search.asked.store import Store
from search.query.periods import today_in_jakarta
from search.teaching.effects import AskedEffect, Changed
from search.teaching.trial import Trial

SECONDS = 20.0
"""How long questions are tried; the most asked come first."""

_FIRST = 10
"""Results that are compared in their order."""


def asked_queries(settings: Settings, most: int) -> tuple[Sequence[AskedQuery], int]:
    """The questions of the log that were asked most, without those in which something is masked; and how many
    different ones there are.

    :raises QueriesError: if the log cannot be read.
    """
    today = today_in_jakarta()
    first = today - timedelta(days=max(settings.whole("query_log_days"), 1) - 1)
    found = report(Store.of(settings.text("index")), first, today, most)
    masked = MASKED_ADDRESS, MASKED_NUMBER
    return [row for row in found.queries if not any(mark in row.query for mark in masked)], found.different


def tried(rows: Iterable[AskedQuery], different: int, trial: Trial, restemmed: frozenset[str]) -> AskedEffect:
    """Try questions of the log.

    :param rows: the most asked first.
    :param restemmed: forms that only another index would find by other stems.
    """
    began, count, changed = time.monotonic(), 0, []
    for row in rows:
        if count and time.monotonic() - began > SECONDS:
            break
        count += 1
        try:
            found = _compared(row, trial, restemmed)
        except BusyError:
            continue
        if found:
            changed.append(found)
    return AskedEffect(count, different, tuple(changed))


def _compared(row: AskedQuery, trial: Trial, restemmed: frozenset[str]) -> Changed | None:
    question = Question(row.query, per_page=_FIRST, facets=(), histogram=False, fields=frozenset(["id"]))
    waits = bool(restemmed) and any(
        token.form in restemmed for token in trial.snapshot.analyzer.explain(row.query)
    )
    if waits:
        return Changed(row.query, row.searches, trial.now.search(question).total, None, None)
    if trial.now.planned(question) == trial.then.planned(question):
        return None
    before, after = trial.now.search(question), trial.then.search(question)
    other_first = [result.id for result in before.results] != [result.id for result in after.results]
    if before.total == after.total and not other_first:
        return None
    return Changed(row.query, row.searches, before.total, after.total, other_first)
