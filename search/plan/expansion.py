"""Other forms of what was typed as the lexicon knows them: acronyms, synonyms, other ways of writing."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from index.analysis.lexicon import Lexicon
from search.plan.tokens import QueryToken


@dataclass(frozen=True, slots=True)
class OtherForms:
    """Words of a query that have other forms.

    :param first: index of the first word; ``count`` words belong together.
    :param forms: the other forms, each as its words in order.
    """

    first: int
    count: int
    forms: tuple[tuple[QueryToken, ...], ...]


@dataclass(slots=True)
class _Rule:
    tokens: tuple[QueryToken, ...]
    others: dict[tuple[str, ...], tuple[QueryToken, ...]]


class _Rules:
    """Words and their other forms."""

    def __init__(self, stem: Callable[[str], str]) -> None:
        self._stem = stem
        self._rules: dict[tuple[str, ...], _Rule] = {}
        self._by_first: dict[str, list[_Rule]] = {}

    def __contains__(self, words: tuple[str, ...]) -> bool:
        return words in self._rules

    def add(self, words: tuple[str, ...], other: tuple[str, ...]) -> None:
        if words == other:
            return
        rule = self._rules.get(words)
        if rule is None:
            rule = self._rules[words] = _Rule(self._tokens(words), {})
            self._by_first.setdefault(rule.tokens[0].stem, []).append(rule)
        rule.others.setdefault(other, self._tokens(other))

    def find(self, tokens: Sequence[QueryToken]) -> Iterator[OtherForms]:
        index = 0
        while index < len(tokens):
            rule = self._longest(tokens, index)
            if rule is None:
                index += 1
                continue
            yield OtherForms(index, len(rule.tokens), tuple(rule.others.values()))
            index += len(rule.tokens)

    def _tokens(self, words: tuple[str, ...]) -> tuple[QueryToken, ...]:
        return tuple(QueryToken(form, self._stem(form), place) for place, form in enumerate(words))

    def _longest(self, tokens: Sequence[QueryToken], index: int) -> _Rule | None:
        fitting = [
            rule for rule in self._by_first.get(tokens[index].stem, ()) if _fits(rule.tokens, tokens, index)
        ]

        def closeness(rule: _Rule) -> tuple[int, int]:
            # kedutaan besar is not duta besar
            forms = zip(rule.tokens, tokens[index:], strict=False)
            return len(rule.tokens), sum(token.form == typed.form for token, typed in forms)

        return max(fitting, key=closeness, default=None)


class Expander:
    """Finds other forms in a lexicon. Immutable; safe to share between threads.

    An acronym with several long forms stands for the first, its dominant reading; each long form has its
    acronym. Synonyms go from the words of a rule to its others, not back; ways of writing go both ways.
    """

    def __init__(self, lexicon: Lexicon, stem: Callable[[str], str]) -> None:
        self._meant = _Rules(stem)
        self._written = _Rules(stem)
        for short, longs in lexicon.acronyms.items():
            self._meant.add(short, longs[0])
            for long in longs:
                self._meant.add(long, short)
        for words, others in lexicon.synonyms.items():
            for other in others:
                self._meant.add(words, other)
        for words, others in lexicon.variants.items():
            for other in others:
                self._written.add(words, other)

    def __contains__(self, form: str) -> bool:
        """Whether a single word has other forms that mean the same: synonyms, an acronym, its long form."""
        return (form,) in self._meant

    def find(self, tokens: Sequence[QueryToken]) -> list[OtherForms]:
        """The runs of neighbouring words that have other forms that mean the same, without overlaps; the
        longest win."""
        return list(self._meant.find(tokens))

    def is_written_otherwise(self, form: str) -> bool:
        """Whether a single word has other ways of writing."""
        return (form,) in self._written

    def find_written(self, tokens: Sequence[QueryToken]) -> list[OtherForms]:
        """Likewise the runs that are written otherwise too."""
        return list(self._written.find(tokens))


def _fits(wanted: tuple[QueryToken, ...], tokens: Sequence[QueryToken], index: int) -> bool:
    """Whether the words stand there: a single one as written, several in any inflection."""
    there = tokens[index : index + len(wanted)]
    if len(wanted) == 1:
        return there[0].form == wanted[0].form
    return len(there) == len(wanted) and all(
        token.stem == word.stem and token.position == there[0].position + word.position
        for token, word in zip(there, wanted, strict=True)
    )
