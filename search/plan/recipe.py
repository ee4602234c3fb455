"""The ranking recipe: how words become scored queries. Nothing else ranks.

Scores are sums of BM25 parts (see :mod:`index.query`), each times a weight of :class:`Weights`.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from enum import StrEnum
from math import log

from msgspec import Struct

from index.query import (
    EXACT,
    Boolean,
    Boost,
    Constant,
    DisMax,
    Everything,
    Fuzzy,
    Label,
    Phrase,
    Prefix,
    Published,
    Query,
    Term,
    TextField,
    Wildcard,
)
from search.plan.tokens import QueryToken
from search.plan.weights import Weights
from search.query.syntax import Scope


class Evidence(StrEnum):
    """What the parts of a tree are there for, as their labels and explanations name it."""

    TERM = "term"
    PRESENCE = "presence"
    EXPANSION = "expansion"
    VARIANT = "variant"
    READING = "reading"
    PHRASE = "phrase"
    PATTERN = "pattern"
    FUZZY = "fuzzy"
    OVERLAP = "overlap"
    ALL_WORDS = "all_words"
    ANSWER = "answer"
    PASSAGE = "passage"
    BESIDE = "beside"
    FRESH = "fresh"


ENOUGH = 10
"""Articles that make a page; with fewer, articles with fewer of the words are added behind them."""


FIELDS: dict[Scope | None, tuple[TextField, ...]] = {
    None: (TextField.TITLE, TextField.BODY, TextField.AUTHOR, TextField.PLACE, TextField.SOURCE),
    **{scope: (TextField(scope.value),) for scope in Scope if scope not in (Scope.YEAR, Scope.DATE)},
}
"""Fields that words are looked for in: those of their scope, or all."""


class Recipe(Struct, frozen=True):
    """What an engine is asked for the parts of a query, by the weights in force."""

    weights: Weights

    def word(
        self,
        token: QueryToken,
        fields: tuple[TextField, ...],
        rarity: float = 0.0,
        why: Evidence = Evidence.TERM,
    ) -> Query:
        """Documents with the word in any of the fields, the form as typed above its inflections.

        :param rarity: the word's idf in the body.
        :param why: what finding it is evidence of.
        """
        stem, form = token.stem, token.form
        parts: list[Query] = []
        if TextField.BODY in fields:
            if self.weights.presence * rarity:
                present, label = Term(TextField.BODY, stem), Label(TextField.BODY, stem, Evidence.PRESENCE)
                parts.append(Constant(present, self.weights.presence * rarity, label=label))
            parts += _term(TextField.LEAD, stem, self.weights.lead, why)
            parts += _term(TextField.OPENING, stem, self.weights.opening, why)
        for field in fields:
            weight = getattr(self.weights, field.value)
            if field in EXACT:
                parts += _term(field, stem, weight, why)
                parts += _term(EXACT[field], form, getattr(self.weights, field.value + "_exact"), why)
            else:
                parts += _term(field, form, weight, why)
        return _any(parts)

    def adjacent(
        self,
        tokens: Sequence[QueryToken],
        fields: tuple[TextField, ...],
        why: Evidence = Evidence.PHRASE,
    ) -> Query:
        """Documents with the words side by side, inflected or not: ``Rp1,5`` or ``metro7.co.id``."""
        stems = tuple(token.stem for token in tokens)
        forms = tuple(token.form for token in tokens)
        parts: list[Query] = []
        for field in fields:
            terms = stems if field in EXACT else forms
            parts += _phrase(field, terms, _offsets(tokens), getattr(self.weights, field.value), why)
        return _any(parts)

    def amount(
        self, tokens: Sequence[QueryToken], rarities: Sequence[float], fields: tuple[TextField, ...]
    ) -> Query:
        """Documents with all groups of a number, best side by side.

        Another text may write it otherwise: ``Rp1,918 juta`` and ``Rp1.918.000``.

        :param rarities: the groups' idf in the body.
        """
        groups = [self.word(token, fields, rarity) for token, rarity in zip(tokens, rarities, strict=True)]
        return _any([Boolean(must=tuple(groups)), self.adjacent(tokens, (TextField.BODY,))])

    def quoted(self, tokens: Sequence[QueryToken], fields: tuple[TextField, ...]) -> Query:
        """Documents with the forms exactly as written and in this order."""
        forms = tuple(token.form for token in tokens)
        parts: list[Query] = []
        for field in fields:
            exact, weight = EXACT.get(field, field), getattr(self.weights, field.value)
            if len(forms) > 1:
                parts += _phrase(exact, forms, _offsets(tokens), weight, Evidence.PHRASE)
            else:
                parts += _term(exact, forms[0], weight, Evidence.TERM)
        return _any(parts)

    def pattern(self, text: str, fields: tuple[TextField, ...]) -> Query:
        """Documents with a form that fits ``text``, in which ``*`` and ``?`` are wild."""
        start = text[:-1]
        is_prefix = text.endswith("*") and "*" not in start and "?" not in start
        parts: list[Query] = []
        for field in fields:
            exact = EXACT.get(field, field)
            label = Label(exact, text, Evidence.PATTERN)
            query = Prefix(exact, start, label=label) if is_prefix else Wildcard(exact, text, label=label)
            parts += _weighted(query, self.weights.pattern * getattr(self.weights, field.value))
        return _any(parts)

    def approximate(self, token: QueryToken, distance: int, fields: tuple[TextField, ...]) -> Query:
        """Documents with the word, or less well with a form within an edit distance of it."""
        parts: list[Query] = []
        for field in fields:
            exact = EXACT.get(field, field)
            label = Label(exact, token.form + "~", Evidence.FUZZY)
            query = Fuzzy(exact, token.form, distance, label=label)
            parts += _weighted(query, self.weights.pattern * getattr(self.weights, field.value))
        return DisMax((self.word(token, fields), _any(parts)))

    def alternative(self, tokens: Sequence[QueryToken], share: float, fields: tuple[TextField, ...]) -> Query:
        """Documents with another form of a word: it ranks just below the word as typed.

        :param share: what the word as typed is worth, against the other form, which may be several words.
        """
        if len(tokens) == 1:
            query = self.word(tokens[0], fields, why=Evidence.EXPANSION)
        else:
            query = self.adjacent(tokens, fields, Evidence.EXPANSION)
        return Boost(query, self.weights.expansion * share)

    def variant(
        self,
        tokens: Sequence[QueryToken],
        exact: bool,
        rarity: float,
        worth: float,
        fields: tuple[TextField, ...],
    ) -> Query:
        """Documents with the same words written otherwise: worth almost what they are as typed.

        :param exact: whether only the forms as they stand will do.
        :param rarity: the sum of the words' idf in the body.
        :param worth: the idf that they count with.
        """
        share = self.weights.variant * worth / max(rarity, 1e-9)
        if len(tokens) == 1 and not exact:
            return Boost(self.word(tokens[0], fields, rarity, Evidence.VARIANT), share)
        stems, forms = (tuple(token.stem for token in tokens), tuple(token.form for token in tokens))
        weights = self.weights
        wanted: list[tuple[TextField, TextField, float]] = []
        for field in fields:
            if field in EXACT and not exact:
                wanted.append((field, field, getattr(weights, field.value)))
            found_in = EXACT.get(field, field)
            weight = getattr(weights, field.value) * exact + getattr(weights, found_in.value)
            wanted.append((found_in, field, weight if field in EXACT else getattr(weights, field.value)))
        if TextField.BODY in fields and not exact:
            wanted.append((TextField.LEAD, TextField.LEAD, weights.lead))
            wanted.append((TextField.OPENING, TextField.OPENING, weights.opening))
        parts: list[Query] = []
        for field, told, weight in wanted:
            terms = stems if field in _STEMMED else forms
            label = Label(told, " ".join(terms), Evidence.VARIANT)
            parts += _weighted(_in_a_row(field, terms, _offsets(tokens), label), weight)
        if TextField.BODY in fields and weights.presence * rarity:
            terms, field = (forms, TextField.BODY_EXACT) if exact else (stems, TextField.BODY)
            label = Label(TextField.BODY, " ".join(terms), Evidence.VARIANT)
            present = _in_a_row(field, terms, _offsets(tokens))
            parts.append(Constant(present, weights.presence * rarity, label=label))
        return Boost(_any(parts), share)

    def reading(
        self, token: QueryToken, exact: bool, rarity: float, worth: float, fields: tuple[TextField, ...]
    ) -> Query:
        """Documents with a word that may be of the root that was asked for, and more likely is of another.

        :param exact: whether it is this form alone.
        :param rarity: its idf in the body.
        :param worth: the idf of the root that was asked for.
        """
        query = self._at_least(token, exact, rarity, fields, Evidence.READING)
        return Boost(query, self.weights.reading * min(1.0, worth / max(rarity, 1e-9)))

    def alike(
        self, token: QueryToken, exact: bool, rarity: float, worth: float, fields: tuple[TextField, ...]
    ) -> Query:
        """Documents with a name that sounds like one that was typed.

        :param exact: whether the form alone is the name.
        :param rarity: its idf in the body.
        :param worth: the idf of the name that was typed.
        """
        query = self._at_least(token, exact, min(rarity, worth), fields, Evidence.VARIANT)
        return Boost(query, self.weights.alike * min(1.0, worth / max(rarity, 1e-9)))

    def _at_least(
        self, token: QueryToken, exact: bool, rarity: float, fields: tuple[TextField, ...], why: Evidence
    ) -> Query:
        """Documents with a word, by less evidence than of one that was typed."""
        parts: list[Query] = []
        for field in fields:
            found_in = EXACT.get(field, field) if exact else field
            text = token.stem if found_in in EXACT else token.form
            label = Label(field, text, why)
            parts += _weighted(Term(found_in, text, label=label), getattr(self.weights, field.value))
            if field is TextField.BODY and self.weights.presence * rarity:
                parts.append(Constant(Term(found_in, text), self.weights.presence * rarity, label=label))
        return _any(parts)

    def phrase_first(
        self,
        tokens: Sequence[QueryToken],
        rarity: float,
        question: bool,
        others: Sequence[Sequence[QueryToken]] = (),
    ) -> list[Query]:
        """What a short query found whole, its words side by side exactly as typed, is worth on top.

        Who types ``cipta kerja`` means the law, not articles that create work.

        :param rarity: the sum of the words' idf in the body.
        :param question: whether the query is a question.
        :param others: the query written otherwise.
        """
        worth = self.weights.phrase * rarity
        if question or not 2 <= len(tokens) <= self.weights.few_words or worth <= 0:
            return []
        rows = [(tuple(token.form for token in row), _offsets(row)) for row in (tokens, *others)]
        found = tuple(_in_a_row(field, *row) for row in rows for field in EXACT.values())
        label = Label("", " ".join(rows[0][0]), Evidence.PHRASE)
        return [Constant(Boolean(should=found), worth, label=label)]

    def freshness(self, today: date) -> list[Query]:
        """What having been published lately is worth on top."""
        if not self.weights.fresh:
            return []
        bonuses: list[Query] = []
        for days in (7, 30, 365):
            first = today - timedelta(days)
            label = Label("published", first.isoformat(), Evidence.FRESH)
            bonuses.append(Constant(Published(first), self.weights.fresh, label=label))
        return bonuses

    def all_words_first(self, words: Sequence[Query], reached: float) -> Constant:
        """What holding every word is worth on top, in a short query.

        :param reached: what a document that lacks one of them can score at most.
        """
        label = Label("", "", Evidence.ALL_WORDS)
        return Constant(Boolean(must=tuple(words)), reached + self.weights.all_words, label=label)

    def is_short(self, count: int, question: bool) -> bool:
        """Whether articles with all of a number of words come first, whatever else the others hold.

        :param question: whether the query is a question.
        """
        return not question and 2 <= count <= self.weights.few_words

    def found_out(self, kind: str | None, passage: float, beside: float) -> tuple[Constant, ...]:
        """What reading an article adds to its score, by the weights that are not 0.

        :param kind: the kind of answer that it holds, if any.
        :param passage: idf of the words that one of its sentences holds.
        :param beside: idf of the words that it lacks and its neighbours hold, each by how near these are.
        """
        weights = self.weights
        worth = (
            (weights.answer if kind else 0.0, Label("", kind or "", Evidence.ANSWER)),
            (weights.passage * passage, Label(TextField.BODY, "", Evidence.PASSAGE)),
            (weights.beside * beside, Label("", "", Evidence.BESIDE)),
        )
        return tuple(Constant(Everything(), score, label=label) for score, label in worth if score)

    def minimums(self, count: int, match: str, question: bool) -> tuple[int, ...]:
        """How many of the query's words an article must hold: tried in order until there is enough.

        :param count: words of the query, 1 or more.
        :param match: ``auto``, ``all`` or ``any``.
        :param question: whether the query is a question.
        :returns: one number or several, falling.
        """
        if match == "all":
            return (count,)
        if match == "any" or question or count > self.weights.few_words:
            return (1,)
        return tuple(dict.fromkeys((_most(count), 1)))

    def steps(self, count: int) -> tuple[int, ...]:
        """How many of a number of words those articles hold that are listed before others where the day
        decides the order, so that they do not drown: falling numbers.
        """
        return tuple(dict.fromkeys((count, _most(count))))

    def framed(self, query: Query) -> Query:
        """A word that only frames a question."""
        return Boost(query, self.weights.frame)

    def lessened(self, query: Query, overlap: float, typed: str) -> Query:
        """A word whose neighbours say part of it already.

        :param overlap: see :func:`search.plan.overlap.overlaps`.
        :param typed: the word as typed.
        """
        share = 1 / (1 + self.weights.overlap * overlap)
        return Boost(query, share, label=Label("", typed, Evidence.OVERLAP))


_STEMMED = frozenset({*EXACT, TextField.LEAD, TextField.OPENING})


def idf(documents: int, frequency: int) -> float:
    """How telling a word is: BM25's inverse document frequency (Robertson and Zaragoza 2009, section 3)."""
    return log(1 + (documents - frequency + 0.5) / (frequency + 0.5))


def _most(count: int) -> int:
    """Most of a number of words."""
    return count if count <= 2 else -(-count * 2 // 3)


def _offsets(tokens: Sequence[QueryToken]) -> tuple[int, ...]:
    return tuple(token.position - tokens[0].position for token in tokens)


def _term(field: TextField, text: str, weight: float, why: Evidence) -> list[Query]:
    return _weighted(Term(field, text, label=Label(field, text, why)), weight)


def _phrase(
    field: TextField, terms: tuple[str, ...], offsets: tuple[int, ...], weight: float, why: Evidence
) -> list[Query]:
    return _weighted(Phrase(field, terms, offsets, label=Label(field, " ".join(terms), why)), weight)


def _in_a_row(
    field: TextField, terms: tuple[str, ...], offsets: tuple[int, ...], label: Label | None = None
) -> Query:
    return (
        Phrase(field, terms, offsets, label=label) if len(terms) > 1 else Term(field, terms[0], label=label)
    )


def _weighted(query: Query, weight: float) -> list[Query]:
    if not weight:
        return []
    return [query if weight == 1 else Boost(query, weight)]


def _any(parts: list[Query]) -> Query:
    return parts[0] if len(parts) == 1 else Boolean(should=tuple(parts), minimum=1)
