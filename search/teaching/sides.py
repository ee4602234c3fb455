"""What a question with the words of a line finds, now and then, and which articles it finds anew."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from msgspec.structs import replace

from index.analysis.lexicon import Lexicon, Words
from index.analysis.lexicon_files import Entry
from index.query import Boolean, Everything
from search.answer import Question
from search.teaching.effects import EXAMPLES, Side
from search.teaching.trial import Trial

MOST_SIDES = 10
"""Questions that are tried of each line."""


def counting(text: str) -> Question:
    """A question of which only the number of articles is wanted."""
    return Question(text, per_page=0, facets=(), histogram=False, period=False)


def sides_of(entry: Entry, trial: Trial, before: Lexicon) -> list[Side]:
    """What becomes of a question with the words on each side of a line.

    :param before: the lexicon in force, which knows what a line that takes something away speaks of.
    """
    others = entry.others or (_led_to(entry, before) if entry.removes else ())
    words = list(dict.fromkeys((entry.words, *others)))[:MOST_SIDES]
    return [_side(each, trial) for each in words]


def _led_to(entry: Entry, lexicon: Lexicon) -> Sequence[Words]:
    relations = {
        "synonyms": lexicon.synonyms,
        "variants": lexicon.variants,
        "acronyms": lexicon.acronyms,
    }
    return relations[entry.section].get(entry.words, ()) if entry.section in relations else ()


def _side(words: Words, trial: Trial) -> Side:
    question = counting(" ".join(words))
    before = trial.now.search(question).total
    holding = trial.holding(words)
    if trial.now.planned(question) == trial.then.planned(question):
        return Side(question.text, before, before, 0, (), holding)
    after = trial.then.search(question).total
    anew = Boolean(must=(Everything(),), must_not=(trial.now.found_by(question),))
    found = trial.then.search(replace(question, per_page=EXAMPLES, restrict=anew))
    return Side(question.text, before, after, found.total, found.results, holding)


def missing(sides: Sequence[Side]) -> Iterator[str]:
    """The words that no article has."""
    return (side.text for side in sides if not side.holding and not side.before)
