"""A number is worth the same however it is written."""

from __future__ import annotations

import random

import pytest

from index.analysis.analyzer import Analyzer
from index.analysis.lexicon_files import load_lexicon
from search.plan.numbers import Number, number_at, ordinal, ordinal_at, ordinal_writings, roman, writings
from search.plan.tokens import Piece, QueryToken

ANALYZER = Analyzer(load_lexicon())


def pieces(text: str) -> list[Piece]:
    found, place = [], 0
    for word in text.split():
        analysis = ANALYZER.analyze(word)
        tokens = [
            QueryToken(form, stem, place + at)
            for at, (form, stem) in enumerate(zip(analysis.forms, analysis.stems, strict=True))
        ]
        place += len(tokens)
        found.append(Piece(word, tuple(tokens)))
    return found


def written(forms: tuple[str, ...]) -> str:
    """The words of a number as somebody types them."""
    digits = [form for form in forms if form[0].isdigit()]
    rest = " ".join(forms[len(digits) :])
    if not digits:
        return rest
    return f"{('.' if forms[-1].isdigit() else ',').join(digits)} {rest}".strip()


@pytest.mark.parametrize(
    ("text", "value", "count"),
    [
        ("500000", 500_000, 1),
        ("500.000", 500_000, 1),
        ("Rp500.000,-", 500_000, 1),
        ("500 ribu orang", 500_000, 2),
        ("Rp1,5 triliun", 1_500_000_000_000, 2),
        ("Rp1.5 T", 1_500_000_000_000, 2),
        ("1.500 triliun", 1_500_000_000_000_000, 2),
        ("1,918 juta", 1_918_000, 2),
        ("lima ratus ribu", 500_000, 3),
        ("dua puluh lima juta rupiah", 25_000_000, 4),
        ("seribu", 1000, 1),
        ("tiga belas", 13, 2),
        ("2 milyar", 2_000_000_000, 2),
    ],
)
def test_a_number_is_read(text: str, value: int, count: int) -> None:
    assert number_at(pieces(text), 0) == Number(value, count)


@pytest.mark.parametrize(
    "text", ["juta", "ratus", "14/2/2024", "2023/2024", "07.30", "1,5", "0812", "5 m x", "x"]
)
def test_what_is_no_number_or_no_whole_one_is_none(text: str) -> None:
    found = number_at(pieces(text), 0)
    assert found is None or found.value == 5


def test_each_writing_of_a_number_is_read_as_that_number() -> None:
    chance = random.Random(17)
    values = [chance.randrange(1, 1000) * 10 ** chance.randrange(3, 12) for _ in range(200)]
    for value in [*values, *(chance.randrange(1000, 10**12) for _ in range(100))]:
        for forms in writings(value):
            if forms[-1] not in ("m", "t"):
                assert number_at(pieces(written(forms)), 0) == Number(value, len(written(forms).split()))


def test_ordinals_and_roman_numerals_name_places() -> None:
    assert [ordinal(form) for form in ("ketiga", "ke-3", "pertama", "ke-20", "ketua", "ke-0")] == [
        3,
        3,
        1,
        20,
        0,
        0,
    ]
    assert [roman(form) for form in ("iii", "iv", "xx", "xxi", "c", "")] == [3, 4, 20, 21, 0, 0]
    assert ordinal_writings(2) == (("ke-2",), ("kedua",))
    for place in range(1, 12):
        assert {ordinal(form) for (form,) in ordinal_writings(place)} == {place}
    assert ordinal_writings(25) == (("ke-25",), ("kedua", "puluh", "lima"))


def test_ordinals_of_several_words_are_read_as_they_are_written() -> None:
    for place in range(12, 100):
        _, words = ordinal_writings(place)
        assert ordinal_at(pieces(" ".join(words)), 0) == Number(place, len(words))
    for none in ("kedua", "kedua dua", "kedua orang", "belas", "ketua belas", "ketiga ratus"):
        assert ordinal_at(pieces(none), 0) is None


@pytest.mark.parametrize(
    ("text", "value"),
    [("250rb", 250_000), ("Rp7,5jt", 7_500_000), ("2juta", 2_000_000), ("Rp1,5T", 1_500_000_000_000)],
)
def test_a_scale_may_stand_right_behind_its_number(text: str, value: int) -> None:
    assert number_at(pieces(text), 0) == Number(value, 1)


@pytest.mark.parametrize("text", ["5m", "10t", "0rb", "4x4", "1,2345jt"])
def test_what_only_looks_like_one_is_no_number(text: str) -> None:
    assert number_at(pieces(text), 0) is None
