"""Indonesian word formation: every way a word may be built from a root and affixes, best first.

Prefixes and suffixes combine only as the grammar allows (Sneddon, Adelaar, Djenar and Ewing 2010, Indonesian
Reference Grammar, chapter 1): ``ke-...-an`` but not ``ke-...-kan``, ``ber-`` but not ``ber-...-i``. That
alone rules out most wrong roots, such as ``kerusa-kan`` or ``bertan-i``. Among the readings that remain, the
one whose root covers most of the word wins: ``di-kurang-i`` over ``di-ku-rang-i``.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterator
from typing import NamedTuple


class Reading(NamedTuple):
    """One way to read a word; the lowest cost is the best. Affixes are as written: ``peng-``, ``-an``."""

    cost: float
    root: str
    prefixes: tuple[str, ...]
    suffixes: tuple[str, ...]
    enclitics: tuple[str, ...]

    @property
    def affixes(self) -> tuple[str, ...]:
        """All of them in order."""
        return self.prefixes + self.suffixes + self.enclitics

    @property
    def is_light(self) -> bool:
        """Whether the affixes, but for enclitics, may as well be a part of a name."""
        return _is_light(self.prefixes, self.suffixes)


class Roots(NamedTuple):
    """What the grammar needs to know of roots.

    :param known: all roots.
    :param short: the roots of three letters that take affixes; no other root that short is read into a word.
    :param weak: roots so rare that another reading is always better.
    :param living: roots in use; enclitics, which many names seem to have, are read behind these alone.
    :param common: roots in common use; other affixes that names seem to have are read around any of these.
    :param derived: words in use in which such affixes are read around any root.
    :param after_ke: words that take ``ke-`` without a suffix: it makes ordinals and a few nouns; with words
        of place it is the preposition written without a blank.
    :param short_verbs: roots of four letters that take ``-i`` without a prefix.
    :param two_syllables: roots of three letters that take no ``menge-``.
    """

    known: Container[str]
    short: Container[str]
    weak: Container[str]
    living: Container[str]
    common: Container[str]
    derived: Container[str]
    after_ke: Container[str]
    short_verbs: Container[str]
    two_syllables: Container[str]


_VOWELS = frozenset("aeiou")
_PARTICLES = (("lah", 0.3), ("kah", 0.3), ("pun", 0.6))
_POSSESSIVES = (("nya", 0.3), ("ku", 1.0), ("mu", 1.0))
_ENCLITICS = tuple(enclitic for enclitic, _ in _PARTICLES + _POSSESSIVES)
_SUFFIXES: dict[str, tuple[str, ...]] = {"": (), "kan": ("-kan",), "an": ("-an",), "i": ("-i",)}

# Which suffixes may close a word that begins with these prefixes, outermost first.
_CHAINS: dict[tuple[str, ...], dict[str, float]] = {
    (): {"an": 0, "kan": 3, "i": 3.5},
    ("me",): {"": 0, "kan": 0, "i": 0, "an": 4},
    ("me", "per"): {"": 0, "kan": 0, "i": 0},
    ("me", "ber"): {"kan": 0},
    ("me", "ke"): {"kan": 0, "i": 0},
    ("me", "se"): {"kan": 0, "i": 0},
    ("me", "pe"): {"kan": 0, "i": 0},
    ("di",): {"": 0, "kan": 0, "i": 0, "an": 4},
    ("di", "per"): {"": 0, "kan": 0, "i": 0},
    ("di", "ber"): {"kan": 0},
    ("di", "ke"): {"kan": 0, "i": 0},
    ("di", "se"): {"kan": 0, "i": 0},
    ("di", "pe"): {"kan": 0, "i": 0},
    ("ku",): {"": 2, "kan": 1, "i": 1},
    ("kau",): {"": 2, "kan": 1, "i": 1},
    ("ng",): {"": 2},
    ("ter",): {"": 0, "kan": 0, "i": 0},
    ("ter", "per"): {"": 0.5, "kan": 0, "i": 0},
    ("ter", "ke"): {"": 0.5},
    ("ter", "ber"): {"kan": 0},
    ("ber",): {"": 0, "an": 0, "kan": 0.2},
    ("ber", "ke"): {"an": 0},
    ("ber", "per"): {"an": 0},
    ("ber", "pe"): {"": 0.2, "an": 0},
    ("ber", "pe", "ke"): {"an": 0},
    ("ber", "se"): {"": 0.5, "an": 0},
    ("ke",): {"an": 0, "": 0.5, "i": 2},
    ("ke", "ber"): {"an": 0},
    ("ke", "ter"): {"an": 0},
    ("ke", "se"): {"an": 0},
    ("ke", "pe"): {"an": 0},
    ("ke", "tidak"): {"an": 0},
    ("ke", "tidak", "ber"): {"an": 0},
    ("ke", "tidak", "ter"): {"an": 0},
    ("ke", "tidak", "se"): {"an": 0},
    ("pe",): {"": 0, "an": 0, "i": 2, "kan": 2},
    ("pe", "ber"): {"an": 0},
    ("pe", "ke"): {"an": 0},
    ("pe", "se"): {"an": 0},
    ("per",): {"an": 0, "": 1, "kan": 1.5, "i": 1.5},
    ("per", "se"): {"an": 0},
    ("per", "ke"): {"an": 0},
    ("se",): {"": 0.5, "an": 1},
    ("se", "ke"): {"": 0.5, "an": 0},
    ("se", "pe"): {"": 0.5, "an": 0},
    ("se", "pe", "ke"): {"an": 0},
    ("se", "per"): {"": 0.5, "an": 0},
    ("se", "se"): {"": 0.5},
    ("se", "ter"): {"": 0.5},
    ("ku", "per"): {"": 1, "kan": 0.5, "i": 0.5},
}
# What may as well be the beginning or the end of a name: Bangsal-an, Ke-lawa-i, Ku-lawi, Pe-kajang, Se-rayu.
# Prefix -> suffixes; a suffix alone is always light.
_LIGHT = {
    **dict.fromkeys(("be-", "te-", "ng-", "nge-", "ny-"), ((),)),
    **dict.fromkeys(("ku-", "kau-"), ((), ("-kan",), ("-i",))),
    **dict.fromkeys(("ke-", "pen-"), (("-i",),)),
    "se-": ((), ("-an",)),
    "pe-": ((), ("-an",), ("-i",)),
    "per-": ((), ("-i",)),
}


def readings(word: str, roots: Roots) -> list[Reading]:
    """Every grammatical reading of a word by known roots, best first.

    :param word: folded, ``a`` to ``z`` only.
    :returns: empty if the word cannot be read, or best be left as it is; never the bare word itself.
    """
    found: list[Reading] = []
    compounds: list[Reading] = []
    for base, enclitics, cost in _without_enclitics(word):
        if enclitics and base in roots.known and (enclitics == ("-nya",) or base in roots.living):
            found.append(Reading(cost + _root_cost(base, len(base), roots), base, (), (), enclitics))
        for suffix, (chain, root, covered, prefixes, more) in _splits(base):
            suffixes = _SUFFIXES[suffix]
            if root in roots.known and (len(root) > 3 or root in roots.short):
                if _fits(chain, suffix, root, prefixes, roots):
                    total = cost + more + _CHAINS[chain][suffix] + _root_cost(root, covered, roots)
                    if chain and not suffix:
                        total += _hidden_suffix(chain[-1], root)
                    reading = Reading(total, root, prefixes, suffixes, enclitics)
                    found.append(reading if _is_in_use(reading, base, roots) else _whole(reading, base))
            elif chain and (suffix or chain == ("di",)) and len(root) > 7 and _is_compound(root, roots):
                compounds.append(Reading(cost + more - covered, root, prefixes, suffixes, enclitics))
    best_first = sorted(found or compounds)
    return best_first if best_first and best_first[0].root != word else []


def _is_light(prefixes: tuple[str, ...], suffixes: tuple[str, ...]) -> bool:
    return not prefixes or (len(prefixes) == 1 and suffixes in _LIGHT.get(prefixes[0], ()))


def _is_in_use(reading: Reading, base: str, roots: Roots) -> bool:
    """Whether affixes that names seem to have stand around a root, or in a word, that texts use."""
    _cost, root, prefixes, suffixes, _enclitics = reading
    return (
        not _is_light(prefixes, suffixes)
        or root in roots.common
        or base in roots.derived
        or (root in roots.living and _is_regular(prefixes, suffixes, root))
    )


def _whole(reading: Reading, base: str) -> Reading:
    """Nobody uses ``kalang``: ``kalangan`` stands for itself, in ``kalangannya`` too."""
    return Reading(reading.cost + 1, base, (), (), reading.enclitics)


def _is_regular(prefixes: tuple[str, ...], suffixes: tuple[str, ...], root: str) -> bool:
    """Whether light affixes are those of any verb: ``-kan``, and ``pe-`` where ``me-`` stands too."""
    return suffixes == ("-kan",) if not prefixes else prefixes == ("pe-",) and root[0] in "lmnrwy"


def _is_compound(word: str, roots: Roots) -> bool:
    """Whether a word is two roots of four letters or more, as in ``tanggung-jawab``."""
    return any(
        word[:cut] in roots.known
        and word[cut:] in roots.known
        and word[:cut] not in roots.weak
        and word[cut:] not in roots.weak
        for cut in range(4, len(word) - 3)
    )


def _root_cost(root: str, covered: int, roots: Roots) -> float:
    return (10 if root in roots.weak else 0) - covered


def _hidden_suffix(prefix: str, root: str) -> float:
    """Cost of a root that ends like a suffix its prefix asks for: ``peng-awas-an`` before ``kawasan``."""
    if prefix in ("pe", "per", "ke") and root.endswith("an"):
        return 2.5
    if prefix in ("me", "di", "ter") and root.endswith("kan"):
        return 3.5
    if prefix in ("me", "di", "ter") and root.endswith("i"):
        return 0.5
    return 0.0


def _fits(chain: tuple[str, ...], suffix: str, root: str, prefixes: tuple[str, ...], roots: Roots) -> bool:
    """What holds for single prefixes beyond the table."""
    if chain and chain[-1] in ("me", "pe"):
        of_one_syllable = prefixes[-1].endswith("nge-")
        if len(root) == 3 and root[1] in _VOWELS and root[0] not in _VOWELS:
            # words of one syllable take menge-: mengebom, pengecatan
            return of_one_syllable or root in roots.two_syllables
        if of_one_syllable and _syllables(root) != 1:
            return False
    if chain == ("ng",):
        return len(root) > 3 or prefixes == ("nge-",)
    if chain == ("ke",) and suffix == "":
        return root in roots.after_ke
    if chain in (("me",), ("di",)) and suffix == "an":
        # menunjukan, dimasukan: -kan written with one k too few; di- is often the preposition: dibagian
        return root.endswith("k") or (chain == ("di",) and len(root) > 3)
    if chain == () and suffix == "i":
        return len(root) > 4 or root in roots.short_verbs
    if chain == () and suffix == "kan":
        return len(root) > 3 or root[0] in _VOWELS
    return True


def _without_enclitics(word: str) -> Iterator[tuple[str, tuple[str, ...], float]]:
    """(word, enclitics taken away, cost): with all, and without ``-lah``, ``-nya``, ``-nyalah``, ..."""
    yield word, (), 0.0
    if not word.endswith(_ENCLITICS):  # as most words
        return
    for particle, cost in (("", 0.0), *_PARTICLES):
        if not word.endswith(particle) or len(word) - len(particle) < 3:
            continue
        base = word.removesuffix(particle)
        particles = (f"-{particle}",) if particle else ()
        if particle:
            yield base, particles, cost
        for possessive, more in _POSSESSIVES:
            if base.endswith(possessive) and len(base) - len(possessive) >= 3:
                yield base.removesuffix(possessive), (f"-{possessive}", *particles), cost + more


Split = tuple[tuple[str, ...], str, int, tuple[str, ...], float]
"""Chain of prefixes, root, letters of it that are written, prefixes as written, and cost."""


def _splits(base: str) -> Iterator[tuple[str, Split]]:
    """Every suffix that a word may end with, and split of what stands before, that the table allows."""
    for suffix in _SUFFIXES:
        if not base.endswith(suffix) or len(base) - len(suffix) < 3:
            continue
        body = base.removesuffix(suffix)
        if suffix == "i" and body.endswith("i"):
            continue
        for split in _without_prefixes(body, (), (), 0.0):
            chain = split[0]
            if (chain or suffix) and suffix in _CHAINS[chain]:
                yield suffix, split


def _without_prefixes(
    body: str, chain: tuple[str, ...], prefixes: tuple[str, ...], cost: float, restored: int = 0
) -> Iterator[Split]:
    """Every split of what stands before a suffix."""
    yield chain, body, len(body) - restored, prefixes, cost
    for longer, allomorph, initial, more in _STEPS[chain].get(body[:2], ()):
        if not body.startswith(allomorph) or len(body) - len(allomorph) < 2:
            continue
        rest = body[len(allomorph) :]
        if _joins(longer[-1], allomorph, initial, rest):
            now = (*prefixes, f"{allomorph}-")
            cost_now = cost + more + (0.5 if chain else 0)
            yield from _without_prefixes(initial + rest, longer, now, cost_now, len(initial))


# (as written, restored initial, cost) of each prefix.
_NASALS = (
    *(("nge", "", -2), ("ny", "s", 0), ("ng", "", 0), ("ng", "k", 0.4), ("m", "", 0), ("m", "p", 0)),
    *(("n", "", 0), ("n", "t", 0), ("", "", 0)),
)
_ALLOMORPHS: dict[str, tuple[tuple[str, str, float], ...]] = {
    "me": tuple((f"me{nasal}", initial, cost) for nasal, initial, cost in _NASALS),
    "pe": (*((f"pe{nasal}", initial, cost) for nasal, initial, cost in _NASALS), ("pel", "", 0)),
    "ber": (("ber", "", 0), ("be", "", 1.5), ("bel", "", 0)),
    "per": (("per", "", 0),),
    "ter": (("ter", "", 0), ("te", "", 0)),
    "di": (("di", "", 0),),
    "ke": (("ke", "", 0),),
    "se": (("se", "", 0),),
    "ku": (("ku", "", 0),),
    "kau": (("kau", "", 0),),
    "tidak": (("tidak", "", 0),),
    # everyday speech, which the press quotes: ngopi, nyari, ngecek
    "ng": (("nge", "", 0), ("ng", "", 0), ("ng", "k", 0.4), ("ny", "s", 0), ("ny", "c", 0.2)),
}
_Step = tuple[tuple[str, ...], str, str, float]
"""Chain with one prefix more, as written, restored initial, cost."""


def _steps_from(chain: tuple[str, ...]) -> dict[str, list[_Step]]:
    """The prefixes that may follow a chain, by the two letters that each begins with: few words have any."""
    steps: dict[str, list[_Step]] = {}
    for longer in _CHAINS:
        if longer[:-1] == chain != longer:
            for written, initial, cost in _ALLOMORPHS[longer[-1]]:
                steps.setdefault(written[:2], []).append((longer, written, initial, cost))
    return steps


_STEPS = {chain: _steps_from(chain) for chain in _CHAINS}


def _joins(prefix: str, allomorph: str, initial: str, rest: str) -> bool:
    """Whether this form of the prefix may stand before what follows it."""
    first = rest[0]
    if prefix == "ng":
        return first in _VOWELS if allomorph != "nge" else _syllables(rest) == 1
    if prefix in ("me", "pe"):
        return _nasal_joins(prefix, allomorph, initial, rest)
    if allomorph in ("be", "te"):
        return first == "r" or (rest[1:3] == "er" and first in ("p" if prefix == "ter" else "bcdfghjkpst"))
    if allomorph in ("ber", "per", "ter"):
        return first != "r" or prefix == "ter"
    if allomorph == "bel":
        return rest.startswith(("ajar", "unjur"))
    return True


def _nasal_joins(prefix: str, allomorph: str, initial: str, rest: str) -> bool:
    first = rest[0]
    if allomorph == "pel":
        return rest.startswith("ajar")
    if initial:
        return first in _VOWELS or (initial in "pt" and first in "rl") or (initial == "k" and first == "r")
    ending = allomorph[2:]
    if ending == "nge":
        root = rest.removesuffix("kan").removesuffix("an")
        return _syllables(root) == 1 and (len(root) == 3 or (len(root) > 3 and root[1] not in _VOWELS))
    if ending == "ng":
        return first in _VOWELS or first in "kghqx" or (prefix == "pe" and first in "lr")
    if ending == "n":
        return first in "tdcjzs"
    if ending == "m":
        return first in "bpfv"
    if prefix == "pe":
        return first not in _VOWELS
    return first in "lmnrwy"


def _syllables(word: str) -> int:
    return len(re.findall("ai|au|oi|[aeiou]", word))
