"""Everything people read is in the catalogue, Indonesian in the code, translated, with the same values."""

from __future__ import annotations

import ast
import builtins
import gettext
import re
import string
from collections.abc import Iterator
from functools import cache
from html.parser import HTMLParser
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

from index.messages import CATALOGUES, LANGUAGES, SOURCE_LANGUAGE, translator
from index.translations.collect import FOLDERS, ROOT, collect

OTHER_LANGUAGES = [language for language in LANGUAGES if language != SOURCE_LANGUAGE]
MODULES = sorted(path for folder in FOLDERS for path in folder.rglob("*.py"))
TEMPLATES = sorted(path for folder in FOLDERS for path in folder.rglob("templates/**/*.html"))


@cache
def sources() -> frozenset[str]:
    """The keys of every marked text."""
    keys = (entry.id for entry in collect() if entry.id)
    return frozenset(key if isinstance(key, str) else key[0] for key in keys)


def values(text: str) -> list[tuple[str, str, str]]:
    """(name, format, conversion) of what is filled in, in order of the names."""
    found = string.Formatter().parse(text)
    return sorted((name, form or "", conversion or "") for _, name, form, conversion in found if name)


@pytest.mark.parametrize("language", OTHER_LANGUAGES)
def test_every_marked_text_is_translated_and_no_translation_is_left_over(language: str) -> None:
    assert translator(language).catalogue.keys() == sources(), "run python -m index.translations.collect"


@pytest.mark.parametrize("language", OTHER_LANGUAGES)
def test_a_translation_has_the_same_values_as_its_source(language: str) -> None:
    for source, forms in translator(language).catalogue.items():
        assert all(values(form) == values(source) for form in forms), source


@pytest.mark.parametrize("language", OTHER_LANGUAGES)
def test_a_text_of_the_code_is_in_no_other_language_already(language: str) -> None:
    same = {source for source, forms in translator(language).catalogue.items() if source in forms}
    english = re.compile(r"\b(the|an?|is|are|of|and|cannot|not|with|by|from|has|no)\b")

    assert not same
    assert not [source for source in sources() if english.search(source)]


def test_texts_are_collected_from_both_halves_and_from_templates() -> None:
    assert {
        "Gagal: {message}",  # a command
        "Arsip belum diindeks",  # a page
        "tidak memuat bagian {name!r}",  # an engine
        "{num} artikel",  # a number of things, in a template
    } <= sources()


def test_no_text_has_a_placeholder_of_another_syntax() -> None:
    assert not [source for source in sources() if re.search(r"%\(\w+\)s|%[sd]", source)]


def calls(path: Path) -> Iterator[ast.Call]:
    return (
        node for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))) if isinstance(node, ast.Call)
    )


def called(call: ast.Call) -> str:
    function = call.func
    return function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")


def sentences(call: ast.Call) -> list[str]:
    """Literal texts of more than one word among what a call is given, also those of f-strings."""
    given = [*call.args, *(keyword.value for keyword in call.keywords)]
    texts = [each.value for each in given if isinstance(each, ast.Constant)]
    texts += [
        part.value
        for each in given
        if isinstance(each, ast.JoinedStr)
        for part in each.values
        if isinstance(part, ast.Constant)
    ]
    return [text for text in texts if isinstance(text, str) and re.search(r"\w\w+ |\s\w\w+", text)]


def unmarked(path: Path) -> list[str]:
    """Texts that an error of ours, or a helper that makes one, is given without a mark for translation."""
    return [
        text
        for call in calls(path)
        if re.fullmatch(r"\w+Error|_?broken|_error|_fail|fail|echo", called(call))
        and not hasattr(builtins, called(call))
        for text in sentences(call)
    ]


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(ROOT)))
def test_no_error_is_told_in_words_that_cannot_be_translated(path: Path) -> None:
    assert not unmarked(path)


@pytest.mark.parametrize(
    "code",
    [
        'raise SettingError("is not a number")',
        'raise EngineError(f"{path}: cannot be read")',
        'raise broken(path, f"ends before byte {stop}")',
        'raise click.UsageError("wrong usage")',
        'click.echo("Done: all", err=True)',
    ],
)
def test_an_error_in_words_that_cannot_be_translated_is_noticed(code: str, tmp_path: Path) -> None:
    path = tmp_path / "module.py"
    path.write_text(code)

    assert unmarked(path)


def test_gettext_reads_the_words_for_click_that_the_catalogue_holds() -> None:
    folder = CATALOGUES / SOURCE_LANGUAGE / "LC_MESSAGES"
    with (folder / "click.po").open("rb") as file, (folder / "click.mo").open("rb") as compiled:
        written, read = read_po(file), gettext.GNUTranslations(compiled)

    for entry in written:
        texts = [entry.id] if isinstance(entry.id, str) else list(entry.id)
        told = read.gettext(texts[0]) if len(texts) == 1 else read.ngettext(*texts, 2)
        if texts[0]:
            assert told in (entry.string, *entry.string), "run python -m index.translations.collect"
            assert {*values(told)} <= {value for text in texts for value in values(text)}


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
