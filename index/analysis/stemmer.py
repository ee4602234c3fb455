"""Stemmer: form -> stem, by the lexicon and PySastrawi."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from Sastrawi.Dictionary.ArrayDictionary import ArrayDictionary
from Sastrawi.Stemmer.Stemmer import Stemmer as Sastrawi
from Sastrawi.Stemmer.StemmerFactory import StemmerFactory

from index.analysis.lexicon import Lexicon

_PLAIN = re.compile(r"[a-z]+(?:-[a-z]+)*")
_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")


class Stem(NamedTuple):
    """A stem and the rule or lexicon line that decided it."""

    stem: str
    why: str


@lru_cache(maxsize=1)
def roots() -> frozenset[str]:
    """PySastrawi's list of root words."""
    return frozenset(word for word in StemmerFactory().get_words() if word)


@lru_cache(maxsize=1)
def _sastrawi() -> Sastrawi:
    return Sastrawi(ArrayDictionary(sorted(roots())))


class Stemmer:
    """Stems forms. Stateless but for the lexicon it was made with."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._lexicon = lexicon

    def stem(self, form: str) -> Stem:
        """The stem of a folded form, never empty."""
        lexicon = self._lexicon
        if form in lexicon.protected:
            return Stem(form, f"dilindungi ({lexicon.origins.get(('protect', form), '')})")
        if form in lexicon.stems:
            return Stem(lexicon.stems[form], f"akar tetap ({lexicon.origins.get(('stems', form), '')})")
        if _NUMBER.fullmatch(form):
            return Stem(_number(form), "bilangan")
        if not _PLAIN.fullmatch(form):
            return Stem(form, "bukan kata Indonesia: tetap")
        stem = str(_sastrawi().stem_word(form)) or form
        if stem == form:
            return Stem(form, "tanpa imbuhan")
        return Stem(stem, "imbuhan dilepas (Sastrawi)")


def _number(form: str) -> str:
    """One stem for the ways to write a number: ``2.500.000`` and ``2500000``, ``1,5`` and ``1.5``, ``06``."""
    if re.fullmatch(r"[1-9]\d{0,2}(?:\.\d{3})+(?:,\d+)?", form):
        form = form.replace(".", "")
    elif re.fullmatch(r"[1-9]\d{0,2}(?:,\d{3}){2,}", form):
        form = form.replace(",", "")
    elif re.fullmatch(r"\d+\.\d{1,2}", form):
        form = form.replace(".", ",")
    return form[1:] if re.fullmatch(r"0[1-9]", form) else form
