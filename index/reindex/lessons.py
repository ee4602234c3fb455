"""Lessons: what an archive teaches while it is read: of its words, and of what its publishers repeat."""

from __future__ import annotations

import orjson

from index.analysis.learning import Learner
from index.analysis.recurring import RecurringLines
from index.documents import Document


class Lessons:
    """What articles taught. Pickles.

    :param words: which words are names, and what acronyms mean.
    :param recurring: lines that may be no text of their articles.
    """

    def __init__(self, words: Learner | None = None, recurring: RecurringLines | None = None) -> None:
        self.words = words or Learner()
        self.recurring = recurring or RecurringLines()
        self.articles = 0
        """How many articles taught this."""

    def add(self, document: Document) -> None:
        """Learn from one article."""
        self.articles += 1
        self.words.add(document.body)
        self.recurring.add(document)

    def merge(self, other: Lessons) -> None:
        """Add what others taught."""
        self.articles += other.articles
        self.words.merge(other.words)
        self.recurring.merge(other.recurring)

    def compact(self) -> Lessons:
        """Forget what is not needed any more: less to send and to merge.

        :returns: itself.
        """
        self.words.compact()
        return self

    def to_json(self) -> bytes:
        """Two lines that :meth:`from_json` reads."""
        return self.words.to_json() + b"\n" + orjson.dumps(self.recurring.to_rows())

    @classmethod
    def from_json(cls, content: bytes) -> Lessons:
        """The inverse of :meth:`to_json`.

        :raises ValueError: if the text is not what :meth:`to_json` writes.
        """
        words, _, recurring = content.partition(b"\n")
        return cls(Learner.from_json(words), RecurringLines.from_rows(orjson.loads(recurring)))
