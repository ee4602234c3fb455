"""Learning from the archive itself which words are names and what its acronyms mean, in one pass.

A word that is nearly always capitalised inside sentences is a name, and a name is its own stem: ``Sarani`` is
not of ``saran``. Words of institutions are capitalised too (``Kearsipan``, ``Pertanahan``): a word with both
a prefix and a suffix around a root in common use stays inflected. Which names are spelt otherwise too
(:mod:`index.analysis.sound`) changes no stem, and so a name that was seen once is known.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from typing import Any

import orjson

from index.analysis.acronyms import content_words, pairs
from index.analysis.learned import LearnedWords
from index.analysis.lexicon import Lexicon
from index.analysis.stemmer import Stem, Stemmer
from index.analysis.wordlists import sastrawi_roots

LEAST_SEEN = 5
"""How often a word must have been seen inside sentences to be a name."""
LEAST_SHARE = 0.95
"""Share of these that must be capitalised."""
LEAST_SPELT = 0.8
"""Likewise of a word that is no Indonesian root: texts that are all in small letters have names, too."""
COMMON_ROOT = 10
"""How often a root must be used in lower case to be in common use."""
DOMINANT_SHARE = 0.5
"""Share of an acronym's explanations that its dominant reading must have."""

_MOST_KEPT = 300_000
_MOST_PIECES = 100_000
_MANY_NAMES = 2000
"""Words seen capitalised inside sentences from which on these show names enough: looking at the beginnings of
sentences too takes a third of the time, and only a few articles need it."""
# The leading blank is what makes the search for these fast.
_INSIDE_SENTENCE = re.compile(r" (?<=[a-z,] )([A-Z][a-z]+)(?![\w'’-])")
_EDGES = ".,;:!?()[]\"'“”‘’-–*"

_NASAL = ("peng-", "pem-", "peny-", "meng-", "mem-", "meny-")
_BEHIND_VERBS = ("-nya", "-lah", "-ku", "-mu", "-kan")


class Learner:
    """Counts over texts in one pass; memory is bounded by dropping what was seen once."""

    def __init__(self) -> None:
        self._capitalised: Counter[str] = Counter()
        self._titled: Counter[str] = Counter()
        self._pieces: Counter[str] = Counter()
        self._lower: Counter[str] = Counter()
        self._pairs: Counter[tuple[str, tuple[str, ...]]] = Counter()

    def add(self, text: str) -> None:
        """Learn from one text."""
        self._capitalised.update(_INSIDE_SENTENCE.findall(text))
        words = text.split()
        self._pieces.update(filter(str.islower, words))
        if len(self._capitalised) < _MANY_NAMES:
            self._titled.update(filter(str.istitle, words))
        if "(" in text:
            self._pairs.update(set(pairs(text)))
        if len(self._pieces) > _MOST_PIECES:
            self.compact()
        self._prune()

    def merge(self, other: Learner) -> None:
        """Add what another learner counted."""
        other.compact()
        self._capitalised.update(other._capitalised)
        self._titled.update(other._titled)
        self._lower.update(other._lower)
        self._pairs.update(other._pairs)
        self._prune()

    def compact(self) -> Learner:
        """Keep the words of the pieces of text met so far and forget the pieces: less to send and to merge.

        :returns: itself.
        """
        lower = self._lower
        for piece, count in self._pieces.items():
            word = piece if piece.isalpha() else piece.strip(_EDGES)
            if word.isascii() and word.isalpha():
                lower[word] = lower.get(word, 0) + count
        self._pieces.clear()
        titled, self._titled = self._titled, Counter()
        for piece, count in titled.items():
            word = piece if piece.isalpha() else piece.strip(_EDGES)
            if word.isascii() and word.isalpha() and word not in self._capitalised:
                self._titled[word] += count
        return self

    def forget(self) -> None:
        """Forget everything."""
        for counter in self._counters():
            counter.clear()

    def to_json(self) -> bytes:
        """A text that :meth:`from_json` reads."""
        self.compact()
        pairs = [(short, " ".join(long), count) for (short, long), count in self._pairs.items()]
        counted = {"capitalised": self._capitalised, "titled": self._titled, "lower": self._lower}
        return orjson.dumps({**counted, "pairs": pairs})

    @classmethod
    def from_json(cls, content: bytes) -> Learner:
        """The inverse of :meth:`to_json`.

        :raises ValueError: if the text is not what :meth:`to_json` writes.
        """
        learner = cls()
        try:
            record = orjson.loads(content)
            learner._capitalised.update(record["capitalised"])
            learner._titled.update(record["titled"])
            learner._lower.update(record["lower"])
            for short, long, count in record["pairs"]:
                learner._pairs[short, tuple(long.split(" "))] = count
        except (KeyError, TypeError, AttributeError) as error:
            raise ValueError(f"not what a learner counted: {error!r}") from error
        return learner

    def _counters(self) -> tuple[Counter[Any], ...]:
        return (self._capitalised, self._titled, self._pieces, self._lower, self._pairs)

    def _prune(self) -> None:
        for counter in self._counters():
            if len(counter) > _MOST_KEPT:
                _drop_rare(counter)

    def result(self, lexicon: Lexicon) -> LearnedWords:
        """What the texts taught beyond the lexicon.

        :param lexicon: built-in and owner's words, whose stems are questioned.
        """
        lower = self.compact()._lower
        return LearnedWords(dict(sorted(self._names(lexicon, lower))), dict(sorted(self._acronyms(lower))))

    def with_acronyms(self, known: LearnedWords, lexicon: Lexicon) -> LearnedWords:
        """What is known of an archive and, beyond it, the acronyms that these texts explain.

        A few texts do not show which words are everyday words, so Indonesian words are no acronyms here. A
        reading that the archive has explained before stands, unless these texts alone explain another one
        more often.

        :returns: equal to what is known unless there is another acronym or reading.
        """
        words = sastrawi_roots() | lexicon.roots | lexicon.stop_words | lexicon.question_words
        acronyms = dict(known.acronyms)
        for short, long, count in self._dominant():
            before, seen = acronyms.get(short, ((), 0))
            if count > seen and content_words(before) != content_words(long) and short not in words:
                acronyms[short] = long, count
        return LearnedWords(known.names, acronyms)

    def spelt_names(self) -> set[str]:
        """The words that these texts show to be names, as far as that says how they may be spelt.

        Words never seen in small letters will do, but for roots; where there are few names, also those that
        stand at the beginning of a sentence alone.
        """
        lower, roots = self.compact()._lower, sastrawi_roots()
        titled = self._titled if len(self._capitalised) < _MANY_NAMES else ()
        found = {form for word in titled if not lower[form := word.lower()] and form not in roots}
        for word, upper in self._capitalised.items():
            form = word.lower()
            least, share = 1, LEAST_SPELT
            if form in roots:
                least, share = (LEAST_SEEN if lower[form] else 1), LEAST_SHARE
            if upper >= max(least, share * (upper + lower[form])):
                found.add(form)
        return found

    def _names(self, lexicon: Lexicon, lower: Counter[str]) -> list[tuple[str, tuple[int, int]]]:
        stemmer = Stemmer(lexicon)
        names = []
        for word, upper in self._capitalised.items():
            form = word.lower()
            if (
                upper >= LEAST_SEEN
                and upper >= LEAST_SHARE * (upper + lower[form])
                and form not in lexicon.stems
            ):
                stem = stemmer.stem(form)
                if stem.stem != form and not self._is_inflected(stem, lower):
                    names.append((form, (upper, lower[form])))
        return names

    def _is_inflected(self, stem: Stem, lower: Counter[str]) -> bool:
        """Whether a capitalised word is the regular inflection of a word in use rather than a name."""
        if not stem.affixes:
            return False
        first, last = stem.affixes[0], stem.affixes[-1]
        if first in _NASAL:
            # Bodies and offices are written with capitals (Badan Pengawas Pemilu); names hardly ever look so.
            return True
        if first == "di-" or last in _BEHIND_VERBS:
            return lower[stem.stem] + self._capitalised[stem.stem.capitalize()] >= COMMON_ROOT
        return first.endswith("-") and last.startswith("-") and lower[stem.stem] >= COMMON_ROOT

    def _acronyms(self, lower: Counter[str]) -> list[tuple[str, tuple[tuple[str, ...], int]]]:
        # A short form that is an everyday word in lower case (tim, bos) would be expanded far too often.
        return [
            (short, (long, count)) for short, long, count in self._dominant() if lower[short] <= 2 * count
        ]

    def _dominant(self) -> Iterator[tuple[str, tuple[str, ...], int]]:
        """(short form, its dominant long form, times explained so) of the acronyms that have one."""
        readings: dict[str, dict[tuple[str, ...], Counter[tuple[str, ...]]]] = {}
        for (short, long), count in self._pairs.items():
            readings.setdefault(short, {}).setdefault(content_words(long), Counter())[long] += count
        for short, spellings in readings.items():
            counts = {content: sum(spelt.values()) for content, spelt in spellings.items()}
            content = min(counts, key=lambda words: (-counts[words], len(words), words))
            count = counts[content]
            if count >= DOMINANT_SHARE * sum(counts.values()):
                spelt = spellings[content]
                yield short, min(spelt, key=lambda words: (-spelt[words], words)), count


def _drop_rare(counter: Counter[Any]) -> None:
    """Forget what was seen once, then twice, ... until half the room is free."""
    least = 1
    while len(counter) > _MOST_KEPT // 2:
        for key in [key for key, count in counter.items() if count <= least]:
            del counter[key]
        least *= 2
