"""Stemmer: form -> stem, and the rule or lexicon line that decided it.

In this order: the lexicon's own words; numbers; words that are roots; the best grammatical reading
(morphology.py) by PySastrawi's roots and the lexicon's; affixes around newer loan words. What comes out goes
to the plainest member of its loan family (loans.py). A word that nothing reads is its own stem: names and
foreign words stay as they are.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from index.analysis.hyphens import PREFIXES, SUFFIXES, joined_words
from index.analysis.lexicon import Lexicon
from index.analysis.loans import family
from index.analysis.morphology import Roots, readings
from index.analysis.wordlists import sastrawi_roots, words_in_use

_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
_DOUBLED = re.compile(r"([a-z]{3,})2([a-z]*)")
_CLITIC_NYA = re.compile(r"([a-z]+)nya(?:lah)?")
_LOAN_AFFIXES = re.compile(
    r"(?:di|ter|ber|ke|men|mem|meng|me|pen|pem|peng|pe|se|memper|diper|per)"
    r"([a-z]{2,}(?:asi|isi|usi|itas|isme|ologi|grafi))(?:kan|an)?(?:nya)?"
)


class Stem(NamedTuple):
    """A stem and, in Indonesian, the rule or lexicon line that decided it."""

    stem: str
    why: str


class Stemmer:
    """Stems forms. Stateless but for the lexicon it was made with."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._lexicon = lexicon
        own = lexicon.roots | lexicon.stems.keys() | frozenset(lexicon.stems.values())
        self._roots = Roots(
            known=sastrawi_roots() | own,
            short=lexicon.short_roots,
            weak=lexicon.weak_roots,
            living=words_in_use("living") | own | lexicon.short_roots,
            common=words_in_use("common") | own | lexicon.short_roots,
            derived=words_in_use("derived") | words_in_use("seldom"),
        )

    def stem(self, form: str) -> Stem:
        """The stem of a folded form, never empty."""
        if settled := self._settled(form):
            return settled
        if form.isascii() and form.isalpha():
            return self._word(form)
        if _NUMBER.fullmatch(form):
            return Stem(_number(form), "bilangan")
        if "-" in form:
            return self._hyphenated(form)
        if (doubled := _DOUBLED.fullmatch(form)) and doubled[1] in self._roots.known:
            return Stem(self._word(doubled[1]).stem, "kata ulang")
        return Stem(form, "ditulis apa adanya")

    def is_root(self, stem: str) -> bool:
        """Whether a stem is a root that is known, and not a word that nothing reads."""
        return stem in self._roots.known

    def _settled(self, form: str) -> Stem | None:
        lexicon = self._lexicon
        if form in lexicon.protected:
            return Stem(form, f"dilindungi: {lexicon.origin('protect', form)}")
        if form in lexicon.stems:
            return Stem(lexicon.stems[form], f"akar tetap: {lexicon.origin('stems', form)}")
        if seen := lexicon.names.get(form):
            return Stem(
                form, f"nama: dalam arsip {seen[0]} kali berhuruf besar, {seen[1]} kali berhuruf kecil"
            )
        return None

    def _word(self, word: str) -> Stem:
        if word in self._roots.known:
            return self._family(word, "kata dasar")
        if found := readings(word, self._roots):
            best = found[0]
            if fixed := self._settled(best.root):
                return Stem(fixed.stem, f"imbuhan {best.affixes}; {fixed.why}")
            return self._family(best.root, f"imbuhan {best.affixes}")
        if clitic := _CLITIC_NYA.fullmatch(word):
            base = clitic[1]
            if len(base) > 3 or base in self._roots.known or re.fullmatch("[^aiueo]{2,}", base):
                return Stem(self.stem(base).stem, "imbuhan -nya")
        if (loan := _LOAN_AFFIXES.fullmatch(word)) and len(loan[1]) > 5:
            return self._family(loan[1], "imbuhan pada kata serapan")
        return self._family(word, "kata tak dikenal: tetap")

    def _family(self, root: str, why: str) -> Stem:
        member, suffix = family(root, self._roots.known)
        return Stem(member, f"{why}, keluarga serapan {suffix}" if suffix else why)

    def _hyphenated(self, form: str) -> Stem:
        if form in self._lexicon.roots:
            return Stem(form, f"kata dasar: {self._lexicon.origin('roots', form)}")
        parts = form.split("-")
        if not all(parts) or joined_words(parts, 0) < len(parts):
            return Stem(form, "ditulis apa adanya")
        while len(parts) > 1 and parts[-1] in SUFFIXES:
            parts.pop()
        while len(parts) > 1 and parts[0] in PREFIXES:
            del parts[0]
        stems = [self.stem(part).stem for part in parts]
        for whole in (f"{stem}-{stem}" for stem in stems):
            if whole in self._lexicon.roots:
                # perundang-undangan is of undang-undang, which has nothing to do with undang
                return Stem(whole, f"kata ulang; kata dasar: {self._lexicon.origin('roots', whole)}")
        if len(set(stems)) > 1:
            # bolak-balik is of balik; of two equals (gerak-gerik) the first counts
            known = [stem for stem in stems if stem in self._roots.known]
            stems = known or stems
        return (
            Stem(stems[0], "kata ulang atau berimbuhan dengan tanda hubung") if stems else Stem(form, "tetap")
        )


def _number(form: str) -> str:
    """One stem for the ways to write a day or month: ``06`` and ``6``."""
    return form[1:] if re.fullmatch(r"0[1-9]", form) else form
