"""Spelling: words the archive does not know are read as the closest ones it does.

A noisy channel (Kernighan, Church and Gale 1990): of the known words close to what was typed, the one is
taken that best agrees with the other words of the query and is likeliest to be mistyped that way.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from math import log

from markupsafe import escape
from msgspec import Struct
from msgspec.structs import replace

from index.analysis.analyzer import Analyzer
from index.analysis.wordlists import words_in_use
from index.engines.base import Reader
from index.query import EXACT, Boolean, Phrase, Query, SearchRequest, Term, TextField
from search.answer import Suggestion
from search.plan.expansion import Expander
from search.plan.recipe import FIELDS
from search.plan.tokens import Piece, QueryToken, Variant
from search.plan.variants import Variants
from search.query.parsing import parse
from search.query.syntax import Both, Either, Group, Node, ParsedQuery, Scope, Scoped, Word
from search.spelling.vocabulary import ERROR_WEIGHT, FAR_MORE, RARE, Candidate, Vocabulary

JUDGED = 8
"""Candidates whose agreement with the other words is looked up."""

SHORTEST_HALF = 3
"""Letters that each of two words has at least whose blank was forgotten."""

BLANK_COST = 0.9
"""What a forgotten blank costs, in ordinary slips."""

SOUND_COST = 0.4
"""What another spelling of a name costs."""

CONTEXT_WORDS = 8
"""Other words of the query that are looked at."""

MOST_CHANGED = 5
"""Words of one query that are looked for among the neighbours: each costs a look through the vocabulary."""

NEAREST = 3
"""Known words that are named for one that is not."""


class Spelling(Struct, frozen=True):
    """What became of a query's words.

    :param parsed: the query to search for.
    :param corrected: what it was corrected to, if it was: a word of it is unknown.
    :param proposed: a better spelt query, only proposed.
    """

    parsed: ParsedQuery
    corrected: Suggestion | None = None
    proposed: Suggestion | None = None


class Unknown(Struct, frozen=True):
    """A word that no article holds.

    :param text: as typed.
    :param near: the query with one of the nearest known words in its place, the likeliest first.
    """

    text: str
    near: tuple[Suggestion, ...]


class _Typed(Struct, frozen=True):
    """One word of a query as it stands there."""

    text: str
    form: str
    stem: str
    start: int
    end: int
    fields: tuple[TextField, ...]


_EVERYWHERE = (TextField.BODY, TextField.TITLE, TextField.AUTHOR, TextField.PLACE, TextField.SOURCE)
"""All fields that words are looked for in, the likeliest first."""


class Speller:
    """Corrects queries to one index.

    :param vocabulary: the index's words; asked only when a word is unknown.
    :param expander: knows words by other forms; those are not unknown.
    :param variants: knows which words the archive has written otherwise; nor are those.
    :param frequency: number of documents whose body holds a stem, remembered by the caller.
    :param readings: knows words that are found as those of another root; they are known too.
    """

    def __init__(
        self,
        reader: Reader,
        analyzer: Analyzer,
        vocabulary: Vocabulary,
        expander: Expander,
        variants: Variants,
        frequency: Callable[[str], int],
        readings: Callable[[QueryToken], Sequence[Variant]],
    ) -> None:
        self._reader = reader
        self._in_bodies = frequency
        self._analyzer = analyzer
        self._vocabulary = vocabulary
        self._expander = expander
        self._variants = variants
        self._readings = readings
        lexicon = analyzer.lexicon
        self._weightless = lexicon.weightless
        self._written_so = frozenset(words[0] for words in lexicon.variants if len(words) == 1)

    def correct(self, parsed: ParsedQuery) -> Spelling:
        """The query with each unknown word replaced by the best known one, as far as anything is close.

        Where one word is mistyped, others may be: a rare one is replaced too if a far more frequent neighbour
        agrees better with the rest, for an archive holds slips of its own. Words in quotes, patterns and
        excluded words are left alone, and so are Indonesian words that the archive lacks. If nothing but
        acronyms is unknown, the correction is only proposed.
        """
        typed = self._typed(parsed)
        known = [word for word in typed if self._is_known(word)]
        if len(known) < len(typed):
            otherwise = self._written_otherwise(typed, alike=False)
            known = [word for word in typed if word in otherwise or word in known]
        if len(known) == len(typed):
            return Spelling(parsed)
        doubtful = [
            word for word in typed if word not in known and _correctable(word) and not self._is_right(word)
        ]
        changes: dict[_Typed, str] = {}
        for word in doubtful[:MOST_CHANGED]:
            if form := self._best(word, known):
                known.append(self._as_meant(word, form))
                if form not in self._alike(word):  # the plan finds those, and says so
                    changes[word] = form
        if not changes:
            return Spelling(parsed)
        better = _replaced(parsed.text, changes)
        if all(_is_acronym(word.text) for word in changes):
            return Spelling(parsed, proposed=better)
        if slips := self._printed_slips([word for word in typed if word not in changes], known):
            better = _replaced(parsed.text, changes | slips)
        return Spelling(replace(parse(better.query), ignored=parsed.ignored), corrected=better)

    def propose(self, parsed: ParsedQuery) -> Spelling:
        """Propose the query with rare words replaced by far more frequent neighbours that agree better with
        the other words. For queries that found little: it costs a look through the vocabulary.
        """
        typed = self._typed(parsed)
        changes = self._printed_slips(typed, typed)
        return Spelling(parsed, proposed=_replaced(parsed.text, changes) if changes else None)

    def _printed_slips(self, typed: list[_Typed], known: list[_Typed]) -> dict[_Typed, str]:
        """Rare words, each with a far more frequent neighbour that agrees better with the others.

        :param known: all words that articles hold.
        """
        changes: dict[_Typed, str] = {}
        rare = [
            word
            for word in typed
            if 0 < self._frequency(word) <= RARE and _correctable(word) and not _is_acronym(word.text)
        ]
        for word in rare[:MOST_CHANGED]:
            others = [other for other in known if other is not word][:CONTEXT_WORDS]
            form = self._best(word, others, least=self._frequency(word) * FAR_MORE)
            if form and (not others or self._is_likelier(form, word, others)):
                changes[word] = form
        return changes

    def _is_likelier(self, form: str, word: _Typed, others: list[_Typed]) -> bool:
        """Whether far more articles hold the other words of a query with another form than with the word: an
        archive holds slips of its own."""
        return self._together(self._as_meant(word, form), others) >= max(
            self._together(word, others) * FAR_MORE, 1
        )

    def unknown(self, parsed: ParsedQuery) -> list[Unknown]:
        """The words of a query that no article holds, with the known ones nearest to them."""
        found: dict[str, Unknown] = {}
        typed = self._typed(parsed)
        otherwise = self._written_otherwise(typed)
        for word in typed:
            if word.form in found or word in otherwise or self._is_known(word):
                continue
            near = [each for each in self._vocabulary.candidates(word.form, 1) if self._fits(word, each)]
            changes = [_replaced(parsed.text, {word: each.form}) for each in near[:NEAREST]]
            found[word.form] = Unknown(word.text, tuple(changes))
        return list(found.values())

    # Which words a query holds

    def _typed(self, parsed: ParsedQuery) -> list[_Typed]:
        words: list[_Typed] = []
        for node, scope in _words(parsed.root, None):
            analysis = self._analyzer.analyze(node.text)
            fields = FIELDS[scope] if scope else _EVERYWHERE
            for form, stem, start, end in zip(*analysis[:4], strict=True):
                if form not in self._weightless:
                    at = node.start
                    words.append(_Typed(node.text[start:end], form, stem, at + start, at + end, fields))
        return words

    def _is_known(self, word: _Typed) -> bool:
        return (
            any(self._frequencies(word))
            or word.form in self._expander
            or bool(self._readings(QueryToken(word.form, word.stem)))
        )

    def _is_right(self, word: _Typed) -> bool:
        """Whether it is spelt right, whatever an archive has: a root in use, an inflection of one, or a word
        that the lexicon knows to be written so (``Soeharto``)."""
        return word.stem in words_in_use("living") or word.form in self._written_so

    def _written_otherwise(self, typed: list[_Typed], alike: bool = True) -> set[_Typed]:
        """The words of a query that the archive has written otherwise, alone or with their neighbours.

        :param alike: whether names that only sound alike will do.
        """
        pieces = [
            Piece(word.text, (QueryToken(word.form, word.stem, place),)) for place, word in enumerate(typed)
        ]
        runs = self._variants.find(pieces)
        return {
            word
            for run in runs
            if alike or not all(variant.alike for variant in run.variants)
            for word in typed[run.first : run.first + run.count]
        }

    def _alike(self, word: _Typed) -> dict[str, int]:
        """The names of the archive that sound like a word -> the number of articles that have them."""
        runs = self._variants.find([Piece(word.text, (QueryToken(word.form, word.stem),))])
        found = (variant for run in runs for variant in run.variants if variant.alike)
        return {variant.tokens[0].form: variant.documents for variant in found}

    def _frequency(self, word: _Typed) -> int:
        """Number of documents that hold the word in one of its fields, at least."""
        return max(self._frequencies(word))

    def _frequencies(self, word: _Typed) -> Iterator[int]:
        for field in word.fields:
            if field is TextField.BODY:
                yield self._in_bodies(word.stem)
            else:
                yield self._reader.document_frequency(field, word.stem if field in EXACT else word.form)

    def _as_meant(self, word: _Typed, form: str) -> _Typed:
        return _Typed(form, form, self._analyzer.stem(form), word.start, word.end, word.fields)

    # Which word was meant

    def _best(self, word: _Typed, others: list[_Typed], least: int = 1) -> str | None:
        candidates = [
            candidate
            for candidate in self._vocabulary.candidates(word.form)
            if candidate.frequency >= least
            and self._fits(word, candidate)
            # nobody asks for a word that weighs nothing and for nothing else
            and (others or candidate.form not in self._weightless)
        ]
        if least == 1:
            candidates += self._halves(word)
            candidates += (Candidate(form, found, SOUND_COST) for form, found in self._alike(word).items())
        candidates.sort(key=lambda each: ERROR_WEIGHT * each.cost - log(each.frequency))
        judged = candidates[:JUDGED]
        if not judged:
            return None
        if len(judged) == 1:
            return judged[0].form
        context = others[:CONTEXT_WORDS]
        scores = {each.form: self._score(word, each, context) for each in judged}
        return max(scores, key=lambda form: scores[form])

    def _halves(self, word: _Typed) -> Iterator[Candidate]:
        """Two known words whose blank was forgotten (``rumahsakit``), if the archive has them in a row."""
        vocabulary = self._vocabulary
        for place in range(SHORTEST_HALF, len(word.form) - SHORTEST_HALF + 1):
            left, right = word.form[:place], word.form[place:]
            if min(vocabulary.frequency(left), vocabulary.frequency(right)) > RARE:
                form = f"{left} {right}"
                if found := self._together(self._as_meant(word, form), []):
                    yield Candidate(form, found, BLANK_COST)

    def _fits(self, word: _Typed, candidate: Candidate) -> bool:
        """Whether the candidate is known in the fields that were asked for."""
        return word.fields is _EVERYWHERE or self._frequency(self._as_meant(word, candidate.form)) > 0

    def _score(self, word: _Typed, candidate: Candidate, others: list[_Typed]) -> float:
        """Log-likelihood that the candidate was meant, up to a constant."""
        meant = self._as_meant(word, candidate.form)
        prior = candidate.frequency / max(self._reader.count(), 1)
        agreement = prior
        if others:
            together = self._together(meant, others)
            with_any = self._together(meant, others, 1) if len(others) > 1 else together
            agreement = together + 0.1 * with_any + prior
        return log(agreement) - ERROR_WEIGHT * candidate.cost

    def _together(self, word: _Typed, others: list[_Typed], minimum: int | None = None) -> int:
        """Number of documents that hold the word and ``minimum`` of the others (by default all)."""
        held = tuple(_holding(other) for other in others)
        query = Boolean(
            must=(_holding(word, exact=True),), should=held, minimum=len(held) if minimum is None else minimum
        )
        return self._reader.search(SearchRequest(query, limit=0)).total


def _words(node: Node, scope: Scope | None) -> Iterator[tuple[Word, Scope | None]]:
    """Plain words that an article should hold, with the field they are looked for in."""
    if isinstance(node, Word):
        yield node, scope
    elif isinstance(node, Scoped):
        yield from _words(node.node, node.scope)
    elif isinstance(node, (Both, Either)):
        for child in node.nodes:
            yield from _words(child, scope)
    elif isinstance(node, Group):
        for child in (*node.wanted, *node.required):
            yield from _words(child, scope)


def _correctable(word: _Typed) -> bool:
    return len(word.form) > 3 and word.form.isalpha()


def _is_acronym(text: str) -> bool:
    return text.isupper() and len(text) <= 5


def _holding(word: _Typed, exact: bool = False) -> Query:
    """Documents that hold the word: inflected or not, or only as it stands."""
    if " " in word.form:
        halves = tuple(word.form.split())
        pairs = tuple(Phrase(EXACT.get(field, field), halves) for field in word.fields)
        return Boolean(should=pairs, minimum=1)
    terms = tuple(
        Term(EXACT.get(field, field), word.form) if exact or field not in EXACT else Term(field, word.stem)
        for field in word.fields
    )
    return terms[0] if len(terms) == 1 else Boolean(should=terms, minimum=1)


def _replaced(text: str, changes: dict[_Typed, str]) -> Suggestion:
    query: list[str] = []
    html: list[str] = []
    at = 0
    for word in sorted(changes, key=lambda word: word.start):
        form = _in_case_of(word.text, changes[word])
        query += (text[at : word.start], form)
        html += (str(escape(text[at : word.start])), f"<mark>{escape(form)}</mark>")
        at = word.end
    query.append(text[at:])
    html.append(str(escape(text[at:])))
    return Suggestion("".join(query), "".join(html))


def _in_case_of(typed: str, form: str) -> str:
    if typed.isupper() and len(typed) > 1:
        return form.upper()
    return form[0].upper() + form[1:] if typed[0].isupper() else form
