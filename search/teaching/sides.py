"""What a question with the words of a line finds, now and then, and which articles it finds anew."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from index.analysis.lexicon import Lexicon, Words
from index.analysis.lexicon_entries import Entry
from index.query import Boolean, Everything, Phrase, SearchRequest, TextField
from search.answer import Question, Result
from search.opened.snapshot import Snapshot
from search.teaching.trial import Trial

EXAMPLES = 3
"""Newly found articles that are shown of each question."""

MOST_SIDES = 10
"""Questions that are tried of each line."""


@dataclass(frozen=True, slots=True)
class Side:
    """One question.

    :param text: its words.
    :param before: articles that it finds now; ``after`` then.
    :param gained: articles that it finds then and not now.
    :param examples: some of those, the best first.
    :param holding: articles whose body holds its words in a row now.
    """

    text: str
    before: int
    after: int
    gained: int
    examples: tuple[Result, ...]
    holding: int

    @property
    def lost(self) -> int:
        """Articles that it finds now and not then."""
        return self.before + self.gained - self.after

    @property
    def is_changed(self) -> bool:
        """Whether it finds other articles then."""
        return bool(self.gained or self.lost)


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
    holding = holding_in_a_row(words, trial.snapshot)
    if trial.now.planned(question) == trial.then.planned(question):
        return Side(question.text, before, before, 0, (), holding)
    after = trial.then.search(question).total
    anew = Boolean(must=(Everything(),), must_not=(trial.now.found_by(question),))
    found = trial.then.search(replace(question, per_page=EXAMPLES, restrict=anew))
    return Side(question.text, before, after, found.total, found.results, holding)


def holding_in_a_row(words: Words, snapshot: Snapshot) -> int:
    """How many articles have words in a row in their bodies, in any inflection."""
    stems = tuple(map(snapshot.analyzer.stem, words))
    if len(stems) == 1:
        return snapshot.reader.document_frequency(TextField.BODY, stems[0])
    return snapshot.reader.search(SearchRequest(Phrase(TextField.BODY, stems), limit=0)).total


def missing(sides: Sequence[Side]) -> Iterator[str]:
    """The words that no article has."""
    return (side.text for side in sides if not side.holding and not side.before)
