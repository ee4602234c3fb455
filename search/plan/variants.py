"""Other ways of writing that an archive has of the words of a query: the same words, and worth the same."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import lru_cache, partial
from weakref import proxy

from msgspec import Struct
from msgspec.structs import replace

from index.analysis.lexicon import Lexicon
from index.analysis.sound import MOST_ALIKE, Names
from search.plan import numbers, writing
from search.plan.expansion import Expander
from search.plan.tokens import Piece, QueryToken, Run, Variant

MOST_LOOKED = 64
"""Pieces of a query that are looked at; more are no question of anybody."""

_KEPT = 1 << 12
_SHARE = 20
"""A word is taken apart if the archive has the parts in a row at least once for so many times the word."""

_FEW = 5
"""Articles that hold a half of a word that no article has, up to which it is no word of its own."""

_INITIAL, _INITIAL_OF = "m", ("muhammad",)
"""The one name that is written as its first letter before another."""

_MOST_JOINED = 4
"""Parts of an abbreviation with full stops inside: ``S.Pd.I``."""


class Counts(Struct, frozen=True):
    """How many articles hold what in their bodies.

    :param stem: a stem.
    :param form: a form exactly.
    :param row: words in a row: their stems, or exactly their forms.
    """

    stem: Callable[[str], int]
    form: Callable[[str], int]
    row: Callable[[tuple[str, ...], bool], int]


class Variants:
    """Finds other ways of writing. Immutable but for what it remembers; safe to share between threads.

    :param lexicon: what is known about words; what the owner took away of it has no other way.
    :param stem: form -> stem.
    :param is_root: whether a word is an Indonesian root.
    :param expander: knows the ways that the lexicon names.
    :param counts: of the archive.
    :param old_ways: finds the pieces in old spelling that it has as they are written today.
    :param names: its names, by how they sound.
    """

    def __init__(
        self,
        lexicon: Lexicon,
        stem: Callable[[str], str],
        is_root: Callable[[str], bool],
        expander: Expander,
        counts: Counts,
        old_ways: Callable[[Sequence[Piece]], Iterable[Run]],
        names: Names,
    ) -> None:
        self._lexicon = lexicon
        self._stem = stem
        self._expander = expander
        self._counts = counts
        self._names = names
        self._is_root = is_root
        self._old_ways = old_ways
        # What is remembered is looked for again and again, by the speller too; it holds nobody who remembers,
        # or a circle would keep a whole index open.
        this = proxy(self)
        self._of_word = lru_cache(_KEPT)(partial(Variants._find_of_word, this))
        self._of_pair = lru_cache(_KEPT)(partial(Variants._find_of_pair, this))
        self._of_number = lru_cache(_KEPT)(partial(Variants._find_of_number, this))

    def has(self, form: str) -> bool:
        """Whether the archive has a single word in another way."""
        piece = Piece(form, (QueryToken(form, self._stem(form)),))
        return bool(self.find([piece]))

    def find(self, pieces: Sequence[Piece]) -> list[Run]:
        """The runs of neighbouring pieces that the archive has in another way; they may overlap.

        :param pieces: in the order of the query, of those that are asked for in a row.
        """
        pieces = pieces[:MOST_LOOKED]
        found = [*self._of_lexicon(pieces), *self._of_numbers(pieces), *self._old_ways(pieces)]
        for index, piece in enumerate(pieces):
            if len(piece.tokens) > 1:
                found.append(Run(index, 1, self._of_abbreviation(piece)))
                continue
            token = piece.tokens[0]
            found.append(Run(index, 1, self._of_word(token.form, token.stem)))
            if index + 1 < len(pieces) and _are_neighbours(piece, pieces[index + 1]):
                other = pieces[index + 1].tokens[0]
                pair = (token.form, token.stem, other.form, other.stem)
                # The parts of what has a hyphen know the whole.
                is_whole = piece.text == pieces[index + 1].text and "-" in piece.text
                found.append(Run(index, 2, self._of_pair(*pair, is_whole)))
        return [run for run in found if run.variants]

    # What the lexicon says

    def _of_lexicon(self, pieces: Sequence[Piece]) -> Iterator[Run]:
        for start, tokens in _rows(pieces):
            for found in self._expander.find_written(tokens):
                variants = (self._counted(tuple(token.form for token in form)) for form in found.forms)
                yield Run(start + found.first, found.count, tuple(filter(None, variants)))

    # What rules say

    def _find_of_word(self, form: str, stem: str) -> tuple[Variant, ...]:
        if self._is_removed(form):
            return ()
        found: list[Variant] = []
        if place := numbers.ordinal(form):
            found += self._exact(other for other in numbers.ordinal_writings(place) if other != (form,))
        elif joined := writing.without_hyphen(form):
            found += self._known(joined)
        elif best := max(self._splits(form, stem), key=lambda each: each.documents, default=None):
            found.append(best)
        elif stem == form and form.isalpha() and not self._is_root(form):
            found += self._exact([(other,) for other in writing.with_hyphen(form)])
        return (*found, *self._alike(form, stem))

    def _alike(self, form: str, stem: str) -> Iterator[Variant]:
        """Names that sound like a word, if that is a name here itself, or at least no other word here."""
        if form not in self._names and (stem != form or self._counts.form(form)):
            return
        listed = {words for words in self._lexicon.variants.get((form,), ()) if len(words) == 1}
        found = [
            self._variant((name,), self._counts.form(name), exact=self._stem(name) != name)
            for name in self._names.alike(form)
            if (name,) not in listed and not self._is_removed(name)
        ]
        found.sort(key=lambda each: -each.documents)
        yield from (replace(each, alike=True) for each in found[:MOST_ALIKE] if each.documents)

    def _splits(self, form: str, stem: str) -> Iterator[Variant]:
        weightless = self._lexicon.weightless
        known = self._counts.stem(stem)
        for split in writing.splits(form, stem, self._is_root):
            left, right = (self._stem(part) for part in split.parts)
            if self._is_removed(" ".join(split.parts)):
                continue
            # Words between others stand beside any word, unless an affix makes them one: keikutsertaan.
            is_loose = not (split.sure or weightless.isdisjoint(split.parts) or self._is_affixed(form, stem))
            if is_loose and self._is_root(stem):
                continue
            least = min(self._counts.stem(left), self._counts.stem(right))
            if not least or (not split.sure and least * _SHARE < known):
                continue
            documents = self._counts.row((left, right), False)
            if is_loose and documents * 2 < least:
                continue  # on-line: one of them hardly ever stands alone
            if documents and (split.sure or self._agrees(split.parts, stem, known, least, documents)):
                yield self._variant(split.parts, documents)

    def _is_affixed(self, form: str, stem: str) -> bool:
        """Whether a word is an affix and something that is no root, such as two roots."""
        return stem != form and not self._is_root(stem)

    def _agrees(self, parts: tuple[str, str], stem: str, known: int, least: int, documents: int) -> bool:
        """Whether the archive has a word and its parts in a row as ways to write the same."""
        if documents * _SHARE < known:
            return False
        if self._is_root(stem):
            return True
        shortest = min(map(len, parts))
        if shortest < 3 and len(parts[0]) > 1:
            return documents * 2 >= least  # wi fi: one of them hardly ever stands alone
        # Without its blank and nowhere: two words were meant, which a correction finds apart too.
        return known > 0 or least <= _FEW

    def _find_of_pair(
        self, form: str, stem: str, other: str, other_stem: str, is_whole: bool
    ) -> tuple[Variant, ...]:
        if initials := self._with_initial(form, other):
            return initials
        if not writing.may_be_joined(form, other) or self._is_removed(form + other, f"{form} {other}"):
            return ()
        if form == other:
            return ()
        weightless = self._lexicon.weightless
        if not (is_whole or writing.is_prefix(form) or weightless.isdisjoint((form, other))):
            return self._of_loose_pair(form, other)
        found = {variant.tokens[0].stem: variant for variant in self._known(form + other)}
        if (stem, other_stem) != (form, other) and self._is_root(stem + other_stem):
            for variant in self._known(stem + other_stem):
                found.setdefault(variant.tokens[0].stem, variant)
        return tuple(found.values())

    def _of_loose_pair(self, form: str, other: str) -> tuple[Variant, ...]:
        """Words of which one stands beside any word, joined where an archive has them rather so: ``on line``,
        or with an affix: ``ikut serta``."""
        joined = form + other
        if self._is_root(joined) or self._stem(joined) != joined:
            return ()
        found = self._known(joined)
        are_roots = self._is_root(form) and self._is_root(other)
        if are_roots and self._counts.form(joined) < sum(variant.documents for variant in found):
            return tuple(found)
        stems = (self._stem(form), self._stem(other))
        return tuple(variant for variant in found if variant.documents >= self._counts.row(stems, False))

    def _with_initial(self, form: str, other: str) -> tuple[Variant, ...]:
        """``M. Natsir`` for ``Muhammad Natsir``, however that is spelt, and back."""
        spelt = (_INITIAL_OF, *self._lexicon.variants.get(_INITIAL_OF, ()))
        first = spelt if form == _INITIAL else ((_INITIAL,),) if (form,) in spelt else ()
        return tuple(self._exact((*words, other) for words in first))

    def _of_abbreviation(self, piece: Piece) -> tuple[Variant, ...]:
        """``SPdI`` for ``S.Pd.I``."""
        forms = [token.form for token in piece.tokens]
        if len(forms) > _MOST_JOINED or not all(form.isalpha() for form in forms):
            return ()
        return tuple(self._known("".join(forms)))

    # Numbers

    def _of_numbers(self, pieces: Sequence[Piece]) -> Iterator[Run]:
        end = 0
        for index, piece in enumerate(pieces):
            if index < end:
                continue
            if (found := numbers.number_at(pieces, index)) and found.value >= 1000:
                end = index + found.pieces
                if not numbers.is_day_or_year(pieces, index):
                    first = index - (index > 0 and numbers.is_currency(pieces[index - 1].tokens[-1].form))
                    forms = tuple(token.form for each in pieces[first:end] for token in each.tokens)
                    yield Run(first, end - first, self._of_number(found.value, forms))
                continue
            before = pieces[index - 1].tokens[-1].form if index else ""
            if found := numbers.ordinal_at(pieces, index):
                end = index + found.pieces
                forms = tuple(token.form for each in pieces[index:end] for token in each.tokens)
                yield Run(index, found.pieces, self._of_ordinal(before, forms, found.value))
                continue
            form = piece.tokens[-1].form
            if index and (place := numbers.ordinal(form) or numbers.roman(form)):
                yield Run(index, 1, self._of_ordinal(before, (form,), place))

    def _find_of_number(self, value: int, typed: tuple[str, ...]) -> tuple[Variant, ...]:
        """Behind its currency, if it has one, which tells ``Rp960.000`` from ``Rp1.960.000``."""
        found: list[Variant] = []
        for forms in numbers.writings(value):
            if typed[-len(forms) :] == forms:
                continue
            whole = (typed[0], *forms) if numbers.is_currency(typed[0]) else forms
            variant = self._counted(whole) or (self._counted(forms) if len(forms) == 1 else None)
            found += [variant] if variant else []
        return tuple(found)

    def _of_ordinal(self, before: str, forms: tuple[str, ...], place: int) -> tuple[Variant, ...]:
        """Behind a word: ``Perang Dunia II``, ``Kedua``, ``ke-2``; of several words also without one."""
        alone = [other for other in numbers.ordinal_writings(place) if other != forms]
        found = self._exact(alone) if len(forms) > 1 else []
        if before:
            others = (*alone, *numbers.numerals_behind_a_word(place))
            found += self._exact((before, *other) for other in others if other != forms)
        return tuple(found)

    # What the archive has

    def _known(self, form: str) -> list[Variant]:
        """A single word, in any inflection, if the archive has it."""
        documents = self._counts.stem(self._stem(form))
        return [self._variant((form,), documents)] if documents else []

    def _counted(self, forms: tuple[str, ...]) -> Variant | None:
        stems = tuple(map(self._stem, forms))
        if not all(map(self._counts.stem, stems)):
            return None
        documents = self._counts.row(stems, False) if len(stems) > 1 else self._counts.stem(stems[0])
        return self._variant(forms, documents) if documents else None

    def _exact(self, several: Iterable[tuple[str, ...]]) -> list[Variant]:
        found = []
        for forms in several:
            if all(map(self._counts.form, forms)):
                documents = self._counts.row(forms, True) if len(forms) > 1 else self._counts.form(forms[0])
                if documents:
                    found.append(self._variant(forms, documents, exact=True))
        return found

    def _variant(self, forms: tuple[str, ...], documents: int, exact: bool = False) -> Variant:
        tokens = tuple(QueryToken(form, self._stem(form), place) for place, form in enumerate(forms))
        counts = self._counts
        each = (counts.form(token.form) if exact else counts.stem(token.stem) for token in tokens)
        return Variant(tokens, documents, tuple(each), exact)

    def _is_removed(self, *ways: str) -> bool:
        """Whether the owner wants words to stand for themselves."""
        return any(("variants", words) in self._lexicon.removed for words in ways)


def _are_neighbours(piece: Piece, other: Piece) -> bool:
    return len(other.tokens) == 1 and other.tokens[0].position == piece.tokens[0].position + 1


def _rows(pieces: Sequence[Piece]) -> Iterator[tuple[int, list[QueryToken]]]:
    """The runs of pieces of one token each, with the place where each begins."""
    row: list[QueryToken] = []
    for index, piece in enumerate(pieces):
        if len(piece.tokens) == 1:
            row.append(piece.tokens[0])
        elif row:
            yield index - len(row), row
            row = []
    if row:
        yield len(pieces) - len(row), row
