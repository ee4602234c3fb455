"""RecurringLines: which lines stand in so many articles of one publisher that they are no text of theirs.

Counted while an archive is read: lines, and what may be glued to the text around it, the first and the last
sentences of an article. Those that recur are then tried on the articles themselves, because a series of
reports repeats sentences too: what is of the article shares words with it, what a site says for itself does
not.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator
from math import ceil
from typing import Any

from index.analysis.furniture import LONGEST, Furniture, Publisher, glued_sentences, may_be_cut
from index.documents import Document

SHARE = 0.15
"""Share of a publisher's articles that has a line which is not their text, ..."""
LEAST_ARTICLES = 20
"""... and how many articles that must be at least."""
LARGE_SHARE, FEW_ARTICLES = 0.5, 10
"""The same for a line of its own in a smaller archive."""
MOST_LINES = 100
"""Lines of one publisher that are cut, the most frequent ones."""

_SHORTEST = 25
_LEAST_WORDS = 4
_MOST_KEPT = 150_000
_MOST_PUBLISHERS = 2000
_GLUED = " "
"""Stands before a sentence that is not a line of its own: no line begins so."""

_TRIALS = 30
_WORD = re.compile(r"\w{4,}")
_FAMILIAR, _FAMILIAR_IN_NEARLY_ALL = 0.25, 0.5
"""Share of the words of a line that its articles may have elsewhere too: by chance, or the place's name."""
_NEARLY_ALL = 0.75
_OF_ANY_NEWS = frozenset({"artikel", "berita", "informasi", "kabar", "news", "pembaca", "redaksi"})
_AMOUNT = re.compile(r"\d\s?%|\b(?:persen|percent)\b|\b(?:rp|usd)\b\.?\s?\d", re.IGNORECASE)


class RecurringLines:
    """Counts, publisher by publisher, in how many articles each line stands.

    Memory is bounded by dropping what was seen once.
    """

    def __init__(self) -> None:
        self._articles: Counter[str] = Counter()
        self._lines: dict[str, Counter[str]] = {}
        self._size = 0

    @property
    def size(self) -> int:
        """How many lines are remembered now."""
        return self._size

    def add(self, document: Document) -> None:
        """Count the lines of one article."""
        counter = self._counter(document.source)
        if counter is None:
            return
        self._articles[document.source] += 1
        lines = [line for raw in document.body.split("\n") if (line := raw.strip())]
        texts = {line for line in lines if _SHORTEST <= len(line) <= LONGEST}
        for sentence in glued_sentences(lines):
            if _SHORTEST <= len(sentence) <= LONGEST and sentence not in texts:
                texts.add(_GLUED + sentence)
        before = len(counter)
        counter.update(texts)
        self._grow(len(counter) - before)

    def merge(self, other: RecurringLines) -> None:
        """Add what another one counted."""
        for source, lines in other._lines.items():
            if (counter := self._counter(source)) is not None:
                self._articles[source] += other._articles[source]
                before = len(counter)
                counter.update(lines)
                self._grow(len(counter) - before)

    def settle(
        self,
        articles_with: Callable[[Collection[str]], Iterable[Document]],
        stop_words: Callable[[], Collection[str]],
    ) -> None:
        """Try the lines that recur on the articles that they were counted in, and forget all others.

        :param articles_with: gives the articles that have one of some texts, and others perhaps; asked if any
            line recurs, and no more of them are taken than are needed. The texts become fewer meanwhile.
        :param stop_words: words that say nothing of what an article is about; asked likewise.
        """
        trials = {
            source: {text: _Trial(self._familiar(source, text)) for text in self._frequent(source)}
            for source in self._lines
        }
        waiting = {source: dict(found) for source, found in trials.items() if found}
        ignored = {*stop_words(), *_OF_ANY_NEWS} if waiting else set()
        texts = Counter(text for found in waiting.values() for text in found)
        for document in articles_with(texts) if waiting else ():
            if (left := waiting.get(document.source)) is None:
                continue
            for text in left.keys() & _texts(document.body):
                left[text].add(text, document, ignored)
                if left[text].seen == min(_TRIALS, self._count(document.source, text)):
                    del left[text]
                    texts[text] -= 1
                    if not texts[text]:
                        del texts[text]
            if not left:
                del waiting[document.source]
                if not waiting:
                    break
        self._lines = {
            source: Counter(
                {text: self._count(source, text) for text, trial in found.items() if trial.passed}
            )
            for source, found in trials.items()
        }
        self._lines = {source: lines for source, lines in self._lines.items() if lines}
        self._size = sum(map(len, self._lines.values()))

    def furniture(self) -> Furniture:
        """What was found once it is settled: lines that are no text of their articles."""
        return Furniture(
            {
                source: Publisher(self._articles[source], dict(lines.most_common(MOST_LINES)))
                for source, lines in sorted(self._lines.items())
            }
        )

    def to_rows(self) -> list[tuple[str, int, dict[str, int]]]:
        """Publishers, their articles and lines: what :meth:`from_rows` reads."""
        return [(source, self._articles[source], dict(lines)) for source, lines in self._lines.items()]

    @classmethod
    def from_rows(cls, rows: Iterable[Any]) -> RecurringLines:
        """The inverse of :meth:`to_rows`.

        :raises ValueError: if it is something else.
        """
        recurring = cls()
        try:
            for source, articles, lines in rows:
                recurring._articles[str(source)] = int(articles)
                recurring._lines[str(source)] = Counter({str(line): int(lines[line]) for line in lines})
                recurring._size += len(lines)
        except (KeyError, TypeError) as error:
            raise ValueError(f"not what was counted of publishers: {error!r}") from error
        return recurring

    def _counter(self, source: str) -> Counter[str] | None:
        counter = self._lines.get(source)
        if counter is None and len(self._lines) < _MOST_PUBLISHERS:
            counter = self._lines[source] = Counter()
        return counter

    def _grow(self, by: int) -> None:
        self._size += by
        if self._size > _MOST_KEPT:
            self._prune()

    def _prune(self) -> None:
        """Forget what was seen once, then twice, ..., of the largest publishers first, until half the room is
        free: of a small one it takes long to see a line again."""
        least = 1
        while self._size > _MOST_KEPT // 2:
            for source, lines in sorted(self._lines.items(), key=lambda item: -len(item[1])):
                kept = Counter({text: count for text, count in lines.items() if count > least})
                self._lines[source] = kept
                self._size -= len(lines) - len(kept)
                if self._size <= _MOST_KEPT // 2:
                    break
            least *= 2

    def _frequent(self, source: str) -> Iterator[str]:
        """Lines that so many articles of a publisher have that they may be no text of theirs."""
        counter, articles = self._lines[source], self._articles[source]
        least = max(LEAST_ARTICLES, ceil(SHARE * articles))
        of_its_own = max(FEW_ARTICLES, ceil(LARGE_SHARE * articles))
        lowest = min(least, of_its_own)
        for text in sorted({key.removeprefix(_GLUED) for key, count in counter.items() if count >= lowest}):
            frequent = self._count(source, text) >= least or counter[text] >= of_its_own
            if frequent and _is_sentence(text):
                yield text

    def _familiar(self, source: str, text: str) -> float:
        in_nearly_all = self._count(source, text) >= _NEARLY_ALL * self._articles[source]
        return _FAMILIAR_IN_NEARLY_ALL if in_nearly_all else _FAMILIAR

    def _count(self, source: str, text: str) -> int:
        counter = self._lines[source]
        return counter[text] + counter[_GLUED + text]


class _Trial:
    """In how many articles a line was looked at, and in how many it had nothing to do with them.

    :param familiar: share of its words that they may have elsewhere too.
    """

    def __init__(self, familiar: float) -> None:
        self._familiar = familiar
        self.seen = self._apart = 0

    def add(self, text: str, document: Document, ignored: Collection[str]) -> None:
        self.seen += 1
        words = set(_WORD.findall(text.lower())).difference(ignored)
        title = document.title.lower()
        # What takes up a word of the title is of the article; other words may be there by chance.
        if words and may_be_cut(text, document) and not any(word in title for word in words):
            rest = document.body.lower().replace(text.lower(), " ")
            self._apart += sum(word in rest for word in words) <= max(1, self._familiar * len(words))

    @property
    def passed(self) -> bool:
        return self.seen > 0 and 2 * self._apart >= self.seen


def _texts(body: str) -> set[str]:
    lines = [line for raw in body.split("\n") if (line := raw.strip())]
    return {*lines, *glued_sentences(lines)}


def _is_sentence(text: str) -> bool:
    """Whether a line may go at all: labels and headings order the text, and amounts are what it tells."""
    return text[-1] != ":" and len(text.split()) >= _LEAST_WORDS and not _AMOUNT.search(text)
