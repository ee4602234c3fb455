"""Numbers and ordinals: what a number is worth, however it is written, and the ways to write it.

Grouping by full stops, decimal commas, ``Rp`` and numerals in words after EYD V (2022), "Angka dan Bilangan";
ordinals with ``ke-``, in words and in Roman numerals after the same.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache, lru_cache
from typing import NamedTuple

from msgspec.structs import replace

from index.analysis.wordlists import word_class
from search.plan.tokens import Piece

_SCALES = {"ribu": 10**3, "juta": 10**6, "miliar": 10**9, "triliun": 10**12}
_SHORT = {"rb": "ribu", "jt": "juta", "m": "miliar", "t": "triliun"}
"""How scales are shortened in headlines: ``Rp1,5 T``."""

_UNITS = ("nol", "satu", "dua", "tiga", "empat", "lima", "enam", "tujuh", "delapan", "sembilan", "sepuluh")
_MOST = 10**18
_MOST_ROMAN = 21
_MOST_WORDS = 3
"""A number of more words is not written out."""

_BEFORE_DATES = frozenset(word_class("dates"))
"""Behind these a number is a year or a day, which nobody groups."""

_CURRENCIES = frozenset(word_class("currencies"))
_CURRENCY = rf"(?:(?:{'|'.join(word_class('currencies'))})\.?)?"
_GROUPED = re.compile(rf"{_CURRENCY}([1-9]\d{{0,2}}(?:\.\d{{3}})+|[1-9]\d{{0,2}}(?:,\d{{3}})+)(?:,0+|,?-)?")
_PLAIN = re.compile(rf"{_CURRENCY}([1-9]\d{{0,17}})")
_DECIMAL = re.compile(rf"{_CURRENCY}(\d{{1,4}})[,.](\d{{1,3}})")
_GLUED = re.compile(rf"({_CURRENCY})(\d{{1,3}})(?:[,.](\d{{1,3}}))?(rb|ribu|jt|juta|miliar|triliun|m|t)")
_TH = re.compile(r"ke-([1-9]\d?)")


class Number(NamedTuple):
    """A number of a query.

    :param value: what it is worth, 1 or more.
    :param pieces: how many pieces of the query it takes.
    """

    value: int
    pieces: int


def number_at(pieces: Sequence[Piece], index: int) -> Number | None:
    """The number that begins with a piece of a query: ``500000``, ``Rp1,5 triliun``, ``lima ratus ribu``."""
    text = pieces[index].text.strip("().,;:!?").lower()
    if not pieces[index].tokens[-1].form.isdigit():
        return _glued(text) or _in_words(pieces, index)
    scale = _scale(pieces, index + 1, text)
    if scale > 1 and (found := _DECIMAL.fullmatch(text)) and not re.fullmatch(r".*\.\d{3}", text):
        value, rest = divmod(int(found[1] + found[2]) * scale, 10 ** len(found[2]))
        return Number(value, 2) if value and not rest else None
    if not (found := _GROUPED.fullmatch(text) or _PLAIN.fullmatch(text)):
        return None
    value = int(re.sub("[.,]", "", found[1])) * scale
    return Number(value, 1 + (scale > 1)) if value < _MOST else None


def is_currency(form: str) -> bool:
    """Whether a form is a currency as it stands before an amount."""
    return form in _CURRENCIES


def is_day_or_year(pieces: Sequence[Piece], index: int) -> bool:
    """Whether a number stands where a date has one: ``tahun 2000``, ``17 Agustus 1945``."""
    before = pieces[index - 1].tokens[-1].form if index else ""
    return before in _BEFORE_DATES


@lru_cache(1024)
def writings(value: int) -> tuple[tuple[str, ...], ...]:
    """The ways to write a number of 1,000 or more, each as its words: ungrouped, in groups, by scales.

    >>> writings(1_500_000)
    (('1500000',), ('1', '500', '000'), ('1', '5', 'juta'), ('1', '5juta'), ('1', '5', 'jt'), ('1', '5jt'))
    """
    found: dict[tuple[str, ...], None] = {(str(value),): None, _groups(value): None}
    for scale, worth in _SCALES.items():
        whole, rest = divmod(value, worth)
        decimals = f"{rest:0{len(str(worth)) - 1}}".rstrip("0")
        if not whole or len(decimals) > 3 or (whole >= 1000 and scale != "triliun"):
            continue  # 8.270 juta would be 8,270 juta to an index
        digits = (str(whole), decimals) if decimals else _groups(whole)
        for name in (scale, *(short for short, long in _SHORT.items() if long == scale)):
            found[*digits, name] = None
            if len(name) > 1:  # 5m is a length
                found[*digits[:-1], digits[-1] + name] = None
        if not decimals and whole < 1000 and len(words := _words(whole)) < _MOST_WORDS:
            found[*words, scale] = None
            if whole == 1:
                found[(f"se{scale}",)] = None
    return tuple(found)


def ordinal(form: str) -> int:
    """Which place an ordinal names: 3 for ``ketiga`` and ``ke-3``; 0 if it is none."""
    if found := _TH.fullmatch(form):
        return int(found[1])
    return _ordinals().get(form, 0)


def roman(form: str) -> int:
    """What a small Roman numeral is worth, in small letters; 0 if it is none."""
    return _romans().get(form, 0)


def ordinal_at(pieces: Sequence[Piece], index: int) -> Number | None:
    """The ordinal of several words that begins with a piece: ``kedua belas``, ``kedua puluh lima``."""
    if index + 1 >= len(pieces) or pieces[index + 1].tokens[0].form not in ("belas", "puluh"):
        return None
    first = pieces[index].tokens[-1].form
    if not first.startswith("ke") or first.removeprefix("ke") not in _UNITS or len(pieces[index].tokens) > 1:
        return None
    found = _in_words([_without_ke(pieces[index]), *pieces[index + 1 :]], 0)
    return found if found and found.pieces > 1 and found.value < 100 else None


def _without_ke(piece: Piece) -> Piece:
    (token,) = piece.tokens
    return piece._replace(tokens=(replace(token, form=token.form.removeprefix("ke")),))


def ordinal_writings(place: int) -> tuple[tuple[str, ...], ...]:
    """The ways to write an ordinal that is understood by itself, each as its words: ``ke-3``, ``ketiga``."""
    if place in _ordinals().values():
        return ((f"ke-{place}",), *((word,) for word, number in _ordinals().items() if number == place))
    first, *others = _words(place)
    return (f"ke-{place}",), (f"ke{first}", *others)


def numerals_behind_a_word(place: int) -> tuple[tuple[str, ...], ...]:
    """The ways to write an ordinal that only what stands before it tells from others: ``II``, ``2``."""
    return (*((form,) for form, number in _romans().items() if number == place), (str(place),))


def _groups(value: int) -> tuple[str, ...]:
    return tuple(f"{value:,}".split(","))


def _glued(text: str) -> Number | None:
    """A number with its scale right behind it: ``250rb``, ``Rp1,5jt``."""
    found = _GLUED.fullmatch(text)
    if not found:
        return None
    currency, whole, decimals, name = found.groups(default="")
    if len(name) == 1 and not currency:
        return None  # metres and tonnes
    scale = _SCALES[_SHORT.get(name, name)]
    value, rest = divmod(int(whole + decimals) * scale, 10 ** len(decimals))
    return Number(value, 1) if value and not rest else None


def _scale(pieces: Sequence[Piece], index: int, text: str) -> int:
    if index >= len(pieces) or len(pieces[index].tokens) > 1:
        return 1
    name = pieces[index].tokens[0].form
    if name in ("m", "t") and not text.startswith("rp") and not pieces[index].text[0].isupper():
        return 1  # metres and tonnes
    return _SCALES.get(_SHORT.get(name, _STANDARD.get(name, name)), 1)


_STANDARD = {"milyar": "miliar", "milyard": "miliar", "trilyun": "triliun"}


def _in_words(pieces: Sequence[Piece], index: int) -> Number | None:
    """A number all in words: ``dua puluh lima``, ``lima ratus ribu``."""
    total = below = count = 0
    for piece in pieces[index:]:
        word = piece.tokens[0].form
        if len(piece.tokens) > 1 or word not in _values():
            break
        worth = _values()[word]
        if word in _SCALES:
            total, below = total + below * worth, 0
        elif word in ("seribu", "sejuta"):
            total += worth
        elif word == "ratus":
            below *= 100
        elif word == "puluh":
            below += 9 * (below % 10)
        else:
            below += worth
        if not total + below:
            return None  # juta, ratus: the name of a scale and no number
        count += 1
    return Number(total + below, count) if count and total + below < _MOST else None


@cache
def _values() -> dict[str, int]:
    values = {word: number for number, word in enumerate(_UNITS) if number}
    values |= {"sebelas": 11, "belas": 10, "puluh": 10, "seratus": 100, "ratus": 100}
    values |= {**_SCALES, "seribu": 1000, "sejuta": 10**6}
    return values


def _words(number: int) -> tuple[str, ...]:
    """A number below 1,000 in words."""
    hundreds, rest = divmod(number, 100)
    words: list[str] = []
    if hundreds:
        words += ["seratus"] if hundreds == 1 else [_UNITS[hundreds], "ratus"]
    if 0 < rest <= 10:
        words.append(_UNITS[rest])
    elif rest == 11:
        words.append("sebelas")
    elif 11 < rest < 20:
        words += [_UNITS[rest - 10], "belas"]
    elif rest:
        tens, ones = divmod(rest, 10)
        words += [_UNITS[tens], "puluh", *([_UNITS[ones]] if ones else [])]
    return tuple(words)


@cache
def _ordinals() -> dict[str, int]:
    found = {"pertama": 1, "kesatu": 1, "kesebelas": 11}
    return found | {f"ke{word}": number for number, word in enumerate(_UNITS) if number > 1}


@cache
def _romans() -> dict[str, int]:
    return {_roman(number): number for number in range(1, _MOST_ROMAN + 1)}


def _roman(number: int) -> str:
    digits = ((10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))
    written = ""
    for worth, digit in digits:
        times, number = divmod(number, worth)
        written += digit * times
    return written
