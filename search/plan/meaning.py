"""What the pieces of a query mean: which documents to find for each, and which words to mark."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache

from index.analysis.folding import fold
from index.analysis.lexicon import Lexicon
from index.analysis.types import Analysis
from index.analysis.wordlists import word_class
from index.query import Boolean, Boost, Constant, DisMax, Published, Query, Term, TextField
from search.plan.expansion import Expander, OtherForms
from search.plan.marks import NAME_SCOPES, Marks
from search.plan.overlap import Together
from search.plan.recipe import FIELDS, Recipe, idf
from search.plan.tokens import Piece, QueryToken, Run, Variant
from search.query.syntax import (
    Addressed,
    Approximate,
    Both,
    Dates,
    Either,
    Group,
    Node,
    Not,
    Pattern,
    Quoted,
    Scope,
    Scoped,
    Word,
)

_PATTERN_WEIGHT = 4.0
"""Worth of showing a word that fits a pattern; how many documents it is in is not known."""

_PRINTED = 0.25
"""What having a word in the old spelling that was typed counts on top of having it in today's, which the same
articles are taken to have: so they come first."""

_WORDS_KEPT = 1 << 10
"""Words whose trees are kept, for the same are asked for again and again: about 1.5 MB."""


class Archive:
    """What planning knows about the index that will be asked. Safe to share between threads.

    :param analyze: analyses a text as its words were.
    :param lexicon: what is known about words.
    :param frequency: number of documents whose body holds a stem.
    :param documents: number of documents.
    :param recipe: ranks them.
    :param expander: knows other forms of words; without one, words stand for themselves.
    :param variants: finds other ways of writing them that the archive has.
    :param readings: finds what else a word may be of, or is of.
    :param together: numbers of documents whose body holds two stems; without it, every word counts in full.
    """

    def __init__(
        self,
        analyze: Callable[[str], Analysis],
        lexicon: Lexicon,
        frequency: Callable[[str], int],
        documents: int,
        recipe: Recipe,
        expander: Expander | None = None,
        together: Together | None = None,
        variants: Callable[[Sequence[Piece]], list[Run]] | None = None,
        readings: Callable[[QueryToken], Sequence[Variant]] | None = None,
    ) -> None:
        self.analyze = analyze
        self.lexicon = lexicon
        self.frequency = frequency
        self.documents = documents
        self.recipe = recipe
        self.expander = expander
        self.together = together
        self.variants = variants
        self.readings = readings

        @lru_cache(_WORDS_KEPT)
        def word(form: str, stem: str) -> Query:
            return recipe.word(QueryToken(form, stem), FIELDS[None], idf(documents, frequency(stem)))

        self._word = word

    def rarity(self, stem: str) -> float:
        """The idf of a stem in the body."""
        return idf(self.documents, self.frequency(stem))

    def word(self, token: QueryToken) -> Query:
        """The documents with a word in any field that is searched; position counts for nothing."""
        return self._word(token.form, token.stem)


class Meaning:
    """Reads the pieces of one query, one after the other.

    ``marks`` gathers what is to be marked in results, ``expansions`` the words that have other forms in the
    archive, and ``scored`` tells whether any piece read so far tells better from worse.

    :param expander: finds other forms of words; without one, words stand for themselves.
    """

    def __init__(self, archive: Archive, expander: Expander | None) -> None:
        self._archive = archive
        self._recipe = archive.recipe
        self.marks = Marks()
        self.scored = False
        self._expander = expander
        self.expansions: dict[str, tuple[str, ...]] = {}

    def queries(self, nodes: Iterable[Node]) -> list[Query]:
        """The documents that nodes mean, without the nodes that hold nothing that could be searched for."""
        return [query for node in nodes if (query := self._query(node, None)) is not None]

    def _query(self, node: Node, scope: Scope | None) -> Query | None:
        """The documents that a node means, ``None`` if it holds nothing that could be searched for."""
        if isinstance(node, Scoped):
            query = self._query(node.node, node.scope)
            return Constant(query) if query is not None and node.scope in NAME_SCOPES else query
        if isinstance(node, Dates):
            return Constant(Published(node.first, node.last))
        if isinstance(node, Addressed):
            return Constant(Term(TextField.ADDRESS, node.key))
        if isinstance(node, Not):
            excluded = self.unmarked((node.node,), scope)
            return Boolean(must_not=tuple(excluded)) if excluded else None
        if isinstance(node, Either):
            either = [query for child in node.nodes if (query := self._query(child, scope)) is not None]
            if len(either) < 2:
                return either[0] if either else None
            return Boolean(should=tuple(either), minimum=1)
        if isinstance(node, Both):
            return self._all_of(node.nodes, (), scope)
        if isinstance(node, Group):
            return self._all_of((*node.wanted, *node.required), node.forbidden, scope)
        return self._leaf(node, scope)

    def _all_of(
        self, nodes: tuple[Node, ...], excluded: tuple[Node, ...], scope: Scope | None
    ) -> Query | None:
        """All operands, without those that weigh nothing unless there is nothing else."""
        telling = [node for node in nodes if not self._is_weightless(node)]
        must = [query for node in telling or nodes if (query := self._query(node, scope)) is not None]
        must_not = self.unmarked(excluded, scope)
        return simplest(must=tuple(must), must_not=tuple(must_not)) if must or must_not else None

    def _is_weightless(self, node: Node) -> bool:
        if not isinstance(node, Word):
            return False
        weightless = self._archive.lexicon.weightless
        return all(form in weightless for form in self._archive.analyze(node.text).forms)

    def unmarked(self, nodes: tuple[Node, ...], scope: Scope | None = None) -> list[Query]:
        """The documents that excluded nodes mean: their words are neither marked nor looked for otherwise."""
        scored, expander = self.scored, self._expander
        self._expander = None
        with self.marks.suspended():
            queries = [query for node in nodes if (query := self._query(node, scope)) is not None]
        self.scored, self._expander = scored, expander
        return queries

    def _leaf(self, node: Word | Quoted | Pattern | Approximate, scope: Scope | None) -> Query | None:
        if isinstance(node, Pattern):
            query = self._pattern(node, scope)
        elif not (tokens := self.tokens(node.text)):
            query = None
        elif isinstance(node, Quoted):
            self.marks.add_sequence(tokens, True, self._concept(tokens), scope)
            query = self._recipe.quoted(tokens, FIELDS[scope])
        else:
            others, variants = self._alone(tokens, node, scope)
            query = self.word(tokens, node, scope, others, variants)
        if query is not None and scope not in NAME_SCOPES:
            self.scored = True
        return query

    def word(
        self,
        tokens: tuple[QueryToken, ...],
        node: Word | Approximate,
        scope: Scope | None,
        others: OtherForms | None,
        variants: Sequence[Variant] = (),
    ) -> Query:
        """The documents with a word.

        :param tokens: what it was analysed to, 1 or more.
        :param others: its other forms, which will do as well.
        :param variants: other ways to write it.
        """
        fields = FIELDS[scope]
        concept = self._concept(tokens)
        if len(tokens) > 1:
            self.marks.add_sequence(tokens, False, concept, scope)
            if scope is None and _is_amount(node.text, tokens):
                rarities = [self.rarity((token,)) for token in tokens]
                query = self._recipe.amount(tokens, rarities, fields)
            else:
                query = self._recipe.adjacent(tokens, fields)
            return self._written_otherwise(tokens, query, variants, concept, scope)
        token = tokens[0]
        self.marks.add_word(token, concept, scope)
        if isinstance(node, Approximate):
            self.marks.add_approximate(token.form, node.distance, concept, scope)
            return self._recipe.approximate(token, node.distance, fields)
        if scope is None:
            query = self._archive.word(token)
        else:
            query = self._recipe.word(token, fields, self._archive.rarity(token.stem))
        query = self._written_otherwise(tokens, query, variants, concept, scope)
        query = self._read_otherwise(token, query, concept, scope)
        if others is None:
            return query
        alternatives: list[Query] = []
        for form in filter(self._is_known, others.forms):
            # Worth what the word itself would be; a long form's words together are worth more.
            share = min(1.0, self.rarity((token,)) / max(self.rarity(form), 1e-9))
            alternatives.append(self._recipe.alternative(form, share, _texts(scope)))
            if len(form) == 1:
                self.marks.add_word(form[0], concept, scope)
            else:
                self.marks.add_sequence(form, False, concept, scope)
        return _best((query, *alternatives))

    def _written_otherwise(
        self,
        tokens: tuple[QueryToken, ...],
        query: Query,
        variants: Sequence[Variant],
        concept: int,
        scope: Scope | None,
    ) -> Query:
        """The documents with a word, or with the same word in another way of writing.

        All of it is one word, as rare as its most frequent way of writing.

        :param query: the documents with it as typed.
        """
        if not variants:
            return query
        archive, fields = self._archive, _texts(scope)
        typed = self.rarity(tokens)
        worth = typed
        if len(tokens) == 1:
            known = archive.frequency(tokens[0].stem)
            sure = [variant.documents for variant in variants if known == 0 or not variant.alike]
            worth = idf(archive.documents, max(known, *sure)) if sure else typed
            if known and worth < typed:
                query = Boost(query, worth / typed)
        else:
            known = 1
        alternatives: list[Query] = []
        for variant in variants:
            rarity = sum(idf(archive.documents, frequency) for frequency in variant.frequencies)
            if variant.alike and known:
                alternatives.append(
                    self._recipe.alike(variant.tokens[0], variant.exact, rarity, worth, fields)
                )
            else:
                alternatives.append(
                    self._recipe.variant(variant.tokens, variant.exact, rarity, worth, fields)
                )
            if len(variant.tokens) == 1 and not variant.exact:
                self.marks.add_word(variant.tokens[0], concept, scope)
            else:
                self.marks.add_sequence(variant.tokens, variant.exact, concept, scope)
        tie = _PRINTED if any(variant.older for variant in variants) else 0.0
        return _best((query, *alternatives), tie)

    def _read_otherwise(self, token: QueryToken, query: Query, concept: int, scope: Scope | None) -> Query:
        """The documents with a word, or with one of another root that may be of its root.

        :param query: the documents with it as it is likelier read.
        """
        archive = self._archive
        if not self._expander or not archive.readings or scope in NAME_SCOPES:
            return query
        others: list[Query] = []
        worth = archive.rarity(token.stem)
        for found in archive.readings(token):
            rarity, word = idf(archive.documents, found.documents), found.tokens[0]
            others.append(self._recipe.reading(word, found.exact, rarity, worth, _texts(scope)))
            if found.exact:
                self.marks.add_sequence(found.tokens, True, concept, scope)
            else:
                self.marks.add_word(word, concept, scope)
        return _best((query, *others))

    def whole(self, variants: Sequence[Variant], forms: Sequence[tuple[QueryToken, ...]] = ()) -> list[Query]:
        """The documents that hold what was typed as one word otherwise; not for their scores.

        :param forms: what it is also called.
        """
        fields = (TextField.TITLE, TextField.BODY)
        return [
            *(self._recipe.variant(each.tokens, each.exact, 1.0, 1.0, fields) for each in variants),
            *(self._recipe.alternative(form, 1.0, fields) for form in forms),
        ]

    def _alone(
        self, tokens: tuple[QueryToken, ...], node: Word | Approximate, scope: Scope | None
    ) -> tuple[OtherForms | None, tuple[Variant, ...]]:
        """Other forms of one word that stands for itself, and other ways to write it."""
        if not self._expander or isinstance(node, Approximate) or scope in NAME_SCOPES:
            return None, ()
        term = " ".join(token.form for token in tokens)
        others = next(iter(self._expander.find(tokens)), None) if len(tokens) == 1 else None
        runs = self._archive.variants([Piece(node.text, tokens)]) if self._archive.variants else []
        variants = tuple(variant for run in runs for variant in run.variants)
        self.note(term, others.forms if others else (), variants)
        return others, variants

    def note(
        self, term: str, forms: Iterable[tuple[QueryToken, ...]], variants: Iterable[Variant] = ()
    ) -> None:
        """Remember for the reader which other forms and ways of writing the archive knows."""
        known = [*filter(self._is_known, forms), *(variant.tokens for variant in variants)]
        if known:
            found = tuple(" ".join(token.form for token in form) for form in known)
            self.expansions[term] = tuple(dict.fromkeys((*self.expansions.get(term, ()), *found)))

    def _is_known(self, form: tuple[QueryToken, ...]) -> bool:
        return all(self._archive.frequency(token.stem) for token in form)

    def _pattern(self, node: Pattern, scope: Scope | None) -> Query | None:
        text = _APOSTROPHES.sub("", fold(node.text))
        whole = _PATTERN_PIECE.findall(text)
        pieces = [piece for part in whole for piece in part.split("-") if _LETTER_OR_DIGIT.search(piece)]
        queries: list[Query] = []
        for reading in (whole, pieces) if whole != pieces else (whole,):
            if not reading:
                continue
            concept = self.marks.concept(_PATTERN_WEIGHT)
            for piece in reading:
                self.marks.add_pattern(piece, concept, scope)
            musts = [self._recipe.pattern(piece, FIELDS[scope]) for piece in reading]
            queries.append(simplest(must=tuple(musts)))
        if len(queries) < 2:
            return queries[0] if queries else None
        return DisMax(tuple(queries))

    def tokens(self, text: str, first: int = 0) -> tuple[QueryToken, ...]:
        """The words of a text.

        :param first: position of its first word in the query.
        """
        analysis = self._archive.analyze(text)
        columns = zip(analysis.forms, analysis.stems, analysis.positions, strict=True)
        return tuple(QueryToken(form, stem, first + position) for form, stem, position in columns)

    def rarity(self, tokens: Iterable[QueryToken]) -> float:
        """The sum of the words' idf in the body."""
        rarity = self._archive.rarity
        return sum(rarity(token.stem) for token in tokens)

    def _concept(self, tokens: tuple[QueryToken, ...]) -> int:
        """What was asked for with these words; a phrase is worth a little more than its words."""
        return self.marks.concept(self.rarity(tokens) + (len(tokens) > 1))


_APOSTROPHES = re.compile("['`\N{LEFT SINGLE QUOTATION MARK}\N{RIGHT SINGLE QUOTATION MARK}]")
_PATTERN_PIECE = re.compile(r"[\w*?-]*[\w][\w*?-]*")
_DAY = re.compile(r"\(?\d{1,2}([/.-])\d{1,2}\1(?:\d{2}){1,2}[).,;]*")
_SEVERAL = re.compile(r"\d[/–-]\d")
_LETTER_OR_DIGIT = re.compile(r"\w")

_CURRENCIES = frozenset(word_class("currencies"))


def simplest(
    must: tuple[Query, ...], should: tuple[Query, ...] = (), must_not: tuple[Query, ...] = ()
) -> Query:
    if len(must) == 1 and not should and not must_not:
        return must[0]
    return Boolean(must=must, should=should, must_not=must_not)


def _texts(scope: Scope | None) -> tuple[TextField, ...]:
    """The fields that other forms are looked for in."""
    return (TextField.TITLE, TextField.BODY) if scope is None else FIELDS[scope]


def _best(queries: tuple[Query, ...], tie: float = 0.0) -> Query:
    return DisMax(queries, tie) if len(queries) > 1 else queries[0]


def _is_amount(text: str, tokens: Sequence[QueryToken]) -> bool:
    """Whether a word is a number that another text may group otherwise. A day is written in one way or not
    meant, and so are two numbers (``2023/2024``): one of them elsewhere says nothing.
    """
    numeric = all(token.form.isdigit() or token.form in _CURRENCIES for token in tokens)
    return numeric and not _DAY.fullmatch(text) and not _SEVERAL.search(text)
