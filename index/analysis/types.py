"""Analysis: the token stream of one text, as parallel columns."""

from __future__ import annotations

from typing import NamedTuple


class Analysis(NamedTuple):
    """The tokens of one text. The five lists have the same length, one entry a token, in text order.

    :param forms: folded surface forms (NFKC, lower case, no diacritics): what quoted phrases, prefixes and
        wildcards are compared with. Never empty strings.
    :param stems: stems of the forms; never empty strings.
    :param starts: character offset of each token's first character in the text that was analysed.
    :param ends: offset behind its last character, so that ``text[start:end]`` is the word as written.
    :param positions: token positions, ascending; words that are neighbours differ by 1.
    """

    forms: list[str]
    stems: list[str]
    starts: list[int]
    ends: list[int]
    positions: list[int]
