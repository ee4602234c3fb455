"""Families of loan words: ``netral`` and ``netralitas``, ``politik``, ``politis`` and ``politisi``.

Loans come with the suffixes of the language they were taken from. A word goes to the family's plainest member
when that member is a known root: the suffix is dropped or exchanged. Equivalences of suffixes after Badan
Pengembangan dan Pembinaan Bahasa, Pedoman Umum Pembentukan Istilah (2007), part III.
"""

from __future__ import annotations

from collections.abc import Container, Mapping
from typing import NamedTuple

# (suffix, what stands in its place, letters that must remain before it)
_RULES: tuple[tuple[str, str, int], ...] = (
    ("ivitas", "if", 3),
    ("ifitas", "if", 3),
    ("abilitas", "abel", 2),
    ("ibilitas", "ibel", 2),
    ("aritas", "er", 4),
    ("ositas", "us", 4),
    ("isitas", "is", 4),
    ("itas", "", 4),
    ("kratisasi", "krasi", 2),
    ("isasi", "", 4),
    ("isasi", "i", 4),
    ("manisme", "manis", 2),
    ("isme", "", 4),
    ("isme", "is", 4),
    ("isir", "isasi", 4),
    ("ir", "asi", 5),
    ("istik", "is", 4),
    ("itisi", "itik", 2),
    ("ktisi", "ktik", 3),
    ("knisi", "knik", 2),
    ("emisi", "emik", 4),
    ("ikus", "ik", 3),
    ("kratis", "krasi", 2),
    ("kratik", "krasi", 2),
    *(
        (f"{ending}is", f"{ending}ik", 2)
        for ending in ("lit", "kt", "krit", "mat", "tet", "on", "in", "kn", "am")
    ),
    *((f"{ending}is", f"{ending}ik", 2) for ending in ("em", "raf", "rop", "ant", "ist", "ot", "ast", "an")),
    *(
        (f"{ending}is", f"{ending}i", 2)
        for ending in ("log", "nom", "graf", "teg", "sof", "mon", "nark", "stor")
    ),
    *((f"{ending}is", f"{ending}i", 2) for ending in ("erg", "rap", "trop", "pol", "dem", "sesor", "kron")),
    *((f"{ending}is", ending, 3) for ending in ("al", "or", "ern", "tar", "el", "rem", "tun", "tir")),
    ("log", "logi", 3),
    ("nom", "nomi", 3),
    ("tika", "tik", 4),
    ("ikal", "ik", 3),
    ("ional", "i", 4),
    ("ioner", "i", 4),
    ("ial", "i", 6),
    ("ural", "ur", 4),
    ("ual", "u", 5),
    ("itatif", "itas", 3),
    ("atif", "asi", 3),
    ("tif", "si", 5),
    ("sif", "si", 4),
    ("itator", "itas", 4),
    ("ator", "asi", 4),
    ("itor", "isi", 4),
    ("utor", "usi", 5),
    ("ktor", "ksi", 4),
    ("ptor", "psi", 4),
    ("sor", "si", 4),
    ("tor", "tasi", 4),
    ("visor", "visi", 3),
)

_BY_ENDING = {
    ending: tuple(rule for rule in _RULES if rule[0].endswith(ending))
    for ending in {suffix[-2:] for suffix, _, _ in _RULES}
}
_SHORTEST_RULE = min(len(suffix) + left for suffix, _, left in _RULES)


class LoanFamilies(NamedTuple):
    """What is known of loan words.

    :param roots: the known roots.
    :param persons: words that take ``-wan`` and ``-wati``.
    :param adjectives: words formed with ``-wi``, ``-iah`` and the like -> the words they are formed of.
    :param apart: words that look like members of a family and mean something else.
    """

    roots: Container[str]
    persons: Container[str]
    adjectives: Mapping[str, str]
    apart: Container[str]

    def plainest(self, word: str) -> tuple[str, str]:
        """The plainest member of a loan word's family.

        :param word: folded.
        :returns: (member, suffix that was dropped or exchanged); the word itself and ``""`` if it has no
            family.
        """
        first = ""
        for _ in range(3):
            plainer = self._plainer(word)
            if plainer is None:
                break
            word, suffix = plainer
            first = first or suffix
        return word, first

    def _plainer(self, word: str) -> tuple[str, str] | None:
        if len(word) < _SHORTEST_RULE or word in self.apart:
            return None
        for person in ("wan", "wati"):
            if word.endswith(person) and word[: -len(person)] in self.persons:
                return word[: -len(person)], f"-{person}"
        if word in self.adjectives:
            return self.adjectives[word], f"-{word[-3:]}"
        for suffix, other, left in _BY_ENDING.get(word[-2:], ()):
            if word.endswith(suffix) and len(word) - len(suffix) >= left:
                member = word[: -len(suffix)] + other
                if member in self.roots:
                    return member, f"-{suffix}"
        return None
