"""Tokenizer: where the words of a text stand, whatever script it is written in.

A text is first mapped character by character to kinds (letter, digit, mark, ...); one regular expression over
the kinds finds the tokens, so every step is linear in the length. What is one token depends on the written
word alone, never on its neighbours: the word by itself is the same token again.

- Letters and digits with their combining and invisible characters: ``covid``, ``4G``, ``naïve``.
- Apostrophes inside: ``Qur'an`` (form ``quran``).
- The groups of a number, each by itself, side by side: ``2.500.000``, ``1,5``, ``14/2/2024``. So ``Rp1,918``
  of a headline is found where the report has ``Rp1.918.000``.
- Single letters with full stops: ``P.T.`` (form ``pt``). Short names with ``&``: ``AT&T``.
- Reduplication and words with a hyphenated affix: ``anak-anak``, ``sayur-mayur``, ``ber-KTP``, ``ke-20``.
  Other hyphenated words are tokens of their own: ``TNI-Polri``, ``covid-19``.
- Amounts after a currency: ``Rp50`` is ``rp`` and ``50``.
- Scripts written without spaces (Han, Kana, Thai, Javanese, Balinese, ...): each syllable or sign.
- Each emoji, with its modifiers.
Everything else separates.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from typing import NamedTuple

from index.analysis.folding import fold
from index.analysis.hyphens import joined_words
from index.analysis.wordlists import word_class

MAX_FORM = 64
"""Longest form, in characters; longer words are compared by their beginning."""


class Token(NamedTuple):
    """One word: its form, and where it stands as ``text[start:end]``."""

    form: str
    start: int
    end: int


# Kinds: a letter, 0 digit, m mark, x invisible, z zero-width joiner, s sign of a script without spaces,
# f fraction, e emoji, t emoji skin tone, r regional indicator, and the punctuation that may stand in a word.
_SPACELESS = (
    (0x0E00, 0x0EFF),  # Thai, Lao
    (0x1000, 0x109F),  # Myanmar
    (0x1780, 0x17FF),  # Khmer
    (0x1950, 0x19FF),  # Tai scripts
    (0x1A00, 0x1AAF),  # Buginese, Tai Tham
    (0x1B00, 0x1BFF),  # Balinese, Sundanese, Batak
    (0x2E80, 0x2FDF),  # radicals
    (0x3005, 0x3007),
    (0x3021, 0x30FF),  # Hiragana, Katakana
    (0x3100, 0x312F),
    (0x31A0, 0x31FF),
    (0x3400, 0x4DBF),
    (0x4E00, 0x9FFF),
    (0xA000, 0xA4CF),
    (0xA930, 0xA95F),  # Rejang
    (0xA980, 0xA9FF),  # Javanese
    (0xAA00, 0xAA7F),  # Cham
    (0xF900, 0xFAFF),
    (0xFF66, 0xFF9F),
    (0x11F00, 0x11F5F),  # Kawi
    (0x1B000, 0x1B16F),
    (0x20000, 0x3FFFF),
)
_EMOJI = (
    (0x203C, 0x203C),
    (0x2049, 0x2049),
    (0x231A, 0x231B),
    (0x23E9, 0x23FA),
    (0x2600, 0x27BF),
    (0x2934, 0x2935),
    (0x2B05, 0x2B07),
    (0x2B1B, 0x2B1C),
    (0x2B50, 0x2B55),
    (0x1F000, 0x1F1E5),
    (0x1F200, 0x1F3FA),
    (0x1F400, 0x1FAFF),
)
_PUNCTUATION = {
    **dict.fromkeys("'’‘`´′＇", "'"),
    **dict.fromkeys("-‐‑–", "-"),
    **dict.fromkeys(".．", "."),
    **dict.fromkeys(",，", ","),
    "&": "&",
    "\u200d": "z",
}
_BY_CATEGORY = {"Mn": "m", "Mc": "m", "Me": "m", "Cf": "x", "Nd": "0"}


def _kind(code: int) -> str:
    character = chr(code)
    if kind := _PUNCTUATION.get(character):
        return kind
    if 0x1F1E6 <= code <= 0x1F1FF:
        return "r"
    if 0x1F3FB <= code <= 0x1F3FF:
        return "t"
    if kind := _BY_CATEGORY.get(unicodedata.category(character)):
        return kind
    if character.isalnum():
        if any(first <= code <= last for first, last in _SPACELESS):
            return "s"
        return "f" if "\u2044" in unicodedata.normalize("NFKC", character) else "a"
    if any(first <= code <= last for first, last in _EMOJI):
        return "e"
    return " "


class _Kinds(dict[int, str]):
    """Kind of each code point, found out when first met. Bounded by Unicode itself."""

    def __missing__(self, code: int) -> str:
        kind = self[code] = _kind(code)
        return kind


_KINDS = _Kinds()

# A word: letters and digits; an apostrophe before a letter.
_WORD = r"[a0](?:[a0m]|[xz]+(?=[a0m]))*(?:'(?=a)[a0](?:[a0m]|[xz]+(?=[a0m]))*)*"
_TOKEN = re.compile(
    rf"""
      (?P<acronym> a m* (?: \. a m* (?![a0mxz]) )+ )
    | (?P<pair> a{{1,3}} (?: & a{{1,3}} ){{1,3}} (?![a0mxz'&]) )
    | (?P<word> {_WORD} (?: - {_WORD} )* )
    | (?P<sign> s m* )
    | (?P<emoji> e [mx]* t? (?: z e [mx]* t? )* | rr | [rtf] )
    """,
    re.VERBOSE,
)
_CURRENCY = re.compile(rf"(?:{'|'.join(word_class('currencies'))})(?=\d)", re.IGNORECASE)
_HYPHENS = re.compile("[-‐‑–]")
_APOSTROPHES = str.maketrans("", "", "'’‘ʼ`´′ʻ＇")


def tokenize(text: str) -> list[Token]:
    """Find the tokens of a text.

    :returns: tokens in text order; they do not overlap, and every letter and digit lies in one.
    """
    tokens: list[Token] = []
    for match in _TOKEN.finditer(text.translate(_KINDS)):
        start, end = match.span()
        group = match.lastgroup
        if group == "word":
            _add_words(text, start, end, tokens)
        elif group == "acronym":
            tokens.append(Token(form_of(text[start:end].replace(".", "").replace("．", "")), start, end))
        else:
            tokens.append(Token(form_of(text[start:end]), start, end))
    return tokens


def has_currency(word: str) -> bool:
    """Whether a word is an amount, a token for its currency and one for its number: ``Rp50``."""
    return _CURRENCY.match(word) is not None


def joined(words: Sequence[str]) -> list[str]:
    """The forms of a run of folded words joined by hyphens: one where they belong together."""
    forms: list[str] = []
    index = 0
    while index < len(words):
        count = joined_words(words, index)
        forms.append("-".join(words[index : index + count])[:MAX_FORM])
        index += count
    return forms


def _add_words(text: str, start: int, end: int, tokens: list[Token]) -> None:
    """Add a run of words joined by hyphens: one token where they belong together, else one each."""
    parts = _HYPHENS.split(text[start:end])
    forms = [form_of(part) for part in parts]
    index = 0
    while index < len(parts):
        count = joined_words(forms, index)
        length = sum(map(len, parts[index : index + count])) + count - 1
        if count > 1:
            form = "-".join(forms[index : index + count])[:MAX_FORM]
            tokens.append(Token(form, start, start + length))
        else:
            _add_word(text, start, start + length, tokens)
        start += length + 1
        index += count


def _add_word(text: str, start: int, end: int, tokens: list[Token]) -> None:
    if currency := _CURRENCY.match(text, start, end):
        tokens.append(Token(text[start : currency.end()].lower(), start, currency.end()))
        start = currency.end()
    tokens.append(Token(form_of(text[start:end]), start, end))


def form_of(written: str) -> str:
    """The form of one word as written: folded, apostrophes dropped, cut to the longest form."""
    written = written[: 8 * MAX_FORM]
    if written.isascii():
        return written.lower().replace("'", "").replace("`", "")[:MAX_FORM] or written
    folded = fold(written).translate(_APOSTROPHES)
    return "".join(folded.split())[:MAX_FORM] or written[:MAX_FORM]
