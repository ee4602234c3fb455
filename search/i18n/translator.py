"""Languages of the interface: Indonesian in the code, others through gettext catalogues read at start-up."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache, lru_cache
from pathlib import Path

from babel.dates import format_date
from babel.messages.pofile import read_po
from babel.numbers import format_decimal
from markupsafe import Markup, escape

SOURCE_LANGUAGE = "id"
LANGUAGES = {"id": "Bahasa Indonesia", "en": "English"}
CATALOGUES = Path(__file__).parent / "translations"


def N_(message: str) -> str:  # noqa: N802 - the customary name of a mark for extraction
    """Mark a text for translation that is translated later, where it is shown."""
    return message


@dataclass(frozen=True)
class Translator:
    """Texts, numbers and dates in one language.

    :param language: one of :data:`LANGUAGES`.
    :param messages: source text -> translation; a text without one is shown as it is.
    :param plurals: source singular -> (singular, plural) of the translation.
    """

    language: str
    messages: Mapping[str, str] = field(default_factory=dict)
    plurals: Mapping[str, tuple[str, str]] = field(default_factory=dict)

    def gettext(self, message: str, **values: object) -> str:
        """The plain text of a message, with ``%(name)s`` filled in if values are given."""
        translated = self.messages.get(message, message)
        return translated % values if values else translated

    def ngettext(self, singular: str, plural: str, number: int, **values: object) -> str:
        """Like :meth:`gettext`, in the form for a number; ``%(num)s`` is the number as readers write it."""
        return self._form(singular, plural, number) % {"num": self.number(number), **values}

    def html(self, message: str, **values: object) -> Markup:
        """Like :meth:`gettext` for a page: everything is escaped but values that are ``Markup`` already."""
        translated = escape(self.messages.get(message, message))
        return translated % values if values else translated

    def nhtml(self, singular: str, plural: str, number: int, **values: object) -> Markup:
        """Like :meth:`ngettext` for a page, escaped as in :meth:`html`."""
        return escape(self._form(singular, plural, number)) % {"num": self.number(number), **values}

    def number(self, value: float, pattern: str = "#,##0.###") -> str:
        """A number as readers of the language write it: ``12.345`` in Indonesian, ``12,345`` in English.

        :param pattern: number pattern of Unicode Technical Standard 35.
        """
        return _number(value, pattern, self.language)

    def day(self, day: date, pattern: str = "d MMMM y") -> str:
        """A day in words: ``6 Februari 2024``.

        :param pattern: date pattern of Unicode Technical Standard 35.
        """
        return _day(day, pattern, self.language)

    def _form(self, singular: str, plural: str, number: int) -> str:
        one, many = self.plurals.get(singular, (singular, plural))
        return one if number == 1 else many


# A page of results shows the same counts and days over and over.
@lru_cache(4096)
def _number(value: float, pattern: str, language: str) -> str:
    return format_decimal(value, format=pattern, locale=language)


@lru_cache(4096)
def _day(day: date, pattern: str, language: str) -> str:
    return format_date(day, format=pattern, locale=language)


@cache
def translator(language: str) -> Translator:
    """The translator of a language.

    :raises KeyError: if there is no such language.
    :raises FileNotFoundError: if its catalogue is missing from the installation.
    """
    if language not in LANGUAGES:
        raise KeyError(language)
    if language == SOURCE_LANGUAGE:
        return Translator(language)
    messages: dict[str, str] = {}
    plurals: dict[str, tuple[str, str]] = {}
    path = CATALOGUES / language / "LC_MESSAGES" / "messages.po"
    with path.open("rb") as file:
        for entry in read_po(file, locale=language):
            if not entry.id or not entry.string or entry.fuzzy:
                continue
            if isinstance(entry.id, str):
                messages[entry.id] = str(entry.string)
            elif all(entry.string):
                plurals[entry.id[0]] = (entry.string[0], entry.string[-1])
    return Translator(language, messages, plurals)
