"""Other forms of what was typed as the lexicon knows them: acronyms, synonyms, other ways of writing."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import TypeAlias

from msgspec import Struct

from index.analysis.lexicon import Lexicon
from search.plan.tokens import QueryToken


class OtherForms(Struct, frozen=True):
    """Words of a query that have other forms.

    :param first: index of the first word; ``count`` words belong together.
    :param forms: the other forms, each as its words in order.
    """

    first: int
    count: int
    forms: tuple[tuple[QueryToken, ...], ...]


_Tokens: TypeAlias = tuple[QueryToken, ...]
_Words: TypeAlias = tuple[str, ...]


class _Rules:
    """Words and their other forms: a single one as written, several in any inflection.

    Few of tens of thousands are ever asked for: they are kept as texts, and analysed when they are.

    :param rules: words and one of their other forms, in order of preference.
    """

    def __init__(self, stem: Callable[[str], str], rules: Iterable[tuple[_Words, _Words]]) -> None:
        self._stem = stem
        others: dict[str, dict[str, None]] = {}
        by_first: dict[str, list[str]] = {}
        for words, other in rules:
            if words == other:
                continue
            text = " ".join(words)
            if text not in others:
                others[text] = {}
                if len(words) > 1:  # a single one is found as it is written
                    by_first.setdefault(stem(words[0]), []).append(text)
            others[text][" ".join(other)] = None
        self._others = {text: "\n".join(forms) for text, forms in others.items()}
        self._by_first = {first: "\n".join(texts) for first, texts in by_first.items()}

    def __contains__(self, word: str) -> bool:
        return word in self._others

    def find(self, tokens: Sequence[QueryToken]) -> Iterator[OtherForms]:
        index = 0
        while index < len(tokens):
            text = self._longest(tokens, index)
            if text is None:
                index += 1
                continue
            count = text.count(" ") + 1
            yield OtherForms(index, count, tuple(map(self._tokens, self._others[text].split("\n"))))
            index += count

    def _tokens(self, text: str) -> _Tokens:
        return tuple(QueryToken(form, self._stem(form), place) for place, form in enumerate(text.split(" ")))

    def _longest(self, tokens: Sequence[QueryToken], index: int) -> str | None:
        first = tokens[index]
        single = first.form if first.form in self._others and first.stem == self._stem(first.form) else None
        known = self._by_first.get(first.stem)
        if known is None:
            return single
        fitting = {
            text: wanted for text in known.split("\n") if _fits(wanted := self._tokens(text), tokens, index)
        }

        def closeness(text: str) -> tuple[int, int]:
            # kedutaan besar is not duta besar
            forms = zip(fitting[text], tokens[index:], strict=False)
            return len(fitting[text]), sum(token.form == typed.form for token, typed in forms)

        return max(fitting, key=closeness, default=single)


class Expander:
    """Finds other forms in a lexicon. Immutable; safe to share between threads.

    An acronym with several long forms stands for the first, its dominant reading; each long form has its
    acronym. Synonyms go from the words of a rule to its others, not back; ways of writing go both ways.
    """

    def __init__(self, lexicon: Lexicon, stem: Callable[[str], str]) -> None:
        self._meant = _Rules(stem, _meant(lexicon))
        self._written = _Rules(stem, _pairs(lexicon.variants))

    def __contains__(self, form: str) -> bool:
        """Whether a single word has other forms that mean the same: synonyms, an acronym, its long form."""
        return form in self._meant

    def find(self, tokens: Sequence[QueryToken]) -> list[OtherForms]:
        """The runs of neighbouring words that have other forms that mean the same, without overlaps; the
        longest win."""
        return list(self._meant.find(tokens))

    def is_written_otherwise(self, form: str) -> bool:
        """Whether a single word has other ways of writing."""
        return form in self._written

    def find_written(self, tokens: Sequence[QueryToken]) -> list[OtherForms]:
        """Likewise the runs that are written otherwise too."""
        return list(self._written.find(tokens))


def _meant(lexicon: Lexicon) -> Iterator[tuple[_Words, _Words]]:
    for short, longs in lexicon.acronyms.items():
        yield short, longs[0]
        for long in longs:
            yield long, short
    yield from _pairs(lexicon.synonyms)


def _pairs(rules: Mapping[_Words, Iterable[_Words]]) -> Iterator[tuple[_Words, _Words]]:
    for words, others in rules.items():
        for other in others:
            yield words, other


def _fits(wanted: tuple[QueryToken, ...], tokens: Sequence[QueryToken], index: int) -> bool:
    """Whether some words, two or more, stand there in any inflection."""
    there = tokens[index : index + len(wanted)]
    return len(there) == len(wanted) and all(
        token.stem == word.stem and token.position == there[0].position + word.position
        for token, word in zip(there, wanted, strict=True)
    )
