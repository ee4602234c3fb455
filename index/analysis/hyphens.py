"""Which words joined by hyphens are one word: reduplication and hyphenated affixes.

Kinds of reduplication after Sneddon, Adelaar, Djenar and Ewing (2010), Indonesian: A Comprehensive Grammar,
"Reduplication": full (``anak-anak``), with affixes (``ikut-ikutan``, ``tolong-menolong``), imitative with
changed vowels (``bolak-balik``) or a changed first consonant (``sayur-mayur``).
"""

from __future__ import annotations

import re
from collections.abc import Sequence

_NASALS = ("", "m", "n", "ng", "ny", "nge")
PREFIXES = frozenset(("ber", "be", "ter", "te", "per", "di", "ke", "se", "ku", "kau"))
PREFIXES |= {prefix + nasal for prefix in ("me", "pe") for nasal in _NASALS}
CLITICS = frozenset({"nya", "ku", "mu", "lah", "kah", "tah", "pun"})
SUFFIXES = CLITICS | {"an", "kan", "i"}

_ENDINGS = frozenset(
    derived + clitic
    for derived in ("", "an", "kan", "i")
    for clitic in ("", "nya", "ku", "mu", "lah", "kah", "pun", "nyalah")
)
_INITIALS = {"meny": ("s",), "meng": ("k", ""), "mem": ("p", ""), "men": ("t", ""), "me": ("",)}
"""Prefix -> what may stand in its nasal's place where the root begins."""

_REPEATED_NASALS = {
    **dict.fromkeys(("ber", "ter", "se", "ke", "di", "per", "pe", "me", "be", "te"), ""),
    "mem": "m",
    "men": "n",
    "meng": "ng",
    "meny": "ny",
}
"""Prefix -> its nasal, which may be repeated with the root."""

_REPEATED_BY_START = {
    start: tuple(item for item in _REPEATED_NASALS.items() if item[0][:2] == start)
    for start in {prefix[:2] for prefix in _REPEATED_NASALS}
}

_VOWELS = re.compile("[aeiou]+")


def joined_words(words: Sequence[str], first: int) -> int:
    """How many words from ``first`` on make one token.

    :param words: folded words of a hyphenated run, in order.
    :returns: 1 if the word stands alone.
    """
    count = 1
    word = words[first]
    following = words[first + 1] if first + 1 < len(words) else ""
    if following and (
        is_reduplication(word, following) or word in PREFIXES or (following in SUFFIXES and len(word) > 1)
    ):
        count = 2
        if word in PREFIXES and following not in PREFIXES and first + 2 < len(words):
            # ber-KTP-nya, se-anak-anak
            count = 1 + joined_words(words, first + 1)
    while count > 1 and first + count < len(words) and words[first + count] in CLITICS:
        count += 1
    return count


def is_reduplication(first: str, second: str) -> bool:
    """Whether two words are a word and its repetition, as in ``anak-anak`` or ``sayur-mayur``."""
    if first == second:
        return not first.isdigit()
    if len(first) < 3 or len(second) < 3 or not (first.isalpha() and second.isalpha()):
        return False
    return _repeats(first, second) or _imitates(first, second)


def _repeats(first: str, second: str) -> bool:
    """One word lies in the other but for affixes: ``ikut-ikutan``, ``berlari-lari``, ``tolong-menolong``."""
    if _extends(second, first) or (first.endswith(second) and first[: -len(second)] in PREFIXES):
        return True
    for prefix, initials in _INITIALS.items() if second.startswith("me") else ():
        if second.startswith(prefix):
            rest = second[len(prefix) :]
            if any(_extends(initial + rest, first) for initial in initials):
                return True
    # berbalas-balasan, menimbang-nimbang, sebaik-baiknya, meniru-nirukan
    for prefix, nasal in _REPEATED_BY_START.get(first[:2], ()):
        base = first[len(prefix) :]
        if first.startswith(prefix) and len(base) >= 2:
            for core in (base, nasal + base):
                if len(core) >= 3 and _extends(second, core):
                    return True
    return False


def _extends(word: str, core: str) -> bool:
    """Whether a word is another with suffixes or clitics, or none."""
    return word.startswith(core) and word[len(core) :] in _ENDINGS


def _imitates(first: str, second: str) -> bool:
    """Same consonants with other vowels (``bolak-balik``), or another first consonant (``sayur-mayur``)."""
    if len(first) < 4 or len(second) < 4:
        return False
    if len(first) == len(second) and _VOWELS.sub("a", first) == _VOWELS.sub("a", second):
        return True
    rhyme = re.sub(r"^[^aeiou]*", "", first)
    return len(rhyme) >= 3 and rhyme == re.sub(r"^[^aeiou]*", "", second)
