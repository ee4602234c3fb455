"""Which words joined by hyphens are one word: reduplication and hyphenated affixes.

Kinds of reduplication after Sneddon, Adelaar, Djenar and Ewing (2010), Indonesian: A Comprehensive Grammar,
"Reduplication": full (``anak-anak``), with affixes (``ikut-ikutan``, ``tolong-menolong``), imitative with
changed vowels (``bolak-balik``) or a changed first consonant (``sayur-mayur``).
"""

from __future__ import annotations

import re
from collections.abc import Sequence

PREFIXES = frozenset(
    {
        "ber",
        "be",
        "ter",
        "te",
        "me",
        "mem",
        "men",
        "meng",
        "meny",
        "menge",
        "pe",
        "pem",
        "pen",
        "peng",
        "peny",
    }
    | {"penge", "per", "di", "ke", "se", "ku", "kau"}
)
CLITICS = frozenset({"nya", "ku", "mu", "lah", "kah", "tah", "pun"})
SUFFIXES = CLITICS | {"an", "kan", "i"}

_NASALS = (
    ("meny", "s"),
    ("meng", "k"),
    ("meng", ""),
    ("mem", "p"),
    ("mem", ""),
    ("men", "t"),
    ("men", ""),
    ("me", ""),
)
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
    if second.startswith(first) and second[len(first) :] in _ENDINGS:
        return True
    if first.endswith(second) and first[: -len(second)] in PREFIXES:
        return True
    for prefix, initial in _NASALS:
        if second.startswith(prefix):
            rest = initial + second[len(prefix) :]
            if rest == first or (rest.startswith(first) and rest[len(first) :] in _ENDINGS):
                return True
    # berbalas-balasan, menimbang-nimbang, sebaik-baiknya, meniru-nirukan
    for prefix in (
        "ber",
        "ter",
        "se",
        "ke",
        "di",
        "per",
        "pe",
        "me",
        "mem",
        "men",
        "meng",
        "meny",
        "be",
        "te",
    ):
        base = first[len(prefix) :]
        if first.startswith(prefix) and len(base) >= 2:
            for core in (base, _NASAL_LETTER.get(prefix, "") + base):
                if len(core) >= 3 and second.startswith(core) and second[len(core) :] in _ENDINGS | {""}:
                    return True
    return False


_ENDINGS = {
    derived + clitic
    for derived in ("", "an", "kan", "i")
    for clitic in ("", "nya", "ku", "mu", "lah", "kah", "pun", "nyalah")
} - {""}
_NASAL_LETTER = {"me": "", "mem": "m", "men": "n", "meng": "ng", "meny": "ny", "pe": ""}


def _imitates(first: str, second: str) -> bool:
    """Same consonants with other vowels (``bolak-balik``), or another first consonant (``sayur-mayur``)."""
    if len(first) < 4 or len(second) < 4:
        return False
    if len(first) == len(second) and _VOWELS.sub("a", first) == _VOWELS.sub("a", second):
        return True
    rhyme = re.sub(r"^[^aeiou]*", "", first)
    return len(rhyme) >= 3 and rhyme == re.sub(r"^[^aeiou]*", "", second)
