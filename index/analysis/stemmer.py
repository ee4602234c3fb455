"""Stemmer: form -> stem, and the rule or lexicon line that decided it.

In this order: the lexicon's own words; numbers; words that are roots; the best grammatical reading
(morphology.py) by PySastrawi's roots and the lexicon's; affixes around newer loan words; everyday speech
(speech.py). What comes out goes
to the plainest member of its loan family (loans.py). A word that nothing reads is its own stem: names and
foreign words stay as they are.
"""

from __future__ import annotations

import re
from enum import Enum, auto
from functools import lru_cache
from typing import NamedTuple

from index.analysis.hyphens import PREFIXES, SUFFIXES, joined_words
from index.analysis.lexicon import Lexicon, Origin
from index.analysis.loans import LoanFamilies
from index.analysis.morphology import Roots, readings
from index.analysis.speech import spoken_root
from index.analysis.wordlists import sastrawi_roots, word_class, words_in_use

_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
_DOUBLED = re.compile(r"([a-z]{3,})2([a-z]*)")
_CLITIC_NYA = re.compile(r"([a-z]+)nya(?:lah)?")
_LOAN_AFFIXES = re.compile(
    r"(?:di|ter|ber|ke|men|mem|meng|me|pen|pem|peng|pe|se|memper|diper|per)"
    r"([a-z]{2,}(?:asi|isi|usi|itas|isme|ologi|grafi))(?:kan|an)?(?:nya)?"
)


class Rule(Enum):
    """What decided the stem of a word."""

    PROTECTED = auto()
    """The lexicon protects the word."""
    FIXED = auto()
    """The lexicon names its stem."""
    NAME = auto()
    """The archive shows it to be a name."""
    ROOT = auto()
    """It is a root."""
    LOAN = auto()
    """It looks like a newer loan word with affixes."""
    NUMBER = auto()
    """It is a number."""
    REDUPLICATED = auto()
    """It is a word that ``2`` or a hyphen repeats."""
    HYPHENATED = auto()
    """It is reduplicated or has affixes behind hyphens."""
    UNKNOWN = auto()
    """Nothing reads it."""
    AS_WRITTEN = auto()
    """It is no word of letters."""
    ACRONYM = auto()
    """It stands for itself, and the lexicon knows it as an acronym."""
    STOP_WORD = auto()
    """It stands for itself, and the lexicon knows it as a stop word."""
    QUESTION_WORD = auto()
    """It stands for itself, and the lexicon knows it as a question word."""


class Stem(NamedTuple):
    """A stem and what decided it.

    :param rule: what decided it, of what was left after the affixes were taken away.
    :param affixes: those, in the order of the word: ``("peng-", "-an")``.
    :param family: suffix that the plainest member of its family of loan words does not have.
    :param origin: the entry of the lexicon that decided it.
    :param seen: of a name, how often the archive has it capitalised inside sentences, and in lower case.
    """

    stem: str
    rule: Rule
    affixes: tuple[str, ...] = ()
    family: str = ""
    origin: Origin | None = None
    seen: tuple[int, int] = (0, 0)


class Stemmer:
    """Stems forms. Stateless but for the lexicon it was made with."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._lexicon = lexicon
        self.roots = roots_with(lexicon)
        self.loans = LoanFamilies(
            self.roots.known,
            frozenset(word_class("persons")),
            dict(entry.split(" = ") for entry in word_class("adjectives")),
            frozenset(word_class("apart")),
        )

    def stem(self, form: str) -> Stem:
        """The stem of a folded form, never empty."""
        if known := self._known(form):
            return known
        if form.isascii() and form.isalpha():
            return self._word(form)
        if _NUMBER.fullmatch(form):
            return Stem(_number(form), Rule.NUMBER)
        if "-" in form:
            return self._hyphenated(form)
        if doubled := _DOUBLED.fullmatch(form):
            single = doubled[1]
            if (whole := f"{single}-{single}") in self._lexicon.roots:
                return Stem(whole, Rule.REDUPLICATED)
            if single in self.roots.known:
                return Stem(self.stem(single).stem, Rule.REDUPLICATED)
        return Stem(form, Rule.AS_WRITTEN)

    def _known(self, form: str) -> Stem | None:
        """The stem of a form that the lexicon or the archive speaks of."""
        lexicon = self._lexicon
        if form in lexicon.protected:
            return Stem(form, Rule.PROTECTED, origin=lexicon.origins.get(("protect", form)))
        if form in lexicon.stems:
            return Stem(lexicon.stems[form], Rule.FIXED, origin=lexicon.origins.get(("stems", form)))
        if seen := lexicon.names.get(form):
            return Stem(form, Rule.NAME, seen=seen)
        return None

    def _word(self, word: str) -> Stem:
        if word in self.roots.known:
            return self._plainest(word, Rule.ROOT)
        if found := readings(word, self.roots):
            best = found[0]
            if known := self._known(best.root):
                return known._replace(affixes=best.affixes)
            return self._plainest(best.root, Rule.ROOT, best.affixes)
        if clitic := _CLITIC_NYA.fullmatch(word):
            base = clitic[1]
            if len(base) > 3 or base in self.roots.known or re.fullmatch("[^aiueo]{2,}", base):
                stem = self.stem(base)
                return stem._replace(affixes=(*stem.affixes, "-nya"))
        if (loan := _LOAN_AFFIXES.fullmatch(word)) and len(loan[1]) > 5:
            return self._plainest(loan[1], Rule.LOAN)
        if spoken := spoken_root(word, self.roots.common, self.roots.living):
            root, affixes = spoken
            if known := self._known(root):
                return known._replace(affixes=affixes)
            return self._plainest(root, Rule.ROOT, affixes)
        return self._plainest(word, Rule.UNKNOWN)

    def _plainest(self, root: str, rule: Rule, affixes: tuple[str, ...] = ()) -> Stem:
        member, suffix = self.loans.plainest(root)
        return Stem(member, rule, affixes, suffix)

    def _hyphenated(self, form: str) -> Stem:
        lexicon = self._lexicon
        if form in lexicon.roots:
            return Stem(form, Rule.ROOT, origin=lexicon.origins.get(("roots", form)))
        parts = form.split("-")
        if not all(parts) or joined_words(parts, 0) < len(parts):
            return Stem(form, Rule.AS_WRITTEN)
        while len(parts) > 1 and parts[-1] in SUFFIXES:
            parts.pop()
        while len(parts) > 1 and parts[0] in PREFIXES:
            del parts[0]
        stems = [self.stem(part).stem for part in parts]
        for whole in (f"{stem}-{stem}" for stem in stems):
            if whole in lexicon.roots:
                # perundang-undangan is of undang-undang, which has nothing to do with undang
                return Stem(whole, Rule.REDUPLICATED, origin=lexicon.origins.get(("roots", whole)))
        # bolak-balik is of balik; of two equals (gerak-gerik) the first counts
        known = (stem for stem in stems if stem in self.roots.known)
        return Stem(next(known, stems[0]), Rule.HYPHENATED)


def roots_with(lexicon: Lexicon) -> Roots:
    """The roots that a stemmer goes by: PySastrawi's and those of a lexicon."""
    own = lexicon.roots | lexicon.stems.keys() | frozenset(lexicon.stems.values())
    return _roots(*map(frozenset, (own, lexicon.short_roots, lexicon.weak_roots)))


@lru_cache(2)  # what an archive teaches changes none of them
def _roots(own: frozenset[str], short: frozenset[str], weak: frozenset[str]) -> Roots:
    return Roots(
        known=sastrawi_roots() | own,
        short=short,
        weak=weak,
        living=words_in_use("living") | own | short,
        common=words_in_use("common") | own | short,
        derived=words_in_use("derived") | words_in_use("seldom"),
        after_ke=frozenset(word_class("numerals") + word_class("after ke")),
        short_verbs=frozenset(word_class("short verbs")),
        two_syllables=frozenset(word_class("two syllables")),
    )


def _number(form: str) -> str:
    """One stem for the ways to write a day or month: ``06`` and ``6``."""
    return form[1:] if re.fullmatch(r"0[1-9]", form) else form
