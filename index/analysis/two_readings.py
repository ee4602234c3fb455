"""Two readings: words that may be of either of two roots, as ``mengurus`` of ``urus`` and of ``kurus``.

A nasal takes the place of the consonant that a root begins with (``me-`` before ``palu`` and ``malu``), a
suffix may be the end of a root (``adu-kan``, ``aduk-an``), a prefix its beginning (``ber-uang``). An index
has a word under its likelier root. Which roots are mixed up so is listed (``classes.words``), which of their
words are the grammar says.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cached_property

from index.analysis.morphology import Roots, readings
from index.analysis.wordlists import word_class

_NASALS = ("", "m", "n", "ng", "nge")
_TAKING = {"p": "m", "t": "n", "k": "ng", "s": "ny"}
"""First letter of a root -> the nasal that takes its place."""

_PLAIN = ("", "ber", "be", "ter", "di", "se", "per", "memper", "diper")
_BEFORE_NASALS = ("me", "pe", "kepe", "sepe")
_SUFFIXES = ("", "kan", "an", "i")
_ENCLITICS = ("", "nya", "ku", "mu", "lah", "kah", "pun", "nyalah")


class TwoReadings:
    """Knows the words of two roots. Immutable; safe to share between threads.

    :param stem: folded form -> stem.
    :param roots: what the grammar goes by.
    """

    def __init__(self, stem: Callable[[str], str], roots: Roots) -> None:
        self._stem = stem
        self._roots = roots

    @cached_property
    def _partners(self) -> dict[str, list[str]]:
        """Stem -> those that it is mixed up with; only questions need it."""
        partners: dict[str, list[str]] = {}
        for pair in word_class("two readings"):
            one, other = map(self._stem, pair.split())
            if one != other:  # the owner may have said so
                partners.setdefault(one, []).append(other)
                partners.setdefault(other, []).append(one)
        return partners

    def others(self, form: str) -> list[str]:
        """The stems that a folded form may have beside its own, if it is a word of two roots."""
        partners = self._partners.get(self._stem(form), ())
        read = {self._stem(each.root) for each in readings(form, self._roots)} if partners else ()
        return [partner for partner in partners if partner in read]

    def forms(self, stem: str) -> list[str]:
        """The forms that have another stem and may be of this one, likely or not. Takes milliseconds for the
        stems that have any."""
        found: dict[str, None] = {}
        for base in self._built(stem) if stem in self._partners else ():
            if stem in self.others(base):
                inflected = (base + enclitic for enclitic in _ENCLITICS)
                found.update((form, None) for form in inflected if stem in self.others(form))
        return list(found)

    def _built(self, root: str) -> Iterator[str]:
        """What may be built of a root, whether or not the grammar allows it."""
        bodies = [prefix + root for prefix in _PLAIN]
        for prefix in _BEFORE_NASALS:
            bodies += (f"{prefix}{nasal}{root}" for nasal in _NASALS)
            if root[0] in _TAKING:
                bodies.append(f"{prefix}{_TAKING[root[0]]}{root[1:]}")
        yield from (body + suffix for body in bodies for suffix in _SUFFIXES)
