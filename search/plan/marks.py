"""Collects, while a query is planned, what is to be marked in titles and bodies."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from fnmatch import translate

from msgspec import Struct, field

from search.plan.tokens import QueryToken
from search.query.syntax import Scope
from search.snippets import targets as snippets
from search.snippets.targets import Targets

NAME_SCOPES = frozenset({Scope.SOURCE, Scope.PLACE, Scope.AUTHOR})
"""Fields that results show whole: nothing is marked for words looked for there only."""


class _Targets(Struct):
    stems: dict[str, int] = field(default_factory=dict)
    sequences: list[snippets.Sequence] = field(default_factory=list)
    patterns: list[tuple[re.Pattern[str], int]] = field(default_factory=list)
    approximate: list[tuple[str, int, int]] = field(default_factory=list)


class Marks:
    """Targets of both fields. What is added for a scope goes to the fields that the scope covers."""

    def __init__(self) -> None:
        self._weights: list[float] = []
        self._fields = {Scope.TITLE: _Targets(), Scope.BODY: _Targets()}
        self._suspended = False

    @contextmanager
    def suspended(self) -> Iterator[None]:
        """Within, nothing that is added counts: for words that must not occur."""
        before, self._suspended = self._suspended, True
        try:
            yield
        finally:
            self._suspended = before

    def concept(self, weight: float) -> int:
        """A new thing that was asked for, and what showing it is worth."""
        self._weights.append(weight)
        return len(self._weights) - 1

    def add_word(self, token: QueryToken, concept: int, scope: Scope | None) -> None:
        """Every form of a word."""
        for targets in self._covered(scope):
            targets.stems.setdefault(token.stem, concept)

    def add_sequence(
        self, tokens: Sequence[QueryToken], exact: bool, concept: int, scope: Scope | None
    ) -> None:
        """Words in a row, as one; of a single word every form, unless ``exact``."""
        terms = tuple(token.form if exact else token.stem for token in tokens)
        offsets = tuple(token.position - tokens[0].position for token in tokens)
        for targets in self._covered(scope):
            targets.sequences.append(snippets.Sequence(terms, offsets, exact, concept))

    def add_pattern(self, pattern: str, concept: int, scope: Scope | None) -> None:
        """Words that fit a pattern with ``*`` and ``?``."""
        expression = re.compile(translate(pattern))  # never backtracks over a star
        for targets in self._covered(scope):
            targets.patterns.append((expression, concept))

    def add_approximate(self, form: str, distance: int, concept: int, scope: Scope | None) -> None:
        """Words within an edit distance."""
        for targets in self._covered(scope):
            targets.approximate.append((form, distance, concept))

    def targets(self, scope: Scope) -> Targets:
        """What was collected for ``Scope.TITLE`` or ``Scope.BODY``."""
        found = self._fields[scope]
        return Targets(
            weights=tuple(self._weights),
            stems=found.stems,
            sequences=tuple(found.sequences),
            patterns=tuple(found.patterns),
            approximate=tuple(found.approximate),
        )

    def _covered(self, scope: Scope | None) -> list[_Targets]:
        if self._suspended or scope in NAME_SCOPES:
            return []
        return [targets for name, targets in self._fields.items() if scope is None or scope is name]
