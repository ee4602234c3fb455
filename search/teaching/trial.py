"""Trial: who answers by the lexicon in force, and who would answer by another one."""

from __future__ import annotations

from typing import Protocol

from msgspec import Struct

from index.analysis.lexicon import Words
from index.query import Phrase, Query, SearchRequest, TextField
from search.answer import Answer, Question
from search.opened.snapshot import Snapshot
from search.plan.planning import Plan


class Service(Protocol):
    """What a trial asks of a :class:`~search.answering.service.SearchService`."""

    def search(self, question: Question) -> Answer:
        """Answer a question."""

    def planned(self, question: Question) -> tuple[Plan, ...]:
        """What is tried in turn for a question."""

    def found_by(self, question: Question) -> Query:
        """The tree that finds the articles of a question."""


class Trial(Struct, frozen=True):
    """Who answers ``now``, and who would answer ``then``.

    :param snapshot: the index that both ask, with the words that questions are asked by now.
    """

    now: Service
    then: Service
    snapshot: Snapshot

    def holding(self, words: Words) -> int:
        """How many articles have words in a row in their bodies, in any inflection."""
        stems = tuple(map(self.snapshot.analyzer.stem, words))
        reader = self.snapshot.reader
        if len(stems) == 1:
            return reader.document_frequency(TextField.BODY, stems[0])
        return reader.search(SearchRequest(Phrase(TextField.BODY, stems), limit=0)).total
