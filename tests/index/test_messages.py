"""Texts, numbers and days in a language; what the owner was told can be told to visitors in theirs."""

from __future__ import annotations

import pickle
from datetime import date
from pathlib import Path

import pytest
from babel.numbers import format_decimal

from index.engines.base import broken
from index.messages import LANGUAGES, _, number, translator, use_language

MISSING = "belum ada indeks di {path}; jalankan `reindex`"


def test_the_owner_is_told_everything_in_the_language_in_use() -> None:
    assert _(MISSING, path="x") == "belum ada indeks di x; jalankan `reindex`"
    assert number(1234.5, 1) == "1.234,5"

    use_language("en")

    assert _(MISSING, path="x") == "there is no index at x yet; run `reindex`"
    assert number(1234.5, 1) == "1,234.5"


def test_an_unknown_language_is_told_of_in_indonesian() -> None:
    use_language("en")
    use_language("jv")

    assert _("kosong") == "kosong"


def test_what_the_owner_was_told_can_be_told_anew_down_to_its_values() -> None:
    error = broken(Path("p"), _("{part} berubah dari {old} menjadi {new}", part=_("mesin"), old="a", new="b"))

    assert str(error) == "p: mesin berubah dari a menjadi b; jalankan `reindex`"
    assert translator("en").gettext(str(error)) == ("p: engine changed from a to b; run `reindex`")
    assert translator("en").gettext("Gagal: {message}", message=str(error)).startswith("Failed: p: engine ")


def test_a_message_travels_between_processes_as_the_text_it_is() -> None:
    told = pickle.loads(pickle.dumps(_("tidak dapat dibaca: {error}", error=OSError("penuh"))))

    assert told == "tidak dapat dibaca: penuh"
    assert type(told) is str


def test_a_text_without_values_is_taken_as_it_stands() -> None:
    assert translator("id").gettext("naik 5% {x}") == "naik 5% {x}"


@pytest.mark.parametrize(("count", "text"), [(0, "0 articles"), (1, "1 article"), (12345, "12,345 articles")])
def test_english_tells_one_from_many(count: int, text: str) -> None:
    assert translator("en").ngettext("{num} artikel", "{num} artikel", count) == text


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("value", "digits"), [(0, 0), (999, 0), (12345678, 0), (-1234.5, 1), (0.0625, 3)])
def test_numbers_are_those_of_unicode_for_the_language(language: str, value: float, digits: int) -> None:
    pattern = "#,##0" + ("." + "0" * digits if digits else "")

    assert translator(language).number(value, digits) == format_decimal(value, pattern, locale=language)


def test_days_read_as_in_the_language() -> None:
    day = date(2024, 2, 6)

    assert translator("id").day(day) == "6 Februari 2024"
    assert translator("en").day(day) == "6 February 2024"


def test_a_translator_of_an_unknown_language_is_refused() -> None:
    with pytest.raises(KeyError):
        translator("xx")
