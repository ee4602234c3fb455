"""Other forms of what was typed: acronyms and their long forms, and synonyms, as the lexicon knows them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from index.analysis.analyzer import Analyzer
from search.plan.recipe import Token

__all__ = ["Expander", "OtherForms"]


@dataclass(frozen=True, slots=True)
class OtherForms:
    """Words of a query that have other forms.

    :param first: index of the first word; ``count`` words belong together.
    :param forms: the other forms, each as its words in order.
    """

    first: int
    count: int
    forms: tuple[tuple[Token, ...], ...]


@dataclass(slots=True)
class _Entry:
    tokens: tuple[Token, ...]
    others: dict[tuple[str, ...], tuple[Token, ...]]


class Expander:
    """Finds other forms in the analyzer's lexicon. Immutable; safe to share between threads.

    An acronym with several long forms stands for the first, its dominant reading; each long form has its
    acronym. Synonyms go from the words of an entry to its others, not back.
    """

    def __init__(self, analyzer: Analyzer) -> None:
        self._analyzer = analyzer
        self._entries: dict[tuple[str, ...], _Entry] = {}
        self._by_first: dict[str, list[_Entry]] = {}
        lexicon = analyzer.lexicon
        for short, longs in lexicon.acronyms.items():
            self._add(short, longs[0])
            for long in longs:
                self._add(long, short)
        for words, others in lexicon.synonyms.items():
            for other in others:
                self._add(words, other)

    def __contains__(self, form: str) -> bool:
        """Whether a single word has other forms."""
        return (form,) in self._entries

    def find(self, tokens: Sequence[Token]) -> list[OtherForms]:
        """The runs of neighbouring words that have other forms, without overlaps; the longest win."""
        found: list[OtherForms] = []
        index = 0
        while index < len(tokens):
            entry = self._longest(tokens, index)
            if entry is None:
                index += 1
                continue
            found.append(OtherForms(index, len(entry.tokens), tuple(entry.others.values())))
            index += len(entry.tokens)
        return found

    def _add(self, words: tuple[str, ...], other: tuple[str, ...]) -> None:
        if words == other:
            return
        entry = self._entries.get(words)
        if entry is None:
            entry = self._entries[words] = _Entry(self._tokens(words), {})
            self._by_first.setdefault(entry.tokens[0].stem, []).append(entry)
        entry.others.setdefault(other, self._tokens(other))

    def _tokens(self, words: tuple[str, ...]) -> tuple[Token, ...]:
        return tuple(Token(form, self._analyzer.stem(form), place) for place, form in enumerate(words))

    def _longest(self, tokens: Sequence[Token], index: int) -> _Entry | None:
        fitting = [
            entry
            for entry in self._by_first.get(tokens[index].stem, ())
            if _fits(entry.tokens, tokens, index)
        ]
        return max(fitting, key=lambda entry: len(entry.tokens), default=None)


def _fits(wanted: tuple[Token, ...], tokens: Sequence[Token], index: int) -> bool:
    """Whether the words stand there: a single one as written, several in any inflection."""
    there = tokens[index : index + len(wanted)]
    if len(wanted) == 1:
        return there[0].form == wanted[0].form
    return len(there) == len(wanted) and all(
        token.stem == word.stem and token.position == there[0].position + word.position
        for token, word in zip(there, wanted, strict=True)
    )
