"""What is known of an index without asking the cluster: documents, lengths, words, values, days; as a file.

::

    8 bytes   length of the head
    head      JSON: documents, tokens of each field, values of each facet, days, where the words lie
    words     of each field: frequencies (uint32), ends (uint64), text; see :class:`Words`
    16 bytes  BLAKE2b of all before
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from hashlib import blake2b
from typing import Any

import numpy as np
import orjson
from msgspec import Struct, field

from index.engines.opensearch.prepare import Counts
from index.engines.opensearch.words import Words, no_words
from index.query import Facet, TextField

_DIGEST = 16
_FIELDS = tuple(TextField)
_FACETS = tuple(Facet)
# Changes of words that are kept one by one before they are worked in.
_MOST_CHANGES = 500_000


class Statistics(Struct):
    """The statistics of one commit.

    :param documents: how many there are.
    :param tokens: sums of the lengths of each field.
    :param values: facet -> value as written -> number of documents.
    :param days: see :attr:`index.query.SearchPage.days`.
    :param words: the terms of each field.
    """

    documents: int = 0
    tokens: dict[TextField, int] = field(default_factory=lambda: dict.fromkeys(TextField, 0))
    values: dict[Facet, Counter[str]] = field(default_factory=lambda: {facet: Counter() for facet in Facet})
    days: Counter[int] = field(default_factory=Counter)
    words: dict[TextField, Words] = field(default_factory=lambda: {each: no_words() for each in TextField})

    def average(self, field: TextField) -> float:
        """Tokens of a field, on average over all documents."""
        return _average(self.tokens[field], self.documents)

    def dump(self) -> list[bytes]:
        """The file, in pieces."""
        places, parts, at = {}, [], 0
        for each, words in self.words.items():
            own = (
                words.frequencies.astype("<u4").tobytes(),
                words.ends.astype("<u8").tobytes(),
                bytes(words.text),
            )
            # A multiple of eight, so that numbers may be read where they lie.
            padded = [part + bytes(-len(part) % 8) for part in own]
            ends = at + len(padded[0])
            places[each.value] = [len(words), at, ends, ends + len(padded[1]), len(own[2])]
            at += sum(map(len, padded))
            parts += padded
        head = orjson.dumps(
            {
                "documents": self.documents,
                "tokens": {each.value: tokens for each, tokens in self.tokens.items()},
                "values": {facet.value: list(counts.items()) for facet, counts in self.values.items()},
                "days": sorted(self.days.items()),
                "words": places,
            }
        )
        head += b" " * (-len(head) % 8)
        parts = [len(head).to_bytes(8, "little"), head, *parts]
        digest = blake2b(digest_size=_DIGEST)
        for part in parts:
            digest.update(part)
        return [*parts, digest.digest()]


def is_whole(content: Any) -> bool:
    """Whether a file is as it was written."""
    view = memoryview(content)
    return len(view) > _DIGEST and blake2b(view[:-_DIGEST], digest_size=_DIGEST).digest() == view[-_DIGEST:]


def load(content: Any) -> Statistics:
    """The statistics of a file that is whole.

    :param content: its bytes, or a memory map of them, which is read where it lies.
    """
    view = memoryview(content)
    start = 8 + int.from_bytes(view[:8], "little")
    head = orjson.loads(view[8:start])
    words = {}
    for each in _FIELDS:
        count, frequencies, ends, text, size = head["words"][each]
        words[each] = Words(
            view[start + text : start + text + size],
            np.frombuffer(view, "<u8", count, start + ends),
            np.frombuffer(view, "<u4", count, start + frequencies),
        )
    return Statistics(
        head["documents"],
        {each: head["tokens"][each] for each in _FIELDS},
        {facet: Counter(dict(head["values"][facet])) for facet in _FACETS},
        Counter(dict(head["days"])),
        words,
    )


def _average(tokens: int, documents: int) -> float:
    return tokens / documents if documents else 0.0


class Counting:
    """Statistics on their way: what documents that come and go change in those of the last commit.

    :param before: the last commit's; they stay as they are.
    """

    def __init__(self, before: Statistics) -> None:
        self._documents = before.documents
        self._tokens = dict(before.tokens)
        self._values = {facet: Counter(counts) for facet, counts in before.values.items()}
        self._days = Counter(before.days)
        self._words = dict(before.words)
        self._changes: dict[int, Counter[str]] = {}

    @property
    def documents(self) -> int:
        """How many there are."""
        return self._documents

    def averages(self) -> dict[TextField, float]:
        """Tokens of each field now, on average over all documents."""
        return {each: _average(self._tokens[each], self._documents) for each in _FIELDS}

    def count(self, documents: Sequence[Counts], sign: int) -> None:
        """Count documents.

        :param sign: 1 for those that come, -1 for those that go.
        """
        self._documents += sign * len(documents)
        terms: dict[str, list[str]] = {}
        for counts in documents:
            self._days[counts.day] += sign
            for fields, some in counts.terms.items():
                terms.setdefault(fields, []).append(some)
        for place, each in enumerate(_FIELDS):
            self._tokens[each] += sign * sum([counts.tokens[place] for counts in documents])
        for fields, texts in terms.items():
            changes = self._changes.setdefault(int(fields), Counter())
            if sign > 0:
                changes.update(" ".join(texts).split(" "))
            else:
                changes.subtract(" ".join(texts).split(" "))
        if sum(map(len, self._changes.values())) > max(
            _MOST_CHANGES, sum(map(len, self._words.values())) // 4
        ):
            self._work_in()
        for place, facet in enumerate(_FACETS):
            values = Counter([value for counts in documents for value in counts.facets[place]])
            if sign > 0:
                self._values[facet].update(values)
            else:
                self._values[facet].subtract(values)

    def statistics(self) -> Statistics:
        """What is counted now."""
        self._work_in()
        return Statistics(
            self._documents,
            self._tokens,
            {facet: +counts for facet, counts in self._values.items()},
            +self._days,
            self._words,
        )

    def _work_in(self) -> None:
        """Bring the words up to date."""
        for place, each in enumerate(_FIELDS):
            changes: dict[str, int] = {}
            for fields, counts in self._changes.items():
                if fields >> place & 1:
                    for term, difference in counts.items():
                        changes[term] = changes.get(term, 0) + difference
            if changes:
                self._words[each] = self._words[each].changed(changes)
        self._changes = {}
