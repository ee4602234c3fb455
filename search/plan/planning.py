"""From what a reader meant to what the engine is asked, and to what is marked in the results."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from msgspec import Struct
from msgspec.structs import replace

from index.analysis.wordlists import word_class
from index.query import Boolean, Constant, Everything, Query
from search.answer import Expansion, MatchingStrategy
from search.plan.bounds import most
from search.plan.marks import NAME_SCOPES
from search.plan.meaning import Archive, Meaning, simplest
from search.plan.otherwise import Otherwise
from search.plan.overlap import overlaps
from search.plan.questions import Wanted, kind_of
from search.plan.recipe import FIELDS, idf
from search.plan.tokens import Piece, QueryToken
from search.query.syntax import (
    Approximate,
    Both,
    Dates,
    Either,
    Ignored,
    Node,
    ParsedQuery,
    Scope,
    Scoped,
    Word,
    without_phrases,
)
from search.snippets.targets import Targets


class Unit(Struct, frozen=True):
    """One plain word of the query: an article need not hold it, and is the better for it.

    :param text: as typed.
    :param tokens: what it was analysed to; usually one.
    :param query: the documents that hold it.
    """

    text: str
    tokens: tuple[QueryToken, ...]
    query: Query


class Attempt(Struct, frozen=True):
    """What may be found.

    :param query: the documents.
    :param tiers: trees in whose order they are listed, each of which finds what the one before it finds and
        more: first the documents of the first, then what the second adds, and so on. The last is ``query``.
    """

    query: Query
    tiers: tuple[Query, ...]


class Plan(Struct, frozen=True):
    """What to ask the engine and what to mark.

    :param parsed: the query it is made for.
    :param attempts: what may be found, the strictest first: that is found which is the first to be ``enough``
        documents in the whole archive, whatever filters are chosen.
    :param whole: the documents that hold every word; all attempts find those too.
    :param all_first: whether those are listed first.
    :param least_of_all: the score that those have at least and others never, if the scores put them first;
        else 0.
    :param units: the plain words, in the order of the query.
    :param holds_if: what some article of the archive has to match for the plan to hold, if there is another.
    :param scored: whether the trees tell better from worse; if not, the newest should come first.
    :param title: what to mark in titles; ``body`` likewise.
    :param expansions: words of the query that also found other forms.
    :param ignored: parts of the query that were not read as written, or hold nothing to search for.
    :param wanted: what an article should hold to answer it, if it is a question, reading articles tells
        more of it than the trees, and results are ranked.
    """

    parsed: ParsedQuery
    attempts: tuple[Attempt, ...]
    whole: Query
    all_first: bool
    least_of_all: float
    units: tuple[Unit, ...]
    scored: bool
    title: Targets
    body: Targets
    expansions: tuple[Expansion, ...]
    ignored: tuple[tuple[Ignored, str], ...]
    wanted: Wanted | None
    holds_if: Query | None = None


class Planner:
    """Plans queries for one index, its ``archive``. Remembers the trees of words; safe to share between
    threads."""

    def __init__(self, archive: Archive) -> None:
        self.archive = archive

    def plans(
        self, parsed: ParsedQuery, match: MatchingStrategy, ranked: bool, expand: bool
    ) -> Iterator[Plan]:
        """Plans to try in turn until one holds: the query's own, and behind it that of the query with its
        quoted phrases read as plain words. The arguments are those of :meth:`plan`.
        """
        plan = self.plan(parsed, match, ranked, expand)
        loose = without_phrases(parsed)
        if loose is None:
            yield plan
            return
        # Whether any article has the phrases is the same whatever becomes of the words beside them.
        widest = plan if match == "auto" else self.plan(parsed, "auto", ranked, expand)
        yield replace(plan, holds_if=widest.attempts[-1].query)
        yield self.plan(loose, match, ranked, expand)

    def plan(
        self, parsed: ParsedQuery, match: MatchingStrategy = "auto", ranked: bool = True, expand: bool = True
    ) -> Plan:
        """Plan a query.

        :param match: what becomes of plain words side by side.
        :param ranked: whether results will be sorted by relevance.
        :param expand: whether other forms of words will do as well.
        """
        return _Walk(self.archive, match, ranked, expand).plan(parsed)

    def every_word(self, parsed: ParsedQuery) -> Query | None:
        """The documents that hold every plain word of a query, ``None`` if none of them weighs anything."""
        units = _Walk(self.archive, "all", False, True).every_word(parsed)
        weightless = self.archive.lexicon.weightless
        if all(token.form in weightless for unit in units for token in unit.tokens):
            return None
        return Boolean(must=tuple(unit.query for unit in units))


class _Walk:
    """One walk over one query."""

    def __init__(self, archive: Archive, match: MatchingStrategy, ranked: bool, expand: bool) -> None:
        self._archive = archive
        self._expander = archive.expander if expand else None
        self._meaning = Meaning(archive, self._expander)
        self._otherwise = Otherwise(self._expander, archive.variants)
        self._recipe = archive.recipe
        self._match = match
        self._ranked = ranked
        self._question = False
        self._wanted: Wanted | None = None
        self._typed: dict[
            int, list[Unit]
        ] = {}  # words by where they were typed, if several were typed as one

    def plan(self, parsed: ParsedQuery) -> Plan:
        root = parsed.root
        words = [node for node in root.wanted if isinstance(node, (Word, Approximate))]
        explicit = [node for node in root.wanted if not isinstance(node, (Word, Approximate))]
        required = self._meaning.queries(root.required)
        restricting = [node for node in explicit if self._match != "any" or _restricts(node)]
        required += self._meaning.queries(restricting)
        optional = self._meaning.queries(node for node in explicit if node not in restricting)
        units = self._units(words, alone=not (required or optional))
        for term, forms, variants in self._otherwise.noted:
            self._meaning.note(term, forms, variants)
        bonuses = self._bonuses(units)
        units, parts = self._joined(units)
        bonuses += parts
        forbidden = tuple(self._meaning.unmarked(root.forbidden))

        wanted = (*(unit.query for unit in units), *optional)
        ignored = parsed.ignored
        if wanted:
            self._meaning.scored = True
            minimums = self._recipe.minimums(len(wanted), self._match, self._question)
            steps = () if self._ranked else self._recipe.steps(len(wanted))
            first = self._all_words_first(wanted, (*required, *bonuses))
            trees = {
                minimum: self._tree(wanted, minimum, required, forbidden, [*bonuses, *first])
                for minimum in (*minimums, *steps)
                if minimum < len(wanted)
            }
            whole = simplest((*wanted, *required), tuple(bonuses), forbidden)
            trees[len(wanted)] = whole
            attempts = [
                Attempt(trees[minimum], (*(trees[step] for step in steps if step > minimum), trees[minimum]))
                for minimum in minimums
            ]
            least = first[0].score if first else 0.0
            all_first = bool(first) or not self._ranked
        else:
            all_first, least = True, 0.0
            whole = Everything()
            if required or forbidden:
                whole = simplest(must=tuple(required), must_not=forbidden)
            elif text := parsed.text.strip():
                ignored = (*ignored, (Ignored.NO_WORDS, text))
            attempts = [Attempt(whole, (whole,))]
        return Plan(
            parsed=parsed,
            attempts=tuple(attempts),
            whole=whole,
            all_first=all_first,
            least_of_all=least,
            units=tuple(units),
            scored=self._meaning.scored,
            title=self._meaning.marks.targets(Scope.TITLE),
            body=self._meaning.marks.targets(Scope.BODY),
            expansions=tuple(Expansion(*noted) for noted in self._meaning.expansions.items()),
            ignored=ignored,
            wanted=self._wanted if self._wanted and self._wanted.is_told(len(units)) else None,
        )

    def every_word(self, parsed: ParsedQuery) -> list[Unit]:
        """The plain words of a query of nothing else."""
        words = [node for node in parsed.root.wanted if isinstance(node, (Word, Approximate))]
        return self._joined(self._units(words, alone=True))[0]

    @staticmethod
    def _tree(
        wanted: tuple[Query, ...],
        minimum: int,
        required: list[Query],
        forbidden: tuple[Query, ...],
        bonuses: list[Query],
    ) -> Query:
        words = wanted[0] if len(wanted) == 1 else Boolean(should=wanted, minimum=minimum)
        return simplest((words, *required), tuple(bonuses), forbidden)

    def _all_words_first(self, wanted: tuple[Query, ...], others: tuple[Query, ...]) -> list[Constant]:
        if not self._ranked or not self._recipe.is_short(len(wanted), self._question):
            return []
        rarest = idf(self._archive.documents, 1)
        all_but_one = sorted(most(word, rarest) for word in wanted)[1:]
        reached = sum(all_but_one) + sum(most(other, rarest) for other in others)
        return [self._recipe.all_words_first(wanted, reached)]

    def _bonuses(self, units: list[Unit]) -> list[Query]:
        tokens = [token for unit in units for token in unit.tokens]
        rarity = self._meaning.rarity(tokens)
        return [
            *self._recipe.phrase_first(tokens, rarity, self._question, self._otherwise.rows(tokens)),
            *self._recipe.freshness(date.today()),
        ]

    # Plain words side by side

    def _units(self, words: list[Word | Approximate], alone: bool) -> list[Unit]:
        """The words that count: without those that weigh nothing, unless there is nothing else.

        :param alone: whether the query has nothing but these words.
        """
        pieces: list[tuple[Word | Approximate, tuple[QueryToken, ...]]] = []
        position = 0
        for node in words:
            tokens = self._meaning.tokens(node.text, position)
            if tokens:
                position = tokens[-1].position + 1
                pieces += [(node, part) for part in _parts(node, tokens)]
        plain = [Piece(node.text, tokens) for node, tokens in pieces if not isinstance(node, Approximate)]
        self._otherwise.find(plain)
        weightless = self._archive.lexicon.weightless
        asking = self._archive.lexicon.question_words
        self._question = any(token.form in asking for _, tokens in pieces for token in tokens)
        weights = self._recipe.weights
        if self._question and self._ranked and (weights.answer or weights.passage or weights.beside):
            asked = [token.form for _, tokens in pieces for token in tokens]
            self._wanted = Wanted(kind_of(asked), frozenset(asked))
        telling = [
            (node, tokens)
            for node, tokens in pieces
            if len(tokens) > 1 or isinstance(node, Approximate) or tokens[0].form not in weightless
        ]
        if telling or not alone:
            pieces = telling
        units: dict[tuple[str, ...], Unit] = {}
        typed: dict[int, list[tuple[str, ...]]] = {}
        for node, tokens in pieces:
            forms = tuple(token.form for token in tokens)
            typed.setdefault(id(node), []).append(forms)
            if forms not in units:
                found = self._otherwise.at(tokens[0].position)
                query = self._meaning.word(tokens, node, None, *found)
                if self._question and forms[0] in _FRAMES and len(pieces) > 1:
                    query = self._recipe.framed(query)
                units[forms] = Unit(node.text, tokens, query)
        weighed = dict(zip(units, self._weighed(list(units.values())), strict=True))
        self._typed = {
            where: [weighed[forms] for forms in dict.fromkeys(parts)]
            for where, parts in typed.items()
            if len(parts) > 1
        }
        return list(weighed.values())

    def _joined(self, units: list[Unit]) -> tuple[list[Unit], list[Query]]:
        """Words that were typed as one (``covid-19``, ``KPU-RI``) count as one: an article holds all or none.

        :returns: those words, and what holding a part is worth in an article that is found anyway.
        """
        joined: dict[int, Unit] = {}
        parts: dict[int, Query] = {}
        for typed in self._typed.values():
            tokens = tuple(token for unit in typed for token in unit.tokens)
            must = [unit.query for unit in typed]
            # A number or a letter says nothing unless it stands beside what it was typed with.
            side_by_side = any(token.form.isdigit() or len(token.form) == 1 for token in tokens)
            if side_by_side:
                as_typed = self._recipe.adjacent(tokens, FIELDS[None])
                others = self._meaning.whole(self._otherwise.whole(tokens), self._otherwise.meant(tokens))
                must = [simplest((), (as_typed, *others))]
            whole = Unit(typed[0].text, tokens, Constant(simplest(tuple(must))))
            joined[id(typed[0])] = whole
            parts.update((id(unit), unit.query) for unit in typed)
        rest = [unit for unit in units if id(unit) not in parts]
        return [*rest, *joined.values()], list(parts.values())

    def _weighed(self, units: list[Unit]) -> list[Unit]:
        """The same words, those worth less that say what the words around them say already."""
        archive = self._archive
        single = [unit for unit in units if len(unit.tokens) == 1]
        if len(single) < 3 or not archive.together or not self._recipe.weights.overlap:
            return units  # two words would lose alike
        stems = [unit.tokens[0].stem for unit in single]
        found = overlaps(stems, archive.frequency, archive.together, archive.documents)
        weighed = dict(zip(map(id, single), found, strict=True))
        return [self._lessen(unit, weighed.get(id(unit), 0.0)) for unit in units]

    def _lessen(self, unit: Unit, overlap: float) -> Unit:
        if not overlap:
            return unit
        return replace(unit, query=self._recipe.lessened(unit.query, overlap, unit.text))


_PARTED = re.compile(r"[\w\s]+(?:[-/&+][\w\s]+)+")
_LETTER = re.compile(r"[^\W\d_]")

_FRAMES = frozenset(word_class("question frames"))


def _parts(node: Word | Approximate, tokens: tuple[QueryToken, ...]) -> list[tuple[QueryToken, ...]]:
    """Words joined by a dash or slash (``TNI-Polri``, ``dan/atau``) each count for something."""
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
