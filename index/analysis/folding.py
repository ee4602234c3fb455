"""Unicode folding: what makes two spellings of one word the same form."""

from __future__ import annotations

import unicodedata

# Letters that carry no separable mark under Unicode normalization, yet are typed without it.
_LETTERS = str.maketrans(
    {"ø": "o", "đ": "d", "ł": "l", "ı": "i", "ħ": "h", "ß": "ss", "æ": "ae", "œ": "oe", "ð": "d", "þ": "th"}
)

# Marks that readers leave out when they type. Vowel signs of Indic, Thai and Javanese script are letters in
# all but category and stay.
_MARK_RANGES = (
    (0x0300, 0x036F),  # Latin, Greek, Cyrillic
    (0x0483, 0x0489),
    (0x0591, 0x05BD),  # Hebrew points
    (0x05BF, 0x05C7),
    (0x0610, 0x061A),  # Arabic
    (0x0640, 0x0640),  # tatweel
    (0x064B, 0x065F),
    (0x0670, 0x0670),
    (0x06D6, 0x06ED),
    (0x1AB0, 0x1AFF),
    (0x1DC0, 0x1DFF),
    (0x20D0, 0x20FF),
    (0xFE00, 0xFE0F),  # variation selectors
    (0xFE20, 0xFE2F),
)
_DROPPED = {code: None for first, last in _MARK_RANGES for code in range(first, last + 1)}
_DROPPED |= dict.fromkeys((0x00AD, 0x034F, 0x061C, 0xFEFF, *range(0x180B, 0x180F)))
_DROPPED |= dict.fromkeys((*range(0x200B, 0x2010), *range(0x202A, 0x202F), *range(0x2060, 0x2070)))


def fold(text: str) -> str:
    """Fold a text for comparison: NFKC, lower case, diacritics and invisible characters stripped.

    Folding a folded text changes nothing. Offsets into the result are not offsets into the text.
    Source of the normal forms: Unicode Standard Annex 15.
    """
    if text.isascii():
        return text.lower()
    folded = unicodedata.normalize("NFKC", text).lower()
    folded = unicodedata.normalize("NFD", folded).translate(_DROPPED)
    folded = unicodedata.normalize("NFKC", folded).translate(_LETTERS)
    return folded.lower()
