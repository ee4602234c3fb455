"""From what a reader meant to what the engine is asked, and to what is marked in the results."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from index.analysis import Analyzer, fold
from index.query import Boolean, Boost, Constant, DisMax, Everything, Published, Query, TextField
from search import ranking
from search.answer import Expansion, Match
from search.expansion import Expander, OtherForms
from search.marks import NAME_SCOPES, Marks
from search.overlap import Together, overlaps
from search.questions import Wanted, kind_of
from search.ranking import Token, Weights
from search.snippets import Targets
from search.syntax import (
    Approximate,
    Both,
    Dates,
    Either,
    Group,
    Ignored,
    Node,
    Not,
    ParsedQuery,
    Pattern,
    Quoted,
    Scope,
    Scoped,
    Word,
)

__all__ = ["Plan", "Planner", "Unit"]

_FIELDS: dict[Scope | None, tuple[TextField, ...]] = {
    None: ranking.SEARCHED,
    Scope.TITLE: (TextField.TITLE,),
    Scope.BODY: (TextField.BODY,),
    Scope.SOURCE: (TextField.SOURCE,),
    Scope.PLACE: (TextField.PLACE,),
    Scope.AUTHOR: (TextField.AUTHOR,),
}
_PATTERN_WEIGHT = 4.0
"""Worth of showing a word that fits a pattern; how many documents it is in is not known."""


@dataclass(frozen=True, slots=True)
class Unit:
    """One plain word of the query: an article need not hold it, and is the better for it.

    :param text: as typed. ``start`` and ``end`` are its characters in the query.
    :param tokens: what it was analysed to; usually one.
    :param query: the documents that hold it.
    :param certain: whether only these tokens will do; false if nearly the same word will.
    :param others: other forms of the word (acronym, synonym) that will do as well.
    """

    text: str
    start: int
    end: int
    tokens: tuple[Token, ...]
    query: Query
    certain: bool = True
    others: tuple[tuple[Token, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class Plan:
    """What to ask the engine and what to mark.

    :param attempts: trees to try in turn, the strictest first, until one finds enough.
    :param units: the plain words, in the order of the query.
    :param scored: whether the trees tell better from worse; if not, the newest should come first.
    :param title: what to mark in titles; ``body`` likewise.
    :param expansions: words of the query that also found other forms.
    :param ignored: what holds nothing that could be searched for.
    :param other_terms: texts of the terms and phrases that only stand for other forms.
    :param question: whether it is a question.
    :param wanted: what an article should hold to answer it, if it is a question that says so.
    :param lessened: boosts that stand for a word's overlap with its neighbours -> the word.
    """

    attempts: tuple[Query, ...]
    units: tuple[Unit, ...]
    scored: bool
    title: Targets
    body: Targets
    expansions: tuple[Expansion, ...] = ()
    ignored: tuple[tuple[Ignored, str], ...] = ()
    other_terms: frozenset[str] = frozenset()
    question: bool = False
    wanted: Wanted | None = None
    lessened: Mapping[Query, str] = field(default_factory=dict)


class Planner:
    """Plans queries for one index.

    :param analyzer: the index's own.
    :param frequency: number of documents whose body holds a stem.
    :param documents: number of documents.
    :param expander: knows other forms of words; without one, words stand for themselves.
    :param weights: the ranking recipe's weights.
    :param together: numbers of documents whose body holds two stems; without it, every word counts in full.
    """

    def __init__(
        self,
        analyzer: Analyzer,
        frequency: Callable[[str], int],
        documents: int,
        expander: Expander | None = None,
        weights: Weights = ranking.WEIGHTS,
        together: Together | None = None,
    ) -> None:
        self.analyzer = analyzer
        self.frequency = frequency
        self.documents = documents
        self.expander = expander
        self.weights = weights
        self.together = together
        self.weightless = analyzer.lexicon.weightless

    def plan(self, parsed: ParsedQuery, match: Match = "auto", ranked: bool = True) -> Plan:
        """Plan a query.

        :param match: what becomes of plain words side by side.
        :param ranked: whether results will be sorted by relevance.
        """
        return _Walk(self, match).plan(parsed, ranked)


class _Walk:
    """One walk over one query."""

    def __init__(self, planner: Planner, match: Match) -> None:
        self._planner = planner
        self._analyzer = planner.analyzer
        self._weights = planner.weights
        self._match = match
        self._marks = Marks()
        self._scored = False
        self._expander = planner.expander
        self._expansions: dict[str, tuple[str, ...]] = {}
        self._question = False
        self._wanted: Wanted | None = None
        self._typed: set[str] = set()
        self._other: set[str] = set()
        self._lessened: dict[Query, str] = {}

    def plan(self, parsed: ParsedQuery, ranked: bool) -> Plan:
        root = parsed.root
        words: list[Word | Approximate] = []
        explicit: list[Node] = []
        for node in root.wanted:
            if isinstance(node, (Word, Approximate)):
                words.append(node)
            else:
                explicit.append(node)
        required = self._queries(root.required)
        restricting = [node for node in explicit if self._match != "any" or _restricts(node)]
        required += self._queries(restricting)
        optional = self._queries(node for node in explicit if node not in restricting)
        units = self._units(words, alone=not (required or optional))
        bonuses = self._bonuses(units)
        forbidden = tuple(self._unmarked(root.forbidden))

        wanted = (*(unit.query for unit in units), *optional)
        attempts: list[Query] = []
        if wanted:
            self._scored = True
            attempts += [
                self._tree(wanted, minimum, required, forbidden, bonuses)
                for minimum in ranking.minimums(
                    len(wanted), self._match, ranked, self._question, self._weights
                )
            ]
        elif required or forbidden:
            attempts.append(_simplest(must=tuple(required), must_not=forbidden))
        else:
            attempts.append(Everything())
        ignored: tuple[tuple[Ignored, str], ...] = ()
        if isinstance(attempts[0], Everything) and parsed.text.strip():
            ignored = ((Ignored.NO_WORDS, parsed.text.strip()),)
        return Plan(
            tuple(attempts),
            tuple(units),
            self._scored,
            self._marks.targets(Scope.TITLE),
            self._marks.targets(Scope.BODY),
            tuple(Expansion(term, matched) for term, matched in self._expansions.items()),
            ignored,
            frozenset(self._other - self._typed),
            self._question,
            self._wanted,
            self._lessened,
        )

    def _tree(
        self,
        wanted: tuple[Query, ...],
        minimum: int,
        required: list[Query],
        forbidden: tuple[Query, ...],
        bonuses: list[Query],
    ) -> Query:
        if minimum == len(wanted):
            must, should = (*wanted, *required), tuple(bonuses)
        else:
            words = wanted[0] if len(wanted) == 1 else Boolean(should=wanted, minimum=minimum)
            must = (words, *required)
            should = (*bonuses, *ranking.all_words_first(wanted, self._question, self._weights))
        return _simplest(must=must, should=should, must_not=forbidden)

    def _bonuses(self, units: list[Unit]) -> list[Query]:
        tokens = [token for unit in units for token in unit.tokens]
        fresh = ranking.freshness(date.today(), self._weights)
        return [*ranking.proximity(tokens, self._weights), *fresh]

    # Plain words side by side

    def _units(self, words: list[Word | Approximate], alone: bool) -> list[Unit]:
        """The words that count: without those that weigh nothing, unless there is nothing else.

        :param alone: whether the query has nothing but these words.
        """
        pieces: list[tuple[Word | Approximate, tuple[Token, ...]]] = []
        position = 0
        for node in words:
            tokens = self._tokens(node.text, position)
            if tokens:
                position = tokens[-1].position + 1
                pieces += [(node, part) for part in _parts(node, tokens)]
        others = self._other_forms(pieces)
        weightless = self._planner.weightless
        asking = self._analyzer.lexicon.question_words
        self._question = any(token.form in asking for _, tokens in pieces for token in tokens)
        if self._question and self._weights.answer:
            self._wanted = self._answer_wanted([token.form for _, tokens in pieces for token in tokens])
        telling = [
            (node, tokens)
            for node, tokens in pieces
            if len(tokens) > 1 or isinstance(node, Approximate) or tokens[0].form not in weightless
        ]
        if telling or not alone:
            pieces = telling
        units: list[Unit] = []
        seen: set[tuple[str, ...]] = set()
        for node, tokens in pieces:
            forms = tuple(token.form for token in tokens)
            if forms not in seen:
                seen.add(forms)
                found = others.get(tokens[0].position)
                query = self._word(tokens, node, None, found)
                if self._question and forms[0] in _FRAMES and len(pieces) > 1:
                    query = ranking.framed(query, self._weights)
                certain = not isinstance(node, Approximate)
                alternatives = found.forms if found else ()
                units.append(Unit(node.text, node.start, node.end, tokens, query, certain, alternatives))
        return self._weighed(units)

    def _answer_wanted(self, forms: list[str]) -> Wanted | None:
        kind = kind_of(forms)
        return Wanted(kind, frozenset(forms), self._weights.answer) if kind else None

    def _weighed(self, units: list[Unit]) -> list[Unit]:
        """The same words, those worth less that say what the words around them say already."""
        planner = self._planner
        single = [unit for unit in units if len(unit.tokens) == 1]
        if len(single) < 3 or not planner.together or not self._weights.overlap:
            return units  # two words would lose alike
        stems = [unit.tokens[0].stem for unit in single]
        found = overlaps(stems, planner.frequency, planner.together, planner.documents)
        weighed = dict(zip(map(id, single), found, strict=True))
        return [self._lessen(unit, weighed.get(id(unit), 0.0)) for unit in units]

    def _lessen(self, unit: Unit, overlap: float) -> Unit:
        if not overlap:
            return unit
        query = Boost(unit.query, ranking.share(overlap, self._weights))
        self._lessened[query] = unit.text
        return replace(unit, query=query)

    def _other_forms(
        self, pieces: list[tuple[Word | Approximate, tuple[Token, ...]]]
    ) -> dict[int, OtherForms]:
        """Other forms of single words and of words in a row, by the position of each word."""
        if not self._expander:
            return {}
        tokens = [
            tokens[0] for node, tokens in pieces if len(tokens) == 1 and not isinstance(node, Approximate)
        ]
        found_at: dict[int, OtherForms] = {}
        for found in self._expander.find(tokens):
            run = tokens[found.first : found.first + found.count]
            found_at.update((token.position, found) for token in run)
            self._note(" ".join(token.form for token in run), found)
        return found_at

    # Everything else

    def _queries(self, nodes: Iterable[Node]) -> list[Query]:
        return [query for node in nodes if (query := self._query(node, None)) is not None]

    def _query(self, node: Node, scope: Scope | None) -> Query | None:
        """The documents that a node means, ``None`` if it holds nothing that could be searched for."""
        if isinstance(node, Scoped):
            query = self._query(node.node, node.scope)
            return Constant(query) if query is not None and node.scope in NAME_SCOPES else query
        if isinstance(node, Dates):
            return Constant(Published(node.first, node.last))
        if isinstance(node, Not):
            excluded = self._unmarked((node.node,), scope)
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
        must_not = self._unmarked(excluded, scope)
        return _simplest(must=tuple(must), must_not=tuple(must_not)) if must or must_not else None

    def _is_weightless(self, node: Node) -> bool:
        if not isinstance(node, Word):
            return False
        forms = self._analyzer.analyze(node.text).forms
        return all(form in self._planner.weightless for form in forms)

    def _unmarked(self, nodes: tuple[Node, ...], scope: Scope | None = None) -> list[Query]:
        """The documents that excluded nodes mean: their words are neither marked nor looked for otherwise."""
        scored, expander = self._scored, self._expander
        self._expander = None
        with self._marks.suspended():
            queries = [query for node in nodes if (query := self._query(node, scope)) is not None]
        self._scored, self._expander = scored, expander
        return queries

    def _leaf(self, node: Word | Quoted | Pattern | Approximate, scope: Scope | None) -> Query | None:
        if isinstance(node, Pattern):
            query = self._pattern(node, scope)
        elif not (tokens := self._tokens(node.text)):
            query = None
        elif isinstance(node, Quoted):
            self._marks.add_sequence(tokens, True, self._concept(tokens), scope)
            query = ranking.quoted(tokens, _FIELDS[scope], self._weights)
        else:
            query = self._word(tokens, node, scope, self._single_form(tokens, node, scope))
        if query is not None and scope not in NAME_SCOPES:
            self._scored = True
        return query

    def _word(
        self,
        tokens: tuple[Token, ...],
        node: Word | Approximate,
        scope: Scope | None,
        others: OtherForms | None,
    ) -> Query:
        fields = _FIELDS[scope]
        concept = self._concept(tokens)
        if len(tokens) > 1:
            self._marks.add_sequence(tokens, False, concept, scope)
            if scope is None and all(token.form.isdigit() or token.form in _CURRENCIES for token in tokens):
                rarities = [self._rarity((token,)) for token in tokens]
                numbers = ranking.day if _DAY.fullmatch(node.text) else ranking.amount
                return numbers(tokens, rarities, fields, self._weights)
            return ranking.adjacent(tokens, fields, self._weights)
        token = tokens[0]
        self._typed |= {token.stem, token.form}
        self._marks.add_word(token, concept, scope)
        if isinstance(node, Approximate):
            self._marks.add_approximate(token.form, node.distance, concept, scope)
            return ranking.approximate(token, node.distance, fields, self._weights)
        query = ranking.word(token, fields, self._weights, self._rarity((token,)))
        if others is None:
            return query
        texts = (TextField.TITLE, TextField.BODY) if scope is None else fields
        alternatives: list[Query] = []
        for form in filter(self._is_known, others.forms):
            # Worth what the word itself would be; a long form's words together are worth more.
            share = min(1.0, self._rarity((token,)) / max(self._rarity(form), 1e-9))
            self._other.add(" ".join(word.stem for word in form))
            self._other.add(" ".join(word.form for word in form))
            alternatives.append(ranking.alternative(form, share, texts, self._weights))
            if len(form) == 1:
                self._marks.add_word(form[0], concept, scope)
            else:
                self._marks.add_sequence(form, False, concept, scope)
        return DisMax((query, *alternatives)) if alternatives else query

    def _single_form(
        self, tokens: tuple[Token, ...], node: Word | Approximate, scope: Scope | None
    ) -> OtherForms | None:
        """Other forms of one word that stands for itself."""
        if not self._expander or isinstance(node, Approximate) or len(tokens) > 1 or scope in NAME_SCOPES:
            return None
        for found in self._expander.find(tokens):
            self._note(tokens[0].form, found)
            return found
        return None

    def _note(self, term: str, found: OtherForms) -> None:
        """Remember for the reader which other forms the archive knows."""
        known = tuple(" ".join(token.form for token in form) for form in found.forms if self._is_known(form))
        if known:
            self._expansions[term] = known

    def _is_known(self, form: tuple[Token, ...]) -> bool:
        return all(self._planner.frequency(token.stem) for token in form)

    def _pattern(self, node: Pattern, scope: Scope | None) -> Query | None:
        text = _APOSTROPHES.sub("", fold(node.text))
        whole = _PATTERN_PIECE.findall(text)
        pieces = [piece for part in whole for piece in part.split("-") if _LETTER_OR_DIGIT.search(piece)]
        queries: list[Query] = []
        for reading in (whole, pieces) if whole != pieces else (whole,):
            if not reading:
                continue
            concept = self._marks.concept(_PATTERN_WEIGHT)
            for piece in reading:
                self._marks.add_pattern(piece, concept, scope)
            musts = [ranking.pattern(piece, _FIELDS[scope], self._weights) for piece in reading]
            queries.append(_simplest(must=tuple(musts)))
        if len(queries) < 2:
            return queries[0] if queries else None
        return DisMax(tuple(queries))

    def _tokens(self, text: str, first: int = 0) -> tuple[Token, ...]:
        analysis = self._analyzer.analyze(text)
        columns = zip(analysis.forms, analysis.stems, analysis.positions, strict=True)
        return tuple(Token(form, stem, first + position) for form, stem, position in columns)

    def _rarity(self, tokens: tuple[Token, ...]) -> float:
        planner = self._planner
        return sum(ranking.idf(planner.documents, planner.frequency(token.stem)) for token in tokens)

    def _concept(self, tokens: tuple[Token, ...]) -> int:
        """What was asked for with these words; a phrase is worth a little more than its words."""
        return self._marks.concept(self._rarity(tokens) + (len(tokens) > 1))


_APOSTROPHES = re.compile("['`\N{LEFT SINGLE QUOTATION MARK}\N{RIGHT SINGLE QUOTATION MARK}]")
_PATTERN_PIECE = re.compile(r"[\w*?-]*[\w][\w*?-]*")
_PARTED = re.compile(r"[\w\s]+(?:[-/&+][\w\s]+)+")
_DAY = re.compile(r"\(?\d{1,2}([/.-])\d{1,2}\1(?:\d{2}){1,2}[).,;]*")
_LETTER_OR_DIGIT = re.compile(r"\w")
_LETTER = re.compile(r"[^\W\d_]")


_FRAMES = frozenset(
    (
        *("arti", "artinya", "bernama", "definisi", "dimaksud", "dimaksudkan", "disebut", "jumlah", "letak"),
        *("letaknya", "maksud", "maksudnya", "nama", "namanya", "pengertian", "terletak"),
    )
)
"""Words by which a question says what kind of answer it wants; the answer itself rarely has them."""

_CURRENCIES = frozenset(("rp", "idr", "usd", "eur", "sgd", "myr", "jpy", "aud", "rm"))


def _parts(node: Word | Approximate, tokens: tuple[Token, ...]) -> list[tuple[Token, ...]]:
    """Words joined by a dash or slash (``TNI-Polri``, ``dan/atau``) each count; others stay together."""
    if isinstance(node, Approximate):
        return [tokens]
    if len(tokens) > 1 and _LETTER.search(node.text) and _PARTED.fullmatch(node.text.strip(".,;:!?")):
        return [(token,) for token in tokens]
    return [tokens]


def _restricts(node: Node) -> bool:
    """Whether a node narrows the results even where any word will do: dates, source, place, author."""
    if isinstance(node, Scoped):
        return node.scope in NAME_SCOPES
    if isinstance(node, (Either, Both)):
        return all(_restricts(child) for child in node.nodes)
    return isinstance(node, Dates)


def _simplest(
    must: tuple[Query, ...], should: tuple[Query, ...] = (), must_not: tuple[Query, ...] = ()
) -> Query:
    if len(must) == 1 and not should and not must_not:
        return must[0]
    return Boolean(must=must, should=should, must_not=must_not)
