"""What the words of one query, side by side, are called and written otherwise, by where they stand."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from msgspec.structs import replace

from search.plan.expansion import Expander, OtherForms
from search.plan.tokens import Piece, QueryToken, Run, Variant

Noted = tuple[str, tuple[tuple[QueryToken, ...], ...], tuple[Variant, ...]]
"""Words, their other forms, and other ways to write them."""


class Otherwise:
    """Other forms of single words and of words in a row, and other ways to write them.

    :param expander: finds other forms; without one, words stand for themselves.
    :param variants: finds other ways of writing.
    """

    def __init__(
        self, expander: Expander | None, variants: Callable[[Sequence[Piece]], list[Run]] | None
    ) -> None:
        self._expander = expander
        self._variants = variants if expander else None
        self._forms: dict[int, OtherForms] = {}
        self._meant: dict[tuple[int, int], OtherForms] = {}
        self._written: dict[int, tuple[Variant, ...]] = {}
        self._runs: list[tuple[int, int, tuple[Variant, ...]]] = []
        self.noted: list[Noted] = []
        """What was found, in the order of the query."""

    def find(self, pieces: Sequence[Piece]) -> None:
        """Look at the plain words of the query, in their order."""
        if self._expander:
            single = [piece.tokens[0] for piece in pieces if len(piece.tokens) == 1]
            for found in self._expander.find(single):
                run = single[found.first : found.first + found.count]
                self._forms.update((token.position, found) for token in run)
                self._meant[run[0].position, run[-1].position] = found
                self.noted.append((_text(run), found.forms, ()))
        for written in self._variants(pieces) if self._variants else ():
            places = pieces[written.first : written.first + written.count]
            tokens = [token for piece in places for token in piece.tokens]
            self._runs.append((tokens[0].position, tokens[-1].position, written.variants))
            for piece in places:
                position = piece.tokens[0].position
                self._written[position] = (*self._written.get(position, ()), *written.variants)
            self.noted.append((_text(tokens), (), written.variants))

    def at(self, position: int) -> tuple[OtherForms | None, tuple[Variant, ...]]:
        """Other forms of what begins at a position of the query, and other ways to write it."""
        return self._forms.get(position), self._written.get(position, ())

    def whole(self, tokens: Sequence[QueryToken]) -> list[Variant]:
        """Other ways to write just these words."""
        ends = tokens[0].position, tokens[-1].position
        return [variant for *run, variants in self._runs if tuple(run) == ends for variant in variants]

    def meant(self, tokens: Sequence[QueryToken]) -> tuple[tuple[QueryToken, ...], ...]:
        """Other forms of just these words together."""
        found = self._meant.get((tokens[0].position, tokens[-1].position))
        return found.forms if found else ()

    def rows(self, tokens: Sequence[QueryToken]) -> list[list[QueryToken]]:
        """The words of the query with those of a run in another way of writing, for each run and way."""
        return [
            list(_rewritten(tokens, first, last, variant))
            for first, last, variants in self._runs
            for variant in variants
            if not variant.alike
        ]


def _rewritten(tokens: Sequence[QueryToken], first: int, last: int, variant: Variant) -> Iterator[QueryToken]:
    yield from (token for token in tokens if token.position < first)
    yield from (replace(token, position=first + token.position) for token in variant.tokens)
    moved = len(variant.tokens) - 1 - (last - first)
    for token in tokens:
        if token.position > last:
            yield replace(token, position=token.position + moved)


def _text(tokens: Sequence[QueryToken]) -> str:
    return " ".join(token.form for token in tokens)
