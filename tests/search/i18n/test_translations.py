"""Every visible text can be translated, and is."""

from __future__ import annotations

import re
from datetime import date
from html.parser import HTMLParser
from pathlib import Path

import pytest
from markupsafe import Markup

from search.i18n.collect import PACKAGE, collect
from search.i18n.translator import LANGUAGES, SOURCE_LANGUAGE, Translator, translator

OTHER_LANGUAGES = [language for language in LANGUAGES if language != SOURCE_LANGUAGE]
TEMPLATES = sorted(PACKAGE.rglob("templates/**/*.html"))


@pytest.mark.parametrize("language", OTHER_LANGUAGES)
def test_every_marked_text_has_a_translation(language: str) -> None:
    translated = translator(language)

    missing = [
        message.id
        for message in collect()
        if message.id
        and (message.id if isinstance(message.id, str) else message.id[0])
        not in (translated.messages if isinstance(message.id, str) else translated.plurals)
    ]

    assert not missing, "run python -m search.i18n.collect and translate what it adds"


@pytest.mark.parametrize("language", OTHER_LANGUAGES)
def test_no_translation_is_left_over(language: str) -> None:
    translated = translator(language)
    used = {message.id if isinstance(message.id, str) else message.id[0] for message in collect()}

    assert {*translated.messages, *translated.plurals} <= used


@pytest.mark.parametrize("language", OTHER_LANGUAGES)
def test_a_translation_has_the_same_values_as_its_source(language: str) -> None:
    translated = translator(language)
    pairs = [*translated.messages.items()]
    pairs += [(source, form) for source, forms in translated.plurals.items() for form in forms]

    different = [source for source, target in pairs if placeholders(source) != placeholders(target)]

    assert not different


def test_texts_are_collected_from_code_and_templates() -> None:
    found = {message.id for message in collect()}

    assert "Arsip belum diindeks" in found
    assert "Cari artikel" in found
    assert ("%(num)s artikel", "%(num)s artikel") in found


def placeholders(text: str) -> list[str]:
    return sorted(re.findall(r"%\((\w+)\)s", text))


class VisibleText(HTMLParser):
    """Collects words that a visitor would see or hear."""

    ATTRIBUTES = ("alt", "aria-label", "placeholder", "title")

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.open.append(tag)
        self.found += [value for name, value in attrs if name in self.ATTRIBUTES and value]

    def handle_endtag(self, tag: str) -> None:
        if tag in self.open:
            while self.open.pop() != tag:
                pass

    def handle_data(self, data: str) -> None:
        if not {"code", "script", "style"} & set(self.open):
            self.found.append(data)


def untranslated(template: str) -> list[str]:
    without_expressions = re.sub(r"\{#.*?#\}|\{%.*?%\}|\{\{.*?\}\}", "", template, flags=re.DOTALL)
    parser = VisibleText()
    parser.feed(without_expressions)
    return [text.strip() for text in parser.found if re.search(r"[^\W\d_]{2,}", text)]


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.name)
def test_a_template_holds_no_text_that_cannot_be_translated(path: Path) -> None:
    assert not untranslated(path.read_text(encoding="utf-8"))


@pytest.mark.parametrize(
    "template",
    ['<p class="a">Hasil {{ 1 }}</p>', '<input placeholder="Cari">', "{% if x %}Tidak ada{% endif %}"],
)
def test_text_outside_of_expressions_is_noticed(template: str) -> None:
    assert untranslated(template)


def test_a_page_text_escapes_what_is_filled_in() -> None:
    text = Translator("id").html("Cari <%(a)s> %(b)s", a="<b>", b=Markup("<mark>x</mark>"))

    assert text == "Cari &lt;&lt;b&gt;&gt; <mark>x</mark>"


def test_a_percent_sign_needs_no_care_without_values() -> None:
    assert Translator("id").gettext("naik 5%") == "naik 5%"


@pytest.mark.parametrize(
    ("number", "text"), [(0, "0 articles"), (1, "1 article"), (12345, "12,345 articles")]
)
def test_english_tells_one_from_many(number: int, text: str) -> None:
    assert translator("en").ngettext("%(num)s artikel", "%(num)s artikel", number) == text


def test_days_and_numbers_read_as_in_the_language() -> None:
    day = date(2024, 2, 6)

    assert translator("id").day(day) == "6 Februari 2024"
    assert translator("en").day(day) == "6 February 2024"
    assert translator("id").number(12345.5) == "12.345,5"


def test_an_unknown_language_is_refused() -> None:
    with pytest.raises(KeyError):
        translator("xx")
