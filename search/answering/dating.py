"""Days typed among the words: offered beside what the words find, or applied where they find nothing.

Whether they are applied is decided by the words alone, so that no filter and no page changes it.
"""

from __future__ import annotations

from collections.abc import Callable

from msgspec.structs import replace

from search.answer import Answer, Question
from search.answer import Period as Named
from search.query.periods import Period


def with_period(
    question: Question, period: Period, answer: Answer, ask: Callable[[Question], Answer]
) -> Answer:
    """The answer with the period that its question names, or the one that it is applied to.

    :param answer: to the words as typed.
    :param ask: answers another question, of which only numbers are wanted here.
    """
    narrowed = replace(question, text=period.rest(question.text), first=period.first, last=period.last)
    counted = ask(_numbers(narrowed))
    if question.correct and not _are_held(question, answer, ask):
        unfiltered = ask(_numbers(replace(narrowed, filters={}))) if question.filters else counted
        if _holds_all(unfiltered):
            applied = Named(narrowed.text, period.first, period.last, counted.total, applied=True)
            return replace(ask(narrowed), query=question.text, period=applied)
    if not counted.total:
        return answer
    offered = Named(narrowed.text, period.first, period.last, counted.total, applied=False)
    return replace(answer, period=offered)


def _are_held(question: Question, answer: Answer, ask: Callable[[Question], Answer]) -> bool:
    """Whether any article of the archive holds all words as they were typed, those of the period too."""
    if _holds_all(answer) and not answer.corrected:
        return True
    if not (question.filters or answer.corrected):
        return False
    return _holds_all(ask(_numbers(replace(question, filters={}, correct=False))))


def _holds_all(answer: Answer) -> bool:
    return answer.total_all > 0


def _numbers(question: Question) -> Question:
    """The same question, of whose answer only the numbers are wanted."""
    return replace(question, page=1, per_page=0, explain=False, histogram=False)
