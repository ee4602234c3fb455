"""The ranking recipe: every weight by name, and how words become scored queries. Nothing else ranks.

Scores are sums of BM25 parts (see :mod:`index.query`), each times a weight of :class:`Weights`.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields
from datetime import date, timedelta
from enum import StrEnum
from math import log

from index.query import (
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
from index.settings import Settings

__all__ = [
    "DEFAULTS",
    "Evidence",
    "Token",
    "Weights",
    "adjacent",
    "all_words_first",
    "alternative",
    "amount",
    "answer",
    "approximate",
    "day",
    "framed",
    "freshness",
    "idf",
    "lessened",
    "minimums",
    "pattern",
    "phrase_first",
    "quoted",
    "word",
]


class Evidence(StrEnum):
    """What the parts of a tree are there for, as their labels and explanations name it."""

    TERM = "term"
    PRESENCE = "presence"
    EXPANSION = "expansion"
    PHRASE = "phrase"
    PATTERN = "pattern"
    FUZZY = "fuzzy"
    OVERLAP = "overlap"
    ALL_WORDS = "all_words"
    ANSWER = "answer"
    FRESH = "fresh"


@dataclass(frozen=True, slots=True)
class Weights:
    """How much each kind of evidence counts. 1 is a stem found in the body; 0 leaves the evidence out.

    :param body: a stem in the body.
    :param body_exact: the form as typed, in the body, on top.
    :param presence: a stem anywhere in the body, times its idf: rarity counts more, repetition less.
    :param lead: a stem among the body's first tokens (see :data:`index.query.LEAD_TOKENS`), on top.
    :param opening: a stem among its very first (:data:`index.query.OPENING_TOKENS`), on top.
    :param title: a stem in the title.
    :param title_exact: the form as typed, in the title, on top.
    :param author: a word in the reporter's or editor's name; likewise ``place`` and ``source``.
    :param phrase: all words of a short query side by side exactly as typed, in the title or the body, times
        the sum of their idf.
    :param expansion: another form of what was typed (acronym, synonym), against the word as typed.
    :param pattern: a word that fits a pattern or is nearly the word typed.
    :param all_words: added once to articles that hold every word, so that they come first; only in queries
        of at most ``few_words`` words that are no question. In longer ones it drowns better evidence.
    :param fresh: publication within the last week, month and year, once for each.
    :param overlap: how much a word loses to the words around it that always come with it
        (:mod:`search.plan.overlap`); 0: every word counts as if it stood alone.
    :param answer: a date in an article, or a number near the words asked for, if the question asks for one;
        looked for in the first results (:mod:`search.answering.second_look`).
    :param frame: a word that only frames a question (``jumlah``, ``pengertian``), against other words.
    """

    body: float
    body_exact: float
    presence: float
    lead: float
    opening: float
    title: float
    title_exact: float
    author: float
    place: float
    source: float
    phrase: float
    expansion: float
    pattern: float
    all_words: float
    few_words: int
    frame: float
    overlap: float
    answer: float
    fresh: float

    @classmethod
    def of(cls, settings: Settings) -> Weights:
        """The weights in force: the settings ``weight_<name>``."""
        return cls(**{field.name: settings[f"weight_{field.name}"] for field in fields(cls)})  # type: ignore[arg-type]  # typed by the table


DEFAULTS = Weights.of(Settings())

ENOUGH = 10
"""Articles that make a page; with fewer, articles with fewer of the words are added behind them."""


@dataclass(frozen=True, slots=True)
class Token:
    """One analysed word of a query; ``position`` counts the words of the query."""

    form: str
    stem: str
    position: int = 0


_STEMMED = (TextField.TITLE, TextField.BODY)
_NAMES = (TextField.AUTHOR, TextField.PLACE, TextField.SOURCE)
SEARCHED = (*_STEMMED, *_NAMES)
"""Fields that a word without a field name is looked for in."""

_EXACT = {TextField.TITLE: TextField.TITLE_EXACT, TextField.BODY: TextField.BODY_EXACT}


def word(
    token: Token,
    fields: Iterable[TextField] = SEARCHED,
    weights: Weights = DEFAULTS,
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
        if weights.presence * rarity:
            label = Label(TextField.BODY, stem, Evidence.PRESENCE)
            parts.append(Constant(Term(TextField.BODY, stem), weights.presence * rarity, label=label))
        parts += _term(TextField.LEAD, stem, weights.lead, why)
        parts += _term(TextField.OPENING, stem, weights.opening, why)
    for field in fields:
        weight = getattr(weights, field.value)
        if field in _EXACT:
            parts += _term(field, stem, weight, why)
            parts += _term(_EXACT[field], form, getattr(weights, field.value + "_exact"), why)
        else:
            parts += _term(field, form, weight, why)
    return _any(parts)


def adjacent(
    tokens: Sequence[Token],
    fields: Iterable[TextField] = SEARCHED,
    weights: Weights = DEFAULTS,
    why: Evidence = Evidence.PHRASE,
) -> Query:
    """Documents with the words side by side, inflected or not: what ``Rp1,5`` or ``metro7.co.id`` means."""
    stems = tuple(token.stem for token in tokens)
    forms = tuple(token.form for token in tokens)
    parts: list[Query] = []
    for field in fields:
        terms = stems if field in _EXACT else forms
        parts += _phrase(field, terms, _offsets(tokens), getattr(weights, field.value), why)
    return _any(parts)


def amount(
    tokens: Sequence[Token],
    rarities: Sequence[float],
    fields: Iterable[TextField] = SEARCHED,
    weights: Weights = DEFAULTS,
) -> Query:
    """Documents with the groups of a number, best side by side.

    Another text may write it otherwise: ``Rp1,918 juta`` and ``Rp1.918.000``, or ``14.402`` alone.

    :param rarities: the groups' idf in the body.
    """
    wanted = tuple(fields)
    groups = [word(token, wanted, weights, rarity) for token, rarity in zip(tokens, rarities, strict=True)]
    return _any([*groups, adjacent(tokens, (TextField.BODY,), weights)])


def day(
    tokens: Sequence[Token],
    rarities: Sequence[float],
    fields: Iterable[TextField] = SEARCHED,
    weights: Weights = DEFAULTS,
) -> Query:
    """Documents with a day written in numbers (``14/2/2024``); the numbers elsewhere hardly count."""
    wanted = tuple(fields)
    apart = Boost(amount(tokens, rarities, wanted, weights), 0.1)
    return _any([apart, adjacent(tokens, wanted, weights)])


def quoted(
    tokens: Sequence[Token], fields: Iterable[TextField] = SEARCHED, weights: Weights = DEFAULTS
) -> Query:
    """Documents with the forms exactly as written and in this order."""
    forms = tuple(token.form for token in tokens)
    parts: list[Query] = []
    for field in fields:
        exact, weight = _EXACT.get(field, field), getattr(weights, field.value)
        if len(forms) > 1:
            parts += _phrase(exact, forms, _offsets(tokens), weight, Evidence.PHRASE)
        else:
            parts += _term(exact, forms[0], weight, Evidence.TERM)
    return _any(parts)


def pattern(text: str, fields: Iterable[TextField] = SEARCHED, weights: Weights = DEFAULTS) -> Query:
    """Documents with a form that fits ``text``, in which ``*`` and ``?`` are wild."""
    start = text[:-1]
    is_prefix = text.endswith("*") and "*" not in start and "?" not in start
    parts: list[Query] = []
    for field in fields:
        exact = _EXACT.get(field, field)
        label = Label(exact, text, Evidence.PATTERN)
        query = Prefix(exact, start, label=label) if is_prefix else Wildcard(exact, text, label=label)
        parts += _weighted(query, weights.pattern * getattr(weights, field.value))
    return _any(parts)


def approximate(
    token: Token, distance: int, fields: Iterable[TextField] = SEARCHED, weights: Weights = DEFAULTS
) -> Query:
    """Documents with the word, or less well with a form within an edit distance of it."""
    wanted = tuple(fields)
    parts: list[Query] = []
    for field in wanted:
        exact = _EXACT.get(field, field)
        label = Label(exact, token.form + "~", Evidence.FUZZY)
        query = Fuzzy(exact, token.form, distance, label=label)
        parts += _weighted(query, weights.pattern * getattr(weights, field.value))
    return DisMax((word(token, wanted, weights), _any(parts)))


def alternative(
    tokens: Sequence[Token],
    share: float,
    fields: Iterable[TextField] = SEARCHED,
    weights: Weights = DEFAULTS,
) -> Query:
    """Documents with another form of a word: it ranks just below the word as typed.

    :param share: what the word as typed is worth, against the other form, which may be several words.
    """
    if len(tokens) == 1:
        query = word(tokens[0], fields, weights, why=Evidence.EXPANSION)
    else:
        query = adjacent(tokens, fields, weights, Evidence.EXPANSION)
    return Boost(query, weights.expansion * share)


def phrase_first(
    tokens: Sequence[Token], rarity: float, question: bool, weights: Weights = DEFAULTS
) -> list[Query]:
    """What a short query found whole, its words side by side exactly as typed, is worth on top.

    Who types ``cipta kerja`` means the law, not articles that create work.

    :param rarity: the sum of the words' idf in the body.
    :param question: whether the query is a question.
    """
    worth = weights.phrase * rarity
    if question or not 2 <= len(tokens) <= weights.few_words or worth <= 0:
        return []
    forms, offsets = tuple(token.form for token in tokens), _offsets(tokens)
    found = tuple(Phrase(field, forms, offsets) for field in (TextField.TITLE_EXACT, TextField.BODY_EXACT))
    label = Label("", " ".join(forms), Evidence.PHRASE)
    return [Constant(Boolean(should=found), worth, label=label)]


def freshness(today: date, weights: Weights = DEFAULTS) -> list[Query]:
    """What having been published lately is worth on top."""
    if not weights.fresh:
        return []
    firsts = (today - timedelta(days=count) for count in (7, 30, 365))
    return [
        Constant(Published(first), weights.fresh, label=Label("published", first.isoformat(), Evidence.FRESH))
        for first in firsts
    ]


def all_words_first(words: Sequence[Query], question: bool, weights: Weights = DEFAULTS) -> list[Query]:
    """What holding every word is worth on top, where all of them are wanted: in a short query.

    :param question: whether the query is a question; its words are rarely all in the answer.
    """
    if question or not 2 <= len(words) <= weights.few_words or not weights.all_words:
        return []
    label = Label("", "", Evidence.ALL_WORDS)
    return [Constant(Boolean(must=tuple(words)), weights.all_words, label=label)]


def answer(kind: str, weights: Weights = DEFAULTS) -> Constant:
    """What holding the answer is worth on top: for documents that are known to hold one.

    :param kind: the kind of answer.
    """
    return Constant(Everything(), weights.answer, label=Label("", kind, Evidence.ANSWER))


def minimums(
    count: int, match: str, ranked: bool, question: bool = False, weights: Weights = DEFAULTS
) -> tuple[int, ...]:
    """How many of the query's words an article must hold: tried in order until there is enough.

    :param count: words of the query, 1 or more.
    :param match: ``auto``, ``all`` or ``any``.
    :param ranked: whether the best come first; if not (sorted by date), articles with all words must not
        drown among those with some.
    :param question: whether the query is a question.
    :returns: one number or several, falling.
    """
    if match == "all":
        return (count,)
    if match == "any":
        return (1,)
    most = count if count <= 2 else -(-count * 2 // 3)
    tried: tuple[int, ...]
    if not ranked:
        tried = (count, most, 1)
    elif question or count > weights.few_words:
        tried = (1,)
    else:
        tried = (most, 1)
    return tuple(dict.fromkeys(tried))


def framed(query: Query, weights: Weights = DEFAULTS) -> Query:
    """A word that only frames a question."""
    return Boost(query, weights.frame)


def lessened(query: Query, overlap: float, typed: str, weights: Weights = DEFAULTS) -> Query:
    """A word whose neighbours say part of it already.

    :param overlap: see :func:`search.plan.overlap.overlaps`.
    :param typed: the word as typed.
    """
    return Boost(query, 1 / (1 + weights.overlap * overlap), label=Label("", typed, Evidence.OVERLAP))


def idf(documents: int, frequency: int) -> float:
    """How telling a word is: BM25's inverse document frequency (Robertson and Zaragoza 2009, section 3)."""
    return log(1 + (documents - frequency + 0.5) / (frequency + 0.5))


def _offsets(tokens: Sequence[Token]) -> tuple[int, ...]:
    return tuple(token.position - tokens[0].position for token in tokens)


def _term(field: TextField, text: str, weight: float, why: Evidence) -> list[Query]:
    return _weighted(Term(field, text, label=Label(field, text, why)), weight)


def _phrase(
    field: TextField, terms: tuple[str, ...], offsets: tuple[int, ...], weight: float, why: Evidence
) -> list[Query]:
    return _weighted(Phrase(field, terms, offsets, label=Label(field, " ".join(terms), why)), weight)


def _weighted(query: Query, weight: float) -> list[Query]:
    if not weight:
        return []
    return [query if weight == 1 else Boost(query, weight)]


def _any(parts: list[Query]) -> Query:
    return parts[0] if len(parts) == 1 else Boolean(should=tuple(parts), minimum=1)
