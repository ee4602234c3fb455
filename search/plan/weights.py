"""Weights: how much each kind of evidence counts, by name; their effects stand in docs/relevance.md."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from msgspec import Struct
from msgspec.structs import fields


class Weights(Struct, frozen=True):
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
    :param variant: the same words written otherwise, against the words as typed.
    :param reading: a word that may be of the root typed and is likelier of another, against a word of it.
    :param alike: a name that sounds like the name typed (:mod:`index.analysis.sound`), against that.
    :param pattern: a word that fits a pattern or is nearly the word typed.
    :param all_words: how far articles that hold every word are above all others, in queries of at most
        ``few_words`` words that are no question. In longer ones other evidence is better.
    :param fresh: publication within the last week, month and year, once for each.
    :param overlap: how much a word loses to the words around it that always come with it
        (:mod:`search.plan.overlap`); 0: every word counts as if it stood alone.
    :param answer: a date in an article, or a number near the words asked for, if the question asks for one;
        looked for in the first results (:mod:`search.answering.reranking`).
    :param passage: a word in that sentence of an article which holds most of a question, times its idf;
        in the first results, as ``answer``.
    :param beside: a word of a question that an article lacks and its neighbours hold, times its idf;
        likewise.
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
    variant: float
    reading: float
    alike: float
    pattern: float
    all_words: float
    few_words: int
    frame: float
    overlap: float
    answer: float
    passage: float
    beside: float
    fresh: float

    @classmethod
    def of(cls, settings: Mapping[str, Any]) -> Weights:
        """The weights in force: the settings ``weight_<name>``."""
        return cls(**{field.name: settings[f"weight_{field.name}"] for field in fields(cls)})
